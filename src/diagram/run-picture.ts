// A run as the picture shows it: statuses, who decided, and one line of each result. Made from the run's view,
// small enough to send on every change: rows, texts and streams stay behind.
import { unreachable } from '../base/index.ts';
import type { Plan, PlanNode } from '../plan/index.ts';
import {
  hasNoTable,
  isAffectedNote,
  withWayNames,
  type ActionView,
  type DecidedBy,
  type EdgeStatus,
  type RunOutcome,
  type RunRequest,
  type RunView,
  type StepStatus,
} from '../run/index.ts';
import { nodeLabel } from './measure-plan.ts';

export interface StepPicture {
  readonly node: string;
  readonly status: StepStatus;
  readonly durationMs?: number;
  /** What came of it, in one line: `27 rows`, `exit code 1`, the database's message. */
  readonly summary?: string;
  /** Guides that the step goes through, in order, with their steps. */
  readonly inside?: readonly InsidePicture[];
}

export interface InsidePicture {
  readonly title: string;
  readonly steps: readonly { readonly label: string; readonly title: string; readonly status: StepStatus }[];
}

export interface EdgePicture {
  readonly edge: string;
  readonly status: EdgeStatus;
  readonly decidedBy?: DecidedBy;
  readonly because?: string;
}

export interface RunPicture {
  readonly run: string;
  readonly mode: RunView['mode'];
  readonly phase: RunView['phase'];
  readonly outcome?: RunOutcome;
  readonly reason?: string;
  readonly steps: readonly StepPicture[];
  readonly edges: readonly EdgePicture[];
  /** Open questions, each one sentence; `node` is where it is asked. */
  readonly questions: readonly { readonly node: string; readonly text: string }[];
}

/**
 * The picture of a run at this moment: of the steps that its own guide has, or those of the guide that the action `call` goes
 * through, by the names of that guide. `plan` is the run's, with every guide that is called; without it all steps are shown.
 */
export function pictureRun(view: RunView, plan?: Plan, call: string | null = null): RunPicture {
  const whole = pictureWhole(view, plan);
  return plan?.nodes.some(({ within }) => within !== undefined) ? partOf(whole, plan, call) : whole;
}

function partOf(whole: RunPicture, plan: Plan, call: string | null): RunPicture {
  const nodes = new Map(plan.nodes.map((node) => [node.id, node]));
  const isIn = (id: string): boolean => (nodes.get(id)?.within ?? null) === call;
  const own = (name: string): string => (call === null ? name : name.slice(call.length + 1));
  const callers = new Map(plan.nodes.flatMap((node) => node.actions.map(({ id }) => [id, node] as const)));
  const statuses = new Map(whole.steps.map(({ node, status }) => [node, status]));
  const insideOf = (node: PlanNode): readonly InsidePicture[] =>
    node.actions.flatMap(({ id, guide }) => {
      if (!guide) return [];
      const steps = plan.nodes
        .filter(({ within, kind }) => within === id && kind === 'step')
        .map((step) => ({
          label: nodeLabel(step.id.slice(id.length + 1)),
          title: step.title,
          status: statuses.get(step.id) ?? ('pending' as const),
        }));
      return [{ title: guide.title, steps }];
    });
  /** A question inside a guide that is called here is asked at the step that calls it. */
  const placed = (question: RunPicture['questions'][number]): RunPicture['questions'][number] => {
    let node = nodes.get(question.node);
    const path: string[] = [];
    while (node && (node.within ?? null) !== call) {
      const { within } = node;
      if (within === undefined) return { ...question, node: `${plan.guide.title}, ${nodeLabel(question.node)}` };
      path.unshift(nodeLabel(node.id.slice(within.length + 1)));
      node = callers.get(within);
    }
    if (!node || path.length === 0) return { ...question, node: own(question.node) };
    return { node: own(node.id), text: `${path.join(', ')}: ${question.text}` };
  };
  const within = new Set(plan.edges.filter(({ from }) => isIn(from)).map(({ id }) => id));
  return {
    ...whole,
    steps: whole.steps
      .filter(({ node }) => isIn(node))
      .map((step) => {
        const node = nodes.get(step.node);
        const inside = node ? insideOf(node) : [];
        const busy = step.status === 'running' || step.status === 'waiting';
        const summary = busy ? (inside.map(insideWords).find((words) => words !== '') ?? step.summary) : step.summary;
        return {
          ...step,
          node: own(step.node),
          ...(summary !== undefined && { summary }),
          ...(inside.length > 0 && { inside }),
        };
      }),
    edges: whole.edges.filter(({ edge }) => within.has(edge)).map((edge) => ({ ...edge, edge: own(edge.edge) })),
    questions: whole.questions.map(placed),
  };
}

