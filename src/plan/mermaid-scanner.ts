// The small parts of a Mermaid flowchart: names, shapes with labels, arrows with texts. Each function reads at an offset and
// gives the offset after what it read, or null when nothing of its kind stands there; a fault is thrown with its place.
import type { Span } from '../base/index.ts';

/** A fault at a place; caught once, in read-mermaid.ts, which then goes on with the next line. */
export class MermaidFault extends Error {
  readonly span: Span;
  constructor(message: string, start: number, end = start + 1) {
    super(message);
    this.span = { start, end };
  }
}

export interface ReadNode {
  readonly id: string;
  readonly shape: string;
  /** The characters between the shape's signs, quotes not included; null without a shape. */
  readonly raw: string | null;
  readonly labelSpan: Span | null;
  readonly end: number;
}

const name = /(?:[\p{L}\p{M}\p{N}_!#$'*+.?/\\]|%(?!%)|-(?![->.\s]|$)|=(?![=\s]))+/uy;

/** A node with its shape, its `@{ … }` and its class. */
export function readNode(text: string, at: number): ReadNode | null {
  name.lastIndex = at;
  const id = name.exec(text)?.[0];
  if (id === undefined) return null;
  let end = at + id.length;
  const drawn = readShape(text, end) ?? readAttributes(text, end);
  if (drawn) end = drawn.end;
  const dressed = /:::[\w-]+/y;
  dressed.lastIndex = end;
  end += dressed.exec(text)?.[0].length ?? 0;
  return { id, shape: drawn?.shape ?? '', raw: drawn?.raw ?? null, labelSpan: drawn?.labelSpan ?? null, end };
}

interface ReadShape {
  readonly shape: string;
  readonly raw: string | null;
  readonly labelSpan: Span | null;
  readonly end: number;
}

/** Opening signs and what closes them, longest first. */
const shapes: readonly (readonly [string, ...string[]])[] = [
  ['(((', ')))'],
  ['((', '))'],
  ['([', '])'],
  ['(-', '-)'],
  ['(', ')'],
  ['[[', ']]'],
  ['[(', ')]'],
  ['[/', '/]', '\\]'],
  ['[\\', '\\]', '/]'],
  ['[', ']'],
  ['{{', '}}'],
  ['{', '}'],
  ['>', ']'],
];

/** A label without quotes may go over lines, but not without end. */
const longestLabel = 2000;

/** The first shape that is closed on its line; else the first that is closed soon after. `[/var full]` is a plain box. */
function readShape(text: string, at: number): ReadShape | null {
  const fitting = shapes.filter(([open]) => text.startsWith(open, at));
  if (fitting.length === 0) return null;
  const line = lineEnd(text, at);
  for (const limit of [line, Math.min(text.length, at + longestLabel)]) {
    for (const [open, ...closers] of fitting) {
      const read = readLabel(text, at, open, closers, limit);
      if (read) return read;
    }
  }
  const [open = '', close = ''] = fitting.at(-1) ?? [];
  throw new MermaidFault(
    `\`${shown(text, at, line)}\` opens a label with \`${open}\`, but no \`${close}\` closes it.`,
    at,
    line,
  );
}

function readLabel(
  text: string,
  at: number,
  open: string,
  closers: readonly string[],
  limit: number,
): ReadShape | null {
  let start = at + open.length;
  while (text[start] === ' ') start++;
  if (text[start] === '"') {
    const quote = text.indexOf('"', start + 1);
    if (quote === -1) throw new MermaidFault('A label in double quotes is not closed.', start);
    let end = quote + 1;
    while (end < text.length && ' \t\r\n'.includes(text.charAt(end))) end++;
    const close = closers.find((closer) => text.startsWith(closer, end));
    if (close === undefined) return null;
    const labelSpan = { start: start + 1, end: quote };
    return { shape: open, raw: text.slice(start + 1, quote), labelSpan, end: end + close.length };
  }
  const close = closers.map((closer) => closing(text, start, open, closer, limit)).filter((found) => found !== -1);
  if (close.length === 0) return null;
  const labelEnd = Math.min(...close);
  const closer = closers.find((sign) => text.startsWith(sign, labelEnd)) ?? '';
  // `[|borders:lt|text]` says how the box is drawn before what stands in it.
  const drawn = open === '[' ? (/^\|[\w:,-]*\|/.exec(text.slice(start, labelEnd))?.[0].length ?? 0) : 0;
  start += drawn;
  const raw = text.slice(start, labelEnd).trimEnd();
  return { shape: open, raw, labelSpan: { start, end: start + raw.length }, end: labelEnd + closer.length };
}

/** Where the closing sign stands; brackets of the same kind inside a label come in pairs. -1 when it is not there. */
function closing(text: string, from: number, open: string, closer: string, limit: number): number {
  if (closer.length > 1) {
    const found = text.slice(from, limit).indexOf(closer);
    return found === -1 ? -1 : from + found;
  }
  const opener = { ']': '[', ')': '(', '}': '{' }[closer] ?? open;
  let depth = 0;
  for (let at = from; at < limit; at++) {
    if (text[at] === opener) depth++;
    else if (text[at] === closer && depth-- === 0) return at;
  }
  return -1;
}

/** `@{ shape: rounded, label: "Check the pods" }` */
function readAttributes(text: string, at: number): ReadShape | null {
  if (!text.startsWith('@{', at)) return null;
  const pattern = /@\{((?:[^"}]|"[^"]*")*)\}/y;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (!found) throw new MermaidFault('`@{` is not closed by `}`.', at, at + 2);
  const [whole, inside = ''] = found;
  const label = /(?:^|[\s,])label\s*:\s*(?:"([^"]*)"|([^",\n]*))/.exec(inside);
  const raw = label ? (label[1] ?? label[2]?.trim() ?? '') : null;
  const start = at + 2 + (label ? label.index + label[0].lastIndexOf(raw ?? '') : 0);
  return {
    shape: '@',
    raw,
    labelSpan: raw === null ? null : { start, end: start + raw.length },
    end: at + whole.length,
  };
}

