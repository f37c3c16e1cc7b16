// Evaluates a guard on a step's result and says which values decided. `&&`, `||`, `!` and the walks over rows are
// taken apart here, by CEL's own rules, so that the deciding row can be named; all else is the CEL library's.
import { isCelError } from '@bufbuild/cel';
import type { Json } from '../base/index.ts';
import { boundedReads, type Read, readsOf, spreadReads } from './evidence.ts';
import { programOf } from './guard-environment.ts';
import { childrenOf, type GuardNode } from './guard-syntax.ts';
import { parseGuard } from './parse-guard.ts';
import { readListed, readTable } from './read-table.ts';
import { secretRead, secretWords } from './secret-read.ts';
import { bindings, cutSentence, type Meter, meter, rowsIn, rowValue } from './scope-values.ts';
import type { GuardResult, GuardScope, Row } from './scope.ts';

export type { Read };

/** What a guard says about a result. An error is never a yes or a no: a person decides. */
export type GuardVerdict =
  | { readonly kind: 'true' | 'false'; readonly reads: readonly Read[] }
  | { readonly kind: 'error'; readonly message: string };

/** Decides a guard. Never throws; bounded in time for results of up to 10,000 rows. */
export function evaluateGuard(cel: string, scope: GuardScope): GuardVerdict {
  const parsed = parseGuard(cel);
  if (parsed.kind === 'fault') return { kind: 'error', message: parsed.fault.message };
  try {
    const names = rootNames(parsed.root);
    const missing = missingName(names, scope);
    if (missing !== null) return { kind: 'error', message: missing };
    const spent = meter();
    const verdict = decide(parsed.root, { cel, scope, spent, bound: bindings(scope, names, spent) });
    return verdict.kind === 'error' ? verdict : { kind: verdict.kind, reads: boundedReads(verdict.reads) };
  } catch (error) {
    return { kind: 'error', message: sentence(cel, error instanceof Error ? error.message : String(error)) };
  }
}

interface Evaluation {
  readonly cel: string;
  readonly scope: GuardScope;
  readonly spent: Meter;
  readonly bound: Readonly<Record<string, unknown>>;
}

function decide(node: GuardNode, evaluation: Evaluation): GuardVerdict {
  switch (node.kind) {
    case 'not': {
      const inner = decide(node.operand, evaluation);
      if (inner.kind === 'error') return inner;
      return { kind: inner.kind === 'true' ? 'false' : 'true', reads: inner.reads };
    }
    case 'binary':
      if (node.operator === '||') return decideEither(node.left, node.right, 'true', evaluation);
      if (node.operator === '&&') return decideEither(node.left, node.right, 'false', evaluation);
      return decideLeaf(node, evaluation);
    case 'choice': {
      const test = decide(node.test, evaluation);
      if (test.kind === 'error') return test;
      const chosen = decide(test.kind === 'true' ? node.yes : node.no, evaluation);
      return chosen.kind === 'error' ? chosen : { kind: chosen.kind, reads: [...test.reads, ...chosen.reads] };
    }
    case 'macro': {
      const result = resultWalked(node.of, evaluation.scope) ?? tableWalked(node.of, evaluation);
      if (result?.rows && (node.name === 'exists' || node.name === 'all')) {
        return decideWalk(node, result, result.rows, evaluation);
      }
      return decideLeaf(node, evaluation);
    }
    default: {
      const walk = sameWalked(node);
      return walk ? decideSame(node, walk, evaluation) : decideLeaf(node, evaluation);
    }
  }
}

/** `||` with `deciding` true, `&&` with false: the deciding side wins, even over an error on the other. */
function decideEither(
  left: GuardNode,
  right: GuardNode,
  deciding: 'true' | 'false',
  evaluation: Evaluation,
): GuardVerdict {
  const first = decide(left, evaluation);
  if (first.kind === deciding) return first;
  const second = decide(right, evaluation);
  if (second.kind === deciding || second.kind === 'error')
    return first.kind === 'error' ? firstOf(first, second, deciding) : second;
  return first.kind === 'error' ? first : { kind: second.kind, reads: [...first.reads, ...second.reads] };
}

