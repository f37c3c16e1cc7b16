// Guide to plan: runs the passes in order and puts their results together. Deterministic: the same guide gives the same plan.
import { collect, makeAgain, Memory, onceFor, type Made, type Span } from '../base/index.ts';
import { guardParameters, type GuardParameters } from '../guard/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { documentOf, type Guide } from '../guide/index.ts';
import {
  guideStem,
  type Action,
  type Guard,
  type NodeId,
  type Plan,
  type PlanEdge,
  type PlanNode,
  type Repeat,
} from '../plan/index.ts';
import { guardReader } from './add-guards.ts';
import { callsGuide, findCalls } from './find-calls.ts';
import type { Context, EdgeDraft, Passage, Step } from './draft.ts';
import { findDataFlow, type DataFlow } from './find-data-flow.ts';
import { findLoops } from './find-loops.ts';
import { findSteps } from './find-steps.ts';
import { foldChoosing } from './fold-choosing.ts';
import { foldOpening } from './fold-opening.ts';
import { foldPassing } from './fold-passing.ts';
import { linkFlow } from './link-flow.ts';
import { withFallThrough } from './fall-through.ts';
import { linkSteps, type Unread } from './link-steps.ts';
import { markUnread } from './mark-unread.ts';
import { mentionedSections } from './mentioned-sections.ts';
import { nameSteps } from './name-steps.ts';
import type { IsName } from './names.ts';
import { namingOf, type Naming } from './naming.ts';
import { readDirectives } from './read-directives.ts';
import { declaredParameters, withPlaceholders } from './read-parameters.ts';
import { readPassages, type StepText } from './read-passages.ts';
import { readRounds } from './read-rounds.ts';
import { readStatements, type StatementReading } from './read-statements.ts';
import { indexSteps, type StepIndex } from './resolve-target.ts';
import { slug } from './slug.ts';
import { sourceOf } from './source.ts';
import { tellApart } from './tell-apart.ts';
import { titleOfStep } from './title-of-step.ts';

/** What the host knows of the text: its name and the digest of its bytes. */
export interface CompileAbout {
  readonly file: string;
  readonly sha256: string;
}

