// What each step gives and which later step uses it: "the region from Step 4", "the pod name found above", a variable that one
// block sets and another reads, a placeholder that is a column of an earlier query, a guard that reads an earlier result.
// It changes nothing in the plan's ways; people and checks read it.
import { allMatches, collect, Memory, onceFor, remember, sameItems, type Span } from '../base/index.ts';
import { shapeOfAction } from '../guard/index.ts';
import { documentOf, sourceSpan, type Guide } from '../guide/index.ts';
import type { Action, Guard, NodeId, Use } from '../plan/index.ts';
import type { Step } from './draft.ts';
import type { StepText } from './read-passages.ts';
import type { StepIndex } from './resolve-target.ts';
import { sourceOf } from './source.ts';
import { assignedNames } from './find-placeholders.ts';

/** What one step gives (columns, variables, names of results) and uses. Both in the order of the text, each once. */
export interface DataFlow {
  readonly yields: readonly string[];
  readonly uses: readonly Use[];
}

interface OpenFlow {
  yields: readonly string[];
  readonly uses: Use[];
}

interface Guarded {
  readonly from: NodeId;
  readonly guard?: Guard;
}

const mostNames = 40;

type Flows = ReadonlyMap<NodeId, DataFlow>;

/** What the flow of a guide follows from. */
interface Basis {
  readonly steps: readonly Step[];
  readonly texts: readonly StepText[];
  readonly names: StepIndex['names'];
  readonly edges: readonly Guarded[];
}

/** The flow of each document's last reading. */
const lastFlows = new Memory<object, Basis & { readonly flows: Flows }>();

/** The data flow of every step that has any; `texts` by the order of the steps. The same map as in the last reading where it is alike. */
export function findDataFlow(
  guide: Guide,
  steps: readonly Step[],
  texts: readonly StepText[],
  index: StepIndex,
  edges: readonly Guarded[],
): Flows {
  const document = documentOf(guide);
  const last = lastFlows.get(document);
  const basis: Basis = { steps, texts, names: index.names, edges };
  const flows = last && flowsAlike(last, basis) ? last.flows : findAll(guide, basis, index);
  lastFlows.set(document, { ...basis, flows });
  return flows;
}

/** True when steps are called alike, say the same of what they use, and give and ask the same. */
function flowsAlike(before: Basis, now: Basis): boolean {
  if (before.names !== now.names || before.edges.length !== now.edges.length) return false;
  for (let at = 0; at < now.edges.length; at++) if (!readsAlike(before.edges[at], now.edges[at])) return false;
  for (let at = 0; at < now.steps.length; at++) {
    const [was, is, text] = [before.steps[at], now.steps[at], now.texts[at]];
    if (was === is && before.texts[at] === text) continue;
    if (!was || !is || !usesAlike(titleUses(was), titleUses(is))) return false;
    if (!tellsAlike(before.texts[at], text)) return false;
  }
  return true;
}

function readsAlike(a: Guarded | undefined, b: Guarded | undefined): boolean {
  if (a === b || (a?.from === b?.from && a?.guard === b?.guard)) return true;
  return !readsResults(a?.guard) && !readsResults(b?.guard);
}

function readsResults(guard: Guard | undefined): boolean {
  return guard?.kind === 'cel' && resultsIn(guard).length > 0;
}

function tellsAlike(a: StepText | undefined, b: StepText | undefined): boolean {
  if (!a || !b || a.actions.length !== b.actions.length || !usesAlike(saidUses(a), saidUses(b))) return false;
  return a.actions.every((action, at) => givesAlike(action, b.actions[at]));
}

function usesAlike(a: readonly SaidUse[], b: readonly SaidUse[]): boolean {
  return a.length === b.length && a.every((one, at) => isSameUse(one, b[at]));
}

function isSameUse(a: SaidUse, b: SaidUse | undefined): boolean {
  return a.what === b?.what && a.number === b.number && isSameSpan(a.span, b.span);
}

function isSameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function givesAlike(a: Action, b: Action | undefined): boolean {
  if (!b || a === b) return a === b;
  const [was, is] = [givenBy(a), givenBy(b)];
  return (
    a.resultName === b.resultName &&
    sameItems(was.names, is.names) &&
    sameItems(was.columnKeys, is.columnKeys) &&
    sameItems([...was.sets], [...is.sets]) &&
    sameItems([...was.reads], [...is.reads]) &&
    (is.reads.size === 0 || isSameSpan(a.source.span, b.source.span)) &&
    was.asked.length === is.asked.length &&
    was.asked.every(({ parameter, span }, at) => {
      const other = is.asked[at];
      return parameter === other?.parameter && isSameSpan(span, other.span);
    })
  );
}

