// step.serial: neighbouring steps that only read run one after another, though none uses anything of another and nothing in the
// text orders them. Said only where all of that is certain: a word that may point back ("that pod", "then", "the output") or an
// undeclared placeholder is enough to say nothing. How long the steps took in earlier runs tells what it would save.
import { collect, onceFor, slice } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic, type Fix } from '../diagnostics/index.ts';
import { readNumbering, type Guide, textOf } from '../guide/index.ts';
import { findNode, inputEdges, outputEdges, type Plan, type PlanEdge, type PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { byStep } from './scope.ts';
import { stepName } from './step-name.ts';

/** Milliseconds below which side by side is not worth a word. */
const leastSaved = 1000;

/** Words of a step that may speak of an earlier one, or set an order. */
const pointsBack =
  /\b(?:this|that|these|those|such|same|it|its|they|them|their|then|next|after(?:wards)?|once|again|now|finally|lastly|also|still|continue|previous(?:ly)?|preceding|earlier|above|last step|found|identified|noted|returned|collected|results?|outputs?|step\s*\d)\b/i;
/** Words of a step that may hold up the next one. */
const holdsUp = /\b(?:first|before|until|wait|ensure|make sure|only (?:then|when|if)|must|prerequisites?|otherwise)\b/i;

/** A step that does nothing but read, and what its words say of order. */
interface Reader {
  readonly node: PlanNode;
  readonly pointsBack: boolean;
  readonly holdsUp: boolean;
}

const readers = byStep((node, sentences): readonly Reader[] => {
  if (!onlyReads(node)) return [];
  const words = [node.title, ...sentences.map(({ text }) => text)];
  return [
    {
      node,
      pointsBack: words.some((text) => pointsBack.test(text)),
      holdsUp: words.some((text) => holdsUp.test(text)),
    },
  ];
});

/** What is asked of many steps, gathered once. */
interface Known {
  readonly input: CheckInput;
  readonly readers: ReadonlyMap<string, Reader>;
  /** Steps with a passage that could not be read, and those where a loop begins or ends. */
  readonly unclear: ReadonlySet<string>;
  /** Where each parameter is declared, as an offset. */
  readonly declared: ReadonlyMap<string, number>;
}

export function checkSerialSteps(input: CheckInput): readonly Diagnostic[] {
  const found = readers(input);
  if (found.length < 2) return [];
  const known = gather(input, found);
  const taken = new Set<PlanNode>();
  return collect(found, ({ node }) => {
    if (taken.has(node)) return [];
    const row = rowFrom(known, node);
    for (const one of row) taken.add(one);
    // Something has to start them, so the first step of a guide is that.
    const isFirst = inputEdges(input.plan, node.id).some(({ from }) => from === 'start');
    const beside = isFirst ? row.slice(1) : row;
    return beside.length > 1 ? report(input, beside) : [];
  });
}

/** The place of the first step that uses each parameter. */
const firstUseIn = onceFor(({ nodes }: Plan): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const { actions, source } of nodes)
    for (const { parameters } of actions)
      for (const name of parameters) if (!found.has(name)) found.set(name, source?.span.start ?? 0);
  return found;
});

function gather(input: CheckInput, found: readonly Reader[]): Known {
  const { plan } = input;
  return {
    input,
    readers: new Map(found.map((one) => [one.node.id, one])),
    unclear: new Set([
      ...plan.notRead.flatMap(({ node }) => node ?? []),
      ...plan.repeats.flatMap(({ from, to }) => [from, to]),
    ]),
    declared: new Map(
      collect(plan.guide.parameters, ({ name, origin, source }) =>
        origin === 'declared' ? [[name, source?.span.start ?? 0] as const] : [],
      ),
    ),
  };
}