/** Compiles a guide. Never throws; what was not read is in `plan.notRead` and in the diagnostics. */
export function compile(guide: Guide, about: CompileAbout): { plan: Plan; diagnostics: readonly Diagnostic[] } {
  const found = findSteps(guide);
  const document = documentOf(guide);
  const { steps, diagnostics } = nameSteps(found, document);
  const declared = declaredParameters(guide);
  const naming = namingOf(
    guide,
    declared.map(({ name }) => name),
  );
  /** By the order of steps, like `readings`. */
  const last = lastWords.get(document);
  const readText = (step: Step): StepText => readPassages(guide, step, naming);
  const textsMade = makeAgain(last?.naming === naming ? last.texts : undefined, steps, readText);
  const texts = textsMade.results;
  const index = indexSteps(steps, document);
  const isName = namesOf(index.names, found.asides);
  const readingsMade = makeAgain(last?.isName === isName ? last.readings : undefined, texts, ({ passages }) =>
    readStatements(passages, isName),
  );
  const readings = readingsMade.results;
  lastWords.set(document, { naming, isName, texts: textsMade, readings: readingsMade });

  const context: Context = { guide, steps, index };
  const flow = linkFlow(found.flow, steps, found.steps, index, found.sections, document);
  const lastActions = texts.map((text) => text.actions.at(-1) ?? null);
  const links = linkSteps(context, readings, flow, lastActions);
  const rounds = collect(steps, (step) =>
    readRounds(step, steps, texts[step.order] ?? noText, readings[step.order]?.statements ?? []),
  );
  const {
    edges: drafts,
    loops,
    diagnostics: loopReports,
  } = findLoops(steps, withFallThrough(context, links, flow.starts), links.next, rounds);
  const actions = collect(texts, (text) => text.actions);
  const parameters = withPlaceholders(guide, declared, actions, naming.replacements);
  const ways = [...drafts, ...loops.map(({ edge }) => edge)];
  const guards = guardsOf(
    guide,
    ways,
    guardParameters(parameters),
    new Set(collect(steps, ({ id }, at) => (sendsAway(texts[at] ?? noText) ? [id] : []))),
    new Map(steps.map(({ id, order }) => [id, texts[order]?.actions.at(-1) ?? null])),
  );
  const asksForApproval = new Set(collect(links.unread, ({ node, passage }) => (passage.leadsToAction ? [node] : [])));
  const mentioned = mentionedSections(steps, (step) => texts[step.order]?.passages ?? [], index);
  const unread: Unread[] = [...links.unread, ...mentioned];
  const repeated = new Set(rounds.map(({ passage }) => passage?.sentence));
  const stated: Span[] = [];
  for (const { id, order } of steps)
    for (const one of unreadIn(id, readings[order])) if (!repeated.has(one.passage.sentence)) unread.push(one);
  for (const { id, given } of steps) {
    if (!given) continue;
    const { sentence } = given;
    const passage: Passage = { sentence, paragraph: -1, inItem: false, leadsToAction: false, lastAction: null };
    const reason = 'it says when the step is done, and nothing says what to do otherwise';
    unread.push({ node: id, passage, reason });
    stated.push(sentence.span);
  }
  for (const { passage } of ways) if (passage) stated.push(passage.sentence.span);
  stated.push(...links.diagnostics.map(({ span }) => span));
  let conditions: ReadonlyMap<NodeId, readonly string[]> | null = null;
  const saysOf = (node: NodeId): readonly string[] => (conditions ??= conditionsIn(ways)).get(node) ?? [];
  const marks = markUnread(guide, steps, unread, stated, saysOf, flow.charts);

  const planEdges = makeEdges(guide, index, flow.starts, drafts, guards);
  const flows = findDataFlow(guide, steps, texts, index, planEdges);

  const nodes = steps.map((step) =>
    withFlow(nodeOf(guide, step, texts[step.order], asksForApproval.has(step.id)), flows.get(step.id)),
  );

  const frontMatter = guide.frontMatter;
  const plan: Plan = {
    guide: {
      title: nameOfGuide(guide, about.file) ?? steps[0]?.title ?? about.file,
      file: about.file,
      sha256: about.sha256,
      parameters,
      ...(frontMatter.owner !== undefined && { owner: frontMatter.owner }),
      ...(frontMatter.alerts.length > 0 && { alerts: frontMatter.alerts }),
      ...(frontMatter.verified !== undefined && { verified: frontMatter.verified }),
    },
    nodes: [marker('start', 'Start'), ...tellApart(guide, nodes), marker('end', 'End')],
    edges: planEdges,
    repeats: loops.map(({ edge, max, waitMs }): Repeat => {
      const reading = guards.get(edge);
      return {
        id: `edge_${edge.from}_${edge.to}`,
        from: edge.from,
        to: edge.to,
        condition: reading?.words ?? edge.words,
        ...(reading?.guard && { guard: reading.guard }),
        ...(edge.onFailure === true && { onFailure: true }),
        max,
        ...(waitMs !== null && { waitMs }),
        ...sourceIfSaid(guide, edge.passage),
      };
    }),
    notRead: marks.notRead,
  };
  const guardReports = [...guards.values()].flatMap((reading) => reading.diagnostics);
  return {
    plan: foldPassing(foldChoosing(foldOpening(withUniqueRepeats(plan), steps), steps), steps),
    diagnostics: [...diagnostics, ...links.diagnostics, ...loopReports, ...guardReports, ...marks.diagnostics],
  };
}

/** Answers whether a step or an aside is called so: the same function as before for the same names. */
const namesOf = (names: ReadonlyMap<string, unknown>, asides: ReadonlySet<string>): IsName => answering(names)(asides);

const answering = onceFor((names: ReadonlyMap<string, unknown>) =>
  onceFor(
    (asides: ReadonlySet<string>): IsName =>
      (name) =>
        name.startsWith('#>') ? asides.has(slug(name)) : names.has(slug(name)),
  ),
);

const unreadBy = new Memory<StatementReading, readonly Unread[]>();

/** The conditions of ways, by the step that they leave. */
function conditionsIn(ways: readonly EdgeDraft[]): ReadonlyMap<NodeId, readonly string[]> {
  const found = new Map<NodeId, string[]>();
  for (const { from, words } of ways) {
    if (words === null) continue;
    const known = found.get(from);
    if (known) known.push(words);
    else found.set(from, [words]);
  }
  return found;
}

