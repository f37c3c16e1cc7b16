// What the debug session needs from its host: a guide's run, started held, and the few things around it that only an editor
// or a test has. The session itself knows no editor.
import type { NodeId, Plan } from '../../plan/index.ts';
import type { DryReport, LiveRun, ParameterValue, RunView } from '../../run/index.ts';

/** A launch configuration's own members; those left out take the values said here. */
export interface LaunchArguments {
  /** Path of the guide. */
  readonly program: string;
  /** `live` unless told; `dry` says what would happen and performs nothing. */
  readonly mode?: 'live' | 'dry';
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Run from this step: every step that it does not lead to is skipped. */
  readonly from?: NodeId;
  /** Stop before the first step; false unless told. */
  readonly stopOnEntry?: boolean;
  /** Stay when the run has ended, to look around and back; false unless told. */
  readonly stopAtEnd?: boolean;
}

/** A live run that the session moves; it was started held and nobody else releases its steps. */
export interface DebugTarget {
  readonly kind: 'live';
  readonly plan: Plan;
  /** Path of the guide, as frames and breakpoints name it. */
  readonly file: string;
  readonly run: Pick<LiveRun, 'view' | 'scope' | 'onChange' | 'submit' | 'settled'>;
  /** Who acts, for the journal. */
  readonly by: string;
  /** The journal's text so far, for looking back. */
  journal(): Promise<string>;
  /** Another moment of the run is looked at, or the present again (null): pictures of it should follow. */
  show(view: RunView | null): void;
}

/** What a dry launch found. */
export interface DryTarget {
  readonly kind: 'dry';
  readonly plan: Plan;
  readonly file: string;
  readonly report: DryReport;
}

export interface DebugHost {
  /** Rejects with a sentence for people; null when the person thought better of it. */
  launch(launch: LaunchArguments): Promise<DebugTarget | DryTarget | null>;
  /** The path of a file with no links in it; the path itself where there is no such file. */
  realPath(path: string): string;
  /** The run ends or was left, and the session with it. */
  left(): void;
}
