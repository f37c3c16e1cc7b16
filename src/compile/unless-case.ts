// "Escalate it, unless an outage is open, in which case link the ticket.": an exception, and what is done in its case.
import { sift } from '../base/index.ts';
import { partOfSentence, type Sentence } from '../guide/index.ts';
import type { Condition } from './draft.ts';

const inCase = sift(
  /[,;]?\s+((?:unless|except\s+(?:if|when|where)|but\s+not\s+(?:if|when))\s+[^.;:?!]{3,160}?),?\s+in\s+(?:which|that)\s+case\b/i,
);

/** The words up to the exception, with it, and the exception with what is done then; null for any other sentence. */
export function cutAtUnless(sentence: Sentence): [Sentence, Sentence] | null {
  const { text, start, end } = sentence;
  const match = inCase.exec(text);
  if (match?.[1] === undefined || match.index < 4) return null;
  const from = match.index + match[0].indexOf(match[1]);
  return [
    partOfSentence(sentence, start, start + from + match[1].length),
    partOfSentence(sentence, start + from + (/^but\s+/i.exec(match[1])?.[0].length ?? 0), end),
  ];
}

/** "unless an outage is open, in which case …": the exception is the condition of what stands behind it. */
export function inWhichCase(sentence: Sentence, start: number, end: number): Condition | null {
  const { plain } = sentence.prose;
  const behind = /^\W*in\s+(?:which|that)\s+case\b[\s,]*/i.exec(plain.slice(end, sentence.end))?.[0];
  if (behind === undefined) return null;
  const words = plain.slice(start, end).replace(/^(?:unless|except\s+(?:if|when|where)|not\s+(?:if|when))\s+/i, '');
  const text = `if ${words.replace(/[\s,]+$/, '')}`;
  return { kind: 'if', text, start, end: end + behind.length, sentence, told: text };
}

/** True for the condition of an exception: it is beside the case that it is an exception of, and not within it. */
export function isException({ kind, start, sentence }: Condition): boolean {
  return kind === 'if' && /^(?:unless|except|not\s+(?:if|when))\b/i.test(sentence.prose.plain.slice(start, start + 12));
}

/** "purge it, unless the owner objects": where the exception begins behind what is to be done, and its words. */
export function unlessTail(words: string): { readonly at: number; readonly words: string } | null {
  const match = tail.exec(words);
  return match?.[1] === undefined ? null : { at: match.index, words: match[1].trimEnd() };
}

const tail = sift(
  /,?\s+((?:unless|except\s+(?:if|when))\s+(?!otherwise\b|absolutely\b|told\b|instructed\b)[^.,;:?!]{3,120}?)\s*[.!]?\s*$/i,
);

/** "It may be red, in which case …", "Either it is red, then …", "… or green, so …": a case that no "if" opens. */
export function eitherCase(sentence: Sentence): Condition | null {
  const match = either.exec(sentence.text) ?? whichCase.exec(sentence.text);
  const words = match?.[1];
  if (!match || words === undefined) return null;
  const said = words
    .replace(/^((?:they|these|those|[^,]*?[^isu\W]s)\s+)(?:may|might|could)\s+(?:\w+\s+)?be\b/i, '$1are')
    .replace(/\s(?:may|might|could)\s+(?:(?:also|well|still)\s+)?be\s/i, ' is ')
    .replace(/\s(?:may|might|could)\s+(?:(?:also|well|still)\s+)?have\s/i, ' has ')
    .replace(/\s(is|are|has|have)\s+either\s/i, ' $1 ');
  const text = `if ${/^(?:I\b|\p{Lu}{2})/u.test(said) ? said : said.charAt(0).toLowerCase() + said.slice(1)}`;
  const start = sentence.start + match.index + match[0].indexOf(words);
  return { kind: 'if', text, start, end: sentence.start + match[0].length, sentence, told: text };
}

const either = sift(
  /^\W*(?:either\s+|(?:or|and)\s+(?:else\s+)?(?=[^,.;:?!]{3,100},\s+(?:then|so|in\s+which\s+case)\s)|(?=(?:[\w'’-]+\s+){1,5}(?:is|are|has|have)\s+either\s))([^,.;:?!]{3,100}),\s+(?:then|so|in\s+which\s+case)\b,?/i,
);
const whichCase = sift(/^\W*(?:(?:but|and|also|perhaps|sometimes|however,)\s+)?((?![^,]*\b(?:if|when|unless|except|whether|check|see)\b)[^,.;:?!]{3,100}),\s+in\s+which\s+case\b,?/i); // prettier-ignore
