// Evaluates an expression to any value, for watches, log messages and consoles: the same language, names and scope as a
// guard, without the demand that it says yes or no. The value comes back as plain JSON, cut where it would be endless.
import { type CelValue, isCelError, isCelList, isCelMap, isCelUint } from '@bufbuild/cel';
import type { Json } from '../base/index.ts';
import { explainError, missingName, rootNames } from './evaluate-guard.ts';
import { programOf } from './guard-environment.ts';
import { parseGuard } from './parse-guard.ts';
import { secretRead, secretWords } from './secret-read.ts';
import { bindings, meter } from './scope-values.ts';
import type { GuardScope } from './scope.ts';

/** What an expression comes to. */
export type GuardValue =
  { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'error'; readonly message: string };

/** Items of a list or map beyond which a value is not taken out of the library. */
const mostItems = 10_000;
const deepest = 40;

/** Evaluates an expression. Never throws. */
export function evaluateValue(cel: string, scope: GuardScope): GuardValue {
  const parsed = parseGuard(cel);
  if (parsed.kind === 'fault') return { kind: 'error', message: parsed.fault.message };
  try {
    const names = rootNames(parsed.root);
    const missing = missingName(names, scope);
    if (missing !== null) return { kind: 'error', message: missing };
    const secret = secretRead(parsed.root, scope.secrets);
    if (secret !== null) return { kind: 'error', message: `${secretWords(secret)}.` };
    const value = programOf(cel)(bindings(scope, names, meter()));
    if (isCelError(value)) return { kind: 'error', message: explainError(cel, value.message) };
    return { kind: 'value', value: toJson(value, 0) };
  } catch (error) {
    return { kind: 'error', message: explainError(cel, error instanceof Error ? error.message : String(error)) };
  }
}

function toJson(value: CelValue, depth: number): Json {
  if (depth > deepest) throw new Error(`the value is nested more than ${deepest} deep`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return plainNumber(value);
  if (isCelUint(value)) return plainNumber(value.value);
  if (isCelList(value)) {
    const items: Json[] = [];
    for (const item of value) {
      if (items.length >= mostItems) throw new Error(`the list has more than ${mostItems} items`);
      items.push(toJson(item, depth + 1));
    }
    return items;
  }
  if (isCelMap(value)) {
    const entries: [string, Json][] = [];
    for (const [key, item] of value) {
      if (entries.length >= mostItems) throw new Error(`the map has more than ${mostItems} entries`);
      entries.push([String(toJson(key, depth + 1)), toJson(item, depth + 1)]);
    }
    return Object.fromEntries(entries);
  }
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return String(value);
}

/** Whole numbers stay numbers as long as they are exact. */
function plainNumber(value: bigint): Json {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
