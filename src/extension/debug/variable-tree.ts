// Variables as a tree that is made while it is opened: each knows its name, its one-line value, the expression that gives it,
// and how to make its children - for a table, a page of its rows at a time.
import { durationWords, type Json } from '../../base/index.ts';
import type { GuardResult, GuardScope } from '../../guard/index.ts';
import { outputEdges, type NodeId, type Plan, type Repeat } from '../../plan/index.ts';
import { type ActionView, nodeName, type RunView, withWayNames } from '../../run/index.ts';
import { quoted } from '../quoted.ts';
import { cleanLine } from '../result-summary.ts';
import { stepOf } from './moment.ts';

export interface VariableNode {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  /** CEL that gives the value; absent where no expression reaches it. */
  readonly expression?: string;
  /** Numbered children, and how to make some of them. */
  readonly indexed?: { readonly count: number; page(start: number, count: number): readonly VariableNode[] };
  /** Named children. */
  readonly named?: () => readonly VariableNode[];
}

/** A page asked for without bounds is this long. */
export const pageLength = 200;

/** Any JSON value. */
export function jsonVariable(name: string, value: Json, expression?: string): VariableNode {
  const head = { name, value: shown(value), type: kindOf(value), ...(expression !== undefined && { expression }) };
  if (Array.isArray(value)) return { ...head, indexed: pagesOf(value as readonly Json[], value.length, expression) };
  if (value === null || typeof value !== 'object') return head;
  const named = (): readonly VariableNode[] =>
    Object.entries(value).map(([key, item]) =>
      jsonVariable(key, item, expression === undefined ? undefined : memberOf(expression, key)),
    );
  return { ...head, named };
}

/** The members of a result; `expression` is what stands before them (`steps.Step2.`), empty for the step's own. */
export function resultVariables(result: GuardResult, expression: string): readonly VariableNode[] {
  const { rows, ...rest } = result;
  const others = Object.entries(rest).map(([name, value]) => jsonVariable(name, value as Json, `${expression}${name}`));
  if (!rows) return others;
  const all = Math.max(result.rowCount ?? 0, rows.length);
  const value = all > rows.length ? `${all} rows, the first ${rows.length} of them here` : `${all} rows`;
  const table: VariableNode = {
    name: 'rows',
    value: all === 1 ? '1 row' : value,
    type: 'table',
    expression: `${expression}rows`,
    indexed: pagesOf(rows, rows.length, `${expression}rows`),
  };
  return [table, ...others];
}

/** What an expression can read at a step, apart from the step's own result. */
export function parameterVariables({ params }: GuardScope, plan: Plan, isOwn: boolean): readonly VariableNode[] {
  // A called guide has values of its own.
  const missing = plan.guide.parameters.filter(({ name, secret }) => isOwn && !secret && params[name] === undefined);
  const secrets = plan.guide.parameters.filter(({ secret }) => secret);
  const open = Object.entries(params).map(([name, value]) => jsonVariable(name, value, memberOf('params', name)));
  const none = missing.map(({ name }): VariableNode => ({ name, value: 'no value yet' }));
  return [...open, ...none, ...secrets.map(({ name }): VariableNode => ({ name, value: '***', type: 'secret' }))];
}

/** Results by name, each expandable. */
export function resultsByName(results: Readonly<Record<string, GuardResult>>, root: string): readonly VariableNode[] {
  return Object.entries(results).map(([name, result]) => {
    const expression = memberOf(root, name);
    const rows = result.rowCount ?? result.rows?.length;
    const value =
      rows !== undefined ? `${rows} row${rows === 1 ? '' : 's'}` : shown(result.text ?? result.exitCode ?? null);
    return { name, value, expression, named: () => resultVariables(result, `${expression}.`) };
  });
}

/** The ways that leave a step: whether each is taken, who decided and why. */
export function edgeVariables(plan: Plan, view: RunView, node: NodeId): readonly VariableNode[] {
  const views = new Map(view.edges.map((edge) => [edge.edge, edge]));
  const loops = plan.repeats.filter(({ from }) => from === node).map((repeat) => repeatVariable(repeat, view));
  const ways = outputEdges(plan, node).map((edge): VariableNode => {
    const seen = views.get(edge.id);
    const taken = seen?.status === 'enabled' ? 'taken' : seen?.status === 'disabled' ? 'not taken' : 'not decided yet';
    const because = seen?.because === undefined ? undefined : quoted(withWayNames(plan, seen.because));
    const why = because === undefined ? (seen?.decidedBy ? ` (${deciders[seen.decidedBy]})` : '') : `: ${because}`;
    const words = edge.condition ?? 'always';
    return {
      name: `\u2192 ${nodeName(edge.to)}`,
      value: cleanLine(`${taken}${why}`),
      named: () => [
        text('condition', words),
        ...(edge.guard ? [text('guard', edge.guard.kind === 'else' ? 'otherwise' : edge.guard.cel)] : []),
        text('status', taken),
        ...(seen?.decidedBy ? [text('decided by', deciders[seen.decidedBy])] : []),
        ...(because === undefined ? [] : [text('because', because)]),
        ...(edge.outcome ? [text('outcome', edge.outcome)] : []),
      ],
    };
  });
  return [...loops, ...ways];
}

