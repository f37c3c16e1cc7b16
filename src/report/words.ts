// Small amounts in words.
import type { ActionResult } from '../run/index.ts';

/** `1 step`, `3 steps`. */
export function countWords(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `2025-01-01 00:00:00.000Z`: a document knows no viewer's zone, and says UTC. */
export function clockWords(time: number): string {
  return new Date(time).toISOString().replace('T', ' ');
}

/** `L4`, `L7`; of many the first, the last and how many there are. */
export function lineWords(lines: readonly number[]): readonly string[] {
  if (lines.length <= 5) return lines.map((line) => `L${line}`);
  return [`L${lines[0] ?? ''} to L${lines.at(-1) ?? ''} (${lines.length} lines)`];
}

/** What a result is, in a few words. */
export function resultWords({ rows, rowCount, status, exitCode, text, outcome }: ActionResult): string {
  const count = rowCount ?? rows?.length;
  if (count !== undefined) return countWords(count, 'row');
  if (status !== undefined) return `HTTP status ${status}`;
  if (exitCode !== undefined) return `exit code ${exitCode}`;
  if (outcome !== undefined) return `the outcome ${outcome}`;
  return text === undefined || text === '' ? 'no output' : countWords(text.split('\n').length, 'line');
}
