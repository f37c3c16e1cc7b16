// Reads a guide again after an edit, at the cost of the chapters that changed. For that the chapters are laid into a longer
// text, the loose one, with blanks behind each: an edit moves nothing outside of its chapter there, so that everything found
// out about the others stays as it is, offsets included. Blank lines before a heading mean nothing in markdown.
import { commonEnd, commonStart, lastNotAbove, lineIndex, narrow, type LineIndex, type Span } from '../base/index.ts';
import { keepDocument } from './document-of.ts';
import { readFrontMatter } from './front-matter.ts';
import {
  chapterLines,
  closingTag,
  firstLineEnd,
  isHeadingLine,
  lineStartsOf,
  pluginsLeftOpen,
  type Chapter,
} from './chapter.ts';
import { foldTabs } from './fold-tabs.ts';
import type { Guide } from './guide.ts';
import { keepBlocks } from './keep-blocks.ts';
import { looseText } from './loose-text.ts';
import { moveFlow } from './move-blocks.ts';
import { nestSections, partsOf, titleOf, type KnownSections, type Part } from './nest-sections.ts';
import type { BlockNode } from './block-node.ts';
import { parseBlocks } from './parse-blocks.ts';
import { keepText } from './text-of.ts';
import { readBlocks } from './read-blocks.ts';
import { isTooLarge, readGuide } from './read-guide.ts';

/** A guide that can be read again cheaply. A value: reading again makes another one, which shares what is the same. */
export interface LooseGuide {
  /** The text as written. */
  readonly text: string;
  /** The guide with offsets in the loose text, which is its `text`. Line numbers are those of the text as written. */
  readonly loose: Guide;
  /** Lines of the text as written. */
  readonly lines: LineIndex;
  readonly chapters: readonly Chapter[];
  /** Where each chapter begins in the text as written. */
  readonly starts: readonly number[];
  /** Where each chapter begins in the loose text. */
  readonly places: readonly number[];
  readonly memory: Memory;
}

/** What is remembered from one reading to the next; only ever looked up by identity. */
interface Memory {
  readonly looseSections: KnownSections;
  readonly writtenSections: KnownSections;
  readonly moved: WeakMap<Chapter, { readonly by: number; readonly parts: readonly Part[] }>;
}

/** Blanks behind each chapter of a guide that is read for the first time. */
const usualRoom = 256;
/** With less room than this behind its chapters, a place of the loose text is laid out again. */
const leastRoom = 8;
/** With so much room then, or it would be laid out again after few keystrokes. */
const roomAgain = usualRoom / 4;

/** Reads a guide from scratch. Never throws. */
export function readLoose(text: string): LooseGuide {
  if (isTooLarge(text.length, 0) || isTooLarge(0, lineIndex(text).lineCount)) {
    const loose = readGuide(text);
    return { text, loose, lines: loose.lines, chapters: [], starts: [], places: [], memory: emptyMemory() };
  }
  return assemble(text, { head: [], start: 0, end: text.length, tail: [], place: 0 }, null);
}

/** Reads `text`, of which most stood in `before`: the same as `readLoose(text)`, but for the places in the loose text. */
export function rereadLoose(before: LooseGuide, text: string): LooseGuide {
  if (text === before.text) return before;
  if (isTooLarge(text.length, 0) || before.chapters.length === 0) return readLoose(text);
  const made = assemble(text, changeIn(before, text), before);
  return isTooLarge(0, made.lines.lineCount) ? readLoose(text) : made;
}

/** How places in the loose text are led back to the text as written. */
export interface WrittenPlaces {
  /** The offset in the text as written of an offset in the loose one. */
  readonly offset: (offset: number) => number;
  /** The span in the text as written of one in the loose text, with its first and its last line, from 1. */
  readonly place: (span: Span) => { readonly span: Span; readonly startLine: number; readonly endLine: number };
}

/** How to lead places of a reading back to the text as written. */
export function writtenPlaces({ chapters, starts, places, lines }: LooseGuide): WrittenPlaces {
  /** Places mostly come in the order of the text. */
  let near = 0;
  const offset = (one: number): number => {
    if (one < (places[near] ?? 0) || one >= (places[near + 1] ?? Infinity)) near = lastNotAbove(places, one);
    const chapter = chapters[near];
    return chapter ? (starts[near] ?? 0) + Math.min(one - chapter.place, chapter.text.length) : one;
  };
  return {
    offset,
    place: (span) => {
      const start = offset(span.start);
      const end = offset(span.end);
      const { line: startLine } = lines.positionAt(start);
      return { span: { start, end }, startLine, endLine: lines.positionAt(Math.max(start, end - 1)).line };
    },
  };
}