function firstOf(first: GuardVerdict, second: GuardVerdict, deciding: 'true' | 'false'): GuardVerdict {
  return second.kind === deciding ? second : first;
}

type Macro = Extract<GuardNode, { kind: 'macro' }>;

function decideWalk(node: Macro, result: GuardResult, rows: readonly Row[], evaluation: Evaluation): GuardVerdict {
  const [body] = node.bodies;
  if (!body) return decideLeaf(node, evaluation);
  const program = programOf(text(body, evaluation));
  const bound = Object.create(evaluation.bound) as Record<string, unknown>;
  const deciding = node.name === 'exists';
  const list = text(node.of, evaluation);
  let problem: string | null = null;
  evaluation.spent.spend(rows.length);
  for (const [index, row] of rows.entries()) {
    bound[node.variable] = rowValue(row);
    const value = program(bound);
    if (value === deciding) {
      const reads = readsOf(body, evaluation.scope, { name: node.variable, row, called: `${list}[${index}]` });
      return { kind: deciding ? 'true' : 'false', reads };
    }
    if (typeof value === 'boolean' || problem !== null) continue;
    const why = isCelError(value) ? whyError(body, value.message, evaluation) : 'it gives neither true nor false';
    problem = sentence(text(body, evaluation), why, index + 1);
  }
  if (problem !== null) return { kind: 'error', message: problem };
  const all = rowsIn(result);
  if (all > rows.length)
    return { kind: 'error', message: sentence(text(node, evaluation), cutSentence(rows.length, all)) };
  return { kind: deciding ? 'false' : 'true', reads: walkedReads(body, node, rows, all, evaluation) };
}

function decideLeaf(node: GuardNode, evaluation: Evaluation): GuardVerdict {
  const words = text(node, evaluation);
  const value = programOf(words)(evaluation.bound);
  if (isCelError(value)) return { kind: 'error', message: sentence(words, whyError(node, value.message, evaluation)) };
  if (typeof value !== 'boolean') {
    return { kind: 'error', message: sentence(words, 'it gives neither true nor false') };
  }
  return { kind: value ? 'true' : 'false', reads: readsOf(node, evaluation.scope) };
}

/** What is so of every row rests on all of them: none may be missing, and each is told. */
function decideSame(node: GuardNode, walk: Macro, evaluation: Evaluation): GuardVerdict {
  const verdict = decideLeaf(node, evaluation);
  const result = resultWalked(walk.of, evaluation.scope) ?? tableWalked(walk.of, evaluation);
  const body = walk.bodies.at(-1);
  if (verdict.kind === 'error' || !result?.rows || !body) return verdict;
  const all = rowsIn(result);
  if (all > result.rows.length)
    return { kind: 'error', message: sentence(text(node, evaluation), cutSentence(result.rows.length, all)) };
  return { kind: verdict.kind, reads: walkedReads(body, walk, result.rows, all, evaluation) };
}

/** The walk of `same(rows.map(r, …))`; null for anything else. */
function sameWalked(node: GuardNode): Macro | null {
  const walk = node.kind === 'call' && node.of === null && node.name === 'same' ? node.args[0] : undefined;
  return walk?.kind === 'macro' && walk.name === 'map' ? walk : null;
}

function walkedReads(
  body: GuardNode,
  { variable, of }: Macro,
  rows: readonly Row[],
  all: number,
  evaluation: Evaluation,
): readonly Read[] {
  const list = text(of, evaluation);
  const count: Read = { what: list === 'rows' ? 'rowCount' : `${list}.size()`, value: all };
  return [count, ...spreadReads(body, variable, list, rows)];
}

/** A secret that is read is missing, and the library says no more than that. */
function whyError(node: GuardNode, message: string, { scope }: Evaluation): string {
  const secret = secretRead(node, scope.secrets);
  return secret === null ? plainMessage(message) : secretWords(secret);
}

function text(node: GuardNode, { cel }: Evaluation): string {
  return cel.slice(node.span.start, node.span.end);
}

function sentence(words: string, why: string, row?: number): string {
  const short = words.length > 120 ? `${words.slice(0, 117)}…` : words;
  return `\`${short}\` could not be decided${row === undefined ? '' : ` on row ${row}`}: ${why}.`;
}

