// Evaluates a guard on a step's result and says which values decided.
import { isCelError, run } from '@bufbuild/cel';
import type { Json } from '../base/index.ts';
import type { GuardScope } from './scope.ts';

/** One value that a verdict rests on. */
export interface Read {
  /** What was read, as an expression: `rows[0].assessment`, `rowCount`, `params.region`. */
  readonly what: string;
  /** Its value; long texts are cut. */
  readonly value: Json;
}

/** What a guard says about a result. An error is never a yes or a no: a person decides. */
export type GuardVerdict =
  | { readonly kind: 'true' | 'false'; readonly reads: readonly Read[] }
  | { readonly kind: 'error'; readonly message: string };

/** Decides a guard. Never throws. */
export function evaluateGuard(cel: string, scope: GuardScope): GuardVerdict {
  const { result, params, steps, results } = scope;
  const value = run(cel, { ...result, params, steps, results } as never);
  if (isCelError(value)) return { kind: 'error', message: value.message };
  if (typeof value !== 'boolean') return { kind: 'error', message: 'The guard gives neither true nor false.' };
  return { kind: value ? 'true' : 'false', reads: [] };
}
