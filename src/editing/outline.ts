// The steps of a guide as a tree, for outlines and breadcrumbs: `Step3.1` stands under `Step3`, actions under their step.
import { cover, type Span } from '../base/index.ts';
import type { Action, NodeId, PlanNode } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { writtenSteps } from './step-names.ts';

/** `span` covers the item with its children; `nameSpan` is where its name stands, inside of `span`. */
export interface OutlineItem {
  readonly kind: 'step' | 'action';
  readonly name: string;
  readonly detail: string;
  readonly node: NodeId;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}

export function outline({ guide, plan }: Analysis): readonly OutlineItem[] {
  const written = writtenSteps({ guide, plan });
  const ids = new Set(plan.nodes.map((node) => node.id));
  const under = new Map<NodeId | null, PlanNode[]>();
  for (const node of plan.nodes) {
    if (node.kind !== 'step' || !node.source) continue;
    const step = written.get(node.id);
    const parent = step?.kind === 'passage' && step.owner !== node.id ? step.owner : parentOf(node.id, ids);
    const siblings = under.get(parent) ?? [];
    siblings.push(node);
    under.set(parent, siblings);
  }

  const item = (node: PlanNode): OutlineItem | null => {
    if (!node.source) return null;
    const steps = (under.get(node.id) ?? []).flatMap((child) => item(child) ?? []);
    const children = [...node.actions.map((action) => actionItem(node, action)), ...steps];
    const nameSpan = node.titleSource?.span ?? node.source.span;
    return {
      kind: 'step',
      name: node.titleSource
        ? oneLine(guide.text.slice(nameSpan.start, nameSpan.end))
        : `${node.id} ${node.title}`.trim(),
      detail: node.id,
      node: node.id,
      span: children.reduce((all, child) => cover(all, child.span), cover(node.source.span, nameSpan)),
      nameSpan,
      children: children.sort((a, b) => a.span.start - b.span.start),
    };
  };
  return (under.get(null) ?? []).flatMap((node) => item(node) ?? []);
}

/** `Step3.1.2` stands under `Step3.1`, or under `Step3` when there is no such step. */
function parentOf(id: NodeId, ids: ReadonlySet<NodeId>): NodeId | null {
  for (let dot = id.lastIndexOf('.'); dot > 0; dot = id.lastIndexOf('.', dot - 1)) {
    if (ids.has(id.slice(0, dot))) return id.slice(0, dot);
  }
  return null;
}

function actionItem(node: PlanNode, action: Action): OutlineItem {
  const span = action.source.span;
  const first = action.code.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  return {
    kind: 'action',
    name: `${action.language || 'action'} ${action.id}`,
    detail: oneLine(first),
    node: node.id,
    span,
    nameSpan: span,
    children: [],
  };
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
