// A box of a drawn chart that has the name of a step of the guide is that step: the chart says when it is done, and the step
// what is done.
import type { DrawnArrow, Flow, FlowPart, StepDraft } from './draft.ts';
import { namesOf } from './read-chart.ts';
import { slug } from './slug.ts';

type Chart = FlowPart & { readonly kind: 'chart' };

/** The flow with such boxes taken for the steps that they name. */
export function nameBoxes(flow: Flow): Flow {
  if (!hasChart(flow)) return flow;
  const names = new Map<string, string>();
  const visit = (parts: Flow): void => {
    for (const part of parts) {
      if (part.kind === 'step') addNames(part.step);
      else if (part.kind === 'aside') visit(part.flow);
      else if (part.kind === 'choice') for (const option of part.options) visit(option.flow);
    }
  };
  const addNames = ({ title, aliases }: StepDraft): void => {
    for (const name of [...aliases, title]) {
      const key = slug(name);
      if (key !== '' && !names.has(key)) names.set(key, name);
    }
  };
  visit(flow);
  const replace = (parts: Flow): Flow =>
    parts.map((part): FlowPart => {
      if (part.kind === 'chart') return withNames(part, names);
      if (part.kind === 'aside') return { ...part, flow: replace(part.flow) };
      if (part.kind !== 'choice') return part;
      return { ...part, options: part.options.map((option) => ({ ...option, flow: replace(option.flow) })) };
    });
  const seen = new Set<number>();
  const named = replace(flow).filter(
    (part) => part.kind !== 'chart' || (!seen.has(part.start) && seen.add(part.start)),
  );
  return [...named.filter((part) => !isBehind(part)), ...named.filter(isBehind)];
}

/** A chart that begins with steps of the guide has its own boxes behind them. */
function isBehind(part: FlowPart): boolean {
  return part.kind === 'chart' && part.isBehind === true;
}

function hasChart(flow: Flow): boolean {
  return flow.some((part) => {
    if (part.kind === 'aside') return hasChart(part.flow);
    return part.kind === 'chart' || (part.kind === 'choice' && part.options.some((option) => hasChart(option.flow)));
  });
}

function withNames(chart: Chart, names: ReadonlyMap<string, string>): Chart {
  const taken = chart.nodes.map(({ title }) =>
    namesOf(title)
      .map((name) => names.get(slug(name)))
      .find((name) => name !== undefined),
  );
  if (taken.every((name) => name === undefined)) return chart;
  const places: (number | string)[] = [];
  const nodes = chart.nodes.filter((_, place) => {
    const name = taken[place];
    places.push(name ?? places.filter((one) => typeof one === 'number').length);
    return name === undefined;
  });
  const place = <T>(at: T): T | number | string => (typeof at === 'number' ? (places[at] ?? at) : at);
  const arrows = chart.arrows.map((arrow): DrawnArrow => ({ ...arrow, from: place(arrow.from), to: place(arrow.to) }));
  const entered = new Set(arrows.map(({ to }) => to));
  const isBehind =
    nodes.every((_, at) => entered.has(at)) &&
    arrows.some(({ from, to }) => typeof from === 'string' && typeof to === 'number');
  return { ...chart, nodes, arrows, ...(isBehind && { isBehind: true as const }) };
}
