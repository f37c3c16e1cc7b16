// Makes a wiki page - headings and prose, no steps - into a guide with numbered steps. Only headings are put in or numbered: the
// author's sentences stay word for word, and a person looks at the difference before anything is written.
import { allMatches, type Span } from '../base/index.ts';
import { applyEdits, type TextEdit } from '../diagnostics/index.ts';
import { isImperative } from '../compile/index.ts';
import { readNumbering, sentencesOf, type Block, type Paragraph, type Section, type Sentence } from '../guide/index.ts';
import { planOf, type Analysis } from './analyze.ts';
import { flatGuide } from './flat-guide.ts';
import { occurrencesOf } from './occurrences.ts';
import type { Refusal } from './rename.ts';
import { withAnchors } from './renumber.ts';
import { writtenSteps } from './step-names.ts';

export interface Conversion {
  readonly text: string;
  /** How many steps it has now. */
  readonly steps: number;
}

/** Sections by these names tell about the guide or its system; nothing is done in them. */
const telling =
  /^(?:about|alerts?|appendix|architecture|background|change ?log|contacts?|contents|context|dashboards?|description|escalation contacts|faq|further reading|glossary|history|impact|introduction|links|meaning|notes?|overview|owners?|prerequisites?|purpose|references?|related.*|requirements?|resources|see also|severity|summary|symptoms?|table of contents|terminology)\b/i;

/** A sentence that begins so goes on to another thing to do. */
const goesOn = /^(?:then|next|after that|afterwards|finally|lastly|second(?:ly)?|third(?:ly)?|now)\b/i;
const conditional = /^(?:if|when|in case|should|otherwise|else|unless)\b/i;

export function convertToSteps(analysis: Analysis): Conversion | Refusal {
  const { guide } = analysis;
  const numbered = [...writtenSteps(analysis).values()].filter(
    ({ number, kind }) => kind === 'heading' && number !== null,
  );
  if (numbered.some(({ word }) => word !== null)) return { refusal: 'This guide has numbered steps already.' };
  const edits = numberHeadings(analysis) ?? putInHeadings(analysis);
  if (edits.length === 0)
    return { refusal: 'Nothing here asks for anything to be done: no sentence that begins with a verb, no code.' };
  if (namesItems(analysis))
    return { refusal: 'Its sentences name items of a list by their numbers, which headings would take from them.' };
  const text = applyEdits(guide.text, withAnchors(analysis, edits));
  const lost =
    planOf(text, { file: analysis.plan.guide.file, sha256: '' }).plan.notRead.length - analysis.plan.notRead.length;
  if (lost > 0)
    return {
      refusal: `This page is read as it stands; with its headings as steps, ${lost === 1 ? 'a passage' : `${String(lost)} passages`} more would not be read.`,
    };
  return {
    text,
    steps: edits.filter(({ newText }) => /Step \d+ - /.test(newText)).length,
  };
}

/** "As in step 3", where step 3 is an item. */
function namesItems(analysis: Analysis): boolean {
  const written = writtenSteps(analysis);
  return occurrencesOf(analysis).all.some(
    ({ symbol, form, role }) =>
      symbol.kind === 'step' && form === 'number' && role === 'mention' && written.get(symbol.node)?.kind === 'item',
  );
}

/** Where the page has headings for what is done, these become the steps; null where it has fewer than two. */
function numberHeadings({ guide }: Analysis): TextEdit[] | null {
  const sections = flatGuide(guide).sections.filter(({ heading }) => heading && !telling.test(heading.title));
  for (const level of [1, 2, 3, 4]) {
    const doing = sections.filter((section) => section.heading?.level === level && asksForSomething(section));
    if (doing.length < 2) continue;
    return doing.flatMap(({ heading }, index): TextEdit[] => {
      if (!heading) return [];
      const { start, end } = heading.prose.span;
      const words = guide.text.slice(start, end);
      const { number, titleStart } = readNumbering(words);
      const counted = /^(?:part|chapter|section)\s+\d+[a-z]?\s*[-–—:.]\s*(?=\S)/i.exec(words)?.[0].length ?? 0;
      return [
        {
          span: { start, end: start + (number === null ? counted : titleStart) },
          newText: `Step ${String(index + 1)} - `,
        },
      ];
    });
  }
  return null;
}

function asksForSomething({ blocks, sections }: Section): boolean {
  return blocks.some(isDoing) || sections.some(asksForSomething);
}

