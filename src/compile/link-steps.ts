// Statements to edges: what each step's sentences say about where to go, and where it goes when they say nothing.
import { documentOf, textOf } from '../guide/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { collect, makeAgain, Memory, sameItems, slice, type Made } from '../base/index.ts';
import type { Action, NodeId, Outcome } from '../plan/index.ts';
import { isImperative } from './imperative.ts';
import { timeOf } from './timeline.ts';
import { anaphora, didNotHelp, ofNone, ofThatCase, outlasts } from './antecedent.ts';
import { isBranching } from './branching.ts';
import { isAnswered } from './fall-through.ts';
import type { Condition, Context, EdgeDraft, Entry, Passage, Statement, Step, StepDraft } from './draft.ts';
import { ofFailure } from './of-failure.ts';
import { goesOnBehind, leadsBehind, mentionsHelp } from './endings-on-the-way.ts';
import { destination, followers, type Destination, whyNowhere } from './group-steps.ts';
import type { Asked, FlowLinks, Refused } from './link-flow.ts';
import { isPassed } from './passed-option.ts';
import { readTiming } from './read-timing.ts';
import type { StatementReading } from './read-statements.ts';
import { unknownTarget, type StepIndex } from './resolve-target.ts';
import { behindRounds, leadsOnlyTo, sortWays, type Way } from './sort-ways.ts';

/** A passage that was not read, with the step it stands in. */
export interface Unread {
  readonly node: NodeId;
  readonly passage: Passage;
  readonly reason: string;
  /** What makes it unread is reported already. */
  readonly quiet?: boolean;
}

export interface Links {
  readonly edges: readonly EdgeDraft[];
  readonly unread: readonly Unread[];
  readonly diagnostics: readonly Diagnostic[];
  /** Where a step goes when it names no next one. */
  readonly next: (step: Step) => NodeId;
}

/** Guards against a guide in which every step starts all others: nobody could read such a plan, and it would not fit. */
const mostArrows = 100_000;

