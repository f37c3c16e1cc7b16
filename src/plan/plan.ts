// The plan value: what a guide compiles to. Flat lists of nodes and edges, in the guide's order, with spans.
// It is not the file format (see plandag.ts for that), and it holds no run state.
import type { Span } from '../base/index.ts';

/** `start`, `end`, or a step's name after the guide's own numbers: `Step2`, `Step3.1`. Unique in a plan. */
export type NodeId = string;
/** `edge_<from>_<to>`, with `_2`, `_3`, … appended when one pair of nodes has several edges. Unique in a plan. */
export type EdgeId = string;

/** A place in the guide: offsets for us, 1-based inclusive lines for the file format and for people. */
export interface Source {
  readonly span: Span;
  readonly startLine: number;
  readonly endLine: number;
}

/** How a plan ends. `completed`: it came to its end and the guide names no other outcome. */
export type Outcome = 'resolved' | 'mitigated' | 'escalated' | 'not-applicable' | 'completed';

/** What an action may do; `unknown` is treated as `write` wherever it matters. */
export type Effect = 'read' | 'write' | 'unknown';

/** A judgement of an action's effect, with the words that decided it. */
export interface Classification {
  readonly effect: Effect;
  /** For example: "`DELETE` writes", "only SELECT statements". */
  readonly because: string;
}

/** Who wrote a guard: the author in the text, our rules, or a model whose proposal was validated. */
export type GuardOrigin = 'author' | 'inferred' | 'model';

/** The decidable form of a condition. `else`: enabled exactly when no other conditional edge of its node is. */
export type Guard =
  | { readonly kind: 'cel'; readonly cel: string; readonly origin: GuardOrigin; readonly source?: Source }
  | { readonly kind: 'else'; readonly origin: GuardOrigin };

export type ParameterType = 'string' | 'number' | 'integer' | 'boolean' | 'timestamp' | 'duration';

/** A named value that the guide needs. */
export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly description?: string;
  readonly default?: string | number | boolean;
  /** Example values that the author gives (`us-east`, `us-west`). */
  readonly examples?: readonly string[];
  /** Regular expression (RE2 syntax) that the whole value must match. */
  readonly pattern?: string;
  readonly required: boolean;
  /** Never written to a journal, log or output. */
  readonly secret: boolean;
  /** `declared` in front matter or a list of parameters; `placeholder`: only seen in code. */
  readonly origin: 'declared' | 'placeholder';
  readonly source?: Source;
}

/** A parameter's place in an action's code. `span` covers the whole placeholder in the guide, braces included. */
export interface Placeholder {
  readonly parameter: string;
  readonly span: Span;
}

/** A query, command or call inside a step. `code` is the guide's text between the fence lines, as it stands. */
export interface Action {
  /** `<node>.<n>`, counted from 1 inside the step. */
  readonly id: string;
  /** Lower-case info-string word (`sql`, `bash`, `http`); a `<PLUGIN_n>` block has the language its text shows. */
  readonly language: string;
  /** Tool named by the author (`tool=telemetry`); absent: the first configured tool for the language. */
  readonly tool?: string;
  /** Name under which later steps read the result (`as=errors`). */
  readonly resultName?: string;
  readonly dialect?: string;
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly code: string;
  /** Where `code` stands in the guide; `code` offset i is guide offset `source.span.start + i` unless the fence is indented. */
  readonly source: Source;
  /** Offset of each line of `code` in the guide (fences inside lists are indented, so lines may not be contiguous). */
  readonly lineOffsets: readonly number[];
  readonly placeholders: readonly Placeholder[];
  /** Names of `placeholders`, each once, in order of first use. */
  readonly parameters: readonly string[];
  /** What the language and text show; the tool that performs it classifies again and may only raise it. */
  readonly effect: Effect;
  /** Performed by going through this guide, whose steps are the nodes that are `within` the action; see join-guides.ts. */
  readonly guide?: CalledGuide;
}

/**
 * Another guide that a step tells its reader to go through.
 *
 *     Follow [Restore the database](restore.md).     `path` `restore.md`; `source` covers `Restore the database`
 */
export interface GuideCall {
  /** Relative to the guide's folder, as written, with `%20` and the like decoded. */
  readonly path: string;
  /** The place in that guide, when one is named. */
  readonly anchor?: string;
  /** The words of the link. */
  readonly title: string;
  /** How many of the step's actions stand before it. */
  readonly after: number;
  readonly source: Source;
}

