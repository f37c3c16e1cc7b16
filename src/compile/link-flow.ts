// What the order of the text says about where to go: the step behind each step, and the options that a step decides.
import { Memory, type Span } from '../base/index.ts';
import { ofNone } from './antecedent.ts';
import { joinByName } from './join-names.ts';
import { saysOneWorks } from './list-kind.ts';
import { mayBothHold } from './take-left-out.ts';
import type { StepIndex } from './resolve-target.ts';
import { entrancesOf, linkCharts, startsOf, type Chart } from './link-charts.ts';
import { listOf } from './passed-option.ts';
import { wayAround } from './way-around.ts';
import type { Condition, Entry, Flow, FlowPart, Option, Step, StepDraft, Target } from './draft.ts';

export interface FlowLinks {
  /** The same object while the flow is as it was but for what its steps hold. */
  readonly basis: object;
  /** The step that follows when the step itself names none. */
  readonly after: (step: Step) => Step | 'end';
  /** Options that the step decides, in the order of the text. */
  readonly entries: (step: Step) => readonly Entry[];
  /** The step whose option this one ends, when both go on to the same step. */
  readonly leader: (step: Step) => Step | null;
  /** The step ends an option: nothing of what is done in its case stands behind it. */
  readonly endsOption: (step: Step) => boolean;
  /** Where words stand that ask how all of a choice came out, for the steps that its options end with and the one that decides it. */
  readonly asked: (step: Step) => Asked | null;
  /** Where the guide begins: its first step, or all boxes of a chart at its beginning that no arrow enters. */
  readonly starts: readonly Step[];
  /** Where charts begin that are in the plan. */
  readonly charts: ReadonlySet<number>;
  /** Arrows of charts to steps that there are not. */
  readonly missing: readonly { readonly from: Step; readonly words: string; readonly target: Target }[];
  /** Conditions behind which the text says what not to do, where it is not plain what is done instead. */
  readonly refusals: readonly Refused[];
}

/** `step` is what is done in the case of the condition. */
export interface Refused {
  readonly step: Step;
  readonly condition: Condition;
  readonly reason: string;
}

/** Words behind a choice that ask how it came out. */
export interface Asked {
  /** The steps that may have them: the one that the last option ends with, and the one that decides. */
  readonly by: readonly Step[];
  /** Where the choice begins. */
  readonly from: number;
  /** The paragraph of the last option, which speaks of that one alone. */
  readonly beside: Span | null;
  /** The step decides the choice: it has done nothing of what the words are about. */
  readonly decides: boolean;
}

/** What the flow of each document's last reading was linked to. */
const lastLinks = new Memory<object, Linked>();

interface Linked {
  readonly flow: Flow;
  readonly names: StepIndex['names'];
  /** The steps that `links` were made of. */
  readonly steps: readonly Step[];
  readonly links: FlowLinks;
}

/** `drafts` are those of `steps`, in their order. */
export function linkFlow(
  flow: Flow,
  steps: readonly Step[],
  drafts: readonly StepDraft[],
  index: StepIndex,
  sections: () => ReadonlyMap<string, Span>,
  document: object,
): FlowLinks {
  const last = lastLinks.get(document);
  const isAlike = last?.names === index.names && goesAlike(last.flow, flow);
  const linked = isAlike
    ? { ...last, flow }
    : { flow, names: index.names, steps, links: linkAll(flow, steps, drafts, index, sections) };
  lastLinks.set(document, linked);
  return linked.steps === steps ? linked.links : inStepsNow(linked, steps);
}

/** True when only what single steps hold differs: all else of the flow is the same objects. */
function goesAlike(before: Flow, now: Flow): boolean {
  if (before.length !== now.length) return false;
  for (let at = 0; at < now.length; at++) {
    const was = before[at];
    const is = now[at];
    if (was !== is && (was?.kind !== 'step' || is?.kind !== 'step')) return false;
  }
  return true;
}

