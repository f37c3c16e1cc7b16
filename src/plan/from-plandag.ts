// A sound PlanDAG as a plan value; the inverse of toPlanDag. What StepFly's files do not say is left empty, not guessed.
import type { Action, Guard, GuideInfo, Parameter, Plan, PlanEdge, PlanNode, Repeat, Source } from './plan.ts';
import type { PlanDag, WireAction, WireGuard, WireNode, WireParameter, WireRepeat, WireSource } from './plandag.ts';

/** `dag` must have passed the schema and `soundness`. */
export function fromPlanDag(dag: PlanDag): Plan {
  const targets = new Map(dag.nodes.flatMap((node) => node.input_edges.map(({ edge }) => [edge, node.node] as const)));
  const order = (node: WireNode): number => (node.node === 'start' ? 0 : node.node === 'end' ? 2 : 1);
  // A called guide's nodes stand between the others, its own start and end among them.
  const nodes = [...dag.nodes].sort((a, b) => order(a) - order(b));
  return {
    guide: fromGuide(dag.guide),
    nodes: nodes.map(fromNode),
    edges: nodes.flatMap((node) =>
      node.output_edges.map((edge): PlanEdge => ({
        id: edge.edge,
        from: node.node,
        to: edge.to ?? targets.get(edge.edge) ?? '',
        ...fromTimed(edge.condition, edge.timing === true),
        ...(edge.guard && { guard: fromGuard(edge.guard) }),
        ...(edge.outcome && { outcome: edge.outcome }),
        ...(edge.onFailure !== undefined && { onFailure: edge.onFailure }),
        ...(edge.source && { source: fromSource(edge.source) }),
      })),
    ),
    repeats: (dag.repeats ?? []).map(fromRepeat),
    notRead: (dag.notRead ?? []).map(({ node, text, reason, source }) => ({
      ...(node !== undefined && { node }),
      text,
      reason,
      source: fromSource(source),
    })),
  };
}

function fromGuide(guide: PlanDag['guide']): GuideInfo {
  if (!guide) return { title: '', file: '', sha256: '', parameters: [] };
  return {
    title: guide.title,
    file: guide.file,
    sha256: guide.sha256,
    ...(guide.owner !== undefined && { owner: guide.owner }),
    ...(guide.alerts && { alerts: guide.alerts }),
    ...(guide.verified !== undefined && { verified: guide.verified }),
    parameters: guide.parameters.map(fromParameter),
  };
}

function fromParameter(parameter: WireParameter): Parameter {
  return {
    name: parameter.name,
    type: parameter.type,
    ...(parameter.description !== undefined && { description: parameter.description }),
    ...(parameter.default !== undefined && { default: parameter.default }),
    ...(parameter.examples && { examples: parameter.examples }),
    ...(parameter.pattern !== undefined && { pattern: parameter.pattern }),
    required: parameter.required,
    secret: parameter.secret ?? false,
    origin: parameter.origin ?? 'declared',
    ...(parameter.source && { source: fromSource(parameter.source) }),
  };
}

function fromNode(node: WireNode): PlanNode {
  return {
    id: node.node,
    kind: kindOf(node),
    title: node.title ?? node.node,
    description: node.description,
    actions: (node.actions ?? []).map(fromAction),
    needsApproval: node.needsApproval ?? false,
    safeToRepeat: node.safeToRepeat ?? false,
    ...(node.undo !== undefined && { undo: node.undo }),
    ...(node.verify !== undefined && { verify: node.verify }),
    ...(node.yields && { yields: node.yields }),
    ...(node.uses && {
      uses: node.uses.map(({ from, what, source }) => ({ from, what, ...(source && { source: fromSource(source) }) })),
    }),
    ...(node.calls && {
      calls: node.calls.map(({ path, anchor, title, after, source }) => ({
        path,
        ...(anchor !== undefined && { anchor }),
        title,
        after,
        source: fromSource(source),
      })),
    }),
    ...(node.within !== undefined && { within: node.within }),
    ...(node.source && { source: fromSource(node.source) }),
    ...(node.titleSource && { titleSource: fromSource(node.titleSource) }),
  };
}

function fromAction(action: WireAction): Action {
  return {
    id: action.id,
    language: action.language,
    ...(action.tool !== undefined && { tool: action.tool }),
    ...(action.as !== undefined && { resultName: action.as }),
    ...(action.dialect !== undefined && { dialect: action.dialect }),
    ...(action.timeoutMs !== undefined && { timeoutMs: action.timeoutMs }),
    ...(action.retries !== undefined && { retries: action.retries }),
    code: action.code,
    source: fromSource(action.source),
    lineOffsets: action.lineOffsets ?? [],
    placeholders: (action.placeholders ?? []).map(({ parameter, start, end }) => ({ parameter, span: { start, end } })),
    parameters: action.parameters,
    effect: action.effect,
    ...(action.guide && { guide: action.guide }),
  };
}

function kindOf({ node, within }: WireNode): PlanNode['kind'] {
  const own = within !== undefined && node.startsWith(`${within}/`) ? node.slice(within.length + 1) : node;
  return own === 'start' || own === 'end' ? own : 'step';
}

function fromRepeat(repeat: WireRepeat): Repeat {
  return {
    id: repeat.edge,
    from: repeat.from,
    to: repeat.to,
    condition: fromCondition(repeat.condition),
    ...(repeat.guard && { guard: fromGuard(repeat.guard) }),
    ...(repeat.onFailure !== undefined && { onFailure: repeat.onFailure }),
    max: repeat.max,
    ...(repeat.waitMs !== undefined && { waitMs: repeat.waitMs }),
    ...(repeat.source && { source: fromSource(repeat.source) }),
  };
}

function fromGuard(guard: WireGuard): Guard {
  if ('else' in guard) return { kind: 'else', origin: guard.origin };
  return {
    kind: 'cel',
    cel: guard.cel,
    origin: guard.origin,
    ...(guard.source && { source: fromSource(guard.source) }),
  };
}

/** A condition that only says when is no condition. */
function fromTimed(words: string, timed: boolean): Pick<PlanEdge, 'condition' | 'timing'> {
  const condition = fromCondition(words);
  return timed && condition !== null ? { condition: null, timing: condition } : { condition };
}

/** StepFly writes `none`, in one place or another with a capital letter. */
function fromCondition(condition: string): string | null {
  return condition.trim().toLowerCase() === 'none' ? null : condition;
}

/** Without offsets the span is the empty one at 0, which no real source has; the lines still hold. */
function fromSource({ startLine, endLine, start, end }: WireSource): Source {
  return { span: { start: start ?? 0, end: end ?? start ?? 0 }, startLine, endLine };
}
