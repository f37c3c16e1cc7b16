// Writes a proposal into the guide as the author could have written it: plain sentences that the rules read. What is written
// is compiled again, and counts only if exactly the proposed ways come of it and nothing that was there goes.
import { applyEdits, type TextEdit } from '../diagnostics/index.ts';
import { analyze, type Analysis, type AnalyzeAbout } from '../editing/index.ts';
import type { Block, Guide, Section } from '../guide/index.ts';
import {
  findNode,
  type NodeId,
  type NotRead,
  type Outcome,
  type Plan,
  type PlanEdge,
  type Repeat,
} from '../plan/index.ts';
import type { ProposedWay, WrittenLine } from './proposal.ts';

/** Null where no sentence at no place comes out as proposed. */
export function writeWays(
  analysis: Analysis,
  about: AnalyzeAbout,
  passage: NotRead,
  ways: readonly ProposedWay[],
): WrittenLine | null {
  const { guide, plan } = analysis;
  const byStep = new Map<NodeId, ProposedWay[]>();
  for (const way of ways) byStep.set(way.from, [...(byStep.get(way.from) ?? []), way]);
  const silence = silencing(guide.text, passage);
  for (const name of names) {
    for (const place of places) {
      const texts: string[] = [];
      const edits: TextEdit[] = [silence];
      for (const [from, leaving] of byStep) {
        const sentences = leaving.map((way) => sentenceOf(plan, way, name)).join(' ');
        const edit = place(guide, plan, passage, from, sentences);
        if (!edit) break;
        texts.push(sentences);
        edits.push(edit);
      }
      if (texts.length < byStep.size) continue;
      const written = analyze(applyEdits(guide.text, edits), about);
      if (holds(analysis, written, ways)) return { text: texts.join('\n'), edits, plan: written.plan };
    }
  }
  return null;
}

/** The comment that says that the author has seen the passage and that nothing more need be told about it. */
export function writeSilence(analysis: Analysis, about: AnalyzeAbout, passage: NotRead): WrittenLine | null {
  const edit = silencing(analysis.guide.text, passage);
  const written = analyze(applyEdits(analysis.guide.text, [edit]), about);
  return holds(analysis, written, []) ? { text: edit.newText.trim(), edits: [edit], plan: written.plan } : null;
}

const silenceComment = '<!-- tsg-disable-line plan.not-read -->';

