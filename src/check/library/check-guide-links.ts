// link.moved: a link to a guide that now lies elsewhere, or that only says where it has moved. Links to files that are nowhere,
// and to headings that another guide does not have, are told as link.broken.
import { makeDiagnostic, type Diagnostic, type Fix } from '../../diagnostics/index.ts';
import type { Span } from '../../base/index.ts';
import { bareAnchor } from '../anchors.ts';
import { brokenFileLink } from '../check-links.ts';
import { resolveLink, wayTo, type Library, type LibraryGuide } from './library.ts';

/** So many links to nowhere may be mistakes, whatever else there is. */
const fewest = 3;

export function checkGuideLinks({ guides, exists }: Library): ReadonlyMap<string, readonly Diagnostic[]> {
  const byPath = new Map(guides.map((guide) => [guide.file, guide]));
  const byName = new Map<string, string[]>();
  for (const { file, movedTo } of guides)
    if (movedTo === null) byName.set(nameOf(file), [...(byName.get(nameOf(file)) ?? []), file]);
  const found = new Map<string, Diagnostic[]>();
  const copied = isExcerpt({ guides, exists }, byPath);
  for (const guide of guides) {
    const findings = guide.links.flatMap(({ target, span }) => {
      const place = resolveLink(guide.file, target);
      if (!place) return [];
      const other = byPath.get(place.path);
      if (other) return toGuide(guide, other, target, span, place.anchor);
      if (exists(place.path) !== false) return [];
      const elsewhere = (byName.get(nameOf(place.path)) ?? []).filter((file) => file !== guide.file);
      if (elsewhere.length > 0) return [moved(guide, elsewhere, target, span)];
      const broken = brokenFileLink(target, span);
      return [copied ? { ...broken, severity: 'hint' as const } : broken];
    });
    if (findings.length > 0) found.set(guide.file, findings);
  }
  return found;
}

/** Where most links lead to no file, the guides were taken out of their library: what is not here may well be there. */
function isExcerpt(
  { guides, exists }: Pick<Library, 'guides' | 'exists'>,
  byPath: ReadonlyMap<string, LibraryGuide>,
): boolean {
  let there = 0;
  let gone = 0;
  for (const { file, links } of guides) {
    for (const { target } of links) {
      const place = resolveLink(file, target);
      if (!place) continue;
      if (byPath.has(place.path) || exists(place.path) !== false) there++;
      else gone++;
    }
  }
  return gone > fewest && gone > there;
}

function toGuide(
  guide: LibraryGuide,
  other: LibraryGuide,
  target: string,
  span: Span,
  anchor: string | null,
): Diagnostic[] {
  if (other.movedTo !== null) {
    const place = resolveLink(other.file, other.movedTo);
    const way = /^[a-z][a-z0-9+.-]*:/i.test(other.movedTo) || !place ? null : wayTo(guide.file, place.path);
    return [
      makeDiagnostic('link.moved', span, `\`${target}\` only says that the guide has moved to \`${other.movedTo}\`.`, {
        hint: 'Link to the new place.',
        fixes: way === null || guide.file === place?.path ? [] : [change(span, way)],
      }),
    ];
  }
  if (
    anchor === null ||
    anchor === '' ||
    other.anchors.includes(anchor) ||
    other.anchors.includes(bareAnchor(anchor.replace(/\d+$/, '')))
  )
    return [];
  return [brokenFileLink(target, span, other.file)];
}

function moved(guide: LibraryGuide, elsewhere: readonly string[], target: string, span: Span): Diagnostic {
  const anchor = target.includes('#') ? target.slice(target.indexOf('#')) : '';
  const ways = elsewhere.map((file) => wayTo(guide.file, file));
  const [only, ...others] = ways.map((way) => `${way}${anchor}`);
  const named = ways
    .slice(0, 3)
    .map((way) => `\`${way}\``)
    .join(' or ');
  return makeDiagnostic('link.moved', span, `There is no \`${target}\`; a guide of that name is ${named}.`, {
    hint: 'Link to where it lies now.',
    fixes: only === undefined || others.length > 0 ? [] : [change(span, only)],
  });
}

function change(span: Span, way: string): Fix {
  return { title: `Change to \`${way}\``, edits: [{ span, newText: way }] };
}

function nameOf(path: string): string {
  return (path.split('/').at(-1) ?? path).toLowerCase();
}