function isDoing(block: Block): boolean {
  switch (block.kind) {
    case 'code':
    case 'plugin':
      return true;
    case 'paragraph':
      return sentencesOf(block.prose).some(({ text }) => isImperative(text));
    case 'list':
      return block.items.some(({ blocks }) => blocks.some(isDoing));
    default:
      return false;
  }
}

interface Cut {
  readonly at: number;
  /** Blanks between two sentences give way to the heading. */
  readonly from: number;
  readonly title: string;
  readonly level: number;
}

/** Where the page has none, a heading is put before each paragraph or sentence that begins something new. */
function putInHeadings({ guide }: Analysis): TextEdit[] {
  const cuts: Cut[] = [];
  for (const section of flatGuide(guide).sections) {
    if (section.heading && telling.test(section.heading.title)) continue;
    const level = Math.min(6, Math.max(2, (section.heading?.level ?? 1) + 1));
    let full = false;
    section.blocks.forEach((block, index) => {
      if (block.kind === 'code' || block.kind === 'plugin') {
        const before = section.blocks[index - 1];
        if (full && before?.kind !== 'paragraph') return;
        full = true;
      } else if (block.kind === 'paragraph' && mayHaveHeading(guide.text, block.span.start))
        full = cutParagraph(guide.text, block, section.blocks[index + 1], level, full, cuts);
    });
  }
  return cuts.map(({ at, from, title, level }, index) => ({
    span: { start: from, end: at },
    newText: `${from < at ? '\n\n' : ''}${'#'.repeat(level)} Step ${String(index + 1)} - ${title}\n\n`,
  }));
}

/** Words inside of HTML, or of a box that a dialect indents, can have no heading before them. */
function mayHaveHeading(text: string, at: number): boolean {
  const lines = text.slice(Math.max(0, at - 500), at).split(/\r\n|\r|\n/);
  const before = lines.pop() ?? '';
  return /^ {0,3}$/.test(before) && !/^\s*(?:<|:::|\{[%{])/.test(lines.pop() ?? '');
}

/** True when the step that is open at the end of the paragraph has something that decides or is run. */
function cutParagraph(
  text: string,
  { prose }: Paragraph,
  next: Block | undefined,
  level: number,
  full: boolean,
  cuts: Cut[],
): boolean {
  const sentences = sentencesOf(prose);
  let open = full;
  sentences.forEach(({ text: sentence, span }, index) => {
    const first = index === 0;
    const words = sentence.trim();
    if (conditional.test(words)) {
      open = true;
      return;
    }
    const leadsToCode = first && sentences.length === 1 && next?.kind === 'code';
    if (!isImperative(words) && !leadsToCode) return;
    if (!first && !open && !goesOn.test(words)) return;
    const place = first
      ? { at: prose.span.start, from: prose.span.start }
      : between(text, sentences[index - 1], span, prose);
    if (!place) return;
    cuts.push({ ...place, title: titleOf(words), level });
    open = false;
  });
  return open;
}

/** The blanks between two sentences; null inside of a link, where no heading can stand. */
function between(
  text: string,
  before: Sentence | undefined,
  after: Span,
  { links }: Paragraph['prose'],
): Pick<Cut, 'at' | 'from'> | null {
  const start = before?.span.end ?? after.start;
  const blanks = allMatches(text.slice(start, after.start), /\s+/g).at(-1);
  if (!blanks) return null;
  const from = start + blanks.index;
  const at = from + blanks[0].length;
  return links.some(({ span }) => span.start < at && from < span.end) ? null : { at, from };
}

const longest = 60;

/** The first words of a sentence as a title. */
function titleOf(sentence: string): string {
  const bare = sentence
    .replace(/\s+/g, ' ')
    .replace(
      /^(?:(?:first(?: of all)?|then|next|after that|afterwards|finally|lastly|now|second(?:ly)?|third(?:ly)?|also|please),?\s+)+/i,
      '',
    )
    .replace(/[.:;!?]+$/, '');
  const clause =
    bare.length > longest
      ? (/^(.{15,}?)(?:[,;:(]| and then | because | so that | to see | which )/.exec(bare)?.[1] ?? bare)
      : bare;
  const short = clause.length > longest ? clause.slice(0, longest).replace(/\s+\S*$/, '') : clause;
  return `${short.charAt(0).toUpperCase()}${short.slice(1)}`.trim();
}
