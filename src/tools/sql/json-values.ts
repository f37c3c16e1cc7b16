// DuckDB's values as JSON that loses nothing silently: whole numbers stay numbers while they are exact, else they become
// text; times become ISO 8601; bytes become a note.
import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBUnionValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Json } from '../../base/index.ts';
import { firstOf } from '../cut-text.ts';
import { decimal, longestText } from './decimal.ts';

/** One value as JSON; `onCut` is told when a text was shortened. */
export function toJsonValue(value: DuckDBValue, onCut: () => void): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value === 'string') {
    if (value.length <= longestText) return value;
    onCut();
    return firstOf(value, longestText);
  }
  const inner = (item: DuckDBValue): Json => toJsonValue(item, onCut);
  if (value instanceof DuckDBDecimalValue) return decimal(value.toString());
  if (value instanceof DuckDBTimestampTZValue) return zoned(value);
  if (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampSecondsValue ||
    value instanceof DuckDBTimestampMillisecondsValue ||
    value instanceof DuckDBTimestampNanosecondsValue
  )
    return value.toString().replace(' ', 'T');
  if (value instanceof DuckDBBlobValue) return `(binary, ${value.bytes.length} bytes)`;
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(inner);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([key, item]) => [key, inner(item)]));
  if (value instanceof DuckDBMapValue) {
    const entries = value.entries.map(({ key, value: item }) => [inner(key), inner(item)] as const);
    const named = entries.every(([key]) => typeof key === 'string');
    return named
      ? Object.fromEntries(entries.map(([key, item]) => [String(key), item]))
      : entries.map(([key, item]) => ({ key, value: item }));
  }
  if (value instanceof DuckDBUnionValue) return inner(value.value);
  return String(value);
}

function zoned(value: DuckDBTimestampTZValue): string {
  const micros = value.micros;
  const ms = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n);
  const date = new Date(Number(ms));
  if (Number.isNaN(date.getTime())) return value.toString();
  const rest = String(micros - ms * 1000n).padStart(3, '0');
  return rest === '000' ? date.toISOString() : date.toISOString().replace('Z', `${rest}Z`);
}
