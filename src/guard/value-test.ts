// The test of one value that may be a text: a column of a row, a field of an answer.
import { celText } from './condition-sentence.ts';

/**
 * That `what` is the word that the author gives. Null for what may be meant in more than one way: a placeholder, a pattern, nothing at
 * all, and a number, which may be one or a text.
 */
export function valueTest(what: string, word: string): string | null {
  if (/^(?:true|false)$/i.test(word)) return `${what} == ${word.toLowerCase()}`;
  if (/^(?:|null|none|nil|empty|-?[\d.,]+%?)$|[<>{}*…$\n]|\.\.\./i.test(word) || word.length > 80) return null;
  return `${what}.reads(${celText(word)})`;
}
