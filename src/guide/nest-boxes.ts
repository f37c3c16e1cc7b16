// Puts together what opens and closes among the blocks of a guide, of an item or of a quote: lists and tables of HTML, and tabs of any
// dialect. Notes and the like only frame their words. A heading with number signs closes all that is open, because the chapter that it
// begins is read without what stands above.
import type { Span } from '../base/index.ts';
import type { Block, Heading, Item, List, Paragraph, Prose, Table } from './guide.ts';
import type { Flow } from './read-blocks.ts';

/** What a box is to the reader; `frame` only stands around other blocks. */
export type BoxRole = 'list' | 'item' | 'table' | 'row' | 'cell' | 'quote' | 'tabs' | 'tab' | 'fold' | 'note' | 'frame';

/** Where a box opens: its tag, or the line that does. */
export interface Box {
  readonly kind: 'open';
  readonly role: BoxRole;
  /** By which it is closed. */
  readonly name: string;
  readonly span: Span;
  /** What a tab is called. */
  readonly label: Prose | null;
  readonly ordered: boolean;
  readonly first: number;
  readonly isHead: boolean;
}

/** A block, or where a box opens or closes, or a heading written in HTML. */
export type Piece =
  | Flow
  | Box
  | { readonly kind: 'close'; readonly name: string; readonly span: Span }
  | { readonly kind: 'title'; readonly level: number; readonly prose: Prose; readonly span: Span }
  /** What something that can be folded is called. */
  | { readonly kind: 'summary'; readonly prose: Prose; readonly span: Span };

/** What nesting asks of whoever reads words. */
export interface BoxReader {
  readonly words: (start: number, end: number) => Prose | null;
  readonly heading: (level: number, prose: Prose, span: Span) => Heading & { readonly kind: 'heading' };
  /** True when all words between two offsets are bold. */
  readonly isStrong: (start: number, end: number) => boolean;
}

interface Frame {
  readonly box: Box;
  readonly flow: Flow[];
  summary: Paragraph | null;
  readonly items: Item[];
  readonly rows: Row[];
  readonly cells: Cell[];
}

interface Cell {
  readonly prose: Prose | null;
  readonly flow: readonly Flow[];
  readonly isHead: boolean;
}

interface Row {
  readonly cells: readonly Cell[];
}

/** `isRoot`: they stand in no item and no quote, so that headings among them open sections. */
export function nestBoxes(pieces: readonly Piece[], reader: BoxReader, isRoot: boolean): Flow[] {
  return new Nesting(reader).read(pieces, isRoot);
}

/** Boxes within more boxes than this only frame their words. */
const deepest = 40;

/** Holds the state of one nesting; used once. */
class Nesting {
  readonly #reader: BoxReader;
  readonly #root: Flow[] = [];
  readonly #frames: Frame[] = [];
  /** Lists of tabs that may take more of them. */
  readonly #tabs = new Map<Flow, Item[]>();
  /** The same of what can be folded: one for each `<details>`. */
  readonly #folds = new Map<Flow, Item[]>();
  /** Where the last thing ended that was read. */
  #end = 0;

  constructor(reader: BoxReader) {
    this.#reader = reader;
  }

