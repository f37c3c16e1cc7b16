// What of a plan some runs have been through: steps, edges, and both sides of each condition.
import { hasSides, waysOf, type Coverage, type Measure, type Plan } from '../plan/index.ts';
import type { JournalText } from '../run/index.ts';

/** The coverage of a plan by the journals of runs of it. */
export function coverageOf(plan: Plan, runs: readonly JournalText['lines'][]): Coverage {
  const steps = new Set<unknown>();
  const taken = new Set<unknown>();
  const left = new Set<unknown>();
  for (const { body } of runs.flat()) {
    if (body.kind === 'step-succeeded' || body.kind === 'step-started') steps.add(body['node']);
    if (body.kind === 'repeat-decided' && body['by'] !== 'bound')
      (body['again'] === true ? taken : left).add(body['repeat']);
    if (body.kind !== 'edge-decided' || (body['status'] === 'disabled' && body['by'] === 'upstream')) continue;
    (body['status'] === 'enabled' ? taken : left).add(body['edge']);
  }
  const all = plan.nodes.filter(({ kind }) => kind === 'step').map(({ id }) => id);
  const ways = waysOf(plan);
  // Nothing is written of a loop that is entered “otherwise” and left because another condition held, nor of an “otherwise” that leads
  // on while the loop goes round.
  for (const { id, from, guard } of plan.repeats) {
    const ways = plan.edges.filter((edge) => edge.from === from && hasSides(edge));
    const others = ways.filter((edge) => edge.guard?.kind !== 'else');
    if (taken.has(id)) for (const edge of ways) if (edge.guard?.kind === 'else') left.add(edge.id);
    if (guard?.kind === 'else' && others.some((edge) => taken.has(edge.id))) left.add(id);
  }
  const conditional = ways.filter(hasSides);
  const sides = conditional.flatMap((edge) => [
    { edge, side: 'held' as const, seen: taken.has(edge.id) },
    { edge, side: 'did not hold' as const, seen: left.has(edge.id) },
  ]);
  return {
    steps: measure(all, (id) => steps.has(id)),
    edges: measure(ways, ({ id }) => taken.has(id)),
    sides: {
      covered: sides.filter(({ seen }) => seen).length,
      total: sides.length,
      missing: sides.filter(({ seen }) => !seen).map(({ edge, side }) => ({ edge, side })),
    },
  };
}

function measure<T>(all: readonly T[], isCovered: (one: T) => boolean): Measure<T> {
  const missing = all.filter((one) => !isCovered(one));
  return { covered: all.length - missing.length, total: all.length, missing };
}