/** What was not read of a step's sentences; a reading is that of one step. */
function unreadIn(node: NodeId, reading: StatementReading | undefined): readonly Unread[] {
  if (!reading || reading.notRead.length === 0) return [];
  let made = unreadBy.get(reading);
  if (made?.[0]?.node !== node) unreadBy.set(reading, (made = reading.notRead.map((one) => ({ node, ...one }))));
  return made;
}

/** The words of each document's last reading. */
const lastWords = new Memory<object, Words>();

interface Words {
  readonly naming: Naming;
  readonly isName: IsName;
  readonly texts: Made<Step, StepText>;
  readonly readings: Made<StepText, StatementReading>;
}

/** Headings of parts that any guide has; one that opens with such a heading is called by its file. */
const namesPart =
  /^(?:introduction|overview|summary|symptoms?|purpose(?: of (?:this|the) (?:guide|document|page|runbook|service))?|meaning|impact|description|background|scope|context|about|diagnosis|mitigation|issue|problem|cause|resolution|solution|prerequisites|steps|procedure)$/i;

function nameOfGuide({ title }: Guide, file: string): string | null {
  if (title === null || !namesPart.test(title.trim())) return title;
  return guideStem(file.replace(/^.*[/\\]/, '')) || title;
}

function marker(kind: 'start' | 'end', title: string): PlanNode {
  return { id: kind, kind, title, description: '', actions: [], needsApproval: false, safeToRepeat: false };
}

/** A step's node, made before when neither its words nor the request for its approval have changed since. */
const madeNodes = new Memory<Step, { text: StepText | undefined; asked: boolean; node: PlanNode }>();

function nodeOf(guide: Guide, step: Step, text: StepText | undefined, asked: boolean): PlanNode {
  let made = madeNodes.get(step);
  if (made?.text !== text || made?.asked !== asked)
    madeNodes.set(step, (made = { text, asked, node: makeNode(guide, step, text, asked) }));
  return made.node;
}

const flowing = new Memory<PlanNode, { flow: DataFlow; node: PlanNode }>();

/** The node with what it gives and uses; the same one as before when nothing of that has changed. */
function withFlow(node: PlanNode, flow: DataFlow | undefined): PlanNode {
  if (!flow) return node;
  const { yields, uses } = flow;
  let made = flowing.get(node);
  if (!made || (made.flow !== flow && !sameFlow(made.flow, flow))) {
    const more = { ...(yields.length > 0 && { yields }), ...(uses.length > 0 && { uses }) };
    flowing.set(node, (made = { flow, node: { ...node, ...more } }));
  }
  return made.node;
}

/** Lines are counted again when places are led back, so that only offsets tell places apart. */
function sameFlow(a: DataFlow, b: DataFlow): boolean {
  return (
    a.yields.length === b.yields.length &&
    a.uses.length === b.uses.length &&
    a.yields.every((name, at) => name === b.yields[at]) &&
    a.uses.every(({ from, what, source }, at) => {
      const other = b.uses[at];
      return (
        from === other?.from &&
        what === other.what &&
        source?.span.start === other.source?.span.start &&
        source?.span.end === other.source?.span.end
      );
    })
  );
}

function makeNode(guide: Guide, step: Step, text: StepText | undefined, asked: boolean): PlanNode {
  const { needsApproval, ...directives } = readDirectives(text?.passages ?? []);
  const calls = findCalls(guide, text?.passages ?? [], text?.actions ?? []);
  return {
    id: step.id,
    kind: 'step',
    title: titleOfStep(guide, step, text?.actions[0]?.code),
    description: text?.description ?? '',
    actions: text?.actions ?? [],
    needsApproval: needsApproval || asked,
    ...directives,
    ...(calls.length > 0 && { calls }),
    source: sourceOf(guide, step.span),
    titleSource: sourceOf(guide, step.titleSpan),
  };
}

const noText: StepText = { actions: [], passages: [], description: '' };

const sendsAway = onceFor(({ passages }: StepText) => callsGuide(passages));

type GuardReadings = Map<EdgeDraft, ReturnType<ReturnType<typeof guardReader>>>;

