// link.broken: a link to a place in this guide that is not there, or to nothing at all. Links to other files are not
// followed: a check reads one guide.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Span } from '../base/index.ts';
import type { Guide, Link } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { nearNames } from './near-names.ts';

export function checkLinks({ guide, facts }: CheckInput): readonly Diagnostic[] {
  const links = facts.proses.flatMap(({ prose }) => prose.links);
  const suspects = links.filter((link) => isEmpty(guide, link) || /^#[^\s/]+$/.test(link.target));
  if (suspects.length === 0) return [];
  const anchors = anchorsOf(guide);
  const near = nearNames([...new Set(anchors.values())]);
  return suspects.flatMap((link): Diagnostic[] => {
    const source = guide.text.slice(link.span.start, link.span.end);
    if (isEmpty(guide, link)) {
      return [
        makeDiagnostic('link.broken', link.span, `\`${source.slice(0, 80)}\` leads nowhere.`, {
          hint: 'Write where it leads between the brackets.',
        }),
      ];
    }
    const name = decode(link.target.slice(1));
    if (
      name === '' ||
      name.toLowerCase() === 'top' ||
      anchors.has(bare(name)) ||
      anchors.has(bare(name.replace(/-\d+$/, '')))
    )
      return [];
    const meant = near(name.toLowerCase());
    const at = source.lastIndexOf(link.target);
    const span: Span =
      at < 0 ? link.span : { start: link.span.start + at, end: link.span.start + at + link.target.length };
    return [
      makeDiagnostic('link.broken', span, `The link \`${link.target}\` leads to no heading of this guide.`, {
        hint:
          meant === undefined
            ? 'Name a heading in lower case with dashes for blanks, such as `#check-the-disk`.'
            : `Did you mean \`#${meant}\`?`,
        fixes:
          meant === undefined || at < 0
            ? []
            : [{ title: `Change to \`#${meant}\``, edits: [{ span, newText: `#${meant}` }] }],
      }),
    ];
  });
}

function isEmpty(guide: Guide, { target, span }: Link): boolean {
  return target === '' && /\]\(\s*\)$/.test(guide.text.slice(Math.max(span.start, span.end - 6), span.end));
}

/**
 * Where links can lead, by their letters and digits alone, because renderers make anchors in different ways. Headings are
 * looked for in the text itself: those in lists and quotes are no sections, and yet have anchors.
 */
function anchorsOf({ text }: Guide): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  const add = (name: string): void => {
    const slug = name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    if (!anchors.has(bare(name))) anchors.set(bare(name), slug);
  };
  for (const [, words = ''] of text.matchAll(/^[ \t>*+\d.)-]*#{1,6}[ \t]+([^\r\n]{1,300})/gm)) {
    add(words.replace(/\{#[\w-]+\}|\[([^\]]*)\]\([^)]*\)|<[^<>]*>/g, '$1').replace(/[ \t]+#*[ \t]*$/, ''));
    const own = /\{#([\w-]+)\}/.exec(words)?.[1];
    if (own !== undefined) add(own);
  }
  for (const [, words = ''] of text.matchAll(/^([^\r\n]{1,300})\r?\n[ \t>]*(?:=+|-+)[ \t]*$/gm)) add(words);
  for (const [, name = ''] of text.matchAll(/\b(?:id|name)=["']([^"'\r\n]{1,200})["']/g)) add(name);
  return anchors;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
