// Plan value to PlanDAG file. Fields that say nothing (no approval needed, not secret) are left out, so that a plain
// guide gives a plain file; read-plandag.ts fills them in again and nothing is lost on the way.
import { outputEdges, inputEdges } from './graph.ts';
import type { Action, Guard, GuideInfo, Parameter, Plan, PlanEdge, PlanNode, Repeat, Source } from './plan.ts';
import {
  planDagSchemaUri,
  type PlanDag,
  type WireAction,
  type WireEdge,
  type WireGuard,
  type WireNode,
  type WireParameter,
  type WireRepeat,
  type WireSource,
} from './plandag.ts';

/** The plan as file content, JSON text with a last line ending. The same plan gives the same bytes. */
export function writePlanDag(plan: Plan): string {
  return `${JSON.stringify(toPlanDag(plan), null, 2)}\n`;
}

/** The plan as the file format's own type. */
export function toPlanDag(plan: Plan): PlanDag {
  return {
    $schema: planDagSchemaUri,
    version: 1,
    ...(isNamed(plan.guide) && { guide: toGuide(plan.guide) }),
    nodes: plan.nodes.map((node) => toNode(plan, node)),
    ...(plan.repeats.length > 0 && { repeats: plan.repeats.map(toRepeat) }),
    ...(plan.notRead.length > 0 && {
      notRead: plan.notRead.map(({ node, text, reason, source }) => ({
        ...(node !== undefined && { node }),
        text,
        reason,
        source: toSource(source),
      })),
    }),
  };
}

/** A plan read from a file that says nothing of its guide has an empty one; it is not written back. */
function isNamed(guide: GuideInfo): boolean {
  return guide.title !== '' || guide.file !== '' || guide.sha256 !== '' || guide.parameters.length > 0;
}

function toGuide(guide: GuideInfo): NonNullable<PlanDag['guide']> {
  return {
    title: guide.title,
    file: guide.file,
    sha256: guide.sha256,
    ...(guide.owner !== undefined && { owner: guide.owner }),
    ...(guide.alerts && { alerts: [...guide.alerts] }),
    ...(guide.verified !== undefined && { verified: guide.verified }),
    parameters: guide.parameters.map(toParameter),
  };
}

function toParameter(parameter: Parameter): WireParameter {
  return {
    name: parameter.name,
    type: parameter.type,
    required: parameter.required,
    ...(parameter.description !== undefined && { description: parameter.description }),
    ...(parameter.default !== undefined && { default: parameter.default }),
    ...(parameter.examples && { examples: [...parameter.examples] }),
    ...(parameter.pattern !== undefined && { pattern: parameter.pattern }),
    ...(parameter.secret && { secret: true }),
    ...(parameter.origin === 'placeholder' && { origin: 'placeholder' as const }),
    ...(parameter.source && { source: toSource(parameter.source) }),
  };
}

function toNode(plan: Plan, node: PlanNode): WireNode {
  return {
    node: node.id,
    title: node.title,
    description: node.description,
    ...(node.needsApproval && { needsApproval: true }),
    ...(node.safeToRepeat && { safeToRepeat: true }),
    ...(node.undo !== undefined && { undo: node.undo }),
    ...(node.verify !== undefined && { verify: node.verify }),
    ...(node.yields && { yields: [...node.yields] }),
    ...(node.uses && {
      uses: node.uses.map(({ from, what, source }) => ({ from, what, ...(source && { source: toSource(source) }) })),
    }),
    ...(node.calls && {
      calls: node.calls.map(({ path, anchor, title, after, source }) => ({
        path,
        ...(anchor !== undefined && { anchor }),
        title,
        after,
        source: toSource(source),
      })),
    }),
    ...(node.within !== undefined && { within: node.within }),
    ...(node.source && { source: toSource(node.source) }),
    ...(node.titleSource && { titleSource: toSource(node.titleSource) }),
    ...(node.actions.length > 0 && { actions: node.actions.map(toAction) }),
    input_edges: inputEdges(plan, node.id).map((edge) => ({ edge: edge.id })),
    output_edges: outputEdges(plan, node.id).map(toEdge),
  };
}

function toAction(action: Action): WireAction {
  return {
    id: action.id,
    language: action.language,
    ...(action.tool !== undefined && { tool: action.tool }),
    ...(action.resultName !== undefined && { as: action.resultName }),
    ...(action.dialect !== undefined && { dialect: action.dialect }),
    ...(action.timeoutMs !== undefined && { timeoutMs: action.timeoutMs }),
    ...(action.retries !== undefined && { retries: action.retries }),
    code: action.code,
    parameters: [...action.parameters],
    ...(action.placeholders.length > 0 && {
      placeholders: action.placeholders.map(({ parameter, span }) => ({
        parameter,
        start: span.start,
        end: span.end,
      })),
    }),
    effect: action.effect,
    source: toSource(action.source),
    ...(action.lineOffsets.length > 0 && { lineOffsets: [...action.lineOffsets] }),
    ...(action.guide && { guide: { ...action.guide } }),
  };
}

function toEdge(edge: PlanEdge): WireEdge {
  return {
    edge: edge.id,
    to: edge.to,
    condition: edge.condition ?? edge.timing ?? 'none',
    ...(edge.condition === null && edge.timing !== undefined && { timing: true }),
    ...(edge.guard && { guard: toGuard(edge.guard) }),
    ...(edge.outcome && { outcome: edge.outcome }),
    ...(edge.onFailure !== undefined && { onFailure: edge.onFailure }),
    ...(edge.source && { source: toSource(edge.source) }),
  };
}

function toRepeat(repeat: Repeat): WireRepeat {
  return {
    edge: repeat.id,
    from: repeat.from,
    to: repeat.to,
    condition: repeat.condition ?? 'none',
    ...(repeat.guard && { guard: toGuard(repeat.guard) }),
    ...(repeat.onFailure !== undefined && { onFailure: repeat.onFailure }),
    max: repeat.max,
    ...(repeat.waitMs !== undefined && { waitMs: repeat.waitMs }),
    ...(repeat.source && { source: toSource(repeat.source) }),
  };
}

function toGuard(guard: Guard): WireGuard {
  if (guard.kind === 'else') return { else: true, origin: guard.origin };
  return { cel: guard.cel, origin: guard.origin, ...(guard.source && { source: toSource(guard.source) }) };
}

/** A source known only by its lines has the empty span at 0 (see read-plandag.ts) and keeps its offsets out. */
function toSource({ span, startLine, endLine }: Source): WireSource {
  return { startLine, endLine, ...(span.end > 0 && { start: span.start, end: span.end }) };
}
