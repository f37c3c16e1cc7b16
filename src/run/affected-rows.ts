// What a statement that gives no table tells instead: how many rows it changed. It stands among the notes of its result.
import type { ActionResult } from './result.ts';

/** `1 row affected.` */
export function affectedNote(rows: number): string {
  return `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'} affected.`;
}

/** That rows were changed is what a write is for, and no remark on its result. */
export function isAffectedNote(note: string): boolean {
  return /^\d[\d,]* rows? affected\.$/.test(note);
}

/** A statement that is no question: it has neither columns nor rows, which is another thing than a table without rows. */
export function hasNoTable({ columns, rows, rowCount }: ActionResult): boolean {
  return columns?.length === 0 && (rows?.length ?? 0) === 0 && (rowCount ?? 0) === 0;
}
