// Reads what a command is given - a guide in markdown or a PlanDAG file - and gives its plan, its text and its findings.
import type { Diagnostic } from '../diagnostics/index.ts';
import { analyze } from '../editing/index.ts';
import type { Guide } from '../guide/index.ts';
import { type Plan, readPlanDag } from '../plan/index.ts';
import { CommandError, exitCode } from './exit-code.ts';
import { findSource, readText, shownPath, type GuideText } from './guide-text.ts';
import { printableLine } from './printable-text.ts';

export interface LoadedGuide {
  /** The file as the user named it. */
  readonly file: string;
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
  /** Null for a PlanDAG file whose guide is not beside it, or has changed since. */
  readonly source: GuideText | null;
  /** Absent for a PlanDAG file. */
  readonly guide?: Guide;
}

/** Loads a guide (`.md`) or a plan (`.plandag.json`). `languages` is what the configured tools speak; null when unknown. */
export async function loadGuide(file: string, languages: readonly string[] | null): Promise<LoadedGuide> {
  return file.toLowerCase().endsWith('.json') ? loadPlan(file) : loadMarkdown(file, languages);
}

async function loadMarkdown(file: string, languages: readonly string[] | null): Promise<LoadedGuide> {
  const { text, sha256 } = await readText(file);
  const { guide, plan, diagnostics } = analyze(text, { file: shownPath(file), sha256, languages });
  return { file, plan, diagnostics, guide, source: { file: shownPath(file), text: guide.text, lines: guide.lines } };
}

async function loadPlan(file: string): Promise<LoadedGuide> {
  const { text } = await readText(file);
  const reading = readPlanDag(text);
  if (!reading.plan) {
    const faults = reading.problems.map(
      ({ message, path, line, column }) => `${shownPath(file)}:${line}:${column}: ${message} (${path})`,
    );
    throw new CommandError(
      exitCode.guide,
      `${shownPath(file)} is not a plan that can run.\n${printableFaults(faults)}`,
    );
  }
  return { file, plan: reading.plan, diagnostics: [], source: await findSource(file, reading.plan) };
}

const printableFaults = (faults: readonly string[]): string =>
  faults.map((fault) => `  ${printableLine(fault)}`).join('\n');
