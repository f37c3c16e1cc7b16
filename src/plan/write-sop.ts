// The plan as a standard operating procedure: a flat list of named steps in the order they can be done, for people and
// for programs that know no graphs. read-sop.ts reads it back: steps, ways, conditions and actions; not where they stood.
import { findNode, outputEdges, topologicalOrder } from './graph.ts';
import type { Action, NodeId, Parameter, Plan, PlanEdge, PlanNode, Repeat } from './plan.ts';
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
      parameters: plan.guide.parameters.map(toParameter),
    }),
    begin: outputEdges(plan, 'start').map((edge) => {
      const next = toNext(edge);
      return Object.keys(next).length === 1 ? next.step : next;
    }),
    steps: steps.map((node) => ({
      name: node.id,
      title: node.title,
      description: node.description,
      ...(node.needsApproval && { needsApproval: true }),
      ...(node.safeToRepeat && { safeToRepeat: true }),
      ...(node.undo !== undefined && { undo: node.undo }),
      ...(node.verify !== undefined && { verify: node.verify }),
      steps: node.actions.map(toAction),
      next: [...outputEdges(plan, node.id).map(toNext), ...(back.get(node.id) ?? [])],
      ...(node.source && { source: { startLine: node.source.startLine, endLine: node.source.endLine } }),
    })),
  };
}

type Next = Sop['steps'][number]['next'][number];

function toNext(edge: PlanEdge): Next {
  return {
    step: edge.to,
    ...toCondition(edge),
    ...(edge.timing !== undefined && { timing: edge.timing }),
    ...(edge.outcome && { outcome: edge.outcome }),
    ...(edge.onFailure && { onFailure: true }),
  };
}

function toCondition({ condition, guard }: PlanEdge | Repeat): Pick<Next, 'when' | 'guard' | 'otherwise'> {
  return {
    ...(condition !== null && { when: condition }),
    ...(guard?.kind === 'cel' && { guard: guard.cel }),
    ...(guard?.kind === 'else' && { otherwise: true }),
  };
}

/** Ways back, by the step that they leave. */
function waysBack(plan: Plan): ReadonlyMap<NodeId, readonly Next[]> {
  const found = new Map<NodeId, Next[]>();
  for (const repeat of plan.repeats) {
    const ways = found.get(repeat.from) ?? [];
    const { to, max, waitMs, onFailure } = repeat;
    ways.push({
      step: to,
      ...toCondition(repeat),
      ...(onFailure && { onFailure: true }),
      atMost: max,
      ...(waitMs !== undefined && { waitMs }),
    });
    found.set(repeat.from, ways);
  }
  return found;
}

function toParameter(parameter: Parameter): NonNullable<Sop['parameters']>[number] {
  return {
    name: parameter.name,
    ...(parameter.description !== undefined && { description: parameter.description }),
    required: parameter.required,
    ...(parameter.type !== 'string' && { type: parameter.type }),
    ...(parameter.default !== undefined && { default: parameter.default }),
    ...(parameter.pattern !== undefined && { pattern: parameter.pattern }),
    ...(parameter.secret && { secret: true }),
  };
}

function toAction(action: Action): Sop['steps'][number]['steps'][number] {
  const placeholders = placesInCode(action);
  return {
    name: action.id,
    language: action.language,
    ...(action.tool !== undefined && { tool: action.tool }),
    code: action.code,
    ...(action.effect !== 'unknown' && { effect: action.effect }),
    ...(placeholders.length > 0 && { placeholders }),
  };
}

/** Placeholders by their offsets in the code itself; one whose line is not known is left out. */
function placesInCode({ code, lineOffsets, placeholders }: Action) {
  const starts = lineStarts(code);
  return placeholders.flatMap(({ parameter, span }) => {
    const line = lineOffsets.findLastIndex((offset, index) => offset <= span.start && index < starts.length);
    const start = (starts[line] ?? 0) + span.start - (lineOffsets[line] ?? 0);
    const end = start + span.end - span.start;
    const lineEnd = starts[line + 1] ?? code.length + 1;
    return line < 0 || end > code.length || start >= lineEnd ? [] : [{ parameter, start, end }];
  });
}

/** Offset of each line of a code. */
export function lineStarts(code: string): readonly number[] {
  const starts = [0];
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
