// A report of a run as plain data: sections of sentences, each with the evidence it rests on - the journal's lines, a step, an
// action's output. Words of guides, tools and people are kept apart from ours, so that a writer can make them harmless.
import type { ActionResult, RunOutcome } from '../run/index.ts';

/** A part of a sentence: our words, words said by a guide, tool or person, or an exact text in a fixed-width face. */
export type Part = string | { readonly said: string } | { readonly code: string };

/** What a sentence rests on. */
export interface Evidence {
  /** Lines of the journal, counted from 1. */
  readonly lines: readonly number[];
  readonly step?: string;
  /** Actions whose outputs stand under `outputs`. */
  readonly actions?: readonly string[];
}

export interface Sentence {
  readonly parts: readonly Part[];
  readonly evidence: Evidence;
}

export interface TimelineEntry extends Sentence {
  /** Milliseconds since the Unix epoch. */
  readonly time: number;
}

/** What one action gave, shortened. */
export interface Output {
  readonly action: string;
  readonly step: string;
  /** What performed it: a tool, another guide that it goes through, or somebody by hand. */
  readonly tool: string;
  readonly effect: string;
  /** The exact text that ran, secrets as `***`. */
  readonly text: string | undefined;
  readonly language: string;
  readonly result: ActionResult | undefined;
  readonly failure: string | undefined;
  readonly evidence: Evidence;
}

/** A write, what may have been one, or a read that needed an approval. */
export interface Deed {
  readonly action: string;
  readonly tool: string;
  readonly effect: string;
  readonly text: string;
  readonly status: string;
  readonly approvals: readonly Approval[];
  readonly evidence: Evidence;
}

/** What somebody answered when an action was asked for, as a sentence without its full stop. */
export interface Approval extends Sentence {
  readonly by: string;
  readonly yes: boolean;
  /** False where it had expired, was for something else or was not taken; the sentence says which. */
  readonly counted: boolean;
}

/** A value that the run had. */
export interface ReportParameter {
  readonly name: string;
  /** Of a secret `***`. */
  readonly value: string;
  /** `given at the start by ann`, `the guide, by default`. */
  readonly origin: readonly Part[];
  readonly evidence: Evidence;
}

export interface Report {
  readonly title: string;
  readonly run: string;
  readonly outcome: RunOutcome;
  readonly guide: { readonly file: string; readonly sha256: string };
  readonly journal: string;
  readonly summary: readonly Sentence[];
  readonly parameters: readonly ReportParameter[];
  /** The way that the run went, in words. */
  readonly path: readonly Sentence[];
  readonly findings: readonly Sentence[];
  readonly deeds: readonly Deed[];
  readonly notChecked: readonly Sentence[];
  readonly followUps: readonly Sentence[];
  readonly timeline: readonly TimelineEntry[];
  readonly outputs: readonly Output[];
  /** The plan with the run's state, as an SVG file. */
  readonly picture: string;
  /** The same for the HTML document, in whose colours it is drawn. */
  readonly pagePicture: string;
}