export interface ReadArrow {
  /** `e1` of `A e1@--> B`. */
  readonly id: string | null;
  /** The label's characters without quotes and bars; null when there is none. */
  readonly raw: string | null;
  /** True when it has a head at either side; `~~~` is no arrow at all. */
  readonly kind: 'one-way' | 'two-way' | 'open' | 'invisible';
  readonly end: number;
}

const whole = /(?:([\w-]+)@)?([<xo]?)(?:--+([->xo])|==+([=>xo])|-?\.+-([>xo]?)|(~~~+))/y;
const begun = /(?:([\w-]+)@)?([<xo]?)(--|==|-\.)/y;
const endings: Readonly<Record<string, RegExp>> = {
  '--': /--+([->xo])/g,
  '==': /==+([=>xo])/g,
  // Begun only where a run of dots begins, so that a long run is tried once.
  '-.': /(?:-\.+|(?<!\.)\.+)-([>xo]?)/g,
};

/** An arrow: `-->`, `-->|text|`, `-- text -->`, and their thick, dotted, longer and headless forms. */
export function readArrow(text: string, at: number): ReadArrow | null {
  whole.lastIndex = at;
  const plain = whole.exec(text);
  if (plain) {
    const [sign, id = null, tail = '', solid, thick, dotted, invisible] = plain;
    const head = solid ?? thick ?? dotted ?? '';
    const kind = invisible !== undefined ? 'invisible' : kindOf(tail, head);
    const label = readBarLabel(text, at + sign.length);
    return { id, raw: label?.raw ?? null, kind, end: label?.end ?? at + sign.length };
  }
  begun.lastIndex = at;
  const start = begun.exec(text);
  const ending = endings[start?.[3] ?? ''];
  if (!start || !ending) return null;
  const from = at + start[0].length;
  const quoted = /\s*"([^"]*)"\s*/y;
  quoted.lastIndex = from;
  const label = quoted.exec(text);
  ending.lastIndex = from + (label?.[0].length ?? 0);
  const limit = label ? lineEnd(text, ending.lastIndex) : lineEnd(text, from);
  const end = ending.exec(text.slice(0, limit));
  if (!end) {
    throw new MermaidFault(
      `\`${shown(text, at, limit)}\` begins an arrow with \`${start[3] ?? ''}\`, but the arrow does not end on this line.`,
      at,
      limit,
    );
  }
  const raw = label?.[1] ?? text.slice(from, end.index);
  return { id: start[1] ?? null, raw, kind: kindOf(start[2] ?? '', end[1] ?? ''), end: end.index + end[0].length };
}

function kindOf(tail: string, head: string): ReadArrow['kind'] {
  const pointed = head !== '' && head !== '-' && head !== '=';
  if (tail !== '' && pointed) return 'two-way';
  return pointed ? 'one-way' : 'open';
}

function readBarLabel(text: string, at: number): { readonly raw: string; readonly end: number } | null {
  let start = at;
  while (text[start] === ' ') start++;
  if (text[start] !== '|') return null;
  const quoted = /\|[ \t]*"([^"]*)"\s*\|/y;
  quoted.lastIndex = start;
  const plain = /\|([^|]{0,2000})\|/y;
  plain.lastIndex = start;
  const found = quoted.exec(text) ?? plain.exec(text);
  if (!found)
    throw new MermaidFault('The text of an arrow begins with `|` and is not closed by another.', start, start + 1);
  return { raw: found[1] ?? '', end: start + found[0].length };
}

/** Offset of the end of the line in which `at` stands. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** The text from `at` to the line's end, cut for a message. */
export function shown(text: string, at: number, end: number): string {
  const words = text.slice(at, Math.min(end, at + 60)).trim();
  return end - at > 60 ? `${words}…` : words;
}
