// The JSON object that `run --json`, `resume --json` and `replay --json` print: a format of its own, so that scripts keep
// working when the run's inner types change. Fields are only ever added. docs/cli.md describes it.
import type { Json, LineIndex } from '../base/index.ts';
import { findNode, type Action, type Plan } from '../plan/index.ts';
import type {
  ActionFailure,
  ActionView,
  DryReport,
  ModelUseView,
  RepeatView,
  Replay,
  RunRequest,
  RunView,
  StepView,
} from '../run/index.ts';
import { placeOfFailure } from './failure-place.ts';

interface RunJsonAbout {
  readonly plan: Plan;
  readonly lines: LineIndex | null;
  readonly journal: string | null;
  /** What steps of loops had come to in earlier rounds; absent: there was one round alone. */
  readonly earlier?: ReadonlyMap<string, readonly StepView[]>;
}

/** What earlier rounds of a run's loops had come to, told by its replay; nothing, and no replay, where none began again. */
export function roundsOf(view: RunView, replay: () => Replay): Pick<RunJsonAbout, 'earlier'> {
  const again = view.steps.some(({ actions }) => actions.some(({ attemptsBefore }) => attemptsBefore !== undefined));
  return again || view.repeats ? { earlier: replay().earlierRounds() } : {};
}

/** The object for a run's view. `lines` places errors in the guide; null when its text is not at hand. */
export function toRunJson(view: RunView, about: RunJsonAbout): Json {
  return {
    outcome: view.outcome ?? null,
    reason: view.reason ?? null,
    ...(view.environment !== undefined && { environment: view.environment }),
    steps: view.steps
      .filter(
        (step) => findNode(about.plan, step.node)?.kind !== 'end' && findNode(about.plan, step.node)?.kind !== 'start',
      )
      .map((step) => {
        const earlier = about.earlier?.get(step.node) ?? [];
        return {
          node: step.node,
          ...stepJson(step, about),
          ...(earlier.length > 0 && { earlier: earlier.map((round) => stepJson(round, about)) }),
        };
      }),
    edges: view.edges.map((edge) => ({
      edge: edge.edge,
      status: edge.status,
      decidedBy: edge.decidedBy ?? null,
      ...(edge.because !== undefined && { because: edge.because }),
    })),
    ...(view.repeats && { repeats: view.repeats.map((repeat) => repeatJson(repeat, about.plan)) }),
    requests: view.requests.map(requestJson),
    modelCalls: view.modelCalls,
    ...(view.modelUse && { modelUse: modelUseJson(view.modelUse) }),
    journal: about.journal,
  };
}

/** The object for a dry run: as for a run, with the ways back that nothing has decided yet, and the parameters without a value. */
export function toDryJson({ view, repeats, missingParameters }: DryReport, about: RunJsonAbout): Json {
  return {
    ...(toRunJson(view, about) as Record<string, Json>),
    repeats: repeats.map(({ repeat, from, to, condition, max, waitMs, decidedBy, because }) => ({
      repeat,
      from,
      to,
      condition,
      max,
      ...(waitMs !== undefined && { waitMs }),
      decidedBy,
      because,
    })),
    missingParameters: [...missingParameters],
  };
}

/** How a step stands, or how a round of it had ended. */
function stepJson(step: StepView, { plan, lines }: RunJsonAbout): Record<string, Json> {
  // Places are those of the run's own guide; a called one's are in another text.
  const isOwn = findNode(plan, step.node)?.within === undefined;
  return {
    status: step.status,
    ...(step.note !== undefined && { note: step.note }),
    ...(step.onlyWords && { onlyWords: true }),
    ...(step.finding && { finding: { ...step.finding, quotes: [...step.finding.quotes] } }),
    actions: step.actions.map((action) =>
      isOwn ? actionJson(action, actionOf(plan, action.id), lines) : actionJson(action, undefined, null),
    ),
  };
}

function repeatJson({ repeat, again, rounds, decidedBy, because }: RepeatView, plan: Plan): Json {
  const way = plan.repeats.find(({ id }) => id === repeat);
  return {
    repeat,
    from: way?.from ?? null,
    to: way?.to ?? null,
    again,
    rounds,
    decidedBy,
    ...(because !== undefined && { because }),
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
    ...(view.explanation?.kind === 'cannot-explain' && { notExplained: view.explanation.because }),
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
        ...(request.holds !== undefined && { holds: request.holds }),
        ...(request.goesOn && { goesOn: request.goesOn }),
        choices: request.choices.map(({ edge, to, condition, outcome, again }) => ({
          edge,
          to,
          condition,
          ...(outcome !== undefined && { outcome }),
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
        ...(request.where !== undefined && { where: request.where }),
        effect: request.effect,
        text: request.text,
        because: request.because,
        hash: request.hash,
        ...(request.people !== undefined && { people: request.people }),
        ...(request.expiresAfterMs !== undefined && { expiresAfterMs: request.expiresAfterMs }),
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
