// Gives steps other numbers: in their headings, in every sentence, anchor and guard that names them. A heading's anchor follows
// from its words, so whatever changes headings goes through `withAnchors`.
import type { Span } from '../base/index.ts';
import type { TextEdit } from '../diagnostics/index.ts';
import type { NodeId } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { anchorLinks, headingAnchors } from './anchors.ts';
import { flatGuide } from './flat-guide.ts';
import { occurrencesOf } from './occurrences.ts';
import { nodeAt } from './places.ts';
import { writtenSteps, type WrittenStep } from './step-names.ts';

/** Edits for new numbers by node; steps that are not among them stay as they are. */
export function renumberEdits(analysis: Analysis, numbers: ReadonlyMap<NodeId, string>): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const written = writtenSteps(analysis);
  for (const { symbol, form, span, access } of occurrencesOf(analysis).all) {
    const number = symbol.kind === 'step' ? newNumber(symbol.node, written, numbers) : undefined;
    if (number === undefined) continue;
    if (form === 'number') edits.push({ span, newText: number });
    if (form !== 'id') continue;
    const id = `Step${number}`;
    const dotted = access !== undefined && analysis.guide.text[access.start] === '.' && !/^\w+$/.test(id);
    edits.push(dotted ? { span: access, newText: `['${id}']` } : { span, newText: id });
  }
  return withAnchors(
    analysis,
    edits.filter(({ span, newText }) => analysis.guide.text.slice(span.start, span.end) !== newText),
  );
}

/** A passage's name begins with that of its owner: `Step3a` under `Step3`. */
function newNumber(
  node: NodeId,
  written: ReadonlyMap<NodeId, WrittenStep>,
  numbers: ReadonlyMap<NodeId, string>,
): string | undefined {
  const owner = written.get(node)?.owner ?? node;
  const number = numbers.get(node) ?? numbers.get(owner);
  if (number === undefined || owner === node) return number;
  return node.startsWith(owner) ? `${number}${node.slice(owner.length)}` : undefined;
}

