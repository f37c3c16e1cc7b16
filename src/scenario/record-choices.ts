// What people and models decided in a run, as a scenario gives it: for each step one choice each time it was asked. Read from what
// came of their answers, so that one that was refused, or that was given beforehand, counts as what it was.
import { findEdge, reachableFrom, type Plan } from '../plan/index.ts';
import { isInput, refusalOf, type JournalText } from '../run/index.ts';
import type { Choice } from './scenario.ts';

type Line = JournalText['lines'][number];

/** By step, in order. What lies behind a step that a person had the run go on with counts from then on. */
export function choicesIn(plan: Plan, lines: readonly Line[]): Readonly<Record<string, readonly Choice[]>> {
  const all = new Map<string, Choice[]>();
  const now = new Map<string, string[]>();
  const push = (node: string, choice: Choice): void => void all.set(node, [...(all.get(node) ?? []), choice]);
  const settle = (node: string): void => {
    const edges = now.get(node);
    const [only] = edges ?? [];
    if (edges) push(node, edges.length === 1 && only !== undefined ? only : edges);
    now.delete(node);
  };
  for (const [at, line] of lines.entries()) {
    const { body } = line;
    if (isInput(line)) for (const node of [...now.keys()]) settle(node);
    for (const node of setBackBy(plan, lines, at)) all.delete(node);
    if (body.kind === 'step-succeeded') settle(String(body['node']));
    const decided = decidedIn(plan, line);
    if (!decided) continue;
    // Another round is a whole choice; whatever else its step has left open is asked for again.
    if (decided.again) {
      now.delete(decided.node);
      push(decided.node, decided.edge);
    } else now.set(decided.node, [...(now.get(decided.node) ?? []), ...(decided.taken ? [decided.edge] : [])]);
  }
  for (const node of [...now.keys()]) settle(node);
  return Object.fromEntries(all);
}

/** The steps that a line sets back, because a person has the run go on with one before them. */
export function setBackBy(plan: Plan, lines: readonly Line[], at: number): readonly string[] {
  const body = lines[at]?.body;
  if (body?.kind !== 'next-step-set' || refusalOf(lines, at) !== undefined) return [];
  const node = String(body['node']);
  return [node, ...reachableFrom(plan, node)];
}

interface Decided {
  readonly node: string;
  readonly edge: string;
  readonly taken: boolean;
  readonly again: boolean;
}

/** What a line says that somebody decided about an edge or a loop; undefined when a guard did, or nothing was decided. */
function decidedIn(plan: Plan, { body }: Line): Decided | undefined {
  if (body['by'] !== 'engineer' && body['by'] !== 'model') return undefined;
  if (body.kind === 'edge-decided') {
    const edge = String(body['edge']);
    const node = findEdge(plan, edge)?.from;
    return node === undefined ? undefined : { node, edge, taken: body['status'] === 'enabled', again: false };
  }
  if (body.kind !== 'repeat-decided') return undefined;
  const edge = String(body['repeat']);
  const node = plan.repeats.find(({ id }) => id === edge)?.from;
  return node === undefined ? undefined : { node, edge, taken: false, again: body['again'] === true };
}
