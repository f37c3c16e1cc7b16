// "Skip steps 3 and 4", "step 3 can be omitted", "there is no need for step 3", "step 3 is only needed if …": steps that are left out.
import { sift } from '../base/index.ts';
import type { Condition } from './draft.ts';

/** Where the words stand that leave steps out, and which. */
export interface OverSteps {
  readonly index: number;
  readonly length: number;
  /** How many of the next steps, in words or figures. */
  readonly count: string;
  /** The numbers of those that are named, in the order of the text; null for the next ones. */
  readonly numbers: readonly string[] | null;
}

const number = String.raw`\d{1,6}(?:\.\d{1,6}){0,5}(?:\([a-z]\)|\.[a-z]\b|[a-z]?\b)`;
const numbers = String.raw`steps?\s+(?<numbers>${number}(?:\s*(?:,\s*(?:and\s+(?:steps?\s+)?)?|(?:and|&|through|to|-|–|—)\s*(?:steps?\s+)?)${number})*)`;
const which = String.raw`(?:the\s+)?(?:(?:next|following)\s+(?:(?<count>one|two|three|four|five|\d)\s+)?(?:steps?|sections?|checks?|items?)\b|${numbers})`;
const work = String.raw`(?:do|perform|run|execute|follow|go\s+through|carry\s+out)`;
const needed = '(?:needed|necessary|required)';
const isNot = String.raw`(?:(?:is|are)\s+not|(?:isn|aren)['’]t)(?:\s+(?:then|really|strictly|longer))?`;
const when = '(?:if|when|unless|in\\s+case|for|on)';

const patterns = [
  String.raw`\b(?:skip|omit|leave\s+out|(?<=^\W*|[,:;→]\s*|\b(?:then|please|can|may|should|simply|just)\s+)ignore)\s+(?:(?:over|past)\s+)?${which}(?!\s+(?:of|in)\b(?!\s+(?:that|this|which)\s+case))`,
  String.raw`\b${which}\s+(?:(?:can|may|should|must)\s+(?:(?:safely|also|then)\s+)?be\s+(?:skipped|omitted|left\s+out|ignored)|${isNot}\s+${needed}|(?:is|are)\s+(?:then\s+)?(?:unnecessary|not\s+applicable)|(?:does\s+not|do\s+not|doesn['’]t|don['’]t)\s+apply)\b`,
  String.raw`\bno\s+need\s+(?:for|to\s+${work})\s+${which}(?=\s*(?:[.,;:!]|$|${when}\b))`,
  String.raw`\b(?:you|we)\s+(?:(?:do\s+not|don['’]t)\s+(?:need|have)(?:\s+to\s+${work})?|need\s+not\s+${work}|can\s+do\s+without)\s+${which}(?=\s*(?:[.,;:!]|$|${when}\b))`,
  String.raw`(?<=^\W*(?:if|when|unless)\b[^.;]{3,120}[,:→]\s*(?:then\s+|please\s+)?|^\W*(?=[^.;]{6,60}\s(?:if|when)\s))(?:do\s+not|don['’]t|never)\s+${work}\s+${which}(?=\s*(?:[.;!]|$|${when}\b))`,
  String.raw`^\W*avoid\s+${which}(?=\s+(?:if|when)\b)`,
].map((pattern) => sift(new RegExp(pattern, 'i')));

/** "Step 3 is only needed if …", "only perform step 3 if …", "step 3 applies only to new nodes": left out in all other cases. */
const onlyThese = [
  String.raw`\b${which}\s+(?:(?:(?:is|are)\s+(?:only\s+(?:${needed}\s+|applicable\s+|meant\s+|relevant\s+)?|(?:${needed}|applicable|meant|relevant)\s+only\s+)|appl(?:y|ies)\s+only\s+|only\s+appl(?:y|ies)\s+)(?=(?:if|when|in\s+case|for|on|to)\b))`,
  String.raw`^\W*only\s+${work}\s+${which}(?=\s+(?:if|when|in\s+case|for|on)\b)`,
  String.raw`^\W*${work}\s+${which}(?=\s+only\s+(?:if|when|in\s+case|for|on)\b|\s+(?:for|on)\s+[^.,;]{3,60}\sonly\W*$)`,
].map((pattern) => sift(new RegExp(pattern, 'i')));

const cheap = /\b(?:steps?|sections?|checks?|items?)\b/i;
const says =
  /\b(?:skip|skipped|omit|omitted|leave|left|ignored?|need|needed|necessary|required|unnecessary|applicable|apply|applies|without|avoid|only|do|don['’]t|never)\b/i;

/** The steps that `text` leaves out; null when it leaves out none. */
export function stepsLeftOut(text: string): OverSteps | null {
  if (!cheap.test(text) || !says.test(text)) return null;
  for (const pattern of text.includes('nly') ? [...patterns, ...onlyThese] : patterns) {
    const match = pattern.exec(text);
    if (!match) continue;
    const named = match.groups?.['numbers'];
    return {
      index: match.index,
      length: match[0].length,
      count: match.groups?.['count'] ?? 'one',
      numbers: named?.match(new RegExp(number, 'gi')) ?? null,
    };
  }
  return null;
}

/** True for words that name the one case in which steps are not left out. */
export function onlyThen(text: string): boolean {
  return text.includes('nly') && cheap.test(text) && onlyThese.some((pattern) => pattern.test(text));
}

/** "if it is empty" for what is done "unless it is empty". */
export function turned(condition: Condition): Condition {
  if (/^(?:for|on|in|to|with)\s/i.test(condition.text)) return { ...condition, text: `not ${condition.text}` };
  return condition.kind === 'unless'
    ? { ...condition, kind: 'if', text: condition.text.replace(/^unless\b/i, 'if') }
    : { ...condition, kind: 'unless', text: condition.text.replace(/^(?:if|when|in\s+case)\b/i, 'unless') };
}
