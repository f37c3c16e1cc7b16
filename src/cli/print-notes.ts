// Notes on a flowchart or procedure that was read as a plan: one line each, with the place, on the error output.
import { shownPath } from './guide-text.ts';
import type { LoadedGuide } from './load-guide.ts';
import { printableLine } from './printable-text.ts';
import type { Terminal } from './terminal.ts';

export function printNotes({ file, notes = [] }: Pick<LoadedGuide, 'file' | 'notes'>, terminal: Terminal): void {
  for (const { line, column, message } of notes) {
    const place = terminal.styled('dim', `${shownPath(file)}:${line}:${column}:`);
    terminal.err(`${place} ${terminal.styled('blue', 'note:')} ${printableLine(message)}\n`);
  }
}
