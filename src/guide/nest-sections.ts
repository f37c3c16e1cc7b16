// Headings to a tree. Sections of a guide read before are kept as they are where nothing in them has changed, so that
// what was found out about them can be looked up by their identity.
import { sameItems } from '../base/index.ts';
import type { Block, FrontMatter, Heading, Section } from './guide.ts';
import type { Flow } from './read-blocks.ts';

/** A heading and what stands below it before the next one; what stands before the first has none. */
export interface Part {
  readonly heading: Heading | null;
  readonly blocks: readonly Block[];
}

/** Cuts blocks at their headings. */
export function partsOf(flow: readonly Flow[]): readonly Part[] {
  const parts: { heading: Heading | null; blocks: Block[] }[] = [];
  for (const block of flow) {
    if (block.kind === 'heading') parts.push({ heading: block, blocks: [] });
    else {
      let last = parts.at(-1);
      if (!last) parts.push((last = { heading: null, blocks: [] }));
      last.blocks.push(block);
    }
  }
  return parts;
}

interface OpenSection {
  readonly heading: Heading | null;
  blocks: readonly Block[];
  readonly sections: Section[];
}

/** Sections by their heading, of whatever guide was nested last; a section is taken again only if it is the same. */
export type KnownSections = WeakMap<Heading, Section>;

/** Each section takes what follows its heading, down to the next heading of its level or above. */
export function nestSections(parts: Iterable<Part>, length: number, known?: KnownSections): Section {
  const root: OpenSection = { heading: null, blocks: [], sections: [] };
  const open = [root];
  let end = 0;
  const close = (): void => {
    const section = open.pop();
    if (!section?.heading) return;
    const { heading, blocks, sections } = section;
    const before = known?.get(heading);
    if (before && before.span.end === end && sameItems(before.blocks, blocks) && sameItems(before.sections, sections)) {
      open.at(-1)?.sections.push(before);
      return;
    }
    const made: Section = { heading, blocks, sections, span: { start: heading.span.start, end } };
    known?.set(heading, made);
    open.at(-1)?.sections.push(made);
  };
  for (const { heading, blocks } of parts) {
    if (heading) {
      while (open.length > 1 && (open.at(-1)?.heading?.level ?? 0) >= heading.level) close();
      open.push({ heading, blocks, sections: [] });
      ({ end } = heading.span);
    } else {
      const last = open.at(-1) ?? root;
      last.blocks = last.blocks.length === 0 ? blocks : [...last.blocks, ...blocks];
    }
    end = blocks.at(-1)?.span.end ?? end;
  }
  while (open.length > 1) close();
  return { heading: null, blocks: root.blocks, sections: root.sections, span: { start: 0, end: length } };
}

/** From front matter, else the first heading of level 1 without a number, else the first heading. */
export function titleOf(frontMatter: FrontMatter, parts: Iterable<Part>): string | null {
  if (frontMatter.title !== undefined) return frontMatter.title;
  let first: Heading | null = null;
  for (const { heading } of parts) {
    if (!heading) continue;
    first ??= heading;
    if (heading.level !== 1) continue;
    first = heading;
    break;
  }
  return first && first.number === null ? first.prose.plain : null;
}
