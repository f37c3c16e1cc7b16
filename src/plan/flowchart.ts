// A flowchart as it is drawn, before anyone takes it for a plan: nodes and arrows with their places in the text.
import type { Span } from '../base/index.ts';
import type { ArrowMarks } from './mermaid-text.ts';

/**
 * A node where it is first given a label, or first named when it has none.
 *
 *     A[Check the pods] --> B
 *     ^^^^^^^^^^^^^^^^^ span; labelSpan covers `Check the pods`
 */
export interface FlowNode {
  readonly id: string;
  /** Its words in one line; null for a node that is only named. */
  readonly label: string | null;
  readonly shape: string;
  readonly span: Span;
  readonly labelSpan: Span | null;
}

/**
 * One arrow.
 *
 *     A -->|yes| B
 *     ^^^^^^^^^^^^  span covers the arrow with both of its ends
 */
export interface FlowArrow {
  readonly from: string;
  readonly to: string;
  /** The words on it without its marks; null when it has none. */
  readonly condition: string | null;
  readonly marks: ArrowMarks;
  readonly span: Span;
}

/** Something that was read in a particular way, or left out. */
export interface FlowNote {
  readonly message: string;
  readonly span: Span;
}

export interface Flowchart {
  /** From the front matter or `accTitle`; empty when there is none. */
  readonly title: string;
  readonly nodes: readonly FlowNode[];
  readonly arrows: readonly FlowArrow[];
  readonly notes: readonly FlowNote[];
}

export type FlowchartReading =
  | { readonly flowchart: Flowchart; readonly problems?: undefined }
  | { readonly problems: readonly FlowNote[]; readonly flowchart?: undefined };
