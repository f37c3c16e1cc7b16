// Cuts SQL of any common dialect into tokens, tolerantly and in linear time, with the partner of every bracket and of
// every CASE. It decides nothing: what it does not know becomes a `symbol`.

/** One token. `word` is an unquoted name or keyword (`text` upper-case, `raw` as written); `hole` a `{placeholder}`. */
export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'hole';
  readonly text: string;
  readonly raw: string;
}

/** Tokens and, for each `(`, `[` and CASE, the index of its partner (-1 elsewhere and where there is none). */
export interface SqlTokens {
  readonly tokens: readonly SqlToken[];
  readonly partner: readonly number[];
  /** False when brackets or CASEs do not match. */
  readonly balanced: boolean;
}

const longest = 400_000;
const blanks = /[\s\u00a0]+|--[^\n]*/y;
const word = /[A-Za-z_\u0080-\uffff@#][\w$\u0080-\uffff@#]*/y;
/** Kinds of token in the order in which they are tried. */
const shapes: readonly (readonly [SqlToken['kind'], RegExp])[] = [
  ['word', word],
  ['symbol', /[(),*;]/y],
  ['hole', /\{\{?\s*[A-Za-z_][\w.-]*\s*\}?\}|\$\{[A-Za-z_]\w*\}/y],
  ['number', /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+/y],
  ['symbol', /<>|!=|<=|>=|::|\|\||=>|->>?|[^'"`\s]/y],
];

/** Where what the pattern matches at `at` ends; `at` when it matches nothing there. */
function endOf(pattern: RegExp, code: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(code) ? pattern.lastIndex : at;
}

/** The tokens of a query; null when it is too long, or when a quote or comment is not closed. */
export function sqlTokens(code: string): SqlTokens | null {
  if (code.length > longest) return null;
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < code.length) {
    const unit = code[at] ?? '';
    // Most of a query is words, blanks and commas; the patterns are tried in turn only where something else begins.
    if ((unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z')) {
      const end = endOf(word, code, at);
      const raw = code.slice(at, end);
      tokens.push({ kind: 'word', text: raw.toUpperCase(), raw });
      at = end;
      continue;
    }
    if (unit === ' ' || unit === '\n') {
      at = endOf(blanks, code, at);
      continue;
    }
    if (unit === ',' || unit === '(' || unit === ')') {
      tokens.push({ kind: 'symbol', text: unit, raw: unit });
      at++;
      continue;
    }
    const delimited =
      unit === "'" || unit === '"' || unit === '`'
        ? quoted(code, at, unit)
        : unit === '[' && !follows(tokens.at(-1))
          ? bracketed(code, at)
          : code.startsWith('/*', at)
            ? comment(code, at)
            : undefined;
    if (delimited === null) return null;
    if (delimited) {
      if (delimited.token) tokens.push(delimited.token);
      at = delimited.end;
      continue;
    }
    const blank = endOf(blanks, code, at);
    if (blank > at) {
      at = blank;
      continue;
    }
    const token = tokenAt(code, at);
    if (!token) return null;
    tokens.push(token);
    at += token.raw.length;
  }
  return { tokens, ...partners(tokens) };
}

function tokenAt(code: string, at: number): SqlToken | null {
  for (const [kind, pattern] of shapes) {
    const end = endOf(pattern, code, at);
    if (end === at) continue;
    const raw = code.slice(at, end);
    return { kind, text: kind === 'word' ? raw.toUpperCase() : raw, raw };
  }
  return null;
}

interface Delimited {
  readonly token?: SqlToken;
  readonly end: number;
}

function quoted(code: string, at: number, quote: string): Delimited | null {
  const parts: string[] = [];
  let from = at + 1;
  for (;;) {
    const close = code.indexOf(quote, from);
    if (close < 0) return null;
    parts.push(code.slice(from, close));
    if (code[close + 1] !== quote) {
      const text = parts.join(quote);
      const kind = quote === "'" ? 'string' : 'quoted';
      return { token: { kind, text, raw: text }, end: close + 1 };
    }
    from = close + 2;
  }
}

/** T-SQL's `[name]`; undefined when it is a list or an index instead. */
function bracketed(code: string, at: number): Delimited | undefined {
  const name = /\[([A-Za-z_][\w ]{0,127})\]/y;
  name.lastIndex = at;
  const found = name.exec(code)?.[1];
  return found === undefined
    ? undefined
    : { token: { kind: 'quoted', text: found, raw: found }, end: at + found.length + 2 };
}

/** Comments nest in PostgreSQL and not in MySQL; we end at the first close, which both accept for comments in use. */
function comment(code: string, at: number): Delimited | null {
  const close = code.indexOf('*/', at + 2);
  return close < 0 ? null : { end: close + 2 };
}

/** True when a `[` after this token is an index, not a name. */
function follows(before: SqlToken | undefined): boolean {
  if (!before) return false;
  if (before.kind === 'symbol') return before.text === ')' || before.text === ']';
  if (before.kind !== 'word') return before.kind === 'quoted' || before.kind === 'string';
  return !keywordsBeforeNames.has(before.text);
}

const keywordsBeforeNames = new Set(
  'SELECT DISTINCT AS FROM JOIN BY AND OR ON WHERE HAVING THEN ELSE WHEN CASE'.split(' '),
);

function partners(tokens: readonly SqlToken[]): { readonly partner: readonly number[]; readonly balanced: boolean } {
  const partner = new Array<number>(tokens.length).fill(-1);
  const open: number[] = [];
  let balanced = true;
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'symbol' && kind !== 'word') continue;
    if (text === '(' || text === '[' || (text === 'CASE' && kind === 'word')) {
      open.push(index);
      continue;
    }
    const opener = text === ')' ? '(' : text === ']' ? '[' : text === 'END' ? 'CASE' : null;
    if (opener === null) continue;
    const at = open.at(-1);
    if (at === undefined || tokens[at]?.text !== opener) {
      balanced = false;
      continue;
    }
    open.pop();
    partner[at] = index;
    partner[index] = at;
  }
  return { partner, balanced: balanced && open.length === 0 };
}
