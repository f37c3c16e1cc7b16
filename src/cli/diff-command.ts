// `tsg diff`: what differs between two guides or plans, as text for people or as JSON for other programs.
import { layoutPlan, pictureChanges, renderSvg } from '../diagram/index.ts';
import { describeDiff, diffPlans, type DiffLine, type DiffSection, mergePlans } from '../plan/index.ts';
import { CommandError, exitCode, usageError, type ExitCode } from './exit-code.ts';
import { toDiffJson } from './diff-json.ts';
import { shownPath } from './guide-text.ts';
import { loadGuide, type LoadedGuide } from './load-guide.ts';
import { printableLine } from './printable-text.ts';
import type { Style, Terminal } from './terminal.ts';

export interface DiffFlags {
  readonly format: 'text' | 'json' | 'svg';
}

/** Exit 0 when nothing differs, 1 when something does. */
export async function diffCommand(
  oldFile: string,
  newFile: string,
  { format }: DiffFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const old = await load(oldFile, terminal);
  const next = await load(newFile, terminal);
  const diff = diffPlans(old.plan, next.plan);
  const sections = describeDiff(diff, old.plan, next.plan);
  if (format === 'svg') {
    const merged = mergePlans(old.plan, next.plan);
    terminal.out(renderSvg(await layoutPlan(merged.plan), { marks: pictureChanges(merged) }));
  } else if (format === 'json') {
    const object = toDiffJson(diff, sections, { old: shownPath(oldFile), new: shownPath(newFile) });
    terminal.out(`${JSON.stringify(object, null, 2)}\n`);
  } else printDiff(sections, diff.changes.length, old, next, terminal);
  return diff.equal ? exitCode.ok : exitCode.different;
}

/** A file that cannot be read as a plan must not look like one that differs. */
async function load(file: string, terminal: Terminal): Promise<LoadedGuide> {
  try {
    const loaded = await loadGuide(file, { languages: null, fileAs: 'name' });
    const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error').length;
    if (errors > 0) {
      const count = `${errors} ${errors === 1 ? 'error' : 'errors'}`;
      terminal.err(`${shownPath(file)} has ${count}; \`tsg check\` tells them. What could be read is compared.\n`);
    }
    return loaded;
  } catch (error) {
    if (error instanceof CommandError) throw usageError(error.message, error.hint);
    throw error;
  }
}

const styles: Readonly<Record<DiffLine['sign'], Style>> = { '+': 'green', '-': 'red', '~': 'yellow' };
/** Lines of code or prose that are shown of one change. */
const mostLines = 60;

function printDiff(
  sections: readonly DiffSection[],
  changes: number,
  old: LoadedGuide,
  next: LoadedGuide,
  terminal: Terminal,
): void {
  const names = `${shownPath(old.file)} → ${shownPath(next.file)}`;
  if (changes === 0) {
    terminal.out(`${printableLine(names)}: nothing differs\n`);
    return;
  }
  terminal.out(`${printableLine(names)}: ${changes} ${changes === 1 ? 'difference' : 'differences'}\n`);
  for (const { title, step, lines } of sections) {
    const place = step ? placeOf(step.new === null ? old : next, step.new ?? step.old ?? '') : '';
    terminal.out(`\n${terminal.styled('bold', printableLine(title))}${terminal.styled('dim', place)}\n`);
    for (const line of lines) printChange(line, terminal);
  }
}

function printChange({ sign, text, lines }: DiffLine, terminal: Terminal): void {
  terminal.out(`  ${terminal.styled(styles[sign], `${sign} ${printableLine(text)}`)}\n`);
  for (const line of lines.slice(0, mostLines))
    terminal.out(`      ${terminal.styled(styles[line.sign], `${line.sign} ${printableLine(line.text)}`)}\n`);
  if (lines.length > mostLines) terminal.out(`      … ${lines.length - mostLines} more lines\n`);
}

/** Where the step stands, in the file that still has it. */
function placeOf({ plan, source }: LoadedGuide, node: string): string {
  const line = plan.nodes.find(({ id }) => id === node)?.source?.startLine;
  return source && line !== undefined ? `  ${printableLine(source.file)}:${line}` : '';
}
