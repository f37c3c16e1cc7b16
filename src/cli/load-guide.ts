// Reads what a command is given - a guide in markdown or a PlanDAG file - and gives its plan, its text and its findings.
import { basename, resolve } from 'node:path';
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

export interface LoadOptions {
  /** What the configured tools speak; null when unknown. */
  readonly languages: readonly string[] | null;
  /** How the plan names its guide: `name` is the same wherever it is compiled, `path` is found again from anywhere. */
  readonly fileAs: 'name' | 'path';
}

/** Loads a guide (`.md`) or a plan (`.plandag.json`). */
export async function loadGuide(file: string, options: LoadOptions): Promise<LoadedGuide> {
  return file.toLowerCase().endsWith('.json') ? loadPlan(file) : loadMarkdown(file, options);
}

async function loadMarkdown(file: string, { languages, fileAs }: LoadOptions): Promise<LoadedGuide> {
  const { text, sha256 } = await readText(file);
  const { guide, plan, diagnostics } = analyze(text, {
    file: fileAs === 'name' ? basename(file) : resolve(file),
    sha256,
    languages,
  });
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
