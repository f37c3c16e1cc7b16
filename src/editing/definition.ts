// Where a name leads: from a mention of a step to the step, from a placeholder to its parameter's declaration, from a result's
// name to the code block that keeps it; elsewhere in a sentence that states ways, on or back, to the steps they go to.
import { touches, type Span } from '../base/index.ts';
import type { Analysis } from './analyze.ts';
import { actionAt, titleSpanOfNode, waysAt } from './places.ts';
import { declarationOf, symbolAt } from './references.ts';

/** Places to go to; empty when the offset stands on nothing that leads anywhere. */
export function definitionAt(analysis: Analysis, offset: number): readonly Span[] {
  const { plan } = analysis;
  const symbol = symbolAt(analysis, offset);
  if (symbol) {
    const span = declarationOf(analysis, symbol);
    return span ? [span] : [];
  }
  if (actionAt(plan, offset)?.placeholders.some(({ span }) => touches(span, offset)) === true) return [];
  return waysAt(plan, offset).flatMap((way) => titleSpanOfNode(plan, way.to) ?? []);
}
