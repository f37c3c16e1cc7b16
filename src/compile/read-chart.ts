// A mermaid flowchart inside a guide is its plan as drawn: every box a step, every arrow a way. Boxes keep their lines.
import type { Span } from '../base/index.ts';
import { sentencesOf, type Code, type Prose } from '../guide/index.ts';
import { isFlowchart, readFlowchart, type FlowArrow, type Flowchart, type FlowNode } from '../plan/index.ts';
import type { Condition, DrawnArrow } from './draft.ts';
import type { FlowBuilder, OpenStep } from './flow-builder.ts';

/** Adds the chart of a fence; false when the fence holds none that can be read. */
export function readChart(flow: FlowBuilder, code: Code): boolean {
  if (code.language !== 'mermaid' || !isFlowchart(code.code)) return false;
  const { flowchart } = readFlowchart(code.code);
  if (!flowchart || flowchart.arrows.length < 2) return false;
  const drawn = new Set(flowchart.arrows.flatMap(({ from, to }) => [from, to]));
  const entered = new Set(flowchart.arrows.map(({ to }) => to));
  const nodes = flowchart.nodes.filter(
    ({ id, label }) =>
      drawn.has(id) && !(isStart(id, label) && !entered.has(id)) && !isEnd(id, label) && !isReference(label),
  );
  const places = new Map<string, number | string>(nodes.map(({ id }, place) => [id, place]));
  for (const { id, label } of flowchart.nodes) if (isReference(label)) places.set(id, referenceIn(label) ?? id);
  const arrows = flowchart.arrows.flatMap((arrow): DrawnArrow[] => {
    const from = places.get(arrow.from);
    const to = places.get(arrow.to);
    if (typeof from !== 'number' || to === undefined) return [];
    return [{ from, to, condition: conditionOf(code, arrow) ?? choiceOf(code, flowchart, arrow) }];
  });
  if (nodes.length < 2) return false;
  nodes.forEach(({ label }, place) => {
    const to = referenceIn(label);
    if (to !== null && !arrows.some(({ from }) => from === place)) arrows.push({ from: place, to, condition: null });
  });
  flow.parts.push({ kind: 'chart', nodes: nodes.map((node) => makeStep(code, node)), arrows });
  return true;
}

const reference =
  /\b(?:see|refer\s+to|go\s+to|follow|use)\s+(?:the\s+)?(?:\w+\s+)?((?:section|part|appendix)\s+(?:\d{1,2}[A-Z]?|[A-Z])(?:\.\d{1,2})*)\b/i;

/** "See section 1A": a box that only names a section of the guide. */
function isReference(label: string | null): boolean {
  return label !== null && referenceIn(label) !== null && label.replace(reference, '').trim().length < 3;
}

/** `section 1A`, in lower case, when the words of a box send there. */
export function referenceIn(label: string | null): string | null {
  return reference.exec(label ?? '')?.[1]?.toLowerCase() ?? null;
}

/** The sections that the boxes of a chart send to, in lower case. */
export function referencesOfChart({ language, code }: Code): string[] {
  if (language !== 'mermaid') return [];
  return [...code.matchAll(new RegExp(reference, 'gi'))].map(([, place = '']) => place.toLowerCase());
}

function isStart(id: string, label: string | null): boolean {
  return /^(?:start|begin|alert|trigger)/i.test(id) || /^(?:start|begin)\b/i.test(label ?? '');
}

function isEnd(id: string, label: string | null): boolean {
  return /^(?:end|stop|done)$/i.test(label ?? id);
}

function makeStep(code: Code, { id, label, span, labelSpan }: FlowNode): OpenStep {
  const titleSpan = inGuide(code, labelSpan ?? span);
  const title = (label ?? id).replace(/\s+/g, ' ');
  return { number: null, kind: 'part', group: 0, title, titleSpan, blocks: [], start: titleSpan.start, aliases: [id] };
}

function conditionOf(code: Code, { condition, span }: FlowArrow): Condition | null {
  if (condition === null || condition.trim() === '') return null;
  const at = code.code.indexOf(condition, span.start);
  return words(condition, inGuide(code, at === -1 || at > span.end ? span : { start: at, end: at + condition.length }));
}

/** A condition of its own: these words at this place of the guide. */
function words(text: string, span: Span): Condition | null {
  const plain = text.replace(/\s+/g, ' ').trim();
  const prose: Prose = {
    plain,
    span,
    runs: [{ plain: 0, source: span.start }],
    codes: [],
    links: [],
    comments: [],
    breaks: [],
  };
  const [sentence] = sentencesOf(prose);
  return sentence ? { kind: 'if', text: plain, start: 0, end: plain.length, sentence } : null;
}

/** Bare arrows out of a decision (`{…}`): the box that each leads to says when. */
function choiceOf(code: Code, { nodes, arrows }: Flowchart, { from, to }: FlowArrow): Condition | null {
  const node = nodes.find(({ id }) => id === from);
  if (node === undefined || !node.shape.startsWith('{')) return null;
  const leaving = arrows.filter((other) => other.from === from);
  if (leaving.length < 2 || leaving.some(({ condition }) => (condition ?? '').trim() !== '')) return null;
  const target = nodes.find(({ id }) => id === to);
  if (target === undefined || target.labelSpan === null || target.label === null) return null;
  return words(target.label, inGuide(code, target.labelSpan));
}

function inGuide(code: Code, span: Span): Span {
  const start = place(code, span.start);
  return { start, end: Math.max(start, place(code, span.end)) };
}

function place({ code, lineOffsets, contentSpan }: Code, at: number): number {
  const before = code.slice(0, at);
  const line = before.split('\n').length - 1;
  return (lineOffsets[line] ?? contentSpan.start) + (at - (before.lastIndexOf('\n') + 1));
}