/** `“Restore the database”: Step 2 is running, 1 of 4 steps done`; empty before it has begun and after it has ended. */
function insideWords({ title, steps }: InsidePicture): string {
  const busy = steps.filter(({ status }) => status === 'running' || status === 'waiting');
  if (busy.length === 0) return '';
  const done = steps.filter(({ status }) => status !== 'pending').length - busy.length;
  const now = busy.map(({ label, status }) => `${label} is ${status}`).join(', ');
  return `“${title}”: ${now}, ${done} of ${steps.length} ${steps.length === 1 ? 'step' : 'steps'} done`;
}

function pictureWhole(view: RunView, plan: Plan | undefined): RunPicture {
  const words = (because: string): string => oneLine(plan ? withWayNames(plan, because) : because);
  return {
    run: view.run,
    mode: view.mode,
    phase: view.phase,
    ...(view.outcome !== undefined && { outcome: view.outcome }),
    ...(view.reason !== undefined && { reason: view.reason }),
    steps: view.steps.map((step) => {
      const summary = step.note ?? step.finding?.text ?? summaryOf(step.actions);
      return {
        node: step.node,
        status: step.status,
        ...(step.startedAt !== undefined &&
          step.endedAt !== undefined && { durationMs: step.endedAt - step.startedAt }),
        ...(summary && { summary: oneLine(summary) }),
      };
    }),
    edges: view.edges.map((edge) => ({
      edge: edge.edge,
      status: edge.status,
      ...(edge.decidedBy && { decidedBy: edge.decidedBy }),
      ...(edge.because && { because: words(edge.because) }),
    })),
    questions: view.requests.map((request) => ({ node: request.node, text: questionOf(request) })),
  };
}

function summaryOf(actions: readonly ActionView[]): string {
  const failed = actions.find((action) => action.failure);
  if (failed?.failure) return failed.failure.message;
  return actions.flatMap((action) => resultWords(action)).join(', ');
}

function resultWords(action: ActionView): readonly string[] {
  const result = action.result;
  if (!result) return [];
  if (hasNoTable(result)) return result.notes.filter(isAffectedNote).map((note) => note.replace(/\.$/, ''));
  const count = result.rowCount ?? result.rows?.length;
  if (count !== undefined) return [`${count.toLocaleString('en-US')} ${count === 1 ? 'row' : 'rows'}`];
  if (result.status !== undefined) return [`HTTP ${result.status}`];
  if (result.exitCode !== undefined) return [`exit code ${result.exitCode}`];
  return result.text ? [result.text] : [];
}

function questionOf(request: RunRequest): string {
  switch (request.kind) {
    case 'decision':
      return `Which way? ${request.because}`;
    case 'approval':
      return `Approve ${request.action} on ${request.tool}? ${request.because}`;
    case 'parameter':
      return `Value of ${request.name}?`;
    case 'unknown-outcome':
      return `Did ${request.action} happen before the interruption?`;
    case 'manual-action':
      return `Do ${request.action} by hand and say how it went.`;
    default:
      return unreachable(request);
  }
}

function oneLine(text: string): string {
  const flat = text.replace(/\s+/gu, ' ').trim();
  return flat.length > 240 ? `${flat.slice(0, 239)}…` : flat;
}
