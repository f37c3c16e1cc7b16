// Takes whole steps out of a guide into a guide of their own and leaves a step that links to it. Refuses, with a sentence, where
// what is taken out and what stays name each other in ways that would not survive.
import { allMatches, type Span } from '../base/index.ts';
import { applyEdits, type TextEdit } from '../diagnostics/index.ts';
import type { NodeId, Parameter } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { anchorLinks } from './anchors.ts';
import { flatGuide } from './flat-guide.ts';
import { occurrencesOf } from './occurrences.ts';
import type { Refusal } from './rename.ts';
import { renumberEdits } from './renumber.ts';
import { writtenSteps, type WrittenStep } from './step-names.ts';

export interface Extraction {
  readonly title: string;
  /** A name for the new file, without its folder. */
  readonly fileName: string;
  /** The new guide. */
  readonly text: string;
  /** What becomes of this one, given the name that the new file gets in the end. */
  edits(fileName: string): readonly TextEdit[];
}

/** The steps that the range touches, as a guide of their own; null when it touches no step with a heading. */
export function extractSteps(analysis: Analysis, range: Span): Extraction | Refusal | null {
  const tops = topSteps(analysis);
  const taken = tops.filter(({ span }) => span.start < range.end && range.start < span.end);
  const [first] = taken;
  const last = taken.at(-1);
  if (!first || !last) return null;
  if (taken.length === tops.length)
    return { refusal: 'These are all steps of the guide: nothing would be left of it.' };
  const region: Span = { start: first.span.start, end: last.span.end };
  const next = tops[tops.indexOf(last) + 1];
  const refusal = crossing(analysis, region, first.step.node.id, next?.step.node.id ?? null);
  if (refusal !== null) return { refusal };
  const leaving = endingSentences(analysis, region, next?.step.node.id ?? null);
  if ('refusal' in leaving) return leaving;

  const title = first.step.node.title || first.step.node.id;
  const inside = (edit: TextEdit): boolean => region.start <= edit.span.start && edit.span.end <= region.end;
  const ownNumbers = numbersFrom(analysis, region, 1);
  const across = linksAcross(analysis, region, first.step);
  const own = [
    ...renumberEdits(analysis, ownNumbers).filter(inside),
    ...leaving.edits,
    ...across.inside.map((at) => insertion(at, encodeURI(analysis.plan.guide.file))),
    ...raised(analysis, region),
    // A number alone says that it is a step's only where others do so too.
    ...(taken.length === 1 && first.step.numberSpan && first.step.word === null
      ? [insertion(first.step.numberSpan.start, 'Step ')]
      : []),
  ];
  const body = cutOut(analysis, region, withoutClashes(own));
  return {
    title,
    fileName: `${slug(title)}.tsg.md`,
    text: `${frontMatter(analysis, region, title)}# ${title}\n\n${body.trimEnd()}\n`,
    edits: (fileName) => {
      const shift = wholeNumbers(taken) - 1;
      const others = renumberEdits(analysis, numbersBehind(analysis, region, shift)).filter(
        (edit) => edit.span.end <= region.start || region.end <= edit.span.start,
      );
      return [
        ...others,
        ...toTheLink(analysis, region, first.step),
        ...across.outside.map((at) => insertion(at, encodeURI(fileName))),
        { span: region, newText: linkStep(analysis, first.step, title, fileName) },
      ];
    },
  };
}

/** Where links lead from one side to a heading on the other: the places of their `#`. */
function linksAcross({ guide }: Analysis, region: Span, entry: WrittenStep): { inside: number[]; outside: number[] } {
  const holds = (at: number): boolean => region.start <= at && at < region.end;
  const places = (isInside: boolean): number[] =>
    anchorLinks(guide).flatMap(({ heading, place }) => {
      const stays = heading.span.start === entry.node.source?.span.start && !isInside;
      return holds(place.start) === isInside && holds(heading.span.start) !== isInside && !stays
        ? [place.start - 1]
        : [];
    });
  return { inside: places(true), outside: places(false) };
}

