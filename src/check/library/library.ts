// A library: many guides of one place, and the alert rules beside them, seen together. Each guide counts as a small plain value,
// so that hosts can keep it, make it in another thread, and check a library again without reading its guides again.
import { allMatches, slice, type Span } from '../../base/index.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Guide } from '../../guide/index.ts';
import { anchorsOf, bareAnchor } from '../anchors.ts';
import { asksForOwner } from '../check-owner.ts';
import { movedTo } from '../moved-to.ts';
import { guideFacts } from '../guide-facts.ts';
import { silencingComments, type SilencingComment } from '../settle-diagnostics.ts';
import { checkAlertGuides } from './check-alert-guides.ts';
import { checkGuideLinks } from './check-guide-links.ts';
import { checkSameAlert } from './check-same-alert.ts';
import { checkOwners } from './check-owners.ts';

/** What a library needs to know of one guide. Paths are relative to the library's folder, with forward slashes. */
export interface LibraryGuide {
  readonly file: string;
  readonly owned: boolean;
  /** True where the guide by itself is told that it has no owner. */
  readonly asksForOwner: boolean;
  /** The alerts of the front matter, each with its place. */
  readonly alerts: readonly { readonly name: string; readonly span: Span }[];
  /** Links to other guides: the words of the target, and their place. */
  readonly links: readonly { readonly target: string; readonly span: Span }[];
  /** Letters and digits of everything in it that a link can lead to. */
  readonly anchors: readonly string[];
  /** Where the guide says it has moved to, as written. */
  readonly movedTo: string | null;
  /** Words that may be the name of an alert. */
  readonly names: readonly string[];
  /** Where something is told that is about the whole guide. */
  readonly head: Span;
  /** The author's comments to the checker. */
  readonly silencing: readonly SilencingComment[];
}

/** One alert of a Prometheus rule file. */
export interface AlertRule {
  readonly name: string;
  readonly span: Span;
  /** Its `runbook_url`, when it has one. */
  readonly runbook: string | null;
}

export interface Library {
  readonly guides: readonly LibraryGuide[];
  readonly rules: readonly { readonly file: string; readonly rules: readonly AlertRule[] }[];
  /** Whether there is a file of this path; null where nobody can know. */
  readonly exists: (path: string) => boolean | null;
}

/** Findings by file. Pure; comments that silence findings and the settings' weights are for the host to apply. */
export function checkLibrary(library: Library): ReadonlyMap<string, readonly Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  for (const one of [checkAlertGuides, checkGuideLinks, checkOwners, checkSameAlert]) {
    for (const [file, diagnostics] of one(library)) found.set(file, [...(found.get(file) ?? []), ...diagnostics]);
  }
  return found;
}

/** What a library keeps of a guide. */
export function libraryGuide(file: string, guide: Guide): LibraryGuide {
  const { text, frontMatter } = guide;
  const links = [...guideFacts(guide).proses].flatMap(({ prose }): LibraryGuide['links'] => [
    ...prose.links.flatMap(({ target, span }) => {
      if (!toFile.test(target)) return [];
      const at = slice(text, span).lastIndexOf(target);
      return [{ target, span: at < 0 ? span : { start: span.start + at, end: span.start + at + target.length } }];
    }),
    ...picturesIn(slice(text, prose.span), prose.span.start),
  ]);
  links.push(...definedLinks(guide));
  const first = guide.root.sections[0]?.heading;
  return {
    file,
    owned:
      frontMatter.owner !== undefined ||
      /^(?:[*_]{2})?(?:owner|owned by|team|contact)\b[^\n]{0,20}[:*_|]/im.test(text.slice(0, 3000)),
    asksForOwner: asksForOwner(guide),
    alerts: alertsOf(guide),
    links,
    anchors: [...anchorsOf(text).keys()],
    movedTo: movedTo(guide),
    names: [...new Set(allMatches(text, /\b[A-Z][A-Za-z0-9_]{3,80}\b/g).map(([name]) => name))],
    head: frontMatter.span
      ? { start: frontMatter.span.start, end: frontMatter.span.start + 3 }
      : (first?.prose.span ?? { start: 0, end: Math.min(1, text.length) }),
    silencing: silencingComments(guide),
  };
}

/** A way to another file of the library. */
const toFile = /^(?![a-z][a-z0-9+.-]*:|[#/\\])[^?#\s]+\.md(?:#[^\s]*)?$/i;
const picture =
  /!\[[^\]\n]{0,300}\]\(<?((?![a-z][a-z0-9+.-]*:|[#/\\])[^?#\s()<>]{1,300}\.(?:png|jpe?g|gif|svg|webp))>?(?=[\s)])/gi;

/** Targets that a link names by a word, where they are defined: `[runbook]: ./runbook.md`. */
function definedLinks(guide: Guide): LibraryGuide['links'] {
  const { text } = guide;
  if (!/^ {0,3}\[[^\]\n]{1,200}\]:/m.test(text)) return [];
  const code = guideFacts(guide).blocks.flatMap(({ block }) => (block.kind === 'code' ? [block.span] : []));
  return allMatches(text, /^ {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*<?([^\s<>]+)/gm).flatMap(
    ({ 0: whole, 1: target = '', index }) => {
      const end = index + whole.length;
      if (!toFile.test(target) || code.some((block) => block.start <= index && index < block.end)) return [];
      return [{ target, span: { start: end - target.length, end } }];
    },
  );
}

function picturesIn(words: string, from: number): LibraryGuide['links'] {
  if (!words.includes('![')) return [];
  return allMatches(words, picture).map(({ 0: whole, 1: target = '', index }) => {
    const start = from + index + whole.lastIndexOf(target);
    return { target, span: { start, end: start + target.length } };
  });
}

function alertsOf({ text, frontMatter: { span, alerts } }: Guide): { name: string; span: Span }[] {
  if (!span || alerts.length === 0) return [];
  const from = text.slice(span.start, span.end).search(/^alerts[ \t]*:/m);
  let at = span.start + Math.max(0, from) + 'alerts'.length;
  return alerts.map((name) => {
    const found = text.indexOf(name, at);
    if (found < 0 || found >= span.end) return { name, span: { start: span.start, end: span.start + 3 } };
    at = found + name.length;
    return { name, span: { start: found, end: at } };
  });
}

/** `../disk.md#full` seen from `guides/db/lag.md` as `guides/disk.md` and `full`; null when it leaves the library. */
export function resolveLink(
  from: string,
  target: string,
): { readonly path: string; readonly anchor: string | null } | null {
  const [way = '', anchor] = target.split('#');
  const parts = from.split('/').slice(0, -1);
  for (const part of decode(way).split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return { path: parts.join('/'), anchor: anchor === undefined || anchor === '' ? null : bareAnchor(decode(anchor)) };
}

/** The way from one file of the library to another, as a link says it. */
export function wayTo(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same++;
  return [...here.slice(same).map(() => '..'), ...there.slice(same)].map((part) => encodeURI(part)).join('/');
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
