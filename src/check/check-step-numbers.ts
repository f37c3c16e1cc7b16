// step.numbering: step numbers that leave one out or go back. Duplicates among headings are step.duplicate's concern.
// A list whose items all have one number is numbered by markdown and is left alone.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Span, Text } from '../base/index.ts';
import type { Block, Item, List, Section } from '../guide/index.ts';
import { perSection } from './scope.ts';

export const checkStepNumbers = perSection(({ place, blocks }, text) => [
  ...headingNumbers(onOneLevel(place.section.sections)),
  ...numbersOf(place.section.blocks.flatMap((block) => labelOf(text, block) ?? [])),
  ...blocks.flatMap(({ block }) => (block.kind === 'list' && block.ordered ? listNumbers(text, block) : [])),
  ...blocks.flatMap(({ block }) => (block.kind === 'list' ? itemLabels(text, block) : [])),
]);

/** "- [ ] **Step 3: Verify**": items that say their number themselves. */
function itemLabels(text: Text, { items }: List): Diagnostic[] {
  return numbersOf(items.flatMap(({ blocks: [first] }) => (first && labelOf(text, first)) ?? []));
}

/** What has a place among others, and how the guide writes it. */
export interface Numbered {
  readonly number: number;
  readonly words: string;
  readonly span: Span;
}

/** Sections side by side. One that skips a level under its neighbour was meant to stand beside it. */
function onOneLevel(siblings: readonly Section[]): readonly Section[] {
  return siblings.flatMap((section): readonly Section[] => {
    const level = section.heading?.level ?? 0;
    const strays = section.sections.filter(({ heading }) => (heading?.level ?? 0) > level + 1);
    return strays.length === 0 ? [section] : [section, ...onOneLevel(strays)];
  });
}

/** Sibling headings with numbers of one form: `Step 1`, `Step 2`; `3.1`, `3.2`. */
function headingNumbers(siblings: readonly Section[]): Diagnostic[] {
  return numbersOf(
    siblings.flatMap(({ heading }) =>
      heading?.number !== undefined && heading.number !== null && /^[\d.]+$/.test(heading.number)
        ? [{ number: heading.number, word: heading.word ?? '', span: heading.prose.span }]
        : [],
    ),
  );
}

/** What carries a number, with the word before it: "Step 3.1". */
interface Named {
  readonly number: string;
  readonly word: string;
  readonly span: Span;
}

/** `**Step 3: Look at the queue**`: a bold line that stands for a heading. */
function labelOf(text: Text, block: Block): Named | null {
  if (block.kind !== 'paragraph' || block.span.end - block.span.start > 200) return null;
  if (!/^(?:\[[ xX]\]\s+)?(?:\*\*|__)/.test(text.slice(block.span.start, block.span.start + 8))) return null;
  const label =
    /^(?:\[[ xX]\]\s+)?(?:\*\*|__)(step|phase|stage|task)\s+(\d{1,3})\s*[:.)–—-][^\n]*(?:\*\*|__)[:.]?\s*$/i.exec(
      text.slice(block.span.start, block.span.end),
    );
  return label && { number: label[2] ?? '', word: (label[1] ?? '').toLowerCase(), span: block.prose.span };
}

/** Those that leave one out or go back. A restart at 1 begins another row. */
function numbersOf(numbered: readonly Named[]): Diagnostic[] {
  const findings: Diagnostic[] = [];
  let last: Numbered | null = null;
  let form = '';
  for (const [index, { number: written, word, span }] of numbered.entries()) {
    const parts = written.split('.');
    const number = Number(parts.pop());
    const now: Numbered = { number, words: written, span };
    const prefix = `${word} ${parts.join('.')}`;
    if (last !== null && prefix === form && number !== last.number + 1 && number !== last.number && number > 1) {
      findings.push(reportNumber(now, last, [...parts, String(last.number + 1)].join('.')));
      // 4, 7, 6: the one in the middle is wrong, and the one behind it is right.
      const next = Number(numbered[index + 1]?.number.split('.').at(-1));
      last = next === last.number + 2 ? { ...now, number: last.number + 1 } : now;
    } else last = now;
    form = prefix;
  }
  return findings;
}

/** Lists are counted by markdown, so a wrong number is one that no reader sees in the page. */
function listNumbers(text: Text, { items }: List): Diagnostic[] {
  const numbers = items.map(({ number }) => number ?? 0);
  const [first = 0] = numbers;
  if (numbers.length < 2 || numbers.every((number) => number === first)) return [];
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    const number = numbers[index] ?? 0;
    const expected = first + index;
    if (!before || number === expected) continue;
    const sign = markOf(text, item);
    const message = `This item is numbered \`${String(number)}\`, but it is item ${String(expected)} of its list, and shown so.`;
    return [
      makeDiagnostic('step.numbering', sign, message, {
        severity: 'information',
        labels: [{ span: markOf(text, before), message: 'the item before' }],
        hint: 'Number the items one by one, so that the text and the page agree.',
      }),
    ];
  }
  return [];
}

function markOf(text: Text, { span }: Item): Span {
  const mark = /^\d{1,9}[.)]/.exec(text.slice(span.start, span.start + 12))?.[0] ?? '1';
  return { start: span.start, end: span.start + mark.length };
}

/** `step.numbering` at one that leaves one out or goes back. */
export function reportNumber(now: Numbered, last: Numbered, expected: string): Diagnostic {
  const message =
    now.number > last.number
      ? `Step \`${now.words}\` follows step \`${last.words}\`, so a step \`${expected}\` seems to be missing.`
      : `Step \`${now.words}\` follows step \`${last.words}\`, so the numbers go back.`;
  return makeDiagnostic('step.numbering', now.span, message, {
    labels: [{ span: last.span, message: 'the step before' }],
    hint: 'Number the steps in the order in which they stand, and correct the jumps to them.',
  });
}
