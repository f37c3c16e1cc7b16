// "Check the usage.\nAsk the owner.": authors who begin each thing to do on a line of its own, in one paragraph.
import { onceFor } from '../base/index.ts';
import { cutProse, sentencesOf, type List, type Paragraph, type Prose } from '../guide/index.ts';
import { paragraphOf } from './flow-builder.ts';
import { isImperative, isMotion, isWeak } from './imperative.ts';
import { arrow } from './signs.ts';

/** The lines of a paragraph as paragraphs, when each begins a sentence and two or more ask for something; else null. */
export const linesToDo = onceFor((prose: Prose): readonly Paragraph[] | null => {
  const { plain, breaks } = prose;
  if (breaks.length === 0 || plain.includes('\n')) return null;
  const starts = [
    0,
    ...breaks.filter((at) => isMeant(prose, at) && !cares.test(plain.slice(at, at + 60))).map((at) => at + 1),
  ];
  if (starts.length < 2) return null;
  const lines = starts.map((start, at) => cutProse(prose, start, (starts[at + 1] ?? plain.length + 1) - 1));
  return lines.filter(asks).length > 1 && lines.every((line) => sentencesOf(line).length > 0)
    ? lines.map(paragraphOf)
    : null;
});

/** "frontend → go to Frontend" and "backend → go to Backend" on lines of one paragraph, as the list they are; else null. */
export const arrowLines = onceFor((block: Paragraph): List | null => {
  const { plain, breaks } = block.prose;
  if (breaks.length === 0 || !arrow.test(plain)) return null;
  const starts = [0, ...breaks.map((at) => at + 1)];
  const lines = starts.map((start, at) => cutProse(block.prose, start, (starts[at + 1] ?? plain.length + 1) - 1));
  if (!lines.every((line) => arrow.test(line.plain))) return null;
  const items = lines.map((line) => ({ number: null, blocks: [paragraphOf(line)], span: line.span }));
  return { kind: 'list', ordered: false, start: 1, items, span: block.span };
});

/** The least width that lines are broken at, in characters. */
const usual = 70;

/** A sentence ends at the line, though the next word would have had room on it: the author wanted the break. */
function isMeant({ plain, breaks }: Prose, at: number): boolean {
  if (!/[.!?:]["'”’)]?$/.test(plain.slice(Math.max(0, at - 2), at)) || !/^\s\p{Lu}/u.test(plain.slice(at, at + 3)))
    return false;
  const ends = [...breaks, plain.length];
  const widths = ends.map((end, index) => end - (index === 0 ? 0 : (ends[index - 1] ?? 0) + 1));
  const width = widths[ends.indexOf(at)] ?? 0;
  const next = /^\s*(\S+)/.exec(plain.slice(at))?.[1]?.length ?? 0;
  return width + 1 + next <= Math.max(usual, ...widths);
}

function asks(line: Prose): boolean {
  const [first] = sentencesOf(line);
  return first !== undefined && isImperative(first.text) && !isMotion(first.text) && !isWeak(first.text);
}

/** It says with what care to do what stands before it. */
const cares = /^\W*(?:(?:also|please)\s+)?(?:make\s+sure|be\s+sure|be\s+careful|remember|take\s+care|note)\b/i;
