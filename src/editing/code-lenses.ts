// What stands above each step in the editor: run the guide from here, or see what that would do.
import type { Span } from '../base/index.ts';
import { titleSpanOfNode } from './places.ts';
import type { NodeId } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { writtenSteps } from './step-names.ts';

export interface StepLens {
  readonly kind: 'run-from-here' | 'dry-run';
  readonly node: NodeId;
  readonly span: Span;
}

/** Two lenses a step, in the guide's order. A passage within a step is a part of it and has none. */
export function codeLenses(analysis: Analysis): readonly StepLens[] {
  const { plan } = analysis;
  const written = writtenSteps(analysis);
  return plan.nodes.flatMap((node): StepLens[] => {
    const own = node.kind === 'step' && written.get(node.id)?.kind !== 'passage';
    const span = own ? titleSpanOfNode(plan, node.id) : undefined;
    if (!span) return [];
    return [
      { kind: 'run-from-here', node: node.id, span },
      { kind: 'dry-run', node: node.id, span },
    ];
  });
}
