// Simple HTML as the markdown it stands for: paragraphs, lists, tables, headings and code, each with its place in the guide. What opens
// in one block of HTML may close in another, with markdown between, so lists and tables come out as where they open and close; see
// nest-boxes.ts. Scripts, styles and whatever else says nothing to a reader are left as HTML.
import { narrow, type Span } from '../base/index.ts';
import { roleOf } from './box-marks.ts';
import type { Box, BoxRole, Piece } from './nest-boxes.ts';
import { readCode } from './read-code.ts';
import { readProse } from './read-prose.ts';
import { attributeOf, tagAt, type Tag } from './tag.ts';

/** Tags that end a paragraph. */
const blockTag =
  /^(?:p|div|section|article|center|header|footer|main|nav|aside|figure|figcaption|details|summary|dl|dt|dd|fieldset|form|hr|address|ul|ol|li|table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col|blockquote|h[1-6]|pre|iframe|video|.*[:-].*)$/;
const roles: Readonly<Record<string, BoxRole>> = {
  ul: 'list', ol: 'list', dl: 'list', li: 'item', dt: 'item', table: 'table', tr: 'row', td: 'cell', th: 'cell',
  blockquote: 'quote', details: 'fold', steps: 'list', step: 'item',
}; // prettier-ignore
/** What a component of MDX calls its words for people. */
const labels = ['title', 'label', 'summary', 'header', 'heading'];
/** "Click to expand": says nothing but how to see the rest. */
const handle =
  /^\W*(?:(?:click|tap|press)\b.*|(?:show|see|view|expand|open|read|full)?\s*(?:more|details?|here|all|output|log)?)\W*$/i;

/** Reads a block of HTML; nothing comes out of one that has no words. */
export function readHtml(text: string, span: Span, quoted: boolean): Piece[] {
  const pieces: Piece[] = [];
  const { end } = span;
  let { start } = span;
  let at = start;
  /** Tags that are not closed in this block. */
  const unclosed = new Set<string>();
  /** Words from `start` on, as a paragraph. */
  const flush = (to: number): void => {
    const words = proseBetween(text, start, to, quoted);
    if (words) pieces.push({ kind: 'paragraph', prose: words, span: words.span });
    else for (const one of unseenIn(text, start, to)) pieces.push(one);
  };
  while (at < end) {
    const next = text.indexOf('<', at);
    if (next === -1 || next >= end) break;
    if (text.startsWith('<!--', next)) {
      at = endOfComment(text, next, end);
      continue;
    }
    const tag = tagAt(text, next, end);
    if (!tag || !(tag.isComponent || blockTag.test(tag.name) || isRaw(tag.name))) {
      at = tag?.end ?? next + 1;
      continue;
    }
    flush(next);
    at = start = readTag(text, tag, end, quoted, unclosed, pieces);
  }
  flush(end);
  return pieces;
}

/** Reads a tag and, where what it holds is read with it, all of that; the offset behind. */
function readTag(text: string, tag: Tag, end: number, quoted: boolean, unclosed: Set<string>, pieces: Piece[]): number {
  const { name, closes } = tag;
  const role = roles[name] ?? (tag.isComponent || name === 'aside' ? roleOf(name) : null);
  if (closes) {
    pieces.push({ kind: 'close', name, span: { start: tag.start, end: tag.end } });
    return tag.end;
  }
  const heading = /^h([1-6])$/.exec(name)?.[1];
  if (name === 'pre' || isRaw(name) || name === 'summary' || heading !== undefined) {
    const { inside, behind } = contentOf(text, tag, end, unclosed);
    if (name === 'pre') pieces.push(...preformatted(text, tag, inside, behind, quoted));
    else if (!isRaw(name)) {
      const words = proseBetween(text, inside.start, inside.end, quoted);
      const whole = { start: tag.start, end: behind };
      if (words && heading !== undefined)
        pieces.push({ kind: 'title', level: Number(heading), prose: words, span: whole });
      else if (words) {
        const paragraph = { kind: 'paragraph', prose: words, span: words.span } as const;
        const isHandle = handle.test(words.plain);
        pieces.push(
          isHandle
            ? { kind: 'quote', blocks: [paragraph], span: words.span }
            : { kind: 'summary', prose: words, span: whole },
        );
      }
    }
    return behind;
  }
  const label = tag.isComponent ? attributeOf(tag, role === 'tab' ? [...labels, 'value'] : labels) : null;
  const words = label && proseBetween(text, label.start, label.end, quoted);
  if (role) pieces.push(boxOf(tag, role, words));
  if (words && role !== 'tab') pieces.push({ kind: 'paragraph', prose: words, span: words.span });
  return tag.end;
}

