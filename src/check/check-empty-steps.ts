// step.empty: a step that has a name and nothing to do: no words, no code.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Block, Section } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { stepName } from './step-name.ts';

export function checkEmptySteps({ guide, plan, facts }: CheckInput): readonly Diagnostic[] {
  const sections = new Map<number, Section>(
    facts.sections.flatMap(({ section }) => (section.heading ? [[section.heading.span.start, section] as const] : [])),
  );
  return plan.nodes.flatMap((node) => {
    const section = node.source ? sections.get(node.source.span.start) : undefined;
    if (!section || !node.titleSource || section.sections.length > 0 || section.blocks.some(says)) return [];
    return [
      makeDiagnostic('step.empty', node.titleSource.span, `\`${stepName(guide, node)}\` says nothing of what to do.`, {
        hint: 'Add words, a query or a command, or remove the step.',
      }),
    ];
  });
}

function says(block: Block): boolean {
  return (
    block.kind !== 'comment' &&
    (block.kind !== 'paragraph' || block.prose.plain.trim() !== '' || block.prose.links.length > 0)
  );
}
