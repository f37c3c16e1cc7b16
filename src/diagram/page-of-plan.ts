// What an HTML page shows of a plan: the diagram, and beside it the guide's lines - or, for a plan whose guide is not at hand,
// the plan's own words as lines.
import { unreachable } from '../base/index.ts';
import type { NodeId, Plan, PlanNode } from '../plan/index.ts';
import type { Diagram } from './diagram.ts';
import type { HtmlPage, LineRange, PageLine } from './html-page.ts';
import { nodeLabel } from './measure-plan.ts';

/** `guide` is the text that the plan's places point into; null when there is none. */
export function pageOfPlan(
  plan: Plan,
  diagram: Diagram,
  guide: { readonly file: string; readonly text: string } | null,
): HtmlPage {
  if (!guide) return { diagram, file: plan.guide.file || plan.guide.title, ...linesOfPlan(plan), edges: {} };
  const lines = linesOfGuide(guide.text);
  const within = ({ startLine, endLine }: { startLine: number; endLine: number }): LineRange => [
    Math.min(startLine, lines.length),
    Math.min(Math.max(startLine, endLine), lines.length),
  ];
  return {
    diagram,
    file: guide.file,
    lines,
    nodes: Object.fromEntries(plan.nodes.flatMap(({ id, source }) => (source ? [[id, within(source)]] : []))),
    edges: Object.fromEntries(
      [...plan.edges, ...plan.repeats].flatMap(({ id, source }) => (source ? [[id, within(source)]] : [])),
    ),
  };
}

/** Headings and fenced code look different; everything else is text as it stands. */
function linesOfGuide(text: string): readonly PageLine[] {
  let fence: string | null = null;
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines.map((line): PageLine => {
    const mark = /^[ >\t]*(?:[-*+] +|\d+[.)] +)?(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null;
      return { text: line, kind: 'code' };
    }
    if (mark !== undefined) {
      fence = mark;
      return { text: line, kind: 'code' };
    }
    return { text: line, kind: /^ {0,3}#{1,6}(?:\s|$)/.test(line) ? 'heading' : 'text' };
  });
}

function linesOfPlan(plan: Plan): { lines: readonly PageLine[]; nodes: Record<NodeId, LineRange> } {
  const lines: PageLine[] = [];
  const nodes: [NodeId, LineRange][] = [];
  for (const node of plan.nodes) {
    const own = linesOfNode(node);
    if (own.length === 0) continue;
    nodes.push([node.id, [lines.length + 1, lines.length + own.length]]);
    lines.push(...own, { text: '', kind: 'text' });
  }
  return { lines, nodes: Object.fromEntries(nodes) };
}

function linesOfNode(node: PlanNode): readonly PageLine[] {
  const words = node.description
    .split(/\r\n|\r|\n/)
    .filter((text) => text.trim() !== '')
    .map((text): PageLine => ({ text, kind: 'text' }));
  const code = node.actions.flatMap((action) =>
    action.code.split(/\r\n|\r|\n/).map((text): PageLine => ({ text, kind: 'code' })),
  );
  switch (node.kind) {
    case 'step': {
      const label = nodeLabel(node.id);
      const title = node.title === '' || node.title === node.id ? label : `${label}: ${node.title}`;
      return [{ text: title, kind: 'heading' }, ...words, ...code];
    }
    case 'start':
    case 'end':
      return words;
    default:
      return unreachable(node.kind);
  }
}
