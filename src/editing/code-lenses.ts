// What stands above each step in the editor: run the guide from here, or see what that would do.
import type { Span } from '../base/index.ts';
import { titleSpanOfNode } from './places.ts';
import type { NodeId } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';

export interface StepLens {
  readonly kind: 'run-from-here' | 'dry-run';
  readonly node: NodeId;
  readonly span: Span;
}

/** Two lenses a step, in the guide's order. */
export function codeLenses({ plan }: Analysis): readonly StepLens[] {
  return plan.nodes.flatMap((node): StepLens[] => {
    const span = node.kind === 'step' ? titleSpanOfNode(plan, node.id) : undefined;
    if (!span) return [];
    return [
      { kind: 'run-from-here', node: node.id, span },
      { kind: 'dry-run', node: node.id, span },
    ];
  });
}
