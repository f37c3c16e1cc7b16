// Cuts a guard's text into tokens with spans. Linear in the text; the first fault ends the reading.
// CEL's comments are left out: a guard is one line inside a sentence.
import type { SyntaxFault } from './guard-syntax.ts';

/** One token. `value` is the decoded text of a string, the digits of a number, else the characters themselves. */
export interface GuardToken {
  readonly kind: 'name' | 'number' | 'uint' | 'string' | 'bytes' | 'symbol' | 'end';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const number = /0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const blank = /[ \t\r\n\f]+/y;
const symbols = ['&&', '||', '==', '!=', '<=', '>=', ...'()[]{}.,?:!<>+-*/%'];
const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The tokens of a guard, an `end` token last; or the first character that cannot be read. */
export function guardTokens(text: string): readonly GuardToken[] | SyntaxFault {
  const tokens: GuardToken[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  for (;;) {
    at += match(blank)?.length ?? 0;
    if (at >= text.length) break;
    const start = at;
    const prefix = /[rRbB]{0,2}(?=["'])/y;
    const before = match(prefix);
    if (before !== undefined) {
      const read = readString(text, start, before.toLowerCase());
      if ('message' in read) return read;
      tokens.push(read);
      at = read.end;
      continue;
    }
    const digits = match(number);
    if (digits !== undefined) {
      at += digits.length;
      const unsigned = /^(?:\d+|0[xX][0-9a-fA-F]+)$/.test(digits) && /[uU]/.test(text[at] ?? '');
      if (unsigned) at++;
      tokens.push({ kind: unsigned ? 'uint' : 'number', value: digits, start, end: at });
      continue;
    }
    const word = match(name);
    if (word !== undefined) {
      at += word.length;
      tokens.push({ kind: 'name', value: word, start, end: at });
      continue;
    }
    const symbol = symbols.find((candidate) => text.startsWith(candidate, at));
    if (symbol === undefined) return strangeCharacter(text, at);
    at += symbol.length;
    tokens.push({ kind: 'symbol', value: symbol, start, end: at });
  }
  tokens.push({ kind: 'end', value: '', start: text.length, end: text.length });
  return tokens;
}

function strangeCharacter(text: string, at: number): SyntaxFault {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const hints: Readonly<Record<string, string>> = {
    '=': 'Write `==` to compare.',
    '&': 'Write `&&` for "and".',
    '|': 'Write `||` for "or".',
    '“': "Write plain quotes: 'text'.",
    '”': "Write plain quotes: 'text'.",
    '‘': "Write plain quotes: 'text'.",
    '’': "Write plain quotes: 'text'.",
    '≥': 'Write `>=`.',
    '≤': 'Write `<=`.',
    '≠': 'Write `!=`.',
  };
  const shown = /[\p{C}\p{Z}]/u.test(character)
    ? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : `\`${character}\``;
  return {
    message: `The guard has ${shown}, which means nothing in an expression.`,
    start: at,
    end: at + character.length,
    ...(hints[character] !== undefined && { hint: hints[character] }),
  };
}

function readString(text: string, start: number, prefix: string): GuardToken | SyntaxFault {
  const kind = prefix.includes('b') ? 'bytes' : 'string';
  const raw = prefix.includes('r');
  let at = start + prefix.length;
  const quote = text[at] ?? '';
  const triple = text.startsWith(quote.repeat(3), at);
  const close = triple ? quote.repeat(3) : quote;
  at += close.length;
  const parts: string[] = [];
  for (;;) {
    const unit = text[at];
    if (unit === undefined || (!triple && (unit === '\n' || unit === '\r'))) {
      return { message: `The text that starts with ${quote} has no closing ${close}.`, start, end: at };
    }
    if (text.startsWith(close, at)) break;
    if (unit !== '\\' || raw) {
      parts.push(unit);
      at++;
      continue;
    }
    const escape = readEscape(text, at);
    if (escape === null) {
      return {
        message: `The guard has \`${text.slice(at, at + 2)}\`, which is no escape in a text.`,
        start: at,
        end: Math.min(at + 2, text.length),
        hint: 'Write `\\\\` for a backslash.',
      };
    }
    parts.push(escape.text);
    at = escape.end;
  }
  return { kind, value: parts.join(''), start, end: at + close.length };
}

function readEscape(text: string, at: number): { readonly text: string; readonly end: number } | null {
  const letter = text[at + 1] ?? '';
  if ('\\?"\'`'.includes(letter) && letter !== '') return { text: letter, end: at + 2 };
  const simple = escapes[letter];
  if (simple !== undefined) return { text: simple, end: at + 2 };
  const coded = /\\(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/y;
  coded.lastIndex = at;
  const found = coded.exec(text);
  if (!found) return null;
  const code = found[4] !== undefined ? parseInt(found[4], 8) : parseInt(found[1] ?? found[2] ?? found[3] ?? '', 16);
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null;
  return { text: String.fromCodePoint(code), end: at + found[0].length };
}
