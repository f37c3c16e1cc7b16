// "On Linux, run `ps`." beside others of its kind: the system is the condition.
import type { Sentence } from '../guide/index.ts';
import type { Condition } from './draft.ts';

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
