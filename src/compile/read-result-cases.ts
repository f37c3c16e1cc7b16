// "**Failed.** Open the log.", "**Passed.** Close the ticket.", "Nothing found: widen the window." as paragraphs behind a step: each says how
// the step came out, and what to do then. They are cases, and nobody goes through them in a row.
import { onceFor } from '../base/index.ts';
import { cutProse, sentencesOf, type Block, type Paragraph, type Prose, type Sentence } from '../guide/index.ts';
import type { Condition } from './draft.ts';
import { paragraphOf, titleOf, type FlowBuilder, unnumbered } from './flow-builder.ts';
import type { FlowAbout } from './list-kind.ts';
import { saysElse } from './read-condition.ts';
import { onlyPasses } from './read-table.ts';

/** Words that name a result, and where what to do then begins. */
interface ResultLabel {
  readonly condition: Condition;
  readonly end: number;
  /** "**If nothing is found:**": a case where it stands beside results, and a condition as any other where it does not. */
  readonly isIf: boolean;
  /** What it is said of: "build" in "Build failed". */
  readonly of: string;
}

/** Reads such cases; the place of the last block that they take, or `none` when there are none. */
export function readResultCases(
  flow: FlowBuilder,
  blocks: readonly Block[],
  at: number,
  { isName }: Pick<FlowAbout, 'isName'>,
  read: (inner: FlowBuilder, blocks: readonly Block[]) => void,
  none = at,
): number {
  if (labelOf(blocks[at])?.isIf !== false) return none;
  const found = blocks.flatMap((block, place) => {
    const label = place < at ? null : labelOf(block);
    return label && block.kind === 'paragraph' ? [{ ...label, prose: block.prose, place }] : [];
  });
  const [first] = found;
  const isRow = found.every(({ of }) => of === first?.of || of === '');
  if (
    found.filter(({ isIf }) => !isIf).length < 2 ||
    !isRow ||
    new Set(found.map(({ condition }) => condition.text)).size < found.length
  )
    return none;
  const last = found.at(-1)?.place ?? at;
  const areAlone = found.every(({ prose, end }) => end === prose.plain.length);
  const stop = areAlone ? blocks.length : behindCase(blocks, last);
  found.forEach(({ condition, end, prose, place }, index) => {
    const words = cutProse(prose, end, prose.plain.length);
    const own = end < prose.plain.length ? [paragraphOf(words)] : [];
    const inside = [...own, ...blocks.slice(place + 1, found[index + 1]?.place ?? stop)];
    const inner = flow.addOption(condition, condition.text, false);
    inner.open(prose.plain, prose.span);
    const passes = inside.length === 1 && own.length === 1 && onlyPasses(words, isName);
    if (!passes) read(inner, inside);
    inner.beginWithStep();
    if (!inner.isEmpty) return;
    const title = titleOf(own.length === 0 ? prose : words, null);
    const start = prose.span.start;
    inner.addStep({ ...unnumbered, ...title, blocks: inside, start, ...(passes && { passes: true as const }) });
  });
  return stop - 1;
}

/** The last case has its words and the code or list behind them. */
function behindCase(blocks: readonly Block[], last: number): number {
  const first = blocks.findIndex(({ kind }, at) => at > last && kind !== 'code' && kind !== 'list' && kind !== 'quote');
  return first === -1 ? blocks.length : first;
}

const labelOf = (block: Block | undefined): ResultLabel | null =>
  block?.kind === 'paragraph' ? labelOfParagraph(block) : null;

const labelOfParagraph = onceFor(({ prose }: Paragraph): ResultLabel | null => {
  const { plain } = prose;
  const match = result.exec(plain);
  const [whole, of = '', words, sign = ''] = match ?? [];
  const [sentence] = sentencesOf(prose);
  if (!sentence) return null;
  if (whole === undefined || words === undefined) return ifLabel(prose, sentence);
  const end = whole.length;
  const isAlone = end === plain.length;
  const isMarked = isAlone || boldEnd(prose) >= end - sign.length - 1;
  // "Sync complete." tells what has been done where nothing sets it off.
  if (!isMarked && (sign.startsWith('.') || !/^\p{Lu}/u.test(plain))) return null;
  const text = plain.slice(0, end).replace(/[\s.:–—-]+$/, '');
  const kind = saysElse(words) ? 'else' : 'if';
  const condition = { kind, text, start: 0, end: text.length, sentence } as const;
  return { condition, end, isIf: false, of: of.trim().toLowerCase() };
});

function ifLabel(prose: Prose, sentence: Sentence): ResultLabel | null {
  const bold = prose.plain.slice(0, boldEnd(prose));
  const text = /^if\s[^.;:]{3,80}(?=\s*[:.,–—-]*\s*$)/i.exec(bold)?.[0].replace(/[\s,–—-]+$/, '');
  if (text === undefined) return null;
  const end = bold.length + (/^[\s:.,–—-]*/.exec(prose.plain.slice(bold.length))?.[0].length ?? 0);
  const condition = { kind: 'if', text: `i${text.slice(1)}`, start: 0, end: text.length, sentence } as const;
  return { condition, end, isIf: true, of: '' };
}

/** Where the bold words end that a paragraph opens with: what stands in the text before its first run is the mark for bold. */
function boldEnd({ runs: [first, second], span, plain }: Prose): number {
  const isBold = first !== undefined && first.plain === 0 && first.source - span.start === 2;
  return isBold ? (second?.plain ?? plain.length) : 0;
}

const good = String.raw`succe(?:eded|eds|ss(?:ful(?:ly)?)?)|pass(?:e[ds]|ing)?|ok(?:ay)?|green|healthy|work(?:s|ed|ing)|up|running|completed?|found|match(?:es|ed)?|connected|reachable|in\s+sync|ready|active|enabled|online|positive|accepted|recovered`;
const poor = String.raw`fail(?:s|ed|ure|ing)?|errors?(?:\s+(?:out|shown|returned))?|timed\s+out|time-?outs?|red|unhealthy|down|stopped|offline|unreachable|(?:connection\s+)?refused|(?:access\s+)?denied|blocked|pending|stuck|hung|crash(?:ed|ing|es|\s?loop(?:ing)?)|hanging|restarting|degraded|unknown|empty|missing|disabled|inactive|negative|rejected|out\s+of\s+sync`;
const amount = String.raw`no(?:ne|thing)?(?:\s+[\p{L}-]+){0,2}(?:\s+at\s+all)?|(?:(?:exit|return|status|error|http)\s+)?(?:code|status|error|http)\s+\d{1,5}|(?:only\s+)?(?:one|two|a\s+single|some|several|many|all|more\s+than\s+\w+|fewer\s+than\s+\w+|\d+)\s+[\p{L}-]+|not\s+[\p{L}-]+`;
const other = String.raw`any(?:thing)?\s+else|any\s+other\s+[\p{L}-]+|otherwise|everything\s+else`;
const result = new RegExp(
  String.raw`^((?:(?!(?:is|are|was|were|has|have|be|if|when|the|a|an)\b)[\p{L}-]+\s+){0,2}?)((?:still\s+|partly\s+|all\s+)?(?:${good}|${poor}|${amount}|${other})(?:\s+(?:found|returned|shown|reported|again))?)(\s*(?:[.:](?=\s|$)|\s[–—-](?=\s)|$)\s*)`,
  'iu',
);
