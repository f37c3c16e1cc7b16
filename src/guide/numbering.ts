// Reads the number that an author puts before a heading or a bold label: `Step 3 - Title`, `3.1 Title`, `2) Title`.

/** What stands before the words of a heading; `titleStart` is an offset in the text that was given. */
export interface Numbering {
  readonly number: string | null;
  readonly word: string | null;
  readonly title: string;
  readonly titleStart: number;
}

const worded =
  /^[^\p{L}\p{N}]{0,4}(step|phase|stage|task)\s*#?\s*(\d{1,6}(?:\.\d{1,6}){0,5}[a-z]?)(?:\s*[-–—:.)]+\s*|\s+|$)/iu;
const bare = /^(\d{1,4}(?:\.\d{1,4}){0,5}[a-z]?)(?:\s*[.):]\s+|\s+[-–—:]+\s+|[.)]$)|^(\d{1,4}(?:\.\d{1,4}){1,5})\s+/i;

/** Never fails: a text without a number is its own title. */
export function readNumbering(text: string): Numbering {
  const named = worded.exec(text);
  if (named?.[1] && named[2]) {
    return finish(text, named[0].length, named[2], named[1].toLowerCase());
  }
  const plain = bare.exec(text);
  const number = plain?.[1] ?? plain?.[2];
  if (plain && number !== undefined) return finish(text, plain[0].length, number, null);
  return { number: null, word: null, title: text.trim(), titleStart: 0 };
}

function finish(text: string, length: number, number: string, word: string | null): Numbering {
  return { number, word, title: text.slice(length).trim(), titleStart: length };
}
