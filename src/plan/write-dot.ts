// The plan in Graphviz's DOT language, for documents and for other layouts. Author text goes only into quoted strings, in
// which quotes, backslashes and ampersands are escaped and line ends are ours.
import { outputEdges } from './graph.ts';
import { oneLine } from './mermaid-text.ts';
import type { Plan, PlanEdge, PlanNode, Repeat } from './plan.ts';

/** DOT text with a last line ending. The same plan gives the same bytes. */
export function writeDot(plan: Plan): string {
  const title = plan.guide.title || plan.guide.file;
  const lines = [
    `digraph ${quoted(title || 'plan')} {`,
    '  graph [rankdir=TB, fontname="sans-serif"]',
    '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=12]',
    '  edge [fontname="sans-serif", fontsize=10]',
    ...plan.nodes.map((node) => `  ${quoted(node.id)} [${nodeAttributes(node)}]`),
    ...plan.nodes.flatMap((node) => outputEdges(plan, node.id).map(edgeLine)),
    ...plan.repeats.map(repeatLine),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function nodeAttributes(node: PlanNode): string {
  if (node.kind !== 'step') return `label=${label([node.title || node.id])}, shape=oval`;
  const writes = node.needsApproval || node.actions.some(({ effect }) => effect === 'write');
  const title = node.title === node.id ? [] : [node.title];
  return `label=${label([node.id, ...title])}${writes ? ', style="rounded,bold"' : ''}`;
}

function edgeLine(edge: PlanEdge): string {
  const words = [
    edge.condition ?? edge.timing ?? '',
    edge.outcome ? `(${edge.outcome})` : '',
    edge.onFailure ? '(on failure)' : '',
  ];
  const dashes = edge.onFailure ? ', style=dashed' : '';
  return `  ${quoted(edge.from)} -> ${quoted(edge.to)} [id=${quoted(edge.id)}${labelled(words)}${dashes}]`;
}

/** A way back must not turn the drawing around. */
function repeatLine({ id, from, to, condition, max }: Repeat): string {
  const words = [condition ?? '', `(repeat at most ${max} ${max === 1 ? 'time' : 'times'})`];
  return `  ${quoted(from)} -> ${quoted(to)} [id=${quoted(id)}${labelled(words)}, style=dotted, constraint=false]`;
}

function labelled(words: readonly string[]): string {
  const said = words.filter((part) => oneLine(part) !== '');
  return said.length === 0 ? '' : `, label=${label([said.join(' ')])}`;
}

const labelWidth = 36;

/** Paragraphs, each broken between words into lines of a bearable width. */
function label(paragraphs: readonly string[]): string {
  const lines = paragraphs.flatMap((paragraph) => {
    const wrapped: string[] = [];
    for (const word of oneLine(printable(paragraph)).split(' ')) {
      const last = wrapped.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= labelWidth) wrapped[wrapped.length - 1] += ` ${word}`;
      else wrapped.push(word);
    }
    return wrapped;
  });
  return `"${lines.map((line) => escape(line).replaceAll('&', '&amp;')).join('\\n')}"`;
}

function quoted(text: string): string {
  return `"${escape(printable(text))}"`;
}

function escape(text: string): string {
  return text.replace(/["\\]/g, (sign) => `\\${sign}`);
}

/** DOT has no sign for control characters, and a string ends at a NUL. */
function printable(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd').replace(/[\u0000-\u001f\u007f]/g, ' ');
}
