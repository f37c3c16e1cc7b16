// "If it is red, restart it. If it is not, page the owner.": words that answer the case right before them, by which they are known later.
import type { Prose } from '../guide/index.ts';
import { isAnswer } from './antecedent.ts';
import { changesThings } from './came-of.ts';
import type { Condition } from './draft.ts';

/** "If not, page the owner." right behind a case: the words of that case, by those that answer it. */
export const caseBefore = new WeakMap<Prose, string>();

/** Remembers the case that `prose` answers, if it does; `deed` is what is done in that case. What it has looked up is answered first. */
export function tellCaseBefore(prose: Prose, condition: Condition, deed: Prose): void {
  const { plain } = prose;
  const isOfDeed = isAnswer(condition) || !changesThings(deed.plain);
  if (/^\W*if\s+(?:not|so)\b/i.test(plain) || (answersCase.test(plain) && !isOfDeed))
    caseBefore.set(prose, condition.text);
}

/** "If it is not, …", "Page the owner if it is not." */
const answersCase =
  /^\W*if\s+(?:it|this|that|they|there)\s+(?:is|are|was|were|does|do|did|has|have)(?:\s+not|n['’]t)\s*,|^[^.?!;:]*\sif\s+(?:not|(?:it|this|that|they|there)\s+(?:is|are|was|were|does|do|did|has|have)(?:\s+not|n['’]t))\s*[.!]?$/i;
