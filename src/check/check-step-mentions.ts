// step.unknown-mention: words name a step that the guide does not have, other than as a jump (which is step.unknown-target).
import { onceFor } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sourceSpan } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import type { SectionFacts } from './guide-facts.ts';

const jump = /\b(?:go|return|jump|proceed|continue|skip|move|back|start|repeat|restart|retry|run|execute)\b/i;

export function checkStepMentions({ facts }: CheckInput): readonly Diagnostic[] {
  const numbers = new Set<string>();
  let worded = 0;
  for (const {
    section: { heading },
  } of facts.sections) {
    if (heading?.number === undefined || heading.number === null) continue;
    numbers.add(heading.number.toLowerCase());
    if (heading.word === 'step') worded++;
  }
  // Only a guide that calls its steps so is held to their numbers.
  if (worded < 2) return [];
  for (const { block } of facts.blocks) {
    if (block.kind === 'list' && block.ordered)
      block.items.forEach(({ number }, index) => numbers.add(String(number ?? index + 1)));
  }
  return facts.parts.flatMap((part) =>
    mentionsIn(part).flatMap(({ words, number, span }) =>
      numbers.has(number)
        ? []
        : [
            makeDiagnostic(
              'step.unknown-mention',
              span,
              `\`${words}\` is mentioned, but this guide has no such step.`,
              { hint: 'Correct the number, or say which guide is meant.' },
            ),
          ],
    ),
  );
}

const mention = /\bstep\s+(\d{1,3}(?:\.\d{1,3})*[a-z]?)\b(?!\s+(?:of|in) (?:the|that|this|a|an)\b)/gi;

/** Steps that a section's sentences name without a jump. */
const mentionsIn = onceFor((part: SectionFacts) =>
  part.sentences().flatMap((sentence) => {
    if (jump.test(sentence.text) || sentence.prose.links.length > 0) return [];
    return [...sentence.text.matchAll(mention)].map((match) => {
      const [words, number = ''] = match;
      const start = sentence.start + match.index;
      return { words, number: number.toLowerCase(), span: sourceSpan(sentence.prose, start, start + words.length) };
    });
  }),
);
