// Every place of a guide that names a step, a parameter or a result: where it is declared and where it is mentioned. References,
// highlights and renaming all read this one list, made once for each analysis.
import { allMatches, type Span } from '../base/index.ts';
import { sourceSpan, type Prose } from '../guide/index.ts';
import type { NodeId } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { anchorLinks } from './anchors.ts';
import { flatGuide } from './flat-guide.ts';
import { stepMentions } from './step-mentions.ts';
import { writtenSteps } from './step-names.ts';

/** A thing of the guide that has a name. */
export type GuideSymbol =
  | { readonly kind: 'step'; readonly node: NodeId }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'result'; readonly name: string };

/**
 * One place that names it. `span` covers just the name.
 *
 *     ## Step 3 - Restart              declaration, once as `number` (`3`) and once as `title` (`Restart`)
 *     go to Step 3, or `Restart`       `number`, `title`
 *     [there](#step-3---restart)       `anchor`, without the `#`
 *     `steps.Step3.rowCount > 0`       `id`; `access` covers `.Step3`
 *     `{region}`, `params.region`      `name`
 */
export interface Occurrence {
  readonly symbol: GuideSymbol;
  readonly role: 'declaration' | 'mention';
  readonly form: 'number' | 'title' | 'anchor' | 'id' | 'name';
  readonly span: Span;
  readonly access?: Span;
}

/** "Steps 2 through 10" names those between too, though nothing in it can be renamed for them. */
export interface StepRange {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly span: Span;
}

export interface Occurrences {
  /** In the order of the text, each place once. */
  readonly all: readonly Occurrence[];
  readonly ranges: readonly StepRange[];
}

const made = new WeakMap<object, Occurrences>();

export function occurrencesOf(analysis: Pick<Analysis, 'guide' | 'plan'>): Occurrences {
  const known = made.get(analysis.plan);
  if (known) return known;
  const { mentions, ranges } = stepMentions(analysis);
  const found = [...declaredSteps(analysis), ...mentions, ...anchors(analysis), ...named(analysis)];
  const seen = new Set<string>();
  const all = found
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || rank(a) - rank(b))
    .filter(({ span }) => {
      const key = `${String(span.start)} ${String(span.end)}`;
      return span.end > span.start && !seen.has(key) && seen.add(key);
    });
  const result = { all, ranges };
  made.set(analysis.plan, result);
  return result;
}

/** What the offset stands on: the smallest place that touches it. The word "Step" of a heading stands for its number. */
export function occurrenceAt(analysis: Pick<Analysis, 'guide' | 'plan'>, offset: number): Occurrence | undefined {
  let best: Occurrence | undefined;
  for (const one of occurrencesOf(analysis).all) {
    const { start, end } = one.span;
    if (start > offset) break;
    if (offset <= end && (!best || end - start < best.span.end - best.span.start)) best = one;
  }
  return best ?? headingAt(analysis, offset);
}

function headingAt(analysis: Pick<Analysis, 'guide' | 'plan'>, offset: number): Occurrence | undefined {
  const step = [...writtenSteps(analysis).values()].find(
    ({ kind, numberSpan, node: { titleSource } }) =>
      kind === 'heading' &&
      numberSpan &&
      titleSource &&
      titleSource.span.start <= offset &&
      offset <= titleSource.span.end,
  );
  if (!step?.numberSpan) return undefined;
  return { symbol: { kind: 'step', node: step.node.id }, role: 'declaration', form: 'number', span: step.numberSpan };
}

export function sameSymbol(a: GuideSymbol, b: GuideSymbol): boolean {
  if (a.kind === 'step') return b.kind === 'step' && a.node === b.node;
  return b.kind === a.kind && a.name === b.name;
}

function rank({ role }: Occurrence): number {
  return role === 'declaration' ? 0 : 1;
}

function declaredSteps(analysis: Pick<Analysis, 'guide' | 'plan'>): Occurrence[] {
  return [...writtenSteps(analysis).values()].flatMap(({ node, kind, numberSpan, titleSpan }): Occurrence[] => {
    if (kind === 'passage') return [];
    const symbol = { kind: 'step', node: node.id } as const;
    const title: Occurrence = { symbol, role: 'declaration', form: 'title', span: titleSpan };
    return numberSpan ? [{ symbol, role: 'declaration', form: 'number', span: numberSpan }, title] : [title];
  });
}

