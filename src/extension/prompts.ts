// Everything a run in the extension asks and tells a person, as one interface, so that a test can answer in place of dialogs. A question that is
// closed without an answer gives undefined; nothing is ever answered on a person's behalf.
import type { FirstUse, Parameter } from '../plan/index.ts';
import type { RunRequest } from '../run/index.ts';

export type DecisionRequest = Extract<RunRequest, { kind: 'decision' }>;
export type ApprovalRequest = Extract<RunRequest, { kind: 'approval' }>;
export type SettleRequest = Extract<RunRequest, { kind: 'unknown-outcome' | 'manual-action' }>;

/** What is shown with a question besides the question itself. */
export interface Circumstances {
  /** "Step 9 - Identify affected products". */
  readonly step: string;
  /** What the step found, in one line. */
  readonly evidence: string;
  /** Names of the steps that choices lead to, by node. */
  readonly titles: Readonly<Record<string, string>>;
  /** The environment that the run is in. */
  readonly environment?: { readonly name: string; readonly color?: string };
  /** How the guide says that the step is undone. */
  readonly undo?: string;
}

export interface Prompts {
  /** Edges to take; an empty list says that none fits. */
  decide(request: DecisionRequest, about: Circumstances): Promise<readonly string[] | undefined>;
  approve(request: ApprovalRequest, about: Circumstances): Promise<'approve' | 'refuse' | undefined>;
  /** A run is in another environment than the editor: go on there, or change. `before` is null for none. */
  environment(before: string | null, chosen: string): Promise<'keep' | 'change' | undefined>;
  /** The environment in which a run is begun again that was in another one than it would be now; null is none. */
  environmentAgain(before: string | null, now: string | null): Promise<'keep' | 'change' | undefined>;
  settle(request: SettleRequest, about: Circumstances): Promise<'done' | 'failed' | 'repeat' | undefined>;
  /** Tells that guides which a resumed run goes through have changed since it began; nothing is waited for. */
  tellChanged(files: readonly string[]): void;
  /** Tells why an answer was not taken; nothing is waited for. */
  tellNotTaken(because: string): void;
  /** `remembered` fills the box; `wrong` says what is wrong with a value, or null; `use` is what the value is for. */
  value(
    parameter: Parameter,
    remembered: string | undefined,
    wrong: (text: string) => string | null,
    use: FirstUse | null,
  ): Promise<string | undefined>;
}
