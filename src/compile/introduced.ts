// "On failure, go to step 4", "with an empty queue, skip to step 5", "below 10 go to step 5": words in front of where one goes that
// name no verb, and say all the same for whom it is.
import { sift } from '../base/index.ts';
import { isFinding } from './findings.ts';
import { isImperative } from './imperative.ts';
import { lead } from './signs.ts';

/** Where in `text` the words stand that introduce what begins at `at`, a jump or an ending; null where they are no case. */
export function introduced(text: string, at: number, isJump: boolean): { start: number; end: number } | null {
  const before = text.slice(0, at);
  const match = range.exec(before) ?? event.exec(before) ?? (isJump ? (kind.exec(before) ?? bareEvent.exec(before) ?? bareWord.exec(before) ?? foundIn(before)) : null) ?? means.exec(before); // prettier-ignore
  const words = match?.[1];
  if (!match || words === undefined || sequence.test(words)) return null;
  const start = match.index + match[0].indexOf(words);
  return { start, end: start + words.length };
}

/** "Red, go to step 4.", "No errors, go to step 5." */
function foundIn(before: string): RegExpExecArray | null {
  const match = found.exec(before);
  return match?.[1] !== undefined && isFinding(match[1]) && !isImperative(match[1]) ? match : null;
}

const found = sift(
  /^\W*((?!(?:after|once|when|then|now|next|finally|before|since|because|as|while|until|to|if|by|for|so|and|but|or|note|otherwise|else|no\s+matter|in\s+any|either\s+way|regardless|anyway|this|that|it|the\s+\w+\s+(?:is|are))\b)[^,.:;()?]{2,50}?)(?:,\s+|\s[–—=-]\s+|\s\()(?:(?:then|please)\s+)?$/i,
);

/** The sentence begins, or a clause of it does. */
const opens = String.raw`(?:^\W*(?:(?:then|and|but|also|so|however)\b[\s,]+)*|[:;,]\s+(?:(?:and|but)\s+)?)`;
/** What may stand between them and where one goes. */
const polite = String.raw`(?:(?:then|please|just|simply|directly|(?:you|we)\s+(?:can|may|should|must))\s+)*`;
const end = String.raw`,\s+${polite}$`;
const range = sift(
  new RegExp(
    String.raw`${opens}((?:(?:from|between)\s+\d[\d,.]*[^,.:;()\d]{0,20}\s(?:to|and)|above|below|over|under|beyond|at|at\s+(?:least|most)|up\s+to|(?:more|less|fewer|higher|lower|longer)\s+than)\s+\d+(?:,\d{3})*(?:\.\d+)?(?:\s?%|\s\p{L}{1,12}){0,3})(?:,\s+|\s+)${polite}$`,
    'iu',
  ),
);
const events = String.raw`(?:errors?|failures?|success|timeouts?|time-outs?|rejection|denial|warnings?|crash(?:es)?|conflicts?|mismatch(?:es)?|problems?|trouble)`;
const event = sift(
  new RegExp(String.raw`${opens}((?:with(?:out)?|on|upon|given)\s+(?:[\w-]+\s+){0,4}?${events}(?:\s+(?:in|on|with|of|at|from)\s+[^,.:;()?]{2,40})?)${end}`, 'i'), // prettier-ignore
);
const bareEvent = sift(
  new RegExp(String.raw`${opens}((?:on|upon)\s+(?:an?\s+|any\s+)?(?:[\w-]+\s+)?${events})\s+$`, 'i'),
);
const noCase = String.raw`(?!(?:this|that|it|now|more|each|every|all|details?|reference|help|example|instance|instructions|background|information|completion|further|me|us|you|them)\b)`;
/** "On `pong` go to step 5", "for `down` go to step 4", "with exit code 1, go to step 4" */
const bareWord = sift(
  new RegExp(
    String.raw`${opens}((?:(?:up)?on|for|with)\s+(?:(?:an?\s+)?(?:exit|return|status|error|HTTP)\s+(?:code\s+|status\s+)?\d\w*|anything\s+else|${noCase}[\w.-]{2,24}))(?:,\s+|\s+)${polite}$`,
    'i',
  ),
);
/** "A `pong` means that it is up, so go to step 5", "anything else means that it is down (page the owner)" */
const means = sift(
  /(?:^\W*|[;,]\s+)((?!(?:this|that|it|which|what|so)\b)(?:(?:an?|any|no|the|every)\s+)?(?:[\w.-]+\s+){0,3}[\w.-]+)\s+means?\s+(?:that\s+)?(?:[^.;:?!()]{2,80}?(?:,\s+(?:so\s+|and\s+)?|\s\(|\s[–—-]\s+))?(?:(?:then|please|you\s+(?:can|should|must))\s+)*$/i,
);
const kind = sift(
  new RegExp(
    String.raw`${opens}((?:with\s+(?:an?|no|only|just|both|several|many|multiple|more|fewer|one|two|three|\d+)\s|without\s|(?:up)?on\s(?!(?:to|top)\b)|given\s|under\s|during\s|in\s+an?\s(?=[^,]{0,40}\b(?:setup|cluster|environment|deployment|configuration|installation|mode|topology)\b))[^,.:;()?]{2,60}?)${end}`,
    'i',
  ),
);
/** "On completion", "without further ado", "given the above": how one goes on, and in no case of its own. */
const sequence =
  /^(?:(?:up)?on\s+(?:[\w-]+\s+)?(?:completion|arrival|return|exit|receipt|finish|approval)\b|without\s+(?:further|any|more|delay|waiting|hesitat|interrupt|changing|touching|closing|leaving|stopping)|given\s+(?:that|this|these|those|the\s+(?:above|results?|situation|circumstances|urgency))\b|on\s+the\s+(?:other|one)\s+hand|on\s+(?:average|purpose|time|hold))/i;

/** The words that name a range or hours in front of what is to be done then; the match has them as its group. */
export function rangeOf(text: string): RegExpExecArray | null {
  return ofRange.exec(text) ?? ofHours.exec(text);
}

/** "From 501 to 5,000 messages, go to …", "Beyond 5 minutes, escalate …": a range that a value falls into. */
const ofRange = new RegExp(
  lead +
    String.raw`((?:(?:from|between)\s+\d[\d,.]*[^,.:;()\d]{0,20}\s(?:to|and)|above|below|over|under|beyond|at\s+(?:least|most)|up\s+to|(?:more|less|fewer|higher|lower|longer)\s+than)\s+\d+(?:,\d{3})*(?:\.\d+)?[^,.:;()\d]{0,40})(?=,\s)`,
  'i',
);

/** "Outside office hours, escalate …", "On weekends, page …", "Between 9:00 and 17:00, call …" */
const ofHours = new RegExp(
  lead +
    String.raw`((?:outside|during|within|after|in)\s+(?:of\s+)?(?:(?:normal|regular)\s+)?(?:office|business|working|work|core|support)\s+hours|out\s+of\s+(?:office\s+)?hours|(?:on|at|over)\s+(?:the\s+)?(?:weekends?|nights?|(?:public|bank)\s+holidays)|between\s+\d{1,2}(?::\d\d)?\s*(?:am|pm)?\s+and\s+\d{1,2}(?::\d\d|\s*(?:am|pm)))(?=,?\s)`,
  'i',
);
