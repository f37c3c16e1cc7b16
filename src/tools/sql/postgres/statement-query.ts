// One statement over PostgreSQL's extended protocol: parsed and described, then, if asked, run in portions of rows.
// The `pg` package hands messages to an object of this form; its own classes either keep every row or run at once.
import type { Connection, FieldDef, Submittable } from 'pg';

interface Portions {
  readonly values: readonly (string | null)[];
  onRow(values: readonly (string | null)[]): void;
  /** True when no more rows are wanted. */
  enough(): boolean;
}

/** Rows asked for at a time: few at first, so that very large rows are met with care. */
const portions = [100, 1000, 5000];

/** The part of the package's connection that is used here and that its types leave out. */
interface Wire {
  parse(query: { name: string; text: string; types: readonly number[] }, more?: boolean): void;
  bind(config: { portal: string; statement: string; values: readonly (string | null)[] }, more?: boolean): void;
  describe(what: { type: 'S' | 'P'; name: string }, more?: boolean): void;
  execute(config: { portal: string; rows: number }, more?: boolean): void;
  close(what: { type: 'S' | 'P'; name: string }, more?: boolean): void;
  sendCopyFail(message: string): void;
  flush(): void;
  sync(): void;
}

/** Submit it to a client and await `done`. */
export class StatementQuery implements Submittable {
  readonly done: Promise<{ readonly fields: readonly FieldDef[] | null; readonly command: string }>;
  readonly #sql: string;
  readonly #portions: Portions | null;
  #resolve!: (value: { fields: readonly FieldDef[] | null; command: string }) => void;
  #reject!: (error: unknown) => void;
  #wire: Wire | undefined;
  #fields: readonly FieldDef[] | null = null;
  #command = '';
  #fetched = 0;
  #synced = false;

  /** Without `run` the statement is only described. */
  constructor(sql: string, run: Portions | null) {
    this.#sql = sql;
    this.#portions = run;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    const wire = connection as unknown as Wire;
    this.#wire = wire;
    wire.parse({ name: '', text: this.#sql, types: [] });
    if (!this.#portions) {
      wire.describe({ type: 'S', name: '' });
      return this.#sync();
    }
    wire.bind({ portal: '', statement: '', values: this.#portions.values });
    wire.describe({ type: 'P', name: '' });
    this.#fetch();
  }

  handleRowDescription(message: { readonly fields: readonly FieldDef[] }): void {
    this.#fields = message.fields;
  }

  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void {
    this.#portions?.onRow(message.fields);
  }

  handlePortalSuspended(): void {
    if (this.#portions && !this.#portions.enough()) return this.#fetch();
    this.#wire?.close({ type: 'P', name: '' });
    this.#sync();
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.#command = message.text;
    this.#sync();
  }

  handleEmptyQuery(): void {
    this.#sync();
  }

  /** COPY … FROM STDIN waits for data that a guide cannot give. */
  handleCopyInResponse(): void {
    this.#wire?.sendCopyFail('no data can be sent');
  }

  handleCopyData(): void {
    // COPY … TO STDOUT: the data is not a result; it is left out.
  }

  handleError(error: unknown): void {
    // The server's own errors carry a severity, and it is ready again after a sync; without one the connection is gone.
    // The client tells a query that failed nothing more.
    if ((error as { severity?: string }).severity !== undefined) this.#sync();
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.#resolve({ fields: this.#fields, command: this.#command });
  }

  /** Exactly one for a statement: each is answered by one "ready". */
  #sync(): void {
    if (this.#synced) return;
    this.#synced = true;
    this.#wire?.sync();
  }

  #fetch(): void {
    const rows = portions[Math.min(this.#fetched++, portions.length - 1)] ?? 100;
    this.#wire?.execute({ portal: '', rows });
    this.#wire?.flush();
  }
}
