// "For slow queries, go to …", "On agent versions before v1.4, …", "Go to step 5 for red ones", "Skip step 3 on read replicas", "Stop here
// whenever it is red": words that say for whom it is, or when, where no "if" does.
import { sift } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';
import type { Condition } from './draft.ts';
import { isFinding } from './findings.ts';
import { findOutcome } from './read-outcome.ts';
import { lead } from './signs.ts';

/** "For network trouble, contact the network team.", "For persistent failures, see …" */
const forTrouble = new RegExp(
  lead +
    String.raw`(for\s+(?!(?:each|every|all|example|instance|more|further|additional|the\s+(?:first|next|last|above)|this|that|these|those|such|help|questions?)\b)[^,.:;()?]{0,50}?\b(?:issues?|problems?|trouble|failures?|errors?|outages?|timeouts?|crash(?:es)?|corruption|leaks?|alerts?|symptoms?|mismatch(?:es)?)(?:\s+(?:in|on|with|of|at|from)\s+[^,.:;()?]{2,40})?)(?=,\s)`,
  'i',
);

/** "For slow queries, go to …", "For a full disk, skip to …": those that it is so for, and not what one goes there for ("For details, …"). */
const forKind = new RegExp(
  lead +
    String.raw`(for\s+(?!(?:each|every|all|example|instance|more|further|additional|the|its|their|our|your|this|that|these|those|such|a\s+(?:list|description|summary|guide|full\s+list|while))\b)(?:an?\s[^,.:;()?]{2,40}|[^,.:;()?]{0,40}?(?!(?:details|instructions|steps|specifics|questions|notes|purposes|reasons|options|times|seconds|minutes|hours|days|basics|examples)\b)\b\p{L}+[^isu\W]s))(?=,\s+(?:please\s+)?(?:(?:go|skip|jump|continue|proceed|move|return|switch)\s+(?:(?:back|directly|straight|on)\s+)?(?:to|with|at)|see|refer\s+to|follow|skip\s+(?:the\s+(?:next|following)\s+)?(?:\w+\s+)?steps?)\b|\s+skip\s+(?:the\s+(?:next|following)\s+)?steps?\b|\s+(?:go|skip|jump|proceed)\s+(?:(?:back|directly|straight|on)\s+)?to\s)`,
  'iu',
);

/** The words in front of what is done that say for whom: where they stand in `text`, and what they are as a condition. */
export function kindBefore(
  text: string,
  hasEffect: boolean,
  isJump: boolean,
): { start: number; words: string; text: string } | null {
  const versions = hasEffect && text.includes('ersion') ? ofVersions.exec(text) : null;
  const match = versions ?? (hasEffect ? forTrouble.exec(text) : null) ?? (isJump ? forKind.exec(text) : null);
  const words = match?.[1];
  if (!match || words === undefined) return null;
  return { start: match[0].length - words.length, words, text: words.charAt(0).toLowerCase() + words.slice(1) };
}

/** "For slow queries, see …": what the sentence says is for those alone; "For dashboards, see …" only tells where they are. */
export function isForKind(text: string): boolean {
  const words = forKind.exec(text)?.[1];
  return words !== undefined && /\s\S+\s/.test(words);
}

/** "On agent versions before v1.4, …", "For version 2.3 or older, …" */
const ofVersions = new RegExp(
  lead +
    String.raw`((?:on|for|with|in|using)\s+(?!(?:each|every|all|any|both)\b)[^,.:;()]{0,50}\bversions?\s+(?:(?:before|prior\s+to|(?:older|earlier|lower|newer|later|higher|less|greater)\s+than|below|up\s+to|above|since|from|starting\s+(?:with|from)|[<>]=?|[≤≥])\s+v?\d[\w.]*|v?\d[\w.]*\s+(?:and|or)\s+(?:older|earlier|below|lower|newer|later|above|higher|up))(?:\s*\([^()]{1,120}\))?)(?=\s*[,:])`,
  'i',
);