/** The edits, and those of links to headings that they change. */
export function withAnchors({ guide }: Pick<Analysis, 'guide'>, edits: readonly TextEdit[]): readonly TextEdit[] {
  const links = anchorLinks(guide);
  if (links.length === 0) return edits;
  const before = headingAnchors(guide);
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start);
  let next = 0;
  // Headings come in the order of the text, and so do the edits.
  const after = headingAnchors(guide, ({ prose }) => {
    while ((sorted[next]?.span.start ?? Infinity) < prose.span.start) next++;
    const inside: TextEdit[] = [];
    for (let edit = sorted[next]; edit && edit.span.end <= prose.span.end; edit = sorted[++next]) inside.push(edit);
    if (inside.length === 0) return prose.plain;
    return inside
      .sort((a, b) => b.span.start - a.span.start)
      .reduce(
        (words, { span, newText }) => {
          const from = span.start - prose.span.start;
          return words.slice(0, from) + newText + words.slice(from + span.end - span.start);
        },
        guide.text.slice(prose.span.start, prose.span.end),
      )
      .replace(/[*_`]+/g, '');
  });
  const changed = new Map(before.map((one, index) => [one.heading, { was: one.anchor, is: after[index]?.anchor }]));
  const moved = links.flatMap(({ heading, place: span }): TextEdit[] => {
    const { was, is } = changed.get(heading) ?? {};
    if (was === undefined || is === undefined || was === is) return [];
    const anchor = guide.text.slice(span.start, span.end).toLowerCase();
    // Some renderers make one dash of several, and the author's links are for such a one.
    const newText = anchor !== was && anchor === oneDash(was) ? oneDash(is) : is;
    return newText === anchor ? [] : [{ span, newText }];
  });
  return [...edits, ...moved];
}

function oneDash(anchor: string): string {
  return anchor.replace(/-{2,}/g, '-');
}

/** Numbers in the order of the headings; null when they are so already, or when two steps share a number. */
export function renumberInOrder(analysis: Analysis): readonly TextEdit[] | null {
  const steps = numberedHeadings(analysis);
  const numbers = numbersInOrder(steps);
  if (!numbers || steps.every(({ node, number }) => numbers.get(node.id) === number)) return null;
  return renumberEdits(analysis, numbers);
}

/** None where a heading among them has a number and is no step of the plan: the numbers count it, and we could not. */
function numberedHeadings(analysis: Analysis): (WrittenStep & { readonly number: string })[] {
  const steps = new Map([...writtenSteps(analysis).values()].map(({ node, kind }) => [node.source?.span.start, kind]));
  const { headings } = flatGuide(analysis.guide);
  const levels = new Set(
    headings.flatMap(({ span, level, number }) =>
      number !== null && steps.get(span.start) === 'heading' ? [level] : [],
    ),
  );
  if (headings.some(({ span, level, number }) => number !== null && levels.has(level) && !steps.has(span.start)))
    return [];
  return [...writtenSteps(analysis).values()].flatMap((step) =>
    step.kind === 'heading' && step.number !== null ? [{ ...step, number: step.number }] : [],
  );
}

function numbersInOrder(
  steps: readonly { node: { id: NodeId }; number: string }[],
): ReadonlyMap<NodeId, string> | null {
  if (new Set(steps.map(({ number }) => number)).size < steps.length) return null;
  const counts: number[] = [];
  const numbers = new Map<NodeId, string>();
  for (const { node, number } of steps) {
    const parts = number.split('.');
    if (parts.length > counts.length + 1) return null;
    const start = counts.length >= parts.length ? (counts[parts.length - 1] ?? 0) + 1 : parts.at(-1) === '0' ? 0 : 1;
    counts.length = parts.length - 1;
    counts.push(start);
    numbers.set(node.id, counts.join('.'));
  }
  return numbers;
}

/** A step put in after another, with the numbers of those behind it moved on by one. */
export interface Insertion {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Puts a step in after the one at the offset; null where steps have no whole numbers of their own. */
export function insertStepAfter(analysis: Analysis, offset: number): Insertion | null {
  const { guide, plan } = analysis;
  const steps = numberedHeadings(analysis);
  if (new Set(steps.map(({ number }) => number)).size < steps.length) return null;
  const written = writtenSteps(analysis);
  const here = written.get(nodeAt(plan, offset)?.id ?? '')?.owner;
  const own = steps.find(({ node }) => node.id === here);
  const top = own && /^\d+/.exec(own.number)?.[0];
  const first = steps.find(({ number }) => number === top);
  if (top === undefined || !first) return null;
  const family = steps.filter(({ number }) => number === top || number.startsWith(`${top}.`));
  const owners = new Set(family.map(({ node }) => node.id));
  const texts = [...written.values()].filter(({ owner }) => owners.has(owner));
  const end = Math.max(...texts.map(({ node }) => node.source?.span.end ?? 0));
  const next = Number(top) + 1;
  const numbers = new Map<NodeId, string>();
  for (const { node, number } of steps) {
    const whole = /^\d+/.exec(number)?.[0] ?? '';
    if (Number(whole) >= next) numbers.set(node.id, `${String(Number(whole) + 1)}${number.slice(whole.length)}`);
  }
  const start = first.node.source?.span.start ?? 0;
  const signs = /^#{1,6}/.exec(guide.text.slice(start, start + 6))?.[0] ?? '##';
  const word = first.word === null ? '' : `${first.word} `;
  const at: Span = { start: end, end };
  const edits = [
    ...renumberEdits(analysis, numbers),
    { span: at, newText: `\n\n${signs} ${word}${String(next)} - New step\n\nSay what to do.` },
  ];
  const title =
    numbers.size === 0
      ? `Insert a step after step ${top}`
      : `Insert a step after step ${top} and renumber those behind it`;
  return { title, edits };
}
