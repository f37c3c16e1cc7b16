// What a guard may read: the result of its step, the parameters, and the results of earlier steps.
import type { Json } from '../base/index.ts';
import type { Printed } from './shape-of-command.ts';

/** One row of a table: column name to value. Numbers stay numbers; timestamps are ISO 8601 strings. */
export type Row = Readonly<Record<string, Json>>;

/**
 * The result of one action, as guards see it. Only what the tool gives is present:
 * `rows`, `columns` and `rowCount` from a query, `exitCode`, `text` and `errorText` from a command, `status`, `text` and `json` from HTTP, `outcome` from a called guide.
 */
export interface GuardResult {
  readonly rows?: readonly Row[];
  readonly columns?: readonly string[];
  /** Number of rows the tool returned, also when `rows` was capped. */
  readonly rowCount?: number;
  readonly text?: string;
  /** What a command wrote to its error output; empty when that was nothing. */
  readonly errorText?: string;
  readonly json?: Json;
  readonly exitCode?: number;
  /** HTTP status code. */
  readonly status?: number;
  /** How a called guide ended: `resolved`, `mitigated`, `escalated`, `not-applicable` or `completed`. */
  readonly outcome?: string;
}

/** Everything in reach of one guard. A step's result is that of its last action that gave one. */
export interface GuardScope {
  readonly result: GuardResult;
  readonly params: Readonly<Record<string, Json>>;
  /** Parameters whose values stand in no `params`, because they are secret. */
  readonly secrets?: ReadonlySet<string>;
  /** By node name: `steps.Step2.rows`. */
  readonly steps: Readonly<Record<string, GuardResult>>;
  /** By the author's `as=` name: `results.errors.rows`. */
  readonly results: Readonly<Record<string, GuardResult>>;
}

/** What is known before a run about a result, from the action's text or a tool's schema. Absent field: unknown. */
export interface ResultShape {
  /** In order; `complete` says that no further column can come (a `SELECT *` makes it false). */
  readonly columns?: readonly ShapeColumn[];
  readonly complete?: boolean;
  /** Which members the result has: a query gives rows, a command an exit code and text. */
  readonly members: readonly (keyof GuardResult)[];
  /** `one`: always exactly one row (`SELECT COUNT(*) …`); `at-most-one`: none or one (`LIMIT 1`). */
  readonly rows?: 'one' | 'at-most-one';
  /** Set for a query that gives one row with one column, whatever that is called: its own words, in lower case, by which it tells what it counts. */
  readonly single?: string;
  /** Set when a block has more than one command, whose failure its exit code may not tell. */
  readonly commands?: 'several';
  /** The words of the one command of a block, when it is a plain command or a pipeline of such. */
  readonly command?: readonly string[];
  /** Set for a pipeline: its exit code and its output do not tell how its first parts ended. */
  readonly piped?: true;
  /** What the command prints, as far as its words tell. */
  readonly printed?: Printed;
  /** Lower-case words of the query's table, CTE and column names: what an author may call its rows. */
  readonly words?: readonly string[];
  /** Name of the one table or CTE whose rows the query returns, when each result row is one of its rows. */
  readonly rowsOf?: string;
}

export interface ShapeColumn {
  readonly name: string;
  readonly type?: 'string' | 'number' | 'boolean' | 'timestamp';
  /** The closed set of values the query's own text allows (the literals of its CASE), when it is closed. */
  readonly values?: readonly string[];
  /** The one among `values` that the CASE gives when nothing else holds. */
  readonly elseValue?: string;
  /** Those among `values` that the CASE gives only to the row ranked first (`WHEN version_rank = 1 AND …`). */
  readonly firstRankValues?: readonly string[];
  /** True when the query divides without multiplying by 100, so that 8 % stands as 0.08. */
  readonly fraction?: boolean;
}
