// A mermaid flowchart inside a guide is its plan as drawn: every box a step, every arrow a way. Boxes keep their lines.
import type { Span } from '../base/index.ts';
import { sentencesOf, type Code, type Prose } from '../guide/index.ts';
import { isFlowchart, readFlowchart, type FlowArrow, type FlowNode } from '../plan/index.ts';
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
    ({ id, label }) => drawn.has(id) && !(isStart(id, label) && !entered.has(id)) && !isEnd(id, label),
  );
  const places = new Map(nodes.map(({ id }, place) => [id, place]));
  const arrows = flowchart.arrows.flatMap((arrow): DrawnArrow[] => {
    const from = places.get(arrow.from);
    const to = places.get(arrow.to);
    if (from === undefined || to === undefined) return [];
    return [{ from, to, condition: conditionOf(code, arrow) }];
  });
  if (nodes.length < 2) return false;
  flow.parts.push({ kind: 'chart', nodes: nodes.map((node) => makeStep(code, node)), arrows });
  return true;
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
  const words = inGuide(code, at === -1 || at > span.end ? span : { start: at, end: at + condition.length });
  const prose: Prose = {
    plain: condition, span: words, runs: [{ plain: 0, source: words.start }], codes: [], links: [], comments: [],
  }; // prettier-ignore
  const [sentence] = sentencesOf(prose);
  return sentence ? { kind: 'if', text: condition, start: 0, end: condition.length, sentence } : null;
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