  read(pieces: readonly Piece[], isRoot: boolean): Flow[] {
    for (const piece of pieces) {
      switch (piece.kind) {
        case 'open':
          this.#open(piece);
          break;
        case 'close':
          this.#closeNamed(piece.name, piece.span);
          break;
        case 'title': {
          const isFramed = this.#frames.some(({ box }) => !isOpenFrame(box));
          const { level, prose, span } = piece;
          this.#flow.push(
            isFramed ? { kind: 'paragraph', prose, span: prose.span } : this.#reader.heading(level, prose, span),
          );
          this.#end = span.end;
          continue;
        }
        case 'summary': {
          const words: Paragraph = { kind: 'paragraph', prose: piece.prose, span: piece.prose.span };
          const frame = this.#frames.at(-1);
          if (frame?.box.role === 'fold' && frame.flow.length === 0) frame.summary = words;
          else this.#flow.push(words);
          break;
        }
        case 'heading':
          this.#closeAll();
          this.#root.push(piece);
          break;
        default:
          this.#flow.push(piece);
      }
      this.#end = piece.span.end;
    }
    this.#closeAll();
    return this.#unfold(this.#root, isRoot);
  }

  get #flow(): Flow[] {
    return this.#frames.at(-1)?.flow ?? this.#root;
  }

  /** Index of the innermost open box of one of the roles, not looking beyond one of `bounds`; -1 when there is none. */
  #find(roles: readonly BoxRole[], bounds: readonly BoxRole[]): number {
    for (let at = this.#frames.length - 1; at >= 0; at--) {
      const role = this.#frames[at]?.box.role ?? 'frame';
      if (roles.includes(role)) return at;
      if (bounds.includes(role)) return -1;
    }
    return -1;
  }

  #open(box: Box): void {
    if (this.#frames.length >= deepest) return;
    const before = box.span.start;
    switch (box.role) {
      case 'item': {
        const list = this.#find(['list'], ['cell', 'quote', 'tab']);
        if (list === -1) this.#push({ ...box, role: 'list', name: 'ul' });
        else this.#closeTo(list + 1, before);
        break;
      }
      case 'row': {
        const table = this.#find(['table'], ['item', 'quote', 'tab']);
        if (table === -1) return;
        this.#closeTo(table + 1, before);
        break;
      }
      case 'cell': {
        const row = this.#find(['row'], ['table', 'item', 'quote', 'tab']);
        if (row === -1) return;
        this.#closeTo(row + 1, before);
        break;
      }
      default:
        break;
    }
    this.#push(box);
  }

  #push(box: Box): void {
    this.#frames.push({ box, flow: [], summary: null, items: [], rows: [], cells: [] });
  }

  /** Closes what nothing has closed: a note then only frames its words, because nobody can say where it ends. */
  #closeAll(): void {
    while (this.#frames.length > 0) this.#close(this.#end, this.#end, false);
  }

  #closeTo(count: number, end: number): void {
    while (this.#frames.length > count) this.#close(end);
  }

  #closeNamed(name: string, { start, end }: Span): void {
    const at = this.#frames.findLastIndex(({ box }) => box.name === name || (name === '' && box.name.startsWith(':')));
    if (at === -1) return;
    this.#closeTo(at + 1, start);
    this.#close(start, end);
  }

  /** Closes the innermost box: its words end at `end`, its closing tag at `behind`. */
  #close(end: number, behind = end, isClosed = true): void {
    const frame = this.#frames.pop();
    if (!frame) return;
    const { box, flow, items, rows, cells } = frame;
    const span = { start: box.span.start, end: behind };
    const above = this.#frames.at(-1);
    switch (box.role) {
      case 'item': {
        const list = above?.items;
        const number = above?.box.ordered === true ? above.box.first + (list?.length ?? 0) : null;
        list?.push({ number, blocks: this.#blocks(flow), span });
        return;
      }
      case 'list':
        if (items.length > 0) this.#flow.push({ kind: 'list', ordered: box.ordered, start: box.first, items, span });
        this.#take(flow);
        return;
      case 'cell':
        above?.cells.push({
          prose: this.#reader.words(box.span.end, end),
          flow,
          isHead: box.isHead || this.#reader.isStrong(box.span.end, end),
        });
        return;
      case 'row':
        if (cells.length > 0) above?.rows.push({ cells });
        else this.#take(flow);
        return;
      case 'table':
        this.#take(flow);
        this.#take(tableOf(rows, span));
        return;
      case 'quote':
        if (flow.length > 0) this.#flow.push({ kind: 'quote', blocks: this.#blocks(flow), span });
        return;
      case 'tab':
        this.#addTo(this.#tabs, { number: null, blocks: [...labelOf(box), ...this.#blocks(flow)], span }, true);
        return;
      case 'tabs': {
        this.#take(flow);
        const last = flow.at(-1);
        if (last) this.#tabs.delete(last);
        return;
      }
      case 'fold': {
        const { summary } = frame;
        if (summary && !flow.some(({ kind }) => kind === 'heading'))
          this.#addTo(this.#folds, { number: null, blocks: [summary, ...this.#blocks(flow)], span }, false);
        else {
          if (summary) this.#flow.push(summary);
          this.#take(flow);
        }
        return;
      }
      case 'note':
        if (isClosed && flow.some(mayTellCases) && !flow.some(({ kind }) => kind === 'heading'))
          this.#flow.push({ kind: 'quote', note: true, blocks: this.#blocks(flow), span });
        else this.#take(flow);
        return;
      case 'frame':
        this.#take(flow);
    }
  }

  /** Adds an item to those of its kind right before it. */
  #addTo(known: Map<Flow, Item[]>, item: Item, tabs: boolean): void {
    const flow = this.#flow;
    const last = flow.at(-1);
    const before = last && known.get(last);
    if (before) flow.pop();
    const items = before ?? [];
    items.push(item);
    const span = { start: before && last ? last.span.start : item.span.start, end: item.span.end };
    const list: List = { kind: 'list', ordered: false, start: 1, ...(tabs && { tabs }), items, span };
    known.set(list, items);
    flow.push(list);
  }

  /** A heading inside a box opens no section. */
  #blocks(flow: readonly Flow[]): Block[] {
    return asBlocks(this.#unfold(flow, false));
  }

  /**
   * What can be folded alone only frames its words. Two or more side by side are sections, each called by its summary, where nothing
   * comes behind them in the section around them; else they are items.
   */
  #unfold(flow: readonly Flow[], isRoot: boolean): Flow[] {
    if (this.#folds.size === 0) return [...flow];
    const found: Flow[] = [];
    let level = 1;
    flow.forEach((block, at) => {
      const items = this.#folds.get(block);
      const next = flow[at + 1];
      if (block.kind === 'heading') ({ level } = block);
      if (!items || (items.length > 1 && !(isRoot && (!next || next.kind === 'heading')))) {
        found.push(block);
        return;
      }
      for (const { blocks } of items) {
        const [summary, ...rest] = blocks;
        if (items.length > 1 && summary?.kind === 'paragraph')
          found.push(this.#reader.heading(level + 1, summary.prose, summary.span));
        else if (summary) found.push(summary);
        for (const one of rest) found.push(one);
      }
    });
    return found;
  }

  #take(flow: readonly Flow[]): void {
    const into = this.#flow;
    for (const one of flow) into.push(one);
  }
}

