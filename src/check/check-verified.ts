// guide.not-verified: `verified` in the front matter is longer ago than the settings allow, or no date at all. Today's date and
// the number of days are given; without a date for today only what is no date is told.
import { textOf } from '../guide/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';

/** Days that a verification counts when the settings say nothing. */
const usual = 365;
const day = 86_400_000;

export function checkVerified({ guide, about }: CheckInput): readonly Diagnostic[] {
  const { span, verified } = guide.frontMatter;
  if (!span || verified === undefined) return [];
  const words = textOf(guide).slice(span.start, span.end);
  const line = /^verified[ \t]*:[ \t]*["']?/m.exec(words);
  const start = span.start + (line ? line.index + line[0].length : 0);
  const length = line ? (/^[^\n"'#]*/.exec(words.slice(line.index + line[0].length))?.[0].trimEnd().length ?? 0) : 3;
  const place = { start, end: start + Math.max(1, length) };
  const when = dateOf(verified);
  if (when === null) {
    return [
      makeDiagnostic(
        'guide.not-verified',
        place,
        `\`verified: ${verified.slice(0, 40)}\` is no date, so nobody can tell how old it is.`,
        {
          hint: 'Write it as year, month and day: `verified: 2026-03-02`.',
        },
      ),
    ];
  }
  const today = about.today === undefined ? null : dateOf(about.today);
  if (today === null) return [];
  const age = Math.round((today - when) / day);
  const most = about.verifiedWithinDays ?? usual;
  if (age < -1)
    return [
      makeDiagnostic('guide.not-verified', place, `\`${verified}\` is yet to come.`, {
        hint: 'Write the day on which somebody last followed the guide.',
      }),
    ];
  if (age <= most) return [];
  return [
    makeDiagnostic(
      'guide.not-verified',
      place,
      `This guide was last verified ${age} days ago; a verification counts for ${most} days.`,
      {
        hint: 'Follow it once, correct what has changed, and write the day on which you did.',
      },
    ),
  ];
}

/** Milliseconds of a day such as `2026-03-02`, with or without a time behind it; null for anything else. */
function dateOf(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text.trim());
  if (!match) return null;
  const time = Date.parse(`${match[1] ?? ''}-${match[2] ?? ''}-${match[3] ?? ''}T00:00:00Z`);
  return Number.isNaN(time) ? null : time;
}
