// Collects steps and choices in the order of the text. Words that ask for nothing go to the step before them; conditions that
// follow each other are options of one choice; what comes behind a choice is done in any case.
import { keeperOf, onceFor, sameItems, type Span } from '../base/index.ts';
import { sentencesOf, type Block, type Paragraph, type Prose, type Sentence } from '../guide/index.ts';
import type { Condition, DrawnArrow, FlowPart, Option, StepDraft } from './draft.ts';

/** A step that still takes blocks. */
export interface OpenStep {
  number: string | null;
  kind: StepDraft['kind'];
  group: number;
  title: string;
  titleSpan: Span;
  blocks: Block[];
  start: number;
  aliases: string[];
  given?: Condition | undefined;
  each?: Sentence | undefined;
  eachSteps?: number | undefined;
  passes?: true | undefined;
  chooses?: true | undefined;
  offers?: true | undefined;
  /** It is called by its number even as an option: "Step 2: Restart the node", when it hangs. */
  keepsNumber?: true | undefined;
}

export interface OpenOption {
  readonly condition: Condition;
  words: string;
  readonly flow: FlowBuilder;
  /** The way after it is for when it has failed. */
  leads?: boolean;
  readonly behind?: Option['behind'];
}

export type OpenPart =
  | { readonly kind: 'step'; readonly step: OpenStep }
  | {
      readonly kind: 'choice';
      readonly options: OpenOption[];
      exhaustive: boolean;
      apart: boolean;
      closed: boolean;
      /** Its options are tabs, or cases of a note: what stands behind it is for none of them alone. */
      meets?: true | 'below-list';
      /** Its options are ways of one thing: who has gone one has none of the others before him. */
      oneOf?: true;
    }
  | { readonly kind: 'aside'; readonly flow: FlowBuilder; readonly of?: readonly OpenStep[] }
  | {
      readonly kind: 'chart';
      readonly nodes: readonly OpenStep[];
      readonly arrows: readonly DrawnArrow[];
      readonly start: number;
    };

/** A step that the text gives no number. */
export const unnumbered = { number: null, kind: 'part', group: 0 } as const;

/** The step with all of its fields, in one order: many are compared at every keystroke, which is quick for objects of one form. */
export function openStep(step: Omit<OpenStep, 'aliases'>, aliases: string[]): OpenStep {
  const { number, kind, group, title, titleSpan, blocks, start } = step;
  const { given, each, eachSteps, passes, chooses, offers, keepsNumber } = step;
  return {
    number,
    kind,
    group,
    title,
    titleSpan,
    blocks,
    start,
    aliases,
    given,
    each,
    eachSteps,
    passes,
    chooses,
    offers,
    keepsNumber,
  };
}

/** "Check:", "Run:" above code, as the first words of a section: its heading says more. */
const onlyLeads =
  /^(?:check|run|do|execute|use|try|verify|inspect|see|look\s+at|start\s+with)(?:\s+(?:this|these|the\s+following))?(?:,?\s+in\s+(?:this\s+)?order)?\W*$/i;

/** Holds the parts of one flow while it is read. */
export class FlowBuilder {
  /** How many options this flow lies within. */
  readonly depth: number;
  readonly parts: OpenPart[] = [];
  /** "If it is down, follow the steps below.": the condition of what comes next, when nothing of it is here. */
  gate: { readonly condition: Condition; readonly words: string; readonly whole?: Prose } | null = null;
  /** Headings waiting for their first step. */
  #aliases: string[] = [];
  /** Headings that lead to the choice at the beginning, and not to the first step behind it. */
  #above: string[] = [];
  /** What the step that makes a choice at the beginning says itself. */
  #deferred: Block[] = [];
  /** Words above a choice at the beginning that only explain. */
  #lead: Block[] = [];
  /** What is said of the next step before its own words begin. */
  #held: Block[] = [];
  /** The words above the first part: they are the step that makes a choice which nothing else stands before. */
  #opener: Pick<OpenStep, 'title' | 'titleSpan' | 'number' | 'kind' | 'group' | 'offers'> | null = null;

  /** What stands before this flow is read later, and may decide a choice at its beginning. */
  readonly #mayFollow: boolean;

