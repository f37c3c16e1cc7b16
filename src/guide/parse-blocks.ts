// The block structure of markdown by the rules of CommonMark, line by line and in linear time. Words are left to read-prose.ts;
// underlined headings, tables and definitions are left in their paragraphs, see read-blocks.ts. `<PLUGIN_n>` is a block of its own.
//
// A line first goes on with the quotes and items that are open, then may open more of them; what is left of it goes on with the
// leaf that is open (a paragraph, code, HTML, a plugin) or begins another. A line that does not go on with all that is open is
// lazy: it may still belong to an open paragraph; else it closes what it does not go on with.
import { BlockLine } from './block-line.ts';
import type { Span } from '../base/index.ts';
import type { BlockNode, ItemNode } from './block-node.ts';
import {
  fenceLength,
  headingLevel,
  headingWords,
  isMarkOfBox,
  pluginTags,
  takeBoxHead,
  takeItemMark,
  takeQuoteMark,
} from './block-starts.ts';
import { endsHtml, htmlKind, type HtmlKind } from './html-block.ts';

/** The blocks of `text[base, end)`. A plugin's closing tag is looked for in the whole of `text`. Never throws. */
export function parseBlocks(text: string, base: number, end = text.length): readonly BlockNode[] {
  return new BlockParser(text, base, tame(text, base, end)).parse();
}

const widest = 100;
const wideIndent = /^[ \t>]{100,}(?=\S)[^\r\n]*/gm;

/**
 * The text that is parsed, character for character as long as the original: a line indented beyond any real nesting keeps its
 * width but loses its marks, because each line costs the depth of its nesting.
 */
function tame(text: string, base: number, end: number): string {
  return text
    .slice(base, end)
    .replace(wideIndent, (line) => line.slice(0, widest).replaceAll('>', ' ') + 'x'.repeat(line.length - widest));
}

interface OpenQuote {
  readonly kind: 'quote';
  readonly start: number;
  readonly children: BlockNode[];
}

/** A list; or, with the line that opens it as `head`, a box whose body is indented, which goes on like a single item. */
interface OpenList {
  readonly kind: 'list';
  readonly head: Span | null;
  readonly start: number;
  readonly ordered: boolean;
  readonly first: number;
  /** The unit that marks its items: `-`, `+`, `*`, `.` or `)`. */
  readonly marker: number;
  readonly items: ItemNode[];
  /** The item that is open: where it starts, what it holds, and by how many columns its lines are indented. */
  itemStart: number;
  children: BlockNode[];
  width: number;
  /** The item's first line is blank; after another blank line nothing belongs to it. */
  blankFirst: boolean;
  blankSince: boolean;
}

type Container = OpenQuote | OpenList;

interface OpenFence {
  readonly kind: 'fence';
  readonly start: number;
  readonly mark: number;
  readonly length: number;
  readonly indent: number;
  value: string;
}

/** Indented code. Blank lines belong to it when more of it follows; `last` is the last line that does, `blanks` what came after. */
interface OpenIndented {
  readonly kind: 'indented';
  readonly start: number;
  value: string;
  blanks: string;
  last: Place;
}

type Leaf =
  | { readonly kind: 'paragraph'; readonly start: number }
  | OpenFence
  | OpenIndented
  | { readonly kind: 'html'; readonly start: number; readonly html: HtmlKind }
  | { readonly kind: 'plugin'; readonly start: number; readonly until: number };

/** Where something ends: the number of its line and where the text of that line ends. */
interface Place {
  readonly line: number;
  readonly end: number;
}

/**
 * What a line is to the open leaf. `deferred` is said of a line that ends a paragraph but is only known to after the lines below it:
 * meanwhile it stands where the paragraph does, even if it is lazy.
 */
type Part = 'within' | 'behind' | 'deferred';

const lineFeed = 10;
const carriageReturn = 13;
const numberSign = 35;
const asterisk = 42;
const hyphen = 45;
const colon = 58;
const lessThan = 60;
const greaterThan = 62;
const underscore = 95;
const backtick = 96;
const tilde = 126;

/** A chart between colons is a fence (wikis of Azure DevOps). */
const drawn = /^:{3,}[ \t]*mermaid[ \t]*$/i;

