// A heading as a step, and the names by which other sentences speak of it.
import type { Heading } from '../guide/index.ts';
import type { FlowBuilder, OpenStep } from './flow-builder.ts';

export function headingStep(flow: FlowBuilder, heading: Heading, group: number): OpenStep {
  return flow.addStep({
    number: heading.number,
    kind: 'heading',
    group,
    title: heading.title || heading.prose.plain,
    titleSpan: heading.prose.span,
    blocks: [],
    start: heading.span.start,
  });
}

/** What a heading is called elsewhere: `Mitigation 2: Patching`, `Patching`, `Mitigation 2`. */
export function headingNames({ prose, title }: Heading): string[] {
  const short = /^(\p{L}[\p{L} ]{1,30}\s(?:\d{1,3}|[A-Z]))\s*[-–—:.)]/u.exec(prose.plain)?.[1];
  return [prose.plain, title, ...(short === undefined ? [] : [short])];
}
