// link.broken: a link to a place in this guide that is not there, or to nothing at all. Links to other files are followed only
// where a library is known (library/check-guide-links.ts).
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { collect, onceFor, type Span } from '../base/index.ts';
import { textOf, type Guide, type Link } from '../guide/index.ts';
import { anchorsIn, bareAnchor } from './anchors.ts';
import type { CheckInput } from './check.ts';
import type { SectionFacts } from './guide-facts.ts';
import { nearNames } from './near-names.ts';

export function checkLinks({ guide, facts }: CheckInput): readonly Diagnostic[] {
  const links = collect(facts.parts, linksIn);
  const suspects = links.filter((link) => isEmpty(guide, link) || /^#[^\s/]+$/.test(link.target));
  if (suspects.length === 0) return [];
  const anchors = anchorsIn(textOf(guide), facts);
  const near = nearNames([...new Set(anchors.values())]);
  return collect(suspects, (link): Diagnostic[] => {
    const source = textOf(guide).slice(link.span.start, link.span.end);
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
      anchors.has(bareAnchor(name)) ||
      anchors.has(bareAnchor(name.replace(/-\d+$/, '')))
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

const linksIn = onceFor((part: SectionFacts) => collect(part.proses, ({ prose }) => prose.links));

/** A link to a file that is not there or, when `within` names the file, to a heading that it does not have. */
export function brokenFileLink(target: string, span: Span, within?: string): Diagnostic {
  const message =
    within === undefined
      ? `The link \`${target}\` leads to no file.`
      : `The link \`${target}\` leads to no heading of \`${within}\`.`;
  return makeDiagnostic('link.broken', span, message, {
    hint: within === undefined ? 'Name a file as it lies seen from this guide.' : 'Name a heading that is there.',
  });
}

function isEmpty(guide: Guide, { target, span }: Link): boolean {
  return target === '' && /\]\(\s*\)$/.test(textOf(guide).slice(Math.max(span.start, span.end - 6), span.end));
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