/** Holds the state of one parsing; used once. */
class BlockParser {
  /** Where the parsed part begins in the whole text, from which ends of plugins count. */
  readonly #base: number;
  readonly #body: string;
  readonly #line: BlockLine;
  readonly #root: BlockNode[] = [];
  readonly #stack: Container[] = [];
  /** Where quotes are in the stack. */
  readonly #quotes: number[] = [];
  readonly #pluginEnd: (at: number) => number;
  #leaf: Leaf | null = null;
  /** The line before and its ending. */
  #before: Place = { line: -1, end: 0 };
  #ending = '';
  /** Where anything ended last, marks of quotes included, and where anything ended last that an item can hold. */
  #solid: Place = { line: 0, end: 0 };
  #held: Place = { line: 0, end: 0 };

  constructor(text: string, base: number, body: string) {
    this.#base = base;
    this.#pluginEnd = pluginTags(text, base);
    this.#body = body;
    this.#line = new BlockLine(body);
  }

  parse(): readonly BlockNode[] {
    const body = this.#body;
    const { length } = body;
    let start = 0;
    for (let number = 0; ; number++) {
      const end = lineEndIn(body, start);
      this.#line.begin(number, start, end);
      this.#readLine(end === length);
      if (end === length) break;
      this.#before = { line: number, end };
      start = body.charCodeAt(end) === carriageReturn && body.charCodeAt(end + 1) === lineFeed ? end + 2 : end + 1;
      this.#ending = body.slice(end, start);
    }
    this.#closeContainers(0, length);
    return this.#root;
  }

