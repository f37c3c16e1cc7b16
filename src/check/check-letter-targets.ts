// step.unknown-target for steps that are called by letters: "go to F" where the headings are A to E. One letter may mean anything, so it is
// told only where another sentence of the guide goes to one of these headings in just that way.
import { allMatches, collect, type Span } from '../base/index.ts';
import { unknownStep, type Diagnostic } from '../diagnostics/index.ts';
import { sourceSpan } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { headingLetters } from './check-step-letters.ts';
import { bySection } from './scope.ts';

const goesTo =
  /\b(?:go|proceed|continue|jump|skip|return|move)(?: on| back)? (?:to|with|at) ([A-Z])(?=\s*(?:[.,;:)]|$))/gi;

export function checkLetterTargets(input: CheckInput): readonly Diagnostic[] {
  const jumps = letterJumps(input);
  if (jumps.length < 2) return [];
  const letters = new Set(
    collect(input.facts.sections, ({ section }) => {
      const row = headingLetters(section.sections);
      return row.length >= 3 && row.every(({ letter }, at) => letter.toLowerCase().charCodeAt(0) === 97 + at)
        ? row.map(({ letter }) => letter)
        : [];
    }),
  );
  if (!jumps.some(({ letter }) => letters.has(letter))) return [];
  const last = [...letters].sort().at(-1) ?? '';
  return jumps.flatMap(({ letter, span }) =>
    letters.has(letter) || isUpper(letter) !== isUpper(last)
      ? []
      : [
          unknownStep(
            span,
            `The guide sends to \`${letter}\`, but no heading is called so.`,
            `The headings are called up to \`${last}\`.`,
            null,
          ),
        ],
  );
}

const isUpper = (letter: string): boolean => letter !== letter.toLowerCase();

interface LetterJump {
  readonly letter: string;
  readonly span: Span;
}

const letterJumps = bySection((part) =>
  collect(part.sentences(), ({ text, prose, start }): LetterJump[] =>
    /\b(?:to|with|at) [A-Z](?:\W|$)/i.test(text)
      ? allMatches(text, goesTo).map(({ 0: whole, 1: letter = '', index }) => {
          const at = start + index + whole.length - 1;
          return { letter, span: sourceSpan(prose, at, at + 1) };
        })
      : [],
  ),
);
