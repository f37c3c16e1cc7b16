// Conditions on a machine's load, behind `uptime`: "the load average is above 8", "the 5-minute load is higher than 4". Of the three
// numbers nobody says which is meant: it must be so of all of them, or of none.
import type { Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { comparisonWords, numberOf, signSaid } from './infer-threshold.ts';
import { wholeLine } from './whole-line.ts';

const over: Readonly<Record<string, number>> = { one: 0, '1': 0, five: 1, '5': 1, fifteen: 2, '15': 2 };
const form = `(?:the |its )?(?:(?<over>one|five|fifteen|1|5|15)[- ]min(?:ute)? )?(?:system |cpu )?load(?: average)?s? (?:is |are )?(?:exceeds |(?<compare>${comparisonWords}) )(?<number>#\\d+)`;

/** The guard of such a condition, or null. */
export function inferLoad(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  if (shape.command?.join(' ') !== 'uptime' || parentheses.length > 0) return null;
  const groups = wholeLine(form).exec(plain)?.groups;
  const limit = groups && numberOf(sentence, groups['number']);
  const sign = groups && signSaid(groups, groups['compare'] === undefined);
  if (!groups || limit === null || limit === undefined || !sign || !/^[<>]=?$/.test(sign)) return null;
  const at = groups['over'] === undefined ? undefined : over[groups['over']];
  const numbers = "numbers(text, 'load average')";
  const cel = at === undefined ? `same(${numbers}.map(l, l ${sign} ${limit}))` : `${numbers}[${at}] ${sign} ${limit}`;
  return { cel, because: 'the words are about the load that `uptime` prints' };
}