function boxOf(tag: Tag, role: BoxRole, label: Box['label']): Box {
  const { name, start, end } = tag;
  const ordered = name === 'ol' || name === 'steps';
  const first = ordered ? attributeOf(tag, ['start']) : null;
  return {
    kind: 'open',
    role,
    name,
    span: { start, end },
    label,
    ordered,
    first: Number(first && tag.rest.slice(first.start - tag.restStart, first.end - tag.restStart)) || 1,
    isHead: name === 'th',
  };
}

/** These are read up to their own closing tag, and what they hold is never text. */
function isRaw(name: string): boolean {
  return name === 'script' || name === 'style' || name === 'textarea' || name === 'svg';
}

/** What stands between a tag and its closing one, or the end of the block. */
function contentOf(
  text: string,
  { name, end: start }: Tag,
  end: number,
  unclosed: Set<string>,
): { inside: Span; behind: number } {
  const match = unclosed.has(name) ? null : new RegExp(`</${name}\\s{0,40}>`, 'i').exec(text.slice(start, end));
  if (match) return { inside: { start, end: start + match.index }, behind: start + match.index + match[0].length };
  unclosed.add(name);
  // A heading ends with its line; code goes on to the end.
  const line = name === 'pre' || isRaw(name) ? -1 : text.slice(start, end).search(/[\r\n]/);
  const to = line === -1 ? end : start + line;
  return { inside: { start, end: to }, behind: to };
}

function endOfComment(text: string, at: number, end: number): number {
  const close = text.slice(at, end).indexOf('-->', 4);
  return close === -1 ? end : at + close + 3;
}

/**
 * `<pre><code class="language-sh">df -h</code></pre>`. With tags or entities in it the characters are not those that would be run:
 * then it is only shown.
 */
function preformatted(text: string, tag: Tag, inside: Span, behind: number, quoted: boolean): Piece[] {
  let { start, end } = inside;
  const open = /^\s*<(?:code|samp)\b([^<>]{0,400})>/i.exec(text.slice(start, Math.min(end, start + 420)));
  if (open) {
    start += open[0].length;
    end -= /(?:<\/(?:code|samp)\s*>)?\s*$/i.exec(text.slice(Math.max(start, end - 40), end))?.[0].length ?? 0;
  }
  start += /^[ \t]*(?:\r\n|\r|\n)/.exec(text.slice(start, Math.min(end, start + 80)))?.[0].length ?? 0;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end--;
  const code = narrow(text.slice(start, end));
  if (code.trim() === '') return [];
  const span = { start: tag.start, end: behind };
  if (/<\/?[a-z!]|&#?\w{2,8};/i.test(code)) {
    const prose = readProse(text, start, end, quoted);
    const codes = [{ start: 0, end: prose.plain.length, span: { start, end } }];
    return [{ kind: 'paragraph', prose: { ...prose, codes }, span: prose.span }];
  }
  const language = /\b(?:language|lang|brush|highlight-source)\s*[-:=]\s*["']?([\w+#-]{1,30})/i.exec(
    `${tag.rest} ${open?.[1] ?? ''}`,
  )?.[1];
  const value = quoted ? code.replace(/^[ \t]*(?:>[ \t]?)+/gm, '') : null;
  return [
    {
      kind: 'code',
      language: language?.toLowerCase() ?? null,
      attributes: [],
      fenced: false,
      span,
      ...readCode(text, start, end, value),
    },
  ];
}

/** The words between two offsets, without the blanks around them; null when there are none. */
export function proseBetween(
  text: string,
  from: number,
  to: number,
  quoted: boolean,
): ReturnType<typeof readProse> | null {
  let start = from;
  let end = to;
  while (start < end && /[\s>]/.test(text[start] ?? '') && (text[start] !== '>' || quoted)) start++;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end--;
  if (start === end) return null;
  const prose = readProse(text, start, end, quoted);
  return prose.plain.trim() === '' ? null : prose;
}

/** Images and comments of HTML that has no words. */
function unseenIn(text: string, from: number, to: number): Piece[] {
  const found: Piece[] = [];
  for (let at = text.indexOf('<', from); at !== -1 && at < to; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      const span = { start: at, end: endOfComment(text, at, to) };
      at = span.end;
      if (text.startsWith('-->', at - 3))
        found.push({ kind: 'comment', text: text.slice(span.start + 4, at - 3).trim(), span });
      continue;
    }
    const tag = tagAt(text, at, to);
    if (tag?.name === 'img') found.push({ kind: 'html', span: { start: tag.start, end: tag.end } });
    at = tag?.end ?? at + 1;
  }
  return found;
}
