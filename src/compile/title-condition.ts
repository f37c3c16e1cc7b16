// "## Purge the queue (only if it is full)", "## Step 4: Check the relay if the clients are elsewhere": a title that says itself when
// what stands below it is done.
import { onceFor } from '../base/index.ts';
import { sentencesOf, type Heading } from '../guide/index.ts';
import { isHedged } from './branching.ts';
import type { Condition } from './draft.ts';
import { isCase } from './headings.ts';
import { beginsWithVerb, isImperative } from './imperative.ts';
import { conditionOf } from './read-condition.ts';

/** The condition behind the words of a heading; null for a heading without one, and for one that is a case as a whole. */
export const titleCondition = onceFor((heading: Heading): Condition | null => {
  if (!mayHave.test(heading.title) || isCase(heading)) return null;
  const [sentence, ...others] = sentencesOf(heading.prose);
  const condition = sentence && others.length === 0 ? conditionOf(sentence, false) : null;
  if (!sentence || !condition || condition.start - sentence.start < 3 || isHedged(condition.text)) return null;
  if (condition.kind !== 'if' && condition.kind !== 'unless') return null;
  const before = heading.title.slice(0, heading.title.search(mayHave)).replace(/[\s(:,–—-]+$/, '');
  const isBracketed = inBrackets.test(heading.title);
  if (before === '' || condition.end < sentence.end - 2) return null;
  // "Check for a TPM, and suspend it if present": of the second thing to do alone.
  const asks = isImperative(before) || (/^\S+$/.test(before) && beginsWithVerb(before));
  if (!isBracketed && (!asks || joins.test(before))) return null;
  return { ...condition, text: condition.text.replace(pronoun, `$1 (${before})`) };
});

const joins = /[,;]|\s(?:and|or|then)\s/i;
/** "Purge the queue (if it is full)": no step before says what "it" is. */
const pronoun = /^((?:if|when|in\s+case|unless)\s+(?:it|they))\b/i;

const mayHave = /\s\(?(?:only\s+)?(?:if|when|unless|in\s+case)\s/i;
const inBrackets = /\((?:only\s+)?(?:if|when|unless|in\s+case)\s[^()]+\)\W*$/i;
