// Conditions on how full disks are, behind `df`: "the disk is more than 90 % full", "any filesystem is above 90 %".
import type { Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { overRows, quantifierOf } from './row-quantifier.ts';
import { comparisonOf, comparisonWords, numberOf } from './infer-threshold.ts';
import { wholeLine } from './whole-line.ts';

const disk =
  '(?:(?:disks?|file ?systems?|volumes?|partitions?|mounts?|mount points?|usage|use|used space)(?: usage| use)?|it)';
const full = `(?:(?<who>any|some|at least one|a|an|all|every|no|the|its) )?(?:disk |(?<root>root ))?${disk} (?:(?:is|are|exceeds?|has|have|shows?) )?(?:usage )?(?:${`(?<compare>${comparisonWords})`} )?(?<number>#\\d+) ?(?:%|percent)(?: (?:full|used|usage|in use))?`;

/** "Less than 10 % is free", which is more than 90 % used. */
const free = `(?:there (?:is|are) )?(?<compare>${comparisonWords}) (?<number>#\\d+) ?(?:%|percent)(?: of (?:the )?(?:disk|space|disk space))?(?: (?:is|are|remains?))? (?:free|left|available|remaining)(?: space| disk space)?`;
const turned: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** The guard of such a condition, or null. */
export function inferDisks(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  const isTold =
    shape.command?.[0] === 'df' &&
    shape.piped !== true &&
    !shape.command.some((word) => /^-\w*i|^--(?:inodes|output)/.test(word));
  if (!isTold || parentheses.length > 0) return null;
  const spare = wholeLine(free).exec(plain)?.groups;
  const groups = spare ?? wholeLine(full).exec(plain)?.groups;
  // The root file system is the one that the command names.
  if (groups?.['root'] !== undefined && !shape.command?.includes('/')) return null;
  const percent = groups && numberOf(sentence, groups['number']);
  if (!groups || percent === null || percent === undefined || percent < 0 || percent > 100) return null;
  const exceeds = /\bexceeds?\b/.test(plain);
  const said = groups['compare'] === undefined ? (exceeds ? '>' : null) : comparisonOf.get(groups['compare']);
  const sign = spare ? turned[said ?? ''] : said;
  const share = spare ? 100 - percent : percent;
  if (sign === null || sign === undefined || sign === '!=') return null;
  const plainTest = `fraction(r['Use%']) ${sign} ${celShare(share)}`;
  const who = quantifierOf(groups['who']);
  // Images that are mounted are always full, and nobody's concern.
  const test =
    who === 'bare' || shape.command.some((word) => word.startsWith('/'))
      ? plainTest
      : `r.Filesystem.matches('^/dev/(loop|sr)') ? ${who === 'some' || who === 'none' ? 'false' : 'true'} : ${plainTest}`;
  const because = 'the words are about how much of the disks is used';
  return { cel: overRows('listed(text)', who, test), because };
}

/** A percentage as a number of CEL with a fraction. */
function celShare(percent: number): string {
  const share = Number((percent / 100).toFixed(6));
  return Number.isInteger(share) ? `${share}.0` : String(share);
}
