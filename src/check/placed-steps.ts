// The steps of a plan with the words that stand in them, found once for all checks of steps.
import { Memory, sameItems } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';
import type { Plan, PlanNode } from '../plan/index.ts';
import type { GuideFacts, PlacedSection } from './guide-facts.ts';
import { leadOf, stepAround } from './step-around.ts';

/** The same object while all of it is the same. */
export interface PlacedStep {
  readonly node: PlanNode;
  /** Those between its beginning and its end. */
  readonly sentences: readonly Sentence[];
  /** The step that it is a part of, which is null where it is none's. */
  readonly around: PlanNode | null;
  /** The step whose words on approval and on the way back hold for it; see `leadOf`. */
  readonly lead: PlanNode | null;
  /** The innermost section that it begins in. */
  readonly place: PlacedSection | null;
}

const placed = new Memory<Plan, readonly PlacedStep[]>();

/** The plan's nodes in their order. `facts` are those of the guide that the plan was made of. */
export function placedSteps(plan: Plan, facts: GuideFacts): readonly PlacedStep[] {
  let all = placed.get(plan);
  if (!all) placed.set(plan, (all = plan.nodes.map((node) => placedStep(plan, facts, node))));
  return all;
}

const known = new Memory<PlanNode, PlacedStep>();

function placedStep(plan: Plan, facts: GuideFacts, node: PlanNode): PlacedStep {
  const sentences = node.source ? facts.sentencesIn(node.source.span) : [];
  const around = stepAround(plan, node);
  const lead = leadOf(plan, facts, node);
  const place = node.source ? facts.sectionAt(node.source.span.start) : null;
  const last = known.get(node);
  if (last?.around === around && last.lead === lead && last.place === place && sameItems(last.sentences, sentences))
    return last;
  const made = { node, sentences, around, lead, place };
  known.set(node, made);
  return made;
}
