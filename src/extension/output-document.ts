// The whole result of one action as a text of its own: a table as tab-separated values, JSON as JSON, anything else as text.
import type { Json } from '../base/index.ts';
import type { ActionView } from '../run/index.ts';

/** What to show and under which file extension. */
export interface OutputDocument {
  readonly extension: 'tsv' | 'json' | 'txt';
  readonly text: string;
}

/** The result, or what came before the failure; an action without either gives its status and message. */
export function outputDocument(action: ActionView): OutputDocument {
  const result = action.result ?? action.failure?.partial;
  if (result?.rows) {
    const columns = result.columns?.map((column) => column.name) ?? Object.keys(result.rows[0] ?? {});
    const lines = [columns, ...result.rows.map((row) => columns.map((column) => field(row[column] ?? null)))];
    return { extension: 'tsv', text: lines.map((line) => line.join('\t')).join('\n') + '\n' };
  }
  if (result?.json !== undefined) return { extension: 'json', text: `${JSON.stringify(result.json, null, 2)}\n` };
  const parts = [
    action.failure ? `${action.failure.reason}: ${action.failure.message}\n` : '',
    result?.text ?? '',
    result?.errorText ? `--- standard error ---\n${result.errorText}` : '',
    ...(result?.notes ?? []).map((note) => `--- ${note}\n`),
  ];
  return { extension: 'txt', text: parts.filter(Boolean).join('\n') || `${action.status}\n` };
}

/** A value without tabs and line breaks, which would break the table. */
function field(value: Json): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
}