/** The links with the steps of a later reading, which stand in the same places. */
function inStepsNow({ steps: then, links }: Linked, now: readonly Step[]): FlowLinks {
  const was = (step: Step): Step => then[step.order] ?? step;
  const is = (step: Step): Step => now[step.order] ?? step;
  /** Entries lead to drafts where these are no steps. */
  const draft = (one: StepDraft): StepDraft => ('order' in one ? is(one as Step) : one);
  return {
    basis: links.basis,
    charts: links.charts,
    starts: links.starts.map(is),
    missing: links.missing.map((one) => ({ ...one, from: is(one.from) })),
    refusals: links.refusals.map((one) => ({ ...one, step: is(one.step) })),
    leader: (step) => {
      const leader = links.leader(was(step));
      return leader && is(leader);
    },
    endsOption: (step) => links.endsOption(was(step)),
    asked: (step) => {
      const asked = links.asked(was(step));
      return asked && { ...asked, by: asked.by.map(is) };
    },
    after: (step) => {
      const next = links.after(was(step));
      return next === 'end' ? 'end' : is(next);
    },
    entries: (step) =>
      links.entries(was(step)).map((entry) => ({
        ...entry,
        to: 'outcome' in entry.to ? entry.to : draft(entry.to),
        tail: entry.tail && draft(entry.tail),
      })),
  };
}

