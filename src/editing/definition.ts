// Where a jump leads: from the sentence that states edges to the steps they go to, and from a placeholder to its
// parameter's declaration.
import { touches, type Span } from '../base/index.ts';
import type { Analysis } from './analyze.ts';
import { actionAt, edgesAt, titleSpanOfNode } from './places.ts';

/** Places to go to; empty when the offset stands on nothing that leads anywhere. */
export function definitionAt({ plan }: Analysis, offset: number): readonly Span[] {
  const placeholder = actionAt(plan, offset)?.placeholders.find(({ span }) => touches(span, offset));
  if (placeholder) {
    const declaration = plan.guide.parameters.find(({ name }) => name === placeholder.parameter);
    return declaration?.origin === 'declared' && declaration.source ? [declaration.source.span] : [];
  }
  return edgesAt(plan, offset).flatMap((edge) => titleSpanOfNode(plan, edge.to) ?? []);
}
