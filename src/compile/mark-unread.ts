// Marks what was not read. Branching language inside a step that became no edge, and branching language outside all steps,
// is kept with its reason, so that a person or a model can fill exactly that.
import type { Span } from '../base/index.ts';
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
  options: readonly Span[],
): { notRead: NotRead[]; diagnostics: Diagnostic[] } {
  const marks: NotRead[] = unread.map(({ node, passage, reason }) => ({
    node,
    text: passage.sentence.text,
    reason,
    source: sourceOf(guide, passage.sentence.span),
  }));
  marks.push(...outsideSteps(guide, steps, options));
  marks.sort((a, b) => a.source.span.start - b.source.span.start || a.source.span.end - b.source.span.end);
  return { notRead: marks, diagnostics: marks.map(report) };
}

function outsideSteps(guide: Guide, steps: readonly Step[], options: readonly Span[]): NotRead[] {
  const taken = [...steps.flatMap(({ blocks }) => blocks.map(({ span }) => span)), ...options];
  taken.sort((a, b) => a.start - b.start);
  const marks: NotRead[] = [];
  let at = 0;
  let reach = 0;
  /** Places come in rising order. */
  const isTaken = (span: Span): boolean => {
    for (let next = taken[at]; next && next.start <= span.start; next = taken[++at]) reach = Math.max(reach, next.end);
    return span.start < reach;
  };
  const visitBlocks = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.kind === 'paragraph') {
        for (const { text, span } of sentencesOf(block.prose)) {
          if (!isTaken(span) && isBranching(text))
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
