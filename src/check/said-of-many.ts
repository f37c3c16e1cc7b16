// Conditions on one of several things, or on all of them: "if any group is above 500", "if no client has 30 % of the flows". An
// example is a case in which all of them have one value: where no condition holds for it, or two do, that is so in a real run.
import type { SideTest } from './side-test.ts';

/** What is read of words; `ofAll` where it holds only when each of several things is so. */
export interface WordTest {
  readonly test: SideTest;
  readonly subject: string;
  readonly ofAll?: boolean;
  /** It is about one or all of several things, so that "it" behind it means something else. */
  readonly ofMany?: true;
}

const things = String.raw`((?!(?:of|more|less|fewer|other|others|longer|such|further)\b)[a-z][a-z-]*(?: (?!(?:is|are|was|were|has|have|had)\b)[a-z][a-z-]*){0,2}?)`;
const says = String.raw`((?:is|are|was|were|has|have|had|holds?|takes?|gets?|uses?|receives?|serves?|sends?|causes?|exceeds?|shows?|reports?|lists?|contains?|counts?|returns?|reads?|stays?|lies?|makes? up|accounts? for)\b.*)`;
const ofThem = '(?: of)?(?: the| these| those| our)?';
const forms: readonly (readonly [RegExp, 'any' | 'all' | 'none'])[] = [
  [new RegExp(`^(?:any|some|one|at least one|a single)${ofThem} ${things} ${says}$`), 'any'],
  [new RegExp(`^(?:all|every|each)${ofThem} ${things} ${says}$`), 'all'],
  [new RegExp(`^(?:no|none${ofThem}) ${things} ${says}$`), 'none'],
];

/** The demand on one of the things, read by `readOne`; null when the words say anything else. */
export function testOfMany(line: string, readOne: (line: string) => WordTest | null): WordTest | null {
  for (const [pattern, how] of forms) {
    const [, thing, rest] = pattern.exec(line) ?? [];
    if (thing === undefined || rest === undefined) continue;
    // "No client has 30 %" means that none has so much.
    const said = how === 'none' ? rest.replace(/^(ha[sd]|have) (?=\d)(.*(?:%|percent))/, '$1 at least $2') : rest;
    const one = readOne(`${singular(thing)} ${said}`);
    if (!one || (how === 'any' && isPartBelow(one))) return null;
    const each = /\bshare of\b/.test(one.subject) ? 'one' : 'each';
    const test = withPrefix(one.test, each);
    return {
      test: how === 'none' ? { kind: 'not', part: test } : test,
      subject: `${each} ${one.subject}`,
      ofAll: how !== 'any',
      ofMany: true,
    };
  }
  return null;
}

function withPrefix(test: SideTest, word: string): SideTest {
  if (test.kind === 'compare') return { ...test, key: `${word} ${test.key}` };
  if (test.kind === 'not') return { kind: 'not', part: withPrefix(test.part, word) };
  return { ...test, parts: test.parts.map((part) => withPrefix(part, word)) };
}

/** Of parts of a whole some are small in any case. */
function isPartBelow({ test, subject }: WordTest): boolean {
  return /\bshare of\b/.test(subject) && test.kind === 'compare' && test.sign.startsWith('<');
}

function singular(thing: string): string {
  return thing.replace(/(?<=[a-z]{2})ies$/, 'y').replace(/(?<=[a-z]{2}[^su])s$/, '');
}
