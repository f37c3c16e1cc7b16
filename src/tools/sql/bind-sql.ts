// Puts values into SQL twice: as bound parameters for the database, and as quoted literals for the person who reads it.
// A value is never spliced into what the database gets, so it can never become code. Every piece of the bound text
// remembers where in the author's code it came from, so that the database's error can be shown there.
import type { ActionFailure, ParameterValue } from '../../run/index.ts';
import { failure } from '../failure.ts';
import type { Hole } from '../placeholders.ts';
import { significant, splitStatements, tokenizeSql, type SqlDialect, type SqlToken } from '../../effect/index.ts';

/** One statement as the database gets it. `sql` has `$1`, `$2`, … for `values`, or one `?` each for MySQL. */
export interface BoundStatement {
  readonly sql: string;
  readonly values: readonly ParameterValue[];
}

export interface BoundSql {
  readonly statements: readonly BoundStatement[];
  /** The code with values as literals, secrets as `***`. */
  readonly text: string;
  /** Where in the author's code an offset of a statement's `sql` stands. */
  locate(statement: number, offset: number): { readonly start: number; readonly end: number };
}

/**
 * How parameters are written for PostgreSQL, which gives each `$n` one type by the first place where it stands.
 * Equal ones share a number, so that equal expressions stay equal (GROUP BY repeats SELECT), unless they stand `apart`.
 */
export interface BindForm {
  readonly apart: boolean;
  /** Numbers of the parameters whose type no place tells: they are texts. */
  readonly texts: ReadonlySet<number>;
}

const usualForm: BindForm = { apart: false, texts: new Set() };

/** Binds the holes of `code`; fails where a value cannot be placed safely. */
export function bindSql(
  code: string,
  holes: readonly Hole[],
  dialect: SqlDialect = 'duckdb',
  form: BindForm = usualForm,
): BoundSql | ActionFailure {
  const tokens = tokenizeSql(code, holes, dialect);
  const refused = firstRefusal(code, tokens, holes, dialect);
  if (refused) return refused;
  const bound = splitStatements(code, tokens).map((statement) => bindStatement(code, statement, holes, dialect, form));
  return {
    statements: bound.map(({ sql, values }) => ({ sql, values })),
    text: readable(code, tokens, holes, dialect),
    locate: (statement, offset) => locate(bound[statement]?.pieces ?? [], offset, tokens, code),
  };
}

/** A piece of bound text: `at` is its offset there, `from` its place in the code; rewritten pieces are not `exact`. */
interface Piece {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly exact: boolean;
}

const typeWords = /^(interval|timestamp|timestamptz|date|time|datetime)$/i;
const intervalUnits =
  /^(microsecond|millisecond|second|minute|hour|day|week|month|quarter|year|decade|century|millennium)s?$/i;

