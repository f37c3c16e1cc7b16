// The sides of a step's branch with what each demands, and example values that tell them apart. The checks on branches ask
// here, once for each step.
import { Memory, type Span } from '../base/index.ts';
import { shapeOfAction } from '../guard/index.ts';
import { outputEdges, type Guard, type NodeId, type Plan, type PlanNode } from '../plan/index.ts';
import { withOneUnit } from './one-unit.ts';
import { comparisonsIn, printedNumber, spoken, testOfGuard, type Sample, type SideTest } from './side-test.ts';
import type { WordTest } from './said-of-many.ts';
import { testOfWords } from './test-of-words.ts';

/** One condition with everywhere it leads. */
export interface Side {
  readonly words: string;
  readonly span: Span;
  readonly targets: readonly NodeId[];
  /** How the guide ends there, where the side ends it. */
  readonly outcome: string | null;
  readonly guard: Guard | null;
  /** What it demands, as far as that is known. */
  readonly test: SideTest | null;
  /** True when it leads to a step that its own sentence is: what the condition asks for, and no jump. */
  readonly asks: boolean;
  /** "Otherwise, if …": holds only where no side before it does. */
  readonly afterOthers: boolean;
}

/** The branch of one step. */
export interface Branch {
  readonly node: PlanNode;
  readonly sides: readonly Side[];
  /** The author's "otherwise": the last one. */
  readonly otherwise: { readonly span: Span } | null;
  /** All of them, with where they lead. */
  readonly otherwises: readonly { readonly span: Span; readonly to: NodeId; readonly outcome: string | null }[];
  /** True when something leads on whatever the conditions are: an otherwise, written or implied, or a jump without condition. */
  readonly goesOn: boolean;
  /** True when it goes on only because the next step follows, and no words say so. */
  readonly implied: boolean;
  /** The step that follows then. */
  readonly next: NodeId | null;
  /** Closed sets of values of the step's results, by key. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** True when a result has exactly one row, so that `exists` and `all` mean the same and none is missing. */
  readonly oneRow: boolean;
}

/** Branches of all steps that have a condition. */
export function branchesOf(plan: Plan): readonly Branch[] {
  const spans = new Map(plan.nodes.map(({ id, source }) => [id, source?.span]));
  const back = new Map<NodeId, Plan['repeats'][number][]>();
  for (const repeat of plan.repeats) back.set(repeat.from, [...(back.get(repeat.from) ?? []), repeat]);
  const branches: Branch[] = [];
  for (const node of plan.nodes) {
    const edges = outputEdges(plan, node.id);
    const repeats = back.get(node.id) ?? none;
    if (!edges.some(decides) && !repeats.some(decides)) continue;
    branches.push(knownBranch(node, edges, repeats, spans));
  }
  return branches;
}

const none: readonly Way[] = [];

function decides({ condition, onFailure }: Way): boolean {
  return condition !== null && onFailure !== true;
}

interface Way {
  readonly to: NodeId;
  readonly condition: string | null;
  readonly onFailure?: boolean;
  readonly guard?: Guard;
  readonly source?: { readonly span: Span };
  readonly outcome?: string;
}

/** Where each step stands. */
type Spans = ReadonlyMap<NodeId, Span | undefined>;

interface Known {
  readonly edges: readonly Way[];
  readonly repeats: readonly Way[];
  readonly branch: Branch;
}

const known = new Memory<PlanNode, Known>();

/** The branch that the step had before, while its ways say the same at the same places. */
function knownBranch(node: PlanNode, edges: readonly Way[], repeats: readonly Way[], spans: Spans): Branch {
  let last = known.get(node);
  if (!last || !sameWays(last.edges, edges) || !sameWays(last.repeats, repeats)) {
    const ways = [...edges, ...repeats].filter(({ onFailure }) => onFailure !== true);
    known.set(node, (last = { edges, repeats, branch: branchOf(node, ways, spans) }));
  }
  return last.branch;
}

function sameWays(a: readonly Way[], b: readonly Way[]): boolean {
  return a.length === b.length && a.every((way, at) => sameWay(way, b[at]));
}

function sameWay(a: Way, b: Way | undefined): boolean {
  if (a === b) return true;
  if (a.to !== b?.to || a.outcome !== b.outcome || a.condition !== b.condition || a.onFailure !== b.onFailure)
    return false;
  if (a.guard?.kind !== b.guard?.kind) return false;
  const sameGuard = a.guard?.kind !== 'cel' || (b.guard?.kind === 'cel' && a.guard.cel === b.guard.cel);
  return (
    sameGuard &&
    a.guard?.origin === b.guard?.origin &&
    a.source?.span.start === b.source?.span.start &&
    a.source?.span.end === b.source?.span.end
  );
}