function linkAll(
  flow: Flow,
  steps: readonly Step[],
  drafts: readonly StepDraft[],
  index: StepIndex,
  sections: () => ReadonlyMap<string, Span>,
): FlowLinks {
  const stepOf = new Map<StepDraft, Step>();
  drafts.forEach((draft, order) => {
    const step = steps[order];
    if (step) stepOf.set(draft, step);
  });
  const draftOf = new Map<Step, StepDraft>([...stepOf].map(([draft, step]) => [step, draft]));
  const after = new Map<StepDraft, StepDraft | 'end'>();
  const entries = new Map<StepDraft, Entry[]>();
  const leaders = new Map<StepDraft, StepDraft>();
  const onTheWay = new Set<StepDraft>();
  const asked = new Map<StepDraft, Omit<Asked, 'by'> & { readonly by: readonly StepDraft[] }>();

  /** A step by the name that a chart gives: `section 1a` and `step 3` also by their numbers. */
  const named = (name: string, from: StepDraft | undefined): StepDraft | undefined => {
    const near = (from && stepOf.get(from)) ?? steps[0];
    const step = index.byName(name) ?? (near && index.byNumber(name.replace(/^\w+\s+/, ''), near));
    return step && draftOf.get(step);
  };
  const refusals: { readonly option: Option; readonly reason: string }[] = [];
  const charts: { readonly chart: Chart; readonly next: StepDraft | 'end' }[] = [];
  const link = (parts: Flow, behind: StepDraft | 'end'): void => {
    const nexts = nextSteps(parts, behind, named);
    const lastAt = parts.findLastIndex(({ kind }) => kind === 'step');
    let decider: StepDraft | null = null;
    parts.forEach((part, at) => {
      const next = nexts[at] ?? behind;
      if (part.kind === 'step') {
        decider = part.step;
        after.set(part.step, next);
        if (at < lastAt) onTheWay.add(part.step);
        const behindIt = parts[at + 1];
        if (behindIt?.kind === 'chart')
          for (const to of entrancesOf(behindIt, named))
            entries.set(part.step, [
              ...(entries.get(part.step) ?? []),
              { condition: null, words: null, to, tail: null, exhaustive: true },
            ]);
        return;
      }
      if (part.kind === 'chart') {
        for (const node of part.nodes) after.set(node, next);
        charts.push({ chart: part, next });
        return;
      }
      if (part.kind === 'aside') {
        const [first] = part.of ?? [];
        const back = (first && after.get(first)) ?? next;
        const to = firstStep(part.flow);
        link(part.flow, back);
        if (to) for (const step of part.of ?? []) goThrough(step, to, part.flow);
        return;
      }
      const joins = part.options.every(({ words }) => /^\S+$/.test(words)) ? noJoins : joinByName(parts, at);
      const section = stepsOfSection(parts, at);
      if (decider && !part.apart) askBehind(part.options, decider);
      part.options.forEach((option, place) => {
        const around = wayAround(option, parts, at, nexts, decider);
        if (around?.reason) refusals.push({ option, reason: around.reason });
        link(option.flow, around?.to ?? (part.apart ? 'end' : next));
        const joined = joins.get(place) ?? (ofAnyStep.test(option.words) && section.length > 1 ? section : undefined);
        if (decider && !joined && !around?.to) lead(option.flow, decider);
        const to = firstStep(option.flow);
        if (!to || !decider) return;
        const { condition, words } = option;
        const aside = around?.to && { around: true as const };
        const entry = { condition, words, to, tail: lastStep(option), oneOf: part.oneOf, ...aside };
        const tried =
          joined || !(option.behind || (condition.kind !== 'else' && ofNone(words)) || saysOneWorks(condition))
            ? []
            : optionsBefore(parts, at, place)
                .slice(-mostCases)
                .flatMap((one) => tailsOf(one.flow));
        const isTried =
          option.behind === 'options' || (tried.length > 0 && (isClosedBefore(parts, at) || hasElse(part, place)));
        for (const from of joined ?? (isTried ? [] : [decider])) {
          const list = entries.get(from) ?? [];
          const isLast = from === decider;
          const asTried = option.behind !== undefined && { tried: true as const };
          list.push({ ...entry, exhaustive: isLast && part.exhaustive, ...(!isLast && { joined: true }), ...asTried });
          entries.set(from, list);
        }
        const beside = part.oneOf ? [] : alsoBehind(part.options, place, decider);
        for (const step of [...beside, ...alsoBehindItem(parts, at, place, decider)])
          entries.set(step, [...(entries.get(step) ?? []), { ...entry, exhaustive: part.oneOf === true, also: true }]);
        for (const step of tried)
          entries.set(step, [...(entries.get(step) ?? []), { ...entry, exhaustive: false, tried: true }]);
      });
    });
  };
  /** The section says how `step` is done: what is asked when that is done comes behind it. */
  const goThrough = (step: StepDraft, to: StepDraft, section: Flow): void => {
    after.set(step, to);
    const leader = leaders.get(step);
    leaders.delete(step);
    const own = entries.get(step) ?? [];
    const later = own.filter(({ also, tried }) => also ?? tried);
    const words = asked.get(step);
    if (later.length > 0)
      entries.set(
        step,
        own.filter((entry) => !later.includes(entry)),
      );
    asked.delete(step);
    for (const tail of tailsOf(section)) {
      if (leader) leaders.set(tail, leader);
      const known = entries.get(tail) ?? [];
      entries.set(tail, [...known, ...later.filter((entry) => !known.some((one) => one.to === entry.to))]);
      if (words) asked.set(tail, words);
    }
  };
  const askBehind = (options: readonly Option[], decider: StepDraft): void => {
    const last = options.at(-1);
    const [first] = options;
    const by = last && tailsOf(last.flow).at(-1);
    if (!by || !first) return;
    const { prose } = last.condition.sentence;
    const from = first.condition.sentence.span.start;
    const besideOf = ({ condition }: Option): Span | null => (condition.sentence.prose === prose ? null : prose.span);
    for (const option of options)
      for (const step of tailsOf(option.flow))
        asked.set(step, {
          by: [by, decider],
          from,
          beside: option === last ? prose.span : besideOf(option),
          decides: false,
        });
    if (!options.some(({ condition }) => condition.kind === 'else'))
      asked.set(decider, { by: [by], from, beside: besideOf(first), decides: true });
  };
  const lead = (parts: Flow, decider: StepDraft): void => {
    const last = parts.findLastIndex(({ kind }) => kind === 'step');
    const part = parts[last];
    if (part?.kind === 'step') leaders.set(part.step, decider);
  };
  link(flow, 'end');
  const missing = linkCharts(charts, { drafts, after, entries, named, sections });
  const first = startsOf(
    charts.map(({ chart }) => chart),
    drafts[0],
    named,
  );

  return {
    basis: {},
    charts: new Set(charts.map(({ chart }) => chart.start)),
    starts: first.flatMap((draft) => stepOf.get(draft) ?? []),
    missing: missing.flatMap(({ from, ...rest }) => {
      const step = stepOf.get(from);
      return step ? [{ from: step, ...rest }] : [];
    }),
    refusals: refusals.flatMap(({ option, reason }) => {
      const draft = firstStep(option.flow);
      const step = draft && stepOf.get(draft);
      return step ? [{ step, condition: option.condition, reason }] : [];
    }),
    leader: (step) => {
      const draft = draftOf.get(step);
      const leader = draft && leaders.get(draft);
      return (leader && stepOf.get(leader)) ?? null;
    },
    endsOption: (step) => {
      const draft = draftOf.get(step);
      return step.inOption && !(draft && onTheWay.has(draft));
    },
    asked: (step) => {
      const draft = draftOf.get(step);
      const found = draft && asked.get(draft);
      return found ? { ...found, by: found.by.flatMap((one) => stepOf.get(one) ?? []) } : null;
    },
    after: (step) => {
      const draft = draftOf.get(step);
      const next = draft ? after.get(draft) : undefined;
      return next === undefined || next === 'end' ? 'end' : (stepOf.get(next) ?? 'end');
    },
    entries: (step) => {
      const draft = draftOf.get(step);
      const list = draft ? entries.get(draft) : undefined;
      return (list ?? []).map((entry) => ({
        ...entry,
        to: 'outcome' in entry.to ? entry.to : (stepOf.get(entry.to) ?? entry.to),
        tail: entry.tail && (stepOf.get(entry.tail) ?? entry.tail),
      }));
    },
  };
}

