// "On Linux, run `ps`." beside others of its kind: the system is the condition.
import { areVariants, variantBefore, type Sentence } from '../guide/index.ts';
import type { Condition } from './draft.ts';
import { isImperative, isPassiveAsk } from './imperative.ts';

/** The condition that such words are. */
export function variantCondition(
  { words, start }: { readonly words: string; readonly start: number },
  sentence: Sentence,
  from: number,
): Condition {
  const at = from + start;
  const text = words.replace(
    /^(?:On|In|For|With|Using|Via|Under|At|During|Outside|Within|Through|Before|After|From|Since|When)\b/,
    (word) => word.toLowerCase(),
  );
  return { kind: 'if', text, start: at, end: at + words.length, sentence };
}

/** "On Linux, run `ps`. On Windows, run `tasklist`.": nobody does both. Null where fewer than two sentences name such a variant. */
export function variantsIn(
  sentences: readonly Sentence[],
): ReadonlyMap<Sentence, { readonly condition: Condition; readonly trailing: false }> | null {
  const found = sentences.flatMap((sentence) => {
    const variant = variantBefore(sentence.text);
    const rest = variant && sentence.text.slice(variant.end);
    return variant && rest && (isImperative(rest) || isPassiveAsk(rest)) ? [{ variant, sentence }] : [];
  });
  if (!areVariants(found.map(({ variant }) => variant.words))) return null;
  return new Map(
    found.map(({ variant, sentence }) => [
      sentence,
      { condition: variantCondition(variant, sentence, sentence.start), trailing: false },
    ]),
  );
}