function findAll(guide: Guide, { steps, texts, edges }: Basis, index: StepIndex): Flows {
  const flows = new Map<NodeId, OpenFlow>();
  const flowOf = (node: NodeId): OpenFlow => {
    let flow = flows.get(node);
    if (!flow) flows.set(node, (flow = { yields: [], uses: [] }));
    return flow;
  };
  const use = (node: NodeId, from: NodeId, what: string, span?: Span): void => {
    const { uses } = flowOf(node);
    if (from === node || uses.some((one) => one.from === from && one.what === what)) return;
    uses.push({ from, what, ...(span && { source: sourceOf(guide, span) }) });
  };
  // Which step gave a variable, a column or a named result last.
  const variables = new Map<string, NodeId>();
  const columns = new Map<string, NodeId>();
  const results = new Map<string, NodeId>();
  let source: NodeId | null = null;
  for (const step of steps) {
    const text = texts[step.order];
    if (!text) continue;
    for (const said of [titleUses(step), saidUses(text)])
      for (const { what, number, span } of said) {
        const from = number === null ? source : (index.byNumber(number, step)?.id ?? null);
        if (from !== null) use(step.id, from, what, span);
      }
    for (const action of text.actions) {
      const given = givenBy(action);
      for (const name of given.reads) {
        const from = variables.get(name);
        if (from !== undefined) use(step.id, from, `$${name}`, action.source.span);
      }
      for (const { key, parameter, span } of given.asked) {
        const from = columns.get(key);
        if (from !== undefined) use(step.id, from, parameter, span);
      }
      for (const name of given.sets) variables.set(name, step.id);
      for (const key of given.columnKeys) columns.set(key, step.id);
      if (action.resultName !== undefined) results.set(action.resultName, step.id);
    }
    if (text.actions.length === 0) continue;
    flowOf(step.id).yields = yieldsOf(text);
    source = step.id;
  }
  const known = new Set(steps.map(({ id }) => id));
  for (const { from: node, guard } of edges) {
    if (guard?.kind !== 'cel') continue;
    for (const { map, name } of resultsIn(guard)) {
      const from = map === 'steps' ? name : results.get(name);
      if (from !== undefined && known.has(from)) use(node, from, `${map}.${name}`, guard.source?.span);
    }
  }
  return new Map([...flows].filter(([, { yields, uses }]) => yields.length + uses.length > 0));
}

/** Names of all that a step's actions give, each once. */
const yieldsOf = onceFor(({ actions }: StepText): readonly string[] =>
  actions
    .map((action) => givenBy(action).names)
    .reduce((all, names) => (all.length === 0 ? names : [...new Set([...all, ...names])].slice(0, mostNames)), []),
);

/** Results that a guard reads: `steps.Step2`, `results["errors"]`. */
const resultsIn = onceFor(({ cel }: Guard & { readonly kind: 'cel' }) =>
  allMatches(cel, readResult).map(([, map = '', dotted, quoted]) => ({ map, name: dotted ?? quoted ?? '' })),
);

const readResult = /\b(steps|results)(?:\.([A-Za-z_]\w*)|\[\s*['"]([^'"]+)['"]\s*\])/g;

/** `pod-name` and `pod_name` are one name. */
function columnKey(name: string): string {
  return name.toLowerCase().replace(/[-\s]/g, '_');
}

/** What an action gives to later steps and asks of earlier ones. */
interface Given {
  /** Names of all that it gives, each once. */
  readonly names: readonly string[];
  /** Columns that are no parameters of the action itself. */
  readonly columnKeys: readonly string[];
  /** Its placeholders. */
  readonly asked: readonly { readonly key: string; readonly parameter: string; readonly span: Span }[];
  readonly sets: ReadonlySet<string>;
  /** Variables read that the block itself does not set. */
  readonly reads: ReadonlySet<string>;
}

const shells = /^(?:bash|sh|shell|zsh|console|powershell|pwsh|ps1)$/;

