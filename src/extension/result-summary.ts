// One line about a result: how much there is, and its first row or line. Characters that steer a terminal are left out.
import { hasNoTable, isAffectedNote, type ActionResult } from '../run/index.ts';
import { count, l10n } from './words.ts';

/** At most 160 characters; empty when there is nothing to say. */
export function resultSummary(result: ActionResult): string {
  return cleanLine(sentence(result)).slice(0, 160);
}

/** A text on one line, without characters that a terminal or console would obey. */
export function cleanLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}

function sentence(result: ActionResult): string {
  if (hasNoTable(result)) return result.notes.find(isAffectedNote) ?? '';
  if (result.rows) {
    const first = result.rows[0];
    const total = count(result.rowCount ?? result.rows.length, 'row');
    if (!first) return l10n.t('No rows');
    const fields = Object.entries(first).slice(0, 4);
    return l10n.t('{0}; first: {1}', total, fields.map(([name, value]) => `${name} ${plain(value)}`).join(', '));
  }
  const said = result.text?.trim().split('\n')[0] ?? '';
  if (result.exitCode !== undefined) return `${l10n.t('exit code {0}', result.exitCode)}${said ? `; ${said}` : ''}`;
  if (result.status !== undefined) return `HTTP ${result.status}${said ? `; ${said}` : ''}`;
  if (said === '' && result.rowCount !== undefined) return count(result.rowCount, 'row');
  return said;
}

function plain(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
