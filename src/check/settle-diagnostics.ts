// What becomes of the findings once all are known: the author silences some by comments in the guide, the settings give some
// another weight. The one place that knows `<!-- tsg-disable … -->`.
import { catalogue, type Diagnostic, type Fix, type Severity } from '../diagnostics/index.ts';
import { numeralOf, textOf, type Guide } from '../guide/index.ts';
import { guideFacts, type GuideFacts } from './guide-facts.ts';
import { bySection } from './scope.ts';
import { allMatches, type LineIndex, type Span, type Text } from '../base/index.ts';

/** Another weight for a code, by code; `off` leaves its findings out. Codes that nobody knows change nothing. */
export type Severities = Readonly<Record<string, Severity | 'off'>>;

/**
 * A comment to the checker.
 *
 *     <!-- tsg-disable-next-line step.loop -->
 *     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^  `span`; `codes` is `step.loop` with its own span; none means all
 */
export interface SilencingComment {
  readonly does: 'disable' | 'enable' | 'disable-line' | 'disable-next-line';
  readonly codes: readonly { readonly code: string; readonly span: Span }[];
  readonly span: Span;
}

/** The findings that remain, with the weight that they have here. Their order stays. */
export function settleDiagnostics(
  guide: Guide,
  diagnostics: readonly Diagnostic[],
  severities: Severities = {},
): readonly Diagnostic[] {
  const told = withRestarts(
    guide,
    withoutConsequences(guide, withoutBrokenCode(guide, withoutSpentSecrets(guide, withoutEchoes(diagnostics)))),
  );
  return weighed(told, silencer(silencingComments(guide), guide.lines), severities);
}

/** The findings of a library about one guide that remain, with the weight that they have here. Their order stays. */
export function settleLibraryFindings(
  { silencing }: { readonly silencing: readonly SilencingComment[] },
  lines: LineIndex,
  diagnostics: readonly Diagnostic[],
  severities: Severities = {},
): readonly Diagnostic[] {
  return weighed(diagnostics, silencer(silencing, lines), severities);
}

function weighed(
  diagnostics: readonly Diagnostic[],
  isSilent: (diagnostic: Diagnostic) => boolean,
  severities: Severities,
): readonly Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const severity = Object.hasOwn(severities, diagnostic.code) ? severities[diagnostic.code] : undefined;
    if (severity === 'off' || isSilent(diagnostic)) return [];
    // A code reported with its usual weight takes the new one; a special case of it keeps its distance.
    if (severity === undefined) return [diagnostic];
    const usual = diagnostic.severity === catalogue[diagnostic.code].severity;
    return [{ ...diagnostic, severity: usual ? severity : lighter(severity, diagnostic.severity) }];
  });
}

/** Numbers that begin anew under another heading ("Solution B", Step 1) are no mistake unless something jumps to one of them. */
function withRestarts(guide: Guide, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!diagnostics.some(({ code }) => code === 'step.duplicate')) return diagnostics;
  const facts = guideFacts(guide);
  const parentAt = (offset: number): number => facts.sectionAt(offset).headings.at(-2)?.span.start ?? -1;
  return diagnostics.map((one) => {
    const [first] = one.labels;
    if (one.code !== 'step.duplicate' || !first || parentAt(one.span.start) === parentAt(first.span.start)) return one;
    const number = /\d+(?:\.\d+)*/.exec(textOf(guide).slice(one.span.start, one.span.end))?.[0] ?? '';
    const jump = new RegExp(
      `\\b(?:to|with|from|in|of|at|see)\\s+step\\s+${number.replaceAll('.', '\\.')}(?!\\.?\\d)\\b`,
      'i',
    );
    return jump.test(guide.text) ? one : { ...one, severity: 'hint' as const };
  });
}

/**
 * "Step 6" in a cell is a jump to nowhere and the mention of a step that is not there: told as the jump. A heading with a wrong number is
 * told there, and not at the list of the steps that has the right one, too.
 */
