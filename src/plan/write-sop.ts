// The plan as a standard operating procedure: a flat list of named steps in the order they can be done, for people and
// for programs that know no graphs. One way only; nothing reads it back.
import { findNode, outputEdges, topologicalOrder } from './graph.ts';
import type { NodeId, Plan, PlanEdge, PlanNode } from './plan.ts';
import { sopSchemaUri, type Sop } from './sop.ts';

/** The plan as SOP file content, JSON text with a last line ending. The same plan gives the same bytes. */
export function writeSop(plan: Plan): string {
  return `${JSON.stringify(toSop(plan), null, 2)}\n`;
}

/** The plan as the SOP format's own type. Start and end are not steps; what leads to the end says so in words. */
export function toSop(plan: Plan): Sop {
  const back = waysBack(plan);
  const steps = topologicalOrder(plan)
    .map((id) => findNode(plan, id))
    .filter((node): node is PlanNode => node?.kind === 'step');
  return {
    $schema: sopSchemaUri,
    version: 1,
    name: plan.guide.title,
    description: findNode(plan, 'start')?.description ?? '',
    ...(plan.guide.parameters.length > 0 && {
      parameters: plan.guide.parameters.map(({ name, description, required }) => ({
        name,
        ...(description !== undefined && { description }),
        required,
      })),
    }),
    begin: outputEdges(plan, 'start').map((edge) => edge.to),
    steps: steps.map((node) => ({
      name: node.id,
      title: node.title,
      description: node.description,
      ...(node.needsApproval && { needsApproval: true }),
      ...(node.undo !== undefined && { undo: node.undo }),
      ...(node.verify !== undefined && { verify: node.verify }),
      steps: node.actions.map(({ id, language, tool, code }) => ({
        name: id,
        language,
        ...(tool !== undefined && { tool }),
        code,
      })),
      next: [...outputEdges(plan, node.id).map(toNext), ...(back.get(node.id) ?? [])],
      ...(node.source && { source: { startLine: node.source.startLine, endLine: node.source.endLine } }),
    })),
  };
}

type Next = Sop['steps'][number]['next'][number];

function toNext(edge: PlanEdge): Next {
  return {
    step: edge.to,
    ...(edge.condition !== null && { when: edge.condition }),
    ...(edge.guard?.kind === 'cel' && { guard: edge.guard.cel }),
    ...(edge.outcome && { outcome: edge.outcome }),
    ...(edge.onFailure && { onFailure: true }),
  };
}

/** Ways back, by the step that they leave. */
function waysBack(plan: Plan): ReadonlyMap<NodeId, readonly Next[]> {
  const found = new Map<NodeId, Next[]>();
  for (const { from, to, condition, guard, max } of plan.repeats) {
    const ways = found.get(from) ?? [];
    ways.push({
      step: to,
      ...(condition !== null && { when: condition }),
      ...(guard?.kind === 'cel' && { guard: guard.cel }),
      atMost: max,
    });
    found.set(from, ways);
  }
  return found;
}
