// link.broken: a link to a place in this guide that is not there, or to nothing at all. Links to other files are followed only
// where a library is known (library/check-guide-links.ts).
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { allMatches, collect, nearName, onceFor, type Span } from '../base/index.ts';
import { sourceSpan, textOf, type Guide, type Link } from '../guide/index.ts';
import { anchorsIn, bareAnchor } from './anchors.ts';
import type { CheckInput } from './check.ts';
import type { SectionFacts } from './guide-facts.ts';
import { nearNames } from './near-names.ts';
import { bySection } from './scope.ts';

export function checkLinks(input: CheckInput): readonly Diagnostic[] {
  const { guide, facts } = input;
  const links = collect(facts.parts, linksIn);
  const named = namedLinks(guide, links);
  const misspelt = [...collect(links, (link) => misspeltAddress(guide, link)), ...collect(facts.parts, cutLinks)];
  const suspects = [...links, ...named.anchors, ...htmlLinks(input)].filter(
    (link) => isEmpty(guide, link) || /^#[^\s/]+$/.test(link.target) || mayLackSign.test(link.target),
  );
  if (suspects.length === 0) return [...named.findings, ...misspelt];
  const anchors = anchorsIn(textOf(guide), facts);
  const near = nearNames([...new Set(anchors.values())]);
  const found = collect(suspects, (link): Diagnostic[] => {
    const source = textOf(guide).slice(link.span.start, link.span.end);
    if (isEmpty(guide, link)) {
      return [
        makeDiagnostic('link.broken', link.span, `\`${source.slice(0, 80)}\` leads nowhere.`, {
          hint: 'Write where it leads between the brackets.',
        }),
      ];
    }
    if (mayLackSign.test(link.target)) return lostSign(guide, link, anchors);
    const name = decode(link.target.slice(1));
    if (
      name === '' ||
      name.toLowerCase() === 'top' ||
      (anchors.has(bareAnchor(name)) &&
        !hasOtherDashes(name, anchors.get(bareAnchor(name)) ?? '') &&
        !hasLostDashes(name, anchors.get(bareAnchor(name)) ?? '')) ||
      (/-\d+$/.test(name) && anchors.has(bareAnchor(name.replace(/-\d+$/, ''))))
    )
      return [];
    const meant = anchors.get(bareAnchor(name)) ?? near(name.toLowerCase());
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
  return [...named.findings, ...misspelt, ...found];
}

/** A name of several words, as headings have. */
const mayLackSign = /^[a-z0-9]+(?:-[a-z0-9]+)+$/;

/** `[Out of memory](out-of-memory)` in a guide with that heading: without `#` it is taken for a file. */
function lostSign(guide: Guide, { target, span }: Link, anchors: ReadonlyMap<string, string>): Diagnostic[] {
  const source = textOf(guide).slice(span.start, span.end);
  if (anchors.get(bareAnchor(target)) !== target || !source.endsWith(`](${target})`)) return [];
  const place = { start: span.end - 1 - target.length, end: span.end - 1 };
  return [
    makeDiagnostic(
      'link.broken',
      place,
      `\`${target}\` is the name of a heading, and without \`#\` it leads to a file.`,
      {
        hint: `Did you mean \`#${target}\`?`,
        fixes: [{ title: `Change to \`#${target}\``, edits: [{ span: place, newText: `#${target}` }] }],
      },
    ),
  ];
}

/** `#step-1---look` where the heading has no dash any more: three in a row come from one, and no renderer makes them of a colon. */
function hasOtherDashes(name: string, slug: string): boolean {
  return name.includes('---') && !slug.includes('--');
}

/** `#rollback` for "Roll back": every renderer that writes small letters puts something between the words. */
function hasLostDashes(name: string, slug: string): boolean {
  return /^[a-z]+$/.test(name) && /^[a-z]+(?:-[a-z]+)+$/.test(slug);
}

/**
 * Links by name: `[the page][runbook]` with `[runbook]: #check-the-disk` somewhere. A name that no line defines is a finding; what the
 * others lead to is looked at where it is defined.
 */
function namedLinks(guide: Guide, links: readonly Link[]): { findings: Diagnostic[]; anchors: Link[] } {
  const text = textOf(guide);
  const uses = links.filter(
    ({ span, target }) =>
      /[A-Za-z].|.[A-Za-z]/.test(target) &&
      text.slice(span.start, span.end).endsWith(`][${target}]`) &&
      !/\w/.test(text.slice(Math.max(0, span.start - 1), span.start)) &&
      /[A-Za-z]{2}/.test(text.slice(span.start, span.end - target.length - 2)),
  );
  if (uses.length === 0) return { findings: [], anchors: [] };
  const defined = new Map<string, Link>();
  for (const match of allMatches(guide.text, /^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*<?([^\s>]+)/gm)) {
    const [whole, name = '', target = ''] = match;
    const end = match.index + whole.length;
    defined.set(nameOf(name), { start: 0, end: 0, span: { start: end - target.length, end }, target });
  }
  const findings = uses
    .filter(({ target }) => !defined.has(nameOf(target)))
    .map(({ span, target }) =>
      makeDiagnostic('link.broken', span, `The link names \`[${target}]\`, and no line of this guide defines it.`, {
        hint: `Add a line such as \`[${target}]: https://…\`, or write the address in round brackets.`,
      }),
    );
  const used = new Set(uses.map(({ target }) => nameOf(target)));
  return { findings, anchors: [...defined].flatMap(([name, link]) => (used.has(name) ? [link] : [])) };
}

function nameOf(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** `www.shop.dev`, `grafana.shop.example/d/orders`: a host, whose last part no file ends with. */
const noScheme =
  /^(?:www\.[\w-]+\.[a-z]{2,}|(?:[\w-]+\.){2,4}(?:com|org|net|io|dev|app|cloud|example|internal|corp|local|lan|eu|de|fr|uk|ch|at|nl|us))(?::\d+)?(?:[/?#]|$)/i;

/** `htps://…`, `http//…`, `https://` and nothing; a host without a scheme, which is a file beside the guide; a word that marks a place. */
function misspeltAddress(guide: Guide, { target, span }: Link): Diagnostic[] {
  if (noScheme.test(target) && textOf(guide).slice(span.start, span.start + 1) === '[')
    return [
      makeDiagnostic(
        'link.broken',
        span,
        `\`${target.slice(0, 80)}\` has no \`https://\`, so it is taken for a file.`,
        {
          hint: `Write \`https://${target.slice(0, 80)}\`.`,
        },
      ),
    ];
  if (
    /^(?:todo|tbd|tba|fixme|xxx+|link|url|insert[-_]?link|placeholder)$/i.test(target) &&
    textOf(guide).slice(span.end - 1, span.end) === ')'
  )
    return [
      makeDiagnostic('link.broken', span, `\`${target}\` stands where an address belongs.`, {
        hint: 'Write where it leads between the brackets.',
      }),
    ];
  const scheme = /^(h[a-z]{2,6}|t?tps?)(?::\/*|;\/\/|\/\/)/i.exec(target)?.[1]?.toLowerCase();
  if (scheme === undefined || /^https?:\/\/[^/\s]/i.test(target)) return [];
  if (scheme !== 'http' && scheme !== 'https' && nearName(scheme, ['http', 'https']) === undefined) return [];
  if (textOf(guide).slice(span.start, span.start + 1) === '<') return [];
  return [
    makeDiagnostic('link.broken', span, `\`${target.slice(0, 80)}\` is no address.`, {
      hint: 'An address begins with `https://` and a host.',
    }),
  ];
}

/** `[the page](the page.md)`: a blank ends the address, so readers see the brackets. */
const cutLinks = onceFor((part: SectionFacts): readonly Diagnostic[] =>
  collect(part.proses, ({ prose }) =>
    prose.plain.includes('](')
      ? allMatches(
          prose.plain,
          /\[[^[\]\n]{1,200}\]\(((?:\.{0,2}\/)?[\w./-]{1,100}(?: [\w./-]{1,100}){1,8}\.(?:md|html?|pdf|png|svg|jpe?g|gif|docx?|xlsx?|pptx?|csv|txt|ya?ml|json|ipynb)(?:#[\w-]*)?)\)/g,
        ).flatMap(({ 0: whole, 1: target = '', index }) => {
          if (prose.codes.some(({ start, end }) => start <= index && index < end)) return [];
          const span = sourceSpan(prose, index + whole.length - 1 - target.length, index + whole.length - 1);
          return [
            makeDiagnostic('link.broken', span, `\`${target}\` has blanks, so this is no link.`, {
              hint: `Write \`<${target}>\`, or \`%20\` for each blank.`,
              fixes: [{ title: 'Put the address in angle brackets', edits: [{ span, newText: `<${target}>` }] }],
            }),
          ];
        })
      : [],
  ),
);

const linksIn = onceFor((part: SectionFacts) => collect(part.proses, ({ prose }) => prose.links));

/** `<a href="#the-place">` in the words of a section. */
const htmlLinks = bySection(({ proses }, { whole, own }): readonly Link[] => {
  if (!/<a\s[^>\n]*\bhref=["']#/i.test(own)) return [];
  return collect(proses, ({ prose }) => {
    const words = whole.slice(prose.span.start, prose.span.end);
    return allMatches(words, /<a\s[^<>\n]{0,200}?\bhref=(["'])(#[^"'\s]{1,200})\1/gi).flatMap(
      ({ 0: tag, 2: target = '', index }) => {
        const end = prose.span.start + index + tag.length - 1;
        const isCode = prose.codes.some(({ span }) => span.start < end && end < span.end);
        return isCode ? [] : [{ start: 0, end: 0, span: { start: end - target.length, end }, target }];
      },
    );
  });
});

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
