// A heading as a step, and the names by which other sentences speak of it.
import { onceFor } from '../base/index.ts';
import { sentencesOf, type Heading } from '../guide/index.ts';
import { paragraphOf, type FlowBuilder, type OpenStep } from './flow-builder.ts';
import { isStepTitle } from './headings.ts';
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
    title: heading.title || heading.prose.plain,
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
  const { title, prose, span } = heading;
  Object.assign(first.step, { title: title || prose.plain, titleSpan: prose.span, start: span.start });
}
