// Finds where a statement names a file or an address in the place of a table, as DuckDB lets it: `FROM 'x.csv'`, also behind a
// comma or in parentheses, and `FROM "https://host/x.parquet"`.
import type { SqlToken } from './tokenize-sql.ts';

/** Words behind which sources stand, with commas between them. */
const begins = /^(FROM|JOIN|PIVOT|UNPIVOT|SUMMARIZE|TABLE|LATERAL)$/;

/** The same as the first word of a statement. */
const beginsStatement = /^(SHOW|DESCRIBE|DESC)$/;

/** Words behind which something else stands. */
const ends = /^(SELECT|WHERE|GROUP|ORDER|HAVING|LIMIT|OFFSET|QUALIFY|WINDOW|VALUES|UNION|EXCEPT|INTERSECT)$/;

const outerName = /[/\\:*?]|\.(csv|tsv|parquet|json|jsonl|ndjson|db|duckdb|sqlite3?|xlsx|txt|gz|zst)"?$/i;

/** The tokens of a statement that name a source outside of the database. */
export function outerSources(
  code: string,
  tokens: readonly SqlToken[],
  words: readonly string[],
  symbols: readonly string[],
): ReadonlySet<SqlToken> {
  const found = new Set<SqlToken>();
  /** For each parenthesis that is open, whether sources stand there. */
  const within = [false];
  tokens.forEach((token, i) => {
    const word = words[i] ?? '';
    const before = words[i - 1] ?? '';
    const isSource =
      within.at(-1) === true &&
      (begins.test(before) || beginsStatement.test(before) || /^[,(]$/.test(symbols[i - 1] ?? ''));
    if (symbols[i] === '(') within.push(isSource);
    else if (symbols[i] === ')' && within.length > 1) within.pop();
    else if (begins.test(word) || (i === 0 && beginsStatement.test(word))) within[within.length - 1] = true;
    else if (ends.test(word)) within[within.length - 1] = false;
    else if (isSource && /string$/.test(token.kind)) found.add(token);
    else if (isSource && token.kind === 'identifier' && outerName.test(code.slice(token.start, token.end)))
      found.add(token);
  });
  return found;
}