/** The step and those behind it that could all begin at once; none when it could not begin a row. */
function rowFrom(known: Known, first: PlanNode): readonly PlanNode[] {
  if (!mayStand(known, first)) return [];
  const row = [first];
  const ids = new Set([first.id]);
  let place: string | null = null;
  for (let last = first; ;) {
    const edge = onlyWay(known.input.plan, last);
    const next = edge && isImplied(edge) ? known.readers.get(edge.to)?.node : undefined;
    if (!next || !mayStand(known, next) || !mayFollow(known, next, first, ids)) return row;
    if ((place ??= placeOf(known.input, first)) !== placeOf(known.input, next)) return row;
    row.push(next);
    ids.add(next.id);
    last = next;
  }
}

/** The one edge that leaves a step, when it has no condition and leads to another step. */
function onlyWay(plan: Plan, { id }: PlanNode): PlanEdge | null {
  const [edge, ...others] = outputEdges(plan, id);
  return edge && others.length === 0 && edge.condition === null && edge.onFailure !== true && edge.to !== 'end'
    ? edge
    : null;
}

/** By order alone, not by a sentence. */
function isImplied({ source, timing }: PlanEdge): boolean {
  return source === undefined && timing === undefined;
}

function onlyReads({ kind, actions, source, ...node }: PlanNode): boolean {
  if (kind !== 'step' || !source || actions.length === 0 || node.within !== undefined) return false;
  if (node.needsApproval || node.undo !== undefined || node.verify !== undefined || node.calls) return false;
  return actions.every(({ effect, guide }) => effect === 'read' && guide === undefined);
}

/** True where nothing of the step is unclear and one way leads on. */
function mayStand({ input, readers, unclear }: Known, node: PlanNode): boolean {
  return !unclear.has(node.id) && readers.get(node.id)?.holdsUp === false && onlyWay(input.plan, node) !== null;
}

function mayFollow(known: Known, node: PlanNode, first: PlanNode, row: ReadonlySet<string>): boolean {
  const { input, readers, declared } = known;
  if (readers.get(node.id)?.pointsBack !== false) return false;
  if (inputEdges(input.plan, node.id).length !== 1 || node.uses?.some(({ from }) => row.has(from))) return false;
  const from = first.source?.span.start ?? 0;
  // A value is there when it is declared before the row, or its first step uses it already.
  return node.actions.every(({ parameters }) =>
    parameters.every(
      (name) => (declared.get(name) ?? Infinity) < from || (firstUseIn(input.plan).get(name) ?? Infinity) <= from,
    ),
  );
}

/** What a step stands under, and whether it is a heading or an item; a mere passage stands with no other. */
function placeOf({ guide, facts }: CheckInput, { source, id }: PlanNode): string {
  const start = source?.span.start ?? 0;
  const { section, headings } = facts.sectionAt(start);
  if (section.heading?.span.start === start) {
    const parent = headings.at(-2);
    return `heading ${String(section.heading.level)} under ${String(parent?.span.start)}`;
  }
  const item = /^[ \t]*(?:\d{1,9}[.)]|[-*+])[ \t]/.test(textOf(guide).slice(start, start + 40));
  return item ? `item under ${String(section.heading?.span.start)}` : `passage ${id}`;
}

function report(input: CheckInput, row: readonly PlanNode[]): readonly Diagnostic[] {
  const { guide, about } = input;
  const [first, second, ...more] = row;
  if (!first?.titleSource || !second?.titleSource) return [];
  const times = about.durations ? row.map((node) => timeOf(node, about.durations ?? {})) : [];
  const known = times.flatMap((time) => time ?? []);
  const total = known.reduce((sum, time) => sum + time, 0);
  const saved = total - Math.max(0, ...known);
  const isKnown = times.length > 0 && known.length === times.length;
  if (isKnown && saved < leastSaved) return [];
  const others = more.length === 1 ? 'the next step' : `the ${more.length} steps behind it`;
  const fix = fixFor(input, row);
  const hint = [
    isKnown ? `Side by side they would have saved ${seconds(saved)} of ${seconds(total)} in earlier runs.` : '',
    fix ? `\`${fix.before}\` can say "${fix.said}"` : 'The step before them can start them "in parallel".',
  ];
  return [
    makeDiagnostic(
      'step.serial',
      second.titleSource.span,
      `\`${stepName(guide, second)}\` waits for \`${stepName(guide, first)}\` but uses nothing of it${more.length > 0 ? `, and so it is with ${others}` : ''}.`,
      {
        labels: [first, ...more].flatMap((node) =>
          node.titleSource
            ? [{ span: node.titleSource.span, message: node === first ? 'runs before it' : 'could run beside them' }]
            : [],
        ),
        hint: hint.filter((part) => part !== '').join(' '),
        fixes: fix ? [fix.fix] : [],
      },
    ),
  ];
}

