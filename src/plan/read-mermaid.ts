// Mermaid flowcharts (`graph`, `flowchart`) as people write them: every shape, both syntaxes of arrow texts, chains, `&`.
// Styles, classes and clicks say nothing about a plan and are passed over; a subgraph is read as if its border were not there.
// Any text gives a flowchart or its faults; nothing throws.
import { lineIndex, type LineIndex, type Span } from '../base/index.ts';
import { flowchartToPlan, type FlowchartAbout } from './flowchart-to-plan.ts';
import type { Flowchart, FlowArrow, FlowchartReading, FlowNode, FlowNote } from './flowchart.ts';
import { lineEnd, MermaidFault, readArrow, readNode, shown } from './mermaid-scanner.ts';
import { decodeArrow, decodeLabel } from './mermaid-text.ts';
import type { PlanImport, TextRemark } from './plan-import.ts';

/** Reads a Mermaid file as a plan, whose places point into this text. Never throws. */
export function readMermaid(text: string, about: Pick<FlowchartAbout, 'file' | 'sha256'> = {}): PlanImport {
  const lines = lineIndex(text);
  const remark = (note: FlowNote): TextRemark => ({ message: note.message, ...lines.positionAt(note.span.start) });
  const { flowchart, problems } = readFlowchart(text);
  if (!flowchart) return { problems: problems.map(remark) };
  const { plan, notes } = flowchartToPlan(flowchart, { ...about, place: (span) => placeIn(lines, span) });
  return { plan, notes: notes.map(remark) };
}

function placeIn(lines: LineIndex, span: Span) {
  return { span, startLine: lines.positionAt(span.start).line, endLine: lines.positionAt(span.end).line };
}

/** True when the first words of a text announce a flowchart; other Mermaid diagrams are no plans. */
export function isFlowchart(text: string): boolean {
  header.lastIndex = skipPreamble(text).end;
  return header.test(text);
}

const header =
  /(?:flowchart(?:-elk)?|graph)(?![\w-])[ \t]*(?:TB|TD|BT|RL|LR|[<>^v](?=[\s;]|$))?[ \t]*(?=[;\r\n]|$|%%)/y;
/** More than anyone repairs at one sitting. */
const mostProblems = 100;
/** `A & B --> C & D` multiplies; a line that gives more than this is no one's drawing. */
const mostArrows = 2500;
/** No one draws more than this by hand, and a file that says so is not to hold up an editor. */
const mostInAll = 50_000;
const mostSubgraphs = 500;
const deepestSubgraph = 50;

/** Reads a flowchart with the place of each node and arrow, for a whole file or for a fence inside a guide. Never throws. */
export function readFlowchart(text: string): FlowchartReading {
  const preamble = skipPreamble(text);
  header.lastIndex = preamble.end;
  const found = header.exec(text);
  if (!found) {
    const end = lineEnd(text, preamble.end);
    const words = shown(text, preamble.end, end);
    const message =
      words === ''
        ? 'This text is empty; expected a Mermaid flowchart, which begins with `flowchart TD` or `graph LR`.'
        : `\`${words}\` does not begin a flowchart; expected \`flowchart TD\` or \`graph LR\`. Other Mermaid diagrams are not plans.`;
    return { problems: [{ message, span: { start: preamble.end, end } }] };
  }
  const draft = new FlowDraft(text, preamble.title);
  const problems: FlowNote[] = [];
  let at = header.lastIndex;
  while (at < text.length && problems.length < mostProblems) {
    const start = at;
    try {
      at = readStatement(draft, at);
      if (draft.size > mostInAll)
        throw new MermaidFault(`A flowchart of more than ${mostInAll} nodes and arrows is not read.`, start);
    } catch (error) {
      if (!(error instanceof MermaidFault)) throw error;
      problems.push({ message: error.message, span: error.span });
      if (draft.size > mostInAll) break;
      at = Math.max(lineEnd(text, Math.max(start, error.span.start)), start + 1);
    }
  }
  const [open] = draft.subgraphs.filter((subgraph) => !subgraph.closed);
  if (open) problems.push({ message: `The subgraph \`${open.id}\` is not closed by \`end\`.`, span: open.span });
  if (problems.length > 0) return { problems };
  const flowchart = draft.finish();
  if (flowchart.arrows.length > mostInAll) {
    const message = `The arrows between subgraphs stand for more than ${mostInAll} arrows.`;
    return { problems: [{ message, span: { start: preamble.end, end: header.lastIndex } }] };
  }
  if (flowchart.nodes.length > 0) return { flowchart };
  return {
    problems: [{ message: 'The flowchart has no nodes.', span: { start: preamble.end, end: header.lastIndex } }],
  };
}

