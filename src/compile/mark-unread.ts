// Marks what was not read. Branching language inside a step that became no edge, and branching language outside all steps,
// is kept with its reason, so that a person or a model can fill exactly that.
import { collect, coverageOf, Memory, onceFor, remember, type Coverage, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sentencesOf, stepToShow, type Block, type Guide, type Section } from '../guide/index.ts';
import type { NodeId, NotRead } from '../plan/index.ts';
import { asksNothing, onlyOpensPlace } from './asks-nothing.ts';
import { isBackground } from './headings.ts';
import { isBranching } from './branching.ts';
import { branchingOf, type Branching } from './branching-in.ts';
import { branchesInAnotherLanguage } from './foreign.ts';
import type { Step } from './draft.ts';
import { inSections } from './in-sections.ts';
import { withLetteredLists } from './lettered-lists.ts';
import { undrawnIn } from './mark-drawings.ts';
import { askingFootnotes } from './mark-footnotes.ts';
import { leftOver, type Owned } from './left-over.ts';
import type { Unread } from './link-steps.ts';
import { sourceOf } from './source.ts';

const outside = 'no step holds it';
const unnamed = 'it does not name the step to go to';

export function markUnread(
  guide: Guide,
  steps: readonly Step[],
  unread: readonly Unread[],
  options: readonly Span[],
  saysOf: (node: NodeId) => readonly string[],
  charts: ReadonlySet<number>,
): { notRead: NotRead[]; diagnostics: Diagnostic[] } {
  const found: Mark[] = unread.map(markOf);
  const owned = coverageOf(collect(steps, blocksOf));
  const titles = coverageOf(steps.map(({ titleSpan }) => titleSpan));
  const footnotes = askingFootnotes(guide.root).map((one): Mark => ({ ...one, paragraph: one.span.start }));
  const known = coverageOf([...options, ...footnotes.map(({ span }) => span)]);
  found.push(...footnotes, ...outsideSteps(guide, owned, known, titles), ...inAnotherLanguage(guide, steps));
  found.push(...undrawnIn(withLetteredLists(guide.root), charts).map((one) => ({ ...one, paragraph: one.span.start })));
  const said = coverageOf([...options, ...found.map(({ span }) => span)]);
  for (const one of leftOver(guide, owned, said, saysOf)) {
    found.push({ ...one, reason: 'the words around it were read without it', explains: false });
  }
  found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const marks = merge(found.map(judged));
  const target = stepToShow(steps);
  return {
    notRead: marks.map((mark) => notReadOf(guide, mark)),
    diagnostics: collect(marks, (mark) => reportsOf(mark, target)),
  };
}

/** Reasons that a sentence may have which asks for nothing. */
const mayExplain = new Set([
  outside,
  'the condition leads to no step and to no ending',
  'no step and no ending was found in it',
  'it asks to repeat, but not which step and how often',
  unnamed,
]);

/** The mark, as one that only explains where it asks for nothing. */
const judged = onceFor((mark: Mark): Mark => (mark.explains || asks(mark) ? mark : { ...mark, explains: true }));

/** True when somebody who follows the guide, or who wrote it, must know that this was not read. */
function asks({ text, reason, node }: Mark): boolean {
  if (reason === unnamed && onlyOpensPlace(text)) return false;
  return !mayExplain.has(reason) || !asksNothing(text, node !== undefined);
}

const markOf = onceFor(({ node, passage, reason, quiet }: Unread): Mark => {
  const { prose, text, span } = passage.sentence;
  return { node, paragraph: prose.span.start, text, reason, span, explains: quiet === true };
});

const madeOfMarks = new Memory<Mark, NotRead>();

/** Made once for each mark; lines are counted again where places are led back. */
function notReadOf(guide: Guide, mark: Mark): NotRead {
  let made = madeOfMarks.get(mark);
  if (made === undefined) {
    const { node, text, reason, span } = mark;
    made = { ...(node !== undefined && { node }), text, reason, source: sourceOf(guide, span) };
    madeOfMarks.set(mark, made);
  }
  return made;
}

interface Mark {
  readonly node?: NodeId;
  /** Where the paragraph begins: sentences of one that say the same reason are one mark. */
  readonly paragraph: number;
  readonly text: string;
  readonly reason: string;
  readonly span: Span;
  /** The first of several sentences that are one mark: what is underlined. */
  readonly first?: Span;
  /** It stands in a section that explains: kept in the plan, but nobody need be told. */
  readonly explains: boolean;
}

