// How the author numbers and calls each step: where the number stands, and how a sentence names the step.
import type { Span } from '../base/index.ts';
import { readNumbering } from '../guide/index.ts';
import type { NodeId, PlanNode } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { flatGuide } from './flat-guide.ts';

/**
 * A step's name in its heading or item.
 *
 *     ### Step 3.1 - Check flags       number `3.1`, word `Step`, `numberSpan` covers `3.1`, `titleSpan` `Check flags`
 */
export interface WrittenStep {
  readonly node: PlanNode;
  /** A `passage` is a step that only the plan tells apart: a condition with something to do of its own. */
  readonly kind: 'heading' | 'item' | 'passage';
  /** The heading or item that a passage stands under; of others the step itself. */
  readonly owner: NodeId;
  /** Null when the author gives none. */
  readonly number: string | null;
  readonly numberSpan: Span | null;
  readonly word: string | null;
  readonly titleSpan: Span;
}

const made = new WeakMap<object, ReadonlyMap<NodeId, WrittenStep>>();

/** Steps by node, in the order of the plan; those of plans without a text are left out. */
export function writtenSteps({ guide, plan }: Pick<Analysis, 'guide' | 'plan'>): ReadonlyMap<NodeId, WrittenStep> {
  const known = made.get(plan);
  if (known) return known;
  const found = new Map<NodeId, WrittenStep>();
  const headings = new Set(flatGuide(guide).headings.map(({ span }) => span.start));
  let owner: NodeId | null = null;
  for (const node of plan.nodes) {
    const name = node.titleSource?.span;
    const start = node.source?.span.start;
    if (!name || start === undefined || name.end <= name.start) continue;
    const written: Omit<WrittenStep, 'owner'> = read(guide.text, node, start, name, headings.has(start));
    if (written.kind !== 'passage' || owner === null) owner = node.id;
    found.set(node.id, { ...written, owner });
  }
  made.set(plan, found);
  return found;
}

function read(text: string, node: PlanNode, start: number, name: Span, isHeading: boolean): Omit<WrittenStep, 'owner'> {
  const before = text.slice(start, Math.max(start, name.start));
  const item = /^\s*(\d{1,9})[.)]\s/.exec(before);
  if (item?.[1] !== undefined) {
    const at = start + item[0].indexOf(item[1]);
    const numberSpan = { start: at, end: at + item[1].length };
    return { node, kind: 'item', number: item[1], numberSpan, word: null, titleSpan: name };
  }
  if (!isHeading) return { node, kind: 'passage', number: null, numberSpan: null, word: null, titleSpan: name };
  const words = text.slice(name.start, name.end);
  const { number, titleStart } = readNumbering(words);
  const head = words.slice(0, titleStart);
  const at = number === null ? -1 : head.toLowerCase().lastIndexOf(number.toLowerCase());
  const numberSpan =
    at < 0 || number === null ? null : { start: name.start + at, end: name.start + at + number.length };
  const word = /[\p{L}]+/u.exec(at < 0 ? '' : head.slice(0, at))?.[0] ?? null;
  const titleSpan = titleStart < words.length ? { start: name.start + titleStart, end: name.end } : name;
  return { node, kind: 'heading', number: at < 0 ? null : number, numberSpan, word, titleSpan };
}

/** What a sentence calls a step: `Step 3.1`, `Phase 2`, or its title in back-ticks when a number would not lead there. */
export function stepReference(analysis: Pick<Analysis, 'guide' | 'plan'>, node: PlanNode): string {
  const written = writtenSteps(analysis).get(node.id);
  const number = node.id.replace(/^Step/, '');
  const named = written === undefined || written.number !== null || written.kind === 'item';
  if ((number.includes('_') || !named) && node.title !== '' && !node.title.includes('`')) return `\`${node.title}\``;
  const word = written?.word ?? 'Step';
  return `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()} ${number}`;
}
