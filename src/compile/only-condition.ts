// A section that opens with when it is followed: its condition, what is to be done then, and what stands around both.
import { sentencesOf, type Block } from '../guide/index.ts';
import { anaphora } from './antecedent.ts';
import type { Condition } from './draft.ts';
import { FlowBuilder, type OpenOption, type OpenPart } from './flow-builder.ts';
import { opensWithCondition, type FlowAbout } from './list-kind.ts';
import { conditionOf } from './read-condition.ts';
import { readFlow } from './read-flow.ts';

/** Blocks that open with a condition and hold no other: its case, and what follows it. */
export interface OnlyCondition {
  readonly option: OpenOption;
  /** Words before it, which only explain. */
  readonly lead: readonly Block[];
  /** Words of the same section on where to go in other cases. */
  readonly said: readonly Block[];
  readonly rest: readonly OpenPart[];
}

/** `explained`: words that ask for nothing may stand before the condition; `isNamed`: the heading says that it is a case. */
export function onlyCondition(
  blocks: readonly Block[],
  about: FlowAbout,
  explained: boolean,
  isNamed = false,
): OnlyCondition | null {
  const [first] = blocks;
  if (first?.kind !== 'paragraph') return null;
  if (!explained && !opensWithCondition(first) && !factAndCase.test(first.prose.plain)) return null;
  const own = new FlowBuilder();
  readFlow(own, blocks, 'sequence', about);
  const [choice, ...rest] = own.parts;
  const only = choice?.kind === 'choice' && choice.options.length === 1 ? choice.options[0] : undefined;
  if (only?.condition.kind !== 'if' || rest.some(({ kind }) => kind !== 'step')) return null;
  if (only.flow.parts.some(({ kind }) => kind !== 'step')) return null;
  const { lead, deferred } = own;
  // Words before it that speak of other cases: it is one of several, and not what the section is for.
  if (explained && !isNamed && lead.some((block) => block.kind === 'paragraph' && otherCase.test(block.prose.plain)))
    return null;
  return deferred.length === 0 || only.flow.parts.length === 1 ? { option: only, lead, said: deferred, rest } : null;
}

const otherCase = /(?:^|[.!?]\s+)\W*(?:if|when|in\s+case|unless)\b/i;

/** "If this occurs, look at the ring.": the heading says what occurs. */
export const ofHeading =
  /^(?:if|when)\s+(?:this|that|it)\s+(?:alert\s+)?(?:occurs|happens|fires|triggers|is\s+(?:the\s+case|so|seen|raised))$/i;

/** "The images cannot be pulled without a network. In that case, …" */
const factAndCase = /[.!]\s+in\s+(?:that|this|these|those|such(?:\s+an?)?)\s+cases?\b/i;

/** "If this fails, …": what the section before it did is tried first. */
export function failure(blocks: readonly Block[]): Condition | null {
  const [first] = blocks;
  const sentence = first?.kind === 'paragraph' ? sentencesOf(first.prose)[0] : undefined;
  if (!sentence) return null;
  const condition = conditionOf(sentence, false);
  const before = condition ? sentence.prose.plain.slice(sentence.start, condition.start) : '';
  if (condition?.kind !== 'if' || !/^\W*(?:only\s+)?$/i.test(before) || !anaphora(condition.text)) return null;
  return /\b(?:fail(?:s|ed)?|work|help|succeed|possible|enough|resolve|fix|solve|still|persists?|remains?)\b/i.test(
    condition.text,
  )
    ? condition
    : null;
}
