// Applies text edits, all against the same text, so that a fix means the same in the editor and on the command line.
import type { TextEdit } from './diagnostic.ts';

/** The edited text. An edit that overlaps one before it is left out; equal edits are applied once. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let out = '';
  let at = 0;
  let previous: TextEdit | undefined;
  for (const edit of sorted) {
    const { start, end } = edit.span;
    const same = previous?.span.start === start && previous.span.end === end && previous.newText === edit.newText;
    if (start < at || same) continue;
    out += text.slice(at, start) + edit.newText;
    at = end;
    previous = edit;
  }
  return out + text.slice(at);
}
