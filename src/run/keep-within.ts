// Keeps a run small whatever its tools print. Each tool caps one output; this caps them all together: once a run's journal
// has grown to its share, of each further output only the beginning and the end are kept, and a note says so.
import type { Json } from '../base/index.ts';
import type { PerformOutcome } from './ports.ts';
import type { Redact } from './redact.ts';
import type { ActionResult } from './result.ts';

/** Characters of journal up to which outputs are kept as the tools give them. */
export const journalShare = 8_000_000;

/** Characters kept of each part of an output beyond that. */
const partShare = 8000;

/**
 * The outcome as it is kept by a run whose journal has so many characters already. Secrets are taken out first, for a cut
 * through one would leave a half that nothing recognises.
 */
export function keepWithin(whole: PerformOutcome, journalled: number, redact: Redact): PerformOutcome {
  if (journalled < journalShare) return whole;
  const outcome = redact(whole);
  if (outcome.kind === 'result') return { ...outcome, result: shortened(outcome.result) };
  const { failure } = outcome;
  return failure.partial ? { ...outcome, failure: { ...failure, partial: shortened(failure.partial) } } : outcome;
}

function shortened(result: ActionResult): ActionResult {
  const { text, errorText, json, rows, notes, ...rest } = result;
  const keptRows = rows && firstRows(rows);
  const keepsJson = json === undefined || sizeOf(json) <= partShare;
  const kept = {
    ...rest,
    ...(keptRows && { rows: keptRows }),
    ...(rows &&
      keptRows &&
      keptRows.length < rows.length && { rowCount: rest.rowCount ?? rows.length, rowsCapped: true }),
    ...(text !== undefined && { text: ends(text) }),
    ...(errorText !== undefined && { errorText: ends(errorText) }),
    ...(json !== undefined && keepsJson && { json }),
  };
  const isWhole = keepsJson && keptRows?.length === rows?.length && kept.text === text && kept.errorText === errorText;
  if (isWhole) return result;
  const note = 'This run has kept so much output already that only the beginning and the end of this one are kept.';
  return { ...kept, notes: [...notes, note] };
}

function firstRows(rows: NonNullable<ActionResult['rows']>): NonNullable<ActionResult['rows']> {
  let left = partShare;
  const end = rows.findIndex((row) => (left -= sizeOf(row)) < 0);
  return end < 0 ? rows : rows.slice(0, end);
}

function ends(text: string): string {
  if (text.length <= partShare) return text;
  const half = partShare / 2;
  const first = text.slice(0, half).replace(/[\ud800-\udbff]$/, '');
  const last = text.slice(-half).replace(/^[\udc00-\udfff]/, '');
  return `${first}\n[${text.length - first.length - last.length} characters left out]\n${last}`;
}

function sizeOf(value: Json): number {
  return JSON.stringify(value).length;
}
