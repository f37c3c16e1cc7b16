// A guide that opens with a choice ("Common issues" and a section for each) is entered where one of the ways holds: the choice is
// made at the start of the plan, and no step of its own stands before it.
import type { Plan, PlanEdge } from '../plan/index.ts';
import { isBare } from './bare-step.ts';
import type { Step } from './draft.ts';

/**
 * The plan without a first step that only chooses. It stays when it has something to do or to approve, or code that nobody can run, when words in it were not
 * read, when it is the guide's words that offer the choice, and when another step leads back to it. The start then stands where the choice is written.
 */
export function foldOpening(plan: Plan, steps: readonly Step[]): Plan {
  const [first] = steps;
  const node = first?.chooses && !first.offers && plan.nodes.find(({ id }) => id === first.id);
  if (!node || !isBare(plan, node) || first?.blocks.some(({ kind }) => kind === 'code')) return plan;
  const { id } = node;
  if (plan.edges.some(({ from, to }) => to === id && from !== 'start')) return plan;
  const { titleSource } = node;
  const place = titleSource && { source: titleSource, titleSource };
  return {
    ...plan,
    nodes: plan.nodes
      .filter((other) => other !== node)
      .map((other) => (other.kind === 'start' ? { ...other, ...place } : other)),
    edges: plan.edges.filter(({ to }) => to !== id).map((edge) => (edge.from === id ? fromStart(edge) : edge)),
  };
}

function fromStart(edge: PlanEdge): PlanEdge {
  return { ...edge, from: 'start', id: edge.id.replace(`edge_${edge.from}_`, 'edge_start_') };
}