function bindStatement(
  code: string,
  tokens: readonly SqlToken[],
  holes: readonly Hole[],
  dialect: SqlDialect,
  form: BindForm,
) {
  const values: ParameterValue[] = [];
  const numbers = new Map<string, number>();
  const pieces: Piece[] = [];
  let sql = '';
  const emit = (text: string, token: SqlToken, exact: boolean): void => {
    pieces.push({ at: sql.length, from: token.start, to: token.end, exact });
    sql += text;
  };
  // The same parameter in the same form is one `$n`, so that equal expressions stay equal (GROUP BY repeats SELECT).
  const parameter = (hole: Hole, asText: boolean): string => {
    const value = asText ? String(hole.binding.value) : hole.binding.value;
    if (dialect === 'mysql') {
      values.push(value);
      return '?';
    }
    const key = `${typeof value} ${hole.binding.name}`;
    const number = (form.apart ? undefined : numbers.get(key)) ?? values.push(value);
    numbers.set(key, number);
    return dialect === 'postgres' ? typedParameter(number, value, form) : `$${number}`;
  };
  const expression = (token: SqlToken): string =>
    stringExpression(code, token, holes, dialect, (hole) => parameter(hole, true));
  const following = (index: number): number => {
    let at = index + 1;
    while (tokens[at]?.kind === 'space' || tokens[at]?.kind === 'comment') at++;
    return at;
  };

  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const text = code.slice(token.start, token.end);
    const nextIndex = following(i);
    const next = tokens[nextIndex];
    if (token.kind === 'comment' && token.holes.length > 0) emit(' ', token, false);
    else if (token.kind === 'hole') {
      const hole = holes[token.holes[0] ?? -1];
      if (hole) emit(parameter(hole, false), token, false);
    } else if (
      token.kind === 'word' &&
      typeWords.test(text) &&
      next?.kind === 'string' &&
      next.holes.length > 0 &&
      !(dialect === 'mysql' && /^interval$/i.test(text))
    ) {
      // INTERVAL '{n} minutes', TIMESTAMP '{start}': a typed literal takes no parameter, a cast does.
      const unitIndex = following(nextIndex);
      const unitToken = tokens[unitIndex];
      const unit = unitToken?.kind === 'word' ? code.slice(unitToken.start, unitToken.end) : '';
      const hasUnit = /^interval$/i.test(text) && intervalUnits.test(unit);
      const type = dialect === 'mysql' && /^timestamp$/i.test(text) ? 'DATETIME(6)' : text;
      emit(`CAST(${expression(next)}${hasUnit ? ` || ' ${unit}'` : ''} AS ${type})`, next, false);
      i = hasUnit ? unitIndex : nextIndex;
    } else if (dialect === 'duckdb' && token.kind === 'word' && /^interval$/i.test(text) && next?.kind === 'hole') {
      const hole = holes[next.holes[0] ?? -1];
      if (hole) emit(`INTERVAL (${parameter(hole, false)})`, next, false);
      i = nextIndex;
    } else if (
      dialect === 'duckdb' &&
      token.kind === 'word' &&
      /^date_trunc$/i.test(text) &&
      tokens[nextIndex]?.kind === 'symbol'
    ) {
      // DATE_TRUNC('30 minutes', ts): PostgreSQL users write widths that only time_bucket knows.
      const widthIndex = following(nextIndex);
      const width = tokens[widthIndex];
      if (width?.kind === 'string' && /^\s*\d/.test(filled(code, width, holes))) {
        emit('time_bucket', token, true);
        for (const between of tokens.slice(i + 1, widthIndex))
          emit(code.slice(between.start, between.end), between, true);
        emit(
          `CAST(${width.holes.length > 0 ? expression(width) : code.slice(width.start, width.end)} AS INTERVAL)`,
          width,
          false,
        );
        i = widthIndex;
      } else emit(text, token, true);
    } else if (token.kind === 'string' && token.holes.length > 0) emit(expression(token), token, false);
    else emit(text, token, true);
  }
  return { sql, values, pieces };
}

/** PostgreSQL's `$n`: a number or truth value has the type that it would have as a literal; a text's is inferred. */
function typedParameter(number: number, value: ParameterValue, form: BindForm): string {
  if (typeof value === 'boolean') return `CAST($${number} AS boolean)`;
  if (typeof value === 'string') return form.texts.has(number) ? `CAST($${number} AS text)` : `$${number}`;
  const type = !Number.isSafeInteger(value) ? 'numeric' : Math.abs(value) < 2 ** 31 ? 'int4' : 'int8';
  return `CAST($${number} AS ${type})`;
}

/** `'%{x}%'` as `('%' || $1 || '%')`, for MySQL as `CONCAT('%', ?, '%')`. */
function stringExpression(
  code: string,
  token: SqlToken,
  holes: readonly Hole[],
  dialect: SqlDialect,
  place: (hole: Hole) => string,
): string {
  const parts: string[] = [];
  let from = token.start + 1;
  const literal = (end: number): void => {
    const quote = code[token.start] ?? "'";
    if (end > from) parts.push(`${quote}${code.slice(from, end)}${quote}`);
  };
  for (const index of token.holes) {
    const hole = holes[index];
    if (!hole) continue;
    literal(hole.start);
    parts.push(place(hole));
    from = hole.end;
  }
  literal(token.end - 1);
  if (parts.length === 1) return parts.join('');
  return dialect === 'mysql' ? `CONCAT(${parts.join(', ')})` : `(${parts.join(' || ')})`;
}

/** What a quoted text says once its holes are filled. */
function filled(code: string, token: SqlToken, holes: readonly Hole[]): string {
  return substitute(code, token.start + 1, token.end - 1, token.holes, holes, (hole) => String(hole.binding.value));
}

