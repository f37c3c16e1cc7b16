// Finds out whether a guide tests a command's exit code: if it does, a non-zero code is a result that its conditions
// judge; if it does not, the code is the step's failure.
import { allMatches } from '../base/index.ts';
import type { Guard, Plan } from '../plan/index.ts';
import { ownName, type ActionState } from './state.ts';

/** True when a condition of the action's own step, or one that names its step or result, reads `exitCode`. */
export function readsExitCode(plan: Plan, { step, action }: ActionState): boolean {
  const readers = readersOf(plan);
  return (
    readers.own.has(step.node.id) ||
    readers.named.has(`${step.scope.prefix} steps.${ownName(step)}`) ||
    (action.resultName !== undefined && readers.named.has(`${step.scope.prefix} results.${action.resultName}`))
  );
}

interface Readers {
  /** Steps of which a condition reads `exitCode`. */
  readonly own: ReadonlySet<string>;
  /** ` steps.Step2` and ` results.name` whose `exitCode` some condition reads, behind the prefix of their guide. */
  readonly named: ReadonlySet<string>;
}

const known = new WeakMap<Plan, Readers>();

function readersOf(plan: Plan): Readers {
  const found = known.get(plan);
  if (found) return found;
  const own = new Set<string>();
  const named = new Set<string>();
  const prefixes = new Map(plan.nodes.map(({ id, within }) => [id, within === undefined ? '' : `${within}/`]));
  const read = (from: string, guard: Guard | undefined): void => {
    if (guard?.kind !== 'cel' || !guard.cel.includes('exitCode')) return;
    for (const [, kind, name, bracketed] of allMatches(
      guard.cel,
      /\b(steps|results)(?:\.(\w+)|\[\s*["']([^"']+)["']\s*\])\.exitCode\b/g,
    )) {
      named.add(`${prefixes.get(from) ?? ''} ${kind}.${name ?? bracketed ?? ''}`);
    }
    if (/(^|[^.\w])exitCode\b/.test(guard.cel)) own.add(from);
  };
  for (const edge of plan.edges) read(edge.from, edge.guard);
  for (const repeat of plan.repeats) read(repeat.from, repeat.guard);
  const readers = { own, named };
  known.set(plan, readers);
  return readers;
}
