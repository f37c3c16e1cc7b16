// "Symptom: …", "Cause: …", "Fix: …" on lines, in items or in sentences, again and again: each symptom is a case, and its fix is what to do.
import { allMatches } from '../base/index.ts';
import { cutProse, sentencesOf, type Block, type List, type Prose } from '../guide/index.ts';
import { paragraphOf, titleOf, type FlowBuilder, unnumbered } from './flow-builder.ts';
import type { Mode } from './read-plain.ts';

const symptom = String.raw`symptoms?|problems?|issues?|errors?|failures?|situations?|scenarios?|observations?`;
const cause = String.raw`(?:(?:possible|likely|probable|root|common)\s+)?(?:causes?|reasons?)|explanation|meaning|impact|why`;
const fix = String.raw`fix(?:es)?|solutions?|resolutions?|remed(?:y|ies)|remediations?|mitigations?|workarounds?|actions?|what\s+to\s+do|responses?|recovery`;
const check = String.raw`diagnos(?:is|tics)|checks?|verification|how\s+to\s+(?:confirm|verify|check)`;
const label = new RegExp(
  String.raw`(?<=^|[.;!?]\s+|\s)(?:(${symptom})|(${cause})|(${fix})|(${check}))\s*(?:#?\d{1,2}\s*)?:(?:\s+|$)`,
  'gi',
);
const mayLabel = new RegExp(String.raw`\b(?:${symptom})\s*(?:#?\d{1,2}\s*)?:`, 'i');

interface Part {
  readonly kind: 'symptom' | 'cause' | 'todo';
  readonly prose: Prose;
}

interface Problem {
  readonly symptom: Prose;
  readonly blocks: Block[];
  /** Words of its own that are labelled as what to do. */
  hasFix: boolean;
}

/**
 * Reads the problems that begin at `at`: several are options of one choice, and of a single one what to do is read. The place of the last
 * block that they take; null when there are none.
 */
export function readProblems(
  flow: FlowBuilder,
  blocks: readonly Block[],
  at: number,
  mode: Mode,
  read: (inner: FlowBuilder, blocks: readonly Block[], mode?: Mode) => void,
): number | null {
  const block = blocks[at];
  if (!block) return null;
  const found = block.kind === 'list' ? inList(block, at) : inParagraphs(blocks, at);
  if (!found || !found.problems.every(({ hasFix }) => hasFix)) return null;
  const { problems, last } = found;
  const [only, second] = problems;
  if (only && !second) {
    if (!(block.kind === 'list' || last === at)) return null;
    read(flow, only.blocks, mode);
    return last;
  }
  flow.closeChoice(false);
  for (const { symptom: words, blocks: inside } of problems) {
    const [sentence] = sentencesOf(words);
    const text = words.plain.replace(/[.\s]+$/, '').replace(/\s+/g, ' ');
    if (!sentence) continue;
    const inner = flow.addOption({ kind: 'if', text, start: 0, end: text.length, sentence }, text, false);
    inner.open(text, words.span);
    read(inner, inside);
    const step = { ...unnumbered, start: words.span.start };
    const [first] = inside;
    if (inner.isEmpty)
      inner.addStep({ ...step, ...titleOf(first?.kind === 'paragraph' ? first.prose : words, null), blocks: inside });
  }
  flow.closeChoice(true);
  return last;
}

function inList({ items }: List, at: number): { problems: Problem[]; last: number } | null {
  const problems: Problem[] = [];
  for (const { blocks } of items) for (const block of blocks) if (!take(problems, block)) return null;
  return problems.length > 0 ? { problems, last: at } : null;
}

/** Paragraphs with a symptom each, up to words that belong to none. */
function inParagraphs(blocks: readonly Block[], at: number): { problems: Problem[]; last: number } | null {
  const problems: Problem[] = [];
  let last = at - 1;
  for (let place = at; place < blocks.length; place++) {
    const block = blocks[place];
    if (!block || !take(problems, block)) break;
    last = place;
  }
  return problems.length > 0 ? { problems, last } : null;
}

/** Gives a block to the problem it belongs to; false where it belongs to none. */
function take(problems: Problem[], block: Block): boolean {
  const open = problems.at(-1);
  if (block.kind !== 'paragraph') {
    open?.blocks.push(block);
    return open !== undefined;
  }
  const parts = partsOf(block.prose);
  if (parts.length === 0) return false;
  if (!open && parts[0]?.kind !== 'symptom') return false;
  for (const { kind, prose } of parts) {
    if (kind === 'symptom') problems.push({ symptom: prose, blocks: [], hasFix: false });
    const now = problems.at(-1);
    if (!now || kind === 'symptom') continue;
    if (prose.plain.trim() !== '') now.blocks.push(paragraphOf(prose));
    if (kind === 'todo') now.hasFix = true;
  }
  return true;
}

/** The labelled parts of a paragraph that begins with one; none for any other. */
function partsOf(prose: Prose): readonly Part[] {
  const { plain } = prose;
  const marks = allMatches(plain, label).filter(
    ({ index }) => index === 0 || prose.breaks.includes(index - 1) || /[.;!?]\s+$/.test(plain.slice(0, index)),
  );
  if (marks[0]?.index !== 0) return [];
  return marks.map((match, place): Part => {
    const end = marks[place + 1]?.index ?? plain.length;
    const kind = match[1] !== undefined ? 'symptom' : match[2] !== undefined ? 'cause' : 'todo';
    return { kind, prose: cutProse(prose, match.index + match[0].length, trimmed(plain, end)) };
  });
}

function trimmed(plain: string, end: number): number {
  return plain.slice(0, end).trimEnd().length;
}

/** Whether a block may begin such a problem. */
export function mayBeProblem(block: Block): boolean {
  const first = block.kind === 'list' ? block.items[0]?.blocks[0] : block;
  return first?.kind === 'paragraph' && mayLabel.test(first.prose.plain.slice(0, 40));
}