/** The code for people: values as literals. Placeholders in comments stay as they are. */
function readable(code: string, tokens: readonly SqlToken[], holes: readonly Hole[], dialect: SqlDialect): string {
  return tokens
    .map((token) => {
      if (token.holes.length === 0 || token.kind === 'comment') return code.slice(token.start, token.end);
      return substitute(code, token.start, token.end, token.holes, holes, ({ binding }) => {
        const shown = binding.secret ? '***' : String(binding.value);
        const isText = token.kind === 'hole' && (binding.secret || typeof binding.value === 'string');
        const quote = token.kind === 'string' && code[token.start] === '"' ? '"' : "'";
        const escaped = (dialect === 'mysql' ? shown.replaceAll('\\', '\\\\') : shown).replaceAll(quote, quote + quote);
        return isText ? `'${escaped}'` : escaped;
      });
    })
    .join('');
}

function substitute(
  code: string,
  start: number,
  end: number,
  indexes: readonly number[],
  holes: readonly Hole[],
  value: (hole: Hole) => string,
): string {
  let text = '';
  let from = start;
  for (const index of indexes) {
    const hole = holes[index];
    if (!hole) continue;
    text += code.slice(from, hole.start) + value(hole);
    from = hole.end;
  }
  return text + code.slice(from, end);
}

/** The first hole that stands where only a name or a keyword can, with the reason. */
function firstRefusal(
  code: string,
  tokens: readonly SqlToken[],
  holes: readonly Hole[],
  dialect: SqlDialect,
): ActionFailure | null {
  const meaningful = significant(tokens);
  for (const [index, token] of meaningful.entries()) {
    for (const holeIndex of token.holes) {
      const hole = holes[holeIndex];
      if (!hole) continue;
      const escaped = dialect === 'mysql' && /(?<!\\)(\\\\)*\\$/.test(code.slice(token.start, hole.start));
      const why = escaped ? 'behind a backslash' : refusal(code, meaningful, index);
      if (why === null) continue;
      const message = `\`${hole.binding.name}\` stands ${why}, where a value cannot be placed safely; write it as a value of its own or in single quotes.`;
      return failure('invalid-parameter', message, { at: { start: hole.start, end: hole.end } });
    }
  }
  return null;
}

function refusal(code: string, tokens: readonly SqlToken[], index: number): string | null {
  const token = tokens[index];
  switch (token?.kind) {
    case 'identifier':
      return 'inside a quoted name';
    case 'dollar-string':
      return 'inside a `$$` quoted text';
    case 'escape-string':
      return "inside an `E'…'` text";
    case 'string':
      return token.doubtful?.includes('not closed') ? 'inside a text that is not closed' : null;
    case 'hole':
      break;
    default:
      return 'inside a name';
  }
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const touchesWord = (other: SqlToken | undefined, touching: boolean): boolean =>
    touching && other !== undefined && (other.kind !== 'symbol' || code[other.start] === '.');
  if (touchesWord(before, before?.end === token.start) || touchesWord(after, after?.start === token.end))
    return 'as a part of a name';
  const word = before?.kind === 'word' ? code.slice(before.start, before.end).toUpperCase() : '';
  if (
    ['JOIN', 'INTO', 'UPDATE', 'TABLE', 'AS', 'DATABASE', 'SCHEMA', 'VIEW', 'INDEX', 'USE', 'ASC', 'DESC'].includes(
      word,
    )
  )
    return `after \`${word}\``;
  if (word === 'FROM' && !insideFunctionWithFrom(code, tokens, index - 1)) return 'after `FROM`';
  return null;
}

/** True when the FROM at `index` belongs to EXTRACT(… FROM …) and its like. */
function insideFunctionWithFrom(code: string, tokens: readonly SqlToken[], index: number): boolean {
  let depth = 0;
  for (let i = index - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token?.kind !== 'symbol') continue;
    const symbol = code[token.start];
    if (symbol === ')') depth++;
    if (symbol === '(' && depth-- === 0) {
      const name = tokens[i - 1];
      return name?.kind === 'word' && /^(extract|trim|substring|overlay)$/i.test(code.slice(name.start, name.end));
    }
  }
  return false;
}

function locate(pieces: readonly Piece[], offset: number, tokens: readonly SqlToken[], code: string) {
  let piece = pieces[0];
  for (const candidate of pieces) if (candidate.at <= offset) piece = candidate;
  if (!piece) return { start: 0, end: code.length };
  if (!piece.exact) return { start: piece.from, end: piece.to };
  const at = Math.min(piece.from + (offset - piece.at), Math.max(piece.from, piece.to - 1));
  const token = tokens.find(({ start, end }) => start <= at && at < end);
  return token && token.kind !== 'space'
    ? { start: token.start, end: token.end }
    : { start: at, end: Math.min(at + 1, code.length) };
}
