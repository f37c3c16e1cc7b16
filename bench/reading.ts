// What reading, compiling and checking cost, as ratios to others' work on the same text in the same run: compiling to
// remark-parse with GFM alone, checking to markdownlint. Then the same after one keystroke, which must cost what it changed.
import { lint } from 'markdownlint/sync';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { compile } from '../src/compile/index.ts';
import { analyze, planAsWritten, reanalyze, reanalyzeInPortions } from '../src/editing/index.ts';
import { readGuide, readLoose, rereadLoose, type Section } from '../src/guide/index.ts';
import type { Figure } from './figure.ts';
import { guideOfLines, realGuide } from './long-guide.ts';
import { median } from './median.ts';

const about = { file: 'guide.md', sha256: '', languages: null } as const;

const time = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
/** The work of this process alone: two halves of a minute are compared, in which others may have worked beside it or not. */
const worked = (work: () => unknown): number => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};
const parse = (text: string): unknown => unified().use(remarkParse).use(remarkGfm).parse(text);
const lintAll = (text: string): unknown => lint({ strings: { guide: text } });
const full = (text: string): unknown => compile(readGuide(text), about);
const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

/** Medians of alternating measurements. */
export function benchReading(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [lines, rounds] of [
    [60, 100],
    [850, 20],
    [10_000, 5],
  ] as const) {
    const text = guideOfLines(lines);
    const [ours, theirs] = alternate(rounds, [() => full(text), () => parse(text)]);
    figures.push(ratio(`compiling ${lines} lines over remark-parse with GFM alone`, ours, theirs, 1.4));
  }
  const guide = realGuide();
  const [checked, linted] = alternate(20, [() => analyze(guide, about), () => lintAll(guide)]);
  figures.push(ratio(`full check of ${guide.split('\n').length} lines over markdownlint`, checked, linted, 1.2));
  figures.push(...benchKeystrokes(), ...benchHours());
  return Promise.resolve(figures);
}

function ratio(name: string, ours: readonly number[], theirs: readonly number[], limit: number): Figure {
  return { name, value: median(ours) / median(theirs), limit, bound: 'most', unit: 'x' };
}

/** Each piece of work in turn, `rounds` times after a few to get warm; the times of each. */
function alternate(rounds: number, works: readonly (() => unknown)[]): [number[], number[]] {
  const times: [number[], number[]] = [[], []];
  for (let round = -Math.ceil(rounds / 4); round < rounds; round++)
    works.forEach((work, place) => {
      const took = time(work);
      if (round >= 0) times[place]?.push(took);
    });
  return times;
}

/**
 * One character typed at places all over a guide of 10,000 lines; every few keystrokes the full runs are measured too. The first ones
 * are to get warm, as in the other measurements.
 */
function benchKeystrokes(count = 160, warming = 80): Figure[] {
  let text = guideOfLines(10_000);
  const opening: number[] = [];
  const portions = reanalyzeInPortions(null, text, about);
  for (let done = false; !done;) opening.push(time(() => (done = portions.next().done === true)));
  let reading = readLoose(text);
  compile(reading.loose, about);
  let live = reanalyze(null, text, about);
  const compiled: number[] = [];
  const keystrokes: number[] = [];
  const fulls: number[] = [];
  const lints: number[] = [];
  for (let stroke = -warming; stroke < count; stroke++) {
    // A golden-ratio walk comes everywhere, without chance.
    const at = Math.floor((((stroke + warming) * 0.618034) % 1) * text.length);
    text = text.slice(0, at) + 'x' + text.slice(at);
    text.charCodeAt(0);
    const compiling = time(() => {
      reading = rereadLoose(reading, text);
      planAsWritten(reading, compile(reading.loose, about).plan);
    });
    const checking = time(() => (live = reanalyze(live, text, about)).diagnostics);
    if (stroke < 0) continue;
    compiled.push(compiling);
    keystrokes.push(checking);
    if (stroke % 40 === 20) {
      fulls.push(time(() => full(text)));
      lints.push(time(() => lintAll(text)));
    }
  }
  return [
    {
      name: 'reading and compiling 10,000 lines again after one character, of a full run',
      value: (100 * median(compiled)) / median(fulls),
      limit: 2,
      bound: 'most',
      unit: '%',
    },
    {
      name: 'a keystroke in 10,000 lines to all findings, of markdownlint on them',
      value: (100 * median(keystrokes)) / median(lints),
      limit: 2,
      bound: 'most',
      unit: '%',
    },
    {
      name: 'a keystroke in 10,000 lines to all findings, 95 of 100',
      value: percentile(keystrokes, 0.95),
      limit: 16,
      bound: 'most',
      unit: 'ms',
    },
    {
      name: 'opening 10,000 lines: portions of the work, 95 of 100',
      value: percentile(opening, 0.95),
      limit: 16,
      bound: 'most',
      unit: 'ms',
    },
  ];
}

/**
 * 2,000 keystrokes of somebody who writes on at paragraphs all over a guide of 10,000 lines: what was typed before must not make the
 * last ones dearer than the first. It leaves the guide's form as it is, where a letter in a fence's mark turns what follows into code.
 */
function benchHours(strokes = 2000, beside = 200, warming = 100): Figure[] {
  const words = ' It takes a while until all is seen. ';
  let text = guideOfLines(10_000);
  let live = reanalyze(null, text, about);
  const times: number[] = [];
  let at = 0;
  for (let stroke = 0; stroke < strokes; stroke++) {
    const letter = stroke % words.length;
    if (letter === 0) {
      const ends = paragraphEnds(live.guide.root);
      at = ends[Math.floor((((stroke / words.length) * 0.618034) % 1) * ends.length)] ?? 0;
    }
    text = text.slice(0, at) + words.charAt(letter) + text.slice(at);
    text.charCodeAt(0);
    at++;
    times.push(worked(() => (live = reanalyze(live, text, about)).diagnostics));
  }
  const early = times.slice(warming, warming + beside);
  const late = times.slice(-beside);
  return [0.5, 0.95].map((share) => ({
    name: `the last of ${strokes} keystrokes over the first ones, ${100 * share} of 100`,
    value: percentile(late, share) / percentile(early, share),
    limit: 1.3,
    bound: 'most',
    unit: 'x',
  }));
}

/** Where paragraphs end. */
function paragraphEnds({ blocks, sections }: Section): readonly number[] {
  const own = blocks.flatMap(({ kind, span }) => (kind === 'paragraph' ? [span.end] : []));
  return [...own, ...sections.flatMap(paragraphEnds)];
}

if (process.argv[1] === import.meta.filename) {
  for (const { name, value, unit, limit } of await benchReading())
    console.log(`${name}: ${value.toFixed(2)} ${unit} (limit ${limit})`);
}