function insertion(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

/** The steps stand right under the title of their guide, however deep they stood. */
function raised({ guide }: Analysis, region: Span): TextEdit[] {
  const headings = flatGuide(guide).headings.filter(
    ({ span }) => region.start <= span.start && span.start < region.end,
  );
  const by = Math.min(...headings.map(({ level }) => level)) - 2;
  return headings.flatMap(({ span: { start } }): TextEdit[] =>
    by > 0 && guide.text[start] === '#' ? [{ span: { start, end: start + by }, newText: '' }] : [],
  );
}

interface TopStep {
  readonly step: WrittenStep;
  /** From its heading to the end of all that stands under it. */
  readonly span: Span;
}

/** Steps with a heading that stand under no other step. */
function topSteps(analysis: Analysis): readonly TopStep[] {
  const byStart = new Map(
    [...writtenSteps(analysis).values()]
      .filter(({ kind }) => kind === 'heading')
      .map((step) => [step.node.source?.span.start ?? -1, step]),
  );
  const found: TopStep[] = [];
  for (const section of flatGuide(analysis.guide).sections) {
    const step = section.heading && byStart.get(section.heading.span.start);
    const within = (found.at(-1)?.span.end ?? -1) > section.span.start;
    if (step && !within) found.push({ step, span: section.span });
  }
  return found;
}

/** "After Step 3" outside, where Step 3 is taken out: what is done there is done in the step that links to it. */
function toTheLink(analysis: Analysis, region: Span, entry: WrittenStep): readonly TextEdit[] {
  const inside = idsIn(analysis, region);
  const { number } = entry;
  if (number === null) return [];
  return occurrencesOf(analysis).all.flatMap(({ symbol, form, span }): TextEdit[] => {
    const outside = span.end <= region.start || region.end <= span.start;
    const moved =
      symbol.kind === 'step' && form === 'number' && inside.has(symbol.node) && symbol.node !== entry.node.id;
    return outside && moved ? [{ span, newText: number }] : [];
  });
}

/** Why the region cannot be taken out; null when it can. */
function crossing(analysis: Analysis, region: Span, entry: NodeId, next: NodeId | null): string | null {
  const { plan } = analysis;
  const inside = idsIn(analysis, region);
  for (const { from, to } of [...plan.edges, ...plan.repeats]) {
    if (!inside.has(from) && inside.has(to) && to !== entry)
      return `${from} leads into the middle of the selection, to ${to}. Select from the step that others lead to.`;
    if (inside.has(from) && !inside.has(to) && to !== 'end' && to !== next)
      return `${from} leads to ${to}, which would be in the other guide. Select up to there, or end the selection before it.`;
  }
  const holds = ({ start, end }: Span): boolean => region.start <= start && end <= region.end;
  for (const { symbol, role, form, span } of occurrencesOf(analysis).all) {
    if (
      symbol.kind === 'step' &&
      (form === 'title' || form === 'anchor') &&
      inside.has(symbol.node) &&
      symbol.node !== entry &&
      !holds(span)
    )
      return `What stays names ${symbol.node} by its title. Select from there on, or end the selection before it.`;
    if (symbol.kind === 'step' && form === 'id' && inside.has(symbol.node) !== holds(span))
      return `A guard reads the result of ${symbol.node} across the border of the selection.`;
    if (symbol.kind !== 'result' || role !== 'mention') continue;
    const declared = occurrencesOf(analysis).all.find(
      (one) => one.role === 'declaration' && one.symbol.kind === 'result' && one.symbol.name === symbol.name,
    );
    if (declared && holds(declared.span) !== holds(span))
      return `A guard reads the result “${symbol.name}” across the border of the selection.`;
  }
  return null;
}

function idsIn({ plan }: Analysis, { start, end }: Span): ReadonlySet<NodeId> {
  return new Set(
    plan.nodes.flatMap(({ id, source }) =>
      source && start <= source.span.start && source.span.start < end ? [id] : [],
    ),
  );
}

/** "go to Step 6" where Step 6 comes after the selection: in the new guide that is its end. */
function endingSentences(
  analysis: Analysis,
  region: Span,
  next: NodeId | null,
): { readonly edits: readonly TextEdit[] } | Refusal {
  const { guide } = analysis;
  const inside = idsIn(analysis, region);
  const edits: TextEdit[] = [];
  for (const { symbol, form, span } of occurrencesOf(analysis).all) {
    if (symbol.kind !== 'step' || inside.has(symbol.node) || span.start < region.start || region.end < span.end)
      continue;
    const before = guide.text.slice(region.start, span.start);
    const jump =
      /\b(?:go|proceed|continue|skip|jump|move)(?:\s+(?:on|ahead|straight|directly|forward))?\s+to\s+(?:step\s+)?[`"“*_]*$/i.exec(
        before,
      );
    const after = /^[`"”*_]*/.exec(guide.text.slice(span.end))?.[0].length ?? 0;
    if (symbol.node !== next || !jump || form === 'id' || form === 'anchor')
      return { refusal: `The selection names ${symbol.node}, which would be in the other guide.` };
    edits.push({
      span: { start: region.start + jump.index, end: span.end + after },
      newText: /^[A-Z]/.test(jump[0]) ? 'This ends the guide' : 'this ends the guide',
    });
  }
  return { edits };
}

function numbersFrom(analysis: Analysis, region: Span, start: number): ReadonlyMap<NodeId, string> {
  const inside = idsIn(analysis, region);
  const numbered = [...writtenSteps(analysis).values()].filter(
    ({ node, kind, number }) => inside.has(node.id) && kind === 'heading' && number !== null,
  );
  // Of 2.3, 2.3.1 and 2.4 the first two parts count: they become 1, 1.1 and 2.
  const parts = Math.min(...numbered.map(({ number }) => (number ?? '').split('.').length));
  const counted = (number: string | null): string | null =>
    whole(number) === null
      ? null
      : (/^\d+(?:\.\d+)*/.exec(number ?? '')?.[0] ?? '').split('.').slice(0, parts).join('.');
  const order = [...new Set(numbered.map(({ number }) => counted(number)))];
  if (order.includes(null)) return new Map();
  return new Map(
    numbered.map(({ node, number }) => {
      const old = counted(number) ?? '';
      return [node.id, `${String(order.indexOf(old) + start)}${(number ?? '').slice(old.length)}`];
    }),
  );
}

/** The steps behind the region take up the numbers that become free. */
function numbersBehind(analysis: Analysis, region: Span, shift: number): ReadonlyMap<NodeId, string> {
  const numbers = new Map<NodeId, string>();
  if (shift <= 0) return numbers;
  for (const { node, kind, number } of writtenSteps(analysis).values()) {
    const old = whole(number);
    if (kind !== 'heading' || old === null || number === null || (node.source?.span.start ?? 0) < region.end) continue;
    numbers.set(node.id, `${String(Number(old) - shift)}${number.slice(old.length)}`);
  }
  return numbers;
}

function whole(number: string | null): string | null {
  return /^\d+/.exec(number ?? '')?.[0] ?? null;
}

function wholeNumbers(steps: readonly TopStep[]): number {
  return new Set(steps.flatMap(({ step }) => whole(step.number) ?? [])).size;
}

function withoutClashes(edits: readonly TextEdit[]): readonly TextEdit[] {
  const sorted = [...edits].sort((a, b) => b.span.end - b.span.start - (a.span.end - a.span.start));
  const kept: TextEdit[] = [];
  for (const edit of sorted)
    if (kept.every(({ span }) => edit.span.end <= span.start || span.end <= edit.span.start)) kept.push(edit);
  return kept;
}

function cutOut({ guide }: Analysis, region: Span, edits: readonly TextEdit[]): string {
  const moved = edits.map(({ span, newText }) => ({
    span: { start: span.start - region.start, end: span.end - region.start },
    newText,
  }));
  return applyEdits(guide.text.slice(region.start, region.end), moved);
}

function linkStep({ guide }: Analysis, step: WrittenStep, title: string, fileName: string): string {
  const start = step.node.source?.span.start ?? 0;
  const signs = /^#{1,6}/.exec(guide.text.slice(start, start + 6))?.[0] ?? '##';
  const name = step.number === null ? title : `${step.word === null ? '' : `${step.word} `}${step.number} - ${title}`;
  return `${signs} ${name}\n\nFollow [${title.replace(/[[\]]/g, '')}](${encodeURI(fileName)}).`;
}

function frontMatter({ guide, plan }: Analysis, region: Span, title: string): string {
  const read = allMatches(guide.text.slice(region.start, region.end), /\bparams\.(\w+)|\{(\w+)\}/g);
  const used = new Set([
    ...[...read].map(([, inGuard, inWords]) => inGuard ?? inWords),
    ...plan.nodes.flatMap(({ actions }) =>
      actions.flatMap(({ source, parameters }) =>
        region.start <= source.span.start && source.span.end <= region.end ? parameters : [],
      ),
    ),
  ]);
  const parameters = plan.guide.parameters.filter(({ name, origin }) => origin === 'declared' && used.has(name));
  const lines = parameters.flatMap(parameterLines);
  return ['---', `title: ${yaml(title)}`, ...(lines.length > 0 ? ['parameters:', ...lines] : []), '---', '', ''].join(
    '\n',
  );
}

function parameterLines(parameter: Parameter): string[] {
  const { name, type, description, pattern, required, secret, examples } = parameter;
  const lines = [`  - name: ${yaml(name)}`];
  const add = (key: string, value: string): void => void lines.push(`    ${key}: ${value}`);
  if (type !== 'string') add('type', type);
  if (description !== undefined) add('description', yaml(description));
  if (parameter.default !== undefined) add('default', yaml(parameter.default));
  if (pattern !== undefined) add('pattern', yaml(pattern));
  if (examples) add('examples', `[${examples.map(yaml).join(', ')}]`);
  if (!required && parameter.default === undefined) add('required', 'false');
  if (secret) add('secret', 'true');
  return lines;
}

/** Plain words as they are; everything else in quotes, which YAML takes as JSON does. */
function yaml(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const plain =
    /^[A-Za-z][\w ./-]*$/.test(value) &&
    !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(value) &&
    !value.endsWith(' ');
  return plain ? value : JSON.stringify(value);
}

function slug(title: string): string {
  const words = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return words.slice(0, 60) || 'guide';
}
