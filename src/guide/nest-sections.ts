// Headings to a tree. Sections of a guide read before are kept as they are where nothing in them has changed, so that
// what was found out about them can be looked up by their identity.
import type { Block, FrontMatter, Heading, Section } from './guide.ts';
import type { Flow } from './read-blocks.ts';

interface OpenSection {
  readonly heading: Heading | null;
  readonly start: number;
  readonly blocks: Block[];
  readonly sections: Section[];
}

/** Sections by their heading, of whatever guide was nested last; a section is taken again only if it is the same. */
export type KnownSections = WeakMap<Heading, Section>;

/** Each section takes what follows its heading, down to the next heading of its level or above. */
export function nestSections(flow: Iterable<Flow>, length: number, known?: KnownSections): Section {
  const open: OpenSection[] = [{ heading: null, start: 0, blocks: [], sections: [] }];
  let end = 0;
  const close = (): void => {
    const section = open.pop();
    if (!section?.heading) return;
    const { heading, start, blocks, sections } = section;
    const before = known?.get(heading);
    if (before && before.span.end === end && sameItems(before.blocks, blocks) && sameItems(before.sections, sections)) {
      open.at(-1)?.sections.push(before);
      return;
    }
    const made: Section = { heading, blocks, sections, span: { start, end } };
    known?.set(heading, made);
    open.at(-1)?.sections.push(made);
  };
  for (const block of flow) {
    if (block.kind === 'heading') {
      while (open.length > 1 && (open.at(-1)?.heading?.level ?? 0) >= block.level) close();
      open.push({ heading: block, start: block.span.start, blocks: [], sections: [] });
    } else {
      open.at(-1)?.blocks.push(block);
    }
    end = block.span.end;
  }
  while (open.length > 1) close();
  const root = open[0];
  return { heading: null, blocks: root?.blocks ?? [], sections: root?.sections ?? [], span: { start: 0, end: length } };
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** From front matter, else the first heading of level 1 without a number, else the first heading. */
export function titleOf(frontMatter: FrontMatter, flow: Iterable<Flow>): string | null {
  if (frontMatter.title !== undefined) return frontMatter.title;
  let first: Heading | null = null;
  for (const block of flow) {
    if (block.kind !== 'heading') continue;
    first ??= block;
    if (block.level !== 1) continue;
    first = block;
    break;
  }
  return first && first.number === null ? first.prose.plain : null;
}