/** What leads back to begin a loop again, as it was last decided. */
function repeatVariable({ id, to, condition, guard, max }: Repeat, view: RunView): VariableNode {
  const seen = view.repeats?.find(({ repeat }) => repeat === id);
  const decider = seen && seen.decidedBy !== 'bound' ? deciders[seen.decidedBy] : undefined;
  const because = seen?.because === undefined ? decider : quoted(seen.because);
  const status = seen ? (seen.again ? `begun again, round ${seen.rounds + 1}` : 'not again') : 'not decided yet';
  return {
    name: `\u21bb ${nodeName(to)}`,
    value: cleanLine(because === undefined ? status : `${status}: ${because}`),
    named: () => [
      text('condition', condition ?? 'always'),
      ...(guard ? [text('guard', guard.kind === 'else' ? 'otherwise' : guard.cel)] : []),
      text('status', status),
      text('at most', `${max} times`),
      ...(decider === undefined ? [] : [text('decided by', decider)]),
      ...(because === undefined ? [] : [text('because', because)]),
    ],
  };
}

/** Who decides, in words. */
export const deciders = {
  none: 'it has no condition',
  guard: 'its guard',
  else: 'no other condition held',
  engineer: 'the engineer',
  model: 'a model',
  upstream: 'its step did not succeed',
} as const;

/** The actions of a step as they stand. */
export function actionVariables(view: RunView, node: NodeId): readonly VariableNode[] {
  return (stepOf(view, node)?.actions ?? []).map((action) => ({
    name: action.id,
    value: action.status,
    named: () => actionMembers(action),
  }));
}

/** One action: what runs or ran, with what tool, and what came of it. */
export function actionMembers(action: ActionView): readonly VariableNode[] {
  const { startedAt, endedAt, failure, result } = action;
  const attempts = action.attempts - (action.attemptsBefore ?? 0);
  return [
    text('status', action.status),
    text('effect', action.effect),
    ...(action.tool === undefined ? [] : [text('tool', action.tool)]),
    ...(action.text === undefined ? [] : [text('text', action.text)]),
    ...(attempts > 1 ? [text('attempts', String(attempts))] : []),
    ...(startedAt !== undefined && endedAt !== undefined ? [text('took', durationWords(endedAt - startedAt))] : []),
    ...(failure ? [text('failure', quoted(`${failure.reason}: ${failure.message}`))] : []),
    ...(result ? [jsonVariable('result', result as unknown as Json)] : []),
  ];
}

function text(name: string, value: string): VariableNode {
  return { name, value: cleanLine(value), type: 'text' };
}

function pagesOf(
  items: readonly Json[],
  count: number,
  expression: string | undefined,
): VariableNode['indexed'] & object {
  return {
    count,
    page: (start, length) =>
      items
        .slice(start, start + length)
        .map((item, i) =>
          jsonVariable(`${start + i}`, item, expression === undefined ? undefined : `${expression}[${start + i}]`),
        ),
  };
}

/** A value on one line. */
export function shown(value: Json): string {
  if (typeof value === 'string') return cut(JSON.stringify(value), 1000);
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).slice(0, 12).map(brief);
    const more = value.length > items.length ? [`\u2026 ${value.length} in all`] : [];
    return cleanLine(cut(`[${[...items, ...more].join(', ')}]`, 160));
  }
  if (value === null || typeof value !== 'object') return String(value);
  const members = Object.entries(value)
    .slice(0, 12)
    .map(([key, item]) => `${key}: ${brief(item)}`);
  return cleanLine(`{${cut(members.join(', '), 160)}}`);
}

/** A value inside another's line. */
function brief(value: Json): string {
  return typeof value === 'object' && value !== null ? '\u2026' : cut(JSON.stringify(value), 60);
}

function kindOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value === 'object' ? 'map' : typeof value;
}

function memberOf(expression: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) && !reserved.has(key)
    ? `${expression}.${key}`
    : `${expression}[${JSON.stringify(key)}]`;
}

const reserved = new Set(['in', 'true', 'false', 'null']);

function cut(value: string, length: number): string {
  return value.length > length ? `${value.slice(0, length - 1)}\u2026` : value;
}