/** The library's messages in our words. */
function plainMessage(message: string): string {
  const field = /^field not found: (.+)$/s.exec(message);
  if (field) return `there is no column or member named \`${field[1]}\``;
  const bounds = /^index (\S+) out of bounds/.exec(message);
  if (bounds) return `there is no item ${bounds[1]}`;
  if (message === 'unresolved attribute') return 'a name in it has no value';
  const overload = /^found no matching overload for '([^']*)' applied to '(.*)'$/s.exec(message);
  if (overload)
    return `\`${(overload[1] ?? '').replaceAll('_', ' ').trim()}\` does not take such values ${overload[2]}`;
  return message;
}

/** Why an expression came to nothing, as a sentence. */
export function explainError(cel: string, message: string): string {
  return sentence(cel, plainMessage(message));
}

/** The sentence about the first name that the scope does not have; null when it has all. */
export function missingName(names: ReadonlySet<string>, scope: GuardScope): string | null {
  const missing = [...names].find((name) => !isBound(name, scope));
  return missing === undefined ? null : missingSentence(missing, scope.result);
}

/** Names that stand free in a guard: neither members nor the variables of macros. */
export function rootNames(
  node: GuardNode,
  inside: ReadonlySet<string> = new Set(),
  into = new Set<string>(),
): Set<string> {
  if (node.kind === 'name') {
    if (!inside.has(node.name)) into.add(node.name);
  } else if (node.kind === 'macro') {
    rootNames(node.of, inside, into);
    for (const body of node.bodies) rootNames(body, new Set([...inside, node.variable]), into);
  } else {
    for (const child of childrenOf(node)) rootNames(child, inside, into);
  }
  return into;
}

const typeNames = new Set(['int', 'uint', 'double', 'bool', 'string', 'bytes', 'list', 'map', 'null_type', 'type']);

function isBound(name: string, { result }: GuardScope): boolean {
  if (name === 'params' || name === 'steps' || name === 'results' || typeNames.has(name)) return true;
  if (name === 'rowCount') return result.rows !== undefined || result.rowCount !== undefined;
  return Object.hasOwn(result, name) && (result as Record<string, Json | undefined>)[name] !== undefined;
}

function missingSentence(name: string, result: GuardResult): string {
  const members = ['rows', 'columns', 'rowCount', 'text', 'json', 'exitCode', 'status', 'outcome'];
  if (!members.includes(name)) return `The guard reads \`${name}\`, which is no name a guard knows.`;
  const given = members.filter((member) => (result as Record<string, unknown>)[member] !== undefined);
  const has = given.length > 0 ? `it gave ${given.map((member) => `\`${member}\``).join(', ')}` : 'it gave no result';
  return `The guard reads \`${name}\`, which this step's result does not have; ${has}.`;
}

const readers = new Map([
  ['table', readTable],
  ['listed', readListed],
]);

/** The rows of `table(text)`, so that the one that decides can be named; undefined where the text is no table, or no text. */
function tableWalked(of: GuardNode, { bound }: Evaluation): GuardResult | undefined {
  if (of.kind !== 'call' || of.of || !readers.has(of.name) || of.args[0]?.kind !== 'name') return undefined;
  const text = bound[of.args[0].name];
  if (typeof text !== 'string') return undefined;
  try {
    return { rows: readers.get(of.name)?.(text) ?? [] };
  } catch {
    // The library comes to the same and says why.
    return undefined;
  }
}

/** The result whose rows a macro walks, when it walks one's rows: `rows`, `steps.Step2.rows`, `results.errors.rows`. */
function resultWalked(of: GuardNode, scope: GuardScope): GuardResult | undefined {
  if (of.kind === 'name' && of.name === 'rows') return scope.result;
  if (of.kind !== 'member' || of.name !== 'rows') return undefined;
  const owner = of.of;
  const [place, name] =
    owner.kind === 'member'
      ? [owner.of, owner.name]
      : owner.kind === 'index' && owner.index.kind === 'string'
        ? [owner.of, owner.index.value]
        : [null, ''];
  if (place?.kind !== 'name') return undefined;
  const results = place.name === 'steps' ? scope.steps : place.name === 'results' ? scope.results : {};
  return Object.hasOwn(results, name) ? results[name] : undefined;
}