function withoutEchoes(all: readonly Diagnostic[]): readonly Diagnostic[] {
  const numbers = all.filter(({ code }) => /^step\.(?:numbering|duplicate)$/.test(code));
  const diagnostics =
    numbers.length === 0
      ? all
      : all.filter(
          ({ code, labels: [heading] }) =>
            code !== 'step.overview' ||
            !numbers.some(({ span }) => heading && heading.span.start <= span.start && span.end <= heading.span.end),
        );
  const jumps = diagnostics.filter(({ code }) => code === 'step.unknown-target');
  if (jumps.length === 0) return diagnostics;
  return diagnostics.filter(
    ({ code, span }) =>
      code !== 'step.unknown-mention' ||
      !jumps.some((jump) => jump.span.start < span.end && span.start < jump.span.end),
  );
}

/** Where a secret stands in the text, the parameter that should hold it seems to have no use: one slip, told at the secret. */
function withoutSpentSecrets(guide: Guide, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!diagnostics.some(({ code }) => code === 'secret.in-text')) return diagnostics;
  const secret = new Set(guide.frontMatter.parameters.flatMap((one) => (one.secret === true ? [one.name] : [])));
  const nameAt = ({ start, end }: Span): string => textOf(guide).slice(start, end);
  const spent = diagnostics.filter(({ code, span }) => code === 'parameter.unused' && secret.has(nameAt(span)));
  return spent.length === 1 ? diagnostics.filter((one) => one !== spent[0]) : diagnostics;
}

/**
 * Code that is never closed swallows what follows: steps, links and parameters seem to be missing, and words stand in queries.
 * Only what was found before it, and does not speak of what it swallowed, is told beside it.
 */
function withoutConsequences(guide: Guide, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const first = diagnostics.find(({ code }) => code === 'code.unclosed');
  if (!first) return withoutLostWays(guide, diagnostics);
  const elsewhere = /^(?:step|branch|result|parameter|link|plan|reference|silence)\./;
  return diagnostics.filter(
    ({ code, span }) => code === 'code.unclosed' || (span.start < first.span.start && !elsewhere.test(code)),
  );
}

/**
 * What cannot be read tells neither its columns nor its statuses nor its parameters; a text that breaks off has no ending. A
 * condition that is wrong itself leaves open which values its step misses.
 */
function withoutBrokenCode(guide: Guide, all: readonly Diagnostic[]): readonly Diagnostic[] {
  const wrong = all.filter(({ code }) =>
    /^(?:guard\.invalid|result\.unknown-(?:value|column)|branch\.impossible)$/.test(code),
  );
  const diagnostics = all.filter(
    ({ code, span }) =>
      !/^branch\.(?:no-otherwise|gap)$/.test(code) ||
      !wrong.some((one) => sameStep(guide, Math.min(one.span.start, span.start), Math.max(one.span.start, span.start))),
  );
  const broken = diagnostics.filter(({ code }) => code === 'sql.syntax');
  const cut = diagnostics.some(({ code }) => code === 'text.unexpected-end');
  if (broken.length === 0 && !cut) return diagnostics;
  const reads =
    /^(?:guard\.invalid|result\.unknown-(?:value|column)|threshold\.mismatch|branch\.(?:no-otherwise|gap|dead-otherwise))$/;
  return diagnostics.filter(({ code, span }) => {
    if (cut && /^(?:step\.(?:no-ending|empty)|branch\.no-otherwise)$/.test(code)) return false;
    if (code === 'parameter.unused') return broken.length === 0;
    return !reads.test(code) || !broken.some((one) => sameStep(guide, one.span.start, span.start));
  });
}

function sameStep(guide: Guide, from: number, to: number): boolean {
  return from <= to && to - from < 5000 && !/\n#{1,6} /.test(textOf(guide).slice(from, to));
}

