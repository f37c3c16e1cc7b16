// Cuts SQL into tokens, for binding values, classifying effects and splitting statements. It knows the lexical rules of
// DuckDB, PostgreSQL and MySQL. For DuckDB, whose blocks are often written for another database, it also marks what
// others would read differently, so that nobody relies on it; for a server it marks only what that server's version decides.
import type { SqlDialect } from './dialect.ts';

export type SqlTokenKind =
  | 'space'
  | 'comment'
  | 'string' // '…' with '' inside
  | 'escape-string' // E'…' with backslashes
  | 'dollar-string' // $$…$$ and $tag$…$tag$
  | 'identifier' // "…" or `…`
  | 'word'
  | 'number'
  | 'hole' // a placeholder outside quotes
  | 'symbol';

export interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly start: number;
  readonly end: number;
  /** Indexes of the placeholders inside this token. */
  readonly holes: readonly number[];
  /** Not closed, or read differently by another database (executable comments, nested comments, `\'`). */
  readonly doubtful?: string;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Tokens that cover the whole text, in order. `holes` are the placeholders' places. */
export function tokenizeSql(
  code: string,
  holes: readonly Range[] = [],
  dialect: SqlDialect = 'duckdb',
): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let next = 0; // the first hole that is not yet inside a token
  let at = 0;
  while (at < code.length) {
    while ((holes[next]?.start ?? Infinity) < at) next++;
    const hole = holes[next];
    const lexeme: Lexeme =
      hole?.start === at ? { kind: 'hole', end: hole.end } : lexemeAt(code, at, hole?.start ?? code.length, dialect);
    let inside = none;
    let end = lexeme.end;
    while ((holes[next]?.start ?? Infinity) < lexeme.end) {
      end = Math.max(end, holes[next]?.end ?? 0);
      inside = [...inside, next++];
    }
    const { kind, doubtful } = lexeme;
    end = Math.min(end, code.length);
    tokens.push(
      doubtful === undefined
        ? { kind, start: at, end, holes: inside }
        : { kind, start: at, end, holes: inside, doubtful },
    );
    at = end;
  }
  return tokens;
}

const none: readonly number[] = [];

/**
 * Signs of what a dialect reads in its own way: quotes other than `'…'`, backslashes, comments but `-- …`, other blanks. A `$`
 * within a name (`v$session`) may begin a name of its own for some, which hides nothing; two of them may be quotes.
 */
const ownWays = /[^\t\n\f\v -~]|[#"`\\]|\$(?!\w)|\$\w*\$|(?<!\w)\$|\/\*|(?<![A-Za-z_])[Ee]'|--(?![ \t\n\f\v]|$)/;

/** True when every dialect cuts the text into the same tokens; false when in doubt, as behind a hole, where a token begins. */
export function isCutAlike(code: string, holes: readonly Range[] = []): boolean {
  return !ownWays.test(code) && holes.every(({ end }) => !/^[Ee$]/.test(code.charAt(end)));
}

/** Indexes of tokens that mean something: no space, no comments. */
export function significant(tokens: readonly SqlToken[]): readonly SqlToken[] {
  return tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
}

/** `\G` and `\g`, with which MySQL's own client ends a statement: its server knows neither. */
function isClientEnd(code: string, at: number): boolean {
  return code[at] === '\\' && /^[Gg](?![^\s;])/.test(code.slice(at + 1, at + 3));
}

/** Groups tokens into statements at `;`, and at `\G` where MySQL's lexer made one token of it; a group without a significant token is left out. */
export function splitStatements(code: string, tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokens) {
    const isEnd = code[token.start] === ';' || (code[token.start] === '\\' && token.end - token.start === 2);
    if (token.kind === 'symbol' && isEnd) statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => significant(statement).length > 0);
}

interface Lexeme {
  readonly kind: SqlTokenKind;
  readonly end: number;
  readonly doubtful?: string;
}

const anySpace = /[\s\uFEFF]+/y;
const serverSpace = /[ \t\n\r\f\v]+/y;
const words = /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/y;
const numbers = /(\d[\d_]*(\.\d*)?|\.\d+)([eE][+-]?\d+)?/y;

/** Where what the pattern matches at `at` ends; `at` when it matches nothing. */
function endOf(pattern: RegExp, code: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(code) ? pattern.lastIndex : at;
}

/** Signs that are symbols wherever they stand outside of quotes and comments. */
const signs = new Set('()[]{},;=<>+*%|!&?^~@'.split(''));

