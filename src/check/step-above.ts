// The step whose query a table speaks of: a table that is read as cases lies behind the words of its step, and not in them.
import type { Span } from '../base/index.ts';
import type { PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';

/** The last step with code above the place, under the same heading. */
export function stepAbove({ plan, facts }: CheckInput, place: Span): PlanNode | undefined {
  const { section } = facts.sectionAt(place.start);
  return plan.nodes.findLast(
    ({ source, actions }) =>
      source !== undefined &&
      source.span.start <= place.start &&
      actions.some((action) => action.source.span.end <= place.start) &&
      facts.sectionAt(source.span.start).section === section,
  );
}
