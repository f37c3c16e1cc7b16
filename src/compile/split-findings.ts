// "If it is down, start it. If it does not come up, page the owner. If it is missing, escalate.": behind what came of it stands another
// finding of the same look, so that the two are no one piece.
import { sentencesOf, type Prose, type Sentence } from '../guide/index.ts';
import { isAnswer } from './antecedent.ts';
import { areStates, cameOf, changesThings } from './came-of.ts';
import type { Condition } from './draft.ts';
import { conditionOf } from './read-condition.ts';

/** The place in `prose` where another finding begins behind what came of `deed`, which was done in the case of `before`; null for none. */
export function otherFinding(prose: Prose, before: Condition, deed: Prose): number | null {
  const [first, ...more] = sentencesOf(prose);
  if (!first || more.length === 0) return null;
  const beside = more.find((sentence) => {
    const condition = conditionOf(sentence, true);
    return condition?.kind === 'if' && condition.start - sentence.start < 4 && areStates(before.text, condition.text);
  });
  if (beside || !changesThings(deed.plain)) return beside?.start ?? null;
  const came = (sentence: Sentence): boolean | null => {
    const condition = conditionOf(sentence, true);
    if (condition?.kind !== 'if' || condition.start - sentence.start > 4 || isAnswer(condition)) return null;
    return cameOf(condition.text, deed.plain, before.text);
  };
  if (came(first) !== true) return null;
  return more.find((sentence) => came(sentence) === false)?.start ?? null;
}