  constructor(depth = 0, mayFollow = false) {
    this.depth = depth;
    this.#mayFollow = mayFollow;
  }

  get last(): OpenPart | undefined {
    return this.parts.at(-1);
  }

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  /** Drops what was read, so that the same blocks can be read otherwise. */
  forget(): void {
    this.parts.length = 0;
    this.#above = [];
    this.#deferred = [];
    this.#lead = [];
    this.#held = [];
  }

  name(heading: string): void {
    if (!this.#aliases.includes(heading)) this.#aliases.push(heading);
  }

  /** Names of a heading that only holds other sections lead to the first step in them. */
  nameFirst(names: readonly string[]): void {
    const head = headOf(this.parts[0]);
    if (head) head.aliases.push(...names);
    else if (this.parts[0]?.kind === 'choice') this.#above.push(...names);
    else this.#aliases.push(...names);
  }

  /** Gives a block to the step that decides the last choice, which may stand before this flow. */
  giveToDecider(block: Block): void {
    const { decider } = this;
    if (decider) decider.blocks.push(block);
    else this.#deferred.push(block);
  }

  /** Words before the first step or choice, which explain what is chosen between. */
  explain(block: Block): void {
    if (this.isEmpty) this.#lead.push(block);
  }

  /** "Needs approval. Undo: …" above the first words of a step is said of that step. */
  hold(block: Block): void {
    this.#held.push(block);
  }

  /** The words before the first step or choice. */
  get lead(): readonly Block[] {
    return this.#lead;
  }

  /** What the step before the first choice says of it, though nothing here is that step. */
  get deferred(): readonly Block[] {
    return this.#deferred;
  }

  /** What a choice at the beginning is made by: a heading, or the item of this number and group. */
  open(title: string, titleSpan: Span, item?: { number: string; group: number }): void {
    const place = item
      ? ({ kind: 'item', ...item, offers: true } as const)
      : ({ kind: 'part', number: null, group: 0 } as const);
    this.#opener = { title: title.replace(/[:.\s]+$/, ''), titleSpan, ...place };
  }

  /** "There are three ways to restore it": words that offer the choice at the beginning. */
  offer({ text, span }: Sentence, blocks: readonly Block[]): void {
    const { title, titleSpan } = { title: text.replace(/[:.\s]+$/, ''), titleSpan: span };
    this.#opener = { title, titleSpan, kind: 'part', number: null, group: 0, offers: true };
    this.#lead.push(...blocks);
  }

  /**
   * What `sentence` says is done for each of several things: the steps from part `from` on. Each step that they may end with leads
   * back; where they begin with a choice, to the step that makes it.
   */
  repeatFor(sentence: Sentence, from: number): void {
    const first = this.parts[from];
    if (!first) return;
    const decider =
      first.kind === 'choice' ? this.parts.slice(0, from).findLastIndex(({ kind }) => kind === 'step') : from;
    const before = decider === -1 ? 1 : 0;
    const round = this.parts.slice(Math.max(0, decider));
    const places = new Map(stepsOf(round).map((step, place) => [step, before + place + 1]));
    for (const step of tailsOf(round)) {
      step.each = sentence;
      step.eachSteps = places.get(step);
    }
  }

  /** Takes over what another flow has read; a choice at its beginning is made by the last step here, when that can be. */
  append(other: FlowBuilder): void {
    const [first] = other.parts;
    if (first?.kind === 'choice' && other.#lead.length > 0 && other.#opener) {
      other.#deferred.unshift(...other.#lead);
      other.#decide(first);
    } else if (first?.kind === 'choice' && this.isEmpty && this.#mayFollow && other.#opener) {
      this.#opener ??= other.#opener;
    } else if (first?.kind === 'choice' && (this.isEmpty || this.last?.kind !== 'step')) {
      if (other.#opener && (first.options.length > 1 || !this.isEmpty || other.#deferred.length > 0))
        other.#decide(first);
    }
    if (other.#deferred.length > 0) {
      if (this.decider) this.decider.blocks.push(...other.#deferred);
      else if (this.isEmpty) this.#deferred.push(...other.#deferred);
      other.#deferred = [];
    }
    headOf(other.parts[0])?.aliases.unshift(...this.#aliases.splice(0));
    if (other.parts[0]?.kind === 'choice') {
      const names = [...other.#above, ...other.#aliases];
      const behind = other.parts.find((part) => part.kind === 'step');
      if (!this.isEmpty && behind?.kind === 'step') behind.step.aliases.unshift(...names);
      else if (this.isEmpty) this.#above.push(...this.#aliases.splice(0), ...names);
    } else if (this.isEmpty) this.#aliases.push(...other.#aliases);
    this.parts.push(...other.parts);
  }

  /** Makes sure that a jump to this flow meets its first choice: the step that makes it has the names of the heading. */
  beginWithStep(): void {
    const [first] = this.parts;
    if (first?.kind !== 'choice') return;
    this.#deferred.unshift(...this.#lead.splice(0));
    this.#decide(first);
  }

  /** Puts the step that makes the choice before it. */
  #decide(choice: OpenPart & { kind: 'choice' }): void {
    const opener = this.#opener;
    const titleSpan = opener?.titleSpan ?? choice.options[0]?.condition.sentence.span ?? { start: 0, end: 0 };
    const step = openStep(
      {
        number: opener?.number ?? null,
        kind: opener?.kind ?? 'part',
        group: opener?.group ?? 0,
        title: opener?.title ?? 'Which of these holds',
        titleSpan,
        blocks: this.#deferred,
        start: titleSpan.start,
        chooses: true,
        ...(opener?.offers && { offers: true }),
      },
      [...this.#above, ...this.#aliases],
    );
    this.#above = [];
    this.#aliases = [];
    this.#deferred = [];
    this.parts.unshift({ kind: 'step', step });
  }

  /** A drawing; the heading that waits for its first step leads to its first box. */
  addChart(chart: Omit<OpenPart & { kind: 'chart' }, 'kind'>): void {
    chart.nodes[0]?.aliases.unshift(...this.#aliases.splice(0));
    this.parts.push({ kind: 'chart', ...chart });
  }

  addStep(step: Omit<OpenStep, 'aliases'>): OpenStep {
    const held = this.#held.filter((block) => !step.blocks.includes(block));
    const { title, titleSpan } = (this.isEmpty && onlyLeads.test(step.title) ? this.#opener : null) ?? step;
    const named = { ...step, title, titleSpan };
    const open = openStep(held.length === 0 ? named : { ...named, blocks: [...held, ...step.blocks] }, this.#aliases);
    this.#aliases = [];
    this.#held = [];
    this.parts.push({ kind: 'step', step: open });
    return open;
  }

  /** "Is it running?": a question as a step of its own, whatever choice stands before it. */
  ask(prose: Prose, blocks: Block[], start: number): void {
    this.closeChoice(false);
    this.addStep({ ...unnumbered, ...titleOf(prose, null), blocks, start });
  }

  /** The step that words which ask for nothing belong to. */
  get current(): OpenStep | null {
    const last = this.last;
    if (!last) return null;
    if (last.kind === 'step') return last.step;
    if (last.kind === 'chart') return null;
    if (last.kind === 'aside') return last.flow.current;
    return last.options.at(-1)?.flow.current ?? this.decider;
  }

  /** The last step before the open choice, or the last step. */
  get decider(): OpenStep | null {
    for (let at = this.parts.length - 1; at >= 0; at--) {
      const part = this.parts[at];
      if (part?.kind === 'step') return part.step;
    }
    return null;
  }

  /** The choice to which one more option can be added. */
  get choice(): (OpenPart & { kind: 'choice' }) | null {
    const last = this.last;
    return last?.kind === 'choice' && !last.closed ? last : null;
  }

  /** "Approach 1", and "Approach 2" for when it fails: where all others follow it like that, the first is no choice. */
  takeFirst(): void {
    const only = this.choice?.options.length === 1 ? this.choice.options[0] : undefined;
    if (only?.leads !== true || this.depth > 0) return;
    this.parts.pop();
    this.append(only.flow);
  }

  /** No more options come. `complete`: one of them must hold. */
  closeChoice(complete: boolean): void {
    const { choice } = this;
    if (!choice) return;
    choice.exhaustive ||= complete;
    choice.closed = true;
  }

  /** The innermost flow that goes on from the last thing done. */
  get innermost(): FlowBuilder {
    const last = this.last;
    return last?.kind === 'choice' ? (last.options.at(-1)?.flow.innermost ?? this) : this;
  }

  addOption(condition: Condition, words: string, apart: boolean, behind?: Option['behind']): FlowBuilder {
    let choice = apart ? null : this.choice;
    if (!choice) {
      if (this.isEmpty) this.#above.push(...this.#aliases.splice(0));
      choice = { kind: 'choice', options: [], exhaustive: false, apart: false, closed: false };
      this.parts.push(choice);
    }
    const flow = new FlowBuilder(this.depth + 1);
    choice.options.push({ condition, words, flow, behind });
    if (condition.kind === 'else') choice.exhaustive = true;
    return flow;
  }

  /**
   * A choice that nothing stands before gets a step that makes it; a single condition at the very beginning is just done when
   * nothing follows it or `isPremise` says that it holds for whoever reads the guide.
   */
  build(
    inOption: boolean,
    isPremise: (condition: Condition) => boolean = () => true,
    closed = new Set<StepDraft>(),
  ): FlowPart[] {
    const flow: FlowPart[] = [];
    const [first] = this.parts;
    const only = first?.kind === 'choice' && first.options.length === 1 ? first.options[0] : undefined;
    const isDone =
      only !== undefined &&
      !inOption &&
      this.#deferred.length === 0 &&
      (this.parts.length === 1 || isPremise(only.condition));
    if (first?.kind === 'choice' && isDone) {
      const [head] = only.flow.parts;
      if (head?.kind === 'step') {
        head.step.given = only.condition;
        head.step.aliases.push(...this.#above.splice(0));
      }
      flow.push(...only.flow.build(false, isPremise, closed));
      this.parts.shift();
    } else if (first?.kind === 'choice') {
      this.#decide(first);
    }
    for (const part of this.parts) {
      if (part.kind === 'step') {
        flow.push({ kind: 'step', step: closeStep(part.step, inOption, closed) });
        continue;
      }
      if (part.kind === 'chart') {
        const nodes = part.nodes.map((node) => closeStep(node, inOption, closed));
        flow.push({ kind: 'chart', nodes, arrows: part.arrows, start: part.start });
        continue;
      }
      if (part.kind === 'aside') {
        const of = part.of?.flatMap((step) => drafts.get(step) ?? []);
        flow.push({ kind: 'aside', flow: part.flow.build(of !== undefined), ...(of && { of }) });
        continue;
      }
      const options = part.options.map(({ condition, words, flow: inner, behind }): Option => ({
        condition,
        words,
        flow: inner.build(true, isPremise, closed),
        behind,
      }));
      const { exhaustive, apart, oneOf } = part;
      flow.push({ kind: 'choice', options, exhaustive, apart, oneOf });
    }
    return flow;
  }
}

/** All steps of these parts in the order of the text. */
function stepsOf(parts: readonly OpenPart[]): OpenStep[] {
  return parts.flatMap((part) => {
    if (part.kind === 'step') return [part.step];
    if (part.kind === 'chart') return [...part.nodes];
    if (part.kind === 'aside') return stepsOf(part.flow.parts);
    return part.options.flatMap(({ flow }) => stepsOf(flow.parts));
  });
}

/** The steps that these parts may end with: behind a choice without "otherwise" also the step that makes it. */
function tailsOf(parts: readonly OpenPart[]): OpenStep[] {
  const last = parts.at(-1);
  if (last?.kind === 'step') return [last.step];
  if (last?.kind !== 'choice') return [];
  const hasElse = last.options.some(({ condition }) => condition.kind === 'else');
  return [...(hasElse ? [] : tailsOf(parts.slice(0, -1))), ...last.options.flatMap(({ flow }) => tailsOf(flow.parts))];
}

/** The step that a part begins with, when it is plain which. */
function headOf(part: OpenPart | undefined): OpenStep | undefined {
  return part?.kind === 'step' ? part.step : part?.kind === 'chart' ? part.nodes[0] : undefined;
}

/** A step to which no more comes. */
interface ClosedStep {
  readonly step: OpenStep;
  readonly end: number;
  readonly inOption: boolean;
}

/** The step of an earlier reading when nothing of it has changed; each of one reading is another. */
function closeStep(step: OpenStep, inOption: boolean, taken: Set<StepDraft>): StepDraft {
  const { titleSpan } = step;
  const closed = { step, end: endOf(step), inOption };
  const kept = keepDraft(titleSpan, closed);
  const draft = taken.has(kept) ? makeDraft(closed) : kept;
  taken.add(draft);
  drafts.set(step, draft);
  return draft;
}

/** What steps were closed as. */
const drafts = new WeakMap<OpenStep, StepDraft>();

/** Where a step ends; comments behind it are no part of it. */
function endOf({ titleSpan, blocks, start }: Pick<OpenStep, 'titleSpan' | 'blocks' | 'start'>): number {
  const last = blocks.findLast((block) => block.kind !== 'comment');
  return Math.max(last?.span.end ?? 0, titleSpan.end, start);
}

/** The same step with other blocks. */
export function withBlocks(draft: StepDraft, blocks: Block[]): StepDraft {
  const { start } = draft.span;
  return { ...draft, blocks, span: { start, end: endOf({ titleSpan: draft.titleSpan, blocks, start }) } };
}

const keepDraft = keeperOf<Span, ClosedStep, StepDraft>(isDraftOf, makeDraft);

function makeDraft({ step, end, inOption }: ClosedStep): StepDraft {
  const { number, kind, group, title, titleSpan, blocks, start, aliases } = step;
  const { given, each, eachSteps, passes, chooses, offers, keepsNumber } = step;
  const own = { number, kind, group, title, titleSpan, blocks, span: { start, end }, aliases, inOption };
  return { ...own, given, each, eachSteps, passes, chooses, offers, keepsNumber };
}

function isDraftOf(draft: StepDraft, { step, end, inOption }: ClosedStep): boolean {
  return (
    draft.span.start === step.start &&
    draft.span.end === end &&
    draft.inOption === inOption &&
    isTakenOver(draft, step) &&
    sameItems(draft.blocks, step.blocks) &&
    sameItems(draft.aliases, step.aliases)
  );
}

type TakenOver = Exclude<keyof StepDraft, 'span' | 'inOption' | 'blocks' | 'aliases'>;

/** True when a draft has all that it has of the open step as it is. The type asks for all of it, so that no new field is left out. */
function isTakenOver(draft: Pick<StepDraft, TakenOver>, step: OpenStep): boolean {
  const same = {
    number: draft.number === step.number,
    kind: draft.kind === step.kind,
    group: draft.group === step.group,
    title: draft.title === step.title,
    titleSpan: draft.titleSpan === step.titleSpan,
    given: draft.given === step.given,
    each: draft.each === step.each,
    eachSteps: draft.eachSteps === step.eachSteps,
    passes: draft.passes === step.passes,
    chooses: draft.chooses === step.chooses,
    offers: draft.offers === step.offers,
    keepsNumber: draft.keepsNumber === step.keepsNumber,
  } satisfies Record<TakenOver, boolean>;
  return (
    same.number &&
    same.kind &&
    same.group &&
    same.title &&
    same.titleSpan &&
    same.given &&
    same.each &&
    same.eachSteps &&
    same.passes &&
    same.chooses &&
    same.offers &&
    same.keepsNumber
  );
}

/** The prose as a block of its own; the same block for the same prose. */
export const paragraphOf: (prose: Prose) => Paragraph = onceFor((prose) => ({
  kind: 'paragraph',
  prose,
  span: prose.span,
}));

/** What a step is called: its first sentence that asks for something, else its first sentence. */
export function titleOf(prose: Prose, wanted: { text: string; span: Span } | null): { title: string; titleSpan: Span } {
  const sentence = wanted ?? sentencesOf(prose)[0];
  return {
    title:
      sentence?.text
        .replace(/^[•*–—→⇒>→⇒=\s-]+(?:so\s+(?=\p{Ll}))?|^so\s+(?=\p{Ll})/u, '')
        .replace(/[.:;,\s]+(?:\b(?:or|and)[.:;,\s]*)?$/, '') ?? '',
    titleSpan: sentence?.span ?? prose.span,
  };
}
