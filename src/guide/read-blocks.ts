// Turns block nodes into ours: prose with offsets, code sliced from the source, tables and underlined headings found in
// paragraphs. Headings come out in line with the blocks; read-guide.ts makes the tree of sections.
import type { Span } from '../base/index.ts';
import type { Block, Code, Heading, Item, Plugin, Prose, Table } from './guide.ts';
import { boxMark, headOf, insideBox, roleOf, type BoxMark } from './box-marks.ts';
import { cutProse } from './cut-prose.ts';
import { isTabHeading } from './fold-tabs.ts';
import { nestBoxes, type Piece } from './nest-boxes.ts';
import { readNumbering } from './numbering.ts';
import type { BlockNode, BoxNode, ItemNode } from './block-node.ts';
import { parseBlocks } from './parse-blocks.ts';
import { readCode, readInfo } from './read-code.ts';
import { proseBetween, readHtml } from './read-html.ts';
import { readProse } from './read-prose.ts';

export type Flow = Block | (Heading & { readonly kind: 'heading' });

/** Deeper nesting than this is read as one paragraph of words. */
const deepest = 60;

/** Reads `nodes` (of the root, an item or a quote) in order; `base` is where the text that they count from begins. */
export function readBlocks(text: string, base: number, nodes: readonly BlockNode[], depth = 0, quoted = false): Flow[] {
  const found: Piece[] = [];
  for (const node of nodes) {
    const span = { start: node.start + base, end: node.end + base };
    if (depth > deepest) found.push({ kind: 'paragraph', prose: readProse(text, span.start, span.end, true), span });
    else readNode(text, base, node, span, depth, quoted, found);
  }
  if (areBlocks(found)) return found;
  return nestBoxes(
    found,
    {
      words: (start, end) => proseBetween(text, start, end, quoted),
      heading: makeHeading,
      isStrong: (start, end) => strong.test(text.slice(start, Math.min(end, start + 400))),
    },
    depth === 0,
  );
}

const strong = /^\s*(?:<p\b[^<>]*>\s*)?<(strong|b)\b[^<>]*>[^<]*<\/\1>\s*(?:<\/p>\s*)?$/i;

function areBlocks(pieces: Piece[]): pieces is Flow[] {
  return pieces.every(({ kind }) => kind !== 'open' && kind !== 'close' && kind !== 'title' && kind !== 'summary');
}

function readNode(
  text: string,
  base: number,
  node: BlockNode,
  span: Span,
  depth: number,
  quoted: boolean,
  found: Piece[],
): void {
  switch (node.type) {
    case 'heading': {
      const { level, words } = node;
      const [start, end] = words ? [words.start + base, words.end + base] : [span.end, span.end];
      found.push(makeHeading(level, readProse(text, start, end), span));
      return;
    }
    case 'paragraph':
      readParagraph(text, span, quoted, found);
      return;
    case 'rule': {
      if (underline(text, span, found) || depth > 0) return;
      const above = found.findLast(({ kind }) => kind === 'heading');
      if (above?.kind === 'heading' && isTabHeading(above)) found.push({ kind: 'html', endsTabs: true, span });
      return;
    }
    case 'list': {
      const items = node.items.map((item) => readItem(text, base, item, depth, quoted));
      found.push({ kind: 'list', ordered: node.ordered, start: node.first, items, span });
      return;
    }
    case 'quote':
      found.push({
        kind: 'quote',
        blocks: withoutMark(noHeadings(readBlocks(text, base, node.children, depth + 1, true)), alertMark),
        span,
      });
      return;
    case 'code': {
      const code = readFence(text, span, node.value);
      const words = depth === 0 ? wordsOfFence(text, code) : null;
      if (words) for (const piece of words) found.push(piece);
      else found.push(code);
      return;
    }
    case 'plugin':
      found.push(readPlugin(text, span));
      return;
    case 'html': {
      const comment = /^<!--([^]*?)-->\s*$/.exec(text.slice(span.start, span.end));
      if (comment) found.push({ kind: 'comment', text: comment[1]?.trim() ?? '', span });
      else {
        const read = readHtml(text, span, quoted);
        if (read.length === 0) found.push({ kind: 'html', span });
        for (const piece of read) found.push(piece);
      }
      return;
    }
    case 'mark': {
      const start = span.start + blanksBefore(text, span.start);
      const mark = boxMark(text.slice(start, span.end), start);
      if (mark) openMarked(text, mark, span, found);
      return;
    }
    case 'box':
      readBox(text, base, node, span, depth, quoted, found);
  }
}

