// The net under all rules: branching sentences inside of steps of which neither a way, nor a repeat, nor a mark was made. What a
// rule takes in hand and then puts aside is marked here, so that nothing is dropped silently.
import { onceFor, type Span } from '../base/index.ts';
import type { Block, Guide, Section } from '../guide/index.ts';
import { branchingIn, type Branching } from './branching-in.ts';
import type { Step } from './draft.ts';

/** Those sentences with the step they stand in. `said`: spans of sentences that became something; `conditions`: by step. */
export function leftOver(
  guide: Guide,
  steps: readonly Step[],
  said: readonly Span[],
  conditions: ReadonlyMap<string, readonly string[]>,
): (Branching & { readonly node: string })[] {
  const places = [...said].sort((a, b) => a.start - b.start);
  const reach: number[] = [];
  for (const { end } of places) reach.push(Math.max(end, reach.at(-1) ?? 0));
  /** How many places start before an offset. */
  const startingBefore = (offset: number): number => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const touched = ({ start, end }: Span): boolean => (reach[startingBefore(end) - 1] ?? 0) > start;

  const found: (Branching & { node: string })[] = [];
  let owners: readonly { readonly span: Span; readonly id: string }[] | null = null;
  let at = 0;
  let owner: { readonly span: Span; readonly id: string } | null = null;
  /** Offsets come in rising order. */
  const ownerOf = (offset: number): string | null => {
    owners ??= steps
      .flatMap(({ id, blocks }) => blocks.map(({ span }) => ({ span, id })))
      .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    for (let next = owners[at]; next && next.span.start <= offset; next = owners[++at]) owner = next;
    return owner && offset < owner.span.end ? owner.id : null;
  };
  const visit = (section: Section): void => {
    for (const { listed, ...one } of branchesOf(section)) {
      // "Open a support case if any of these holds:" is said by the ways of its items.
      if (touched(one.span) || (listed && touched(listed))) continue;
      const node = ownerOf(one.span.start);
      if (node === null) continue;
      const words = plain(one.text);
      if (conditions.get(node)?.some((condition) => words.includes(plain(condition)))) continue;
      found.push({ ...one, node });
    }
    section.sections.forEach(visit);
  };
  visit(guide.root);
  return found;
}

/** Branching sentences of a section's own paragraphs, with the list that one announces. */
const branchesOf = onceFor(({ blocks: own }: Section): readonly (Branching & { readonly listed: Span | null })[] => {
  const found: (Branching & { listed: Span | null })[] = [];
  const visit = (blocks: readonly Block[]): void => {
    blocks.forEach((block, index) => {
      if (block.kind === 'list') for (const item of block.items) visit(item.blocks);
      else if (block.kind === 'quote') visit(block.blocks);
      else if (block.kind === 'paragraph') {
        const next = blocks[index + 1];
        for (const one of branchingIn(block)) {
          if (isDirective(one.text)) continue;
          const announces = /:\s*$/.test(one.text) && next?.kind === 'list';
          found.push({ ...one, listed: announces ? next.span : null });
        }
      }
    });
  };
  visit(own);
  return found;
});

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').toLowerCase();
}

function isDirective(text: string): boolean {
  return /^(?:(?:this\s+(?:step|action)\s+(?:is\s+)?)?(?:needs\s+approval|safe\s+to\s+repeat)\b|(?:undo|verify)\s*:)/i.test(
    text,
  );
}
