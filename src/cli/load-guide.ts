// Reads what a command is given - a guide in markdown, a PlanDAG, SOP or Mermaid file - and gives its plan, its text and its
// findings.
import { basename, resolve } from 'node:path';
import { lineIndex } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Severities } from '../check/index.ts';
import { analyze, analyzeForErrors } from '../editing/index.ts';
import type { Guide } from '../guide/index.ts';
import {
  isSop,
  type Plan,
  type PlanImport,
  readMermaid,
  readPlanDag,
  readSop,
  type TextRemark,
} from '../plan/index.ts';
import { CommandError, exitCode } from './exit-code.ts';
import { findSource, readText, shownPath, type GuideText } from './guide-text.ts';
import { printableLine } from './printable-text.ts';

export interface LoadedGuide {
  /** The file as the user named it. */
  readonly file: string;
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
  /** Null for a PlanDAG file whose guide is not beside it, or has changed since, and for an SOP. */
  readonly source: GuideText | null;
  /** Absent unless the file is a guide. */
  readonly guide?: Guide;
  /** What of a Mermaid or SOP file was read in a particular way; absent for other files. */
  readonly notes?: readonly TextRemark[];
}

export interface LoadOptions {
  /** What the configured tools speak; null when unknown. */
  readonly languages: readonly string[] | null;
  /** Weights of findings from the settings. */
  readonly severities?: Severities;
  /** Today's date, and how many days a verification counts; see CheckAbout. */
  readonly today?: string;
  readonly verifiedWithinDays?: number;
  /** Milliseconds by action in earlier runs; see CheckAbout. */
  readonly durations?: Readonly<Record<string, number>>;
  /** Give the errors alone, by the weights that they have without settings. */
  readonly onlyErrors?: boolean;
  /** How the plan names its guide: `name` is the same wherever it is compiled, `path` is found again from anywhere. */
  readonly fileAs: 'name' | 'path';
}

/** Loads a guide (`.md`) or a plan (`.plandag.json`, `.sop.json`, `.mmd`). */
export async function loadGuide(file: string, options: LoadOptions): Promise<LoadedGuide> {
  if (isMermaid(file)) return loadMermaid(file, options);
  return file.toLowerCase().endsWith('.json') ? loadJson(file, options) : loadMarkdown(file, options);
}

/** True for a file that holds a plan, by its name. */
export function isPlanFile(file: string): boolean {
  return isMermaid(file) || file.toLowerCase().endsWith('.json');
}

/** `NAME` for NAME.md, NAME.plandag.json and NAME.tsg.md alike - except that `.tsg` is part of the guide's name. */
export function guideName(file: string): string {
  return basename(file).replace(/(\.(?:plandag|sop))?\.json$|\.(md|markdown|mmd|mermaid)$/i, '');
}

const isMermaid = (file: string): boolean => /\.(mmd|mermaid)$/i.test(file);

async function loadMarkdown(file: string, { fileAs, onlyErrors = false, ...about }: LoadOptions): Promise<LoadedGuide> {
  const { text, sha256 } = readText(file);
  const { guide, plan, diagnostics } = (onlyErrors ? analyzeForErrors : analyze)(text, {
    file: fileAs === 'name' ? basename(file) : resolve(file),
    sha256,
    ...about,
  });
  return { file, plan, diagnostics, guide, source: { file: shownPath(file), text: guide.text, lines: guide.lines } };
}

async function loadMermaid(file: string, { fileAs }: LoadOptions): Promise<LoadedGuide> {
  const { text, sha256 } = readText(file);
  const reading = readMermaid(text, { file: fileAs === 'name' ? basename(file) : resolve(file), sha256 });
  return { ...imported(file, reading), source: { file: shownPath(file), text, lines: lineIndex(text) } };
}

async function loadJson(file: string, { fileAs }: LoadOptions): Promise<LoadedGuide> {
  const { text } = readText(file);
  const sop = /\.sop\.json$/i.test(file) || (!/\.plandag\.json$/i.test(file) && isSop(text));
  // Places in an SOP count from its codes' first characters, so no file is named as the plan's text.
  if (sop) return imported(file, readSop(text, { file: fileAs === 'name' ? basename(file) : resolve(file) }));
  const reading = readPlanDag(text);
  if (!reading.plan) throw notAPlan(file, reading.problems);
  return { file, plan: reading.plan, diagnostics: [], source: await findSource(file, reading.plan) };
}

/** A plan without a title is called after its file. */
function imported(file: string, reading: PlanImport): LoadedGuide {
  if (!reading.plan) throw notAPlan(file, reading.problems);
  const { guide } = reading.plan;
  const plan = { ...reading.plan, guide: { ...guide, title: guide.title || guideName(file) } };
  return { file, plan, diagnostics: [], source: null, notes: reading.notes };
}

function notAPlan(file: string, problems: readonly (TextRemark & { readonly path?: string })[]): CommandError {
  const faults = problems.map(
    ({ message, path, line, column }) =>
      `${shownPath(file)}:${line}:${column}: ${message}${path === undefined ? '' : ` (${path})`}`,
  );
  return new CommandError(exitCode.guide, `${shownPath(file)} is not a plan that can run.\n${printableFaults(faults)}`);
}

const printableFaults = (faults: readonly string[]): string =>
  faults.map((fault) => `  ${printableLine(fault)}`).join('\n');
