// Finds what a verdict rests on: the values that a guard's deciding part reads, small and safe to keep in a journal.
import type { Json } from '../base/index.ts';
import { childrenOf, type GuardNode } from './guard-syntax.ts';
import type { GuardScope, Row } from './scope.ts';

/** One value that a verdict rests on. */
export interface Read {
  /** What was read, as an expression: `rows[0].assessment`, `rowCount`, `params.region`, `rows[].state` (of all rows). */
  readonly what: string;
  /** Its value; long texts are cut, lists and maps are told by their size. */
  readonly value: Json;
}

/** The row a macro's variable stands for. */
export interface BoundRow {
  readonly name: string;
  readonly row: Row;
  /** How to call it: `rows[3]`. */
  readonly called: string;
}

const mostReads = 8;
const longestText = 200;
const mostDistinct = 5;

/** At most eight reads, each place once. */
export function boundedReads(reads: readonly Read[]): readonly Read[] {
  const seen = new Set<string>();
  return reads.filter(({ what }) => !seen.has(what) && seen.size < mostReads && seen.add(what));
}

/** The values read below a node. Macros inside it are told by the list they walk. */
export function readsOf(node: GuardNode, scope: GuardScope, bound?: BoundRow): readonly Read[] {
  const reads: Read[] = [];
  const visit = (at: GuardNode): void => {
    if (reads.length >= mostReads) return;
    if (at.kind === 'macro') {
      visit(at.of);
      return;
    }
    const path = pathOf(at, scope.result.columns);
    if (!path) {
      for (const child of childrenOf(at)) visit(child);
      return;
    }
    const read = lookUp(path, scope, bound);
    if (read) reads.push(read);
  };
  visit(node);
  return reads;
}

/** The distinct values, at most five, that all rows have in the columns a macro's body reads. */
export function spreadReads(body: GuardNode, variable: string, list: string, rows: readonly Row[]): readonly Read[] {
  const columns = new Set<string>();
  const visit = (at: GuardNode): void => {
    const path = pathOf(at);
    if (path?.[0] === variable && typeof path[1] === 'string') columns.add(path[1]);
    else if (!path) for (const child of childrenOf(at)) visit(child);
  };
  visit(body);
  return [...columns].slice(0, mostReads).map((column) => {
    const distinct = new Set<Json>();
    for (const row of rows) {
      if (distinct.size > mostDistinct) break;
      distinct.add(small(own(row, column) ?? null));
    }
    const values = [...distinct];
    const value = values.length > mostDistinct ? [...values.slice(0, mostDistinct), '…'] : values;
    return { what: `${list}[].${column}`, value };
  });
}

type Path = readonly (string | number)[];

/** `a.b['c'][0]`, or `a[columns[0]]`, as its parts; null for anything that is no such chain. */
function pathOf(node: GuardNode, columns: readonly string[] = []): Path | null {
  if (node.kind === 'name') return [node.name];
  if (node.kind === 'member') {
    const before = pathOf(node.of, columns);
    return before && [...before, node.name];
  }
  if (node.kind === 'index' && (node.index.kind === 'string' || node.index.kind === 'number')) {
    const before = pathOf(node.of, columns);
    return before && [...before, node.index.value];
  }
  if (node.kind === 'index') {
    const [root, at, ...more] = pathOf(node.index) ?? [];
    const name = root === 'columns' && typeof at === 'number' && more.length === 0 ? columns[at] : undefined;
    const before = name === undefined ? null : pathOf(node.of, columns);
    return before && name !== undefined ? [...before, name] : null;
  }
  return null;
}

function lookUp(path: Path, scope: GuardScope, bound?: BoundRow): Read | null {
  const [root, ...rest] = path;
  if (typeof root !== 'string') return null;
  const isBound = bound !== undefined && root === bound.name;
  let value: unknown = isBound
    ? bound.row
    : root === 'params' || root === 'steps' || root === 'results'
      ? scope[root]
      : own(scope.result, root);
  if (root === 'rows' && rest.length === 0) {
    return { what: 'rowCount', value: Math.max(scope.result.rowCount ?? 0, scope.result.rows?.length ?? 0) };
  }
  for (const part of rest) value = own(value, part);
  if (value === undefined) return null;
  return { what: spell(isBound ? bound.called : root, rest), value: small(value as Json) };
}

function own(value: unknown, key: string | number): Json | undefined {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string | number, Json>)[key];
}

function spell(root: string, rest: Path): string {
  return rest.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    return /^[A-Za-z_]\w*$/.test(part) ? `${before}.${part}` : `${before}['${part}']`;
  }, root);
}

function small(value: Json): Json {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  if (value === null || typeof value !== 'object') return value;
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  return Array.isArray(value) ? `a list of ${count}` : `a map of ${count}`;
}