/** Front matter, directives and comments before the first word. */
export function skipPreamble(text: string): { readonly end: number; readonly title: string } {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let title = '';
  const matter = /\s*---[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*---[ \t]*(?:\r?\n|$)/y;
  matter.lastIndex = at;
  const front = matter.exec(text);
  if (front) {
    at = matter.lastIndex;
    const said = /^[ \t]*title[ \t]*:[ \t]*(.*)$/m.exec(front[1] ?? '')?.[1]?.trim() ?? '';
    title = decodeLabel(said.replace(/^(["'])(.*)\1$/, '$2'));
  }
  return { end: skipComments(text, at), title };
}

function skipComments(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /[\s;]/.test(text.charAt(at))) at++;
    if (!text.startsWith('%%', at)) return at;
    const directive = text.startsWith('%%{', at) ? text.indexOf('}%%', at) : -1;
    at = directive === -1 ? lineEnd(text, at) : directive + 3;
  }
}

const passedOver =
  /(?:style|classDef|class|linkStyle|direction)(?=[ \t])[^\n;]*|click(?=[ \t])[^\n]*|accDescr\s*\{[^}]*\}|accDescr\s*:[^\n]*/y;
const titled = /accTitle\s*:([^\n]*)/y;
const subgraphBegin = /subgraph(?=[\s;]|$)[ \t]*([^\n;]*)/y;
const subgraphEnd = /end(?=[ \t]*(?:[;\r\n]|%%|$))/y;

/** One statement; gives the offset after it. */
function readStatement(draft: FlowDraft, from: number): number {
  const { text } = draft;
  const at = skipComments(text, from);
  if (at >= text.length) return at;
  const matches = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const skipped = matches(passedOver);
  if (skipped) return at + skipped[0].length;
  const title = matches(titled);
  if (title) {
    draft.title ||= decodeLabel(title[1] ?? '');
    return at + title[0].length;
  }
  const begin = matches(subgraphBegin);
  if (begin) {
    draft.openSubgraph(begin[1]?.trim() ?? '', { start: at, end: at + begin[0].trimEnd().length });
    return at + begin[0].length;
  }
  const end = matches(subgraphEnd);
  if (end) {
    draft.closeSubgraph(at);
    return at + end[0].length;
  }
  return readChain(draft, at);
}

/** `A & B -->|yes| C --> D` */
function readChain(draft: FlowDraft, from: number): number {
  const { text } = draft;
  let group = readGroup(draft, from);
  for (;;) {
    const at = skipBlanks(text, group.end);
    const arrow = readArrow(text, arrowOnNextLine(text, at) ?? at);
    if (!arrow) return endOfStatement(text, at);
    const next = readGroup(draft, skipSpace(text, arrow.end));
    if (arrow.kind !== 'invisible') draft.connect(group, next, arrow);
    group = next;
  }
}

interface Group {
  readonly nodes: readonly { readonly id: string; readonly span: Span }[];
  readonly end: number;
}

function readGroup(draft: FlowDraft, from: number): Group {
  const { text } = draft;
  const nodes: { id: string; span: Span }[] = [];
  for (let at = from; ;) {
    const node = readNode(text, at);
    if (!node) {
      const end = lineEnd(text, at);
      const found = at >= text.length ? 'the end of the text' : `\`${shown(text, at, end) || 'the end of the line'}\``;
      throw new MermaidFault(`Expected the name of a node, found ${found}.`, Math.min(at, text.length), end);
    }
    const span = { start: at, end: node.end };
    draft.mention({
      id: node.id,
      label: node.raw === null ? null : decodeLabel(node.raw),
      shape: node.shape,
      span,
      labelSpan: node.labelSpan,
    });
    nodes.push({ id: node.id, span });
    const and = /\s*&\s*/y;
    and.lastIndex = node.end;
    if (!and.test(text)) return { nodes, end: node.end };
    at = and.lastIndex;
  }
}

function endOfStatement(text: string, at: number): number {
  const next = text[at];
  if (next === undefined || next === ';' || next === '\n' || next === '\r' || text.startsWith('%%', at)) return at;
  const end = lineEnd(text, at);
  throw new MermaidFault(`Expected an arrow or the end of the line, found \`${shown(text, at, end)}\`.`, at, end);
}

/** An arrow may begin the next line: `A` above `--> B`. */
function arrowOnNextLine(text: string, at: number): number | null {
  const pattern = /[ \t\r]*\n\s*(?=--|==|-\.|~~~)/y;
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}

interface Subgraph {
  readonly id: string;
  readonly span: Span;
  /** Names of the nodes inside, in the order of the text. */
  readonly members: Set<string>;
  closed: boolean;
}

/** What has been read so far. */
class FlowDraft {
  readonly text: string;
  title: string;
  readonly subgraphs: Subgraph[] = [];
  readonly #open: Subgraph[] = [];
  readonly #nodes = new Map<string, FlowNode>();
  readonly #arrows: FlowArrow[] = [];
  readonly #notes: FlowNote[] = [];
  /** Names of arrows: `e1@{ animate: true }` speaks of one, and makes no node. */
  readonly #named = new Set<string>();

  constructor(text: string, title: string) {
    this.text = text;
    this.title = title;
  }

  get size(): number {
    return this.#arrows.length + this.#nodes.size;
  }

  /** A node's last label counts, as Mermaid has it; its place is where it got it. */
  mention(node: FlowNode): void {
    const known = this.#nodes.get(node.id);
    if (!known || node.label !== null) this.#nodes.set(node.id, node);
    // A node belongs to the subgraph that names it first, and to those around it.
    for (const subgraph of this.#open) if (!known) subgraph.members.add(node.id);
  }

  connect(from: Group, to: Group, arrow: NonNullable<ReturnType<typeof readArrow>>): void {
    if (from.nodes.length * to.nodes.length > mostArrows) {
      const start = from.nodes[0]?.span.start ?? 0;
      throw new MermaidFault(`This line stands for more than ${mostArrows} arrows.`, start, to.end);
    }
    if (arrow.id !== null) this.#named.add(arrow.id);
    const { condition, marks } = decodeArrow(arrow.raw ?? '');
    for (const a of from.nodes) {
      for (const b of to.nodes) {
        const span = { start: a.span.start, end: b.span.end };
        this.#arrows.push({ from: a.id, to: b.id, condition, marks, span });
        const way = `\`${a.id}\` to \`${b.id}\``;
        if (arrow.kind === 'open') this.#note(`The line from ${way} has no head; it is read as leading there.`, span);
        if (arrow.kind === 'two-way')
          this.#note(`The arrow from ${way} has a head at both ends; only the way there is read.`, span);
      }
    }
  }

  openSubgraph(words: string, span: Span): void {
    const named = /^("?)([\p{L}\p{N}_.-]+)\1[ \t]*(?:[[({].*)?$/u.exec(words);
    const id = named?.[2] ?? words.replace(/^"(.*)"$/, '$1');
    if (this.#open.length >= deepestSubgraph || this.subgraphs.length >= mostSubgraphs)
      throw new MermaidFault(
        `More than ${mostSubgraphs} subgraphs, or ${deepestSubgraph} inside one another, are not read.`,
        span.start,
        span.end,
      );
    const subgraph: Subgraph = { id, span, members: new Set(), closed: false };
    this.subgraphs.push(subgraph);
    this.#open.push(subgraph);
    this.#note(`The subgraph \`${id}\` is read as if its border were not there.`, span);
  }

  closeSubgraph(at: number): void {
    const last = this.#open.pop();
    if (!last) throw new MermaidFault('`end` closes a subgraph, but none is open here.', at, at + 3);
    last.closed = true;
  }

  finish(): Flowchart {
    const arrows = this.#withoutSubgraphs();
    const borders = new Set(this.subgraphs.filter(({ members }) => members.size > 0).map(({ id }) => id));
    return {
      title: this.title,
      nodes: [...this.#nodes.values()].filter(
        ({ id, shape }) => !borders.has(id) && !(shape === '@' && this.#named.has(id)),
      ),
      arrows,
      notes: this.#notes,
    };
  }

  /** An arrow to a subgraph leads to where that begins, an arrow from it leaves where that ends. */
  #withoutSubgraphs(): FlowArrow[] {
    const borders = new Map(this.subgraphs.filter(({ members }) => members.size > 0).map((one) => [one.id, one]));
    if (borders.size === 0) return this.#arrows;
    const among = (members: ReadonlySet<string>, side: 'from' | 'to'): string[] => {
      const inside = this.#arrows.filter(({ from, to }) => members.has(from) && members.has(to));
      const taken = new Set(inside.map((arrow) => arrow[side]));
      const free = [...members].filter((id) => !taken.has(id) && !borders.has(id));
      return free.length > 0 ? free : [...members].filter((id) => !borders.has(id)).slice(0, 1);
    };
    const sides = new Map<string, readonly string[]>();
    const ends = (id: string, side: 'from' | 'to'): readonly string[] => {
      const border = borders.get(id);
      if (!border) return [id];
      const known = sides.get(`${side} ${id}`) ?? among(border.members, side === 'to' ? 'to' : 'from');
      sides.set(`${side} ${id}`, known);
      return known;
    };
    const all: FlowArrow[] = [];
    for (const arrow of this.#arrows)
      for (const from of ends(arrow.from, 'from'))
        for (const to of ends(arrow.to, 'to')) if (all.length <= mostInAll) all.push({ ...arrow, from, to });
    return all;
  }

  #note(message: string, span: Span): void {
    this.#notes.push({ message, span });
  }
}
