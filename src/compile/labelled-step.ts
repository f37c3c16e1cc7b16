// "Red: step 4", "Red (step 4)", "`503` - step 5": what was found, and behind it nothing but the number of the step to go to.
import { sift } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';
import { isFinding } from './findings.ts';

/** Where in the sentence the step is named that it sends to, and its number; null for any other sentence. */
export function labelledStep({ text, start, codes }: Sentence): { start: number; end: number; number: string } | null {
  const match = pattern.exec(text);
  const [whole = '', label, word, number] = match ?? [];
  if (!match || label === undefined || word === undefined || number === undefined) return null;
  const isCode = codes.some((code) => code.end - code.start >= label.length && code.start <= start + 2);
  if (!isCode && !isFinding(label)) return null;
  return { start: whole.lastIndexOf(word), end: whole.lastIndexOf(number) + number.length, number };
}

const pattern = sift(
  /^\W*([^:.?!;()]{1,50}?)(?::\s+|\s[–—=-]\s+|\s+\()(?:(?:see|use|try|follow)\s+)?(?:the\s+)?((?:steps?|sections?)\s*#?\s*)(\d{1,3}(?:\.\d{1,3})*[a-z]?)\s*[.;,)]?\s*$/i,
);
