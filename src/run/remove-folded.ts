// Takes out a secret that a tool has folded over lines (`fold -w 20`, the long values of LDIF), of whatever width. It is looked for
// in the text without its line ends: an expression that allowed for one between any two characters would be very large.
import { allMatches } from '../base/index.ts';

/** The shortest form that is looked for: a shorter one stands by chance where one line ends and the next begins. */
export const shortestFolded = 8;

/** The shortest line that a tool is taken to fold to: a list of numbers, one in each line, is no folded secret. */
const shortestLine = 4;

/** Ends of lines, also as JSON writes them: alone, with the blank that continues a line in LDIF, or with an indentation. */
const lineEnds = ['', '[ \\t]', '[ \\t]{2,}'].map(
  (blanks) => new RegExp(String.raw`(?:\r?\n|(?:\\r)?\\n)${blanks}`, 'g'),
);

/** Puts `mark` in the place of whatever one of the expressions `forms` matches across lines. */
export function foldedRemover(forms: readonly string[], mark: string): (text: string) => string {
  if (forms.length === 0) return (text) => text;
  const pattern = new RegExp(forms.join('|'), 'g');
  return (text) => lineEnds.reduce((so, ends) => withoutFolded(so, ends, pattern, mark), text);
}

function withoutFolded(text: string, ends: RegExp, pattern: RegExp, mark: string): string {
  const joined = text.replace(ends, '');
  if (joined === text) return text;
  const found = allMatches(joined, pattern);
  if (found.length === 0) return text;
  const breaks = placesIn(text, ends);
  let out = '';
  let kept = 0;
  for (const { 0: form, index: start } of found) {
    const end = start + form.length;
    const within = breaks.filter(({ at }) => at > start && at < end);
    if (!isFolded(within)) continue;
    out += text.slice(kept, start + lengthBefore(breaks, start)) + mark;
    kept = end + lengthBefore(breaks, end - 1);
  }
  return out + text.slice(kept);
}

/** An end of a line: where it stands in the text without them, and how long they are up to it, itself included. */
interface LineBreak {
  readonly at: number;
  readonly upTo: number;
}

function placesIn(text: string, ends: RegExp): readonly LineBreak[] {
  let before = 0;
  return allMatches(text, ends).map(({ 0: { length }, index }) => {
    const at = index - before;
    before += length;
    return { at, upTo: before };
  });
}

/** How long the line ends are that stand before the character at this place of the text without them. */
function lengthBefore(breaks: readonly LineBreak[], place: number): number {
  return breaks.findLast(({ at }) => at <= place)?.upTo ?? 0;
}

/** There is a line end, and no line between two of them is too short. */
function isFolded(within: readonly LineBreak[]): boolean {
  return within.length > 0 && within.slice(1).every(({ at }, line) => at - (within[line]?.at ?? 0) >= shortestLine);
}
