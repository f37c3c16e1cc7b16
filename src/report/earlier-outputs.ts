// What actions gave before the last time that they were performed: in earlier rounds of a loop, or before a retry. The run's view
// holds the last time alone; the journal has each.
import { findNode, type Plan } from '../plan/index.ts';
import type { PerformOutcome, RunView } from '../run/index.ts';
import type { Line } from './journal-evidence.ts';
import type { Output } from './report.ts';

/** Times before the last that are shown of one action; a loop may go round very often. */
const most = 50;

/** The name under which the output of one time stands: the action's for the last time, else with its number; null: it has none. */
export type OutputName = (line: Line) => string | null;

export interface EarlierOutputs {
  readonly of: (action: string) => readonly Output[];
  readonly nameOf: OutputName;
  /** By action: the lines of those that are not shown, because there are too many. */
  readonly leftOut: ReadonlyMap<string, readonly number[]>;
}

/** Outputs of earlier times by action, and the name of each time's output. `view` shows the last time, unless a loop set it back. */
export function earlierOutputs(
  { plan, view }: { readonly plan: Plan; readonly view: RunView },
  lines: readonly Line[],
): EarlierOutputs {
  const last = new Map<string, number>();
  const actions = view.steps.flatMap((step) => step.actions);
  const shown = new Set(actions.filter(({ result, failure }) => result ?? failure).map(({ id }) => id));
  for (const { seq, body } of lines) {
    const action = String(body['action']);
    if (body.kind === 'action-ended' && shown.has(action)) last.set(action, seq);
  }
  const prepared = new Map<string, Line>();
  const started = new Map<string, Line>();
  const all = new Map<string, Output[]>();
  const names = new Map<number, string>();
  const leftOut = new Map<string, number[]>();
  for (const line of lines) {
    const { seq, body } = line;
    const action = String(body['action']);
    if (body.kind === 'action-prepared') prepared.set(action, line);
    if (body.kind === 'action-started') started.set(action, line);
    const outcome = body.kind === 'action-ended' ? (body['outcome'] as PerformOutcome) : undefined;
    if (outcome?.kind !== 'result' || last.get(action) === seq) continue;
    const before = all.get(action) ?? [];
    if (before.length >= most) {
      leftOut.set(action, [...(leftOut.get(action) ?? []), seq]);
      continue;
    }
    const step = plan.nodes.find(({ actions }) => actions.some(({ id }) => id === action));
    const about = prepared.get(action);
    const name = `${action}, time ${String(body['attempt'])}`;
    names.set(seq, name);
    all.set(action, before);
    before.push({
      action: name,
      step: step?.id ?? '',
      tool: about ? String(about.body['tool']) : 'by hand',
      effect: String(about?.body['effect'] ?? 'unknown'),
      text: about && String(about.body['text']),
      language: findNode(plan, step?.id ?? '')?.actions.find(({ id }) => id === action)?.language ?? '',
      result: outcome.result,
      failure: undefined,
      evidence: { lines: [about, started.get(action), line].flatMap((one) => one?.seq ?? []), step: step?.id ?? '' },
    });
  }
  return {
    of: (action) => all.get(action) ?? [],
    leftOut,
    nameOf: ({ seq, body }) => {
      const action = String(body['action']);
      return names.get(seq) ?? (last.get(action) === seq ? action : null);
    },
  };
}
