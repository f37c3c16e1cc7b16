// step.duplicate and step.numbering for steps that are called by letters: "## b) Read the log" twice, and lines "a) …", "b) …", "b) …",
// which markdown knows as no list. A row begins with a, and has three letters or more; anything else is no row of steps.
import { allMatches, type Span, type Text } from '../base/index.ts';
import { doubledStep, type Diagnostic } from '../diagnostics/index.ts';
import type { Section } from '../guide/index.ts';
import { reportNumber, type Numbered } from './check-step-numbers.ts';
import { perSection } from './scope.ts';

export const checkStepLetters = perSection(({ place, blocks }, text) => [
  ...rowFaults(headingLetters(place.section.sections)),
  ...rowFaults(blocks.flatMap(({ block }) => (block.kind === 'paragraph' ? lineLetters(text, block.span) : []))),
]);

/** A letter that calls what stands behind it, and the form in which it is written. */
export interface Lettered {
  readonly letter: string;
  readonly form: string;
  readonly span: Span;
}

const opening = /^((?:step|option|case|phase|part|section|scenario)\s+)?([A-Za-z])([).:]|\s+[–—-])\s+\S/i;

/** Headings side by side: "a) Read the log", "Option B: Restart it". */
export function headingLetters(siblings: readonly Section[]): readonly Lettered[] {
  return siblings.flatMap(({ heading }) => {
    const found = heading && opening.exec(heading.prose.plain);
    return found
      ? [{ letter: found[2] ?? '', form: `${found[1] ?? ''}${found[3] ?? ''}`.toLowerCase(), span: heading.prose.span }]
      : [];
  });
}

/** Lines that begin with a letter and a bracket or full stop. */
function lineLetters(text: Text, { start, end }: Span): readonly Lettered[] {
  return allMatches(text.slice(start, end), /^[ \t>]*(?:\*\*)?([a-zA-Z])([).])(?:\*\*)?[ \t]+\S[^\n]*/gm).map(
    ({ 0: whole, 1: letter = '', 2: sign = '', index }) => {
      const at = start + index + whole.indexOf(letter);
      return { letter, form: sign, span: { start: at, end: start + index + whole.trimEnd().length } };
    },
  );
}

/** The doubles and gaps of each row; a letter of another form or case belongs to no row here. */
function rowFaults(all: readonly Lettered[]): Diagnostic[] {
  const rows: Lettered[][] = [];
  for (const one of all) {
    const row = rows.at(-1);
    const first = row?.[0];
    const isCase = first !== undefined && /[a-z]/.test(first.letter) === /[a-z]/.test(one.letter);
    if (/^a$/i.test(one.letter)) rows.push([one]);
    else if (row && isCase && first.form === one.form) row.push(one);
  }
  return rows.flatMap((row) => (row.length < 3 ? [] : faultsOf(row)));
}

function faultsOf(row: readonly Lettered[]): Diagnostic[] {
  const numberOf = ({ letter }: Lettered): number => letter.toLowerCase().charCodeAt(0);
  return row.flatMap((one, at) => {
    const before = row[at - 1];
    if (!before || numberOf(one) === numberOf(before) + 1) return [];
    const label = { span: before.span, message: 'the step before' };
    if (numberOf(one) === numberOf(before))
      return [
        doubledStep(
          one.span,
          `Two steps here are called \`${one.letter}\`.`,
          label,
          'Give one of them another letter, and look through the sentences that name it.',
        ),
      ];
    // A double moves all behind it by one: b, b, c. What else jumps is told at its place.
    const isNear = numberOf(one) === numberOf(before) + 2 && row.slice(at + 1).every((next) => numberOf(next) > numberOf(one)); // prettier-ignore
    const missing = String.fromCharCode(before.letter.charCodeAt(0) + 1);
    return isNear ? [reportNumber(named(one), named(before), missing)] : [];
  });
}

function named({ letter, span }: Lettered): Numbered {
  return { number: letter.toLowerCase().charCodeAt(0), words: letter, span };
}
