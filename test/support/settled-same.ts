// A run is taken up again from its journal and must stand as it did.
import assert from 'node:assert/strict';
import { resumeLiveRun, type RunView } from '../../src/run/index.ts';
import { newWorld } from './puppets.ts';

/** Cut off in the middle and at the end: what had ended does not run again. */
export async function settledSame(text: string, view: RunView): Promise<void> {
  const world = newWorld({ text });
  const live = resumeLiveRun({ ...world, text });
  assert.deepEqual(ending(await live.settled()), ending(view));
  assert.deepEqual(world.calls, []);
}

/** What must be equal however often a run was cut off. */
export function ending(view: RunView): object {
  const { outcome, reason } = view;
  return {
    outcome,
    reason,
    steps: view.steps.map(({ node, status, actions }) => ({
      node,
      status,
      actions: actions.map(({ id, status: how, result, failure }) => ({
        id,
        how,
        result,
        // What a read that was told to stop has found is lost when the process dies before it has stopped.
        failure: failure?.reason === 'cancelled' ? 'cancelled' : failure,
      })),
    })),
    edges: view.edges,
    requests: view.requests,
  };
}
