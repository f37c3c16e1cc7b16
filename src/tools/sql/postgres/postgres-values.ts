// PostgreSQL's values, as the text it sends them in, as JSON that loses nothing silently.
import type { Json } from '../../../base/index.ts';
import { parseJson } from '../../parse-json.ts';
import { decimal } from '../decimal.ts';

/** A type as the catalogue knows it. */
export interface PostgresType {
  readonly name: string;
  /** The type of an array's elements. */
  readonly element?: number;
}

/** Types that are known without asking the server, by their fixed numbers. */
export const knownTypes: ReadonlyMap<number, PostgresType> = new Map(
  Object.entries({
    16: 'boolean',
    17: 'bytea',
    18: '"char"',
    19: 'name',
    20: 'bigint',
    21: 'smallint',
    23: 'integer',
    25: 'text',
    26: 'oid',
    114: 'json',
    600: 'point',
    650: 'cidr',
    700: 'real',
    701: 'double precision',
    790: 'money',
    829: 'macaddr',
    869: 'inet',
    1042: 'character',
    1043: 'character varying',
    1082: 'date',
    1083: 'time',
    1114: 'timestamp',
    1184: 'timestamptz',
    1186: 'interval',
    1266: 'timetz',
    1700: 'numeric',
    2205: 'regclass',
    2249: 'record',
    2278: 'void',
    2950: 'uuid',
    3220: 'pg_lsn',
    3802: 'jsonb',
    28: 'xid',
  }).map(([oid, name]) => [Number(oid), { name }]),
);

/** One value as JSON. `typeOf` knows the types of arrays and their elements. */
export function toJson(text: string | null, oid: number, typeOf: (oid: number) => PostgresType | undefined): Json {
  if (text === null) return null;
  switch (oid) {
    case 16:
      return text === 't';
    case 17:
      return `(binary, ${text.startsWith('\\x') ? (text.length - 2) / 2 : text.length} bytes)`;
    case 20:
    case 21:
    case 23:
    case 26: {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : text;
    }
    case 700:
    case 701: {
      const number = Number(text);
      return Number.isFinite(number) ? number : text;
    }
    case 1700:
      return Number.isFinite(Number(text)) ? decimal(text) : text;
    case 114:
    case 3802:
      try {
        return parseJson(text);
      } catch {
        return text;
      }
    case 1114:
      return text.replace(' ', 'T');
    case 1184:
      return zoned(text);
    case 2278:
      return null;
    default: {
      const element = typeOf(oid)?.element;
      return element !== undefined && text.startsWith('{') ? array(text, element, typeOf) : text;
    }
  }
}

/** `2024-01-01 12:00:00.5+02` as `2024-01-01T10:00:00.500Z`; what a date cannot hold (`infinity`, BC) stays as it is. */
function zoned(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?([+-]\d\d)(?::?(\d\d))?(?::\d\d)?$/.exec(text);
  if (!match) return text;
  const [, day = '', time = '', fraction = '', hours = '', minutes = '00'] = match;
  const date = new Date(`${day}T${time}${hours}:${minutes}`);
  if (Number.isNaN(date.getTime())) return text;
  return date.toISOString().replace('.000Z', `.${fraction.padEnd(3, '0')}Z`);
}

/** `{1,NULL,"a b",{2}}`: nested lists of elements. */
function array(text: string, element: number, typeOf: (oid: number) => PostgresType | undefined): Json {
  // An array whose bounds are not the usual ones is told with them: `[0:1]={…}`.
  let at = 0;
  const list = (): Json[] => {
    const items: Json[] = [];
    at++;
    while (at < text.length && text[at] !== '}') {
      if (text[at] === ',') at++;
      else if (text[at] === '{') items.push(list());
      else if (text[at] === '"') {
        let value = '';
        for (at++; at < text.length && text[at] !== '"'; at++) {
          if (text[at] === '\\') at++;
          value += text[at] ?? '';
        }
        at++;
        items.push(toJson(value, element, typeOf));
      } else {
        const start = at;
        while (at < text.length && text[at] !== ',' && text[at] !== '}') at++;
        const value = text.slice(start, at);
        items.push(value === 'NULL' ? null : toJson(value, element, typeOf));
      }
    }
    at++;
    return items;
  };
  return list();
}
