// The plan as a tree for a view beside the text: steps as the outline nests them, under each the ways that leave it, with the
// author's condition and how it is decided.
import type { Span } from '../base/index.ts';
import { describeGuard } from '../guard/index.ts';
import { findNode, outputEdges, type EdgeId, type NodeId, type PlanEdge } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { outline, type OutlineItem } from './outline.ts';

export type PlanTreeItem = PlanTreeStep | PlanTreeWay;

export interface PlanTreeStep {
  readonly kind: 'step';
  readonly node: NodeId;
  readonly label: string;
  /** Where its name stands. */
  readonly span: Span;
  readonly children: readonly PlanTreeItem[];
}

/** A way that leaves the step it stands under. */
export interface PlanTreeWay {
  readonly kind: 'way';
  readonly edge: EdgeId;
  readonly from: NodeId;
  readonly to: NodeId;
  /** Where it leads. */
  readonly label: string;
  /** The condition in the author's words; null when it has none. */
  readonly condition: string | null;
  readonly decided: 'always' | 'guard' | 'else' | 'person' | 'failure' | 'loop';
  /** The guard in words, when one decides. */
  readonly guard: string | null;
  /** The sentence that states it; the step's name when nobody wrote it. */
  readonly span: Span;
}

export function planTree(analysis: Analysis): readonly PlanTreeStep[] {
  return outline(analysis).flatMap((item) => step(analysis, item));
}

function step(analysis: Analysis, item: OutlineItem): PlanTreeStep[] {
  if (item.kind !== 'step') return [];
  const { plan } = analysis;
  const inner = item.children.flatMap((child) => step(analysis, child));
  const ways = outputEdges(plan, item.node).map((edge) => way(analysis, edge, item));
  const loops = plan.repeats
    .filter(({ from }) => from === item.node)
    .map((repeat): PlanTreeWay => {
      const guard = repeat.guard?.kind === 'cel' ? describeGuard(repeat.guard.cel) : null;
      const label = `${target(analysis, repeat.to)}, at most ${String(repeat.max)}×`;
      const { id: edge, from, to, condition } = repeat;
      return {
        kind: 'way',
        edge,
        from,
        to,
        label,
        condition,
        decided: 'loop',
        guard,
        span: repeat.source?.span ?? item.nameSpan,
      };
    });
  return [
    { kind: 'step', node: item.node, label: item.name, span: item.nameSpan, children: [...ways, ...loops, ...inner] },
  ];
}

function way(analysis: Analysis, edge: PlanEdge, item: OutlineItem): PlanTreeWay {
  const { id, from, to, condition, guard, outcome } = edge;
  const label = to === 'end' ? (outcome === undefined ? 'end' : `end: ${outcome}`) : target(analysis, to);
  const words = guard?.kind === 'cel' ? describeGuard(guard.cel) : null;
  return {
    kind: 'way',
    edge: id,
    from,
    to,
    label,
    condition,
    decided: decidedBy(edge),
    guard: words,
    span: edge.source?.span ?? item.nameSpan,
  };
}

function decidedBy({ condition, guard, onFailure }: PlanEdge): PlanTreeWay['decided'] {
  if (onFailure) return 'failure';
  if (condition === null) return 'always';
  if (!guard) return 'person';
  return guard.kind === 'else' ? 'else' : 'guard';
}

/** A step as its heading has it. */
function target({ guide, plan }: Analysis, id: NodeId): string {
  const node = findNode(plan, id);
  const name = node?.titleSource?.span;
  const words = name ? guide.text.slice(name.start, name.end).replace(/\s+/g, ' ').trim() : '';
  return words || [id, node?.title].filter(Boolean).join(' ');
}
