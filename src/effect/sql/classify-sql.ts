// Judges what SQL may do, by its text. Only what is known to read is `read`: statements that begin as reading ones,
// hold no writing keyword and call only functions known to have no effect. Everything else is a write or unknown.
import type { Classification, Effect } from '../../plan/index.ts';
import type { SqlDialect } from './dialect.ts';
import { mysqlFunctions } from './mysql-functions.ts';
import { outerSources } from './outer-sources.ts';
import { postgresFunctions } from './postgres-functions.ts';
import { pureFunctions } from './pure-functions.ts';
import { isCutAlike, significant, splitStatements, tokenizeSql, type SqlToken } from './tokenize-sql.ts';

type Holes = readonly { readonly start: number; readonly end: number }[];

/** The effect of SQL text. `holes` are its placeholders, which are bound and so cannot change it. */
export function classifySql(code: string, holes: Holes = [], dialect: SqlDialect = 'duckdb'): Classification {
  return judge(code, cutSql(code, holes, dialect), dialect, false);
}

/**
 * The effect of SQL text whose database is not known: what it is in every dialect, so `unknown` where they differ. The harmless
 * functions of all of them count.
 */
export function sqlEffectAnywhere(code: string, holes: Holes = []): Effect {
  if (holes.length === 0 && nameEnd.test(code)) return sqlEffectOfNames(code);
  // What MySQL's client ends a statement with, no server takes.
  const bare = holes.length === 0 ? code.replace(/\\G\s*;?\s*$/, '') : code;
  return sqlEffectAlike(bare, holes);
}

/** `serial#`: a part of a name for some, where for others a comment begins. */
const nameEnd = /[A-Za-z]#/;

