// Tells what a heading announces by the words that headings of any runbook share: sections that explain, sections of
// steps, a step itself, or one of several cases.
import { onceFor } from '../base/index.ts';
import type { Heading } from '../guide/index.ts';
import { saysWrong } from './findings.ts';
import { isImperative } from './imperative.ts';

const explains =
  /^(?:the )?(?:meaning|impact|overview|introduction|background|references?|related|see also|links?|symptoms?|description|summary|purpose|about|contacts?(?: (?:info(?:rmation)?|details?|lists?|persons?|points?))?$|glossary|revisions?|change ?log|history|(?:table of )?contents|toc|prerequisites?|requirements?|applies|applicable|applicability|scope|goals?|examples?|samples?|appendix|further|resources?|additional|alert (?:details|description|information|name)|definitions?|terminology|owners?|faq|frequently|limitations?|licen[cs]e|authors?|severity|context|issue description|parameters?|inputs?|notes?$|escalation (?:contacts?|matrix)|(?:more|useful|other) (?:info(?:rmation)?|links?|reading|resources?)|error (?:text|message)s?$|root cause$|details?$|common (?:errors?|causes?|failures?)$|known (?:issues?|limitations?)$|documentation$|metadata|example |expected (?:\w+ ){0,2}behaviou?rs?\b|observability$|recovery definition$|concepts?$|architecture$|prevention(?: (?:measures?|tips?|recommendations?|strateg(?:y|ies)))?$|preventive|(?:how to )?avoid(?:ing)? (?:the|this|these|such) (?:issue|problem|error|failure|situation|alert)s?(?: in (?:the )?future)?$|how to (?:avoid|prevent) (?:it|this|the)\b|what (?:it|this|they) looks? like|consequences\b|important notes?$|quick reference|when (?:this|the|it|an?)(?: \w+)? (?:fires|alerts?|triggers|pages|happens)\b|when (?:do|does|will) (?:this|the|it)\b|when to use\b|(?:alert )?(?:triggers?|conditions?)$|trigger(?:ing)? conditions?$|(?:useful|handy|helpful|frequently used) (?:\w+ ){0,2}(?:commands?|queries|snippets|scripts?)$|(?:\w+ )?cheat ?sheet$|(?:command|cli|query) reference$|(?:known |possible |likely )?causes?$|good to know$|gotchas?$|caveats?$)\b/i;

const numberWord = String.raw`(?:#?\s*(?:\d{1,3}|[a-z]|[ivx]{1,4}|one|two|three|four|five))`;
const caseWord = new RegExp(
  String.raw`^(?:(?:possible|potential|common|likely|root)\s+)?(?:cause|case|scenario|option|alternative|method|approach|workaround|mitigation|resolution|solution|fix|possibility|branch|situation|path|variant|pattern|failure|error|issue|problem|symptom|reason)s?\s*${numberWord}(?=\s*[-–—:.)]|\s*$)|^(?:cause|case|scenario|option|alternative|possible cause|failure|error|symptom|issue|problem)\s*[-–—:]\s|^fail(?:ed|ure)?\]\s|^(?:otherwise|in all other cases)\s*:?$|^(?:if|when|in case|for(?!\s+(?:each|every|all|any|example|more|further)\b))\s+\S+`,
  'i',
);

/** True when the heading names a section that explains: Meaning, Impact, Overview, References and the like. */
export const isBackground: (heading: Heading) => boolean = onceFor(
  (heading) => heading.number === null && titleExplains(heading),
);

/** The same by the title alone: "4. Consequences" explains too, when nothing below it is to be done. */
export function titleExplains(heading: Heading): boolean {
  const title = bare(heading.title);
  if (!explains.test(title) || (namesThing.test(title) && saysWrong(title))) return false;
  return !doubtful.test(title) || title.split(/\s+/).length <= 3;
}

/** "Prerequisites" explains; "Prerequisites for the firmware update on every node" may well be what to do. */
const doubtful =
  /^(?:the )?(?:prerequisites?|requirements?|parameters?|inputs?|additional|resources?|context|scope|description|applies|about|examples?|further)\b/i;

/** "Context deadline exceeded", "Resources exhausted": what is wrong, and with what. */
const namesThing =
  /^(?:the )?(?:context|resources?|links?|history|owners?|scope|severity|parameters?|inputs?|requirements?|limitations?|authors?|samples?|metadata|revisions?|licen[cs]e|contacts?|prerequisites?|architecture|documentation|observability|concepts?|additional \w+)\s/i;

/** What stands below these is for another day, numbered or not. */
export function isAppendix(heading: Heading): boolean {
  const title = bare(heading.title);
  if (namesThing.test(title) && saysWrong(title)) return false;
  return /^(?:the )?(?:references?|related|see also|glossary|revisions?|change ?log|(?:table of )?contents|toc|additional (?:resources?|information|reading|links?)|resources?|faqs?|frequently asked|further (?:reading|information)|licen[cs]e|authors?)\b/i.test(
    title,
  );
}

/** "Why does it fail?": its own words explain, but what stands below may be cases. */
export function isQuestionOfKnowledge(heading: Heading): boolean {
  return /^(?:why|what (?:is|are|does|do|was|happens|causes)|who|where is|how (?:it|does|do(?!\s+(?:i|we|you)\b)|is|are|much|many|long))\b/i.test(
    bare(heading.title),
  );
}

/** "Cause 1: …", "Option B", "If the disk is full": one of several ways. */
export function isCase(heading: Heading): boolean {
  return isCaseTitle(heading.prose.plain);
}

export function isCaseTitle(words: string): boolean {
  return caseWord.test(bare(words));
}

/** "Check the disk", "Which nodes are affected?": the heading is the step, its text the details. */
export function isStepTitle(heading: Heading): boolean {
  const title = bare(heading.title);
  if (/\?$/.test(title)) return /^(?:is|are|was|were|do|does|did|has|have|can|could|which|will|if)\b/i.test(title);
  return isImperative(title) && !(message.test(title) && saysWrong(title)) && !failed.test(title);
}

/** "Build failed", "Backup stuck": the first word may be a verb elsewhere. */
const failed =
  /^[\w-]+(?:\s+[\w-]+)?\s+(?:failed|fails|failing|hangs|hung|crashed|crashes|stuck|expired|timed\s+out)\W*$/i;

/** "bind: address already in use" */
const message = /^\w+:\s+\p{Ll}/u;

/** "Golden rules", "Guardrails": what holds all the time; nobody does it one after the other. */
export function isOfRules(heading: Heading): boolean {
  return /^(?:the\s+|our\s+)?(?:(?:golden|ground|safety|general|basic|operating|core|guiding|hard)\s+)?(?:rules(?:\s+of\s+engagement)?|guardrails|principles)$|^do['’]?s\s+(?:and|&)\s+don['’]?ts$/i.test(
    bareTitle(heading),
  );
}

/** A heading's words without its number; all of them where nothing else stands in it. */
export function wordsOf({ title, prose }: Heading): string {
  return title || prose.plain;
}

/** A heading's words without number and marks before them. */
export function bareTitle(heading: Heading): string {
  return bare(wordsOf(heading));
}

function bare(title: string): string {
  return title.replace(/^[^\p{L}]+/u, '').replace(/^[A-H][.)]\s+(?=\p{L})/u, '');
}