/** A name of one word stands in many steps. */
const noJoins: ReturnType<typeof joinByName> = new Map();

/** For each part the step behind it: choices lie between. */
function nextSteps(
  parts: Flow,
  behind: StepDraft | 'end',
  named: Parameters<typeof entrancesOf>[1],
): (StepDraft | 'end')[] {
  const nexts: (StepDraft | 'end')[] = [];
  let next = behind;
  for (let at = parts.length - 1; at >= 0; at--) {
    nexts[at] = next;
    const part = parts[at];
    if (part?.kind === 'step') next = part.step;
    else if (part?.kind === 'chart') next = entrancesOf(part, named)[0] ?? next;
  }
  return nexts;
}

/** "If it fails at any of the commands": said of each step before it, not of the last alone. */
const ofAnyStep =
  /\b(?:any|one)\s+of\s+(?:the|these|those|your)\s+(?:above\s+|previous\s+)?(?:commands?|steps?|checks?|actions?|queries|tests?|scripts?)\b/i;

/** The steps right before a place, back to the heading that they stand under; options between them are passed over. */
function stepsOfSection(parts: Flow, place: number): readonly StepDraft[] {
  const found: StepDraft[] = [];
  for (let at = place - 1; at >= 0 && found.length < 30; at--) {
    const part = parts[at];
    if (part?.kind !== 'step') continue;
    found.unshift(part.step);
    if (part.step.kind === 'heading' || part.step.aliases.length > 0) break;
  }
  return found;
}

function firstStep(flow: Flow): StepDraft | null {
  const part: FlowPart | undefined = flow[0];
  return part?.kind === 'step' ? part.step : null;
}

/** The options before one of a choice, with those of the choices right before it. */
function optionsBefore(parts: Flow, at: number, place: number): readonly Option[] {
  const part = parts[at];
  if (part?.kind !== 'choice') return [];
  return [...optionsBefore(parts, at - 1, Infinity), ...part.options.slice(0, place)];
}

