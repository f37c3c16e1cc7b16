// step.empty: a step that has a name and nothing to do: no words, no code.
import { collect, onceFor } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Block, Section } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import type { PlacedSection } from './guide-facts.ts';
import { stepName } from './step-name.ts';

export function checkEmptySteps({ guide, plan, facts }: CheckInput): readonly Diagnostic[] {
  return collect(plan.nodes, (node) => {
    const section = node.source && headedSection(facts.sectionAt(node.source.span.start), node.source.span.start);
    if (!section || !node.titleSource || saysMore(section)) return [];
    return [
      makeDiagnostic('step.empty', node.titleSource.span, `\`${stepName(guide, node)}\` says nothing of what to do.`, {
        hint: 'Add words, a query or a command, or remove the step.',
      }),
    ];
  });
}

/** The section, when its heading is what begins at the place. */
function headedSection({ section }: PlacedSection, start: number): Section | null {
  return section.heading?.span.start === start ? section : null;
}

const saysMore = onceFor(({ sections, blocks }: Section): boolean => sections.length > 0 || blocks.some(says));

function says(block: Block): boolean {
  return (
    block.kind !== 'comment' &&
    (block.kind !== 'paragraph' || block.prose.plain.trim() !== '' || block.prose.links.length > 0)
  );
}
