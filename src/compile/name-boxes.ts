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
  const addNames = ({ title, aliases, number }: StepDraft): void => {
    for (const name of [...aliases, title, ...(number === null ? [] : [`step ${number}`])]) {
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
  const behind = named.filter((part): part is Chart => part.kind === 'chart' && part.isBehind === true);
  const parts = named.filter((part) => part.kind !== 'chart' || part.isBehind !== true);
  for (const chart of behind) parts.splice(placeBehind(parts, chart), 0, chart);
  return parts;
}

/** Where a chart stands that begins with steps of the guide: behind the last section that it names. */
function placeBehind(parts: Flow, { arrows }: Chart): number {
  const names = new Set(
    arrows
      .flatMap(({ from, to }) => [from, to])
      .filter((one) => typeof one === 'string')
      .map(slug),
  );
  const last = parts.findLastIndex(
    (part) => part.kind === 'step' && [part.step.title, ...part.step.aliases].some((name) => names.has(slug(name))),
  );
  const next = parts.findIndex(
    (part, at) => at > last && part.kind === 'step' && (part.step.kind === 'heading' || part.step.aliases.length > 0),
  );
  return next === -1 ? parts.length : next;
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
