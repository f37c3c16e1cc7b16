// "Internal → ask its owner. Unknown → escalate." and "Incident there: wait. No incident: restart it.": sentences of one paragraph that
// each say what was found, and behind an arrow or a colon what is to be done then.
import { onceFor } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';
import { contentWords, sharedWords } from './content-words.ts';
import type { Condition } from './draft.ts';
import { isFinding } from './findings.ts';
import { beginsWithVerb, isImperative } from './imperative.ts';
import { mayBeFound, namedCase, saysElse } from './read-condition.ts';
import { isMenuPath, saysHow } from './shafts.ts';
import { readOutcome } from './read-outcome.ts';
import { arrow } from './signs.ts';

/** The conditions of such sentences; null where fewer than two stand in the paragraph. */
export const casesInRow = onceFor((sentences: readonly Sentence[]): ReadonlyMap<Sentence, Condition> | null => {
  if (sentences.length < 2 || sentences.length > 30) return null;
  return atLeastTwo(sentences, byArrow) ?? labelled(sentences) ?? otherwise(sentences);
});

function atLeastTwo(
  sentences: readonly Sentence[],
  read: (sentence: Sentence) => Condition | null,
): ReadonlyMap<Sentence, Condition> | null {
  const found = sentences.flatMap((sentence) => {
    const condition = read(sentence);
    return condition ? [[sentence, condition] as const] : [];
  });
  return found.length > 1 ? new Map(found) : null;
}

function byArrow(sentence: Sentence): Condition | null {
  const { text } = sentence;
  const shaft = arrow.exec(text);
  if (!shaft || shaft.index < 2 || shaft.index > 100) return null;
  const words = text.slice(0, shaft.index);
  if (saysHow(sentence, shaft.index, shaft[0].length)) return null;
  if (isMenuPath(words) || isImperative(words) || /[`?]|\b(?:if|when|unless)\b/i.test(words)) return null;
  return conditionAt(sentence, words);
}

/** "It should answer. No answer: check the cable.", "Anything else: fix the zone.": behind what is looked at. */
function otherwise(sentences: readonly Sentence[]): ReadonlyMap<Sentence, Condition> | null {
  const [first, ...others] = sentences;
  const found = others.flatMap((sentence) => {
    const label = /^\W*((?:no|none|nothing|anything|any\s+other)\b[^:.?!;→]{0,40}):\s+(?=\S)/i.exec(sentence.text)?.[1];
    if (first === undefined || label === undefined || !(saysElse(label) || isFinding(label)) || says.test(label))
      return [];
    const rest = behindLabel(sentence, label);
    return beginsWithVerb(rest) ? [[sentence, conditionAt(sentence, label)] as const] : [];
  });
  return found.length > 0 ? new Map(found) : null;
}

/** "Anything but a log is unusual: keep the list." says why, and not when. */
const says = /\b(?:is|are|was|were|means?|will|can|may|should|must|has|have)\b/i;

/** Where all labels say what was found, or one does and the others are about the same. */
function labelled(sentences: readonly Sentence[]): ReadonlyMap<Sentence, Condition> | null {
  const found = atLeastTwo(sentences, (sentence) => {
    const label = /^\W*([^:.?!;→]{2,60}):\s+(?=\S)/.exec(sentence.text)?.[1];
    if (label === undefined || !mayBeFound(label) || /^(?:if|when|yes|no$|otherwise)\b/i.test(label)) return null;
    const rest = behindLabel(sentence, label);
    return beginsWithVerb(rest) || readOutcome(rest) !== null ? conditionAt(sentence, label) : null;
  });
  if (!found) return null;
  const labels = [...found.values()].map(({ text }) => text);
  const findings = labels.filter(isFinding);
  const [first] = findings;
  if (first === undefined) return null;
  const about = contentWords(first.replace(/^no\s/i, ''));
  return labels.every((label) => isFinding(label) || saysElse(label) || sharedWords(about, contentWords(label)) > 0)
    ? found
    : null;
}

function conditionAt(sentence: Sentence, words: string): Condition {
  return namedCase(words.replace(/^\W+/, '').trim(), sentence);
}

/** What stands behind the colon of a label. */
function behindLabel({ text }: Sentence, label: string): string {
  return text.slice(text.indexOf(label) + label.length + 1).trim();
}