/**
 * Guards edge by edge, each knowing those of its step before it; one sentence's report is made once. An edge without a condition has
 * none.
 */
function guardsOf(
  guide: Guide,
  drafts: readonly EdgeDraft[],
  parameters: GuardParameters,
  calling: ReadonlySet<NodeId>,
  lastActions: ReadonlyMap<NodeId, Action | null>,
): GuardReadings {
  const read = guardReader(guide, parameters, calling, (step) => lastActions.get(step) ?? null);
  const readings: GuardReadings = new Map();
  const before = new Map<string, (Guard | null)[]>();
  const reported = new Set<unknown>();
  for (const draft of drafts) {
    if (draft.condition === null && !draft.otherwise) continue;
    const known = before.get(draft.from) ?? [];
    const reading = read(draft, known);
    const isTold = draft.condition !== null && reported.has(draft.condition) && reading.diagnostics.length > 0;
    readings.set(draft, isTold ? { ...reading, diagnostics: [] } : reading);
    if (draft.condition) {
      reported.add(draft.condition);
      before.set(draft.from, [...known, reading.guard]);
    }
  }
  return readings;
}

function sourceIfSaid(guide: Guide, passage: Passage | null): { source?: PlanEdge['source'] & object } {
  return passage ? { source: sourceOf(guide, passage.sentence.span) } : {};
}

function makeEdges(
  guide: Guide,
  { orders }: StepIndex,
  starts: readonly Step[],
  drafts: readonly EdgeDraft[],
  guards: GuardReadings,
): PlanEdge[] {
  const counts = new Map<string, number>();
  const makeId = (base: string): string => {
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return count === 1 ? base : `${base}_${String(count)}`;
  };
  const first = starts.length > 0 ? starts.map(({ id }) => id) : ['end'];
  const byStep: EdgeDraft[][] = Array.from({ length: orders.size }, () => []);
  for (const draft of drafts) byStep[orders.get(draft.from) ?? 0]?.push(draft);
  const edges = first.map((to): PlanEdge => ({
    id: makeId(`edge_start_${to}`),
    from: 'start',
    to,
    condition: null,
    ...ending(to),
  }));
  for (const leaving of byStep)
    for (const draft of leaving) {
      const reading = guards.get(draft);
      const condition = reading ? reading.words : draft.words;
      edges.push(edgeOf(guide, draft, makeId(nameOf(draft)), condition, reading?.guard ?? null));
    }
  return edges;
}

/** What an edge is called when no other goes the same way. */
const nameOf = onceFor(({ from, to }: EdgeDraft) => `edge_${from}_${to}`);

const madeEdges = new Memory<EdgeDraft, { readonly edge: PlanEdge; readonly guard: Guard | null }>();

/** The edge of a draft, made before when its name, its condition's words and its guard have not changed since. */
function edgeOf(guide: Guide, draft: EdgeDraft, id: string, condition: string | null, guard: Guard | null): PlanEdge {
  let made = madeEdges.get(draft);
  if (made?.guard !== guard || made.edge.id !== id || made.edge.condition !== condition) {
    const { from, to, timing, outcome, onFailure, passage } = draft;
    const edge: PlanEdge = {
      id,
      from,
      to,
      condition,
      ...(timing !== undefined && { timing }),
      ...(guard && { guard }),
      ...(to === 'end' && { outcome: outcome ?? 'completed' }),
      ...(onFailure === true && { onFailure: true }),
      ...sourceIfSaid(guide, passage),
    };
    madeEdges.set(draft, (made = { edge, guard }));
  }
  return made.edge;
}

function ending(to: string): { outcome?: 'completed' } {
  return to === 'end' ? { outcome: 'completed' } : {};
}

/** Repeats share the edges' names; a second one between the same steps gets a number too. */
function withUniqueRepeats(plan: Plan): Plan {
  const taken = new Set(plan.edges.map(({ id }) => id));
  const copies = new Map<string, number>();
  const repeats = plan.repeats.map((repeat): Repeat => {
    let id = repeat.id;
    let copy = copies.get(id) ?? 1;
    while (taken.has(id)) id = `${repeat.id}_${String(++copy)}`;
    copies.set(repeat.id, copy);
    taken.add(id);
    return { ...repeat, id };
  });
  return { ...plan, repeats };
}