function branchOf(node: PlanNode, ways: readonly Way[], spans: Spans): Branch {
  const sides: (Side & { targets: NodeId[] })[] = [];
  const otherwises: Branch['otherwises'][number][] = [];
  let goesOn = false;
  let implied = true;
  let next: NodeId | null = null;
  const inOrder = [...ways].sort((a, b) => (a.source?.span.start ?? Infinity) - (b.source?.span.start ?? Infinity));
  let subject: string | null = null;
  let ofAll = 0;
  const otherNames = new Map<string, string>();
  for (const { to, condition, guard, source, outcome } of inOrder) {
    if (guard?.kind === 'else' || condition === null) {
      goesOn = true;
      const isSaid = guard?.kind !== 'else' || guard.origin === 'author' || source !== undefined;
      if (isSaid) implied = false;
      else next = to;
      if (guard?.kind === 'else' && isSaid && source)
        otherwises.push({ span: source.span, to, outcome: outcome ?? null });
      continue;
    }
    if (!source) continue;
    const same = sides.find((side) => side.words === condition && side.span.start === source.span.start);
    if (same) {
      same.targets.push(to);
      continue;
    }
    const guarded = guard?.kind === 'cel' ? testOfGuard(guard.cel) : null;
    const ofNumber = guarded !== null && isPrinted(guarded);
    const said: WordTest | null =
      guard && !ofNumber && (guarded || guard.origin !== 'inferred') ? null : testOfWords(condition, subject);
    const known: WordTest | null = said && !guarded ? { ...said, test: named(said.test, otherNames) } : said;
    const read: WordTest | null = known && (!guarded || sameDemand(known.test, guarded)) ? known : null;
    // What was said of each of several things is nothing that "it" could mean.
    if (read) subject = read.ofMany ? null : read.subject;
    if (read?.ofAll) ofAll++;
    // "A host shows more than 100" beside "every host shows 100 or fewer" is said of one number.
    if (read?.ofAll)
      for (const key of keysOf([read.test]))
        if (key.startsWith('each ')) otherNames.set(key.slice('each '.length), key);
    const test: SideTest | null = read?.test ?? guarded;
    const own: string | null = guard && !read ? subjectOfGuard(test) : null;
    if (own !== null && test) {
      subject = own;
      // "More than 500 entries" of a guard on the row count: "500 entries or fewer" are rows as well.
      const inWords = testOfWords(condition, null);
      if (inWords && sameDemand(inWords.test, test))
        for (const key of keysOf([inWords.test])) for (const name of [key, `${own} ${key}`]) otherNames.set(name, own);
    }
    const target = spans.get(to);
    const asks = target !== undefined && target.start <= source.span.end && source.span.start <= target.end;
    const afterOthers = /^otherwise,/i.test(condition);
    sides.push({
      words: condition,
      span: source.span,
      targets: [to],
      outcome: outcome ?? null,
      asks,
      guard: guard ?? null,
      test,
      afterOthers,
    });
  }
  const called = sides.map((side) =>
    side.guard || !side.test ? side : { ...side, test: named(side.test, otherNames) },
  );
  const tested =
    ofAll > 1
      ? sides.map((side) => ({ ...side, test: null }))
      : withNothing(withOneNumber(withExactlyOne(withOneUnit(inTime(called)))));
  const shapes = node.actions.map((action) => shapeOfAction(action));
  const values = new Map<string, readonly string[]>();
  for (const { columns } of shapes)
    for (const column of columns ?? []) if (column.values) values.set(spoken(column.name), column.values);
  const otherwise = otherwises.at(-1) ?? null;
  return {
    node,
    sides: tested,
    otherwise,
    otherwises,
    goesOn,
    implied: goesOn && implied,
    next,
    values,
    oneRow: shapes.at(-1)?.rows === 'one',
  };
}

/** "Drops below 1 % within 10 minutes" beside "stays at 1 % or more": how long one waits makes no third case, where only one side says it. */
function inTime<T extends Side>(sides: readonly T[]): readonly T[] {
  const [timed, more] = sides.filter(({ words }) => waits.test(words));
  if (!timed || more || timed.test || timed.guard || sides.length < 2) return sides;
  const words = timed.words.replace(waits, '');
  const read = testOfWords(words, null);
  if (!read || read.ofMany) return sides;
  return sides.map((side) => {
    if (side === timed) return { ...side, test: read.test };
    const it = side.guard || !/\b(?:it|they)\b/.test(side.words) ? null : testOfWords(side.words, read.subject);
    return it ? { ...side, test: it.test } : side;
  });
}