function merge(marks: readonly Mark[]): Mark[] {
  const merged: Mark[] = [];
  for (const mark of marks) {
    const last = merged.at(-1);
    if (
      last?.paragraph === mark.paragraph &&
      last.node === mark.node &&
      last.reason === mark.reason &&
      last.explains === mark.explains
    ) {
      const span = { start: last.span.start, end: Math.max(last.span.end, mark.span.end) };
      merged[merged.length - 1] = { ...last, text: `${last.text} ${mark.text}`, span, first: last.first ?? last.span };
    } else merged.push(mark);
  }
  return merged;
}

/** Where the blocks of a step stand. */
const blocksOf = onceFor(({ id, blocks }: Step): readonly Owned[] => blocks.map(({ span }) => ({ ...span, id })));

function outsideSteps(
  guide: Guide,
  owned: Coverage<Owned>,
  options: Coverage<Span>,
  titles: Coverage<Span>,
): readonly Mark[] {
  return branchingBelow(withLetteredLists(guide.root))
    .filter((mark) => !placesOf(mark).some((at) => owned.covers(at) || options.covers(at)))
    .map((mark) => (titles.covers(mark.span.start) ? { ...mark, reason: inName, explains: true } : mark));
}

/** Where a step or a way must hold the words. "Fix: if there is room, add a node.": what stands behind the label was read. */
const placesOf = onceFor(({ span, text }: Mark): readonly number[] =>
  labelled.test(text) ? [span.start, span.end - 1] : [span.start],
);

const labelled = /^\W*[^:.?!]{1,40}:\s+\S/;

/** "Step 4: Revoke the grants (if applicable)": the step is there, and it is done or not. */
const inName = 'it stands in the name of a step';

/** Branching sentences of a section and those below it, as marks of what no step holds. */
const branchingBelow: (section: Section) => readonly Mark[] = onceFor((section) => {
  const own = branchingOf(section).map((one): Mark => ({ ...one, reason: outside, explains: false }));
  const all = [...own, ...collect(section.sections, branchingBelow)];
  if (section.heading === null || !isBackground(section.heading)) return all;
  return all.map((mark) => ({ ...mark, reason: 'it stands in a section that explains', explains: true }));
});

/** The beginning of the words, on one line. */
const shown = remember((text: string): string => {
  const line = text.replace(/[`\s]+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}, 2000);

/** Sentences in steps and outside of them that branch in a language which no rule reads. */
function inAnotherLanguage(guide: Guide, steps: readonly Step[]): Mark[] {
  return foreignBelow(withLetteredLists(guide.root)).map((found): Mark => {
    const { start } = found.span;
    const holds = ({ span }: Block): boolean => span.start <= start && start < span.end;
    const node = steps.find(({ blocks }) => blocks.some(holds))?.id;
    const reason = 'it is in a language that the rules do not read';
    return { ...found, ...(node !== undefined && { node }), reason, explains: false };
  });
}

const foreignBelow = inSections((section) => collect(section.blocks, (block) => foreignIn(block)));

const foreignIn: (block: Block) => readonly Branching[] = onceFor((block) => {
  switch (block.kind) {
    case 'paragraph':
      if (!branchesInAnotherLanguage(block.prose.plain)) return [];
      return collect(sentencesOf(block.prose), ({ text, span }) =>
        branchesInAnotherLanguage(text) && !isBranching(text) ? [{ paragraph: block.span.start, text, span }] : [],
      );
    case 'list':
      return collect(block.items, ({ blocks }) => collect(blocks, foreignIn));
    case 'quote':
      return collect(block.blocks, foreignIn);
    default:
      return [];
  }
});

const madeReports = new Memory<Mark, { readonly target: string | null; readonly reports: readonly Diagnostic[] }>();

/** What is told of a mark. `target` is a step that the guide has, to show how one is led to. */
function reportsOf(mark: Mark, target: string | null): readonly Diagnostic[] {
  const { text, span, first = span, reason, explains } = mark;
  if (explains) return [];
  let made = madeReports.get(mark);
  if (made?.target !== target) {
    const hint =
      reason === outside
        ? 'Put it into the step after which it is decided, or under a heading that says what to do, or leave it as advice.'
        : target === null
          ? 'Say it as "If …, … This resolves the incident.", or leave it as advice.'
          : `Say it as "If …, go to ${target}." or "If …, … This resolves the incident.", or leave it as advice.`;
    const message = `\`${shown(text)}\` is not in the plan: ${reason}.`;
    madeReports.set(mark, (made = { target, reports: [makeDiagnostic('plan.not-read', first, message, { hint })] }));
  }
  return made.reports;
}
