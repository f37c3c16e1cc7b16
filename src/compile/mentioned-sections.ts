// "If the disk is full, clean it up (see [Cleaning up](#cleaning-up))": the section says how, and only that case needs it. Where it
// stands in the order of the text, everybody goes through it. Nothing is guessed of that; it is marked.
import { sift, collect, onceFor } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';
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

function namesSection({ sentence }: Passage, { order }: Step, index: StepIndex): boolean {
  return mentionIn(sentence).some((name) => {
    const target = index.byName(name);
    return target !== undefined && !target.inOption && target.order > order;
  });
}

/** What a sentence names in brackets: "(see [Cleaning up](#cleaning-up))", "(see Cleaning up below)"; or in quotes behind its words: ", see "Cleaning up"". */
export const mentionIn = onceFor(({ prose, start, end, text }: Sentence): readonly string[] => {
  const links = prose.links.flatMap((link) => {
    const anchor = link.start >= start && link.end <= end ? /^#([\w%.-]+)$/.exec(link.target)?.[1] : undefined;
    if (anchor === undefined) return [];
    const before = prose.plain.slice(start, link.start);
    return inBrackets.test(before) || saysHow.test(before) ? [anchor] : [];
  });
  const words = inWords.exec(text)?.[1] ?? quoted.exec(text)?.[1];
  return words === undefined || links.length > 0 ? links : [words];
});

/** "do it by hand as described in [By hand](#by-hand)" */
const saysHow =
  /\bas\s+(?:described|explained|shown|documented|outlined)\s+(?:in|under|below\s+in)\s+(?:the\s+)?(?:section\s+)?$/i;
const inBrackets = /\(\s*(?:see|as\s+in|(?:as\s+)?(?:described|explained|shown)\s+in|how)\b[^()]*$/i;
const inWords = sift(
  /\(\s*(?:see|as\s+in|(?:as\s+)?(?:described|explained|shown)\s+in)\s+(?:the\s+)?(?:section\s+(?:on\s+)?)?["“'‘]?([^()"”’]{3,80}?)["”'’]?(?:\s+section)?(?:\s+(?:below|further\s+down))?\s*\)/i,
);
const quoted =
  /[,;]\s+(?:see|as\s+(?:described|explained|shown)\s+in)\s+(?:the\s+)?(?:section\s+)?["“]([^"“”]{3,80})["”](?:\s+section)?(?:\s+below)?\s*[.!]?$/i;
