// "Check that the replica is in sync, and resync it if it is not": what is checked and what to do then stand in one sentence, and the
// condition behind them is about its own first half, not about the step before.
import { sift, allMatches } from '../base/index.ts';
import { partOfSentence, type Sentence } from '../guide/index.ts';
import { beginsWithVerb } from './imperative.ts';

/** Something that comes out one way or the other is looked at. */
const checks =
  /^\W*(?:(?:first|then|next|now|also|and|finally|please)[,\s]+)*(?:(?:double[-\s]?)?check|verify|confirm|validate|ensure|make\s+(?:sure|certain)|see|test|determine|find\s+out|look)\b/i;

/** "… if not.", "… if it isn't.", "… if so.", "… if they are." and nothing behind it. */
const bareAnswer = sift(
  /\sif\s+(?:so|not|(?:it|this|that|they|these|those|there)\s+(?:is|are|was|were|does|do|did|has|have)(?:\s*not|n['’]t)?)\W*$/i,
);

const joints = /\s*[;,]\s*(?:and\s+|or\s+|otherwise\s+)?(?:then\s+)?|\s+(?:and|or)\s+(?:then\s+)?|\s+[–—-]{1,2}\s+/gi;

/** The check, and what to do with its answer; null where the sentence is not of this form. */
export function cutAtDeed(sentence: Sentence): [Sentence, Sentence] | null {
  const { text, start, end } = sentence;
  const answer = bareAnswer.exec(text);
  if (!answer || !checks.test(text)) return null;
  const found = allMatches(text, joints).findLast(
    ({ index, 0: joint }) =>
      index > 8 && index < answer.index && beginsWithVerb(text.slice(index + joint.length, answer.index)),
  );
  if (!found) return null;
  const from = start + found.index + found[0].length;
  return [partOfSentence(sentence, start, start + found.index), partOfSentence(sentence, from, end)];
}
