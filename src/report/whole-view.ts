// The run as a report tells it. At its end a run's view has the last round of each loop, and what a loop has set back and not come to
// again looks as if it had never been: here such a step is as its last round left it, with the ways that led on from it then.
import type { EdgeView, Replay, RunView, StepView } from '../run/index.ts';
import type { Line } from './journal-evidence.ts';

/** The run's view in which no step that has run is told as one that has not. */
export function wholeView(replay: Replay, lines: readonly Line[]): RunView {
  const { view, plan } = replay;
  const earlier = replay.earlierRounds();
  const lastRound = ({ node, status }: StepView): StepView | undefined =>
    status === 'pending' || status === 'skipped' ? earlier.get(node)?.at(-1) : undefined;
  const set = new Set(view.steps.filter((step) => lastRound(step)).map(({ node }) => node));
  if (set.size === 0) return view;
  const decided = decidedEdges(lines);
  const from = new Map(plan.edges.map((edge) => [edge.id, edge.from]));
  return {
    ...view,
    steps: view.steps.map((step) => lastRound(step) ?? step),
    edges: view.edges.map((edge) => (set.has(from.get(edge.edge) ?? '') ? (decided.get(edge.edge) ?? edge) : edge)),
  };
}

/** The same with every edge taken that was taken in some round: what the picture shows. */
export function pictured(view: RunView, lines: readonly Line[]): RunView {
  const taken = new Map<string, EdgeView>();
  for (const { body } of lines)
    if (body.kind === 'edge-decided' && body['status'] === 'enabled') taken.set(String(body['edge']), toView(body));
  return { ...view, edges: view.edges.map((edge) => taken.get(edge.edge) ?? edge) };
}

/** By edge: how it was last decided, by more than the step before it being skipped. */
function decidedEdges(lines: readonly Line[]): ReadonlyMap<string, EdgeView> {
  const found = new Map<string, EdgeView>();
  for (const { body } of lines)
    if (body.kind === 'edge-decided' && !(body['by'] === 'upstream' && body['status'] === 'disabled'))
      found.set(String(body['edge']), toView(body));
  return found;
}

function toView({ edge, status, by, because }: Line['body']): EdgeView {
  return {
    edge: String(edge),
    status: status as EdgeView['status'],
    decidedBy: by as NonNullable<EdgeView['decidedBy']>,
    ...(because !== undefined && { because: String(because) }),
  };
}
