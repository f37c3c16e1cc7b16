// The diagram as plain data: positioned boxes and arrows with their texts already measured, wrapped and cut.
// Nothing here knows a library, a theme or a page; hosts draw it, the protocol carries it.
import type { Effect, NodeId, Outcome } from '../plan/index.ts';

/** What places the boxes: one of three libraries, or our own plain rows for plans that would take those too long. */
export type LayoutEngine = 'dagre' | 'elk' | 'dot' | 'levels';
/** Where the plan flows to. */
export type FlowDirection = 'down' | 'right';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its top left corner. */
export interface Rectangle extends Point {
  readonly w: number;
  readonly h: number;
}

/** A small mark on a box: a language, or something a reader must know before running the step. */
export interface Badge {
  readonly kind: 'language' | 'write' | 'unknown' | 'approval' | 'guide';
  readonly text: string;
  /** The badge in words, for tooltips and screen readers. */
  readonly meaning: string;
  readonly w: number;
}

/** An action as far as a picture tells it. */
export interface BoxAction {
  readonly id: string;
  readonly language: string;
  readonly tool?: string;
  readonly effect: Effect;
  readonly lineCount: number;
}

export interface Box extends Rectangle {
  readonly id: NodeId;
  readonly kind: 'start' | 'step' | 'end';
  /** The name for people: `Step 3.1`. */
  readonly label: string;
  /** The whole title; `titleLines` may be cut. */
  readonly title: string;
  readonly titleLines: readonly string[];
  readonly description: string;
  readonly badges: readonly Badge[];
  readonly actions: readonly BoxAction[];
  /** Guides that the step goes through, in order; absent when there are none. */
  readonly calls?: readonly { readonly title: string }[];
}

/** Who can decide an arrow before a run is known: nobody needs to, a guard (by its origin), or a person. */
export type Decider = 'always' | 'author' | 'inferred' | 'model' | 'person';

/** The words on an arrow. `lines` fit into the rectangle; the outcome's word has a line of its own below them. */
export interface ArrowLabel extends Rectangle {
  readonly lines: readonly string[];
}

export interface Arrow {
  readonly id: string;
  readonly from: NodeId;
  readonly to: NodeId;
  /** `repeat` is a back edge: it closes a loop and is drawn dashed. */
  readonly kind: 'edge' | 'repeat';
  /** From the border of `from` to the border of `to`; at least two points. */
  readonly points: readonly Point[];
  /** The author's whole words; null when unconditional. */
  readonly condition: string | null;
  readonly decider: Decider;
  /** The guard's expression, or `otherwise`; absent when there is none. */
  readonly guard?: string;
  readonly outcome?: Outcome;
  readonly onFailure: boolean;
  readonly label?: ArrowLabel;
  /** In a large plan an early ending has a small end of its own nearby, so that the arrow need not cross the picture. */
  readonly terminal?: Rectangle;
}

/** Invariants: every arrow joins two boxes of the diagram, no label covers a box, all lies within width and height. */
export interface Diagram {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly engine: LayoutEngine;
  readonly direction: FlowDirection;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}
