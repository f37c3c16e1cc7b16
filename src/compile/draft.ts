// What the passes hand on to each other: steps, statements and edges while the plan is being made.
import type { Span } from '../base/index.ts';
import type { Block, Guide, Sentence } from '../guide/index.ts';
import type { Action, GuardOrigin, NodeId, Outcome } from '../plan/index.ts';
import type { StepIndex } from './resolve-target.ts';

/** A step as the guide writes it, before it has a name. */
export interface StepDraft {
  /** The author's number (`3`, `3.1`, `1A`); null when the guide gives none. */
  readonly number: string | null;
  readonly kind: 'heading' | 'item' | 'part';
  /** Steps of one numbered list share a group; headings have group 0. A jump looks in its own group first. */
  readonly group: number;
  readonly title: string;
  readonly titleSpan: Span;
  /** The blocks of the step itself, those of its unnumbered subsections included, in the order of the text. */
  readonly blocks: readonly Block[];
  readonly span: Span;
  /** Headings whose first step this is: a jump to one of them leads here. */
  readonly aliases: readonly string[];
  /** The step stands inside an option, so that it is not reached by going on from the step before it. */
  readonly inOption: boolean;
  /** The condition that the guide opens with: it says when to begin, and nothing says what else would be done. */
  readonly given?: Condition | undefined;
  /** It is called by its number even as an option. */
  readonly keepsNumber?: true | undefined;
  /** "For each node:" above the steps of which this is the last, and how many they are. */
  readonly each?: Sentence | undefined;
  readonly eachSteps?: number | undefined;
  /** Its words only say where to go. */
  readonly passes?: true | undefined;
  /** Made to have someone choose: the guide has no step before the choice. */
  readonly chooses?: true | undefined;
  /** The guide says in words that there is a choice. */
  readonly offers?: true | undefined;
}

/** What is done in which order: steps, and choices between several ways that meet again behind them. */
export type Flow = readonly FlowPart[];

export type FlowPart =
  | { readonly kind: 'step'; readonly step: StepDraft }
  | {
      readonly kind: 'choice';
      readonly options: readonly Option[];
      /** One of the options must hold: there is no way past them. */
      readonly exhaustive: boolean;
      /** Each option is a guide of its own, behind which nothing follows. */
      readonly apart: boolean;
      /** Ways of one thing: whoever has gone one has none of the others before him. */
      readonly oneOf?: true | undefined;
    }
  /** Reached by a jump only, or from the steps that it says more `of`: whoever comes from above goes on behind it. */
  | { readonly kind: 'aside'; readonly flow: Flow; readonly of?: readonly StepDraft[] }
  | {
      readonly kind: 'chart';
      readonly nodes: readonly StepDraft[];
      readonly arrows: readonly DrawnArrow[];
      /** Where it begins. */
      readonly start: number;
      /** The steps that it begins with stand before it. */
      readonly isBehind?: true;
    };

/**
 * An arrow of a drawn chart, between places in its `nodes` and steps of the guide by their names. It may lead to an ending, or
 * behind the chart.
 */
export interface DrawnArrow {
  readonly from: number | string;
  /** Null: behind the chart. */
  readonly to: number | string | DrawnEnd | null;
  readonly condition: Condition | null;
  /** Nothing draws it: where the box leads when none of its other arrows is followed. */
  readonly implied?: true;
  /** Where it stands, when it leads to a step by name. */
  readonly span?: Span;
}

export interface DrawnEnd {
  readonly outcome: Outcome;
}

/** One way of a choice: `sentence` states its condition. */
export interface Option {
  readonly condition: Condition;
  readonly words: string;
  readonly flow: Flow;
  /** "If the problem persists, …": asked behind each option before it; `all`: where none of them was taken, too. */
  readonly behind?: 'all' | 'options' | undefined;
}

/** A step with its name and its place in the order of the text. */
export interface Step extends StepDraft {
  readonly id: NodeId;
  readonly order: number;
}

/** Words of a step in the order of the text, with what stands around them. */
export interface Passage {
  readonly sentence: Sentence;
  /** Sentences of one paragraph, item or cell share it. */
  readonly paragraph: number;
  readonly inItem: boolean;
  /** It stands in a cell of a table whose rows are no cases. */
  readonly inTable?: true;
  /** It stands in a step whose words only say where to go. */
  readonly passes?: true;
  /** True when code that can be run follows the sentence directly. */
  readonly leadsToAction: boolean;
  /** The last action before the sentence; null when there is none. */
  readonly lastAction: Action | null;
}

/** Where a jump leads, in the author's words; `span` covers just those words. */
export type Target =
  /** `of`: the section that the number belongs to ("step 2 of Diagnosis"). */
  | { readonly kind: 'number'; readonly number: string; readonly of?: string; readonly span: Span }
  | { readonly kind: 'range'; readonly from: string; readonly to: string; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  /** Behind a step: "skip steps 4 and 5" from the first to the last; without a number behind so many of the next ones. */
  | {
      readonly kind: 'behind';
      readonly first: string | null;
      readonly number: string | null;
      readonly count: number;
      readonly span: Span;
    }
  | { readonly kind: 'next' | 'first' | 'end' | 'self'; readonly span: Span };

/** An option as seen from the step that decides it. */
export interface Entry {
  readonly condition: Condition | null;
  readonly words: string | null;
  readonly to: StepDraft | DrawnEnd;
  /** The option's last step; null when it ends in a choice of its own. */
  readonly tail: StepDraft | null;
  readonly exhaustive: boolean;
  /** It hangs on a cause further up: whoever does not take it goes on to the next cause. */
  readonly joined?: boolean;
  /** It goes round what the step goes on to: whoever does not take it goes there. */
  readonly around?: true;
  /** It hangs on the option of the item before it, too: both may hold. Nothing does when that one leads away. */
  readonly also?: true;
  /** It is asked when the step has been tried: who has no more to do goes on. */
  readonly tried?: true;
  /** It is one of several ways of one thing, of which one is gone. */
  readonly oneOf?: true | undefined;
}

export interface Jump {
  readonly targets: readonly Target[];
  readonly order: 'parallel' | 'serial';
  /** "Return to", "go back to", "repeat": the author means to go up. */
  readonly back: boolean;
}

/** `start` and `end` are offsets in the sentence's prose. */
export interface Condition {
  readonly kind: 'if' | 'unless' | 'else' | 'else-if';
  /** The author's words, beginning in lower case with `if` where they do. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly sentence: Sentence;
  /** What a cell says together with the name of its column, of which the text has only the cell. */
  readonly told?: string;
}

/** What one sentence says about where to go. */
export interface Statement {
  readonly passage: Passage;
  readonly condition: Condition | null;
  readonly jump: Jump | null;
  readonly outcome: Outcome | null;
  /** It stands behind a choice and asks how that came out. */
  readonly asks?: true;
}

/** An edge before loops are taken out and names are given. */
export interface EdgeDraft {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly condition: Condition | null;
  /** Words of the condition as the plan shows them; null when there is none. */
  readonly words: string | null;
  /** When an unconditional edge is followed, in the author's words. */
  readonly timing?: string;
  readonly otherwise?: GuardOrigin;
  readonly outcome?: Outcome;
  readonly onFailure?: boolean;
  readonly back: boolean;
  readonly passage: Passage | null;
}

/** The names every pass needs. */
export interface Context {
  readonly guide: Guide;
  readonly steps: readonly Step[];
  readonly index: StepIndex;
}
