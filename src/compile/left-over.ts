// The net under all rules: branching sentences inside of steps of which neither a way, nor a repeat, nor a mark was made. What a
// rule takes in hand and then puts aside is marked here, so that nothing is dropped silently.
import type { Span } from '../base/index.ts';
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
  const owners = steps.flatMap((step) => step.blocks.map((block) => ({ span: block.span, id: step.id })));
  owners.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const visitBlocks = (blocks: readonly Block[]): void => {
    blocks.forEach((block, index) => {
      if (block.kind === 'list') for (const item of block.items) visitBlocks(item.blocks);
      else if (block.kind === 'quote') visitBlocks(block.blocks);
      else if (block.kind === 'paragraph') {
        for (const one of branchingIn(block)) {
          if (touched(one.span) || isDirective(one.text)) continue;
          const next = blocks[index + 1];
          // "Open a support case if any of these holds:" is said by the ways of its items.
          if (/:\s*$/.test(one.text) && next?.kind === 'list' && touched(next.span)) continue;
          const owner = ownerOf(one.span.start);
          if (owner === null) continue;
          const words = plain(one.text);
          if (conditions.get(owner)?.some((condition) => words.includes(plain(condition)))) continue;
          found.push({ ...one, node: owner });
        }
      }
    });
  };
  let at = 0;
  let owner: (typeof owners)[number] | null = null;
  /** Offsets come in rising order. */
  const ownerOf = (offset: number): string | null => {
    for (let next = owners[at]; next && next.span.start <= offset; next = owners[++at]) owner = next;
    return owner && offset < owner.span.end ? owner.id : null;
  };
  const visit = (section: Section): void => {
    visitBlocks(section.blocks);
    section.sections.forEach(visit);
  };
  visit(guide.root);
  return found;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').toLowerCase();
}

function isDirective(text: string): boolean {
  return /^(?:(?:this\s+(?:step|action)\s+(?:is\s+)?)?(?:needs\s+approval|safe\s+to\s+repeat)\b|(?:undo|verify)\s*:)/i.test(
    text,
  );
}
