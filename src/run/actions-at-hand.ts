// What a run that stands still would perform next when it is taken up, so that a host can see beforehand whether it is able to.
import type { Action } from '../plan/index.ts';
import type { Replay } from './replay.ts';

/** The actions of steps that wait, were under way or are next, but for those that have ended already. */
export function actionsAtHand({ plan, view }: Pick<Replay, 'plan' | 'view'>): readonly Action[] {
  const next = new Set(view.next);
  const ended = new Set(
    view.steps.flatMap(({ actions }) => actions.filter(({ status }) => status === 'succeeded').map(({ id }) => id)),
  );
  const atHand = new Set(
    view.steps.flatMap(({ node, status }) =>
      status === 'waiting' || status === 'running' || next.has(node) ? [node] : [],
    ),
  );
  return plan.nodes.flatMap(({ id, actions }) => (atHand.has(id) ? actions.filter((one) => !ended.has(one.id)) : []));
}
