// Lists whose items are ways of one choice: each names a case ("There are two common patterns:"), or one of several things to do
// ("Do one of the following:").
import {
  cutProse,
  numeralOf,
  sentencesOf,
  type Block,
  type Heading,
  type Item,
  type List,
  type Paragraph,
  type Prose,
} from '../guide/index.ts';
import { asksForWork } from './asks-for-work.ts';
import { cutParagraph } from './cut-paragraph.ts';
import { isBranching } from './branching.ts';
import { bareTitle } from './headings.ts';
import { isImperative } from './imperative.ts';
import { paragraphOf, titleOf, type FlowBuilder, unnumbered } from './flow-builder.ts';
import type { IsName } from './names.ts';
import { hasAction } from './read-actions.ts';

/** Tabs that say what to do, each for its own kind of system: whoever follows the guide takes one of them. */
export function offersTabs({ items }: List): boolean {
  return (
    items.length > 1 &&
    items.every(({ blocks: [label] }) => label?.kind === 'paragraph') &&
    items.some(({ blocks: [, ...rest] }) => rest.some((block) => hasAction(block) || asksIn(block)))
  );
}

function asksIn(block: Block): boolean {
  switch (block.kind) {
    case 'paragraph':
      return sentencesOf(block.prose).some(({ text }) => isImperative(text) || isBranching(text));
    case 'list':
      return block.items.some(({ blocks }) => blocks.some(asksIn));
    default:
      return false;
  }
}

/** "Restart it by one of these ways:" and items that each say how. */
export function isChoiceList(list: List, lead: Prose | null): boolean {
  if (lead === null || list.items.length < 2) return false;
  if (countsItems(list, lead)) return true;
  if (!offersItems.test(lead.plain)) return false;
  const last = sentencesOf(lead).at(-1)?.text ?? '';
  return (asksForWork(last) || forSomething.test(last)) && list.items.filter(isWork).length * 2 >= list.items.length;
}

const offersItems =
  /\b(?:one\s+of\s+(?:the\s+following|these)(?:\s+(?:\w+\s+)?(?:options|ways|approaches|methods|steps|actions|alternatives|commands|solutions))?|either)(?:\s+(?:based|depending)\s+on\b[^:]*|,?\s+(?:and\s+)?then\s[^:]*)?\s*:\s*$/i;
/** "There are two ways to fix it:", "you have three options:" */
const countsWays =
  /\b(two|three|four|five|six|[2-6])\s+(?:\w+\s+){0,2}?(?:ways|options|methods|approaches|possibilities|alternatives|workarounds)\b[^.:]*[.:]\s*$/i;

/** "Common approaches:", "Possible ways to free it are:": nobody goes all of them, unless numbers say in which order. */
const namesWays =
  /(?:^|[.!?:]\s+)\W*(?:the\s+|some\s+)?(?:most\s+)?(?:common|possible|typical|usual|available|alternative|potential)\s+(?:approaches|options|ways|methods|alternatives|workarounds|solutions|fixes|remedies)(?:\s+(?:to|for|of)\s+[^.:]{2,60}?)?(?:\s+(?:are|include))?\s*:\s*$/i;

/** "Your options are:", "You have the following options:": whoever has options takes one of them, whatever their numbers. */
const namesOptions =
  /(?:^|[.!?:]\s+)\W*(?:(?:you|we)\s+(?:now\s+)?have\s+|there\s+are\s+|(?:choose|pick|select)\s+(?:from|between|among)\s+)?(?:the\s+|these\s+|some\s+|your\s+|our\s+|several\s+|a\s+few\s+)?(?:\w+\s+){0,2}(?:options|alternatives)(?:\s+(?:to|for|of)\s+[^.:]{2,60}?)?(?:\s+(?:are|include))?\s*:\s*$/i;

