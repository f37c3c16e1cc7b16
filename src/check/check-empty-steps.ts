// step.empty: a step that has a name and nothing to do: no words, no code.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Block } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { byStep, perSection } from './scope.ts';
import { stepName } from './step-name.ts';

export function checkEmptySteps(input: CheckInput): readonly Diagnostic[] {
  return collect(emptySteps(input), ({ node, span }) => [
    makeDiagnostic('step.empty', span, `\`${stepName(input.guide, node)}\` says nothing of what to do.`, {
      hint: 'Add words, a query or a command, or remove the step.',
    }),
  ]);
}

/** "-" between items that say something: a point that was never written, or that was taken out and left its mark. */
export const checkEmptyItems = perSection(({ blocks }) =>
  collect(blocks, ({ block }) => {
    if (block.kind !== 'list') return [];
    const empty = block.items.filter((item) => !item.blocks.some(says));
    return empty.length === 0 || empty.length * 2 >= block.items.length
      ? []
      : empty.map(({ span }) =>
          makeDiagnostic('step.empty', span, 'This item of the list says nothing.', {
            hint: 'Add words, a query or a command, or remove the item.',
          }),
        );
  }),
);

/** Steps that begin with the heading of a section in which nothing stands. */
const emptySteps = byStep((node, _, { place }) => {
  const { source, titleSource } = node;
  if (!place || place.section.heading?.span.start !== source?.span.start || !titleSource) return [];
  const { sections, blocks } = place.section;
  return sections.length > 0 || blocks.some(says) ? [] : [{ node, span: titleSource.span }];
});

function says(block: Block): boolean {
  return (
    block.kind !== 'comment' &&
    (block.kind !== 'paragraph' || block.prose.plain.trim() !== '' || block.prose.links.length > 0)
  );
}
