// Reads JSON text and remembers where each value stands, so that a problem in a file can be shown at its line.
// Strict JSON as RFC 8259 has it. Used only when something is wrong: a file that is right never comes here.
import type { Json } from '../base/index.ts';

/** What was read, or what is wrong with the text and at which offset. */
export type PlacedJson =
  | { readonly kind: 'value'; readonly value: Json; placeOf(path: readonly PropertyKey[]): number }
  | { readonly kind: 'broken'; readonly message: string; readonly offset: number };

/** Deeper than any plan; a file that nests more is refused rather than followed. */
const deepest = 200;

export function readPlacedJson(text: string): PlacedJson {
  const places: Place = { start: 0, inner: new Map() };
  let at = text.startsWith('\uFEFF') ? 1 : 0;

  try {
    const value = readValue(places, 0);
    skipSpace();
    if (at < text.length) throw new Broken(`Expected the end of the file, found ${found()}.`, at);
    return {
      kind: 'value',
      value,
      placeOf(path) {
        let place = places;
        for (const key of path) {
          const next = place.inner.get(String(key));
          if (!next) break;
          place = next;
        }
        return place.start;
      },
    };
  } catch (error) {
    if (error instanceof Broken) return { kind: 'broken', message: error.message, offset: error.offset };
    throw error;
  }

  function readValue(place: Place, depth: number): Json {
    skipSpace();
    place.start = at;
    if (depth > deepest) throw new Broken(`The file nests deeper than ${deepest} levels.`, at);
    const unit = text[at];
    if (unit === '{') return readObject(place, depth);
    if (unit === '[') return readArray(place, depth);
    if (unit === '"') return readString();
    const word = /[-+.\w]*/y;
    word.lastIndex = at;
    const literal = word.exec(text)?.[0] ?? '';
    if (literal === 'true' || literal === 'false' || literal === 'null' || number.test(literal)) {
      at += literal.length;
      return JSON.parse(literal) as Json;
    }
    throw new Broken(`Expected a value, found ${found()}.`, at);
  }

  function readObject(place: Place, depth: number): Json {
    const entries: [string, Json][] = [];
    at++;
    skipSpace();
    if (text[at] === '}') at++;
    else {
      for (;;) {
        skipSpace();
        if (text[at] !== '"') throw new Broken(`Expected a name in double quotes, found ${found()}.`, at);
        const name = readString();
        skipSpace();
        if (text[at] !== ':') throw new Broken(`Expected \`:\` after \`"${name}"\`, found ${found()}.`, at);
        at++;
        entries.push([name, readValue(inside(place, name), depth + 1)]);
        if (!readComma('}')) break;
      }
    }
    return Object.fromEntries(entries);
  }

  function readArray(place: Place, depth: number): Json {
    const values: Json[] = [];
    at++;
    skipSpace();
    if (text[at] === ']') at++;
    else {
      do values.push(readValue(inside(place, String(values.length)), depth + 1));
      while (readComma(']'));
    }
    return values;
  }

  /** Steps over `,` (true) or the closing bracket (false). */
  function readComma(close: string): boolean {
    skipSpace();
    const unit = text[at];
    if (unit !== ',' && unit !== close) throw new Broken(`Expected \`,\` or \`${close}\`, found ${found()}.`, at);
    at++;
    return unit === ',';
  }

  function readString(): string {
    const start = at;
    at++;
    while (at < text.length && text[at] !== '"') {
      if (text.charCodeAt(at) < 0x20) throw new Broken(`Expected the end of a text, found ${found()}.`, at);
      if (text[at] === '\\' && !escape.test(text.slice(at, at + 6))) {
        throw new Broken(`\`${text.slice(at, at + 2)}\` is not an escape that JSON knows.`, at);
      }
      at += text[at] === '\\' ? 2 : 1;
    }
    if (at >= text.length) throw new Broken('A text in double quotes is not closed.', start);
    at++;
    return JSON.parse(text.slice(start, at)) as string;
  }

  function skipSpace(): void {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  }

  function found(): string {
    const point = text.codePointAt(at);
    if (point === undefined) return 'the end of the file';
    if (point === 10 || point === 13) return 'the end of the line';
    if (point < 0x20 || point === 0x7f) return `the control character U+${point.toString(16).padStart(4, '0')}`;
    return `\`${String.fromCodePoint(point)}\``;
  }
}

const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;
const escape = /^\\(["\\/bfnrt]|u[0-9a-fA-F]{4})/;

/** Start of a value, and of the values inside it by name or index. */
interface Place {
  start: number;
  readonly inner: Map<string, Place>;
}

function inside(place: Place, key: string): Place {
  const inner: Place = { start: place.start, inner: new Map() };
  place.inner.set(key, inner);
  return inner;
}

class Broken extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
