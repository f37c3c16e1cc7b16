// What a database server's driver gives the shared server tool: sessions that run one statement at a time, and words for
// its errors. Drivers load their package on first use and keep no state of their own.
import type { Column } from '../../../run/index.ts';
import type { BoundStatement } from '../bind-sql.ts';
import type { SqlDialect } from '../../../effect/index.ts';
import type { RowKeeper } from './row-keeper.ts';

/** Where and as whom to connect; everything a driver may use, so that nothing comes from the environment. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Null: not encrypted. */
  readonly tls: { readonly verify: boolean; readonly ca?: string } | null;
  readonly connectMs: number;
}

/** One connection. Its calls reject with the driver's own errors, which `faultOf` explains. */
export interface ServerSession {
  /** False once the connection is gone or of unknown state. */
  readonly alive: boolean;
  /** Begins a transaction that cannot write; or, for writes, sets only the limits: each statement commits by itself. */
  begin(readOnly: boolean, timeoutMs: number): Promise<void>;
  /** Asks what a statement would give, without running it; undefined for one that gives no rows. */
  describe(statement: BoundStatement): Promise<readonly Column[] | undefined>;
  /** Runs a statement. Rows go to the keeper as they come; a read ends early when the keeper has enough. */
  run(statement: BoundStatement, keeper: RowKeeper): Promise<void>;
  /** Ends the read-only transaction, so that the session can serve another call. */
  rollback(): Promise<void>;
  /** Asks the server, over a connection of its own, to stop what this session does. */
  cancel(): Promise<void>;
  /** Closes in good order. */
  close(): Promise<void>;
  /** Drops the connection without waiting for anyone. */
  destroy(): void;
}

/** What an error of the driver means. */
export type ServerFault =
  /**
   * The server refused the statement; `offset` is a UTF-16 offset into its `sql`. `untyped`: a value's type may be to blame,
   * and `parameter` is the number of the one whose type the server cannot tell.
   */
  | {
      readonly kind: 'refused';
      readonly message: string;
      readonly offset?: number;
      readonly untyped?: boolean;
      readonly parameter?: number;
      readonly transient?: boolean;
    }
  /** No connection can be had. */
  | { readonly kind: 'unavailable'; readonly message: string; readonly transient: boolean }
  /** The connection broke while it was used. */
  | { readonly kind: 'lost'; readonly message: string }
  /** The server itself stopped the statement. */
  | { readonly kind: 'stopped' };

export interface ServerDriver {
  readonly dialect: SqlDialect;
  /** As people write it: `PostgreSQL`. */
  readonly title: string;
  /** Lists the columns that a query may read, as rows of `owner`, `home`, `table`, `column` and `type`; see `ListedColumn`. */
  readonly listColumns: string;
  connect(address: ServerAddress): Promise<ServerSession>;
  /** Explains an error; `sql` is the statement that raised it. */
  faultOf(error: unknown, sql: string): ServerFault;
}
