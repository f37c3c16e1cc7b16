// step.same-title: two steps of one name. Jumps by name and links lead to the first, and in a run nobody can tell them apart.
import { collect, onceFor } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Heading } from '../guide/index.ts';
import type { CheckInput } from './check.ts';

export function checkSameTitles(input: CheckInput): readonly Diagnostic[] {
  return [...ofHeadings(input), ...ofLabels(input)];
}

/** "**Step 3: Add workers**" and "**Step 5: Add workers**": steps by their own words, which are no headings. */
function ofLabels({ plan, facts, guide }: CheckInput): readonly Diagnostic[] {
  const headings = new Set(facts.sections.map(({ section: { heading } }) => heading?.span.start));
  const first = new Map<string, string>();
  return collect(plan.nodes, ({ title, source, titleSource }) => {
    if (!source || !titleSource || title.length < 6 || headings.has(source.span.start)) return [];
    const number = labelled.exec(guide.text.slice(source.span.start, titleSource.span.end))?.[1];
    if (number === undefined) return [];
    const key = plainOf(title);
    const before = first.get(key);
    if (before === undefined) first.set(key, number);
    if (before === undefined || before === number) return [];
    return [
      makeDiagnostic('step.same-title', titleSource.span, `\`${title}\` is also the name of step \`${before}\`.`, {
        hint: 'Say in each what is different.',
      }),
    ];
  });
}

const labelled = /^[*_]{2}step (\d+(?:\.\d+)*)\b/i;

function ofHeadings({ facts, plan }: CheckInput): readonly Diagnostic[] {
  const steps = new Set(plan.nodes.map(({ source }) => source?.span.start));
  const first = new Map<string, Heading>();
  return collect(facts.sections, ({ section: { heading }, headings }) => {
    if (!heading || (heading.number === null && !steps.has(heading.span.start))) return [];
    // "Step 1" to "Step 6" are counted through all parts of a guide; sections without such a word may well repeat in each part.
    const part = heading.word !== null && /^\d+$/.test(heading.number ?? '') ? '' : headings.at(-2)?.span.start;
    const key = `${part ?? ''} ${wordsOf(heading)}`;
    if (/^\d* $/.test(key)) return [];
    const before = first.get(key);
    if (!before) first.set(key, heading);
    if (!before || (before.number !== null && before.number === heading.number)) return [];
    return [
      makeDiagnostic(
        'step.same-title',
        heading.prose.span,
        before.number === null
          ? `\`${heading.title}\` is also the name of another step.`
          : `\`${heading.title}\` is also the name of step \`${before.number}\`.`,
        {
          labels: [{ span: before.prose.span, message: 'the other step of this name' }],
          hint: 'Say in each what is different.',
        },
      ),
    ];
  });
}

const wordsOf = onceFor(({ title }: Heading): string => plainOf(title.replace(/^[A-Za-z][).]\s+/, '')));

/** The words of a title, without its signs. */
export function plainOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