const givenBy = onceFor((action: Action): Given => {
  const columns = (shapeOfAction(action).columns ?? []).map(({ name }) => name);
  const own = new Set(action.parameters.map(columnKey));
  const isShell = shells.test(action.language);
  const sets = new Set(isShell ? assignedNames(action.code) : []);
  sets.delete('');
  const reads = new Set<string>();
  if (isShell)
    for (const { 1: name = '' } of allMatches(action.code, /\$\{?([A-Za-z_]\w*)/g))
      if (!sets.has(name)) reads.add(name);
  const named = action.resultName === undefined ? [] : [action.resultName];
  return {
    names: [...new Set([...named, ...columns, ...[...sets].map((name) => `$${name}`)])].slice(0, mostNames),
    columnKeys: columns.map(columnKey).filter((key) => !own.has(key)),
    asked: action.placeholders.map(({ parameter, span }) => ({ key: columnKey(parameter), parameter, span })),
    sets,
    reads,
  };
});

interface SaidUse {
  readonly what: string;
  /** The step's number; null: the nearest step before this one that does something. */
  readonly number: string | null;
  readonly span: Span;
}

const noun = String.raw`(?<what>(?:(?:the|each|every|these|those|that|your|any|all|this|its)\s+)(?:[\w'/-]+\s+){0,4}?[\w'/-]+|values?|results?|outputs?|findings?)`;
const got = String.raw`(?:(?:that\s+|which\s+)?(?:was\s+|were\s+|is\s+|are\s+|you(?:'ve|\s+have)?\s+|we\s+|has\s+been\s+)?(?:found|identified|determined|returned|listed|noted|captured|reported|obtained|retrieved|collected|saved|copied|recorded|created|added|printed|shown|given|seen|got|selected|chosen)\s+)`;
const place = String.raw`\bstep\s+#?(?<number>\d+(?:\.\d+)*[a-z]?)\b`;
const fromStep = new RegExp(
  String.raw`\b${noun}\s+(?:${got}(?:in|by|at|from|during)|from|of|returned\s+by)\s+${place}`,
  'gi',
);
const fromAbove = new RegExp(
  String.raw`\b${noun}\s+(?:${got}(?:above|earlier|before(?!\s+\w)|previously|in\s+the\s+previous\s+(?:step|section)|(?:by|from)\s+the\s+(?:previous|above)\s+(?:step|command|query|output))|from\s+(?:the\s+)?(?:(?:previous|above)\s+(?:step|command|query|output)|output\s+above|above))\b`,
  'gi',
);
/** "The rest of Step 4", "any option from step 1": about the step, not about what it gave. */
const aboutStep =
  /\b(?:steps?|rest|remainder|start|end|beginning|options?|instructions|procedure|part|case|way|first|second|last)$/i;

/** The last determiner of the words, or what stands behind "with": "this on each node" is about each node. */
function thing(words: string): string {
  const bare = words.replace(/\s+/g, ' ').trim();
  return (
    /(?:^|.*\s)((?:the|each|every|these|those|that|your|any|all|its)\s.*)$/i.exec(
      bare.replace(/^.*\swith\s/i, ''),
    )?.[1] ?? bare.replace(/^.*\swith\s/i, '')
  );
}

interface Said {
  readonly what: string;
  readonly number: string | null;
  readonly at: number;
  readonly length: number;
}

/** Uses said in one sentence or title. */
const saidIn = remember((text: string): readonly Said[] => {
  if (!/\b(?:step|above|earlier|previous(?:ly)?|before)\b/i.test(text)) return [];
  return [fromStep, fromAbove].flatMap((pattern) =>
    allMatches(text, pattern).flatMap(({ 0: whole, index, groups = {} }) => {
      const what = thing(groups['what'] ?? '');
      return aboutStep.test(what) ? [] : [{ what, number: groups['number'] ?? null, at: index, length: whole.length }];
    }),
  );
}, 2000);

const titleUses = onceFor(({ title, titleSpan }: Step): readonly SaidUse[] =>
  saidIn(title).map(({ what, number }) => ({ what, number, span: titleSpan })),
);

const saidUses = onceFor(({ passages }: StepText): readonly SaidUse[] =>
  collect(passages, ({ sentence: { prose, start, end } }) =>
    saidIn(prose.plain.slice(start, end)).map(({ what, number, at, length }) => ({
      what,
      number,
      span: sourceSpan(prose, start + at, start + at + length),
    })),
  ),
);
