// Tells a condition that a guide opens with and that only says again what the guide is for ("If a node fails to drain, …" in a
// guide for nodes that fail to drain) from one that someone must look at first.
import { collect } from '../base/index.ts';
import type { Block, Section } from '../guide/index.ts';
import { contentWords, sharedWords } from './content-words.ts';
import type { Condition } from './draft.ts';
import { isBackground } from './headings.ts';

/** True when all that the condition speaks of stands in the guide's title or in the explanations before it, or when it speaks of the alert. */
export function isPremise(root: Section, { text, sentence }: Condition): boolean {
  const words = contentWords(text);
  if (words.size === 0 || ofAlert.test(text)) return true;
  return sharedWords(words, contentWords(explainedBefore(root, sentence.span.start).join(' '))) === words.size;
}

/** "If this alert fires", "If you are here". */
const ofAlert =
  /\b(?:this|the|these|an?)\s+(?:\w+\s+)?(?:alerts?|alarms?|monitors?|error|problem|issue)\s+(?:is|are|was|fires?|fired|triggers?|triggered|occurs?|happens|appears?)\b|\byou\s+(?:are|have\s+been|were|got|get|have\s+got)\s+(?:paged|alerted|here|reading|this\s+(?:alert|page))\b/i;

function explainedBefore(root: Section, end: number): readonly string[] {
  const texts: string[] = [];
  const visit = (section: Section, explains: boolean): void => {
    const { heading, span } = section;
    if (span.start >= end) return;
    const own = explains || (heading !== null && isBackground(heading));
    if (heading && (heading.level === 1 || own)) texts.push(heading.prose.plain);
    if (own || !heading) texts.push(...collect(section.blocks, wordsOf));
    for (const inner of section.sections) visit(inner, own);
  };
  visit(root, false);
  return texts;
}

function wordsOf(block: Block): readonly string[] {
  if (block.kind === 'paragraph') return [block.prose.plain];
  if (block.kind === 'quote') return collect(block.blocks, wordsOf);
  return block.kind === 'list' ? collect(block.items, (item) => collect(item.blocks, wordsOf)) : [];
}
