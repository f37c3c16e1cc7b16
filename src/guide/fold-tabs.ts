// Tabs that are written as headings, each a link that names it, up to a rule: `# [Azure CLI](#tab/azure-cli)` … `---` (DocFX, Microsoft
// Learn). They belong to the section above them as a list of tabs, and what stands behind the rule does too.
import { sameItems } from '../base/index.ts';
import type { Block, Heading, Item, List } from './guide.ts';
import type { Part } from './nest-sections.ts';

/** True for a heading that names a tab. */
export function isTabHeading({ prose: { plain, links } }: Heading): boolean {
  const [only, ...others] = links;
  return (
    only?.target.startsWith('#tab/') === true && others.length === 0 && only.start === 0 && only.end === plain.length
  );
}

/** The list made of headings of tabs, by the first of them: the same object as before where none has changed. */
const made = new WeakMap<Heading, { readonly parts: readonly Part[]; readonly list: List }>();

/** Takes runs of two or more tabs into the part above them. */
export function foldTabs(parts: readonly Part[]): readonly Part[] {
  if (!parts.some(({ heading }) => heading !== null && isTabHeading(heading))) return parts;
  const found: Part[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (!part) continue;
    const run = runFrom(parts, at);
    const [first] = run;
    if (!first?.heading || run.length < 2) {
      found.push(part);
      continue;
    }
    const above = found.pop() ?? { heading: null, blocks: [] };
    const last = run.at(-1) ?? first;
    const rest = last.blocks.slice(endIn(last) + 1);
    found.push({ heading: above.heading, blocks: [...above.blocks, listOf(first.heading, run), ...rest] });
    at += run.length - 1;
  }
  return found;
}

/** Tabs that follow each other, from `at` on, up to the one that a rule ends. */
function runFrom(parts: readonly Part[], at: number): readonly Part[] {
  let to = at;
  for (let part = parts[to]; part?.heading && isTabHeading(part.heading); part = parts[to]) {
    to++;
    if (endIn(part) < part.blocks.length) break;
  }
  return parts.slice(at, to);
}

/** Index of the rule in a part's blocks; their number when there is none. */
function endIn({ blocks }: Part): number {
  const at = blocks.findIndex((block) => block.kind === 'html' && block.endsTabs === true);
  return at === -1 ? blocks.length : at;
}

function listOf(first: Heading, parts: readonly Part[]): List {
  const before = made.get(first);
  if (before && sameItems(before.parts, parts)) return before.list;
  const items = parts.flatMap((part): Item[] => {
    if (!part.heading) return [];
    const { prose, span } = part.heading;
    const own = part.blocks.slice(0, endIn(part));
    const label: Block = { kind: 'paragraph', prose: { ...prose, links: [] }, span: prose.span };
    return [
      { number: null, blocks: [label, ...own], span: { start: span.start, end: own.at(-1)?.span.end ?? span.end } },
    ];
  });
  const span = { start: first.span.start, end: items.at(-1)?.span.end ?? first.span.end };
  const list: List = { kind: 'list', ordered: false, start: 1, tabs: true, items, span };
  made.set(first, { parts, list });
  return list;
}