function blanksBefore(text: string, at: number): number {
  return /^[ \t]*/.exec(text.slice(at, at + 100))?.[0].length ?? 0;
}

/** Opens or closes the box that a line of its own marks; what is on the line is told as words, or names the tab. */
function openMarked(text: string, mark: BoxMark, span: Span, found: Piece[]): void {
  const { name, closes, isFence, label } = mark;
  const key = isFence && name !== '' ? `:${name}` : name;
  if (closes) {
    found.push({ kind: 'close', name: key, span });
    return;
  }
  const role = roleOf(name);
  const words = label && proseBetween(text, label.start, label.end, false);
  if (role || isFence) {
    const box = {
      kind: 'open',
      role: role ?? 'frame',
      name: key,
      span,
      ordered: false,
      first: 1,
      isHead: false,
    } as const;
    found.push({ ...box, label: role === 'tab' ? words : null });
  }
  if (words && role !== 'tab' && role !== 'tabs') found.push(titleOfBox(words));
}

/** What a note is called belongs to the words around it and is never a step. */
function titleOfBox(prose: Prose): Block {
  return { kind: 'quote', blocks: [{ kind: 'paragraph', prose, span: prose.span }], span: prose.span };
}

function readBox(
  text: string,
  base: number,
  { head, children }: BoxNode,
  span: Span,
  depth: number,
  quoted: boolean,
  found: Piece[],
): void {
  const start = head.start + base;
  const { name, label, isFootnote } = headOf(text.slice(start, head.end + base), start);
  const blocks = noHeadings(readBlocks(text, base, children, depth + 1, quoted));
  if (isFootnote) {
    found.push({ kind: 'quote', footnote: true, blocks, span });
    return;
  }
  const words = label && proseBetween(text, label.start, label.end, false);
  if (words && name !== 'tab') found.push(titleOfBox(words));
  const at = { start, end: head.end + base };
  const role = name === 'tab' ? 'tab' : 'note';
  found.push({ kind: 'open', role, name: '===', span: at, label: words, ordered: false, first: 1, isHead: false });
  for (const block of blocks) found.push(block);
  found.push({ kind: 'close', name: '===', span: { start: span.end, end: span.end } });
}

function readItem(text: string, base: number, item: ItemNode, depth: number, quoted: boolean): Item {
  const span = { start: item.start + base, end: item.end + base };
  const marker = /^(\d{1,9})(?:[.)]|\ufe0f?\u20e3)/.exec(text.slice(span.start, span.start + 12));
  const blocks = noHeadings(readBlocks(text, base, item.children, depth + 1, quoted));
  const limit = limitOf(text, blocks[0]);
  const own = limit ? [limit, ...blocks.slice(1)] : withoutMark(blocks, taskMark);
  return {
    number: marker ? Number(marker[1]) : null,
    ...(own !== blocks && !limit && { task: true }),
    blocks: own,
    span,
  };
}

/** `- > 10 min: go to 3`: an item on one line whose mark of a quote compares with a number. */
function limitOf(text: string, first: Block | undefined): Block | null {
  if (first?.kind !== 'quote' || first.blocks.length !== 1 || first.blocks[0]?.kind !== 'paragraph') return null;
  const { start, end } = first.span;
  const words = text.slice(start, end).trimEnd();
  if (!/^>=?[ \t]*\d[^\n]*$/.test(words)) return null;
  const prose = readProse(text, start, start + words.length, false);
  return { kind: 'paragraph', prose, span: { start, end: start + words.length } };
}

/** `- [ ] Restart it`: the box that is ticked off is no word (GFM, task list items). */
const taskMark = /^\[[ xX]\]\s+(?=\S)/;
/** `> [!NOTE]`: what kind of note it is, is no word either (GitHub, alerts; Obsidian, callouts). */
const alertMark = /^\[![A-Z][A-Z-]{1,30}\][+-]?\s+(?=\S)/i;

