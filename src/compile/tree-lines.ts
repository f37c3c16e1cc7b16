// Lines of a tree drawn with text: which signs draw, which words stand at which column, and which line hangs on which.
//
//     Is the service up?          root
//     ├── Yes: Is it reachable?   branch at column 0
//     │   └── No → restart it     branch at column 4
//     │
//     ▼ (no)                      the next line hangs on the root, by the way "no"
//     Start it
import type { Span } from '../base/index.ts';

/** A line of words with what hangs on it. Spans are offsets in the code. */
export interface TreeItem {
  readonly column: number;
  /** A sign of a branch stands before it, or its words are an answer. */
  readonly isBranch: boolean;
  /** An arrow down leads to it. */
  readonly isBelow: boolean;
  /** Words beside the arrow down that leads to it. */
  readonly label: Span | null;
  readonly span: Span;
  /** Further lines of its words. */
  readonly details: Span[];
  readonly children: TreeItem[];
}

/** The lines that hang on no other, or why the lines make no tree. */
export type TreeLines = { readonly roots: readonly TreeItem[] } | { readonly reason: string };

type Token =
  | { readonly kind: 'gap'; readonly isDrawn: boolean }
  | { readonly kind: 'down'; readonly column: number; readonly label: Span | null; readonly words: Span | null }
  | { readonly kind: 'branch'; readonly column: number; readonly words: Span }
  | { readonly kind: 'words'; readonly column: number; readonly pipe: number | null; readonly words: Span };

/** Signs of boxes and crossings: they draw in two directions, which lines do not give away. */
const boxes = /[┌┐┘┬┴┼╔╗╝╦╩╬┏┓┛┳┻╋╭╮╯]|\+[-=]{3,}(?:\+|$)/m;
const prefix = String.raw`(?:[ \t\u00a0│┃║╎┆┊╏]|\|(?![-_]))*`;
const branchSign = String.raw`(?:[├└╰┣┗╠╚][─━═╌┄-]*|(?:[+\\|]|${'`'})-+|\|_+|↳)[>►▶→]?`;
const line = new RegExp(`^(${prefix})(${branchSign}(?=[\\s\\p{L}\\p{N}("'\\[]|$))?[ \\t]*(.*?)[ \\t]*$`, 'u');
const downSign = /^(?:[▼▽↓⬇⏷🡇]|[vV](?=\s*$|\s*\(|\s*\[))️?[ \t]*/u;
/** More than one arrow down on a line, or strokes to both sides. */
const sideBySide = /[▼▽↓⬇].*[▼▽↓⬇]|^[ \t│|]*[/╱][ \t_─-]*[\\╲][ \t]*$|^\s*[vV](?:\s+[vV])+\s*$/mu;
const arrowFirst = /^(?:[-─━=]*[>►▶→⇒➜]|[→⇒➜⟶])[ \t]*/u;
const leadsOn = /\S[ \t]+(?:[-─━=]*[>►▶→⇒➜])[ \t]+\S/u;
/** A bullet or an arrow before an answer draws a branch. */
const markFirst = /^(?:[-*•]|[-─━=]*[>►▶→⇒➜])[ \t]+/u;
/** "Yes", "No:", "YES →": an answer, whatever stands before it. */
export const answerFirst =
  /^[[(*_]*(?:yes|no|true|false|y(?=\s*[):\]→-])|n(?=\s*[):\]→-]))(?![\p{L}\p{N}'’_]|[.\-/@][\p{L}\p{N}])/iu;

/** "Yes: restart it", "NO -->": an answer that needs no sign of a branch before it. */
const answerLeads = /^[[(*_]*(?:yes|no|true|false|y|n)[\])*_]*(?:\s*\([^()]*\))?\s*(?:[:→⇒➜]|[-─━=]+[>►▶→])/iu;

/** Reads the lines of a drawing as a tree. */
export function readTreeLines(code: string): TreeLines {
  if (boxes.test(code)) return { reason: 'it is drawn with boxes, whose lines are not followed' };
  if (sideBySide.test(code)) return { reason: 'its branches stand side by side' };
  return new TreeReader(code).read();
}

class TreeReader {
  readonly #code: string;
  readonly #roots: TreeItem[] = [];
  /** From a root to the line read last. */
  #stack: TreeItem[] = [];
  #last: TreeItem | null = null;
  #pending: { readonly parent: TreeItem | null; readonly label: Span | null } | null = null;
  #reason: string | null = null;

  constructor(code: string) {
    this.#code = code;
  }

  read(): TreeLines {
    let adjacent = false;
    let start = 0;
    for (const text of this.#code.split('\n')) {
      const token = readToken(text, start);
      start += text.length + 1;
      this.#take(token, adjacent);
      adjacent = token.kind !== 'gap';
    }
    return this.#reason === null ? { roots: this.#roots } : { reason: this.#reason };
  }

  #take(token: Token, adjacent: boolean): void {
    if (token.kind === 'gap') return;
    if (token.kind === 'branch') return this.#branch(token.column, token.words);
    if (token.kind === 'down') {
      this.#popTo(token.column);
      this.#pending = { parent: this.#stack.at(-1) ?? this.#last, label: token.label };
      if (token.words) this.#below(token.words, token.column);
      return;
    }
    if (this.#pending) return this.#below(token.words, token.column);
    const words = this.#textOf(token.words);
    if (answerLeads.test(words) && this.#last) return this.#branch(token.column, token.words);
    this.#words(token.words, token.pipe !== null && words.endsWith('?') ? token.pipe : token.column, words, adjacent);
  }

  /** Leaves the lines that nothing at this column can hang on. */
  #popTo(column: number): void {
    const holds = (item: TreeItem): boolean => (item.isBranch ? item.column < column : item.column <= column);
    while (this.#stack.length > 0 && !holds(this.#stack.at(-1) as TreeItem)) this.#stack.pop();
  }

  #branch(column: number, words: Span): void {
    this.#pending = null;
    this.#popTo(column);
    let parent = this.#stack.at(-1);
    if (!parent) {
      // A root that stands in the middle above its branches.
      const root = this.#roots.at(-1);
      if (root?.children.every((child) => child.isBranch && child.column === column)) this.#stack.push((parent = root));
    }
    if (!parent) this.#reason ??= 'its first line hangs on nothing';
    this.#add(parent ?? null, { column, isBranch: true, isBelow: false, label: null, span: words });
  }

  #below(words: Span, column: number): void {
    const { parent, label } = this.#pending ?? { parent: null, label: null };
    this.#pending = null;
    const span = this.#withoutArrow(words);
    this.#add(parent, { column, isBranch: false, isBelow: parent !== null, label, span });
  }

  #words(span: Span, column: number, words: string, adjacent: boolean): void {
    const holds = (item: TreeItem): boolean => (item.isBranch ? item.column < column : item.column <= column);
    while (this.#stack.length > 0 && !holds(this.#stack.at(-1) as TreeItem)) this.#stack.pop();
    const top = this.#stack.at(-1);
    if (!top) {
      this.#add(null, { column, isBranch: false, isBelow: false, label: null, span });
      return;
    }
    const said = this.#textOf(top.span);
    if (arrowFirst.test(words) && top.children.length === 0) {
      const item = { column, isBranch: false, isBelow: true, label: null, span: this.#withoutArrow(span) };
      this.#add(top, item);
      return;
    }
    if (top.isBranch) {
      const onlyAnswers = answerFirst.test(said) && said.split(/\s+/).length <= 2;
      if (top.children.length > 0 && !words.endsWith('?')) {
        (top.children.at(-1) as TreeItem).details.push(span);
        return;
      }
      if (onlyAnswers || words.endsWith('?') || /[:→>►]$/.test(said)) {
        this.#add(top, { column, isBranch: false, isBelow: false, label: null, span });
        return;
      }
      top.details.push(span);
      return;
    }
    const isWrapped = adjacent && !said.endsWith('?');
    if (top.children.length === 0 && (isWrapped || (column > top.column && !words.endsWith('?')))) {
      top.details.push(span);
      return;
    }
    if (top.children.length === 0 && column > top.column) {
      this.#add(top, { column, isBranch: false, isBelow: true, label: null, span });
      return;
    }
    this.#stack.pop();
    this.#add(this.#stack.at(-1) ?? null, { column, isBranch: false, isBelow: false, label: null, span });
  }

  #add(parent: TreeItem | null, made: Omit<TreeItem, 'details' | 'children'>): void {
    const item: TreeItem = { ...made, details: [], children: [] };
    if (parent) parent.children.push(item);
    else {
      this.#roots.push(item);
      this.#stack = [];
    }
    this.#stack.push(item);
    this.#last = item;
  }

  #withoutArrow(span: Span): Span {
    const arrow = arrowFirst.exec(this.#textOf(span))?.[0].length ?? 0;
    return { start: span.start + arrow, end: span.end };
  }

  #textOf({ start, end }: Span): string {
    return this.#code.slice(start, end);
  }
}

