// Reads a mermaid flowchart, or a state diagram, as a drawing: which boxes are steps, which only begin, end or name a section.
import { allMatches } from '../base/index.ts';
import {
  isFlowchart,
  isStateDiagram,
  readFlowchart,
  readStateDiagram,
  type FlowArrow,
  type Flowchart,
  type FlowNode,
} from '../plan/index.ts';
import {
  callsSomeone,
  endingOf,
  handsOver,
  numberedGoal,
  type DrawnBox,
  type DrawnGoal,
  type DrawnWay,
  type DrawnWords,
} from './drawing.ts';
import { listIn } from './link-charts.ts';
import type { ChartReading } from './read-chart.ts';

/** The drawing of a fence's text; why it was not read when it branches; null when it is no plan. */
export function readDrawnMermaid(text: string): ChartReading {
  if (!isFlowchart(text) && !isStateDiagram(text))
    return /^[ \t]*(?:else|option)\b/m.test(text) ? { reason: 'a diagram of this kind is not read as a plan' } : null;
  const { flowchart, problems } = isFlowchart(text) ? readFlowchart(text) : readStateDiagram(text);
  if (!flowchart) {
    const [first] = problems ?? [];
    return branches.test(text) && first
      ? { reason: `its chart has a fault: ${first.message.replace(/[.]$/, '')}` }
      : null;
  }
  return flowchart.arrows.length < 2 ? null : draw(text, flowchart);
}

const branches = /-->[^\n:]{1,80}:|-->\s*\||--\s*\w[^\n]{0,80}?-->|\{[^\n{}]{1,200}\}/;

function draw(text: string, { nodes: all, arrows }: Flowchart): ChartReading {
  const leaving = new Map<string, FlowArrow[]>();
  const entering = new Map<string, FlowArrow[]>();
  for (const arrow of arrows) {
    listIn(leaving, arrow.from).push(arrow);
    listIn(entering, arrow.to).push(arrow);
  }
  const goals = new Map<string, DrawnGoal>();
  const boxes: DrawnBox[] = [];
  for (const node of all) {
    const { id, label } = node;
    const out = leaving.get(id) ?? [];
    const into = entering.get(id) ?? [];
    if (out.length === 0 && into.length === 0) continue;
    const place = isReference(label) ? referenceIn(label) : null;
    const outcome = out.length === 0 ? outcomeOf(label ?? id, into) : null;
    const numbered = out.length === 0 ? numberedGoal(label ?? '') : null;
    if (numbered) goals.set(id, numbered);
    else if (place !== null) goals.set(id, { kind: 'named', name: place });
    else if (outcome) goals.set(id, { kind: 'end', outcome });
    else if (into.length > 0 || !isStart(node, out)) {
      goals.set(id, { kind: 'box', id });
      boxes.push(boxOf(node, out.length === 0));
    }
  }
  const decides = arrows.some(({ condition }) => (condition ?? '').trim() !== '');
  if (boxes.length < (decides ? 1 : 2)) return null;
  const nodes = new Map(all.map((node) => [node.id, node]));
  const ways = arrows.flatMap((arrow): DrawnWay[] => {
    const from = goals.get(arrow.from);
    const to = goals.get(arrow.to);
    if ((from?.kind !== 'box' && from?.kind !== 'named') || !to) return [];
    const condition =
      wordsOn(text, arrow) ?? choiceOf(leaving.get(arrow.from) ?? [], nodes.get(arrow.from), nodes.get(arrow.to));
    const hands =
      condition === null &&
      to.kind === 'end' &&
      to.outcome === 'completed' &&
      callsSomeone(nodes.get(arrow.from)?.label ?? arrow.from);
    return [{ from, to: hands ? { kind: 'end', outcome: 'escalated' } : to, condition }];
  });
  for (const { id, label } of all) {
    const name = referenceIn(label);
    if (goals.get(id)?.kind === 'box' && name !== null && !leaving.has(id))
      ways.push({ from: { kind: 'box', id }, to: { kind: 'named', name }, condition: null });
  }
  return { drawing: { boxes, ways } };
}

function boxOf({ id, label, span, labelSpan }: FlowNode, isLast: boolean): DrawnBox {
  const place = labelSpan ?? span;
  const title = (label ?? id).replaceAll('**', '').replace(/\s+/g, ' ');
  return { id, title, span: place, words: isLast && labelSpan ? [labelSpan] : [] };
}

/** How the guide ends at a box that nothing leaves. One that names whom to call is a step, unless a decision leads to it. */
function outcomeOf(words: string, entering: readonly FlowArrow[]): ReturnType<typeof endingOf> {
  const ending = endingOf(words);
  if (ending) return ending;
  return handsOver(words) && entering.every(({ condition }) => (condition ?? '').trim() !== '') ? 'escalated' : null;
}

/** "Start", "Alert fires": it says only that one begins, and decides nothing. */
function isStart({ id, label, shape }: FlowNode, leaving: readonly FlowArrow[]): boolean {
  if (shape.startsWith('{') || leaving.some(({ condition }) => (condition ?? '').trim() !== '')) return false;
  const words = (label ?? id).trim();
  if (/\?\W*$/.test(words)) return false;
  if (begins.test(words)) return true;
  if (/^(?:start|begin)\b/i.test(words))
    return /^(?:start|begin)(?:\s+here)?\W*$/i.test(words) || shape.startsWith('(');
  return (
    /^(?:start|begin|alert|trigger)/i.test(id) &&
    !/^(?:check|run|verify|open|look|restart|confirm|find|get)\b/i.test(words)
  );
}

const begins =
  /^(?:an?\s+|the\s+)?(?:alert|alarm|page|incident|issue|problem)(?:\s+(?:fires|fired|firing|received|triggered|starts|reported|detected|raised|occurs))?\W*$/i;

const reference =
  /\b(?:see|refer\s+to|go\s+to|follow|use)\s+(?:the\s+)?(?:\w+\s+)?((?:section|part|appendix)\s+(?:\d{1,2}[A-Z]?|[A-Z])(?:\.\d{1,2})*)\b/i;

/** "See section 1A": a box that only names a section of the guide. */
function isReference(label: string | null): boolean {
  return label !== null && referenceIn(label) !== null && label.replace(reference, '').trim().length < 3;
}

/** `section 1A`, in lower case, when the words of a box send there. */
function referenceIn(label: string | null): string | null {
  return reference.exec(label ?? '')?.[1]?.toLowerCase() ?? null;
}

/** The sections that the boxes of a chart send to, in lower case. */
export function referencesOfChart({
  language,
  code,
}: {
  readonly language: string | null;
  readonly code: string;
}): string[] {
  if (language !== 'mermaid') return [];
  return allMatches(code, new RegExp(reference, 'gi')).map(([, place = '']) => place.toLowerCase());
}

function wordsOn(text: string, { condition, span }: FlowArrow): DrawnWords | null {
  if (condition === null || condition.trim() === '') return null;
  const at = text.slice(span.start, span.end).indexOf(condition);
  const start = span.start + at;
  return { text: condition, span: at === -1 ? span : { start, end: start + condition.length } };
}

/** Bare arrows out of a decision (`{…}`): the box that each leads to says when. */
function choiceOf(
  leaving: readonly FlowArrow[],
  from: FlowNode | undefined,
  to: FlowNode | undefined,
): DrawnWords | null {
  if (from?.shape.startsWith('{') !== true || leaving.length < 2) return null;
  if (leaving.some(({ condition }) => (condition ?? '').trim() !== '')) return null;
  return to && to.label !== null && to.labelSpan !== null ? { text: to.label, span: to.labelSpan } : null;
}
