// The types of a JSON file's columns where DuckDB's own guess would tell something that the file does not say: times with a
// zone, whose zone it drops, and whole numbers of more than 64 bits, which it rounds. Numbers within objects stay as it reads them.
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from './csv-types.ts';
import { quoteName } from './quote-name.ts';

const time = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?`;
const zoned = quoteText(String.raw`${time}\s*(Z|[+-]\d\d)`);
const bare = quoteText(String.raw`${time}("|$)`);

/** A source for `FROM` with better types for some columns; null where the guess tells what the file says. */
export async function betterJson(connection: DuckDBConnection, path: string, table: string): Promise<string | null> {
  const rows = async (sql: string): Promise<readonly (readonly unknown[])[]> =>
    (await connection.runAndReadAll(sql)).getRowsJson();
  const columns = (await rows(`DESCRIBE ${quoteName(table)}`)).map(
    ([name, type]) => [String(name), String(type)] as const,
  );
  const doubles = columns.filter(([, type]) => type === 'DOUBLE').map(([name]) => quoteName(name));
  const [large = []] =
    doubles.length === 0
      ? []
      : await rows(
          `SELECT ${doubles.map((name) => `max(abs(${name})) >= 9007199254740992 AND bool_and(${name} = trunc(${name}))`).join(', ')} FROM ${quoteName(table)}`,
        );
  const rounded = new Set(doubles.filter((_, index) => large[index] === true));
  const isDoubtful = (name: string, type: string): boolean =>
    /\bTIMESTAMP\b(?! WITH)/.test(type) || rounded.has(quoteName(name));
  const doubtful = columns.filter(([name, type]) => isDoubtful(name, type));
  if (doubtful.length === 0) return null;

  /** The file with these types. */
  const source = (typeOf: (name: string, type: string) => string): string =>
    `read_json(${path}, columns = {${columns.map(([name, type]) => `${quoteText(name)}: ${quoteText(typeOf(name, type))}`).join(', ')}})`;
  const asked = doubtful.flatMap(([name]) => {
    const column = quoteName(name);
    return [
      `bool_or(regexp_matches(${column}, ${zoned})) AND NOT bool_or(regexp_matches(${column}, ${bare}))`,
      `bool_and(regexp_full_match(${column}, '-?\\d{1,38}'))`,
      `bool_and(regexp_full_match(${column}, '-?\\d+'))`,
    ];
  });
  const [found = []] = await rows(
    `SELECT ${asked.join(', ')} FROM ${source((name, type) => (isDoubtful(name, type) ? 'VARCHAR' : type))}`,
  );
  const better = new Map<string, string>();
  for (const [index, [name, type]] of doubtful.entries()) {
    const [hasZone, isWhole, isLong] = found.slice(index * 3, index * 3 + 3);
    if (rounded.has(quoteName(name))) {
      if (isWhole === true) better.set(name, 'HUGEINT');
      else if (isLong === true) better.set(name, 'VARCHAR');
    } else if (hasZone === true) better.set(name, type.replace(/\bTIMESTAMP\b(?! WITH)/g, 'TIMESTAMP WITH TIME ZONE'));
  }
  return better.size === 0 ? null : source((name, type) => better.get(name) ?? type);
}
