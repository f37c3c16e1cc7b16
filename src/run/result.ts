// What an action gives back, and how it fails: plain JSON-safe data that tools make and the journal keeps.
import type { Json } from '../base/index.ts';
import type { GuardResult, Row } from '../guard/index.ts';
import type { Outcome } from '../plan/index.ts';

export interface Column {
  readonly name: string;
  /** The tool's own type name (`BIGINT`, `VARCHAR`), for people. */
  readonly type: string;
}

/** A result after the tool's caps. Whatever was cut is said in `notes`, one sentence each. */
export interface ActionResult {
  readonly columns?: readonly Column[];
  readonly rows?: readonly Row[];
  /** Rows the tool returned or counted; greater than `rows.length` when capped. */
  readonly rowCount?: number;
  /** True when `rows` holds only the first ones. */
  readonly rowsCapped?: boolean;
  /** Standard output, or the body of an HTTP answer. */
  readonly text?: string;
  readonly errorText?: string;
  readonly json?: Json;
  readonly exitCode?: number;
  readonly status?: number;
  /** How long the service asks to be left alone, with a status that says so. */
  readonly retryAfterMs?: number;
  /** How a called guide ended. */
  readonly outcome?: Outcome;
  readonly notes: readonly string[];
}

/** Why an action did not give a result. Closed: every host shows each of them. */
export type FailureReason =
  | 'refused-by-tool' // the database, shell or server answered with an error
  | 'timeout'
  | 'cancelled'
  | 'crashed' // the tool's process died
  | 'unavailable' // no connection, bad credentials
  | 'no-tool'
  | 'not-approved'
  | 'denied' // the rules of the run let nobody approve it
  | 'missing-parameter'
  | 'invalid-parameter'
  | 'guide-failed' // a called guide could not go on
  | 'exit-code'; // a command that ended with a non-zero code the guide does not test

export interface ActionFailure {
  readonly reason: FailureReason;
  /** One or more sentences in the tool's own words, without secrets. */
  readonly message: string;
  /** Where in the action's `code` the tool points to, UTF-16 offsets into `code`. */
  readonly at?: { readonly start: number; readonly end: number };
  /** What came before the failure (streams, exit code), when there is any. */
  readonly partial?: ActionResult;
  /** True when another try may go better (connection lost, 503). */
  readonly transient: boolean;
  /** How long the service asks to be left alone before another try. */
  readonly retryAfterMs?: number;
}

/** The result as guards see it. */
export function toGuardResult(result: ActionResult): GuardResult {
  return {
    ...(result.rows && { rows: result.rows }),
    ...(result.columns && { columns: result.columns.map((column) => column.name) }),
    ...(result.rowCount !== undefined && { rowCount: result.rowCount }),
    ...(result.text !== undefined && { text: result.text }),
    // A command that wrote nothing there has an empty text, so that a guard may ask for it.
    ...((result.errorText !== undefined || result.exitCode !== undefined) && { errorText: result.errorText ?? '' }),
    ...(result.json !== undefined && { json: result.json }),
    ...(result.exitCode !== undefined && { exitCode: result.exitCode }),
    ...(result.status !== undefined && { status: result.status }),
    ...(result.outcome !== undefined && { outcome: result.outcome }),
  };
}
