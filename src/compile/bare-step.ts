// Steps that a plan can do without: nothing is done in them, and nothing else of the plan hangs on them but ways.
import type { Plan, PlanNode } from '../plan/index.ts';

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