/** Both ways to read such names count, each in every dialect. */
function sqlEffectOfNames(code: string): Effect {
  const named = sqlEffectAlike(code.replace(/([A-Za-z])#/g, '$1_'));
  return named === sqlEffectAlike(code.replace(/([A-Za-z])#[^\n\r]*/g, '$1')) ? named : 'unknown';
}

function sqlEffectAlike(code: string, holes: Holes = []): Effect {
  const same = isCutAlike(code, holes) ? cutSql(code, holes, 'postgres') : null;
  let common: Effect | null = null;
  for (const dialect of dialects) {
    const { effect } = judge(code, same ?? cutSql(code, holes, dialect), dialect, true);
    if (effect === 'unknown' || (common !== null && common !== effect)) return 'unknown';
    common = effect;
  }
  return common ?? 'unknown';
}

const dialects: readonly SqlDialect[] = ['postgres', 'mysql', 'duckdb'];

/** SQL text as it is judged. */
interface CutSql {
  readonly doubts: readonly SqlToken[];
  readonly statements: readonly Statement[];
}

/** The tokens of a statement that mean something, with the words (in capitals) and signs that they are; "" for others. */
interface Statement {
  readonly tokens: readonly SqlToken[];
  readonly words: readonly string[];
  readonly symbols: readonly string[];
  /** Tokens that DuckDB reads as a file or an address. */
  readonly outer: ReadonlySet<SqlToken>;
}

function cutSql(code: string, holes: Holes, dialect: SqlDialect): CutSql {
  const tokens = tokenizeSql(code, holes, dialect);
  return {
    doubts: tokens.filter(({ doubtful }) => doubtful !== undefined),
    statements: splitStatements(code, tokens).map((statement) => statementOf(code, significant(statement))),
  };
}

function statementOf(code: string, tokens: readonly SqlToken[]): Statement {
  const words = tokens.map(({ kind, start, end }) => (kind === 'word' ? code.slice(start, end).toUpperCase() : ''));
  const symbols = tokens.map(({ kind, start }) => (kind === 'symbol' ? code.charAt(start) : ''));
  return { tokens, words, symbols, outer: outerSources(code, tokens, words, symbols) };
}

function judge(
  code: string,
  { doubts, statements }: CutSql,
  dialect: SqlDialect,
  anyFunctions: boolean,
): Classification {
  const harmless = anyFunctions ? harmlessAnywhere : harmlessFunctions[dialect];
  const doubt = doubts.find(({ start, end }) => !(anyFunctions && /^`\w+`$/.test(code.slice(start, end))));
  if (statements.length === 0) return { effect: 'unknown', because: 'there is no statement' };
  const second = anyFunctions ? statements.map(secondStatement).find((found) => found !== null) : undefined;
  const judged = statements.map((statement) => classifyStatement(statement, dialect, harmless));
  const worst =
    judged.find(({ effect }) => effect === 'write') ??
    judged.find(({ effect }) => effect === 'unknown') ??
    (doubt?.doubtful !== undefined ? unknown(doubt.doubtful) : undefined) ??
    (second !== undefined ? unknown(second) : undefined) ??
    (anyFunctions && code.includes('$(') ? unknown('`$(…)` is filled in before it is run') : undefined) ??
    (/^\.[a-z]/im.test(code) ? unknown('a line that begins with `.` may be for the client') : undefined);
  if (worst) return worst;
  if (judged.length > 1) return { effect: 'read', because: `${judged.length} statements that only read` };
  return judged[0] ?? unknown('there is no statement');
}

/** Words that begin a statement of SQL Server, where no `;` need stand before it. */
const beginsUnannounced =
  /^(EXEC|EXECUTE|KILL|DBCC|WAITFOR|SHUTDOWN|BACKUP|RESTORE|RECONFIGURE|BULK|DENY|REVERT|USE|DECLARE|PRINT|RAISERROR|THROW|RECEIVE|SEND|CHECKPOINT|DISABLE|ENABLE|OPEN|CLOSE|FETCH|DEALLOCATE|READTEXT|WRITETEXT|UPDATETEXT|BEGIN|COMMIT|ROLLBACK|SAVE|IF|WHILE|GO|GOTO|SET|ADD|END|RENAME|CALL|LOAD|HANDLER|DO|SETUSER|DUMP|MOVE|COPY|VACUUM|ANALYZE|REINDEX|CLUSTER|GRANT|REVOKE|LOCK|UNLOCK|FLUSH|PURGE|OPTIMIZE|REPAIR|REFRESH|RESET|DISCARD|ATTACH|DETACH|INSTALL|PRAGMA|EXPORT|IMPORT|NOTIFY|LISTEN|PREPARE)$/;

/** Locks that SQL Server takes no notice of when it reads, and ways to find rows. */
const plainHint = /^(NOLOCK|READUNCOMMITTED|READCOMMITTED|READPAST|NOEXPAND|FORCESEEK|FORCESCAN|INDEX|NOWAIT)$/;

/** Words behind which an expression or a name is still to come, or which are part of a question. */
const goesOn =
  /^(SELECT|DISTINCT|ALL|TOP|FROM|JOIN|WHERE|AND|OR|NOT|IN|LIKE|ILIKE|IS|BETWEEN|ON|USING|BY|HAVING|AS|CASE|WHEN|THEN|ELSE|UNION|EXCEPT|INTERSECT|LIMIT|OFFSET|VALUES|TABLE|SHOW|DESCRIBE|EXPLAIN|SUMMARIZE|WITH|LATERAL|ONLY|FETCH|ROW|ROWS|RECURSIVE|FULL|FOR|ESCAPE|INTERVAL|CREATE)$/;

/**
 * Why a statement that only reads elsewhere may hold another one in SQL Server: `SELECT 1 EXEC …`, where elsewhere the word is
 * a name, or rows are locked: `WITH (UPDLOCK)`.
 */
function secondStatement({ tokens, words, symbols }: Statement): string | null {
  let cases = 0;
  for (let i = 1; i < tokens.length; i++) {
    const word = words[i] ?? '';
    if (word === 'CASE') cases++;
    if (word === 'END' && cases-- > 0) continue;
    if (word === 'WITH' && symbols[i + 1] === '(')
      for (let hint = i + 2; hint < tokens.length && symbols[hint] !== ')'; hint++)
        if (words[hint] !== '' && !plainHint.test(words[hint] ?? '')) return 'it may lock what it reads';
    if (word === 'CONVERSATION' || (word === 'RECEIVE' && symbols[i + 1] === '*'))
      return `\`${word}\` may begin a statement of its own`;
    if (word === 'USING' && /string$/.test(tokens[i + 1]?.kind ?? '')) return 'it may hand rows to a program';
    if (
      /^PRAGMA_/.test(word) &&
      !/^PRAGMA_(TABLE_X?INFO|INDEX_X?INFO|INDEX_LIST|FOREIGN_KEY_LIST|DATABASE_LIST|TABLE_LIST|COMPILE_OPTIONS)$/.test(
        word,
      )
    )
      return `\`${word}\` is not known to only read`;
    if (
      symbols[i] === '[' &&
      /^(CANCEL|PAUSE|RESUME|BACKUP|RESTORE|EXPORT|IMPORT|SCRUB|SPLIT|ADMIN)$/.test(words[i + 1] ?? '')
    )
      return 'a statement stands in the place of a table';
    if (!beginsUnannounced.test(word) || goesOn.test(words[i - 1] ?? '')) continue;
    const before = symbols[i - 1] ?? '';
    if (before !== '' && before !== ')' && before !== '*' && before !== ']') continue;
    // `count(*) open FROM t` only gives a name.
    if (
      !/^(FROM|WHERE|JOIN|ON|GROUP|ORDER|LIMIT|UNION)$/.test(words[i + 1] ?? '') &&
      /^[(@[]?$/.test(symbols[i + 1] ?? '')
    )
      return `\`${word}\` may begin a statement of its own`;
  }
  return null;
}

/** Words that begin a statement that does more than to read, which no database takes within another; some day one may. */
const beginsActing =
  /^(CALL|COPY|VACUUM|SET|GRANT|REVOKE|LOCK|DO|KILL|EXECUTE|EXEC|ANALYZE|REINDEX|CLUSTER|CHECKPOINT|REFRESH|RESET|DISCARD|NOTIFY|LISTEN|PREPARE|DEALLOCATE|DECLARE|MOVE|BEGIN|COMMIT|ROLLBACK|START|SAVEPOINT|IMPORT|EXPORT|INSTALL|LOAD|ATTACH|DETACH|PRAGMA|REPLACE|RENAME|HANDLER|FLUSH|PURGE|OPTIMIZE|REPAIR|SHUTDOWN|STOP|SIGNAL)$/;

/** What may stand behind a name that only looks like one of those words. */
const behindName =
  /^(AND|OR|NOT|IS|IN|LIKE|ILIKE|BETWEEN|AS|FROM|THEN|ELSE|END|WHEN|JOIN|ON|USING|WHERE|GROUP|ORDER|HAVING|LIMIT|OFFSET|LEFT|RIGHT|INNER|OUTER|CROSS|FULL|NATURAL|LATERAL|UNION|EXCEPT|INTERSECT|ASC|DESC|NULLS|COLLATE|OVER|FILTER|WITHIN|WINDOW|QUALIFY|FETCH|FOR|DIV|MOD|XOR|REGEXP|RLIKE|SIMILAR|ESCAPE|AT|SEPARATOR|RETURNING|ROWS|RANGE|GROUPS|UNBOUNDED|CURRENT|MATCH|ANTI|SEMI|ASOF|POSITIONAL|TABLESAMPLE)$/;

/** True for `(CALL p())`, `UNION COPY t TO …` and `) VACUUM t`: a statement that acts, where one that reads may begin. */
function actsWithin({ tokens, words, symbols }: Statement, i: number): boolean {
  if (!beginsActing.test(words[i] ?? '')) return false;
  const before = symbols[i - 1] ?? '';
  if (before !== '(' && before !== ')' && !/^(UNION|ALL|EXCEPT|INTERSECT|DISTINCT)$/.test(words[i - 1] ?? ''))
    return false;
  const next = tokens[i + 1];
  if (next === undefined || (symbols[i + 1] ?? '') !== '') return false;
  return !behindName.test(words[i + 1] ?? '');
}

/** Functions that are known to have no effect, by dialect. */
const harmlessFunctions: Readonly<Record<SqlDialect, ReadonlySet<string>>> = {
  duckdb: pureFunctions,
  postgres: postgresFunctions,
  mysql: mysqlFunctions,
};

/**
 * Functions that count where the database is not known: two databases have them, or their name is no ordinary word, so
 * that hardly a database has another function of its users by that name.
 */
const harmlessAnywhere: ReadonlySet<string> = new Set(
  [...pureFunctions, ...postgresFunctions, ...mysqlFunctions].filter(
    (name) =>
      name !== 'generate_series' &&
      (name.includes('_') ||
        [pureFunctions, postgresFunctions, mysqlFunctions].filter((known) => known.has(name)).length > 1),
  ),
);

const unknown = (because: string): Classification => ({ effect: 'unknown', because });
const writes = (word: string): Classification => ({ effect: 'write', because: `\`${word}\` writes` });

/** First words of statements that only read, unless a word inside says otherwise. */
const reading = new Set(['SELECT', 'WITH', 'VALUES', 'TABLE', 'FROM', 'SHOW', 'DESCRIBE', 'DESC', 'SUMMARIZE']);

/** First words of statements that are known to change something. */
const writing = new Set(
  'INSERT UPDATE DELETE MERGE REPLACE UPSERT TRUNCATE CREATE DROP ALTER RENAME GRANT REVOKE COPY IMPORT VACUUM REINDEX CLUSTER COMMENT REFRESH KILL RESET CHECKPOINT'.split(
    ' ',
  ),
);

/** Words that change data wherever they stand in a statement, as in `WITH gone AS (DELETE …)`. */
const writingInside = new Set(
  'INSERT UPDATE DELETE MERGE TRUNCATE DROP ALTER CREATE GRANT REVOKE INTO OUTFILE DUMPFILE'.split(' '),
);

/** Words before `(` that are not function calls. */
const notCalls = new Set(
  'SELECT DISTINCT FROM WHERE AND OR NOT IN EXISTS ANY ALL SOME CASE WHEN THEN ELSE ON USING OVER FILTER GROUP BY ORDER PARTITION HAVING AS MATERIALIZED VALUES UNION EXCEPT INTERSECT JOIN LATERAL WITHIN LIMIT OFFSET BETWEEN LIKE ILIKE IS INTERVAL ROWS RANGE SETS WITH RETURNING QUALIFY EXCLUDE COLUMNS WINDOW EXPLAIN PIVOT UNPIVOT ARRAY ROW CUBE ROLLUP GROUPING ESCAPE SIMILAR TO RECURSIVE TABLE SEMI ANTI LEFT RIGHT FULL INNER OUTER CROSS SAMPLE TABLESAMPLE MATCHED END'.split(
    ' ',
  ),
);

/** Words that a server reserves, so that no function of its users can have them. */
const reserved: Readonly<Record<'postgres' | 'mysql', ReadonlySet<string>>> = {
  postgres: new Set(
    'SELECT DISTINCT FROM WHERE AND OR NOT IN EXISTS ANY ALL SOME CASE WHEN THEN ELSE ON USING GROUP BY ORDER HAVING AS VALUES UNION EXCEPT INTERSECT JOIN LATERAL LIMIT OFFSET FETCH BETWEEN LIKE ILIKE INTERVAL WITH WINDOW ARRAY ROW SIMILAR TO TABLE ONLY'.split(
      ' ',
    ),
  ),
  mysql: new Set(
    'SELECT DISTINCT FROM WHERE AND OR NOT IN EXISTS ALL CASE WHEN THEN ELSE ON USING GROUP BY ORDER HAVING AS VALUES UNION EXCEPT INTERSECT JOIN LIMIT BETWEEN LIKE RLIKE REGEXP INTERVAL WITH XOR DIV MOD BINARY PARTITION INDEX KEY MATCH STRAIGHT_JOIN TO'.split(
      ' ',
    ),
  ),
};

/** True for a word before `(` that calls nothing: a keyword where it stands, or an alias with its columns. */
function isKeyword(
  index: number,
  dialect: SqlDialect,
  word: (i: number) => string,
  symbol: (i: number) => string,
): boolean {
  const name = word(index);
  if (dialect === 'duckdb') return notCalls.has(name);
  if (symbol(index - 1) === '.') return false;
  if (reserved[dialect].has(name)) return true;
  const before = word(index - 1);
  const behindParenthesis = symbol(index - 1) === ')';
  switch (name) {
    case 'OVER':
    case 'FILTER':
    case 'AGAINST':
      return behindParenthesis;
    case 'SETS':
      return before === 'GROUPING';
    case 'ROLLUP':
    case 'CUBE':
      return before === 'BY';
    case 'MATERIALIZED':
      return before === 'AS' || before === 'NOT';
    case 'SYSTEM':
    case 'BERNOULLI':
      return before === 'TABLESAMPLE';
    default:
      return dialect === 'postgres' && behindParenthesis && !writingInside.has(name) && isAlias(index, word, symbol);
  }
}

/** `FROM unnest(a) u(x)`: behind a parenthesis stands an alias, but for DISTINCT ON (a) f(x) and OPERATOR (…). */
function isAlias(index: number, word: (i: number) => string, symbol: (i: number) => string): boolean {
  let depth = 0;
  for (let i = index - 1; i >= 0; i--) {
    if (symbol(i) === ')') depth++;
    if (symbol(i) === '(' && --depth === 0) return word(i - 1) !== 'ON' && word(index) !== 'OPERATOR';
  }
  return false;
}

function classifyStatement(statement: Statement, dialect: SqlDialect, harmless: ReadonlySet<string>): Classification {
  const { tokens, words, symbols, outer } = statement;
  const word = (index: number): string => words[index] ?? '';
  const symbol = (index: number): string => symbols[index] ?? '';
  let first = 0;
  while (symbol(first) === '(') first++;
  const verb = word(first);
  if (verb === 'EXPLAIN') {
    // What is explained is judged too: with ANALYZE it is run.
    const target = explained(first, word, symbol);
    return target === null
      ? unknown('what it explains is not clear')
      : classifyStatement(
          { tokens: tokens.slice(target), words: words.slice(target), symbols: symbols.slice(target), outer },
          dialect,
          harmless,
        );
  }
  if (writing.has(verb)) return writes(verb);
  if (verb === 'PRAGMA') return classifyPragma(tokens, word);
  if (!reading.has(verb) && !(dialect === 'duckdb' && /^(UN)?PIVOT$/.test(verb)))
    return unknown(verb === '' ? 'it does not begin with a statement' : `\`${verb}\` is not known to only read`);

  if (dialect === 'duckdb' && tokens.some((token) => outer.has(token))) return unknown('it reads a file or an address');
  for (let i = first; i < tokens.length; i++) {
    const name = word(i);
    const sign = symbol(i);
    if (sign === '\\' || (dialect !== 'postgres' && sign === '#' && symbol(i + 1) !== '>'))
      return unknown(`\`${sign}\` is read differently by databases`);
    if (dialect === 'mysql' && sign === ':' && symbol(i + 1) === '=') return unknown('`:=` sets a variable');
    if (tokens[i]?.kind === 'identifier' && symbol(i + 1) === '(' && !isColumnList(i, word, symbol))
      return unknown('a function with a quoted name is called');
    if (name === '') continue;
    if (i > first && actsWithin(statement, i)) return unknown(`\`${name}\` may begin a statement of its own`);
    const called = symbol(i + 1) === '(';
    const qualified = symbol(i - 1) === '.';
    // SHOW CREATE TABLE, SHOW GRANTS: the words name what is shown.
    const shows = dialect === 'mysql' && verb === 'SHOW' && i === first + 1 && name === 'CREATE';
    // UNPIVOT … INTO NAME x VALUE y: what the new columns are called.
    const names = dialect === 'duckdb' && verb === 'UNPIVOT' && name === 'INTO' && word(i + 1) === 'NAME';
    if (writingInside.has(name) && !qualified && !called && !shows && !names) return writes(name);
    if (name === 'FOR' && /^(UPDATE|SHARE|NO|KEY)$/.test(word(i + 1))) return writes(`FOR ${word(i + 1)}`);
    if (name === 'LOCK' && word(i + 1) === 'IN') return writes('LOCK IN SHARE MODE');
    if (name === 'NEXT' && word(i + 1) === 'VALUE') return writes('NEXT VALUE FOR');
    if (dialect === 'mysql' && name === 'NEXTVAL' && qualified) return writes('NEXTVAL');
    if (!called || isKeyword(i, dialect, word, symbol) || isColumnList(i, word, symbol)) continue;
    if (dialect === 'mysql' && (tokens[i + 1]?.start ?? 0) > (tokens[i]?.end ?? 0))
      return unknown(`with a space before \`(\`, \`${name.toLowerCase()}\` may be a function of the database's own`);
    if ((qualified && !isCatalog(i, dialect, word, symbol)) || !harmless.has(name.toLowerCase()))
      return unknown(`\`${name.toLowerCase()}(…)\` is not known to only read`);
  }
  return { effect: 'read', because: `only \`${verb}\`, which reads` };
}

/** Index of the statement behind EXPLAIN and its options. */
function explained(first: number, word: (i: number) => string, symbol: (i: number) => string): number | null {
  let at = first + 1;
  for (;;) {
    if (/^(ANALYZE|ANALYSE|VERBOSE|QUERY|PLAN)$/.test(word(at))) at++;
    else if (word(at) === 'FORMAT' && symbol(at + 1) === '=') at += 3;
    else if (
      symbol(at) === '(' &&
      /^(ANALYZE|ANALYSE|VERBOSE|COSTS|BUFFERS|FORMAT|SETTINGS|TIMING|SUMMARY|WAL|GENERIC_PLAN|MEMORY)$/.test(
        word(at + 1),
      )
    ) {
      while (symbol(at) !== ')')
        if (word(at) === '' && symbol(at) === '') return null;
        else at++;
      at++;
    } else return word(at) === '' && symbol(at) !== '(' ? null : at;
  }
}

/** `name (a, b) AS (` in a WITH, and `AS name (a, b)` after a FROM item: lists of columns, not calls. */
function isColumnList(index: number, word: (i: number) => string, symbol: (i: number) => string): boolean {
  // After AS comes an alias or a type, never a call.
  if (word(index - 1) === 'AS') return true;
  const before = word(index - 1);
  if (before !== 'WITH' && before !== 'RECURSIVE' && !(symbol(index - 1) === ',' && symbol(index - 2) === ')'))
    return false;
  let depth = 0;
  for (let i = index + 1; i < index + 4000; i++) {
    if (symbol(i) === '(') depth++;
    if (symbol(i) === ')' && --depth === 0) {
      let after = i + 1;
      if (word(after) !== 'AS') return false;
      after++;
      if (word(after) === 'NOT') after++;
      if (word(after) === 'MATERIALIZED') after++;
      // A query follows; `f(1) AS (a int)` calls a function and names its columns.
      if (symbol(after) !== '(') return false;
      return symbol(after + 1) === '(' || queryStarts.has(word(after + 1)) || isValues(after + 1, word, symbol);
    }
  }
  return false;
}

/** Words that begin a query and can be no column's name. */
const queryStarts = new Set(['SELECT', 'WITH', 'FROM', 'INSERT', 'UPDATE', 'DELETE', 'MERGE']);

function isValues(at: number, word: (i: number) => string, symbol: (i: number) => string): boolean {
  return word(at) === 'VALUES' && symbol(at + 1) === '(';
}

/** `pg_catalog.lower(…)`: the schema of the server's own functions, named without a database before it. */
function isCatalog(
  index: number,
  dialect: SqlDialect,
  word: (i: number) => string,
  symbol: (i: number) => string,
): boolean {
  return dialect === 'postgres' && word(index - 2) === 'PG_CATALOG' && symbol(index - 3) !== '.';
}

const readingPragmas = new Set([
  'TABLE_INFO',
  'SHOW_TABLES',
  'DATABASE_LIST',
  'DATABASE_SIZE',
  'VERSION',
  'INDEX_LIST',
  'FOREIGN_KEY_LIST',
  'INDEX_INFO',
  'INDEX_XINFO',
  'TABLE_XINFO',
  'TABLE_LIST',
]);

/** SQLite tells these where no value follows; with one it would set some of them. */
const askingPragmas = new Set([
  'INTEGRITY_CHECK',
  'QUICK_CHECK',
  'FOREIGN_KEY_CHECK',
  'PAGE_COUNT',
  'PAGE_SIZE',
  'FREELIST_COUNT',
  'COMPILE_OPTIONS',
  'JOURNAL_MODE',
  'USER_VERSION',
]);

function classifyPragma(tokens: readonly SqlToken[], word: (i: number) => string): Classification {
  const plain = tokens
    .slice(2)
    .every(({ kind }, i) => (i % 2 === 0 ? kind === 'symbol' : kind === 'string' || kind === 'word'));
  if (
    (readingPragmas.has(word(1)) && plain && tokens.length <= 5) ||
    (askingPragmas.has(word(1)) && tokens.length === 2)
  )
    return { effect: 'read', because: `\`PRAGMA ${word(1)}\` reads` };
  return unknown(`\`PRAGMA ${word(1)}\` is not known to only read`);
}