function anchors({ guide, plan }: Pick<Analysis, 'guide' | 'plan'>): Occurrence[] {
  const links = anchorLinks(guide);
  if (links.length === 0) return [];
  const byStart = new Map(plan.nodes.map(({ id, source }) => [source?.span.start ?? -1, id]));
  return links.flatMap(({ heading, place }): Occurrence[] => {
    const node = byStart.get(heading.span.start);
    return node === undefined ? [] : [{ symbol: { kind: 'step', node }, role: 'mention', form: 'anchor', span: place }];
  });
}

/** Parameters and results by their names. */
function named(analysis: Pick<Analysis, 'guide' | 'plan'>): Occurrence[] {
  const { guide, plan } = analysis;
  const found: Occurrence[] = [];
  const add = (symbol: GuideSymbol, role: Occurrence['role'], span: Span): void => {
    found.push({ symbol, role, form: 'name', span });
  };
  const parameters = new Set(plan.guide.parameters.map(({ name }) => name));
  for (const { name, origin, source } of plan.guide.parameters) {
    if (origin !== 'declared' || !source) continue;
    const at = guide.text.slice(source.span.start, source.span.end).indexOf(name);
    const start = source.span.start + at;
    if (at >= 0) add({ kind: 'parameter', name }, 'declaration', { start, end: start + name.length });
  }
  for (const { actions } of plan.nodes) {
    for (const { parameter, span } of actions.flatMap(({ placeholders }) => placeholders)) {
      const inner = /[A-Za-z_][\w .-]*\w|[A-Za-z_]/.exec(guide.text.slice(span.start, span.end));
      // `my-cluster` stands for `cluster` because a sentence says so, and another word there would not.
      if (inner?.[0].replace(/\s+/g, '_') !== parameter) continue;
      const start = span.start + inner.index;
      add({ kind: 'parameter', name: parameter }, 'mention', { start, end: start + inner[0].length });
    }
  }
  const results = new Set<string>();
  for (const code of flatGuide(guide).codes) {
    for (const { name, value, span } of code.kind === 'code' ? code.attributes : []) {
      if (name !== 'as' || !/^[A-Za-z_]\w*$/.test(value)) continue;
      results.add(value);
      const start = span.start + guide.text.slice(span.start, span.end).lastIndexOf(value);
      add({ kind: 'result', name: value }, 'declaration', { start, end: start + value.length });
    }
  }
  for (const prose of flatGuide(guide).proses) namesInProse(prose, parameters, results, add);
  return found;
}

function namesInProse(
  prose: Prose,
  parameters: ReadonlySet<string>,
  results: ReadonlySet<string>,
  add: (symbol: GuideSymbol, role: Occurrence['role'], span: Span) => void,
): void {
  const { plain, codes } = prose;
  const mention = (kind: 'parameter' | 'result', name: string, start: number): void => {
    add({ kind, name }, 'mention', sourceSpan(prose, start, start + name.length));
  };
  for (const { start, end } of codes) {
    const code = plain.slice(start, end);
    const whole = /^(?:\{\{?|<|\$)?([A-Za-z_][\w-]*)(?:\}\}?|>)?$/.exec(code)?.[1];
    if (whole !== undefined && parameters.has(whole)) mention('parameter', whole, start + code.indexOf(whole));
    const members = /\b(params|results)(?:\.|\[['"])([A-Za-z_][\w-]*)/g;
    for (const { 0: all, 1: of, 2: name = '', index } of allMatches(code, members)) {
      const at = start + index + all.length - name.length;
      if (of === 'params' && parameters.has(name)) mention('parameter', name, at);
      if (of === 'results' && results.has(name)) mention('result', name, at);
    }
  }
  if (!plain.includes('{')) return;
  for (const { 0: all, 1: name = '', index } of allMatches(plain, /\{\{?([A-Za-z_][\w-]*)\}\}?/g)) {
    const inCode = codes.some(({ start, end }) => start <= index && index < end);
    if (!inCode && parameters.has(name)) mention('parameter', name, index + all.indexOf(name));
  }
}
