// Mermaid state diagrams, as far as they say where one goes: states, arrows with their words, `[*]` at both ends, choices.
// Regions side by side and notes say nothing of that and are passed over. Never throws.
import type { Span } from '../base/index.ts';
import type { Flowchart, FlowArrow, FlowchartReading, FlowNode, FlowNote } from './flowchart.ts';
import { decodeLabel } from './mermaid-text.ts';
import { skipPreamble } from './read-mermaid.ts';

const header = /stateDiagram(?:-v2)?[ \t]*(?:\r?\n|$)/y;

/** True when the first words of a text announce a state diagram. */
export function isStateDiagram(text: string): boolean {
  return bodyOf(text) !== null;
}

/** Where the lines behind the first words begin. */
function bodyOf(text: string): number | null {
  header.lastIndex = skipPreamble(text).end;
  return header.test(text) ? header.lastIndex : null;
}

const name = String.raw`[\p{L}\p{N}_.-]*[\p{L}\p{N}_]`;
const arrow = new RegExp(
  String.raw`^(\[\*\]|${name})(?::::\w+)?[ \t]*-->[ \t]*(\[\*\]|${name})(?::::\w+)?[ \t]*(?::[ \t]*(.+))?$`,
  'u',
);
const described = new RegExp(
  String.raw`^(?:state[ \t]+"([^"\n]*)"[ \t]+as[ \t]+(${name})|(${name})[ \t]*:[ \t]*(.+))`,
  'u',
);
const choice = new RegExp(String.raw`^state[ \t]+(${name})[ \t]+<<(choice|fork|join)>>`, 'u');
const passedOver =
  /^(?:%%|direction\b|classDef\b|class\b|style\b|hide\b|scale\b|state[ \t]+[^{]*$|accTitle|accDescr|skinparam\b)/;
const mostLines = 2000;

/** Reads a state diagram as a flowchart whose nodes are its states. */
export function readStateDiagram(text: string): FlowchartReading {
  const begin = bodyOf(text);
  if (begin === null)
    return { problems: [{ message: 'This text begins no state diagram.', span: { start: 0, end: 0 } }] };
  const nodes = new Map<string, FlowNode>();
  const arrows: FlowArrow[] = [];
  const problems: FlowNote[] = [];
  const see = (id: string, span: Span, label: string | null, labelSpan: Span | null, shape = '('): void => {
    const known = nodes.get(id);
    if (!known || label !== null || shape === '{')
      nodes.set(id, {
        id,
        label: label ?? known?.label ?? null,
        shape,
        span: known?.span ?? span,
        labelSpan: labelSpan ?? known?.labelSpan ?? null,
      });
  };
  let at = begin;
  let note = false;
  for (const line of text.slice(begin).split('\n').slice(0, mostLines)) {
    const words = line.trim().replace(/;$/, '');
    const start = at + line.indexOf(words);
    const span = { start, end: start + words.length };
    at += line.length + 1;
    if (note) note = !/^end\s+note$/i.test(words);
    else if (/^note\b/i.test(words)) note = !words.includes(':');
    else if (words !== '') readLine(words, span);
  }
  function readLine(words: string, span: Span): void {
    const way = arrow.exec(words);
    if (way) {
      const [, from = '', to = '', said] = way;
      const [a, b] = [from === '[*]' ? 'start' : from, to === '[*]' ? 'end' : to];
      for (const id of [a, b])
        if (!nodes.has(id)) see(id, span, id === 'start' ? 'Start' : id === 'end' ? 'End' : null, null, '(');
      const condition = said === undefined ? null : decodeLabel(said);
      arrows.push({ from: a, to: b, condition: condition === '' ? null : condition, marks: {}, span });
      return;
    }
    const chosen = choice.exec(words);
    if (chosen) return see(chosen[1] ?? '', span, null, null, chosen[2] === 'choice' ? '{' : '(');
    const said = described.exec(words);
    if (said && !/^(?:state|note)$/.test(said[3] ?? '')) {
      const label = said[1] ?? said[4] ?? '';
      const place = span.start + words.lastIndexOf(label);
      return see(said[2] ?? said[3] ?? '', span, decodeLabel(label), { start: place, end: place + label.length });
    }
    if (passedOver.test(words) || new RegExp(String.raw`^${name}$`, 'u').test(words)) return;
    if (problems.length < 100)
      problems.push({ message: `\`${words.slice(0, 40)}\` is no line of a state diagram that is read.`, span });
  }
  if (problems.length > 0) return { problems };
  return { flowchart: withoutChoices({ title: '', nodes: [...nodes.values()], arrows, notes: [] }) };
}

/** A choice that one state leads to is made by that state. */
function withoutChoices(chart: Flowchart): Flowchart {
  const makers = new Map<string, string>();
  for (const { id, shape, label } of chart.nodes) {
    const [only, ...others] = chart.arrows.filter(({ to }) => to === id);
    if (shape === '{' && label === null && only?.condition === null && others.length === 0) makers.set(id, only.from);
  }
  return {
    ...chart,
    nodes: chart.nodes.filter(({ id }) => !makers.has(id)),
    arrows: chart.arrows
      .filter(({ to }) => !makers.has(to))
      .map((arrow) => ({ ...arrow, from: makers.get(arrow.from) ?? arrow.from })),
  };
}