function readToken(text: string, start: number): Token {
  const found = line.exec(text.replace(/\r$/, ''));
  const [, before = '', sign = '', words = ''] = found ?? [];
  if (words === '' || /^[─━═=_~*#.-]+$/.test(words))
    return { kind: 'gap', isDrawn: before.trim() !== '' || sign !== '' };
  const at = text.indexOf(words, before.length + sign.length);
  const span = { start: start + at, end: start + at + words.length };
  if (sign !== '') return { kind: 'branch', column: before.length, words: span };
  const mark = markFirst.exec(words)?.[0].length ?? 0;
  if (mark > 0 && (answerFirst.test(words.slice(mark)) || leadsOn.test(words.slice(mark))))
    return { kind: 'branch', column: at, words: { ...span, start: span.start + mark } };
  const down = downSign.exec(words);
  if (down) {
    const rest = { start: span.start + down[0].length, end: span.end };
    if (rest.start >= rest.end) return { kind: 'down', column: at, label: null, words: null };
    const said = words.slice(down[0].length);
    const inside = /^[([]([^()[\]]+)[)\]]:?$/.exec(said);
    if (inside) {
      const label = { start: rest.start + 1, end: rest.start + 1 + (inside[1] ?? '').length };
      return { kind: 'down', column: at, label, words: null };
    }
    if (/^(?:yes|no|true|false|otherwise|else)[:.]?$/i.test(said))
      return {
        kind: 'down',
        column: at,
        label: { ...rest, end: rest.start + said.replace(/[:.]$/, '').length },
        words: null,
      };
    return { kind: 'down', column: at, label: null, words: rest };
  }
  const pipe = Math.max(...['│', '|', '┃', '║'].map((sign) => before.lastIndexOf(sign)));
  return { kind: 'words', column: at, pipe: pipe === -1 ? null : pipe, words: span };
}