/** What words behind "for" or "on" say how, or wherefrom, and not for whom: "go to step 5 for details". */
const purposes = String.raw`(?:details|instructions|steps|specifics|questions|notes|purposes|reasons|options|times|seconds|minutes|hours|days|weeks|basics|examples|procedures|commands|queries|fixes|solutions|workarounds|mitigations|remediations|actions|checks|tips|hints|links|contacts|diagnostics|statistics|metrics|logs|dashboards|graphs|settings|definitions|explanations|guidelines|approvals|updates|insights|ideas|investigations|improvements|operations|measures|means|clues|recommendations|suggestions|considerations)`;
const kindAtEnd = sift(
  new RegExp(
    String.raw`\s\(?(?:only\s+)?((?:for|on|(?<=\bappl(?:y|ies)\s+(?:only\s+)?)to)\s+(?!(?:each|every|all|any|both|the|its|their|our|your|my|his|her|this|that|these|those|such|more|further|additional|other|another|some|most|many|example|instance|at|how|what|which|call|\d[\d.]*|\w+ing)\b)(?:[\w-]+\s+){0,4}?(?!${purposes}\b)\p{L}[\w-]*[^isu\W]s)(?:\s+only)?\)?\s*[.!]?$`,
    'iu',
  ),
);
/** "Go to step 5 on failure" */
const eventAtEnd = sift(
  /\s((?:on|upon)\s+(?:an?\s+|any\s+)?(?:[\w-]+\s+)?(?:failure|error|timeout|success|rejection|denial|warning|crash|conflict|mismatch))(?:\s+only)?\s*[.!]?$/i,
);
const place = sift(
  /\s(in\s+(?:production|prod|staging|development|pre-?prod(?:uction)?)(?:\s+(?:environments?|clusters?))?)(?:\s+only)?\s*[.!]?$/i,
);
const withState = sift(/\s(with\s+(?:an?|no)\s+(?!(?:further|more|delay|change|wait\w*|hesitation|interruption)\b)[\w-]+(?:\s+[\w-]+){0,2})\s*[.!]?$/i); // prettier-ignore
const timeAtEnd = sift(
  /\s((?:only\s+)?(?:whenever|(?:every|each)\s+time|(?:as|so)\s+long\s+as|where)\s+(?:it|they|there|this|that|the|an?|any|no|none|one|you)\s(?![^.]*\b(?:described|explained|shown|listed|documented|covered|left)\b)[^,;.:]{3,100}?)\s*[.!]?$/i,
);

/** "Go to step 5 under heavy load", "during an outage", "above 90 %", "after two failed attempts", "should it be red" */
const underAtEnd = sift(
  /\s(under\s+(?:heavy|high|low|light|full)\s+[\w-]+|during\s+an?\s+[\w-]+(?:\s+[\w-]+)?|outside\s+(?:of\s+)?(?:office|business|working|support)\s+hours|given\s+an?\s+[\w-]+(?:\s+[\w-]+){1,2}|(?:above|below|over|under|beyond|(?:at\s+)?(?:more|less|fewer|higher|lower)\s+than)\s+\d[\d.,]*(?!\s*(?:times|attempts|tries|retries|minutes|seconds|hours)\b)(?:\s?%|\s\p{L}+){0,3}|after\s+(?:\d{1,2}|two|three|four|five|several)\s+(?:failed|unsuccessful)\s+(?:attempts|tries|retries)|should\s+(?:it|they|there|this|that|the)\s[^,;.:]{2,80}?)\s*[.!]?$/iu,
);
const otherwise = sift(/\s(otherwise|in\s+(?:all\s+)?other\s+cases)\s*[.!]?$/i);
const exceptFor = /\b(?:except|but\s+not|not|other\s+than|apart\s+from)$/i;

/** The words behind where one goes, at `jumpStart` of the prose, or behind an ending, that say for whom or when it is. */
export function kindBehind(sentence: Sentence, jumpStart: number | null): Condition | null {
  const isJump = jumpStart !== null;
  const from = isJump ? jumpStart - sentence.start : findOutcome(sentence.text)?.start;
  if (from === undefined) return null;
  const behind = sentence.text.slice(from);
  const other = jumpStart === null ? null : otherwise.exec(behind);
  if (other?.[1] !== undefined) {
    const at = sentence.start + from + other.index + 1;
    return { kind: 'else', text: other[1].toLowerCase(), start: at, end: at + other[1].length, sentence };
  }
  const match =
    timeAtEnd.exec(behind) ??
    (isJump ? underAtEnd.exec(behind) : null) ??
    eventAtEnd.exec(behind) ??
    (isJump ? place.exec(behind) : null) ??
    stateOf(behind, isJump) ??
    ofKind(behind, isJump);
  const words = match?.[1];
  if (!match || words === undefined) return null;
  const start = sentence.start + from + match.index + match[0].indexOf(words);
  const isExcept = exceptFor.test(behind.slice(0, match.index));
  return {
    kind: 'if',
    text: `${isExcept ? 'not ' : ''}${words.replace(/^only\s+/i, '').replace(/^to\b/i, 'for')}`,
    start,
    end: start + words.length,
    sentence,
  };
}

/** "With an empty queue", but not "with a new password". */
function stateOf(behind: string, isJump: boolean): RegExpExecArray | null {
  const match = isJump ? withState.exec(behind) : null;
  return match?.[1] !== undefined && isFinding(match[1].replace(/^with\s+an?\s/i, '')) ? match : null;
}

/** Whom an ending is for is a finding: "Escalate for red queues", but not "escalate for permission changes". */
function ofKind(behind: string, isJump: boolean): RegExpExecArray | null {
  const match = kindAtEnd.exec(behind);
  return match?.[1] !== undefined && (isJump || /^on\s/i.test(match[1]) || isFinding(match[1])) ? match : null;
}