const waits = /,? (?:within|after) (?:the next )?(?:\d+|an?|one|two|five|ten) (?:seconds?|minutes?|hours?|days?)$/i;

/** "Nothing is printed", "there is no output" beside "1 to 5 partitions are printed" is none of them. */
function withNothing<T extends Side>(sides: readonly T[]): readonly T[] {
  const isNothing = ({ words }: Side): boolean => nothingCame.test(words);
  const [key, ...others] = keysOf(sides.flatMap((side) => (side.test && !isNothing(side) ? side.test : [])));
  if (others.length > 0 || !/^count of .* (?:printed|returned|listed|shown|found|reported)$/.test(key ?? ''))
    return sides;
  return sides.map((side) =>
    isNothing(side) && key !== undefined
      ? { ...side, test: { kind: 'compare' as const, key, sign: '==' as const, value: 0 } }
      : side,
  );
}

const nothingCame =
  /^(?:if |when )?(?:(?:nothing|none) (?:is|are|was|were|has been) (?:printed|returned|listed|shown|found|reported)|there is no output|(?:it|this|the (?:command|query)) (?:prints|returns|lists|shows|finds|gives) nothing|the (?:output|list|result) is empty)$/i;

/** "One pod is down" is read as one or none; beside "no pod is down" it is exactly one. */
function withExactlyOne<T extends Side>(sides: readonly T[]): readonly T[] {
  const said = (words: string, count: RegExp): boolean =>
    count.test(words.replace(/^\W*(?:if|when|once)\s+/i, '').replace(/^there (?:is|are)\s+/i, ''));
  if (!sides.some(({ words, test }) => test && said(words, /^(?:no|none)\b/i))) return sides;
  return sides.map((side) => {
    const { test, words } = side;
    const isOne = test?.kind === 'compare' && test.sign === '<=' && test.value === 1;
    return isOne && said(words, /^(?:(?:only|just|exactly) )?one\b/i)
      ? { ...side, test: { ...test, sign: '==' } }
      : side;
  });
}

/** The test with what the words call otherwise under the name that it has elsewhere. */
function named(test: SideTest, names: ReadonlyMap<string, string>): SideTest {
  if (names.size === 0) return test;
  if (test.kind === 'compare') return { ...test, key: names.get(test.key) ?? test.key };
  return test.kind === 'not'
    ? { ...test, part: named(test.part, names) }
    : { ...test, parts: test.parts.map((part) => named(part, names)) };
}

/** The one number that a command prints, of which the words say what it counts. */
function isPrinted(test: SideTest): boolean {
  return comparisonsIn(test).every(({ key }) => key === printedNumber);
}

/** The words demand the same of a number as the guard that was made of them. */
function sameDemand(words: SideTest, guard: SideTest): boolean {
  const [one, other] = [words, guard].map((test) =>
    comparisonsIn(test).map(({ sign, value }) => `${sign} ${String(value)}`),
  );
  return words.kind === guard.kind && one?.join() === other?.join();
}

/** Where all guards are on the printed number, its conditions are on one thing, however they call it. */
function withOneNumber<T extends Side>(sides: readonly T[]): readonly T[] {
  const tests = sides.map(({ guard }) => (guard?.kind === 'cel' ? testOfGuard(guard.cel) : null));
  if (keysOf(sides.flatMap(({ test }) => test ?? [])).size < 2 || !tests.every((test) => test && isPrinted(test)))
    return sides;
  return sides.map((side, at) => ({ ...side, test: tests[at] ?? side.test }));
}

function subjectOfGuard(test: SideTest | null): string | null {
  const keys = test ? new Set(comparisonsIn(test).map(({ key }) => key)) : new Set<string>();
  return keys.size === 1 ? ([...keys][0] ?? null) : null;
}

const noRows = (test: SideTest): boolean =>
  test.kind === 'compare' && test.key === 'row count' && test.sign === '==' && test.value === 0;

/**
 * What the sides demand of one thing; null where one of them is not known, or they are about several things. "Until" says how long
 * the step is done, and "if there are no rows" and "if it is `NULL`" stand beside what is asked for: none of them is one of the values.
 */
export function testsOfOne({
  sides,
}: Branch): { readonly tests: readonly SideTest[]; readonly takesNone: boolean } | null {
  const timeless = sides.filter(({ words }) => !/^(?:until|while)\b/i.test(words));
  const valued = timeless.filter(({ test, words }) => test !== null || !hasNoValue.test(words));
  const asked = valued.length > 1 ? valued : timeless;
  const all = asked.flatMap(({ test }) => test ?? []);
  if (all.length < asked.length) return null;
  const ofRows = all.filter((test) => !noRows(test));
  // "Zero rows", "one row" and "two or more rows" are all of one number.
  const isBeside = ofRows.length > 1 && ofRows.length < all.length && !keysOf(ofRows).has('row count');
  const tests = isBeside ? ofRows : all;
  return tests.length > 1 && keysOf(tests).size === 1
    ? { tests, takesNone: tests !== all || asked.length < timeless.length }
    : null;
}

