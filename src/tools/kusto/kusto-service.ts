// Kusto (Azure Data Explorer, Log Analytics) over its REST API: KQL against one database, tables as rows. Values are written as
// KQL literals. Written after Microsoft's public documentation of `/v1/rest/query` and `/v1/rest/mgmt`.
import type { Json } from '../../base/index.ts';
import { classifyKusto } from '../../effect/index.ts';
import type { ActionFailure, ActionResult } from '../../run/index.ts';
import { failure, isFailure } from '../failure.ts';
import { asList, asObject, rowsResult, type QueryService } from '../http/query-service.ts';
import type { Hole } from '../placeholders.ts';
import { withoutEscapes } from '../safe-text.ts';

/** The service of one database. */
export const kustoService = (database: string): QueryService => ({
  title: 'Kusto',
  check: {
    method: 'POST',
    path: '/v1/rest/query',
    body: JSON.stringify({ db: database, csl: 'print 1' }),
    contentType: 'application/json',
  },
  complaint(answer) {
    const { error } = asObject(answer);
    const words = asObject(error)['@message'] ?? asObject(error)['message'] ?? error;
    return typeof words === 'string' ? words : undefined;
  },
  place(code, holes) {
    const query = placeValues(code, holes, ({ binding }) => String(binding.value));
    if (isFailure(query)) return query;
    const shown = placeValues(code, holes, ({ binding }) => (binding.secret ? '***' : String(binding.value)));
    if (isFailure(shown)) return shown;
    if (query.trim() === '') return failure('refused-by-tool', 'The code holds no query.');
    const command = /^\s*(?:\/\/[^\n]*\n\s*)*\./.test(query);
    return {
      shown,
      effect: classifyKusto(query),
      request: {
        method: 'POST',
        path: command ? '/v1/rest/mgmt' : '/v1/rest/query',
        body: JSON.stringify({ db: database, csl: query }),
        contentType: 'application/json',
      },
      read: readTables,
    };
  },
});

/** Values as KQL: escaped inside quotes, numbers and truth values as they are, every other value as a quoted text. */
function placeValues(code: string, holes: readonly Hole[], valueOf: (hole: Hole) => string): string | ActionFailure {
  let text = '';
  let quote = '';
  let verbatim = false;
  for (let at = 0; at < code.length; at++) {
    const hole = holes.find(({ start }) => start === at);
    const character = code[at] ?? '';
    if (hole) {
      const value = valueOf(hole);
      if (/[\w.]/.test(code[at - 1] ?? '') && quote === '')
        return failure('invalid-parameter', `\`${hole.binding.name}\` stands as a part of a name.`, { at: hole });
      if (quote === '' && hole.binding.secret) text += literal(value, '"');
      else if (quote === '') text += typeof hole.binding.value === 'string' ? inPlain(value) : value;
      else text += verbatim ? value.replaceAll(quote, quote + quote) : escaped(value, quote);
      at = hole.end - 1;
    } else if (quote !== '') {
      text += character;
      if (character === '\\' && !verbatim) {
        if (holes.some(({ start }) => start === at + 1))
          return failure('invalid-parameter', 'A value stands behind a backslash.');
        text += code[++at] ?? '';
      } else if (character === quote) quote = '';
    } else if (character === '/' && code[at + 1] === '/') {
      const end = code.indexOf('\n', at);
      // To the server a comment is nothing, and a value must not end it.
      at = end < 0 ? code.length : end - 1;
    } else {
      if (code.startsWith('```', at))
        return failure('refused-by-tool', 'Texts of several lines are not read; use quotes.');
      if (character === '"' || character === "'") {
        quote = character;
        verbatim =
          code[at - 1] === '@' ||
          /@h$/i.test(code.slice(Math.max(0, at - 2), at)) ||
          /h@$/i.test(code.slice(Math.max(0, at - 2), at));
      }
      text += character;
    }
  }
  return quote === '' ? text : failure('refused-by-tool', 'A quoted text is not closed.');
}

/** Outside quotes: numbers, spans of time and times as they are; the rest as a text. */
function inPlain(value: string): string {
  if (/^-?\d{1,18}(\.\d{1,18})?$/.test(value) || /^\d{1,9}(d|h|m|s|ms)$/.test(value)) return value;
  return /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?$/.test(value) ? `datetime(${value})` : literal(value, '"');
}

function literal(value: string, quote: string): string {
  return quote + escaped(value, quote) + quote;
}

function escaped(value: string, quote: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(
      /[\u0000-\u001F\u007F\u0085\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/** A query that fails when it has begun to answer says so beside its tables, with the status of a success. */
function readTables(answer: Json, maxRows: number): ActionResult | ActionFailure | null {
  const { Tables: tables, Exceptions: exceptions } = asObject(answer);
  const [said] = asList(exceptions);
  if (said !== undefined)
    return failure('refused-by-tool', withoutEscapes(typeof said === 'string' ? said : JSON.stringify(said)));
  if (!Array.isArray(tables)) return null;
  const [table] = tables;
  const names = asList(asObject(table)['Columns']).map((column) => String(asObject(column)['ColumnName'] ?? ''));
  const types = asList(asObject(table)['Columns']).map((column) =>
    String(asObject(column)['ColumnType'] ?? asObject(column)['DataType'] ?? ''),
  );
  const result = rowsResult(
    asList(asObject(table)['Rows']).map((row) =>
      Object.fromEntries(names.map((name, i) => [name, asList(row)[i] ?? null])),
    ),
    maxRows,
  );
  return { ...result, columns: names.map((name, i) => ({ name, type: types[i] ?? '' })) };
}
