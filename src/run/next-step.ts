// Which step in line starts next. While everything in line fits under the limit, and wherever a person steps through the run,
// that is the one that came first; else the one with the longest way before it, because what follows from it is what the run
// waits for at the end. Durations are known to nobody beforehand, so a way is as long as the actions on it are many.
import { queueSize, shift, type NodeState, type Queue, type RunState } from './state.ts';

/** Takes a step out of the line; undefined when there is none. */
export function takeNext(state: RunState): NodeState | undefined {
  const { ready, settings } = state;
  const free = settings.maxParallel - state.running;
  if (settings.order !== 'longest-way' || state.held || queueSize(ready) <= free) return shift(ready);
  state.ways ??= waysOf(state.nodes);
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

/** By index of each node, the most actions on one way from it to the end, its own among them. */
function waysOf(nodes: readonly NodeState[]): readonly number[] {
  const ways = nodes.map(({ actions }) => actions.length);
  const left = nodes.map(({ out }) => out.length);
  const into = nodes.map((): NodeState[] => []);
  for (const node of nodes) for (const { to } of node.out) into[to.index]?.push(node);
  const settled = nodes.filter(({ out }) => out.length === 0);
  for (const node of settled) {
    for (const from of into[node.index] ?? []) {
      const way = from.actions.length + (ways[node.index] ?? 0);
      if (way > (ways[from.index] ?? 0)) ways[from.index] = way;
      left[from.index] = (left[from.index] ?? 0) - 1;
      if (left[from.index] === 0) settled.push(from);
    }
  }
  return ways;
}