/** A jump that leads nowhere is a way that is missing: what seems unreachable or left out may be what it meant. */
function withoutLostWays(guide: Guide, diagnostics: readonly Diagnostic[], isLost = false): readonly Diagnostic[] {
  const leads = ({ code, span }: Diagnostic): boolean =>
    code === 'step.unknown-target' ||
    (code === 'link.broken' &&
      /\b(?:go|jump|proceed|continue|skip|return|follow|see|use)\b[^.\n]{0,80}$/i.test(
        textOf(guide).slice(Math.max(0, span.start - 120), span.start),
      ));
  const twice = diagnostics.filter(({ code }) => code === 'step.duplicate');
  if (twice.length > 0) {
    const lost = lostByDuplicates(guide, twice, diagnostics);
    const rest = diagnostics.filter((one) => !/^step\.(?:duplicate|numbering)$/.test(one.code) && !lost.has(one));
    const told = twice.map((one) => ({
      ...one,
      labels: [
        ...one.labels,
        ...[...lost].flatMap(([{ code, span }, by]) =>
          by === one && code === 'step.unknown-target' ? [{ span, message: 'this jump seems to mean it' }] : [],
        ),
      ],
    }));
    return withoutLostWays(guide, rest, lost.size > 0).concat(told);
  }
  const gaps = isLost ? diagnostics : withoutLostByGaps(guide, diagnostics);
  if (gaps !== diagnostics) return withoutLostWays(guide, gaps, true);
  if (!isLost && !diagnostics.some(leads)) return diagnostics;
  const text = textOf(guide);
  const isLeftOver = ({ code, span }: Diagnostic): boolean =>
    code === 'plan.not-read' &&
    /^\W*(?:otherwise|else)\b/i.test(text.slice(span.start, span.start + 20)) &&
    diagnostics.some((one) => leads(one) && sameStep(guide, one.span.start, span.start));
  return diagnostics.filter(
    (one) =>
      !/^(?:step\.(?:unreachable|no-ending)|branch\.(?:gap|no-otherwise)|result\.not-yet|parameter\.late)$/.test(
        one.code,
      ) && !isLeftOver(one),
  );
}

/** Jumps to the number that a step should have which has that of another one: one slip of the hand, told once, at the step. */
function lostByDuplicates(
  guide: Guide,
  twice: readonly Diagnostic[],
  diagnostics: readonly Diagnostic[],
): ReadonlyMap<Diagnostic, Diagnostic> {
  const numberAt = ({ start, end }: Span): number => {
    const words = textOf(guide).slice(start, end);
    return Number(/(?<![\d.])\d{1,3}(?!\.?\d)/.exec(words)?.[0] ?? NaN);
  };
  const lost = new Map<Diagnostic, Diagnostic>();
  for (const one of twice) {
    const above = guideFacts(guide).sections.findLast(
      ({ section: { heading } }) => heading && heading.span.end < one.span.start,
    );
    const wanted = [numberAt(one.span) + 1, Number(above?.section.heading?.number ?? NaN) + 1];
    for (const jump of diagnostics)
      if (/^step\.unknown-(?:target|mention)$/.test(jump.code) && wanted.includes(numberAt(jump.span)))
        lost.set(jump, one);
  }
  return lost;
}

/**
 * Steps 1, 2, 4 and a jump to 3, and none to 4: the last one has the wrong number, which is told once, at the step. Where something
 * leads to 4, it is 3 that was lost, and the jump to it is told too.
 */
function withoutLostByGaps(guide: Guide, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const jumps = diagnostics.filter(({ code }) => /^step\.unknown-(?:target|mention)$/.test(code));
  const gaps = diagnostics.filter(({ code, labels }) => code === 'step.numbering' && labels.length === 1);
  if (jumps.length === 0 || gaps.length === 0) return diagnostics;
  const numberAt = ({ start, end }: Span): string => {
    const words = textOf(guide).slice(start, end);
    const spelt = /^\W*\p{L}+\s+(\p{L}+)\b/u.exec(words)?.[1];
    return /\d{1,6}(?:\.\d{1,6})*/.exec(words)?.[0] ?? (spelt === undefined ? '' : numeralOf(spelt));
  };
  const lost = new Map<Diagnostic, Diagnostic>();
  const fixes = new Map<Diagnostic, Fix>();
  for (const gap of gaps) {
    const own = numberAt(gap.span);
    const wanted = numberAt(gap.labels[0]?.span ?? gap.span).replace(/\d+$/, (last) => String(Number(last) + 1));
    const meant = jumps.filter(({ span }) => numberAt(span) === wanted);
    const spelt =
      /^\W*\p{L}+\s+(\p{L}+)\b/u.exec(textOf(guide).slice(gap.span.start, gap.span.end))?.[1]?.toLowerCase() ?? '';
    const isNamed = new RegExp(
      `\\b(?:to|with|from|at|of|in|see|repeat|step|section|phase)\\s+(?:the\\s+)?(?:step|section|phase)?\\s*#?(?:${own.replaceAll('.', '\\.')}${spelt === '' ? '' : `|${spelt}`})(?![\\w.]*\\d)`,
      'i',
    );
    const { text } = guide;
    if (meant.length === 0 || isNamed.test(text.slice(0, gap.span.start)) || isNamed.test(text.slice(gap.span.end)))
      continue;
    for (const jump of meant) lost.set(jump, gap);
    // A mention that leads nobody anywhere goes with the slip, and makes no more of it.
    if (!meant.some(({ code }) => code === 'step.unknown-target')) continue;
    const start = gap.span.start + text.slice(gap.span.start, gap.span.end).indexOf(own);
    if (start < gap.span.start) continue;
    const edit = { span: { start, end: start + own.length }, newText: wanted };
    fixes.set(gap, { title: `Number it \`${wanted}\``, edits: [edit] });
  }
  if (lost.size === 0) return diagnostics;
  return diagnostics.flatMap((one) => {
    if (lost.has(one)) return [];
    const by = [...lost].flatMap(([{ code, span }, gap]) =>
      gap === one && code === 'step.unknown-target' ? [{ span, message: 'this jump seems to mean it' }] : [],
    );
    const fix = fixes.get(one);
    // A jump leads nowhere, wherever that is told.
    return [fix ? { ...one, severity: 'error' as const, labels: [...one.labels, ...by], fixes: [fix] } : one];
  });
}

