// Accounts for every sentence with branching language: the way in the plan, the step or the mark that it ended as.
import { isBranching } from '../../src/compile/branching.ts';
import type { Diagnostic } from '../../src/diagnostics/index.ts';
import { sentencesOf, type Block, type Guide, type Prose, type Section } from '../../src/guide/index.ts';
import type { Plan } from '../../src/plan/index.ts';

export interface Account {
  readonly text: string;
  readonly line: number;
  /** `way`, `repeat`, `directive`, `error`, `mark: <reason>`; `lost` when it is nowhere. */
  readonly share: string;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly share: string;
}

/** One account for each such sentence in paragraphs, items, quotations and cells of tables of the guide. */
export function accountBranching(guide: Guide, plan: Plan, diagnostics: readonly Diagnostic[]): Account[] {
  const places: Place[] = [
    ...plan.edges.flatMap(({ source }) => (source ? [{ ...source.span, share: 'way in the plan' }] : [])),
    ...plan.repeats.flatMap(({ source }) => (source ? [{ ...source.span, share: 'bounded repeat' }] : [])),
    ...diagnostics.flatMap(({ code, span }) =>
      code === 'step.unknown-target' ? [{ ...span, share: 'reported jump' }] : [],
    ),
    ...plan.notRead.map(({ source, reason }) => ({
      ...source.span,
      share: `mark: ${reason.replace(/["`].*["`]/, '…')}`,
    })),
  ];
  const conditions = [...plan.edges, ...plan.repeats].flatMap(({ condition }) =>
    condition === null ? [] : [condition.length > 5 ? plain(condition) : `${plain(condition)}:`],
  );
  const accounts: Account[] = [];
  /** "Open a case if any of these is true:" and a list of ways: the words before the list are in each of them. */
  const leadsToWays = (text: string, next: Block | undefined): boolean =>
    /:\s*$/.test(text) &&
    next?.kind === 'list' &&
    plan.edges.some(({ source }) => source && source.span.start >= next.span.start && source.span.end <= next.span.end);
  const account = (prose: Prose, next: Block | undefined): void => {
    for (const { text, span } of sentencesOf(prose)) {
      if (!isBranching(text)) continue;
      const place = places.find(({ start, end }) => start < span.end && end > span.start);
      const share =
        place?.share ??
        (conditions.some((words) => plain(text).includes(words)) ? 'way in the plan' : null) ??
        (leadsToWays(text, next) ? 'way in the plan' : null) ??
        (isDirective(text) ? 'plain sentence with a meaning' : 'lost');
      accounts.push({ text, line: guide.lines.positionAt(span.start).line, share });
    }
  };
  const visitBlocks = (blocks: readonly Block[]): void => {
    for (const [at, block] of blocks.entries()) {
      if (block.kind === 'paragraph') account(block.prose, blocks[at + 1]);
      else if (block.kind === 'quote') visitBlocks(block.blocks);
      else if (block.kind === 'table') for (const row of block.rows) row.forEach((cell) => account(cell, undefined));
      else if (block.kind === 'list') for (const item of block.items) visitBlocks(item.blocks);
    }
  };
  const visit = (section: Section): void => {
    visitBlocks(section.blocks);
    section.sections.forEach(visit);
  };
  visit(guide.root);
  return accounts;
}

/** A condition may be stated by one sentence and led on by the next. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').toLowerCase();
}

function isDirective(text: string): boolean {
  return /^(?:(?:this\s+(?:step|action)\s+(?:is\s+)?)?(?:needs\s+approval|safe\s+to\s+repeat)\b|(?:undo|verify)\s*:)/i.test(
    text,
  );
}