/** The words above a list offer as many ways as it has items, or just ways, so that nobody follows them all. */
export function countsItems({ items, ordered }: List, { plain }: Prose): boolean {
  const count = countsWays.exec(plain)?.[1];
  const offers =
    count === undefined
      ? namesOptions.test(plain) || (!ordered && namesWays.test(plain))
      : Number(numeralOf(count)) === items.length;
  return offers && items.every(isWork);
}

/** The list right below "Resolution options" or "Alternatives", of whose items one is taken; null when there is none. */
export function optionsBelow(heading: Heading, [first]: readonly Block[]): List | null {
  if (first?.kind !== 'list' || first.items.length < 2) return null;
  return /\b(?:options|alternatives)$/i.test(bareTitle(heading)) && first.items.every(isWork) ? first : null;
}

const forSomething = /^\W*to\s|,\s+\w+\s[^,]*$|\b(?:do|try|use|choose|pick)\s+(?:(?:any|just)\s+)?one\s+of\b/i;

function isWork({ blocks: [first, ...rest] }: Item): boolean {
  if (first?.kind !== 'paragraph') return false;
  const { plain } = first.prose;
  const label = labelled.exec(plain);
  return (
    asksForWork(label ? plain.slice(label[0].length) : plain) ||
    (label?.[1] !== undefined && isImperative(label[1])) ||
    /^\W*\p{L}{2,}ing\s/iu.test(plain) ||
    rest.some(hasAction)
  );
}

const counted = /(?:\d|\s[A-H]|\))$/;
const labelled = /^([^:.?!]{3,80}):\s+(?=\S)/;

/** Each item names a case, and what stands below it is what to do then; `offers`: its words are to be done, too. */
export function readCases(
  flow: FlowBuilder,
  list: List,
  offers: boolean,
  isName: IsName,
  read: (inner: FlowBuilder, blocks: readonly Block[]) => void,
): void {
  for (const { blocks, span } of list.items) {
    const [first, ...rest] = blocks;
    const sentence = first?.kind === 'paragraph' ? sentencesOf(first.prose)[0] : undefined;
    if (first?.kind !== 'paragraph' || !sentence) continue;
    const { plain } = first.prose;
    const label = labelled.exec(plain)?.[1] ?? sentence.text;
    // "Option 2 (slower): roll back" is chosen by all of its words, "Restart: delete the pod" by its label.
    const said = !offers ? plain : counted.test(label) ? sentence.text : label;
    const text = said.replace(/[:.\s]+$/, '');
    const inner = flow.addOption({ kind: 'if', text, start: 0, end: text.length, sentence }, text, false);
    inner.open(text, sentence.span);
    const step = { ...unnumbered, start: span.start };
    const [way, cases] = offers ? cutCases(first, isName) : [first, null];
    if (offers) inner.addStep({ ...step, ...titleOf(first.prose, null), blocks: [way] });
    if (cases || rest.length > 0) read(inner, cases ? [cases, ...rest] : rest);
    const [begun] = inner.parts;
    if (begun?.kind === 'step' && begun.step.title === '')
      Object.assign(begun.step, { title: text, titleSpan: sentence.span });
    if (inner.isEmpty) inner.addStep({ ...step, title: text, titleSpan: sentence.span, blocks: [...blocks] });
  }
  if (list.tabs && flow.choice) flow.choice.meets = true;
  flow.closeChoice(true);
}

/** "Mount it again. If it is busy, stop the pod first.": the way, and what is done in some case of it. */
function cutCases(paragraph: Paragraph, isName: IsName): readonly [Paragraph, Paragraph | null] {
  const { prose } = paragraph;
  const [way, next] = cutParagraph(prose, { inItem: false, isName, followed: false });
  if (way?.kind !== 'plain' || next?.kind !== 'if' || next.trailing) return [paragraph, null];
  const from = sentencesOf(prose).find(({ start }) => start >= way.prose.plain.length)?.start;
  if (from === undefined) return [paragraph, null];
  return [paragraphOf(way.prose), paragraphOf(cutProse(prose, from, prose.plain.length))];
}
