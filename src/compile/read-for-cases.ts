// "For latency issues:" and "For memory issues:", "On Linux:" and "On Windows:": words above code, lists or sentences that say in which case
// those are followed.
import { cutProse, type Block, areVariants } from '../guide/index.ts';
import { paragraphOf, titleOf, type FlowBuilder, unnumbered } from './flow-builder.ts';
import { endOfCase, forLabel } from './list-kind.ts';
import type { Mode } from './read-plain.ts';

/**
 * "For latency issues:" and what to do then, beside others of its kind: options. The place of the last block that they take, or
 * `at` when there are none.
 */
export function readForCases(
  flow: FlowBuilder,
  blocks: readonly Block[],
  at: number,
  mode: Mode,
  read: (inner: FlowBuilder, blocks: readonly Block[]) => void,
): number {
  if (!forLabel(blocks[at])) return at;
  const labels = blocks.flatMap((block, place) => {
    const label = place < at ? null : forLabel(block);
    return label && block.kind === 'paragraph' ? [{ ...label, prose: block.prose, place }] : [];
  });
  const ofKind = labels.filter(({ variant }) => variant !== undefined);
  const areOfKind = areVariants(ofKind.map(({ variant }) => variant ?? ''));
  const found = areOfKind ? ofKind : labels.filter(({ needsOthers }) => needsOthers !== true);
  const alone = found.filter(({ prose, end }) => end === prose.plain.length || !/^for\b/i.test(prose.plain));
  if (found.length < 2 || found[0]?.place !== at) return at;
  if (!areOfKind && (alone.length === 0 || mode === 'step')) return at;
  const last = found.at(-1)?.place ?? at;
  const stop = areOfKind ? behindCode(blocks, last) : endOfCase(blocks, last);
  found.forEach(({ condition, end, prose, place }, index) => {
    const inner = flow.addOption(condition, condition.text, false);
    inner.open(prose.plain, prose.span);
    const own = end < prose.plain.length ? [paragraphOf(cutProse(prose, end, prose.plain.length))] : [];
    const inside = [...own, ...blocks.slice(place + 1, found[index + 1]?.place ?? stop)];
    read(inner, inside);
    const [begun] = inner.parts;
    if (begun?.kind === 'step' && begun.step.title === '') Object.assign(begun.step, titleOf(prose, null));
    if (inner.isEmpty)
      inner.addStep({
        ...unnumbered,
        ...titleOf(own[0]?.prose ?? prose, null),
        blocks: inside,
        start: prose.span.start,
      });
  });
  flow.closeChoice(stop === blocks.length && found.every(({ condition }) => /^for\b/.test(condition.text)));
  return stop - 1;
}

/** The last variant has its words and the code or list behind them; what comes then is for all of them. */
function behindCode(blocks: readonly Block[], last: number): number {
  const first = blocks.findIndex(
    ({ kind }, at) => at > last && kind !== 'code' && kind !== 'plugin' && kind !== 'list',
  );
  return first === -1 ? blocks.length : first;
}
