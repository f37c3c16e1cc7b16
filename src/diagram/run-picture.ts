// A run as the picture shows it: statuses, who decided, and one line of each result. Made from the run's view,
// small enough to send on every change: rows, texts and streams stay behind.
import { unreachable } from '../base/index.ts';
import type { ActionView, DecidedBy, EdgeStatus, RunOutcome, RunRequest, RunView, StepStatus } from '../run/index.ts';

export interface StepPicture {
  readonly node: string;
  readonly status: StepStatus;
  readonly durationMs?: number;
  /** What came of it, in one line: `27 rows`, `exit code 1`, the database's message. */
  readonly summary?: string;
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

/** The picture of a run at this moment. */
export function pictureRun(view: RunView): RunPicture {
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
      ...(edge.because && { because: oneLine(edge.because) }),
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
