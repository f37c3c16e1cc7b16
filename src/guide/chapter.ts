// A guide is cut into chapters: each begins with a heading line that starts at the margin, outside of fences, HTML and front
// matter, and ends before the next. What a chapter says does not depend on any other, so an edit costs its chapter alone.
import { allMatches, lastNotAbove, type LineIndex, type Span } from '../base/index.ts';
import type { Part } from './nest-sections.ts';
import type { Flow } from './read-blocks.ts';

/**
 * One chapter. The first one of a guide also holds whatever stands before its first heading, front matter too.
 *
 *     ## Check the disk      `text` goes from here
 *     Run `df -h`.
 *                            to here, line ending included
 *     ## Next
 */
export interface Chapter {
  readonly text: string;
  /** Offset of `text` in the loose text, see loose-guide.ts; spans of `flow` count from there on. */
  readonly place: number;
  readonly flow: readonly Flow[];
  /** `flow` cut at its headings. */
  readonly parts: readonly Part[];
  /** Offsets in `text` of its lines. */
  readonly lineStarts: readonly number[];
  /** Names of each `<PLUGIN_n>` that opens here and does not close here: closing it anywhere below would change what the chapter says. */
  readonly openPlugins: readonly string[];
}

/** Where a chapter can begin: a heading with number signs at the margin. What is around it is for the parser to say. */
const headingLine = /#{1,6}(?=[ \t\r\n]|$)/y;

/** True when a line that looks like a heading begins at `at`. */
export function isHeadingLine(text: string, at: number): boolean {
  headingLine.lastIndex = at;
  if (!headingLine.test(text)) return false;
  const before = text.charCodeAt(at - 1);
  return at === 0 || before === 10 || before === 13;
}

/** Offset of the first line's end in `text`. */
export function firstLineEnd(text: string): number {
  const end = text.search(/[\r\n]/);
  return end === -1 ? text.length : end;
}

/** Offsets of the lines; an empty last one belongs to the chapter only when nothing follows. */
export function lineStartsOf(text: string, isLast: boolean): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  if (!isLast && starts.length > 1 && starts.at(-1) === text.length) starts.pop();
  return starts;
}

/** Names of each `<PLUGIN_n>` that stands in the text without its closing tag behind it. */
export function pluginsLeftOpen(text: string): readonly string[] {
  if (!text.includes('<PLUGIN_')) return [];
  const open: string[] = [];
  for (const { 1: name = '', index } of allMatches(text, /<(PLUGIN_\w{1,40})>[ \t]*(?=\r|\n|$)/g))
    if (!text.includes(closingTag(name), index)) open.push(name);
  return open;
}

/** What closes a `<PLUGIN_n>`. */
export function closingTag(name: string): string {
  return `</${name}>`;
}

/** Lines of a guide whose chapters begin at `origins`; numbers of lines are those of the text as written. */
export function chapterLines(chapters: readonly Chapter[], origins: readonly number[]): LineIndex {
  const firstLines: number[] = [];
  let lineCount = 0;
  for (const { lineStarts } of chapters) {
    firstLines.push(lineCount);
    lineCount += lineStarts.length;
  }
  const last = chapters.length - 1;
  const startOf = (line: number): number => {
    const at = lastNotAbove(firstLines, line - 1);
    return (origins[at] ?? 0) + (chapters[at]?.lineStarts[line - 1 - (firstLines[at] ?? 0)] ?? 0);
  };
  const lineSpan = (line: number): Span => {
    const at = lastNotAbove(firstLines, line - 1);
    const chapter = chapters[at];
    const origin = origins[at] ?? 0;
    if (!chapter || line > lineCount) {
      const end = (origins[last] ?? 0) + (chapters[last]?.text.length ?? 0);
      return { start: end, end };
    }
    const place = line - 1 - (firstLines[at] ?? 0);
    const start = chapter.lineStarts[place] ?? 0;
    let end = chapter.lineStarts[place + 1] ?? chapter.text.length;
    while (end > start && isEnding(chapter.text.charCodeAt(end - 1))) end--;
    return { start: origin + start, end: origin + end };
  };
  /** Offsets that are asked for mostly come in the order of the text. */
  let near = 0;
  return {
    lineCount,
    positionAt(offset) {
      if (offset < (origins[near] ?? 0) || offset >= (origins[near + 1] ?? Infinity))
        near = lastNotAbove(origins, Math.max(0, offset));
      const at = near;
      const chapter = chapters[at];
      if (!chapter) return { line: 1, column: 1 };
      const inside = Math.max(0, offset) - (origins[at] ?? 0);
      // Behind the chapter's text nothing is written: that is where the next one begins.
      if (inside >= chapter.text.length && at < last) return { line: (firstLines[at + 1] ?? 0) + 1, column: 1 };
      const bounded = Math.min(inside, chapter.text.length);
      const place = lastNotAbove(chapter.lineStarts, bounded);
      return { line: (firstLines[at] ?? 0) + place + 1, column: bounded - (chapter.lineStarts[place] ?? 0) + 1 };
    },
    offsetAt({ line, column }) {
      const bounded = Math.max(1, Math.min(line, lineCount));
      const span = lineSpan(bounded);
      return Math.min(startOf(bounded) + Math.max(0, column - 1), span.end);
    },
    lineSpan,
  };
}

function isEnding(unit: number): boolean {
  return unit === 10 || unit === 13;
}
