// Puts values into PromQL: escaped inside quotes, and elsewhere only as numbers, durations or times, so that a value can
// never become another part of the query. The server takes no bound values, so the place of each value decides.
import type { ActionFailure } from '../../run/index.ts';
import { failure, isFailure } from '../failure.ts';
import type { Hole } from '../placeholders.ts';

export interface PlacedQuery {
  /** What the server gets. */
  readonly query: string;
  /** The same for people, secret values as `***`. */
  readonly shown: string;
  /** Where in the author's code an offset of `query` stands. */
  locate(offset: number): { readonly start: number; readonly end: number };
}

/** The query with values in place, or why a value cannot be placed. */
export function placeQuery(code: string, holes: readonly Hole[]): PlacedQuery | ActionFailure {
  const regions = regionsOf(code, holes);
  const pieces: { readonly at: number; readonly from: number; readonly to: number; readonly exact: boolean }[] = [];
  let query = '';
  let shown = '';
  let from = 0;
  const copy = (to: number): void => {
    if (to > from) pieces.push({ at: query.length, from, to, exact: true });
    query += code.slice(from, to);
    shown += code.slice(from, to);
  };
  for (const hole of holes) {
    const region = regions.find(({ start, end }) => start < hole.start && hole.end <= end);
    if (region?.kind === 'comment') {
      // To the server a comment is nothing; people see what the tool reads in it.
      copy(hole.start);
      pieces.push({ at: query.length, from: hole.start, to: hole.end, exact: true });
      query += code.slice(hole.start, hole.end);
      shown += hole.binding.secret ? '***' : String(hole.binding.value).replace(/\s+/g, ' ');
      from = hole.end;
      continue;
    }
    const value = region ? insideQuotes(code, hole, region) : outsideQuotes(code, hole);
    if (isFailure(value)) return value;
    copy(hole.start);
    pieces.push({ at: query.length, from: hole.start, to: hole.end, exact: false });
    query += value;
    shown += hole.binding.secret ? '***' : value;
    from = hole.end;
  }
  copy(code.length);
  return {
    query,
    shown,
    locate(offset) {
      let piece = pieces[0];
      for (const candidate of pieces) if (candidate.at <= offset) piece = candidate;
      if (!piece) return { start: 0, end: code.length };
      if (!piece.exact) return { start: piece.from, end: piece.to };
      const start = Math.min(piece.from + offset - piece.at, piece.to);
      const word = /^(?:[\w:]+|"(?:[^"\\]|\\.)*"|\S)/.exec(code.slice(start));
      return { start, end: Math.min(code.length, start + (word?.[0].length ?? 1)) };
    },
  };
}

interface Region {
  readonly kind: 'quoted' | 'raw' | 'comment';
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
}

/** Quoted texts and comments. What a placeholder stands for is never looked into. */
function regionsOf(code: string, holes: readonly Hole[]): readonly Region[] {
  const regions: Region[] = [];
  const past = (at: number): number => holes.find(({ start }) => start === at)?.end ?? at + 1;
  let at = 0;
  while (at < code.length) {
    const first = code[at] ?? '';
    const start = at;
    if (first === '#') {
      while (at < code.length && code[at] !== '\n') at++;
      regions.push({ kind: 'comment', start, end: at, closed: true });
    } else if (first === '"' || first === "'" || first === '`') {
      at++;
      while (at < code.length && code[at] !== first) at = code[at] === '\\' && first !== '`' ? at + 2 : past(at);
      regions.push({ kind: first === '`' ? 'raw' : 'quoted', start, end: at + 1, closed: at < code.length });
      at++;
    } else at = past(at);
  }
  return regions;
}

function insideQuotes(code: string, hole: Hole, region: Region): string | ActionFailure {
  if (!region.closed) return refuse(hole, 'inside a text that is not closed');
  const value = String(hole.binding.value);
  const before = code.slice(region.start + 1, hole.start);
  if (region.kind === 'quoted' && /(?<!\\)(?:\\\\)*\\$/.test(before)) return refuse(hole, 'behind a backslash');
  const matches = /[=!]~\s*$/.test(code.slice(0, region.start));
  const literal = matches ? value.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&') : value;
  if (region.kind === 'raw')
    return literal.includes('`') ? refuse(hole, 'inside backticks, with a backtick in its value') : literal;
  const quote = code[region.start] ?? '"';
  return literal
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(/[\u0000-\u001F\u007F]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

const duration = /^(?:\d+(?:ms|[smhdwy]))+$/;

function outsideQuotes(code: string, hole: Hole): string | ActionFailure {
  const { value } = hole.binding;
  const before = code.slice(0, hole.start);
  const after = code.slice(hole.end);
  if (/[\w:.]$/.test(before)) return refuse(hole, 'as a part of a name');
  const text = String(value).trim();
  const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
  // `[{minutes}m]`: a whole number with its unit behind it.
  if (/^(?:ms|[smhdwy])(?!\w)/.test(after))
    return /^\d+$/.test(text) ? text : refuse(hole, 'before a unit of time, where only a whole number can stand');
  if (/^[\w:.]/.test(after)) return refuse(hole, 'as a part of a name');
  if (/@\s*$/.test(before) && !number) {
    const time = Date.parse(text);
    return Number.isNaN(time) ? refuse(hole, 'behind `@`, where only a time can stand') : String(time / 1000);
  }
  if (number || duration.test(text)) return text;
  return refuse(hole, 'outside quotes, where only a number or a duration such as `5m` can stand');
}

function refuse(hole: Hole, where: string): ActionFailure {
  return failure(
    'invalid-parameter',
    `\`${hole.binding.name}\` stands ${where}; a value can stand in a quoted label value, or as a number or duration.`,
    { at: { start: hole.start, end: hole.end } },
  );
}