  #readLine(isLast: boolean): void {
    const stack = this.#stack;
    const line = this.#line;
    let matched = 0;
    let quotes = 0;
    let opened = false;
    while (matched < stack.length && !opened) {
      const container = stack[matched];
      if (container?.kind === 'quote') {
        if (!takeQuoteMark(line)) break;
        quotes++;
      } else if (line.isBlank) {
        // A blank line goes on with all items, up to the next quote.
        const end = this.#quotes[quotes] ?? stack.length;
        this.#takeBlank(matched, end);
        matched = end;
        break;
      } else if (container && !this.#takeItemIndent(container)) {
        if (!this.#nextItem(container, matched, quotes > 0)) break;
        opened = true;
      }
      matched++;
    }
    const quoted = quotes > 0;
    const isWhole = matched === stack.length;
    const leaf = this.#leaf;
    const isText = leaf === null || leaf.kind === 'paragraph' || leaf.kind === 'indented';
    if (isText || !isWhole) {
      const interrupts = isWhole && leaf !== null;
      while (this.#openContainer(interrupts, opened ? null : { matched, quoted })) opened = true;
    }
    const isLazy = !isWhole && !opened;
    if (isLast && line.unit === -1) {
      this.#closeLeaf(isLazy);
      if (quoted) this.#touch();
      return;
    }
    if (opened || !this.#isPartOfLeaf(isLazy ? matched : null, quoted, isLast)) this.#beginLeaf(isLazy);
    if (!isLast) return;
    this.#before = { line: line.number, end: line.end };
    line.start = line.end;
    this.#closeLeaf(true);
  }

  // Containers

  /** Steps over what a blank line has of the indentation of the items from `from` to `end` of the stack. */
  #takeBlank(from: number, end: number): void {
    const line = this.#line;
    for (let index = from; index < end && line.unit !== -1; index++) {
      const container = this.#stack[index];
      if (container?.kind === 'list') line.skipBlanks(container.width);
    }
    const last = this.#stack[end - 1];
    // Only the innermost item can have begun with a blank line and held nothing since.
    if (end === this.#stack.length && last?.kind === 'list') last.blankSince ||= last.blankFirst;
  }

  /** Steps over the indentation with which a line that is not blank goes on with the open item. */
  #takeItemIndent(list: OpenList): boolean {
    const line = this.#line;
    const isOver = list.blankSince;
    list.blankFirst = list.blankSince = false;
    if (isOver) return false;
    const { place } = line;
    if (line.skipBlanks(list.width) === list.width) return true;
    line.goTo(place);
    return false;
  }

  /** Opens the next item of the list at `index` of the stack, if the line begins with its mark. */
  #nextItem(list: OpenList, index: number, quoted: boolean): boolean {
    const mark = takeItemMark(this.#line, list, false);
    if (!mark) return false;
    const { number, start } = this.#line;
    this.#closeLeaf(false);
    this.#closeContainers(index + 1, start);
    if (quoted) this.#touch();
    const end = this.#held.line < number ? this.#held.end : this.#line.at;
    list.items.push({ start: list.itemStart, end, children: list.children });
    list.itemStart = mark.start;
    list.children = [];
    list.width = mark.width;
    list.blankFirst = mark.isEmpty;
    this.#touch(true);
    return true;
  }

  /**
   * Opens a quote or a list where the line begins one. The first that a line opens closes the containers that the line does not go on
   * with: all but `first.matched`. With `interrupts` a paragraph is open, which not every list ends.
   */
  #openContainer(interrupts: boolean, first: { readonly matched: number; readonly quoted: boolean } | null): boolean {
    const line = this.#line;
    const { place } = line;
    const mark = takeItemMark(line, null, interrupts);
    const box = mark || takeQuoteMark(line) ? null : takeBoxHead(line);
    if (!mark && !box && line.at === place.at) return false;
    if (first) {
      this.#closeLeaf(false);
      if (first.quoted) this.#touch();
      this.#closeContainers(first.matched, place.at);
    }
    if (mark) {
      const { start, ordered, first: number, marker, width, isEmpty } = mark;
      this.#stack.push({
        kind: 'list', head: null, start, ordered, first: number, marker, items: [],
        itemStart: start, children: [], width, blankFirst: isEmpty, blankSince: false,
      }); // prettier-ignore
    } else if (box) {
      const { head, width } = box;
      this.#stack.push({
        kind: 'list', head, start: head.start, ordered: false, first: 1, marker: -1, items: [],
        itemStart: head.start, children: [], width, blankFirst: false, blankSince: false,
      }); // prettier-ignore
    } else {
      this.#quotes.push(this.#stack.length);
      this.#stack.push({ kind: 'quote', start: this.#quoteStart(place.at), children: [] });
    }
    this.#touch(true);
    return true;
  }

  /** The mark of a quote that was stepped over from `at` on. */
  #quoteStart(at: number): number {
    let start = at;
    while (this.#body.charCodeAt(start) !== greaterThan) start++;
    return start;
  }

  /** Closes all containers but the first `count`; `at` is where the cursor stands, for one of which nothing ended on a line before. */
  #closeContainers(count: number, at: number): void {
    const { number, end: lineEnd } = this.#line;
    while (this.#stack.length > count) {
      const container = this.#stack.pop();
      if (!container) return;
      const isBehind = this.#solid.line < number;
      const place = isBehind ? this.#solid : { line: number, end: lineEnd };
      const { kind, start } = container;
      const end = isBehind ? place.end : at;
      if (kind === 'quote') {
        this.#quotes.pop();
        this.#children.push({ type: 'quote', start, end, children: container.children });
      } else {
        const { head, ordered, first, items, itemStart, children } = container;
        items.push({ start: itemStart, end: this.#held.line < place.line ? this.#held.end : end, children });
        if (head) this.#children.push({ type: 'box', start, end, head, children });
        else this.#children.push({ type: 'list', start, end, ordered, first, items });
      }
      this.#held = place;
    }
  }

  /** Blocks of the innermost container. */
  get #children(): BlockNode[] {
    return this.#stack.at(-1)?.children ?? this.#root;
  }

  /** Something stands in this line that is not blank. With `held`, something that belongs to an item; else the mark of a quote. */
  #touch(held = false): void {
    const { number: line, end } = this.#line;
    this.#solid = { line, end };
    if (held) this.#held = this.#solid;
  }

  // Leaves

  /**
   * Goes on with the open leaf, or ends it before this line. `lazyFrom` is how many containers a lazy line goes on with: the others are
   * closed, unless the line belongs to the leaf all the same.
   */
  #isPartOfLeaf(lazyFrom: number | null, quoted: boolean, isLast: boolean): boolean {
    const leaf = this.#leaf;
    const isOut = lazyFrom !== null && leaf?.kind === 'paragraph' && this.#leavesBox(lazyFrom);
    const part = leaf && !isOut ? this.#partOf(leaf, lazyFrom !== null) : 'behind';
    if (part !== 'within') this.#closeLeaf(true);
    if (lazyFrom !== null && (part === 'behind' || (part === 'deferred' && isLast)))
      this.#closeContainers(lazyFrom, this.#line.start);
    if (quoted) this.#touch();
    return part === 'within';
  }

  /** Words at the margin behind an indented box are none of it; only a footnote goes on like an item. */
  #leavesBox(from: number): boolean {
    return this.#stack.some(
      (one, at) => at >= from && one.kind === 'list' && one.head !== null && this.#body[one.head.start] !== '[',
    );
  }

  #partOf(leaf: Leaf, isLazy: boolean): Part {
    switch (leaf.kind) {
      case 'paragraph':
        return this.#partOfParagraph(isLazy);
      case 'fence':
        return isLazy ? 'behind' : this.#partOfFence(leaf);
      case 'indented':
        return isLazy ? 'behind' : this.#partOfIndented(leaf);
      case 'html':
        if (isLazy || (leaf.html >= 6 && this.#line.isBlank)) return 'behind';
        if (endsHtml(leaf.html, this.#line.remaining(), false)) this.#endLeaf('html', leaf.start);
        return 'within';
      case 'plugin':
        if (this.#line.end + this.#base >= leaf.until) this.#endLeaf('plugin', leaf.start);
        return 'within';
    }
  }

  #partOfParagraph(isLazy: boolean): Part {
    const line = this.#line;
    if (line.isBlank) return 'behind';
    const { place } = line;
    if (line.skipBlanks(4) === 4) return 'within';
    const part = this.#interruption(isLazy);
    if (part !== 'within') line.goTo(place);
    return part;
  }

  /** What the text at the cursor is to a paragraph above it. */
  #interruption(isLazy: boolean): Part {
    const { unit, at } = this.#line;
    switch (unit) {
      case numberSign:
        return headingLevel(this.#line, at) > 0 ? 'behind' : 'within';
      case asterisk:
      case hyphen:
      case underscore:
        return this.#line.isRuleFrom(at) ? 'behind' : 'within';
      case backtick:
      case tilde:
        return fenceLength(this.#line, at) > 0 ? 'behind' : 'within';
      case lessThan: {
        if (this.#pluginEnd(at) >= 0) return 'deferred';
        const kind = htmlKind(this.#line.remaining());
        if (kind === 7) return isLazy ? 'deferred' : 'within';
        return kind === null ? 'within' : 'behind';
      }
      default:
        return isMarkOfBox(this.#line) ? 'behind' : 'within';
    }
  }

  #partOfFence(fence: OpenFence): Part {
    const line = this.#line;
    const { place } = line;
    line.skipBlanks(3);
    if (line.unit === fence.mark) {
      const end = line.endOfRun(fence.mark, line.at);
      if (end - line.at >= fence.length && line.isBlankFrom(end)) {
        this.#endCode(fence.start, fence.value + this.#ending, line.end);
        return 'within';
      }
    }
    line.goTo(place);
    line.skipBlanks(fence.indent);
    fence.value += this.#ending + line.remaining();
    return 'within';
  }

  #partOfIndented(code: OpenIndented): Part {
    const line = this.#line;
    const { place } = line;
    if (line.skipBlanks(4) === 4) {
      code.value += code.blanks + this.#ending + line.remaining();
      code.blanks = '';
      code.last = { line: line.number, end: line.end };
      return 'within';
    }
    if (line.isBlank) {
      code.blanks += this.#ending;
      return 'within';
    }
    line.goTo(place);
    return 'behind';
  }

  /** Begins a block at the cursor; one that is no longer than its line is closed at once, and so is indented code on a lazy line. */
  #beginLeaf(isLazy: boolean): void {
    const line = this.#line;
    if (line.isBlank) return;
    const { at: start } = line;
    const indent = line.skipBlanks(4);
    if (indent === 4) {
      const last = { line: line.number, end: line.end };
      const value = line.remaining();
      if (isLazy) this.#endCode(start, value, line.end);
      else this.#leaf = { kind: 'indented', start, value, blanks: '', last };
      return;
    }
    const { unit, at } = line;
    switch (unit) {
      case numberSign: {
        const level = headingLevel(this.#line, at);
        if (level === 0) break;
        this.#add({ type: 'heading', level, words: headingWords(line, at + level), start: at, end: line.end });
        return;
      }
      case asterisk:
      case hyphen:
      case underscore:
        if (!line.isRuleFrom(at)) break;
        this.#add({ type: 'rule', start: at, end: line.end });
        return;
      case backtick:
      case tilde: {
        const length = fenceLength(this.#line, at);
        if (length === 0) break;
        this.#leaf = { kind: 'fence', start: at, mark: unit, length, indent, value: '' };
        return;
      }
      case lessThan: {
        const until = this.#pluginEnd(at);
        if (until >= 0) {
          this.#leaf = { kind: 'plugin', start: at, until };
          return;
        }
        const words = line.remaining();
        const html = htmlKind(words);
        if (html === null) break;
        if (endsHtml(html, words, true)) this.#add({ type: 'html', start, end: line.end });
        else this.#leaf = { kind: 'html', start, html };
        return;
      }
      default:
        if (unit === colon && drawn.test(this.#body.slice(at, Math.min(line.end, at + 40)))) {
          this.#leaf = {
            kind: 'fence',
            start: at,
            mark: unit,
            length: line.endOfRun(unit, at) - at,
            indent,
            value: '',
          };
          return;
        }
        if (!isMarkOfBox(line)) break;
        this.#add({ type: 'mark', start: at, end: line.end });
        return;
    }
    this.#leaf = { kind: 'paragraph', start: at };
  }

  /** Adds a block that ends with this line. */
  #add(node: BlockNode): void {
    this.#children.push(node);
    this.#touch(true);
  }

  #endLeaf(type: 'html' | 'plugin', start: number): void {
    this.#leaf = null;
    this.#add({ type, start, end: this.#line.end });
  }

  #endCode(start: number, value: string, end: number): void {
    this.#leaf = null;
    this.#add({ type: 'code', value: withoutOuterEndings(value), start, end });
  }

  /**
   * Closes the leaf, if one is open. What is closed by its own end alone - a fence, a plugin, some HTML - ends where this line starts,
   * or, with `isEndedAbove`, with the line before.
   */
  #closeLeaf(isEndedAbove: boolean): void {
    const leaf = this.#leaf;
    if (!leaf) return;
    this.#leaf = null;
    const { number: line, start: here, end: lineEnd } = this.#line;
    const above = this.#before;
    const isOpenEnded =
      leaf.kind === 'plugin' || (!isEndedAbove && (leaf.kind === 'fence' || (leaf.kind === 'html' && leaf.html < 6)));
    const { start } = leaf;
    const end = isOpenEnded ? here : above.end;
    switch (leaf.kind) {
      case 'paragraph':
      case 'html':
      case 'plugin':
        this.#children.push({ type: leaf.kind, start, end });
        break;
      case 'fence': {
        const value = leaf.value + (isOpenEnded ? this.#ending : '');
        this.#children.push({ type: 'code', value: withoutOuterEndings(value), start, end });
        break;
      }
      case 'indented':
        this.#children.push({
          type: 'code',
          value: leaf.value.replace(/(?:\r?\n|\r)$/, ''),
          start,
          end: leaf.last.end,
        });
    }
    const place = isOpenEnded ? { line, end: lineEnd } : leaf.kind === 'indented' ? leaf.last : above;
    if (place.line >= this.#solid.line) this.#solid = place;
    if (place.line >= this.#held.line) this.#held = place;
  }
}

/** The code of a fence: without the line endings behind its opening and before its closing. */
function withoutOuterEndings(value: string): string {
  return value.replace(/^(?:\r?\n|\r)|(?:\r?\n|\r)$/g, '');
}

function lineEndIn(text: string, start: number): number {
  let end = start;
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (unit === lineFeed || unit === carriageReturn) break;
  }
  return end;
}