function timeOf({ actions }: PlanNode, durations: Readonly<Record<string, number>>): number | undefined {
  let sum = 0;
  for (const { id } of actions) {
    const time = Object.hasOwn(durations, id) ? durations[id] : undefined;
    if (time === undefined) return undefined;
    sum += time;
  }
  return sum;
}

function seconds(milliseconds: number): string {
  if (milliseconds >= 120_000) return `${String(Math.round(milliseconds / 60_000))} min`;
  return `${milliseconds >= 9950 ? String(Math.round(milliseconds / 1000)) : (milliseconds / 1000).toFixed(1)} s`;
}

interface Offer {
  /** The step that is to say it. */
  readonly before: string;
  readonly said: string;
  readonly fix: Fix;
}

/**
 * The sentence for the step before the row, where it certainly means the same steps: all of them numbered headings that lead on by
 * their order alone, and a step before them that does so too.
 */
function fixFor({ guide, plan }: CheckInput, row: readonly PlanNode[]): Offer | null {
  const [first] = row;
  const last = row.at(-1);
  const into = first && inputEdges(plan, first.id);
  const before = into?.length === 1 && into[0] ? findNode(plan, into[0].from) : undefined;
  if (!last || !before?.source || before.kind !== 'step') return null;
  const leaving = onlyWay(plan, before);
  const onward = onlyWay(plan, last);
  if (!leaving || !isImplied(leaving) || !onward || !isImplied(onward)) return null;
  const numbers = row.map((node) => numberOf(guide, node));
  if (numbers.some((number) => number === null) || !isHeading(guide, before)) return null;
  const said = `Then start ${inWords(numbers.map((number) => number ?? ''))} in parallel.`;
  const own = slice(textOf(guide), before.source.span);
  const at = before.source.span.start + own.trimEnd().length;
  const edits = [{ span: { start: at, end: at }, newText: `\n\n${said}` }];
  return { before: before.id, said, fix: { title: `Say "${said}" in \`${before.id}\``, edits } };
}

/** The number of a heading by which a sentence finds the step. */
function numberOf(guide: Guide, node: PlanNode): string | null {
  if (!node.titleSource || !isHeading(guide, node)) return null;
  const { number } = readNumbering(slice(textOf(guide), node.titleSource.span));
  return number !== null && /^[\d.]+$/.test(number) && node.id === `Step${number}` ? number : null;
}

function isHeading(guide: Guide, { source }: PlanNode): boolean {
  return (
    source !== undefined && /^ {0,3}#{1,6}[ \t]/.test(textOf(guide).slice(source.span.start, source.span.start + 12))
  );
}

/** `Steps 2 and 3`, `Steps 2 through 5`, `Steps 3.1, 3.2 and 3.3`. */
function inWords(numbers: readonly string[]): string {
  const isRange = numbers.every((number, at) => Number(number) === Number(numbers[0]) + at && !number.includes('.'));
  const last = numbers.at(-1) ?? '';
  if (isRange && numbers.length > 2) return `Steps ${numbers[0] ?? ''} through ${last}`;
  return `Steps ${numbers.slice(0, -1).join(', ')} and ${last}`;
}