/** What one step's jumps aim at. */
interface Aims {
  readonly destinations: ReadonlyMap<Statement, Destination>;
  readonly unread: readonly Unread[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What is made of one step. */
interface Linking {
  readonly aims: Aims;
  readonly onward: Leads['onward'];
  /** Whoever goes on from the step before comes here. */
  readonly isNext: boolean;
  /** Something follows it that no jump leads to. */
  readonly goesOn: boolean;
  readonly unread: readonly Unread[];
  readonly edges: readonly EdgeDraft[];
}

/** The links of all steps and what they were made of, lists by the order of the steps. */
interface Linkings {
  readonly names: StepIndex['names'];
  readonly basis: object;
  readonly spoken: Made<StatementReading, string>;
  readonly begun: Made<Step, string | null>;
  readonly actions: readonly (Action | null)[];
  readonly linkings: readonly Linking[];
  readonly missing: readonly Diagnostic[];
  readonly nexts: readonly NodeId[];
  /** No arrow was left out for their number. */
  readonly isWhole: boolean;
}

/** The links of each document's last reading. */
const lastLinkings = new Memory<object, Linkings>();

/** `readings` and `actions`, the last one of each, by the order of the steps. */
export function linkSteps(
  context: Context,
  readings: readonly StatementReading[],
  flow: FlowLinks,
  actions: readonly (Action | null)[],
): Links {
  const { steps, index } = context;
  const document = documentOf(context.guide);
  const last = lastLinkings.get(document);
  const spoken = makeAgain(last?.spoken, readings, waysSpokenOf);
  const begun = makeAgain(last?.begun, steps, readTiming);
  const isAlike =
    last?.isWhole === true &&
    last.names === index.names &&
    last.basis === flow.basis &&
    last.spoken.results === spoken.results &&
    last.begun.results === begun.results;
  const saidBy = ({ order }: Step): readonly Statement[] => readings[order]?.statements ?? [];
  const about: LinkAbout = {
    context,
    statementsOf: (step) => withAsked(step, flow.asked(step), saidBy),
    flow,
    actions,
    timingOf: (id) => begun.results[index.orders.get(id) ?? -1] ?? null,
  };
  const made: Linkings = {
    ...(isAlike ? { ...last, linkings: linkAgain(about, readings, last) } : linkAll(about)),
    ...{ names: index.names, basis: flow.basis, spoken, begun, actions },
  };
  lastLinkings.set(document, made);
  const { linkings, missing, nexts } = made;
  return {
    edges: collect(linkings, ({ edges }) => edges),
    unread: [
      ...collect(linkings, ({ aims }) => aims.unread),
      ...collect(linkings, ({ unread }) => unread),
      ...flow.refusals.map(refusedOf),
    ],
    diagnostics: [...missing, ...collect(linkings, ({ aims }) => aims.diagnostics)],
    next: ({ order }) => nexts[order] ?? 'end',
  };
}

const refusedOf = ({ step, condition, reason }: Refused): Unread => ({
  node: step.id,
  passage: { sentence: condition.sentence, paragraph: -1, inItem: false, leadsToAction: false, lastAction: null },
  reason,
});

/** What links are made of. */
interface LinkAbout {
  readonly context: Context;
  readonly statementsOf: (step: Step) => readonly Statement[];
  readonly flow: FlowLinks;
  readonly actions: readonly (Action | null)[];
  /** When a step is begun. */
  readonly timingOf: (id: NodeId) => string | null;
}

/** All of what a step says that the links of others depend on. */
const waysSpokenOf = ({ statements }: StatementReading): string =>
  JSON.stringify(
    statements.map((statement) => {
      const { condition, outcome, jump } = statement;
      const targets = jump?.targets.map(({ span: _, ...target }) => target);
      return [
        condition?.kind,
        speaksOfCase(statement),
        outcome,
        condition !== null && [outlasts(condition.text), didNotHelp(condition.text)],
        mentionsHelp(statement, false),
        jump && [jump.order, jump.back, targets],
      ];
    }),
  );

/** Steps that are called, follow each other and speak of their ways as in the last reading: only what changed is linked again. */
function linkAgain(about: LinkAbout, readings: readonly StatementReading[], last: Linkings): readonly Linking[] {
  const { context, actions, statementsOf } = about;
  let changed: Linking[] | null = null;
  for (let at = 0; at < context.steps.length; at++) {
    const step = context.steps[at];
    const before = last.linkings[at];
    if (!step || !before) continue;
    const by = about.flow.asked(step)?.by ?? [];
    const isSame =
      step === last.begun.items[at] &&
      readings[at] === last.spoken.items[at] &&
      by.every(({ order }) => readings[order] === last.spoken.items[order]) &&
      actions[at] === last.actions[at];
    if (isSame) continue;
    const { onward, isNext, goesOn } = before;
    const aims = aimsOf(context, step, statementsOf(step));
    const ways = waysOf(step, { aims, goesOn }, about);
    (changed ??= [...last.linkings])[at] = linkOne(about, step, ways, { aims, goesOn, onward, isNext });
  }
  return changed ?? last.linkings;
}

function linkAll(about: LinkAbout): Pick<Linkings, 'linkings' | 'missing' | 'nexts' | 'isWhole'> {
  const { context, statementsOf, flow } = about;
  const { steps } = context;
  let arrows = 0;
  const allAims = steps.map((step) => {
    const aims = aimsOf(context, step, statementsOf(step), arrows);
    for (const { members } of aims.destinations.values()) arrows += members.length;
    return aims;
  });
  const groups = collect(steps, (step) =>
    collect(statementsOf(step), (statement) => {
      const found = allAims[step.order]?.destinations.get(statement);
      return found && statement.jump?.order === 'parallel' ? [found.members] : [];
    }),
  );
  const follow = followers(steps, groups, flow.after);
  const jumpedTo = new Set(
    allAims.flatMap(({ destinations }) => [...destinations.values()].flatMap(({ heads }) => heads)),
  );
  /** Where a step sends on whoever comes from its options too: "Proceed to Step 5." behind them. */
  const onwards = new Map<Step, Leads['onward']>();
  const onwardOf = (step: Step): Leads['onward'] => {
    const leader = flow.leader(step);
    const led = leader && onwards.get(leader);
    return led ?? { to: idOf(follow(step)), outcome: null };
  };
  const linkings = steps.map((step, at): Linking => {
    const aims = allAims[at] ?? noAims;
    const next = follow(step);
    const goesOn = next !== 'end' && !jumpedTo.has(next);
    const ways = waysOf(step, { aims, goesOn }, about);
    const said = ways.find((way) => way.condition === null && way.to.length > 0);
    const first = said?.to[0];
    if (said && first !== undefined && leadsBehind(said, ownEntries(step, about)))
      onwards.set(step, { to: first, outcome: said.outcome });
    else if (flow.leader(step)) onwards.set(step, onwardOf(step));
    const before = steps[at - 1];
    const isNext = before !== undefined && follow(before) === step;
    return linkOne(about, step, ways, { aims, goesOn, onward: onwardOf(step), isNext });
  });
  return {
    linkings,
    missing: flow.missing.map(({ from, words, target }) => unknownTarget(from, words, target, steps)),
    nexts: steps.map((step) => onwardOf(step).to),
    isWhole: arrows <= mostArrows,
  };
}

/** What a step says, with the words behind a choice that ask how it came out. */
function withAsked(
  step: Step,
  asked: Asked | null,
  saidBy: (step: Step) => readonly Statement[],
): readonly Statement[] {
  const own = saidBy(step);
  if (!asked) return own;
  const { by, from, beside, decides } = asked;
  const isGeneral = ({ condition }: Statement): boolean => condition !== null && outlasts(condition.text);
  const isBehind = ({ passage }: Statement): boolean => passage.sentence.span.start > from;
  const others = by
    .flatMap((one) => (one === step ? [] : saidBy(one)))
    .filter((statement) => {
      const { condition, jump, outcome, passage } = statement;
      if (!condition || (!jump && outcome === null) || !isBehind(statement)) return false;
      const { start } = passage.sentence.span;
      if (beside ? beside.start <= start && start < beside.end : !isGeneral(statement)) return false;
      return isGeneral(statement) || (!decides && didNotHelp(condition.text));
    });
  const isLast = decides && own.some((statement) => isGeneral(statement) && isBehind(statement));
  if ((others.length === 0 && !isLast) || (!decides && leavesBy(step, saidBy))) return own;
  const kept = isLast
    ? own.map((one) => (isGeneral(one) && isBehind(one) ? { ...one, asks: true as const } : one))
    : own;
  return [
    ...kept,
    ...others.map((one) => ({ ...one, asks: true as const, passage: { ...one.passage, lastAction: null } })),
  ];
}

const noAims: Aims = { destinations: new Map(), unread: [], diagnostics: [] };

/** `arrows`: how many the steps before it have. */
function aimsOf({ guide, steps, index }: Context, step: Step, statements: readonly Statement[], arrows = 0): Aims {
  if (!statements.some(({ jump }) => jump !== null)) return noAims;
  const destinations = new Map<Statement, Destination>();
  const unread: Unread[] = [];
  const diagnostics: Diagnostic[] = [];
  let count = arrows;
  for (const statement of statements) {
    const { jump, passage } = statement;
    if (!jump) continue;
    if (count > mostArrows) {
      unread.push({ node: step.id, passage, reason: 'the plan has too many arrows already' });
      continue;
    }
    const found = destination(jump, step, steps, index);
    destinations.set(statement, found);
    count += found.members.length;
    for (const place of found.missing) {
      const target = jump.targets[place];
      if (!target) continue;
      const words = slice(textOf(guide), target.span);
      if (target.kind === 'behind' || (target.kind === 'name' && target.name.startsWith('#')))
        unread.push({ node: step.id, passage, reason: whyNowhere(target, words) });
      else diagnostics.push(unknownTarget(step, words, target, steps));
    }
  }
  return { destinations, unread, diagnostics };
}

function waysOf(
  step: Step,
  { aims, goesOn }: Pick<Linking, 'aims' | 'goesOn'>,
  { statementsOf, flow }: LinkAbout,
): readonly Way[] {
  const ends = flow.endsOption(step);
  const said = statementsOf(step).filter((statement) => !goesOn || !mentionsHelp(statement, ends));
  return said.map((statement): Way => {
    const found = aims.destinations.get(statement);
    return {
      statement,
      condition: step.inOption && speaksOfCase(statement) ? null : statement.condition,
      to: statement.outcome ? ['end'] : (found?.heads.map(idOf) ?? []),
      outcome: statement.outcome,
      back: statement.jump?.back ?? false,
      upward:
        found !== undefined &&
        found.heads.length > 0 &&
        found.heads.every((one) => one !== 'end' && one.order <= step.order),
      failed: statement.jump !== null && (!found || found.missing.length > 0),
    };
  });
}

function linkOne(
  about: LinkAbout,
  step: Step,
  ways: readonly Way[],
  place: Pick<Linking, 'aims' | 'goesOn' | 'onward' | 'isNext'>,
): Linking {
  const { context, statementsOf, flow, actions, timingOf } = about;
  const ends = flow.endsOption(step);
  const onward = context.steps[context.index.orders.get(place.onward.to) ?? -1];
  const options = ownEntries(step, about).map((entry): OptionWay => {
    const to = 'outcome' in entry.to ? 'end' : (entry.to as Step).id;
    return { entry, to, leaves: leavesBy(entry.tail, statementsOf), isPassed: isPassed(entry, onward, step) };
  });
  const before = context.steps[step.order - 1];
  const asElse = place.isNext && before !== undefined && statementsOf(before).some(leavesInACase);
  const action = actions[step.order] ?? null;
  const { edges, unread } = edgesOf(step, { ways, options, onward: place.onward, action, asElse });
  const mentions = statementsOf(step).filter((statement) => place.goesOn && mentionsHelp(statement, ends));
  const help = mentions.map(({ passage, outcome }): Unread => {
    // Whom to call in after how long goes on in any case.
    const quiet = outcome !== 'escalated' || timeOf(passage.sentence.prose) !== null;
    return { node: step.id, passage, reason: goesOnBehind, quiet };
  });
  return { ...place, unread: [...help, ...unread], edges: edges.map((edge) => withTiming(edge, timingOf(edge.to))) };
}

/** "In such a case, …": in an option, what stands before it is the case. */
function speaksOfCase({ condition }: Statement): boolean {
  return condition !== null && ofThatCase.test(condition.text);
}

/** Options that the step decides. What hangs on the option of an item before it, too, does not where that one leads away. */
function ownEntries(step: Step, { flow, statementsOf }: LinkAbout): readonly Entry[] {
  const entries = flow.entries(step);
  return entries.some(({ also }) => also) && leavesBy(step, statementsOf)
    ? entries.filter(({ also }) => !also)
    : entries;
}

/** All that the edges of a step depend on, beside its own words. */
interface Leads {
  readonly ways: readonly Way[];
  readonly options: readonly OptionWay[];
  readonly onward: { readonly to: NodeId; readonly outcome: Outcome | null };
  /** The step's last action. */
  readonly action: Action | null;
  /** Whoever comes here from the step before has not taken the way that it sends some. */
  readonly asElse: boolean;
}

interface Linked {
  readonly edges: readonly EdgeDraft[];
  readonly unread: readonly Unread[];
}

const linkedBefore = new Memory<Step, { readonly leads: Leads; readonly linked: Linked }>();

/** The edges of a step: the same ones as before while it leads to the same. */
function edgesOf(step: Step, leads: Leads): Linked {
  let known = linkedBefore.get(step);
  if (!known || !sameLeads(known.leads, leads))
    linkedBefore.set(step, (known = { leads, linked: stepEdges(step, leads) }));
  return known.linked;
}

function sameLeads(a: Leads, b: Leads): boolean {
  return (
    a.action === b.action &&
    a.asElse === b.asElse &&
    a.onward.to === b.onward.to &&
    a.onward.outcome === b.onward.outcome &&
    a.ways.length === b.ways.length &&
    a.options.length === b.options.length &&
    a.ways.every((way, at) => isSameWay(way, b.ways[at])) &&
    a.options.every((option, at) => isSameOption(option, b.options[at]))
  );
}

function isSameWay(a: Way, b: Way | undefined): boolean {
  return a.statement === b?.statement && a.failed === b.failed && a.upward === b.upward && sameItems(a.to, b.to);
}

function isSameOption(a: OptionWay, b: OptionWay | undefined): boolean {
  return (
    b !== undefined &&
    a.to === b.to &&
    a.leaves === b.leaves &&
    a.isPassed === b.isPassed &&
    a.entry.condition === b.entry.condition &&
    a.entry.words === b.entry.words &&
    outcomeOf(a.entry) === outcomeOf(b.entry) &&
    a.entry.exhaustive === b.entry.exhaustive &&
    a.entry.joined === b.entry.joined &&
    a.entry.around === b.entry.around
  );
}

const timed = new Memory<EdgeDraft, EdgeDraft>();

/** A way without a decision shows when the step it leads to is begun. */
function withTiming(edge: EdgeDraft, timing: string | null | undefined): EdgeDraft {
  if (timing === null || timing === undefined || edge.words !== null || edge.onFailure) return edge;
  let made = timed.get(edge);
  if (made?.timing !== timing) timed.set(edge, (made = { ...edge, timing }));
  return made;
}

/** An option of a step with what its edge needs. */
interface OptionWay {
  readonly entry: Entry;
  readonly to: NodeId;
  /** It ends elsewhere and does not come back to the way that the step goes without it. */
  readonly leaves: boolean;
  /** It is one item of a row, and the next is done in any case. */
  readonly isPassed: boolean;
}

function outcomeOf({ to }: Entry): Outcome | null {
  return 'outcome' in to ? to.outcome : null;
}

function leavesBy(tail: StepDraft | null, statementsOf: (step: Step) => readonly Statement[]): boolean {
  if (tail === null) return false;
  return statementsOf(tail as Step).some(
    ({ condition, jump, outcome }) => condition === null && (jump !== null || outcome !== null),
  );
}

/** "If it is healthy, go to Step 4.": whoever comes to the next step has found otherwise. */
function leavesInACase({ condition, jump, outcome }: Statement): boolean {
  return (condition?.kind === 'if' || condition?.kind === 'unless') && (jump !== null || outcome !== null);
}

function idOf(target: Step | 'end'): NodeId {
  return target === 'end' ? 'end' : target.id;
}

function stepEdges(
  step: Step,
  { ways: all, options, onward: { to: next, outcome: nextOutcome }, action, asElse }: Leads,
): Linked {
  const edges: EdgeDraft[] = [];
  const unread: Unread[] = [];
  const hasActions = action !== null;
  const hasUnknown = all.some(({ failed }) => failed);
  const ways = all.filter((way) => !way.failed || way.to.length > 0);
  const skip = (way: Way, reason: string, quiet = false): void => {
    unread.push({ node: step.id, passage: way.statement.passage, reason, quiet });
  };
  const add = (way: Way, to: NodeId, condition: Condition | null, extra: Partial<EdgeDraft> = {}): void => {
    edges.push({
      from: step.id,
      to,
      condition,
      words: condition === null ? null : wordsOf(condition),
      ...(way.outcome !== null && { outcome: way.outcome }),
      back: way.back,
      passage: way.statement.passage,
      ...extra,
    });
  };
  const { conditional, otherwise, plain } = sortWays(ways, options.length > 0, hasUnknown, asElse, skip);
  const preferred =
    plain.find((way) => way.statement.jump !== null) ?? plain.find((way) => way.outcome !== 'completed') ?? plain[0];
  const behind = behindRounds(plain, preferred);
  for (const way of plain) {
    if (way === preferred || way === behind) continue;
    if (way.to.length === 1 && preferred?.to.includes(way.to[0] ?? '')) {
      // "Page the second on call. Escalate to the owners." says twice how the guide ends, of which nobody need be told.
      if (isBranching(way.statement.passage.sentence.text)) skip(way, 'it says again where the step leads', true);
      continue;
    }
    skip(way, 'the step has another jump without condition');
  }
  const onward = preferred && preferred.to.length > 0 ? preferred.to : [next];

  const isRetried = conditional.some(({ condition, back }) => back && ofFailure(condition, false));
  const isOfFailure = (condition: Condition | null): boolean => hasActions && ofFailure(condition, isRetried);

  let decided = 0;
  let jumps = 0;
  const decide = (way: Way): void => {
    const isFailure = isOfFailure(way.condition);
    for (const to of way.to.length > 0 ? way.to : onward) {
      add(way, to, way.condition, isFailure ? { onFailure: true } : {});
      if (!isFailure) decided++;
      if (!isFailure && to !== 'end') jumps++;
    }
  };
  const isLast = ({ statement }: Way): boolean => statement.asks === true;
  conditional.filter((way) => !isLast(way)).forEach(decide);
  for (const option of options) {
    const { entry, to } = option;
    const { condition, words } = entry;
    const passage: Passage | null = condition && {
      sentence: condition.sentence,
      paragraph: -1,
      inItem: false,
      leadsToAction: false,
      lastAction: action,
    };
    const isElse = condition?.kind === 'else';
    edges.push({
      from: step.id,
      to,
      condition,
      words,
      ...(isElse && { otherwise: 'author' as const }),
      ...('outcome' in entry.to && { outcome: entry.to.outcome }),
      ...(isOfFailure(option.entry.condition) && { onFailure: true }),
      back: false,
      passage,
    });
  }
  conditional.filter(isLast).forEach(decide);
  /** "If the alert is still firing, restart it." as the last words: whoever is helped before is done; in step 2, goes on to step 3. */
  const goesOnBy = step.number !== null && isImperative(step.title);
  const isOver = ({ text }: Condition): boolean =>
    isStill.test(text) ? next === 'end' || goesOnBy : next === 'end' && (outlasts(text) || didNotHelp(text));
  /** What is done when the step fails decides nothing while it succeeds. */
  const deciding = options.filter(({ entry }) => !isOfFailure(entry.condition));
  const closed = deciding.some(
    ({ entry: { exhaustive, condition, tried, around }, isPassed: isOptional }) =>
      exhaustive ||
      (!isOptional &&
        condition !== null &&
        anaphora(condition.text) &&
        !tried &&
        !around &&
        !ofNone(condition.text) &&
        !isOver(condition)),
  );
  /** Each option comes back to the way that the step goes without it, so that the way need not wait for the choice. */
  const detours = deciding.every(({ leaves, entry }) => !leaves && entry.joined !== true && entry.around !== true);
  /** The first way to the end that is taken ends the run: beside options it must be taken only without them. */
  const inAnyCase = (to: NodeId): boolean => decided === 0 && (deciding.length === 0 || (detours && to !== 'end'));
  const elseTaken = deciding.some(({ entry: { condition } }) => condition?.kind === 'else');
  const answered = isAnswered([
    ...conditional.map(({ condition }) => condition),
    ...deciding.map(({ entry }) => entry.condition),
  ]);
  if (otherwise) {
    const isBare = otherwise.to.length === 0;
    for (const to of isBare ? onward : otherwise.to) {
      const inherited = isBare && preferred?.outcome ? { outcome: preferred.outcome } : {};
      add(otherwise, to, otherwise.condition, { otherwise: 'author', ...inherited });
    }
  } else if (preferred) {
    for (const way of behind ? [preferred, behind] : [preferred])
      for (const to of way === preferred ? onward : way.to) {
        if (inAnyCase(to)) add(way, to, null);
        else add(way, to, null, { words: 'otherwise', otherwise: 'inferred' });
      }
  } else if (
    (closed && decided === 0) ||
    (elseTaken && decided > 0) ||
    (options.length + decided > 1 && options.some(({ entry }) => sumsUp.test(entry.condition?.text.trim() ?? '')))
  ) {
    return { edges, unread };
  } else if (
    (decided === 0 && !answered) ||
    (decided > 0 && jumps <= 1 && !leadsOnlyTo(conditional, next) && !answered && !hasUnknown)
  ) {
    const implied = {
      from: step.id,
      to: next,
      condition: null,
      back: false,
      passage: null,
      ...(nextOutcome !== null && { outcome: nextOutcome }),
    };
    edges.push(
      inAnyCase(next) ? { ...implied, words: null } : { ...implied, words: 'otherwise', otherwise: 'inferred' },
    );
  }
  return { edges, unread };
}

const isStill = /\b(?:still|remains?)\b/i; // "If the alert is still firing"

/** "If it is not valid or not trusted, …" and "If both are true, …" leave no third way. */
const sumsUp =
  /^(?:if\s+)?(?:both|all(?:\s+of\s+(?:these|those|them|the\s+above))?)(?:\s+conditions|\s+checks)?\s+(?:are\s+(?:true|met|fulfilled|satisfied|so)|hold|apply)$/i;

function wordsOf(condition: Condition): string {
  return condition.kind === 'else-if' ? `otherwise, ${condition.text}` : condition.text;
}
