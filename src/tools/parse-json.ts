// Reads JSON that a tool was answered, and loses nothing silently: a whole number that a double does not hold exactly becomes
// a text, as it does in the results of databases. `JSON.parse` would round `9007199254740993` to another number.
import type { Json } from '../base/index.ts';

/** The value of the text; throws a SyntaxError like `JSON.parse`. */
export function parseJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  // Fewer digits are always held exactly.
  return /\d{16}/.test(text) ? (JSON.parse(withExactNumbers(text)) as Json) : value;
}

const number = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const quote = 34;
const backslash = 92;

/** Valid JSON with quotes around its whole numbers that would be rounded. */
function withExactNumbers(text: string): string {
  let exact = '';
  let from = 0;
  for (let at = 0; at < text.length;) {
    const char = text.charCodeAt(at);
    if (char === quote) {
      for (at++; text.charCodeAt(at) !== quote; at++) if (text.charCodeAt(at) === backslash) at++;
      at++;
      continue;
    }
    number.lastIndex = at;
    const found = char === 45 || (char >= 48 && char <= 57) ? number.exec(text) : null;
    if (!found) {
      at++;
      continue;
    }
    const [written, fraction, exponent] = found;
    if (fraction === undefined && exponent === undefined && !Number.isSafeInteger(Number(written))) {
      exact += `${text.slice(from, at)}"${written}"`;
      from = at + written.length;
    }
    at += written.length;
  }
  return exact + text.slice(from);
}
