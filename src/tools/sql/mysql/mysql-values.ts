// The values of MySQL and MariaDB, as its driver gives them, as JSON that loses nothing silently.
import type { FieldPacket } from 'mysql2';
import type { Json } from '../../../base/index.ts';
import { parseJson } from '../../parse-json.ts';
import { decimal } from '../decimal.ts';

const names: Readonly<Record<number, string>> = {
  0: 'DECIMAL',
  1: 'TINYINT',
  2: 'SMALLINT',
  3: 'INT',
  4: 'FLOAT',
  5: 'DOUBLE',
  6: 'NULL',
  7: 'TIMESTAMP',
  8: 'BIGINT',
  9: 'MEDIUMINT',
  10: 'DATE',
  11: 'TIME',
  12: 'DATETIME',
  13: 'YEAR',
  15: 'VARCHAR',
  16: 'BIT',
  242: 'VECTOR',
  245: 'JSON',
  246: 'DECIMAL',
  247: 'ENUM',
  248: 'SET',
  249: 'TEXT',
  250: 'TEXT',
  251: 'TEXT',
  252: 'TEXT',
  253: 'VARCHAR',
  254: 'CHAR',
  255: 'GEOMETRY',
};

/** The character set of columns that hold bytes. */
const binary = 63;

/** The name of a column's type. */
export function typeName(field: FieldPacket): string {
  const name = names[field.columnType ?? -1] ?? `type ${field.columnType ?? '?'}`;
  if (field.characterSet !== binary) return name;
  return name === 'TEXT' ? 'BLOB' : name === 'VARCHAR' ? 'VARBINARY' : name === 'CHAR' ? 'BINARY' : name;
}

/** MariaDB keeps JSON as a text and says so beside the type. */
const isJson = (field: FieldPacket | undefined): boolean =>
  field !== undefined && 'extendedFormat' in field && field.extendedFormat === 'json';

/** One value as JSON. Times are texts, whole numbers beyond 2^53 too. */
export function toJson(value: unknown, field: FieldPacket | undefined): Json {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) {
    if (field?.columnType === 16 && value.length <= 6)
      return value.length === 0 ? 0 : value.readUIntBE(0, value.length);
    return `(binary, ${value.length} bytes)`;
  }
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    case 'boolean':
      return value;
    case 'string':
      switch (isJson(field) ? 'JSON' : names[field?.columnType ?? -1]) {
        case 'DECIMAL':
          return decimal(value);
        case 'JSON':
          try {
            return parseJson(value);
          } catch {
            return value;
          }
        case 'DATETIME':
        case 'TIMESTAMP':
          return value.replace(' ', 'T');
        default:
          return value;
      }
    default:
      return JSON.parse(JSON.stringify(value)) as Json;
  }
}