/** Whoever takes none of the options before one takes "otherwise". */
function hasElse({ options }: FlowPart & { kind: 'choice' }, place: number): boolean {
  return options.slice(0, place).some(({ condition }) => condition.kind === 'else');
}

/** One of the options of the choice right before had to be followed. */
function isClosedBefore(parts: Flow, at: number): boolean {
  const before = parts[at - 1];
  return before?.kind === 'choice' && before.exhaustive;
}

/**
 * "2. If the disk is full, …" and "3. If the memory is full, …": whoever has done the one still has the other before him. The last
 * steps of the numbered items before this one that are options as it is, or of what an item before it says in some case.
 */
function alsoBehind(
  options: readonly Option[],
  place: number,
  item: Pick<StepDraft, 'kind' | 'group' | 'number'>,
): readonly StepDraft[] {
  const own = options[place];
  const first = own && firstStep(own.flow);
  if (!own || own.behind || !first?.keepsNumber || first.kind === 'heading') return [];
  const before = options.slice(Math.max(0, place - mostBefore), place);
  const isRow = before.every(({ flow, condition }) => {
    const step = firstStep(flow);
    const isBeside =
      step?.keepsNumber === true
        ? step.group === first.group
        : (step?.kind === 'part' && ofThing.test(own.words)) || isLaterItem(first, item);
    return isBeside && mayBothHold(condition, own.condition);
  });
  return isRow ? before.flatMap(({ flow }) => tailsOf(flow)) : [];
}

/**
 * "1. Look at the queue." with "If it is red, purge it." below it, and "2. If the alert is still there, …": whoever has done what
 * the item before says in some case has this one before him, too. The last steps of the choices of that item.
 */
function alsoBehindItem(
  parts: Flow,
  at: number,
  place: number,
  item: Pick<StepDraft, 'kind' | 'group' | 'number'>,
): readonly StepDraft[] {
  const part = parts[at];
  const own = part?.kind === 'choice' ? part.options[place] : undefined;
  const first = own && firstStep(own.flow);
  if (!own || item.kind !== 'item' || own.behind || !first?.keepsNumber || !areOfOneList(first, item)) return [];
  const before = optionsBefore(parts, at - 1, Infinity).slice(-mostCases);
  return before.every(({ condition }) => mayBothHold(condition, own.condition))
    ? before.flatMap(({ flow }) => tailsOf(flow))
    : [];
}

/** Items of one list; those below a numbered heading, "6.1", "6.2", are of no group. */
function areOfOneList(a: Pick<StepDraft, 'group' | 'number'>, b: Pick<StepDraft, 'group' | 'number'>): boolean {
  const list = listOf(a) ?? '';
  return a.group === b.group && (a.group !== 0 || (list !== '' && list === listOf(b)));
}

function isLaterItem(later: StepDraft, item: Pick<StepDraft, 'kind' | 'group' | 'number'>): boolean {
  const place = (number: string | null): number => Number(/\d+$/.exec(number ?? '')?.[0] ?? NaN);
  return item.kind === 'item' && areOfOneList(later, item) && place(later.number) > place(item.number);
}

/** "Memory: if it is above 90 %" is about nothing that was looked at before. */
const ofThing = /^(?:if|when|in\s+case|unless)\s+(?:it|they)\s\(/i;

/** Behind so many cases something is asked: nobody could read more arrows. */
const mostCases = 16;

/** So many items before one are looked at. */
const mostBefore = 4;

/** The steps that a flow ends with, also where it ends in a choice. */
function tailsOf(flow: Flow): readonly StepDraft[] {
  const last = flow.at(-1);
  if (last?.kind === 'step') return [last.step];
  if (last?.kind !== 'choice') return [];
  const past = last.exhaustive ? [] : tailsOf(flow.slice(0, -1));
  return [...past, ...last.options.flatMap((option) => tailsOf(option.flow))];
}

function lastStep(option: Option): StepDraft | null {
  const part = option.flow.at(-1);
  return part?.kind === 'step' ? part.step : null;
}