function withoutMark(blocks: readonly Block[], pattern: RegExp): readonly Block[] {
  const [first, ...rest] = blocks;
  const mark = first?.kind === 'paragraph' ? pattern.exec(first.prose.plain)?.[0] : undefined;
  if (first?.kind !== 'paragraph' || mark === undefined) return blocks;
  const { length } = first.prose.plain;
  // Behind the mark of a note its title may stand, on the same line.
  const title = pattern === alertMark ? first.prose.breaks.find((at) => at >= mark.length) : undefined;
  if (title === undefined) return [{ ...first, prose: cutProse(first.prose, mark.length, length) }, ...rest];
  const body = { ...first, prose: cutProse(first.prose, title + 1, length) };
  return first.prose.breaks.some((at) => at < mark.length)
    ? [{ ...first, prose: cutProse(first.prose, mark.length, length) }, ...rest]
    : [titleOfBox(cutProse(first.prose, mark.length, title)), body, ...rest];
}

/** A heading inside an item or a quote opens no section; its words are kept as a paragraph. */
function noHeadings(flow: readonly Flow[]): Block[] {
  return flow.map((block) =>
    block.kind === 'heading' ? { kind: 'paragraph', prose: block.prose, span: block.span } : block,
  );
}

function makeHeading(level: number, prose: Prose, span: { start: number; end: number }): Heading & { kind: 'heading' } {
  const { number, word, title } = readNumbering(prose.plain);
  return { kind: 'heading', level, prose, number, word, title, span };
}

/** A paragraph may hold what the parser of blocks leaves in it: a heading's underline, a table, definitions. */
function readParagraph(text: string, span: { start: number; end: number }, quoted: boolean, found: Piece[]): void {
  const body = text.slice(span.start, span.end);
  if (/^(?:im|ex)port\s/.test(body) && moduleLines.test(body)) {
    found.push({ kind: 'html', span });
    return;
  }
  if (body.startsWith('{')) {
    const inside = insideBox(body, span.start);
    if (inside) {
      found.push({ kind: 'paragraph', prose: readProse(text, inside.start, inside.end, quoted), span });
      return;
    }
  }
  const hasTable = body.includes('|') && /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\||$)/m.test(body);
  const hasUnderline = /^[ \t]{0,3}(?:=+|--+)[ \t]*$/m.test(body);
  const hasDefinition = body.startsWith('[') && /^\[[^\]\n]{1,200}\]:/.test(body);
  if (!hasTable && !hasUnderline && !hasDefinition) {
    const prose = readProse(text, span.start, span.end, quoted);
    if (defines.test(body)) addTerm(text, { kind: 'paragraph', prose, span }, found);
    else if (mayAsk.test(prose.plain)) for (const one of withoutAsker(prose, found.at(-1))) found.push(one);
    else found.push({ kind: 'paragraph', prose, span });
    return;
  }
  const lines = linesOf(text, span);
  let from = 0;
  const flush = (to: number): void => {
    const first = lines[from];
    const last = lines[to - 1];
    if (first && last && to > from) {
      const part = { start: first.start, end: last.end };
      found.push({ kind: 'paragraph', prose: readProse(text, part.start, part.end, quoted), span: part });
    }
    from = to;
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (!line) continue;
    const words = text.slice(line.start, line.end);
    if (/^\[[^\]]{1,200}\]:\s*\S/.test(words) && i === from) {
      from = i + 1;
      continue;
    }
    const level = /^=+[ \t]*$/.test(words) ? 1 : /^--+[ \t]*$/.test(words) ? 2 : 0;
    const first = lines[from];
    const above = lines[i - 1];
    if (level > 0 && i > from && first && above) {
      const prose = readProse(text, first.start, above.end, quoted);
      found.push(makeHeading(level, prose, { start: first.start, end: line.end }));
      from = i + 1;
      continue;
    }
    if (i > from && above && isDelimiterRow(words, text.slice(above.start, above.end))) {
      let to = i + 1;
      while (to < lines.length && isRow(text, lines[to])) to++;
      flush(i - 1);
      found.push(readTable(text, lines.slice(i - 1, to)));
      from = i = to;
      i--;
    }
  }
  flush(lines.length);
}

