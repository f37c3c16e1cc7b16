// A heading as a step, and the names by which other sentences speak of it.
import { onceFor } from '../base/index.ts';
import { sentencesOf, type Block, type Heading, type Prose } from '../guide/index.ts';
import { paragraphOf, titleOf, type FlowBuilder, type OpenStep } from './flow-builder.ts';
import { isImperative, isWeak } from './imperative.ts';
import { isDeed } from './asks-for-work.ts';
import { isStepTitle, wordsOf } from './headings.ts';
import { saysWhenToEscalate } from './read-outcome.ts';
import { readEach } from './read-rounds.ts';
import { slug } from './slug.ts';

export function headingStep(flow: FlowBuilder, heading: Heading, group: number): OpenStep {
  // So that it is known what the guide calls its steps: other guides have tasks in a list below a step.
  if (heading.word === 'task' && heading.number !== null) flow.name(`task ${heading.number}`);
  return flow.addStep({
    number: heading.number,
    kind: 'heading',
    group,
    title: wordsOf(heading),
    titleSpan: heading.prose.span,
    // "When to escalate" above what then holds is a sentence, too.
    blocks: saysWhenToEscalate(heading.prose.plain) ? [paragraphOf(heading.prose)] : [],
    start: heading.span.start,
  });
}

/** "### For each node": what stands below it, from part `from` of the flow on, is done for one after the other. */
export function repeatForEach(flow: FlowBuilder, heading: Heading, from: number): void {
  const [title] = sentencesOf(heading.prose);
  if (title && readEach(title)) flow.repeatFor(title, from);
}

/** What a heading is called elsewhere: `Mitigation 2: Patching`, `Patching`, `Mitigation 2`; `Disk full` for `Scenario: Disk full`; `section B` for `B. Patching`. */
export function headingNames({ prose, title }: Heading): string[] {
  const short = /^(\p{L}[\p{L} ]{1,30}\s(?:\d{1,3}|[A-Z]))\s*[-–—:.)]/u.exec(prose.plain)?.[1];
  const bare = /^(?:scenario|case|cause|issue|problem|symptom)\s*(?:\d{1,2}|[A-Z])?\s*[:–—-]\s+(\S.*\S)/iu.exec(
    prose.plain,
  )?.[1];
  const letter = /^([A-H])\s*[).:–—-]\s+\S/.exec(prose.plain)?.[1];
  return [
    prose.plain,
    title,
    ...(short === undefined ? [] : [short]),
    ...(bare === undefined ? [] : [bare]),
    ...(letter === undefined ? [] : [`section ${letter}`]),
  ];
}

/** The same as anchors are made. */
export const headingSlugs = onceFor((heading: Heading): readonly string[] => headingNames(heading).map(slug));

/** "### 2. Verify the binding" over words that ask for it once more, and a list of what to do: these words are the heading's step, and called by it. */
export function standFor(flow: FlowBuilder, heading: Heading): void {
  const [first] = flow.parts;
  if (first?.kind !== 'step' || first.step.kind !== 'part' || !isStepTitle(heading)) return;
  const { prose, span } = heading;
  Object.assign(first.step, { title: wordsOf(heading), titleSpan: prose.span, start: span.start });
}

/**
 * "## `address in use`" over "Stop the other daemon.": the way to the step says what is wrong, and the step what is done. The heading's
 * names lead to it as before.
 */
export function callByDeed(flow: FlowBuilder, heading: Heading): void {
  const [only, ...others] = flow.parts;
  if (only?.kind !== 'step' || others.length > 0 || only.step.kind !== 'heading' || only.step.number !== null) return;
  // "Mitigation 1: Kill long queries" says what is done itself.
  const { plain } = heading.prose;
  if (isStepTitle(heading) || /\?\W*$/.test(plain) || isImperative(plain.replace(/^[^:]{1,30}:\s*/, ''))) return;
  if (only.step.blocks.some(({ kind }) => kind === 'list' || kind === 'table')) return;
  const [asking, ...more] = prosesIn(only.step.blocks).flatMap((prose) =>
    sentencesOf(prose).flatMap((one) => (isDeed(one.text) ? [{ prose, one }] : [])),
  );
  // Several things to do are what the heading sums up.
  if (asking && more.length === 0 && saysWhat(asking.one.text))
    Object.assign(only.step, titleOf(asking.prose, asking.one));
}

/** Something to do that can be told from the words alone: not "Restart it", "Check its log", "See the manual". */
function saysWhat(text: string): boolean {
  return (
    isImperative(text) &&
    !isWeak(text) &&
    !reads.test(text) &&
    !pointsBack.test(text) &&
    threeWords.test(text) &&
    !endsOpen.test(text)
  );
}

const reads = /^\W*(?:please\s+)?(?:see|refer\s+to|read|note|remember)\b/i;
const pointsBack =
  /\b(?:it|its|them|their|this|that|these|those|there|here|one|ones|both|each|the\s+(?:following|above|below))\b/i;
const threeWords = /^\W*\S+\s+\S+\s+\S/;
const endsOpen = /\s(?:to|at|for|with|from|in|on|of|into|by|using)\W*$/i;

function prosesIn(blocks: readonly Block[]): readonly Prose[] {
  return blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [block.prose] : block.kind === 'quote' ? prosesIn(block.blocks) : [],
  );
}
