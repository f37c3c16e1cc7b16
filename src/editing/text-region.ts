// What kind of text a cursor stands in, told from the lines before it alone: while an author types, the text is half a guide
// and its analysis may be of an earlier version.

/** `line` is the cursor's line up to the cursor. */
export type TextRegion =
  | { readonly kind: 'front-matter'; readonly line: string; readonly linesBefore: readonly string[] }
  | { readonly kind: 'fence'; readonly line: string; readonly info: string }
  | {
      readonly kind: 'code';
      readonly line: string;
      readonly language: string;
      /** What stands behind the language on the line that opens the block. */
      readonly info: string;
      /** Of the text: where the block's code starts, and where it ends. */
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly kind: 'prose';
      readonly line: string;
      /** The paragraph up to the cursor; starts after a blank line, a fence, a heading or a list marker. */
      readonly paragraph: string;
      /** True when nothing stands above in the paragraph. */
      readonly first: boolean;
    };

const fence = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})[ \t]*(.*)$/;
const marker = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+/;

/** The region of an offset of any text. */
export function regionAt(text: string, offset: number): TextRegion {
  const all = text.slice(0, offset).split(/\r\n|\r|\n/);
  const line = all.at(-1) ?? '';
  const before = all.slice(0, -1);
  let from = 0;
  if (/^---[ \t]*$/.test(before[0] ?? '')) {
    const end = before.findIndex((one, index) => index > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(one));
    if (end < 0) return { kind: 'front-matter', line, linesBefore: before };
    from = end + 1;
  }
  let open: Opening | null = null;
  let paragraphFrom = from;
  for (let index = from; index < before.length; index++) {
    const one = before[index] ?? '';
    if (open) {
      if (open.mark === '' ? one.startsWith('</PLUGIN_') : closes(one, open.mark)) {
        open = null;
        paragraphFrom = index + 1;
      }
      continue;
    }
    const start: RegExpExecArray | null = fence.exec(one);
    if (start?.[1] !== undefined && !(start[1].startsWith('`') && start[2]?.includes('`'))) {
      const [language = '', ...rest] = (start[2] ?? '').split(/\s+/);
      open = { mark: start[1], language: language.toLowerCase(), info: rest.join(' '), line: index };
    } else if (/^<PLUGIN_\w+>\s*$/.test(one)) {
      open = { mark: '', language: 'plugin', info: '', line: index };
    } else if (one.trim() === '' || /^\s{0,3}#{1,6}\s/.test(one)) paragraphFrom = index + 1;
    else if (marker.test(one)) paragraphFrom = index;
  }
  if (open) {
    const { language, info, mark } = open;
    const start = startOfLine(text, open.line + 1);
    return { kind: 'code', line, language, info, start, end: endOfCode(text, offset, mark) };
  }
  const opening = fence.exec(line);
  if (opening?.[1] !== undefined && !opening[2]?.includes('`'))
    return { kind: 'fence', line, info: line.slice(line.lastIndexOf(opening[1]) + opening[1].length).trimStart() };
  const isNew = marker.test(line);
  const paragraph = isNew ? line : [...before.slice(paragraphFrom), line].join('\n');
  return { kind: 'prose', line, paragraph, first: isNew || paragraphFrom === before.length };
}

interface Opening {
  /** The signs of the fence; empty for a `<PLUGIN_n>` block. */
  readonly mark: string;
  readonly language: string;
  readonly info: string;
  /** Its line, counted from 0. */
  readonly line: number;
}

function startOfLine(text: string, line: number): number {
  const breaks = /\r\n|\r|\n/g;
  for (let seen = 0; seen < line; seen++) if (!breaks.exec(text)) return text.length;
  return breaks.lastIndex;
}

/** The start of the line that closes a block open at `offset`; the end of the text when nothing does. */
function endOfCode(text: string, offset: number, mark: string): number {
  const lines = /(\r\n|\r|\n)([^\r\n]*)/g;
  lines.lastIndex = offset;
  for (let found = lines.exec(text); found; found = lines.exec(text)) {
    const line = found[2] ?? '';
    if (mark === '' ? line.startsWith('</PLUGIN_') : closes(line, mark)) return found.index;
  }
  return text.length;
}

function closes(line: string, mark: string): boolean {
  const found = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1] ?? '';
  return found.length >= mark.length && found[0] === mark[0];
}

/** The inline code that is open at the end of a paragraph, after its back-ticks; null when none is. */
export function openCode(paragraph: string): string | null {
  let at = 0;
  for (;;) {
    const start = paragraph.indexOf('`', at);
    if (start < 0) return null;
    let end = start;
    while (paragraph[end] === '`') end++;
    const mark = paragraph.slice(start, end);
    let close = paragraph.indexOf(mark, end);
    while (close >= 0 && (paragraph[close + mark.length] === '`' || paragraph[close - 1] === '`'))
      close = paragraph.indexOf(mark, close + mark.length);
    if (close < 0) return paragraph.slice(end);
    at = close + mark.length;
  }
}

/** Where an offset of a text stood in an earlier version of it: exact outside of what has changed between them. */
export function earlierOffset(earlier: string, text: string, offset: number): number {
  if (earlier === text) return offset;
  const most = Math.min(earlier.length, text.length);
  let same = 0;
  while (same < most && earlier.charCodeAt(same) === text.charCodeAt(same)) same++;
  if (offset <= same) return offset;
  let tail = 0;
  while (
    tail < most - same &&
    earlier.charCodeAt(earlier.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)
  )
    tail++;
  return offset >= text.length - tail ? offset + earlier.length - text.length : Math.min(same, earlier.length);
}
