// A guide may call another one that ends by handing the matter over. When the caller then comes to a good end of its own, that is easily
// missed: it is told beside the ending.
import type { RunView } from './view.ts';

/** Calls whose guide escalated, in a run that ended as if nothing was left. */
export function handedOver({ outcome, steps }: RunView): readonly { readonly node: string; readonly action: string }[] {
  if (outcome !== 'resolved' && outcome !== 'mitigated' && outcome !== 'completed') return [];
  return steps.flatMap(({ node, actions }) =>
    actions.flatMap(({ id, result }) => (result?.outcome === 'escalated' ? [{ node, action: id }] : [])),
  );
}
