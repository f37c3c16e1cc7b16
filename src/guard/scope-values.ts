// Turns a guard's scope into values for the CEL library, lazily: rows become maps only when they are walked.
// Rows that a tool cut are never walked as if they were all: walking past the last one is an error, not an answer.
import { celList, type CelList, celMap, type CelMap, type CelValue } from '@bufbuild/cel';
import type { Json } from '../base/index.ts';
import type { GuardResult, GuardScope, Row } from './scope.ts';

/** Counts the rows one evaluation walks, so that a macro inside a macro ends in an error and not in a long wait. */
export interface Meter {
  spend(rows: number): void;
}

const mostWalked = 300_000;

/** A fresh meter, for one evaluation. */
export function meter(): Meter {
  let left = mostWalked;
  return {
    spend(rows) {
      left -= rows;
      if (left < 0) throw new Error(`the guard walks more than ${mostWalked} rows`);
    },
  };
}

/** How many rows a result has, also when only the first of them are here. */
export function rowsIn(result: GuardResult): number {
  return Math.max(result.rowCount ?? 0, result.rows?.length ?? 0);
}

/** The sentence about rows that are not here. */
export function cutSentence(here: number, all: number): string {
  return `only the first ${here} of ${all} rows are here, and the others could decide`;
}

/** Binds the names among `roots` that the scope has. */
export function bindings(scope: GuardScope, roots: ReadonlySet<string>, spent: Meter): Record<string, unknown> {
  const bound = Object.create(null) as Record<string, unknown>;
  const result = resultEntries(scope.result, spent);
  for (const root of roots) {
    const make = result.get(root);
    if (make) bound[root] = make();
  }
  if (roots.has('params')) bound['params'] = valueOf(scope.params as Json);
  if (roots.has('steps')) bound['steps'] = resultsMap(scope.steps, spent);
  if (roots.has('results')) bound['results'] = resultsMap(scope.results, spent);
  return bound;
}

function resultsMap(results: Readonly<Record<string, GuardResult>>, spent: Meter): CelMap {
  const members = Object.entries(results).map(([name, result]): [string, CelMap] => {
    const entries = [...resultEntries(result, spent)].map(([member, make]): [string, unknown] => [member, make()]);
    return [name, celMap(new Map(entries) as never)];
  });
  return celMap(new Map(members) as never);
}

function resultEntries(result: GuardResult, spent: Meter): Map<string, () => unknown> {
  const entries = new Map<string, () => unknown>();
  const { rows, columns, text, errorText, json, exitCode, status, outcome } = result;
  if (rows) entries.set('rows', () => rowList(rows, rowsIn(result), spent));
  if (columns) entries.set('columns', () => celList([...columns]));
  if (rows || result.rowCount !== undefined) entries.set('rowCount', () => rowsIn(result));
  if (text !== undefined) entries.set('text', () => text);
  if (errorText !== undefined) entries.set('errorText', () => errorText);
  if (json !== undefined) entries.set('json', () => valueOf(json));
  if (exitCode !== undefined) entries.set('exitCode', () => exitCode);
  if (status !== undefined) entries.set('status', () => status);
  if (outcome !== undefined) entries.set('outcome', () => outcome);
  return entries;
}

/** A list over rows that converts each when it is reached, and knows that `all` may be more than are here. */
function rowList(rows: readonly Row[], all: number, spent: Meter): CelList {
  const walk = function* (): Generator<CelValue> {
    spent.spend(rows.length);
    for (const row of rows) yield rowValue(row);
    if (all > rows.length) throw new Error(cutSentence(rows.length, all));
  };
  return Object.create(celList([]), {
    size: { get: () => all },
    get: {
      value: (index: number): CelValue | undefined => {
        const row = rows[index];
        if (row === undefined && index >= 0 && index < all) throw new Error(cutSentence(rows.length, all));
        return row === undefined ? undefined : rowValue(row);
      },
    },
    values: { value: walk },
    [Symbol.iterator]: { value: walk },
  }) as CelList;
}

const rowValues = new WeakMap<Row, CelMap>();

/** One row as a CEL map; remembered as long as the row lives. */
export function rowValue(row: Row): CelMap {
  const known = rowValues.get(row);
  if (known) return known;
  const value = valueOf(row) as CelMap;
  rowValues.set(row, value);
  return value;
}

/** Any JSON value for the library. Objects become maps by their own keys, whatever those are called. */
export function valueOf(json: Json): CelValue {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return celList((json as readonly Json[]).map(valueOf) as never);
  const entries = Object.entries(json).map(([key, value]): [string, CelValue] => [key, valueOf(value)]);
  return celMap(new Map(entries) as never);
}