/** Up to where the loose text of `guide`, and how it is led back, is as it was when it had the chapters `before`. */
export function sameUntil(before: readonly Chapter[], { chapters, places }: LooseGuide): number {
  const count = Math.min(before.length, chapters.length);
  let same = 0;
  while (same < count && before[same] === chapters[same]) same++;
  return same === chapters.length ? Infinity : (places[same] ?? 0);
}

const written = new WeakMap<LooseGuide, Guide>();

/** The guide with offsets in the text as written: the same as `readGuide` makes of it. */
export function asWritten(guide: LooseGuide): Guide {
  const { text, loose, lines, chapters, starts, memory } = guide;
  if (chapters.length === 0) return loose;
  let made = written.get(guide);
  if (!made) {
    const parts = foldTabs(chapters.flatMap((chapter, at) => movedParts(chapter, starts[at] ?? 0, memory)));
    const root = nestSections(parts, text.length, memory.writtenSections);
    const { title, frontMatter, diagnostics } = loose;
    written.set(guide, (made = { text, lines, title, frontMatter, root, diagnostics }));
  }
  return made;
}

function movedParts(chapter: Chapter, start: number, { moved }: Memory): readonly Part[] {
  const by = start - chapter.place;
  let made = moved.get(chapter);
  if (made?.by !== by) moved.set(chapter, (made = { by, parts: partsOf(moveFlow(chapter.flow, by)) }));
  return made.parts;
}

function emptyMemory(): Memory {
  return { looseSections: new WeakMap(), writtenSections: new WeakMap(), moved: new WeakMap() };
}

/** What is to be read: `text[start, end)`, between chapters that stay. `place` is where it goes in the loose text. */
interface Change {
  readonly head: readonly Chapter[];
  readonly start: number;
  readonly end: number;
  readonly tail: readonly Chapter[];
  readonly place: number;
}

function changeIn({ text: old, chapters, loose }: LooseGuide, text: string): Change {
  const count = chapters.length;
  const head = commonStart(old, text);
  let from = 0;
  let start = 0;
  for (let next = chapters[0]; next && start + next.text.length <= head; next = chapters[++from])
    start += next.text.length;
  const tail = commonEnd(old, text);
  let to = count;
  let end = text.length;
  for (let last = chapters[to - 1]; last && to > from; last = chapters[--to - 1]) {
    const begin = end - last.text.length;
    if (begin < start || text.length - begin > tail) break;
    end = begin;
  }
  const stepBack = (): void => {
    from--;
    start -= chapters[from]?.text.length ?? 0;
  };
  // The chapter above takes in what does not begin with a heading (any more), and what is written behind the last one.
  if (from > 0 && (from === count || (start === end && to === count))) stepBack();
  if (from > 0 && start < end && !isHeadingLine(text, start)) stepBack();
  // A closing tag that came far below the one that opens makes a plugin of all between them.
  const words = [text.slice(start, end)];
  const wordsBefore = chapters.slice(from, to).map((chapter) => chapter.text);
  const open = chapters.findIndex(({ openPlugins }) =>
    openPlugins.some((name) => holds(words, closingTag(name)) !== holds(wordsBefore, closingTag(name))),
  );
  while (open !== -1 && open < from) stepBack();
  // Front matter that was none may have become one by a line far below its first.
  if (loose.frontMatter.span === null && frontOf(text).frontMatter.span !== null) while (from > 0) stepBack();
  const above = chapters[from - 1];
  const place = (from < to ? chapters[from]?.place : above && above.place + above.text.length) ?? 0;
  return { head: chapters.slice(0, from), start, end, tail: chapters.slice(to), place };
}

function holds(texts: readonly string[], tag: string): boolean {
  return texts.some((text) => text.includes(tag));
}

/** A chapter to be: its words and what the parser makes of them. */
interface Piece {
  readonly text: string;
  readonly start: number;
  readonly nodes: readonly BlockNode[];
}

/**
 * Reads a change and puts the guide together. Takes in chapters of the tail until a heading comes out just where the rest
 * begins (an opened fence swallows some), and there is room for all in the loose text.
 */
