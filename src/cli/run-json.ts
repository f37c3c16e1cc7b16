// The JSON object that `run --json`, `resume --json` and `replay --json` print: a format of its own, so that scripts keep
// working when the run's inner types change. Fields are only ever added. docs/cli.md describes it.
import type { Json, LineIndex } from '../base/index.ts';
import { findNode, type Action, type Plan } from '../plan/index.ts';
import type { ActionFailure, ActionView, ModelUseView, RunRequest, RunView } from '../run/index.ts';
import { placeOfFailure } from './failure-place.ts';

/** The object for a run's view. `lines` places errors in the guide; null when its text is not at hand. */
export function toRunJson(
  view: RunView,
  about: { readonly plan: Plan; readonly lines: LineIndex | null; readonly journal: string | null },
): Json {
  return {
    outcome: view.outcome ?? null,
    reason: view.reason ?? null,
    ...(view.environment !== undefined && { environment: view.environment }),
    steps: view.steps
      .filter(
        (step) => findNode(about.plan, step.node)?.kind !== 'end' && findNode(about.plan, step.node)?.kind !== 'start',
      )
      .map((step) => ({
        node: step.node,
        status: step.status,
        ...(step.note !== undefined && { note: step.note }),
        ...(step.finding && { finding: { ...step.finding, quotes: [...step.finding.quotes] } }),
        // Places are those of the run's own guide; a called one's are in another text.
        actions: step.actions.map((action) =>
          findNode(about.plan, step.node)?.within === undefined
            ? actionJson(action, actionOf(about.plan, action.id), about.lines)
            : actionJson(action, undefined, null),
        ),
      })),
    edges: view.edges.map((edge) => ({
      edge: edge.edge,
      status: edge.status,
      decidedBy: edge.decidedBy ?? null,
      ...(edge.because !== undefined && { because: edge.because }),
    })),
    requests: view.requests.map(requestJson),
    modelCalls: view.modelCalls,
    ...(view.modelUse && { modelUse: modelUseJson(view.modelUse) }),
    journal: about.journal,
  };
}

function modelUseJson({ input, output, estimated, ms, costs }: ModelUseView): Json {
  return {
    tokens: { input, output, ...(estimated && { estimated }) },
    ms,
    ...(costs && { costs: costs.map(({ amount, currency }) => ({ amount, currency })) }),
  };
}

function actionJson(view: ActionView, action: Action | undefined, lines: LineIndex | null): Json {
  const result = view.result ?? view.failure?.partial;
  return {
    id: view.id,
    status: view.status,
    effect: view.effect,
    ...(view.byModel && { by: 'model' }),
    ...(view.tool !== undefined && { tool: view.tool }),
    ...(view.text !== undefined && { code: view.text }),
    columns: result?.columns?.map((column) => column.name) ?? null,
    rows: result?.rows ?? null,
    rowCount: result?.rowCount ?? null,
    text: result?.text ?? null,
    ...(result?.outcome !== undefined && { outcome: result.outcome }),
    ...(result?.errorText !== undefined && { errorText: result.errorText }),
    ...(result?.status !== undefined && { httpStatus: result.status }),
    ...(result?.json !== undefined && { json: result.json }),
    exitCode: result?.exitCode ?? null,
    ...(result && result.notes.length > 0 && { notes: result.notes }),
    error: view.failure ? errorJson(view.failure, action, lines) : null,
    ...(view.explanation?.kind === 'refused' && { explained: errorJson(view.explanation.failure, action, lines) }),
    ...(view.needsApproval !== undefined && { needsApproval: view.needsApproval }),
  };
}

function errorJson(failure: ActionFailure, action: Action | undefined, lines: LineIndex | null): Json {
  const place = placeOfFailure(failure, action, lines);
  return {
    reason: failure.reason,
    message: failure.message,
    ...(place && { line: place.line, ...(place.column !== undefined && { column: place.column }) }),
  };
}

function requestJson(request: RunRequest): Json {
  switch (request.kind) {
    case 'decision':
      return {
        kind: request.kind,
        node: request.node,
        because: request.because,
        choices: request.choices.map(({ edge, to, condition, again }) => ({
          edge,
          to,
          condition,
          ...(again && { again }),
        })),
        ...(request.model && { model: { name: request.model.name, because: request.model.because } }),
      };
    case 'approval':
      return {
        kind: request.kind,
        node: request.node,
        action: request.action,
        tool: request.tool,
        effect: request.effect,
        text: request.text,
        because: request.because,
        hash: request.hash,
        ...(request.people !== undefined && { people: request.people }),
        ...(request.givenBy && { givenBy: request.givenBy }),
        ...(request.approved && { approved: true }),
      };
    case 'parameter':
      return {
        kind: request.kind,
        node: request.node,
        name: request.name,
        ...(request.description !== undefined && { description: request.description }),
      };
    case 'unknown-outcome':
    case 'manual-action':
      return { kind: request.kind, node: request.node, action: request.action, text: request.text };
  }
}

function actionOf(plan: Plan, id: string): Action | undefined {
  for (const node of plan.nodes) for (const action of node.actions) if (action.id === id) return action;
  return undefined;
}
