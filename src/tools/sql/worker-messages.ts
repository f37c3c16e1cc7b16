// What the toolchain and its SQL worker process say to each other, as plain JSON.
import type { Json } from '../../base/index.ts';
import type { Column } from '../../run/index.ts';
import type { BoundStatement } from './bind-sql.ts';
import type { ListedColumn } from './group-columns.ts';

export interface WorkerOptions {
  /** Absolute path of the data folder or database file. */
  readonly data: string;
  /** The path as the settings say it, for messages. */
  readonly shownData: string;
  readonly memoryBytes: number;
  readonly threads: number;
  /** Folder of the worker's own, for what does not fit into memory; the parent removes it. */
  readonly scratch: string;
}

export type ToWorker =
  | { readonly kind: 'open'; readonly options: WorkerOptions }
  | { readonly kind: 'describe'; readonly id: number }
  | { readonly kind: 'schema'; readonly id: number }
  | { readonly kind: 'explain'; readonly id: number; readonly statements: readonly BoundStatement[] }
  | {
      readonly kind: 'perform';
      readonly id: number;
      readonly statements: readonly BoundStatement[];
      readonly maxRows: number;
    }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromWorker =
  | {
      readonly kind: 'described';
      readonly id: number;
      readonly tables: readonly string[];
      readonly faults: readonly string[];
    }
  | { readonly kind: 'schema'; readonly id: number; readonly columns: readonly ListedColumn[] }
  | {
      readonly kind: 'accepted';
      readonly id: number;
      readonly columns?: readonly Column[];
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'result';
      readonly id: number;
      readonly columns: readonly Column[];
      readonly rows: readonly Readonly<Record<string, Json>>[];
      readonly rowCount: number;
      readonly notes: readonly string[];
    }
  /** The database refused a statement; `offset` is a UTF-16 offset into its `sql`. */
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly message: string;
      readonly statement: number;
      readonly offset?: number;
    }
  /** Nothing can be asked: the data is missing or the engine does not start. */
  | { readonly kind: 'unavailable'; readonly id: number; readonly message: string };
