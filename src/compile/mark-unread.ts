// Marks what was not read. Branching language inside a step that became no edge, and branching language outside all steps,
// is kept with its reason, so that a person or a model can fill exactly that.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sentencesOf, type Block, type Guide, type Section } from '../guide/index.ts';
import type { NotRead } from '../plan/index.ts';
import { isBranching } from './branching.ts';
import type { Step } from './draft.ts';
import type { Unread } from './link-steps.ts';
import { sourceOf } from './source.ts';

export function markUnread(
  guide: Guide,
  steps: readonly Step[],
  unread: readonly Unread[],
): { notRead: NotRead[]; diagnostics: Diagnostic[] } {
  const marks: NotRead[] = unread.map(({ node, passage, reason }) => ({
    node,
    text: passage.sentence.text,
    reason,
    source: sourceOf(guide, passage.sentence.span),
  }));
  marks.push(...outsideSteps(guide, steps));
  marks.sort((a, b) => a.source.span.start - b.source.span.start || a.source.span.end - b.source.span.end);
  return { notRead: marks, diagnostics: marks.map(report) };
}

function outsideSteps(guide: Guide, steps: readonly Step[]): NotRead[] {
  const inSteps = new Set<Block>(steps.flatMap(({ blocks }) => blocks));
  const marks: NotRead[] = [];
  const visitBlocks = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (inSteps.has(block)) continue;
      if (block.kind === 'paragraph') {
        for (const { text, span } of sentencesOf(block.prose)) {
          if (!isBranching(text)) continue;
          marks.push({ text, reason: 'it stands outside the steps', source: sourceOf(guide, span) });
        }
      } else if (block.kind === 'list') {
        for (const item of block.items) visitBlocks(item.blocks);
      } else if (block.kind === 'quote') {
        visitBlocks(block.blocks);
      }
    }
  };
  const visit = (section: Section): void => {
    visitBlocks(section.blocks);
    section.sections.forEach(visit);
  };
  visit(guide.root);
  return marks;
}

function report(mark: NotRead): Diagnostic {
  const line = mark.text.replace(/[`\s]+/g, ' ').trim();
  const words = line.length > 80 ? `${line.slice(0, 79)}…` : line;
  return makeDiagnostic('plan.not-read', mark.source.span, `\`${words}\` is not in the plan: ${mark.reason}.`, {
    hint: 'Say it as "If …, go to Step 4." or "If …, … This resolves the incident.", or leave it as advice.',
  });
}