function assemble(text: string, change: Change, before: LooseGuide | null): LooseGuide {
  const { head, start, tail, place } = change;
  const { frontMatter, bodyStart, diagnostics } = head.length === 0 || !before ? frontOf(text) : keptFront(before);
  const from = Math.max(start, bodyStart);
  let { end } = change;
  let taken = 0;
  const takeMore = (): void => {
    const more = Math.max(1, taken);
    for (const chapter of tail.slice(taken, taken + more)) end += chapter.text.length;
    taken = Math.min(tail.length, taken + more);
  };
  while (end < bodyStart) takeMore();
  let pieces = readPieces(text, start, from, end, tail[taken]);
  let places = pieces && placesOf(pieces, place, tail[taken], leastRoom);
  while (!pieces || !places) {
    const least = pieces ? roomAgain : leastRoom;
    takeMore();
    pieces = readPieces(text, start, from, end, tail[taken]);
    places = pieces && placesOf(pieces, place, tail[taken], least);
  }
  const rest = tail.slice(taken);
  const made = pieces.map((piece, at): Chapter => {
    const here = places[at] ?? 0;
    const words = narrow(piece.text);
    const read = moveFlow(readBlocks(words, from - piece.start, piece.nodes), here);
    const flow = keepBlocks(read, words, before ? chapterAt(before, here) : undefined);
    return {
      text: words,
      place: here,
      flow,
      parts: partsOf(flow),
      lineStarts: lineStartsOf(words, rest.length === 0 && at === pieces.length - 1),
      openPlugins: pluginsLeftOpen(words),
    };
  });
  const chapters = [...head, ...made, ...rest];
  const memory = before?.memory ?? emptyMemory();
  const parts = foldTabs(chapters.flatMap((chapter) => chapter.parts));
  const starts: number[] = [];
  let length = 0;
  for (const chapter of chapters) {
    starts.push(length);
    length += chapter.text.length;
  }
  const allPlaces = chapters.map((chapter) => chapter.place);
  const words = looseText(chapters, allPlaces);
  const loose = withText(words, {
    lines: chapterLines(chapters, allPlaces),
    title: titleOf(frontMatter, parts),
    frontMatter,
    root: nestSections(parts, words.length, memory.looseSections),
    diagnostics,
  });
  keepDocument(loose, memory);
  return { text, loose, lines: chapterLines(chapters, starts), chapters, starts, places: allPlaces, memory };
}

/**
 * The guide of a loose text, which is put together when it is first asked for. It is made apart from what it was read from: what
 * stands beside a getter lives as long as it does, and a reading that held on to the one before would hold on to all of them.
 */
function withText(words: ReturnType<typeof looseText>, about: Omit<Guide, 'text'>): Guide {
  let whole: string | null = null;
  const guide: Guide = {
    get text() {
      return (whole ??= words.slice(0));
    },
    ...about,
  };
  keepText(guide, words);
  return guide;
}

function chapterAt({ chapters, places }: LooseGuide, place: number): Chapter | undefined {
  const chapter = chapters[lastNotAbove(places, place)];
  return chapter?.place === place ? chapter : undefined;
}

type Front = ReturnType<typeof readFrontMatter>;

function frontOf(text: string): Front {
  return readFrontMatter(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
}

/** The first chapter stays, so its front matter does; nothing is read where it stands. */
function keptFront({ loose }: LooseGuide): Front {
  return { frontMatter: loose.frontMatter, bodyStart: 0, diagnostics: [...loose.diagnostics] };
}

/** Cuts `text[start, end)` at its headings; null when none comes out at `end`, where `next` should begin. */
function readPieces(
  text: string,
  start: number,
  from: number,
  end: number,
  next: Chapter | undefined,
): readonly Piece[] | null {
  if (start === end && next) return [];
  const nodes = parseBlocks(text, from, next ? end + firstLineEnd(next.text) : end);
  const cuts = nodes.flatMap((node, child) => {
    const at = from + node.start;
    return node.type === 'heading' && at > start && isHeadingLine(text, at) ? [{ at, child }] : [];
  });
  const last = next ? cuts.pop() : { at: end, child: nodes.length };
  if (last?.at !== end) return null;
  const bounds = [{ at: start, child: 0 }, ...cuts, last];
  return bounds.slice(0, -1).map(({ at, child }, index) => {
    const until = bounds[index + 1] ?? last;
    return { text: text.slice(at, until.at), start: at, nodes: nodes.slice(child, until.child) };
  });
}

/** Where the pieces go, from `place` on and before `next`, with what room there is shared out; null when it is less than `least`. */
function placesOf(
  pieces: readonly Piece[],
  place: number,
  next: Chapter | undefined,
  least: number,
): readonly number[] | null {
  const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  const room = next ? Math.floor((next.place - place - length) / Math.max(1, pieces.length)) : usualRoom;
  if (pieces.length > 0 && room < least) return null;
  let at = place;
  return pieces.map((piece) => {
    const here = at;
    at += piece.text.length + room;
    return here;
  });
}
