// parameter.duplicate: a parameter that is declared twice. The first declaration counts, so what the second says is lost.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { collect, type Span } from '../base/index.ts';
import { sourceSpan, type List } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { parametersOfGuide } from './parameters-of-guide.ts';
import { bySection } from './scope.ts';

export function checkParameterDuplicates(input: CheckInput): readonly Diagnostic[] {
  const { guide, plan } = input;
  const { sectionAt } = input.facts;
  const places = new Map(
    plan.guide.parameters.flatMap(({ name, origin, source }) =>
      origin === 'declared' && source ? [[name, source.span] as const] : [],
    ),
  );
  if (places.size === 0) return [];
  const starts = new Set([...places.values()].map(({ start }) => start));
  const again: { name: string; span: Span }[] = guide.frontMatter.parameters.filter(
    ({ name, span }) => places.get(name)?.start !== span.start,
  );
  for (const entries of parameterLists(input)) {
    // A list that declares at least one parameter is a list of parameters.
    if (!entries.some(({ span }) => starts.has(span.start))) continue;
    again.push(...entries.filter(({ name, span }) => places.has(name) && places.get(name)?.start !== span.start));
  }
  const isOfGuide = parametersOfGuide(input);
  return collect(again, ({ name, span }) => {
    if (!isOfGuide(span.start)) return [];
    const first = places.get(name);
    // Below another heading it may be meant for that part alone.
    const isApart = first !== undefined && sectionAt(first.start).section !== sectionAt(span.start).section;
    const isInFront = first !== undefined && first.start < (guide.frontMatter.span?.end ?? 0);
    const found = makeDiagnostic(
      'parameter.duplicate',
      span,
      `Parameter \`${name}\` is declared twice; only the first declaration counts.`,
      {
        ...(isApart && !isInFront && { severity: 'hint' as const }),
        labels: first ? [{ span: first, message: 'the first declaration' }] : [],
        hint: 'Remove one of them, or give it another name.',
      },
    );
    return [found];
  });
}

/** What lists of a section would declare, list by list. */
const parameterLists = bySection(({ blocks }) =>
  blocks.flatMap(({ block }) => {
    const entries = block.kind === 'list' ? entriesOf(block) : [];
    return entries.length > 0 ? [entries] : [];
  }),
);

function entriesOf({ items }: List): { name: string; span: Span }[] {
  return items.flatMap(({ blocks: [first] }) => {
    const code = first?.kind === 'paragraph' ? first.prose.codes[0] : undefined;
    if (first?.kind !== 'paragraph' || code?.start !== 0) return [];
    return [
      {
        name: first.prose.plain.slice(0, code.end).replace(/^[<{$]+|[>}]+$/g, ''),
        span: sourceSpan(first.prose, code.start, code.end),
      },
    ];
  });
}
