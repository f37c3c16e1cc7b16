// A plan that is drawn inside a guide, as a mermaid flowchart or as a tree of text: every box a step, every arrow a way. Boxes
// keep their lines.
import { lineIndex, onceFor, type Span } from '../base/index.ts';
import { sentencesOf, type Block, type Code, type Prose } from '../guide/index.ts';
import type { Condition, DrawnArrow } from './draft.ts';
import type { Drawing, DrawnBox, DrawnGoal, DrawnWords } from './drawing.ts';
import { openStep, paragraphOf, type FlowBuilder, type OpenStep, unnumbered } from './flow-builder.ts';
import { isImperative } from './imperative.ts';
import { onceForNames, type IsName } from './names.ts';
import { actionLanguage } from './read-actions.ts';
import { readDrawnMermaid } from './read-drawn-mermaid.ts';
import { readTree } from './read-tree.ts';

/** What a fence draws; why it was not read although it asks and answers; null when it draws no plan. */
export type ChartReading = { readonly drawing: Drawing } | { readonly reason: string } | null;

const textLanguages: ReadonlySet<string | null> = new Set([
  null,
  'text',
  'txt',
  'plain',
  'plaintext',
  'ascii',
  'tree',
  'none',
  'flow',
  'diagram',
]);

/** Reads what a fence draws: once, while the names that it asks for mean the same. */
export const chartOf: (code: Code, isName: IsName) => ChartReading = onceForNames((code, isName): ChartReading => {
  if (code.language === 'mermaid') {
    const reading = readDrawnMermaid(code.code);
    return reading && 'drawing' in reading && drawsSystem(reading.drawing, isName) ? null : reading;
  }
  if (!textLanguages.has(code.language) || actionLanguage(code) !== null) return null;
  return readTree(code.code, isName);
});

/**
 * "Client --> Gateway --> Store": a picture of what there is, and of nothing to do. It asks and answers nothing, hardly a box asks for
 * anything, none names a section, and it leads nowhere.
 */
function drawsSystem({ boxes, ways }: Drawing, isName: IsName): boolean {
  if (ways.some(({ from, to, condition }) => condition !== null || from.kind !== 'box' || to.kind !== 'box'))
    return false;
  if (boxes.some(({ title }) => namesOf(title).some((name) => isName(`#${name}`)))) return false;
  return boxes.filter(({ title }) => isImperative(title) || /\?\W*$/.test(title)).length * 3 < boxes.length;
}

/** Adds the chart of a fence; false when the fence holds none that can be read. */
export function readChart(flow: FlowBuilder, code: Code, isName: IsName): boolean {
  const reading = chartOf(code, isName);
  if (!reading || !('drawing' in reading)) return false;
  addDrawing(flow, code, reading.drawing);
  return true;
}

/** True for a fence that draws a plan. */
export function drawsPlan(block: Block | undefined): boolean {
  return block?.kind === 'code' && chartOf(block, nothing) !== null;
}

const nothing: IsName = () => false;

/**
 * Adds the charts of blocks that lead to steps, or in which most boxes have the names of headings: they say in which order those
 * are gone through, wherever they stand.
 */
export function readOrder(flow: FlowBuilder, blocks: readonly Block[], isName: IsName): void {
  for (const block of blocks) {
    if (block.kind !== 'code') continue;
    const reading = chartOf(block, isName);
    if (!reading || !('drawing' in reading)) continue;
    const { boxes, ways } = reading.drawing;
    const named = boxes.filter(({ title }) => namesOf(title).some((name) => isName(`#${name}`))).length;
    const leads =
      ways.some(({ to }) => to.kind === 'named') ||
      boxes.some(({ words }) => words.some((one) => mentions.test(textOf(block, one))));
    if (leads || (named > 1 && named * 2 >= boxes.length)) addDrawing(flow, block, reading.drawing);
  }
}

const mentions = /\bto\s+(?:step|section|phase|stage)\s+#?\d/i;

function textOf({ code }: Code, { start, end }: Span): string {
  return code.slice(start, end);
}

/** What a box may be called elsewhere: `2. Check the log` is `Check the log` too. */
export function namesOf(title: string): string[] {
  const bare = title.replace(/^(?:(?:step|phase|stage|section)\s+)?#?\d{1,3}(?:\.\d{1,3})*[a-z]?\s*[.):–—-]?\s+/i, '');
  return bare === title || bare === '' ? [title] : [title, bare];
}

function addDrawing(flow: FlowBuilder, code: Code, { boxes, ways }: Drawing): void {
  const places = new Map(boxes.map(({ id }, place) => [id, place]));
  const placeOf = (goal: DrawnGoal): DrawnArrow['to'] | undefined => {
    if (goal.kind === 'box') return places.get(goal.id);
    if (goal.kind === 'named') return goal.name;
    return goal.kind === 'behind' ? null : { outcome: goal.outcome };
  };
  const arrows = ways.flatMap((way): DrawnArrow[] => {
    const from = placeOf(way.from);
    const to = placeOf(way.to);
    if ((typeof from !== 'number' && typeof from !== 'string') || to === undefined) return [];
    const span = way.condition?.span ?? (typeof from === 'number' ? boxes[from]?.span : undefined);
    return [
      {
        from,
        to,
        condition: way.condition && conditionOf(code, way.condition),
        ...(way.implied && { implied: true as const }),
        ...(span && { span: inGuide(code, span) }),
      },
    ];
  });
  flow.addChart({ nodes: boxes.map((box) => makeStep(code, box)), arrows, start: code.span.start });
}

function makeStep(code: Code, { id, title, span, words }: DrawnBox): OpenStep {
  const titleSpan = inGuide(code, span);
  const blocks = words.map((one) => paragraphOf(proseOf(textOf(code, one), inGuide(code, one))));
  return openStep({ ...unnumbered, title, titleSpan, blocks, start: titleSpan.start }, [id]);
}

/** A condition of its own: these words at this place of the guide. */
function conditionOf(code: Code, { text, span }: DrawnWords): Condition | null {
  const plain = text.replace(/\s+/g, ' ').trim();
  const prose = proseOf(plain, inGuide(code, span));
  const [sentence] = sentencesOf(prose);
  if (!sentence) return null;
  const kind = /^(?:otherwise|else)$/i.test(plain) ? 'else' : 'if';
  return { kind, text: plain, start: 0, end: plain.length, sentence: { ...sentence, span: prose.span } };
}

function proseOf(plain: string, span: Span): Prose {
  return { plain, span, runs: [{ plain: 0, source: span.start }], codes: [], links: [], comments: [], breaks: [] };
}

function inGuide(code: Code, span: Span): Span {
  const start = place(code, span.start);
  return { start, end: Math.max(start, place(code, span.end)) };
}

function place(code: Code, at: number): number {
  const { line, column } = linesOf(code).positionAt(at);
  return (code.lineOffsets[line - 1] ?? code.contentSpan.start) + column - 1;
}

const linesOf = onceFor(({ code }: Code) => lineIndex(code));