/** "The lag is `NULL`": beside numbers it stands for none of them. */
const hasNoValue = /\b(?:is|are|shows?|reads?) [`'"]?(?:null|none|nan|n\/a|empty|missing|unknown|blank)[`'"]?$/i;

/** Keys that the tests read. */
export function keysOf(tests: readonly SideTest[]): ReadonlySet<string> {
  return new Set(tests.flatMap((test) => comparisonsIn(test).map(({ key }) => key)));
}

const most = 3000;

/**
 * Examples that stand for all values: each number that is named, one between each two and one beyond the ends; all values of
 * a closed set. Null when there are too many, or when a value may be any text.
 */
export function examplesFor(tests: readonly SideTest[], branch: Branch): readonly ReadonlyMap<string, Sample>[] | null {
  const comparisons = tests.flatMap(comparisonsIn);
  let examples: Map<string, Sample>[] = [new Map()];
  for (const key of keysOf(tests)) {
    const values = comparisons.filter((one) => one.key === key).map(({ value }) => value);
    const samples = samplesFor(key, values, branch);
    if (!samples || examples.length * samples.length > most) return null;
    examples = samples.flatMap((sample) => examples.map((example) => new Map(example).set(key, sample)));
  }
  return examples;
}

function samplesFor(key: string, values: readonly Sample[], branch: Branch): readonly Sample[] | null {
  const closed = branch.values.get(key);
  if (values.every((value) => typeof value === 'string')) return closed ?? null;
  if (values.every((value) => typeof value === 'boolean')) return [true, false];
  const numbers = [...new Set(values)].filter((value) => typeof value === 'number').sort((a, b) => a - b);
  if (numbers.length < new Set(values).size) return null;
  const counted = isCounted(key);
  const samples = new Set<number>();
  const [first = 0] = numbers;
  const last = numbers.at(-1) ?? 0;
  // "One screen" and "two or more": who counts so has at least one.
  if (first === 1 && /^\(\w+\)$/.test(key)) samples.add(1);
  else if (first > 0) samples.add(counted ? Math.ceil(first) - 1 : first / 2);
  else if (first < 0) samples.add(first - 1);
  numbers.forEach((value, index) => {
    samples.add(value);
    const next = numbers[index + 1];
    if (next === undefined) return;
    if (!counted && isMeasured(key)) samples.add(round((value + next) / 2));
    // Between 10 and 11 lies nothing that can be counted; whether this is counted nobody knows.
    else if (Math.floor(value) + 1 < next) samples.add(Math.floor(value) + 1);
  });
  if (isShare(key) && last <= 100) {
    if (last < 100) samples.add(round((last + 100) / 2));
  } else samples.add(last + (last >= 10 ? Math.ceil(last / 10) : 1));
  return [...samples].sort((a, b) => a - b);
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

function isCounted(key: string): boolean {
  return /\b(?:count|counts|exit code|status|code|number|rows?)\b|\(\w+\)$/.test(key);
}

/** Nothing has more than 100 percent of itself. */
function isShare(key: string): boolean {
  return /\b(?:rate|percent|pct|percentage|availability|usage|utili[sz]ation|share of)\b/.test(key);
}

/** What is measured can have any value: rates, shares, times, sizes. */
function isMeasured(key: string): boolean {
  return /\b(?:rate|ratio|percent|percentage|pct|latency|duration|time|average|avg|usage|utili[sz]ation|availability|load|score|lag|share of|p\d\d)\b/.test(
    key,
  );
}

/** An example in words: `error rate = 10`. */
export function inWords(example: ReadonlyMap<string, Sample>): string {
  return [...example]
    .map(([key, value]) => {
      // "The queue holds more than 50 messages" is on what the queue holds.
      const [, what = '', unit = ''] = holding.exec(key) ?? [];
      if (what !== '') return `${what} ${String(value)} ${unit}s`;
      return `${/^(?:\(\w+\))?$/.test(key) ? 'the value' : key} is ${String(value)}`;
    })
    .join(' and ');
}

const holding =
  /^(.+ (?:hold|contain|list|count|report|return|print|serve|send|receive|keep|use|carrie|run|drop|lose|misse)s) \(([a-z]{2,})\)$/;