/** A guide whose steps are part of a plan because one of its steps calls it. */
export interface CalledGuide {
  readonly title: string;
  readonly file: string;
  /** Hex SHA-256 of its UTF-8 bytes when it was read. */
  readonly sha256: string;
}

/** Something an earlier step gave that a step needs: "the region from Step 4", a variable, a placeholder, an earlier result. */
export interface Use {
  /** The step that gives it. */
  readonly from: NodeId;
  /** In the author's words, or its name in code. */
  readonly what: string;
  readonly source?: Source;
}

export interface PlanNode {
  readonly id: NodeId;
  readonly kind: 'start' | 'step' | 'end';
  readonly title: string;
  /** The step's prose, in one paragraph, for people. */
  readonly description: string;
  readonly actions: readonly Action[];
  /** The author asks for approval of this step, whatever its actions do ("Needs approval."). */
  readonly needsApproval: boolean;
  /** "Safe to repeat.": an action of unknown outcome after a crash is performed again without asking. */
  readonly safeToRepeat: boolean;
  /** "Undo: …" and "Verify: …" sentences, as written. */
  readonly undo?: string;
  readonly verify?: string;
  /** What its actions give: columns, variables, the name of a kept result. Absent when nothing is known. */
  readonly yields?: readonly string[];
  /** What it needs of earlier steps; absent when nothing is. */
  readonly uses?: readonly Use[];
  /** Other guides that it sends to; absent when there are none, and once they have been joined to the plan. */
  readonly calls?: readonly GuideCall[];
  /** The action that calls the guide whose node this is; absent on the guide's own. Its name begins with `<within>/`. */
  readonly within?: string;
  /** From the heading's or item's first character to the end of the step's own text. Absent on start and end. */
  readonly source?: Source;
  /** The step's name as the author writes it: span of `Step 3 - Check flags` in its heading or item. */
  readonly titleSource?: Source;
}

export interface PlanEdge {
  readonly id: EdgeId;
  readonly from: NodeId;
  readonly to: NodeId;
  /** The author's words; null when unconditional. */
  readonly condition: string | null;
  /** When an unconditional edge is followed, in the author's words ("once the pod is up"). Shown, never decided. */
  readonly timing?: string;
  /** Absent on an unconditional edge, and on a conditional one that a person or model must decide. */
  readonly guard?: Guard;
  /** On edges into `end`. */
  readonly outcome?: Outcome;
  /** Taken when the node fails ("if the query fails, …"); enabled only then. */
  readonly onFailure?: boolean;
  /** The sentence that states this edge; absent when the edge is implied by order. */
  readonly source?: Source;
}

/** A loop the author wrote ("go back to step 2"): the back edge is not in `edges`, so `edges` stay acyclic. */
export interface Repeat {
  readonly id: EdgeId;
  /** Node whose completion may repeat. */
  readonly from: NodeId;
  /** Node that is run again; every node on a path from `to` to `from` runs again with it. */
  readonly to: NodeId;
  readonly condition: string | null;
  readonly guard?: Guard;
  /** It goes round when the step fails, and only then. */
  readonly onFailure?: boolean;
  /** Greatest number of repetitions, at least 1. */
  readonly max: number;
  /** Wait before the next round, in milliseconds ("wait 5 minutes"). */
  readonly waitMs?: number;
  readonly source?: Source;
}

/** A passage with branching language that the rules could not read, kept so that nobody takes it as read. */
export interface NotRead {
  readonly node?: NodeId;
  readonly text: string;
  readonly reason: string;
  readonly source: Source;
}

export interface GuideInfo {
  readonly title: string;
  /** File name or path as the host gave it. */
  readonly file: string;
  /** Hex SHA-256 of the guide's UTF-8 bytes, made by the host. */
  readonly sha256: string;
  readonly parameters: readonly Parameter[];
  readonly owner?: string;
  readonly alerts?: readonly string[];
  readonly verified?: string;
}

/**
 * Invariants: ids unique; edges connect existing nodes and are acyclic; `start` first, `end` last in `nodes`;
 * `edges` grouped by `from`, in the order of `nodes` (the file format keeps them under their node).
 */
export interface Plan {
  readonly guide: GuideInfo;
  readonly nodes: readonly PlanNode[];
  readonly edges: readonly PlanEdge[];
  readonly repeats: readonly Repeat[];
  readonly notRead: readonly NotRead[];
}
