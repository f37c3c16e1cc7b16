// What a query's own text says about its result: columns, and the closed sets of values that its CASEs allow.
import type { ResultShape } from './scope.ts';

/** The shape of a query's result, as far as its text shows it. */
export function shapeOfSql(_code: string): ResultShape {
  return { members: ['rows', 'columns', 'rowCount'], complete: false };
}