/** Behind the passage, or at the end of its first line where it has several. */
function silencing(text: string, { source }: NotRead): TextEdit {
  const { start, end } = source.span;
  const firstLine = text.indexOf('\n', start);
  let at = firstLine < 0 || firstLine >= end ? end : firstLine;
  if (text[at - 1] === '\r') at--;
  while (/[*_~`)\]"”.]/.test(text[at] ?? '')) at++;
  return { span: { start: at, end: at }, newText: ` ${silenceComment}` };
}

/** How a sentence names a step. */
type NameOf = (plan: Plan, id: NodeId) => string;

const names: readonly NameOf[] = [
  (_plan, id) => id.replace(/^Step(?=\d)/, 'Step '),
  (plan, id) => `\`${titleOf(plan, id)}\``,
  (plan, id) => `"${titleOf(plan, id)}"`,
];

function titleOf(plan: Plan, id: NodeId): string {
  return (findNode(plan, id)?.title ?? id).replace(/[`"]/g, '');
}

const endings: Readonly<Record<Outcome, string>> = {
  resolved: 'this resolves the incident',
  mitigated: 'this mitigates the incident',
  escalated: 'escalate',
  'not-applicable': 'this guide does not apply',
  completed: 'this ends the guide',
};

function sentenceOf(plan: Plan, { to, outcome, condition, guard, again }: ProposedWay, name: NameOf): string {
  const back = again?.said ? `, up to ${again.max} times` : '';
  const does = outcome === undefined ? `go ${again ? 'back ' : ''}to ${name(plan, to)}${back}` : endings[outcome];
  if (condition === null) return `${does.charAt(0).toUpperCase()}${does.slice(1)}.`;
  if (condition === 'otherwise') return `Otherwise, ${does}.`;
  return `If ${condition}${guard === null ? '' : ` (\`${guard}\`)`}, ${does}.`;
}

/** Where sentences of a step are put; null where that is no place for them. */
type Place = (guide: Guide, plan: Plan, passage: NotRead, from: NodeId, text: string) => TextEdit | null;

const places: readonly Place[] = [
  // A paragraph of its own behind the passage's, in the same item or quote.
  (guide, _plan, passage, from, text) => {
    if (passage.node !== from) return null;
    const block = paragraphAt(guide.root, passage.source.span.start);
    if (!block) return null;
    const lineStart = guide.text.lastIndexOf('\n', block.start - 1) + 1;
    const margin = guide.text.slice(lineStart, block.start).replace(/[^>\s]/g, ' ');
    return insertAt(guide.text, endOfLine(guide.text, block.end), margin, text);
  },
  // A paragraph at the end of the step's own text.
  (guide, plan, _passage, from, text) => {
    const source = findNode(plan, from)?.source;
    if (!source) return null;
    let end = source.span.end;
    while (end > source.span.start && /\s/.test(guide.text[end - 1] ?? '')) end--;
    return insertAt(guide.text, endOfLine(guide.text, end), '', text);
  },
];

function insertAt(text: string, at: number, margin: string, sentences: string): TextEdit {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { span: { start: at, end: at }, newText: `${newline}${margin.trimEnd()}${newline}${margin}${sentences}` };
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  const at = end < 0 ? text.length : end;
  return text[at - 1] === '\r' ? at - 1 : at;
}

/** The span of the paragraph that holds an offset; undefined in a table or a heading. */
function paragraphAt(section: Section, offset: number): Block['span'] | undefined {
  for (const inner of section.sections) {
    const found = paragraphAt(inner, offset);
    if (found) return found;
  }
  return paragraphIn(section.blocks, offset);
}

function paragraphIn(blocks: readonly Block[], offset: number): Block['span'] | undefined {
  for (const block of blocks) {
    if (offset < block.span.start || offset >= block.span.end) continue;
    if (block.kind === 'paragraph') return block.span;
    const inner =
      block.kind === 'list' ? block.items.flatMap((item) => item.blocks) : block.kind === 'quote' ? block.blocks : [];
    const found = paragraphIn(inner, offset);
    if (found) return found;
  }
  return undefined;
}

/** True when the edited guide has the same steps, every way that was stated, the proposed ones, and no new error. */
function holds(before: Analysis, after: Analysis, ways: readonly ProposedWay[]): boolean {
  const ids = ({ nodes }: Plan): string => nodes.map(({ id, title }) => `${id} ${title}`).join('\n');
  if (ids(before.plan) !== ids(after.plan) || errors(after) > errors(before)) return false;
  const left = [...after.plan.edges];
  const take = (same: (edge: PlanEdge) => boolean): boolean => {
    const at = left.findIndex(same);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const stated = before.plan.edges.filter(({ source }) => source !== undefined);
  const kept = stated.every((edge) =>
    take(({ from, to, condition }) => from === edge.from && to === edge.to && condition === edge.condition),
  );
  const rounds = [...after.plan.repeats];
  const takeRound = (same: (repeat: Repeat) => boolean): boolean => {
    const at = rounds.findIndex(same);
    if (at >= 0) rounds.splice(at, 1);
    return at >= 0;
  };
  const keptRounds = before.plan.repeats.every((old) =>
    takeRound(
      ({ from, to, condition, max }) =>
        from === old.from && to === old.to && condition === old.condition && max === old.max,
    ),
  );
  const made = ways.every((way) => {
    const { again } = way;
    return again ? takeRound((repeat) => repeat.max === again.max && isWay(way)(repeat)) : take(isWay(way));
  });
  return kept && keptRounds && made && rounds.length === 0;
}

function isWay(way: ProposedWay): (edge: Pick<PlanEdge, 'from' | 'to' | 'outcome' | 'condition' | 'guard'>) => boolean {
  return ({ from, to, outcome, condition, guard }) => {
    if (from !== way.from || to !== way.to) return false;
    if (way.outcome !== undefined && outcome !== way.outcome) return false;
    if (way.condition === null) return condition === null;
    if (way.condition === 'otherwise') return guard?.kind === 'else';
    if (way.guard !== null && !(guard?.kind === 'cel' && guard.cel === way.guard)) return false;
    return condition?.includes(way.condition) ?? false;
  };
}

function errors({ diagnostics }: Analysis): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}