/** Lines of a module among the words of MDX: `import Tabs from '@theme/Tabs';` */
const moduleLines =
  /^(?:(?:import\s(?:[^\r\n'"]*\sfrom\s)?\s*(["'])[^\r\n'"]+\1|export\s+(?:const|let|default|function)\s[^\r\n]*)[ \t;]*(?:\r\n|\r|\n|$))+$/;

/** A term and, on the lines below it, what it means: `: The database was restarting.` */
const defines = /^[^\r\n]*(?:\r\n|\r|\n)[ \t]{0,3}:[ \t]+\S/;

/** Adds a term with its meaning as an item to those right before it: "Term: meaning". */
function addTerm(text: string, words: Block & { readonly kind: 'paragraph' }, found: Piece[]): void {
  const { span } = words;
  const item: Item = { number: null, blocks: [words], span };
  const last = found.at(-1);
  const isMore = last?.kind === 'list' && last.items[0]?.span.start === last.items[0]?.blocks[0]?.span.start;
  if (isMore && text.slice(last.span.end, span.start).trim() === '') {
    found.pop();
    found.push({ ...last, items: [...last.items, item], span: { start: last.span.start, end: span.end } });
  } else found.push({ kind: 'list', ordered: false, start: 1, items: [item], span });
}

/** "Q: Is it full?" and "A: If so, clean it.": who asks and who answers is no word. */
const mayAsk = /^(?:Q|A|Question|Answer)\d{0,3}[:.]\s+(?=\S)/;

function withoutAsker(prose: Prose, above: Piece | undefined): Block[] {
  const { plain, span } = prose;
  const mark = mayAsk.exec(plain)?.[0] ?? '';
  const answers = mark.startsWith('A');
  const isAnswer = answers && above?.kind === 'paragraph' && above.prose.plain.trimEnd().endsWith('?');
  const question = answers ? -1 : plain.indexOf('?');
  if (answers ? !isAnswer : question === -1) return [{ kind: 'paragraph', prose, span }];
  const cut = prose.breaks.find((at) => at > question && mayAsk.test(plain.slice(at + 1, at + 20)));
  const partOf = (from: number, to: number): Block => {
    const part = cutProse(prose, from, to);
    return { kind: 'paragraph', prose: part, span: part.span };
  };
  if (answers || cut === undefined) return [partOf(mark.length, plain.length)];
  const answer = cut + 1 + (mayAsk.exec(plain.slice(cut + 1))?.[0].length ?? 0);
  return [partOf(mark.length, cut), partOf(answer, plain.length)];
}

/** `---` right under a paragraph underlines it; anywhere else it is a rule, which means nothing to us but behind tabs. */
function underline(text: string, span: { start: number; end: number }, found: Piece[]): boolean {
  const above = found.at(-1);
  if (above?.kind !== 'paragraph' || !/^-+[ \t]*$/.test(text.slice(span.start, span.end))) return false;
  if (!/^[ \t]*(?:\r\n|\r|\n)[ \t]{0,3}$/.test(text.slice(above.span.end, span.start))) return false;
  found.pop();
  found.push(makeHeading(2, above.prose, { start: above.span.start, end: span.end }));
  return true;
}

function linesOf(text: string, span: { start: number; end: number }): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  const ending = /\r\n|\r|\n/g;
  let start = span.start;
  while (start <= span.end) {
    ending.lastIndex = start;
    const hit = ending.exec(text);
    const end = hit && hit.index < span.end ? hit.index : span.end;
    let from = start;
    while (from < end && /[ \t>]/.test(text[from] ?? '')) from++;
    lines.push({ start: from, end });
    if (!hit || hit.index >= span.end) break;
    start = hit.index + hit[0].length;
  }
  return lines;
}

function isDelimiterRow(line: string, above: string): boolean {
  if (!line.includes('-') || !/^[\s|:-]+$/.test(line)) return false;
  const cells = cellRanges(line);
  const valid = cells.every(([from, to]) => /^\s*:?-+:?\s*$/.test(line.slice(from, to)));
  return valid && (line.includes('|') || above.includes('|')) && cellRanges(above).length === cells.length;
}

function isRow(text: string, line: { start: number; end: number } | undefined): boolean {
  return line !== undefined && text.slice(line.start, line.end).trim() !== '';
}

function readTable(text: string, lines: readonly { start: number; end: number }[]): Table {
  const [header, , ...rows] = lines.map((line) => readRow(text, line));
  const span = { start: lines[0]?.start ?? 0, end: lines.at(-1)?.end ?? 0 };
  return { kind: 'table', header: header ?? [], rows, span };
}

function readRow(text: string, line: { start: number; end: number }): Prose[] {
  const words = text.slice(line.start, line.end);
  return cellRanges(words).map(([from, to]) => {
    const cell = words.slice(from, to);
    const start = line.start + from + (cell.length - cell.trimStart().length);
    return readProse(
      text,
      Math.min(start, line.start + to),
      Math.max(start, line.start + from + cell.trimEnd().length),
    );
  });
}

/** Ranges between the bars of a row; a bar after a backslash or inside back-ticks does not divide. */
function cellRanges(line: string): [number, number][] {
  const bars: number[] = [];
  let ticks = false;
  for (let i = 0; i < line.length; i++) {
    const unit = line[i];
    if (unit === '\\') i++;
    else if (unit === '`') ticks = !ticks && line.indexOf('`', i + 1) !== -1;
    else if (unit === '|' && !ticks) bars.push(i);
  }
  const edges = [-1, ...bars, line.length];
  const ranges = edges.slice(1).map((to, index): [number, number] => [(edges[index] ?? -1) + 1, to]);
  const blank = (range: [number, number] | undefined): boolean =>
    range !== undefined && line.slice(range[0], range[1]).trim() === '';
  if (ranges.length > 1 && blank(ranges[0])) ranges.shift();
  if (ranges.length > 1 && blank(ranges.at(-1))) ranges.pop();
  return ranges;
}

function readFence(text: string, span: { start: number; end: number }, value: string): Code {
  const fence = /^(`{3,}|~{3,}|:{3,})([^\r\n]*)(\r\n|\r|\n|$)/.exec(
    text.slice(span.start, Math.min(span.end, span.start + 2000)),
  );
  if (!fence) {
    const blank = /^[ \t]*/.exec(text.slice(span.start, span.end))?.[0].length ?? 0;
    const code = readCode(text, span.start + blank, Math.max(span.start + blank, span.end), value);
    return { kind: 'code', language: null, attributes: [], fenced: false, span, ...code };
  }
  const [opening, marks = '', rest = ''] = fence;
  const info = readInfo(rest.trim(), span.start + marks.length + (rest.length - rest.trimStart().length));
  const from = Math.min(span.start + opening.length, span.end);
  const last = lineStartBefore(text, span.end, from);
  const closed = last > from - 1 && isClosing(text.slice(last, span.end), marks) && span.end > from;
  let to = closed ? last : span.end;
  if (closed && to > from && text[to - 1] === '\n') to--;
  if (closed && to > from && text[to - 1] === '\r') to--;
  return { kind: 'code', ...info, fenced: true, span, ...readCode(text, from, Math.max(from, to), value) };
}

/** A note that is written as a fence (MyST, R Markdown): ```` ```{warning} ````. Its words are markdown. */
function wordsOfFence(text: string, { span, contentSpan }: Code): Piece[] | null {
  const name = /^[`~]{3,}[ \t]*\{([\w-]{1,40})\}/.exec(text.slice(span.start, span.start + 60))?.[1];
  if (name === undefined || roleOf(name.toLowerCase()) !== 'note') return null;
  const { start, end } = contentSpan;
  const at = { start: span.start, end: start };
  const inside = noHeadings(readBlocks(text, start, parseBlocks(text, start, end), 1));
  return [
    { kind: 'open', role: 'note', name: '```', span: at, label: null, ordered: false, first: 1, isHead: false },
    ...inside,
    { kind: 'close', name: '```', span: { start: end, end: span.end } },
  ];
}

function lineStartBefore(text: string, end: number, floor: number): number {
  let at = end;
  while (at > floor && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--;
  return at;
}

function isClosing(line: string, marks: string): boolean {
  const inner = line.replace(/^[ \t>]*/, '').trimEnd();
  return inner.length >= marks.length && inner.split('').every((unit) => unit === marks[0]);
}

function readPlugin(text: string, span: { start: number; end: number }): Plugin {
  const whole = text.slice(span.start, span.end);
  const name = /^<(\w+)>/.exec(whole)?.[1] ?? 'PLUGIN';
  const opening = /^<\w+>[ \t]*(?:\r\n|\r|\n)?/.exec(whole)?.[0].length ?? 0;
  const closing = whole.lastIndexOf(`</${name}>`);
  let to = closing >= opening ? closing : whole.length;
  const indent = /[ \t>]*$/.exec(whole.slice(Math.max(opening, to - 200), to))?.[0].length ?? 0;
  to = Math.max(opening, to - indent);
  if (to > opening && whole[to - 1] === '\n') to--;
  if (to > opening && whole[to - 1] === '\r') to--;
  return { kind: 'plugin', name, span, ...readCode(text, span.start + opening, span.start + to, null) };
}
