// "If the disk is full, clean it up (see [Cleaning up](#cleaning-up))": the section says how, and only that case needs it. Where it
// stands in the order of the text, everybody goes through it. Nothing is guessed of that; it is marked.
import { collect } from '../base/index.ts';
import type { Passage, Step } from './draft.ts';
import type { Unread } from './link-steps.ts';
import type { StepIndex } from './resolve-target.ts';

const reason = 'everybody goes through the section that it names, where that stands';

/** Words of options that name, in brackets, a section further down which is in no option. */
export function mentionedSections(
  steps: readonly Step[],
  passagesOf: (step: Step) => readonly Passage[],
  index: StepIndex,
): readonly Unread[] {
  return collect(steps, (step) => {
    if (!step.inOption) return [];
    const naming = passagesOf(step).filter((passage) => namesSection(passage, step, index));
    return naming.map((passage): Unread => ({ node: step.id, passage, reason }));
  });
}

function namesSection({ sentence: { prose, start, end } }: Passage, { order }: Step, index: StepIndex): boolean {
  return prose.links.some((link) => {
    const anchor = link.start >= start && link.end <= end ? /^#([\w%.-]+)$/.exec(link.target)?.[1] : undefined;
    if (anchor === undefined || !inBrackets.test(prose.plain.slice(start, link.start))) return false;
    const target = index.byName(anchor);
    return target !== undefined && !target.inOption && target.order > order;
  });
}

const inBrackets = /\(\s*(?:see|as\s+in|(?:as\s+)?(?:described|explained|shown)\s+in|how)\b[^()]*$/i;