function isOpenFrame({ role }: Box): boolean {
  return role === 'frame' || role === 'note' || role === 'fold';
}

/** Words of a condition stand in it. */
export function mayTellCases(block: Flow): boolean {
  switch (block.kind) {
    case 'paragraph':
      return /\b(?:if|unless|otherwise|when|in case|should)\b/i.test(block.prose.plain);
    case 'list':
      return block.items.some(({ blocks }) => blocks.some(mayTellCases));
    case 'quote':
      return block.blocks.some(mayTellCases);
    default:
      return false;
  }
}

function labelOf({ label }: Box): Block[] {
  return label ? [{ kind: 'paragraph', prose: label, span: label.span }] : [];
}

function asBlocks(flow: readonly Flow[]): Block[] {
  return flow.map((block) =>
    block.kind === 'heading' ? { kind: 'paragraph', prose: block.prose, span: block.span } : block,
  );
}

/** Rows and their header; what stands in one column, or in a single row, is only laid out by it. */
function tableOf(rows: readonly Row[], span: Span): Flow[] {
  const isLayout =
    rows.every(({ cells }) => cells.length < 2) ||
    (rows.length === 1 && rows[0]?.cells.some(({ isHead }) => isHead) !== true);
  if (isLayout) return rows.flatMap(({ cells }) => cells.flatMap(({ flow }) => flow));
  const proses = rows.map(({ cells }) => cells.map(({ prose }, at) => prose ?? emptyProse(cells, at, span)));
  const [first, ...rest] = proses;
  const hasHead = rows[0]?.cells.every(({ isHead }) => isHead) === true;
  const table: Table = { kind: 'table', header: hasHead ? (first ?? []) : [], rows: hasHead ? rest : proses, span };
  return [table];
}

function emptyProse(cells: readonly Cell[], at: number, span: Span): Prose {
  const before = cells.slice(0, at).findLast(({ prose }) => prose)?.prose?.span.end ?? span.start;
  return { plain: '', span: { start: before, end: before }, runs: [], codes: [], links: [], comments: [], breaks: [] };
}
