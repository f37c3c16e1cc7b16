// What stands above each step in the editor: run the guide from here, or see what that would do. A guide most of whose steps are mere
// paragraphs would be littered by that, or have nothing of it; there one line above the guide says what it is and starts it whole.
import type { Span } from '../base/index.ts';
import { titleSpanOfNode } from './places.ts';
import type { NodeId } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { flatGuide } from './flat-guide.ts';
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

/** The line above a guide. */
export interface GuideLens {
  /** The first heading, or whatever the guide begins with. */
  readonly span: Span;
  readonly steps: number;
  /** Passages that ask for something and could not be read as control flow. */
  readonly unread: readonly Span[];
}

/** For a guide most of whose steps have no lens of their own; null for others, and for one without a step. */
export function guideLens(analysis: Analysis): GuideLens | null {
  const { guide, plan, diagnostics } = analysis;
  const steps = plan.nodes.filter(({ kind }) => kind === 'step').length;
  const own = new Set(codeLenses(analysis).map(({ node }) => node)).size;
  if (steps === 0 || own * 2 >= steps) return null;
  const { headings, blocks } = flatGuide(guide);
  const span = headings[0]?.span ?? blocks[0]?.span ?? { start: 0, end: 0 };
  return { span, steps, unread: diagnostics.filter(({ code }) => code === 'plan.not-read').map((one) => one.span) };
}
