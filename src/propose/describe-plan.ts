// A plan in few words, for a model: its steps with what their results hold, and the ways between them.
import { shapeOfAction } from '../guard/index.ts';
import type { Plan, PlanNode } from '../plan/index.ts';

/** Steps that are told; of a larger plan those nearest to the passage matter, and those are told first by the caller. */
const mostSteps = 120;

/** Lines such as `Step2 "Look at the pods"; its result has rows (columns: phase, restarts), rowCount`. */
export function describePlan(plan: Plan): string {
  const steps = plan.nodes.filter(({ kind }) => kind === 'step').slice(0, mostSteps);
  const ways = [...plan.edges, ...plan.repeats].map(({ from, to, condition, guard }) => {
    const words = condition === null ? '' : `: ${condition}`;
    return `${from} -> ${to}${words}${guard?.kind === 'cel' ? ` [${guard.cel}]` : ''}`;
  });
  return ['Steps:', ...steps.map(describeStep), '', 'Ways so far:', ...ways.slice(0, 3 * mostSteps)].join('\n');
}

function describeStep(node: PlanNode): string {
  const action = node.actions.at(-1);
  if (!action) return `${node.id} "${node.title}"; it has no result`;
  const { columns, members } = shapeOfAction(action);
  const names = columns?.map(({ name, values }) => (values?.length ? `${name} (${values.join(' or ')})` : name));
  const has = names && names.length > 0 ? `rows (columns: ${names.join(', ')})` : '';
  const others = members.filter((member) => has === '' || member !== 'rows');
  return `${node.id} "${node.title}"; its result has ${[has, ...others].filter((word) => word !== '').join(', ')}`;
}
