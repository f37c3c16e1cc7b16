// A query around a cursor, cut into tokens and nested by its brackets. Half a query is the usual case: a bracket that nobody
// closed yet goes to the end of its statement, and what is not known is left as it stands.
import { significant, tokenizeSql, type SqlToken } from '../effect/index.ts';
import type { Dialect } from './sql-names.ts';

/** A token, a pair of brackets with what is inside, or the cursor itself. */
export type Piece =
  /** `word` is in capitals for an unquoted name or keyword, else empty; `name` is what a name says, without quotes. */
  | { readonly kind: 'token'; readonly word: string; readonly name: string | null; readonly text: string }
  | {
      readonly kind: 'group';
      readonly inside: readonly Piece[];
      /** The text between the brackets. */
      readonly text: string;
      readonly holdsCursor: boolean;
    }
  | { readonly kind: 'cursor' };

/** What is written at the cursor, and the statement that it stands in. */
export interface SqlAtCursor {
  readonly kind: 'name';
  /** Of the code: what is written of a name, its opening quote included. */
  readonly start: number;
  /** Of the code: behind a closing quote that stands right after the cursor. */
  readonly end: number;
  readonly quote: string;
  /** Names before dots: `a` and `b` of `a.b.c`. */
  readonly qualifiers: readonly string[];
  readonly statement: readonly Piece[];
}

/** A text is open at the cursor; `before` are the tokens before it. */
export interface TextAtCursor {
  readonly kind: 'text';
  /** Of the code: after the opening quote. */
  readonly start: number;
  readonly before: readonly string[];
}

/** What stands around an offset of some SQL; null inside of a comment and at the end of a number. */
export function sqlAt(code: string, offset: number, dialect: Dialect): SqlAtCursor | TextAtCursor | null {
  const cut = code.slice(0, offset);
  const all = tokenizeSql(cut, [], dialect);
  const last = all.at(-1);
  if (last && isOpenComment(cut, last)) return null;
  if (last?.kind === 'number') return null;
  const before = [...significant(all)];
  const textOf = (token: SqlToken): string => cut.slice(token.start, token.end);
  if (last && last.kind === 'string' && isOpen(cut, last)) {
    before.pop();
    return { kind: 'text', start: last.start + 1, before: before.map(textOf) };
  }
  if (last && (last.kind === 'escape-string' || last.kind === 'dollar-string')) return null;
  let start = offset;
  let end = offset;
  let quote = '';
  if (last?.kind === 'word') ({ start } = last);
  if (last?.kind === 'identifier') {
    if (!isOpen(cut, last)) return null;
    ({ start } = last);
    quote = cut[start] ?? '';
  }
  if (start < offset) before.pop();
  // What follows is read from behind the name that the cursor stands in.
  const rest = quote === '' ? /^[\w$\u0080-\uFFFF]*/ : new RegExp(`^[^${quote}\\n,()]*(${quote})?`);
  const [after = '', closing] = rest.exec(code.slice(offset)) ?? [];
  if (closing !== undefined) end = offset + after.length;
  const qualifiers: string[] = [];
  for (;;) {
    const dot = before.at(-1);
    const named = before.at(-2);
    if (!dot || !named || textOf(dot) !== '.') break;
    const name = nameOf(textOf(named), named);
    if (name === null) break;
    qualifiers.unshift(name);
    before.splice(-2);
  }
  const tail = code.slice(offset + after.length);
  const flat: Flat[] = [
    ...before.map((token) => toFlat(textOf(token), token, token.start)),
    { kind: 'cursor', at: start },
    ...significant(tokenizeSql(tail, [], dialect)).map((token) =>
      toFlat(tail.slice(token.start, token.end), token, token.start + offset + after.length),
    ),
  ];
  return { kind: 'name', start, end, quote, qualifiers, statement: nest(statementAround(flat), code) };
}

type Flat = { readonly kind: 'cursor'; readonly at: number } | (Piece & { kind: 'token' } & { readonly at: number });

function toFlat(text: string, token: SqlToken, at: number): Flat {
  const word = token.kind === 'word' ? text.toUpperCase() : '';
  return { kind: 'token', word, name: nameOf(text, token), text, at };
}

function nameOf(text: string, { kind }: SqlToken): string | null {
  if (kind === 'word') return text;
  if (kind !== 'identifier') return null;
  const quote = text[0] ?? '';
  return text.slice(1, text.length > 1 && text.endsWith(quote) ? -1 : undefined).replaceAll(quote + quote, quote);
}

function isOpen(code: string, { start, end, doubtful }: SqlToken): boolean {
  return (
    doubtful === 'a quoted text is not closed' ||
    end - start === 1 ||
    !code.slice(start, end).endsWith(code[start] ?? '')
  );
}

function isOpenComment(code: string, { kind, start, end, doubtful }: SqlToken): boolean {
  if (kind !== 'comment') return false;
  return code.startsWith('/*', start) ? doubtful === 'a comment is not closed' : end === code.length;
}

function statementAround(flat: readonly Flat[]): readonly Flat[] {
  const cursor = flat.findIndex(({ kind }) => kind === 'cursor');
  const ends = (piece: Flat): boolean => piece.kind === 'token' && piece.text === ';';
  const from = flat.slice(0, cursor).findLastIndex(ends) + 1;
  const length = flat.slice(cursor).findIndex(ends);
  return flat.slice(from, length < 0 ? undefined : cursor + length);
}

function nest(flat: readonly Flat[], code: string): readonly Piece[] {
  interface Open {
    readonly inside: Piece[];
    readonly at: number;
    holdsCursor: boolean;
  }
  const root: Open = { inside: [], at: 0, holdsCursor: true };
  const open: Open[] = [root];
  const close = (end: number): void => {
    const done = open.pop();
    if (!done) return;
    const { inside, at, holdsCursor } = done;
    const outer = open.at(-1);
    outer?.inside.push({ kind: 'group', inside, text: code.slice(at, end), holdsCursor });
    if (outer && holdsCursor) outer.holdsCursor = true;
  };
  for (const piece of flat) {
    if (piece.kind === 'token' && piece.text === '(') open.push({ inside: [], at: piece.at + 1, holdsCursor: false });
    else if (piece.kind === 'token' && piece.text === ')') {
      if (open.length > 1) close(piece.at);
    } else {
      const inner = open.at(-1) ?? root;
      if (piece.kind === 'cursor') inner.holdsCursor = true;
      inner.inside.push(piece.kind === 'cursor' ? { kind: 'cursor' } : piece);
    }
  }
  while (open.length > 1) close(code.length);
  return root.inside;
}
