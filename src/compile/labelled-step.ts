// "Red: step 4", "Red (step 4)", "`503` - step 5": what was found, and behind it nothing but the number of the step to go to.
import { sift } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';
import { isFinding } from './findings.ts';

/** Where in the sentence the step is named that it sends to, and its number; null for any other sentence. */
export function labelledStep(sentence: Sentence): { start: number; end: number; number: string } | null {
  const { text, start, codes } = sentence;
  const next =
    start > 0 && (/^\W*(?:and|or)\s/i.test(text) || /[,;]\s*$/.test(sentence.prose.plain.slice(0, start)))
      ? stepInCase.exec(text)
      : null;
  if (next?.[1] !== undefined && next[2] !== undefined)
    return { start: next[0].indexOf(next[1]), end: next[0].length, number: next[2] };
  const match = pattern.exec(text);
  const [whole = '', label, word, number] = match ?? [];
  if (!match || label === undefined || word === undefined || number === undefined) return null;
  const isCode = codes.some((code) => code.end - code.start >= label.length && code.start <= start + 2);
  if (!isCode && !isFinding(label)) return null;
  return { start: whole.lastIndexOf(word), end: whole.lastIndexOf(number) + number.length, number };
}

/** "…, step 4 if it is green": behind another way of the sentence. */
const stepInCase =
  /^\W*(?:(?:and|or)\s+)?(?:to\s+)?((?:the\s+)?steps?\s*#?\s*)(\d{1,3}(?:\.\d{1,3})*[a-z]?)(?=\s+(?:if|when|unless)\s)/i;

const pattern = sift(
  /^\W*([^:.?!;()]{1,50}?)(?::\s+|\s[–—=-]\s+|\s+\()(?:(?:see|use|try|follow)\s+)?(?:the\s+)?((?:steps?|sections?)\s*#?\s*)(\d{1,3}(?:\.\d{1,3})*[a-z]?)\s*[.;,)]?\s*$/i,
);
