// Which step in line starts next. While everything in line fits under the limit, and wherever a person steps through the run,
// that is the one that came first; else the one with the longest way before it, because what follows from it is what the run
// waits for at the end. A way is as long as its actions took in earlier runs, where that is known, else as they are many.
import { queueSize, shift, type NodeState, type Queue, type RunState } from './state.ts';

/** Takes a step out of the line; undefined when there is none. */
export function takeNext(state: RunState): NodeState | undefined {
  const { ready, settings } = state;
  const free = settings.maxParallel - state.running;
  if (settings.order !== 'longest-way' || state.held || queueSize(ready) <= free) return shift(ready);
  state.ways ??= waysOf(state.nodes, settings.expected ?? {});
  return takeAt(ready, longest(ready, state.ways));
}

/** So far into the line one looks: a step more in it costs nothing beyond that. */
const within = 1000;

function longest(ready: Queue, ways: readonly number[]): number {
  const end = Math.min(ready.items.length, ready.head + within);
  let best = ready.head;
  for (let at = best + 1; at < end; at++) if (wayOf(ready, at, ways) > wayOf(ready, best, ways)) best = at;
  return best;
}

function wayOf({ items }: Queue, at: number, ways: readonly number[]): number {
  return ways[items[at]?.index ?? -1] ?? 0;
}

/** Those before it move on by one place, so that the order of the others stays. */
function takeAt(queue: Queue, at: number): NodeState | undefined {
  const { items, head } = queue;
  const node = items[at];
  if (!node) return undefined;
  items.copyWithin(head + 1, head, at);
  items[head] = node;
  return shift(queue);
}

/** By index of each node, the longest way from it to the end, its own actions among it. */
function waysOf(nodes: readonly NodeState[], expected: Readonly<Record<string, number>>): readonly number[] {
  const known = Object.values(expected);
  // An action that nobody has seen counts as one of middling length.
  const unknown = known.length === 0 ? 1 : known.reduce((sum, one) => sum + one, 0) / known.length;
  const own = nodes.map(({ actions }) =>
    actions.reduce((sum, { action }) => sum + (expected[action.id] ?? unknown), 0),
  );
  const ways = [...own];
  const left = nodes.map(({ out }) => out.length);
  const into = nodes.map((): NodeState[] => []);
  for (const node of nodes) for (const { to } of node.out) into[to.index]?.push(node);
  const settled = nodes.filter(({ out }) => out.length === 0);
  for (const node of settled) {
    for (const from of into[node.index] ?? []) {
      const way = (own[from.index] ?? 0) + (ways[node.index] ?? 0);
      if (way > (ways[from.index] ?? 0)) ways[from.index] = way;
      left[from.index] = (left[from.index] ?? 0) - 1;
      if (left[from.index] === 0) settled.push(from);
    }
  }
  return ways;
}
