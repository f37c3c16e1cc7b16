// Enables and disables edges and passes the news on: a node whose input edges are all decided is put on the list from
// which `decide` starts or skips it.
import { decideEnding, type Turn } from './turn.ts';
import { push, type EdgeState, type ScopeState } from './state.ts';
import type { DecidedBy } from './view.ts';

/** Decides an edge once; an edge that is decided already stays as it is. */
export function decideEdge(
  turn: Turn,
  edge: EdgeState,
  status: 'enabled' | 'disabled',
  by: DecidedBy,
  because?: string,
): void {
  if (edge.status !== 'pending') return;
  edge.status = status;
  edge.by = by;
  edge.because = because;
  edge.view = undefined;
  turn.facts.push({
    kind: 'edge-decided',
    edge: edge.edge.id,
    status,
    by,
    ...(because !== undefined && { because }),
  });
  const { to } = edge;
  to.undecided--;
  if (status === 'enabled') {
    to.enabled++;
    if (to.node.kind === 'end') reachEnd(turn, edge, to.scope);
  }
  if (to.undecided === 0) push(turn.state.decided, to);
}

function reachEnd({ state }: Turn, { edge, because }: EdgeState, scope: ScopeState): void {
  const why =
    edge.condition === null
      ? `\`${edge.from}\` led to the end.`
      : `\`${edge.from}\` led to the end: ${edge.condition.replace(/[.:;,]+$/, '')}${because === undefined ? '' : ` — ${because}`}.`;
  const ending = { outcome: edge.outcome ?? 'completed', reason: why };
  if (scope.caller) scope.ending ??= ending;
  else decideEnding(state, ending);
}
