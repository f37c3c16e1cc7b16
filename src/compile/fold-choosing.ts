// "## OpenFaaS on Kubernetes" with nothing below it but "### It did not start", "### It is slow": the heading only chooses, and is no
// step that anyone ticks off. Where one way leads to it, the step before it chooses; behind a case of its own, by both headings.
import type { Plan, PlanEdge } from '../plan/index.ts';
import { freeEdgeIds, isBare } from './bare-step.ts';
import type { Step } from './draft.ts';

/**
 * The plan without steps further down that only choose. One of them stays when it is more than a choice (see `foldOpening`), when several ways
 * lead to it, so that each of them would have to choose, when a sentence decides ("if it hangs"), and when one of its ways needs no condition.
 */
export function foldChoosing(plan: Plan, steps: readonly Step[]): Plan {
  return steps.reduce((folded, step) => (step.chooses && !step.offers ? withoutChoice(folded, step) : folded), plan);
}

function withoutChoice(plan: Plan, { id, blocks }: Step): Plan {
  const node = plan.nodes.find((one) => one.id === id);
  if (!node || !isBare(plan, node) || blocks.some(({ kind }) => kind === 'code')) return plan;
  const [way, ...otherWays] = plan.edges.filter(({ to }) => to === id);
  const choices = plan.edges.filter(({ from }) => from === id);
  if (!way || otherWays.length > 0 || choices.length < 2) return plan;
  if (![way, ...choices].every(isNamed)) return plan;
  const idOf = freeEdgeIds(plan);
  const led = (choice: PlanEdge): PlanEdge => ({
    ...choice,
    id: idOf(way.from, choice.to),
    from: way.from,
    condition: `${way.condition ?? ''}: ${choice.condition ?? ''}`,
  });
  return {
    ...plan,
    nodes: plan.nodes.filter((one) => one !== node),
    edges: plan.edges.flatMap((edge) => (edge === way ? choices.map(led) : edge.from === id ? [] : [edge])),
  };
}

/** A case that a heading names: no sentence, and nothing that could be decided. */
function isNamed({ condition, guard, onFailure, timing, source }: PlanEdge): boolean {
  return (
    condition !== null && !guard && !onFailure && timing === undefined && !!source && !opensCondition.test(condition)
  );
}

const opensCondition =
  /^(?:if|when|whenever|in|once|after|before|for|on|unless|while|as|otherwise|until|since|alternatively)\b/i;
