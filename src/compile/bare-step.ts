// Steps that a plan can do without: nothing is done in them, and nothing else of the plan hangs on them but ways.
import type { EdgeId, NodeId, Plan, PlanNode } from '../plan/index.ts';

/** True when the step does nothing, asks for nothing, is no part of a repeat, gives nothing, and all its words were read. */
export function isBare({ repeats, nodes, notRead }: Plan, { id, actions, calls, needsApproval }: PlanNode): boolean {
  return (
    actions.length === 0 &&
    calls === undefined &&
    !needsApproval &&
    !repeats.some(({ from, to }) => from === id || to === id) &&
    !nodes.some(({ uses }) => uses?.some(({ from }) => from === id)) &&
    !notRead.some((mark) => mark.node === id)
  );
}

/** Makes ids for the ways that stand in for those of a step which is left out: none that an edge of the plan has, and each once. */
export function freeEdgeIds({ edges }: Plan): (from: NodeId, to: NodeId) => EdgeId {
  const taken = new Set(edges.map(({ id }) => id));
  return (from, to) => {
    const base = `edge_${from}_${to}`;
    let id = base;
    for (let copy = 2; taken.has(id); copy++) id = `${base}_${String(copy)}`;
    taken.add(id);
    return id;
  };
}
