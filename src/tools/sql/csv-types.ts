// The types of a CSV file's columns where DuckDB's own guess would tell something that the file does not say: whole numbers of
// more than 64 bits, which it rounds (beyond 38 digits they stay texts), and dates of which day and month cannot be told apart, which it reads day first.
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName } from './quote-name.ts';

/** A text as a literal of SQL. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A source for `FROM`. Types are read from the whole file: a column that is empty for long must not turn out wrong. */
export function readCsv(path: string, option = ''): string {
  return `read_csv(${path}, header = true, sample_size = -1${option === '' ? '' : `, ${option}`})`;
}

/** Columns of the loaded table that need another type than they have, with that type. */
export async function betterTypes(
  connection: DuckDBConnection,
  path: string,
  table: string,
): Promise<readonly (readonly [column: string, type: 'HUGEINT' | 'VARCHAR'])[]> {
  const rows = async (sql: string): Promise<readonly (readonly unknown[])[]> =>
    (await connection.runAndReadAll(sql)).getRowsJson();
  const isTrue = async (conditions: readonly string[], source: string): Promise<readonly boolean[]> => {
    if (conditions.length === 0) return [];
    const [found] = await rows(`SELECT ${conditions.join(', ')} FROM ${source}`);
    return conditions.map((_, index) => found?.[index] === true);
  };
  const columns = (await rows(`DESCRIBE ${quoteName(table)}`)).map(
    ([name, type]) => [String(name), String(type)] as const,
  );
  const named = (kind: RegExp): readonly string[] =>
    columns.filter(([, type]) => kind.test(type)).map(([name]) => name);
  const chosen = async (
    names: readonly string[],
    condition: (column: string) => string,
    source: string,
  ): Promise<readonly string[]> => {
    const held = await isTrue(
      names.map((name) => condition(quoteName(name))),
      source,
    );
    return names.filter((_, index) => held[index]);
  };

  // What is large and whole may have been rounded; only then is the file read once more, as it is written.
  const large = await chosen(
    named(/^DOUBLE$/),
    (column) => `max(abs(${column})) >= 9007199254740992 AND bool_and(${column} = trunc(${column}))`,
    quoteName(table),
  );
  const digits = (most: string) => (column: string) => `bool_and(regexp_full_match(${column}, '[-+]?\\d{1,${most}}'))`;
  const written = readCsv(path, 'all_varchar = true');
  const whole = await chosen(large, digits('38'), written);
  // No number of DuckDB holds more than 38 digits: as texts they stay what they are.
  const longer = await chosen(
    large.filter((column) => !whole.includes(column)),
    digits(''),
    written,
  );
  const either = await chosen(
    named(/^(DATE|TIMESTAMP)\b/),
    (column) => `bool_and(day(${column}) <= 12) AND NOT bool_and(day(${column}) = month(${column}))`,
    quoteName(table),
  );
  const unclear: string[] = [];
  for (const column of either) {
    const name = quoteName(column);
    const [first] = await rows(
      `SELECT regexp_matches(${name}, '^\\s*\\d{1,2}\\D\\d{1,2}\\D\\d') FROM read_csv(${path}, header = true, all_varchar = true) WHERE ${name} IS NOT NULL LIMIT 1`,
    );
    if (first?.[0] === true) unclear.push(column);
  }
  return [
    ...whole.map((column) => [column, 'HUGEINT'] as const),
    ...longer.map((column) => [column, 'VARCHAR'] as const),
    ...unclear.map((column) => [column, 'VARCHAR'] as const),
  ];
}