const weights: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

function lighter(a: Severity, b: Severity): Severity {
  return weights.indexOf(a) > weights.indexOf(b) ? a : b;
}

/** The comments to the checker, in the order of the text. */
export function silencingComments(guide: Guide, facts: GuideFacts = guideFacts(guide)): readonly SilencingComment[] {
  return [...commentsIn({ guide, facts })].sort((a, b) => a.span.start - b.span.start);
}

const commentsIn = bySection(({ blocks, proses }, { whole, own }): readonly SilencingComment[] => {
  if (!own.includes('tsg-')) return [];
  const spans: Span[] = [];
  for (const { block } of blocks) {
    if (block.kind === 'comment') spans.push(block.span);
    else if (block.kind === 'html') {
      const html = whole.slice(block.span.start, block.span.end);
      for (const match of allMatches(html, /<!--[^]*?-->/g)) {
        const start = block.span.start + match.index;
        spans.push({ start, end: start + match[0].length });
      }
    }
  }
  for (const { prose } of proses) for (const { span } of prose.comments) spans.push(span);
  return spans.flatMap((span) => readComment(whole, span) ?? []);
});

function readComment(whole: Text, span: Span): SilencingComment | null {
  const text = whole.slice(span.start, span.end);
  const found = /^<!--\s*tsg-(disable-next-line|disable-line|disable|enable)(?=[\s-])([^]*?)-->$/.exec(text);
  if (!found) return null;
  const [, does, rest = ''] = found;
  const from = span.end - 3 - rest.length;
  const codes = allMatches(rest, /[^\s,]+/g).map((match) => {
    const start = from + match.index;
    return { code: match[0], span: { start, end: start + match[0].length } };
  });
  const named = codes.findIndex(({ code }) => code === '--');
  return { does: does as SilencingComment['does'], codes: named < 0 ? codes : codes.slice(0, named), span };
}

/** Tells whether a finding is silenced, by the comments before it. */
function silencer(comments: readonly SilencingComment[], lines: LineIndex): (diagnostic: Diagnostic) => boolean {
  if (comments.length === 0) return () => false;
  const onLine = new Map<number, SilencingComment[]>();
  const from: SilencingComment[] = [];
  for (const comment of comments) {
    if (comment.does === 'disable' || comment.does === 'enable') {
      from.push(comment);
      continue;
    }
    const at = comment.does === 'disable-line' ? comment.span.start : comment.span.end;
    const line = lines.positionAt(at).line + (comment.does === 'disable-line' ? 0 : 1);
    onLine.set(line, [...(onLine.get(line) ?? []), comment]);
  }
  const names = ({ codes }: SilencingComment, code: string): boolean =>
    codes.length === 0 || codes.some((named) => named.code === code);
  return ({ code, span }) => {
    if (onLine.get(lines.positionAt(span.start).line)?.some((comment) => names(comment, code)) === true) return true;
    let silent = false;
    for (const comment of from) {
      if (comment.span.end > span.start) break;
      if (names(comment, code)) silent = comment.does === 'disable';
    }
    return silent;
  };
}