/** One token from `at`; words and numbers stop before `limit`, where a placeholder begins. */
function lexemeAt(code: string, at: number, limit: number, dialect: SqlDialect): Lexeme {
  const farthest = Math.max(limit, at + 1);
  const first = code.charAt(at);
  // Most of a query is words and signs; the patterns are tried in turn only where something else begins.
  if (signs.has(first)) return { kind: 'symbol', end: at + 1 };
  const isLetter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first === '_';
  if (isLetter && first !== 'E' && first !== 'e')
    return { kind: 'word', end: Math.min(endOf(words, code, at), farthest) };
  // What a server does not take for space is a part of a name there.
  const space = isLetter ? at : endOf(dialect === 'duckdb' ? anySpace : serverSpace, code, at);
  if (space > at) return { kind: 'space', end: space };
  if (dialect === 'mysql') {
    const lexeme = mysqlLexemeAt(code, at);
    if (lexeme) return lexeme;
  } else if (code.startsWith('--', at)) return lineComment(code, at, dialect);
  if (code.startsWith('/*', at)) return blockComment(code, at, dialect);
  if (first === "'") return quoted(code, at, 'string', dialect);
  if (dialect !== 'mysql' && (first === 'E' || first === 'e') && code[at + 1] === "'" && limit > at + 1)
    return escapeString(code, at, dialect);
  if (first === '"' || first === '`') {
    const lexeme = quoted(code, at, 'identifier', dialect);
    // `U&"…" UESCAPE '!' (1)` calls what no reader sees.
    return dialect === 'postgres' && /(^|[^\w$])[Uu]&$/.test(code.slice(Math.max(0, at - 3), at))
      ? { ...lexeme, doubtful: 'a name is written in escapes' }
      : lexeme;
  }
  if (first === '$' && dialect !== 'mysql') {
    const tag = /\$([A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y;
    tag.lastIndex = at;
    const open = tag.exec(code)?.[0];
    if (open !== undefined) {
      const close = code.indexOf(open, at + open.length);
      return close < 0
        ? { kind: 'dollar-string', end: code.length, doubtful: 'a quoted text is not closed' }
        : {
            kind: 'dollar-string',
            end: close + open.length,
            ...(dialect === 'duckdb' && { doubtful: 'not every database reads `$$` as quotes' }),
          };
    }
  }
  const word = endOf(words, code, at);
  if (word > at) return { kind: 'word', end: Math.min(word, farthest) };
  const number = endOf(numbers, code, at);
  if (number > at) return { kind: 'number', end: Math.min(number, farthest) };
  return { kind: 'symbol', end: at + 1 };
}

/** What MySQL and MariaDB read in their own way: `#` and `-- ` comments, and texts with backslashes in either quote. */
function mysqlLexemeAt(code: string, at: number): Lexeme | null {
  const first = code[at] ?? '';
  if (isClientEnd(code, at)) return { kind: 'symbol', end: at + 2 };
  if (first === '#' || /^--(?=[\s\u0000-\u001F]|$)/.test(code.slice(at, at + 3))) {
    const newline = code.indexOf('\n', at);
    return { kind: 'comment', end: newline < 0 ? code.length : newline };
  }
  if (first !== "'" && first !== '"') return null;
  let backslash = false;
  for (let i = at + 1; i < code.length; i++) {
    if (code[i] === '\\') backslash ||= code[++i] === first;
    else if (code[i] === first && code[i + 1] === first) i++;
    else if (code[i] === first)
      return {
        kind: 'string',
        end: i + 1,
        ...(backslash && { doubtful: 'a server may be set to read a backslash before a quote in another way' }),
      };
  }
  return { kind: 'string', end: code.length, doubtful: 'a quoted text is not closed' };
}

function lineComment(code: string, at: number, dialect: SqlDialect): Lexeme {
  const newline = code.slice(at).search(/[\n\r]/);
  const end = newline < 0 ? code.length : at + newline;
  const text = code.slice(at, end);
  const doubtful =
    dialect === 'duckdb' && /^--\S/.test(text) && text.includes(';')
      ? 'not every database reads `--` as a comment here'
      : undefined;
  return { kind: 'comment', end, ...(doubtful !== undefined && { doubtful }) };
}

function blockComment(code: string, at: number, dialect: SqlDialect): Lexeme {
  let depth = 0;
  let nested = false;
  for (let i = at; i < code.length - 1; i++) {
    if (code[i] === '/' && code[i + 1] === '*' && (dialect !== 'mysql' || depth === 0)) {
      depth++;
      nested ||= depth > 1;
      i++;
    } else if (code[i] === '*' && code[i + 1] === '/') {
      depth--;
      i++;
      if (depth > 0) continue;
      const doubtful =
        nested && dialect === 'duckdb'
          ? 'not every database nests comments'
          : dialect !== 'postgres' && /^\/\*M?!/i.test(code.slice(at, at + 4))
            ? 'some databases run what is inside `/*! … */`'
            : undefined;
      return { kind: 'comment', end: i + 1, ...(doubtful !== undefined && { doubtful }) };
    }
  }
  return { kind: 'comment', end: code.length, doubtful: 'a comment is not closed' };
}

function quoted(code: string, at: number, kind: 'string' | 'identifier', dialect: SqlDialect): Lexeme {
  const quote = code[at] ?? '';
  let backslash = false;
  for (let i = at + 1; i < code.length; i++) {
    if (dialect === 'duckdb' && code[i] === '\\') backslash ||= code[i + 1] === quote || code[i + 1] === '\\';
    if (code[i] !== quote) continue;
    if (code[i + 1] === quote) i++;
    else if (dialect === 'postgres' && quote === '`')
      return { kind, end: i + 1, doubtful: 'PostgreSQL does not read backticks as quotes' };
    else
      return {
        kind,
        end: i + 1,
        ...(backslash && { doubtful: 'not every database reads a backslash in quotes alike' }),
      };
  }
  return { kind, end: code.length, doubtful: 'a quoted text is not closed' };
}

function escapeString(code: string, at: number, dialect: SqlDialect): Lexeme {
  for (let i = at + 2; i < code.length; i++) {
    if (code[i] === '\\') i++;
    else if (code[i] === "'" && code[i + 1] === "'") i++;
    else if (code[i] === "'")
      return {
        kind: 'escape-string',
        end: i + 1,
        ...(dialect === 'duckdb' && { doubtful: 'not every database knows `E` quotes' }),
      };
  }
  return { kind: 'escape-string', end: code.length, doubtful: 'a quoted text is not closed' };
}
