// Which of several headings side by side are alternatives: only one of them is followed. They say so themselves ("Cause 1",
// "If the disk is full"), by a frame that they share ("Halted due to …", "… deployments"), by how they are means to one end
// ("Using the portal"), by being names of alerts, or by the heading above ("Common issues").
import { onceFor } from '../base/index.ts';
import {
  areVariants,
  numeralOf,
  variantBehind,
  variantOf,
  type Block,
  type Heading,
  type Section,
} from '../guide/index.ts';
import { isOfOtherCases } from './closing-section.ts';
import { contentWords, sharedWords } from './content-words.ts';
import { saysWrong } from './findings.ts';
import { bareTitle, isBackground, isCase, isQuestionOfKnowledge, isStepTitle } from './headings.ts';

/** Sections that are cases of one choice. */
export interface Cases {
  readonly sections: ReadonlySet<Section>;
  /** Each is a guide of its own, as an alert's is: whoever has followed one is done. */
  readonly apart: boolean;
}

/** The sections among `children` that are cases of one choice; none when there are fewer than two. */
export function findCases(
  children: readonly Section[],
  parent: Heading | null,
  numbered: ReadonlySet<Heading>,
  above: readonly Block[],
  seen: ReadonlySet<string>,
): Cases {
  const open = children.filter(({ heading }) => heading !== null && !isBackground(heading));
  const said = open.filter(({ heading }) => heading !== null && saysCase(heading, numbered));
  if (said.length > 1) return { sections: new Set(said), apart: false };
  const free = open.filter(({ heading }) => heading !== null && !(numbered.has(heading) && heading.word !== null));
  const alerts = identifiers(free);
  for (const group of [
    alerts,
    labelled(free),
    variants(free),
    quantities(free),
    announced(free, above),
    introduced(free, above),
    named(free, parent, seen),
    alikeWithin(free),
    closed(free),
    severities(free),
    sharedFrame(free),
    means(free, parent),
    underPlural(free, parent),
    sharedKind(free),
    names(free),
    remedies(free, parent),
    troubles(free),
    questions(free),
  ])
    if (group.length > 1) return { sections: new Set(group), apart: group === alerts || group.every(isAlert) };
  return { sections: new Set(), apart: false };
}

/** "Alert: DiskFull" */
function isAlert({ heading }: Section): boolean {
  return heading !== null && /^(?:alert|alarm)\s*:/i.test(bareTitle(heading));
}

function saysCase(heading: Heading, numbered: ReadonlySet<Heading>): boolean {
  if (!numbered.has(heading)) return isCase(heading);
  return heading.word === null && /^(?:if|when|in case)\s+\S+\s+\S/i.test(bareTitle(heading));
}

const ways =
  /\b(?:(?:two|three|four|five|six|several|different|multiple|possible|common|following|\d)\s+(?:\w+\s+){0,2}?(?:ways|options|methods|approaches|possibilities|alternatives|solutions|fixes|workarounds|causes|reasons|cases|scenarios|issues|problems)|one\s+of\s+the\s+following)\b[^.]*:\s*$/i;

/** "There are three ways to restore it", "depending on the resource, you can try …": words above sections that offer a choice of them. */
export function offersChoice(text: string): boolean {
  return text.length < 400 && (offered.test(text) || asksWhich.test(text));
}

const offered =
  /\b(?:two|three|four|five|six|several|different|multiple|various|following|\d)\s+(?:\w+\s+){0,3}?(?:ways|options|methods|approaches|possibilities|alternatives|solutions|fixes|workarounds|cases|scenarios|causes|reasons|issues|problems)\b|\b(?:one|either)\s+of\s+the\s+following\b|^\W*depending\s+on\b|\byou\s+can\b[^.]*\bor\b/i;

/** "Is it your pods or your service?" above a list of sections on each. */
export const asksWhich = /\b(?:is|are|was|were|does|do|which)\b[^.?]*\bor\b[^.?]*\?\W*$/i;

/** "You can roll it back by:" */
const doneBy =
  /(?:^|[.!?]\s+)\W*(?:you|we|this|it)\s+(?:can|could|may)\s+(?:be\s+)?[^.:]{3,80}\s(?:by|through|via|using|with|in\s+one\s+of\s+these\s+ways)(?:\s+either)?\s*:\s*$/i;

/** "There are three ways to restore it:" and a list of the sections below. */
function announced(sections: readonly Section[], above: readonly Block[]): readonly Section[] {
  const items = above.flatMap((block, at) => {
    const lead = above[at - 1];
    if (block.kind !== 'list' || lead?.kind !== 'paragraph') return [];
    const { plain } = lead.prose;
    if (!ways.test(plain) && !asksWhich.test(plain) && !doneBy.test(plain)) return [];
    return block.items.flatMap(({ blocks: [first] }) =>
      first?.kind === 'paragraph' ? [contentWords(first.prose.plain)] : [],
    );
  });
  if (items.length < 2) return countedAbove(sections, above);
  return sections.filter(({ heading }) => {
    const title = heading ? contentWords(bareTitle(heading)) : new Set<string>();
    return items.some(
      (item) =>
        item.size > 0 &&
        (item.size <= title.size + 3 || title.size > 2) &&
        sharedWords(title, item) >= Math.max(1, title.size),
    );
  });
}

/**
 * "Several types of recovery are described in this document.", "What to do depends on the service.": each section below is for one of
 * them. None of the titles may say what to do, and phases of the work are for all.
 */
function introduced(sections: readonly Section[], above: readonly Block[]): readonly Section[] {
  const tells = above.some(
    ({ kind, ...block }, at) =>
      kind === 'paragraph' &&
      'prose' in block &&
      (sortsBelow(block.prose.plain) || (at === above.length - 1 && listsTroubles.test(block.prose.plain))),
  );
  if (!tells || sections.some(isStep)) return [];
  return sections.filter(({ heading }) => heading !== null && !goesFor(bareTitle(heading)));
}

/** "Here are the possible problems you may see:" right above the sections */
const listsTroubles =
  /(?:^|[.!?]\s+)\W*[^.!?]{0,60}\b(?:possible|potential|common|following|typical|known|usual)\s+(?:[\w-]+\s+){0,2}?(?:problems|issues|causes|reasons|errors|failures|scenarios|situations|symptoms|cases|alerts)\b[^.!?:]{0,60}:\s*$/i;

function sortsBelow(text: string): boolean {
  return (
    text.length < 600 &&
    /\b(?:below|following|this|fall|falls|depends?|sections?)\b/i.test(text) &&
    (kindsBelow.test(text) || byKind.test(text))
  );
}

const someKinds = String.raw`(?:several|various|different|multiple|many|two|three|four|five|six|a\s+few|a\s+number\s+of|some|common|typical|\d)\s+(?:[\w-]+\s+){0,2}?(?:types|kinds|categories|classes|scenarios|situations|failure\s+modes)\b`;
const kindsBelow = new RegExp(
  String.raw`\b${someKinds}[^.]*\b(?:(?:described|covered|addressed|listed|handled|explained|discussed|treated)\s+(?:in\s+(?:this|the\s+following)|below|here)|below\b)|\b(?:this\s+(?:document|page|guide|runbook|playbook|article|section)|the\s+(?:following\s+)?sections?(?:\s+below)?)\s+(?:lists?|describes?|covers?|addresses|handles?|explains?|treats?)\s+${someKinds}|\b(?:falls?|sorted|grouped|divided|structured|organi[sz]ed|split)\s+(?:in(?:to)?|by)\s+(?:one\s+of\s+)?${someKinds}`,
  'i',
);
const byKind =
  /^\W*(?:[^.]*\.\s+)?(?:the\s+)?(?:(?:exact|right|correct|actual|specific|proper)\s+)?(?:resolutions?|remediations?|mitigations?|solutions?|fix(?:es)?|procedures?|process|steps?|actions?|approach|response|what\s+to\s+do)\b[^.]{0,40}\b(?:depends?\s+(?:up)?on|var(?:y|ies)\s+(?:by|with|between)|differs?\s+(?:by|for|between))\s+(?:the|which|what|its|your)\b[^.]{3,60}\.?\W*$/i;
const goesFor = (title: string): boolean =>
  always.test(title) ||
  phase.test(title) ||
  /^(?:detect|respon|communicat|lessons|follow|general|background|rollback|closing|wrap)/i.test(title);

/** "The following two approaches can be used." above two sections. */
function countedAbove(sections: readonly Section[], above: readonly Block[]): readonly Section[] {
  const last = above.at(-1);
  if (last?.kind !== 'paragraph') return [];
  if (asksWhich.test(last.prose.plain)) return askedAbove(sections, contentWords(last.prose.plain));
  const number = counted.exec(last.prose.plain)?.[1];
  if (number === undefined) return [];
  const count = Number(numeralOf(number));
  const open = sections.filter(({ heading }) => heading !== null && !always.test(bareTitle(heading)));
  return open.length === count ? open : [];
}

/** "Is it slow for all endpoints or just one?" above "All endpoints" and "One endpoint". */
function askedAbove(sections: readonly Section[], asked: ReadonlySet<string>): readonly Section[] {
  const open = sections.filter(({ heading }) => heading !== null && !always.test(bareTitle(heading)));
  const isNamed = ({ heading }: Section): boolean =>
    heading !== null && sharedWords(contentWords(bareTitle(heading)), asked) > 0;
  return open.length > 1 && open.every(isNamed) ? open : [];
}

const counted =
  /\b(two|three|four|five|six|[2-6])\s+(?:\w+\s+){0,2}?(?:ways|options|methods|approaches|possibilities|alternatives)\b[^.:]*[.:]\s*$/i;

const frameStart =
  /^(?!diagnos|check|verif|identif|confirm|investigat|prepar)(?:\p{L}+\s+){1,4}?(?:due to|caused by|because of|because|for|in case of)\s+(?=\S)/iu;
const kinds =
  /\b(?:deployments?|clusters?|environments?|installations?|setups?|systems?|hosts?|platforms?|versions?|distributions?|topolog(?:y|ies)|users?|customers?|failures?|errors?|issues?|problems?|violations?|conflicts?|crash(?:es)?|failed|failing|alerts?|alarms?)$/i;

/** "Halted due to X", "Halted due to Y"; "Steps for the A", "Steps for the B". */
function sharedFrame(sections: readonly Section[]): readonly Section[] {
  return largest(groupBy(sections, (title) => frameStart.exec(title)?.[0]));
}

/** "Converged deployments", "Separate deployments": where most are of one kind, the others beside them are too. */
function sharedKind(sections: readonly Section[]): readonly Section[] {
  const free = sections.filter((section) => !isStep(section));
  const kindOf = (title: string): string | undefined =>
    isWork.test(title) ? undefined : kinds.exec(title)?.[0].replace(/(?:ies|y|s)$/, '');
  const group = largest(groupBy(free, kindOf));
  return group.length * 2 >= sections.length && free.length === sections.length ? sections : group;
}

/** "How to spot the problem", "Finding the deployment": what is done, and no kind of thing. */
const isWork = /^(?:how|when|where)\b|^(?!existing|missing|failing|pending|running)\p{L}+ing\s/iu;

/** "My pod stays pending", "API server hangs": each title says what is wrong, or what the reader asks ("How do I call it?"). */
function troubles(sections: readonly Section[]): readonly Section[] {
  const problems = sections.filter((section) => saysProblem(section) || saysHowMuch(section));
  const titleOf = ({ heading }: Section): string => (heading ? bareTitle(heading) : '');
  const isReaders = problems.length > 1 && problems.some((section) => ofReader.test(titleOf(section)));
  const found = isReaders
    ? sections.filter(
        (section) => problems.includes(section) || ofReader.test(titleOf(section)) || asked.test(titleOf(section)),
      )
    : problems;
  const words = found.map((section) => contentWords(titleOf(section)));
  const all = sections.filter(
    (section) =>
      found.includes(section) ||
      (found.length > 0 && isOfFine(section, titleOf(section), words)) ||
      (found.length > 2 && isOfSame(section, titleOf(section), words)),
  );
  return all.length * 3 >= sections.length * 2 ? all : [];
}

/** "Nodes healthy" beside "Nodes stopped": how the same thing may be, too. */
function isOfFine(section: Section, title: string, beside: readonly ReadonlySet<string>[]): boolean {
  if (!saysFine.test(title) || section.heading?.number !== null || isStep(section) || phase.test(title)) return false;
  const words = contentWords(title);
  return beside.some((others) => sharedWords(words, others) > 0);
}

/** "Disk space used by log files" beside "No disk space on the primary": another way in which the same comes about. */
function isOfSame(section: Section, title: string, beside: readonly ReadonlySet<string>[]): boolean {
  if (section.heading?.number !== null || isStep(section) || phase.test(title) || isWork.test(title)) return false;
  const words = contentWords(title);
  return beside.some((others) => sharedWords(words, others) > 1);
}

const saysFine =
  /^(?!(?:once|after|when|until|before|keep|back)\b)[\p{L}\p{N}\s-]{2,60}?\s(?:(?:is|are|looks?|seems?)\s+)?(?:all\s+)?(?:healthy|running|up|ok(?:ay)?|fine|normal|ready|reachable|working|online|green)$/iu;

/** True for a section whose title says what is wrong, or is a message of an error. */
export function saysProblem(section: Section): boolean {
  const { heading } = section;
  if (heading?.number !== null) return false;
  const title = bareTitle(heading);
  if (isMessage(heading)) return true;
  if (isStep(section) || phase.test(title) || isWork.test(title) || /\?\W*$/.test(heading.prose.plain)) return false;
  return ofReader.test(title) || saysWrong(title);
}

function saysHowMuch(section: Section): boolean {
  const { heading } = section;
  if (heading?.number !== null || isStep(section)) return false;
  return measured.test(bareTitle(heading)) || limited.test(bareTitle(heading));
}

/** "Queue backlog > 100 jobs" */
const limited = /^[\p{L}\d][\p{L}\d\s/()-]{2,60}\s[<>≥≤]=?\s*\d/u;

/** "Low disk space", "Too many connections", "No data": so much of it, and no thing that one does. */
const measured =
  /^(?:(?:very|unusually|extremely)\s+)?(?:low|high|no|too\s+(?:many|few|much|little)|not\s+enough|insufficient|excessive|elevated)\s+(?:[\p{L}\d-]+\s+){0,3}?(?:dis[ck]|space|cpu|memory|swap|inodes?|load|latency|lag|usage|utili[sz]ation|rates?|traffic|queues?|backlog|throughput|iops|i\/o|bandwidth|capacity|connections?|sessions?|consumers?|requests?|messages?|files|locks?|threads?|goroutines|replicas?|workers?|pods?|nodes?|data|metrics|logs|responses?|answers?|connectivity|heartbeats?|backups?|quorum|leader|primary|errors?|restarts?|retries)\b/iu;

const asked = /^(?:how|can|could|does|do|is|are|should|what|where|which)\s/i;
const ofReader = /^(?:my|i|i['’]m|our|we)\s/i;

/** "What should I do?" beside "Why did I get this?": one guide, told in questions. */
const ofOneGuide =
  /^what\s+(?:should|can|must|do|shall)\s+(?:i|we|you)\s+(?:need\s+to\s+)?do\b(?!\s+(?:if|when)\b)|^what\s+(?:now|next|to\s+do)\b/i;

/** "Why is my job pending?", "How do I restart a runner?": each is answered by itself. */
function questions(sections: readonly Section[]): readonly Section[] {
  if (sections.some(({ heading }) => heading !== null && ofOneGuide.test(bareTitle(heading)))) return [];
  const found = sections.filter(
    ({ heading }) => heading !== null && /\?\W*$/.test(heading.prose.plain) && ofSomeReader.test(bareTitle(heading)),
  );
  if (found.length * 3 < sections.length * 2) return [];
  // Among them "My backup is stuck. What now?" and "I cannot log in" are what a reader comes with, too.
  return sections.filter(
    (section) => found.includes(section) || (section.heading !== null && broughtAlong.test(bareTitle(section.heading))),
  );
}

const broughtAlong = /\?\W*$|^(?:my|i|we|our)\s/i;
const ofSomeReader =
  /^(?:why|how\s+(?:do|can|to|should)|what\s+(?:does|do|should|if|to)|where\s+(?:do|can)|can\s+(?:i|we)|when\s+should)\s/i;

function groupBy(sections: readonly Section[], keyOf: (title: string) => string | undefined): Iterable<Section[]> {
  const groups = new Map<string, Section[]>();
  for (const section of sections) {
    const key = section.heading ? keyOf(bareTitle(section.heading).toLowerCase()) : undefined;
    const group = key === undefined ? undefined : groups.get(key);
    if (group) group.push(section);
    else if (key !== undefined) groups.set(key, [section]);
  }
  return groups.values();
}

/** "How do I look it up?": "Using the portal", "Querying the registry". */
function means(sections: readonly Section[], parent: Heading | null): readonly Section[] {
  const titled = sections.filter(
    ({ heading }) => heading !== null && /^(?:using|via|with|through|by|from)\s/i.test(bareTitle(heading)),
  );
  if (titled.length > 1) return titled;
  if (titled.length === 0 || parent === null || !/^how\s+(?:do|can|to|should)\b/i.test(bareTitle(parent))) return [];
  return sections.filter(
    ({ heading }) =>
      (heading !== null && /^\w+ing\s/i.test(bareTitle(heading))) || titled.some((other) => other.heading === heading),
  );
}

/** A book of alerts: each heading is the name of one. */
function identifiers(sections: readonly Section[]): readonly Section[] {
  const named = sections.filter(
    ({ heading }) =>
      heading !== null &&
      /^(?:[A-Z][a-z0-9]+(?:[A-Z]+[a-z0-9]*)+|[a-z0-9]+(?:[_.][a-z0-9]+)+)$/.test(bareTitle(heading)),
  );
  return named.length > 2 && named.length * 3 >= sections.length * 2 ? named : [];
}

/** "`refs/heads/*`", "`refs/tags/*`": what is done for a thing of each of these names. */
function names(sections: readonly Section[]): readonly Section[] {
  const named = sections.filter(({ heading }) => {
    const [code] = heading?.prose.codes ?? [];
    const words = heading?.prose.plain.trim() ?? '';
    return code !== undefined && code.start === 0 && code.end >= words.length && !/\s/.test(words);
  });
  return named.length > 2 ? named : [];
}

const severity =
  /^(?:critical|warning|info(?:rmational)?|major|minor|(?:high|medium|low|normal)(?= severity| priority)|sev(?:erity)?[\s-]*[0-4a-c]|p[0-4])(?:[\s-]+(?:level|severity|priority))?(?:\s+(?:alerts?|incidents?))?$/i;

/** "Critical", "Warning": what is done for an alert of each severity. */
/** "Alert: DiskFull" and "Alert: HighCPU": each is about what it names. */
function labelled(sections: readonly Section[]): readonly Section[] {
  return largest(groupBy(sections, (title) => ofLabel.exec(title)?.[1]?.toLowerCase()));
}

const ofLabel = /^(alert|alarm|error|symptom|problem|issue|incident|failure)\s*:\s+\S/i;

/** "Only one region" and "All regions" */
function quantities(sections: readonly Section[]): readonly Section[] {
  return largest(
    groupBy(sections, (title) =>
      ofQuantity
        .exec(title)?.[1]
        ?.toLowerCase()
        .replace(/(?:ies|y|s)$/, ''),
    ),
  );
}

const ofQuantity =
  /^(?:(?:only|just|if)\s+)?(?:one|a\s+single|single|some|several|many|all|every|multiple|a\s+few|most|more\s+than\s+one)\s+([\p{L}-]+)(?:\s+(?:is|are)\s+\p{L}+|\s+affected)?$/iu;

/** "Linux" and "Windows", "Restart it on Linux" and "Restart it on Windows": nobody follows both. Environments are gone through one by one. */
function variants(sections: readonly Section[]): readonly Section[] {
  const titleOf = ({ heading }: Section): string => (heading ? bareTitle(heading) : '');
  const isOne = (words: string): boolean => !['environment', null].includes(variantOf(words));
  const named = sections.filter((section) => isOne(titleOf(section)));
  if (areVariants(named.map(titleOf))) return named;
  const behind = largest(groupBy(sections, (title) => variantBehind(title)?.what));
  const words = behind.flatMap((section) => variantBehind(titleOf(section))?.words ?? []);
  return words.every(isOne) && areVariants(words) ? behind : [];
}

/** "No disk", "No network" and, behind them, "In all other cases, …" */
function closed(sections: readonly Section[]): readonly Section[] {
  const isOther = ({ heading }: Section): boolean => heading !== null && isOfOtherCases(heading);
  const isFree = ({ heading }: Section): boolean => heading?.number === null && !followsAll(heading);
  if (sections.some(isOther) && !sections.some(isStep) && sections.every(isFree)) return sections;
  const last = sections.findLastIndex(({ heading }) => heading !== null && ofNoOther.test(bareTitle(heading)));
  const first = sections.findIndex((section) => isFree(section) && !isStep(section));
  const found = sections.slice(first, last + 1);
  return first !== -1 && found.every((section) => isFree(section) && !isStep(section)) ? found : [];
}

/** "My error is not listed", "None of these", "Something else": the sections before it are what it is none of. */
const ofNoOther =
  /^["“'‘`]?(?:(?:(?:my|your|the)\s+)?(?:error|problem|issue|symptom|message|case|alert|situation)\s+(?:(?:is\s+)?not|isn['’]t)\s+(?:listed|here|on\s+(?:this|the)\s+(?:list|page)|in\s+(?:this|the)\s+list|covered|described|mentioned)(?:\s+(?:here|above|below))?|(?:if\s+)?none\s+of\s+(?:these|those|them|the\s+above)(?:\s+(?:apply|applies|match|matches|fits?))?|(?:something|anything|everything)\s+else|(?:(?:any|all)\s+)?other\s+(?:errors?|problems?|issues?|cases?|symptoms?|messages?|alerts?|failures?)|(?:any|all)\s+others?|others?|not\s+listed(?:\s+here)?|unknown\s+(?:errors?|problems?|issues?|causes?)|(?:i\s+)?(?:cannot|can['’]t|do\s+not|don['’]t)\s+(?:find|see)\s+my\s+(?:error|problem|issue|message|case)(?:\s+here)?)["”'’`]?$/i;

function severities(sections: readonly Section[]): readonly Section[] {
  return sections.filter(({ heading }) => heading !== null && severity.test(bareTitle(heading)));
}

const partOfCase =
  /^(?:symptoms?|causes?|root causes?|diagnos\w+|(?:issue )?validation|mitigations?|resolutions?|solutions?|remediations?|remed(?:y|ies)|workarounds?|fix(?:es)?|(?:\w+ )?corrective actions)$/i;

/** Sections that each tell their own symptoms and their own remedy: each is about a problem of its own. */
function alikeWithin(sections: readonly Section[]): readonly Section[] {
  const parts = sections.map(partsOf);
  const counts = new Map<string, number>();
  for (const title of parts.flatMap((own) => [...own])) counts.set(title, (counts.get(title) ?? 0) + 1);
  return sections.filter((_, at) => [...(parts[at] ?? [])].some((title) => (counts.get(title) ?? 0) > 1));
}

const partsOf = onceFor(({ sections, blocks }: Section): ReadonlySet<string> => {
  const [first] = blocks;
  const titles = sections.flatMap(({ heading }) => (heading ? [bareTitle(heading).toLowerCase()] : []));
  const parts = new Set(titles.filter((title) => partOfCase.test(title)));
  // "**Symptom:** the queue grows." right below the heading
  const label = first?.kind === 'paragraph' ? ownSymptom.exec(first.prose.plain)?.[1] : undefined;
  if (label !== undefined) parts.add(/^symptom/i.test(label) ? seen : `${label.toLowerCase()}:`);
  else if (first?.kind === 'paragraph' && ownSign.test(first.prose.plain) && blocks.some(tellsRemedy)) parts.add(seen);
  return parts;
});

/** What all symptoms are counted as, whatever a guide calls them. */
const seen = 'symptoms:';

/** "**Detect:** the check `lost_webhook`." and, on a line of its own, "**Do:** …" */
const ownSign =
  /^\W*(?:signs?|indicators?|detect(?:ion|ed\s+by|ed)?|how\s+to\s+(?:detect|spot|recogni[sz]e)(?:\s+it)?|you\s+(?:will\s+)?(?:see|notice)|looks?\s+like|seen\s+as|observed)\s*:\s+\S/i;
const remedyLabel =
  /^\W*(?:do|fix(?:es)?|actions?|act|response|resolutions?|resolve|remed(?:y|ies|iation)|mitigations?|mitigate|solutions?|workarounds?|recover(?:y)?|repair|what\s+to\s+do|steps?|then)\W*:/i;

function tellsRemedy(block: Block): boolean {
  return block.kind === 'paragraph' && remedyLabel.test(block.prose.plain);
}

const ownSymptom = /^(symptoms?|alert|trigger(?:ed by)?|fires when|error(?: message)?|problem|issue)\s*:\s+\S/i;

const plural =
  /\b(?:(?:common|potential|possible|known|typical|real-world|frequent|specific|other|error|failure)\s+)+(?:\w+\s+)?(?:issues|problems|errors|failures|scenarios|causes|cases|situations|symptoms)\b|^(?:alerts|scenarios|issues|problems|failures|failure scenarios)$|^(?!(?:other|related|more|further|useful)\b)(?:[\w-]+\s+){1,2}(?:playbooks|runbooks)$/i;

const phase =
  /^(?:diagnos|triag|investigat|identif|mitigat|resol|remed|recover|contain|eradicat|validat|verif|confirm|prepar|escalat|monitor|(?:issue|post|pre|final|initial|general|first|next|basic|quick|step|how)\b|(?:\w+\s+)?(?:checks?|steps|procedures?|checklist|commands|tools?|tips|flow(?:chart)?|overview|methodology|analysis|collection)$)/i;

/** "Quick triage" among common issues is gone through before one knows which it is. */
const forAnyOfThem =
  /^(?:quick|initial|general|first|basic|common)\s+(?:\w+\s+)?(?:triage|checks?|steps|diagnosis|diagnostics|checklist)$/i;

/**
 * "Common issues", "Potential issues and resolutions": below it stands one section for each. So it does below
 * "Troubleshooting" where all sections name what may be wrong, and none a phase of the work.
 */
function underPlural(sections: readonly Section[], parent: Heading | null): readonly Section[] {
  if (parent === null) return [];
  const title = bareTitle(parent);
  const isTroubleshooting = /^troubleshooting$/i.test(title);
  if (!isTroubleshooting && !plural.test(title)) return [];
  const found = sections.filter(
    (section) => !isStep(section) && section.heading !== null && !isQuestionOfKnowledge(section.heading),
  );
  if (!isTroubleshooting)
    return found.filter(({ heading }) => heading !== null && !forAnyOfThem.test(bareTitle(heading)));
  const names = ({ heading }: Section): boolean =>
    heading !== null && heading.number === null && !phase.test(bareTitle(heading));
  return found.length === sections.length && found.every(names) ? found : [];
}

/** "Mitigation" with a section for each cause that a section above is called by. */
function named(sections: readonly Section[], parent: Heading | null, seen: ReadonlySet<string>): readonly Section[] {
  if (parent === null || !isRemedy(parent)) return [];
  return sections.filter(({ heading }) => heading !== null && seen.has(bareTitle(heading).toLowerCase()));
}

const remedyTitle =
  /^(?:(?:possible|potential|recommended|suggested|common|available)\s+)?(?:mitigations?|resolutions?|solutions?|fix(?:es)?|workarounds?|remediations?|remed(?:y|ies)|options|recovery options)(?:\s+(?:options|actions))?$/i;
const always =
  /^(?:verif|validat|confirm|check|after|before|final|clean|post|pre|first|prepar|when|next|escalat|monitor)/i;

/** True for headings such as "Mitigation": what stands below them are remedies. */
export function isRemedy(heading: Heading): boolean {
  return remedyTitle.test(bareTitle(heading));
}

/** "Rollback", "Back-out plan": only for when what was done has to be taken back. */
export function isUndo(heading: Heading): boolean {
  return /^(?:roll(?:ing)?[\s-]?back|back(?:ing)?[\s-]?out)(?:\s+(?:plan|procedures?|steps?|instructions|process))?$/i.test(
    bareTitle(heading),
  );
}

/** Below "Mitigation" each section is a remedy of its own; nobody applies them all. */
function remedies(sections: readonly Section[], parent: Heading | null): readonly Section[] {
  if (parent === null) return [];
  if (!isRemedy(parent))
    return actionsTitle.test(bareTitle(parent)) && sections.every(isGerund) && sections.length > 2 ? sections : [];
  const found = sections.filter(
    ({ heading }) => heading !== null && heading.number === null && !always.test(bareTitle(heading)),
  );
  return found.length > 2 ? found : [];
}

/** "Actions" over "Restarting the pods", "Scaling the pods", …: what can be done. "Restart the pods", … would be done one after the other. */
const actionsTitle = /^(?:(?:possible|recovery|available|mitigating|corrective|common|further|other)\s+)?actions$/i;

function isGerund({ heading }: Section): boolean {
  return heading?.number === null && /^\p{Lu}\p{L}+ing\s+\p{L}/u.test(bareTitle(heading)) && !followsAll(heading);
}

/** True for headings such as "Common issues" and "Alerts": below them stands a section for each. */
export function isCatalogue(heading: Heading): boolean {
  return plural.test(bareTitle(heading));
}

/** True for sections that follow whatever was done before: "Verify", "Escalation". */
export function followsAll(heading: Heading): boolean {
  return always.test(bareTitle(heading)) || phase.test(bareTitle(heading));
}

/** True for phases of the work that all go through, whatever was found: "Verification", "Mitigation", "Escalation". */
export function isForAll(heading: Heading): boolean {
  return isRemedy(heading) || forAll.test(bareTitle(heading));
}

const forAll =
  /^(?:verif|validat|confirm|after|before|final|post|prepar|escalat|monitor|next|first|report|communicat|diagnos|triag|investigat|identif)/i;

function isStep({ heading }: Section): boolean {
  return heading !== null && isStepTitle(heading) && !namesProblem.test(bareTitle(heading)) && !isMessage(heading);
}

/** `bind: address in use`: what is printed, whatever its first word. */
function isMessage({ prose: { plain, codes } }: Heading): boolean {
  const [code] = codes;
  const quoted = /^["“](\S+\s+\S[^"”]*)["”]\W*$/.test(plain);
  const words = code?.start === 0 ? plain.slice(code.start, code.end) : '';
  return quoted || /\S\s+\S+\s+\S/.test(words) || (code !== undefined && namesError.test(words));
}

/** `ImagePullBackOff`, `ERR_CONNECTION_RESET`, `ORA-01555`: nothing else is called so. */
const namesError =
  /^[A-Za-z.]*(?:Error|Exception|BackOff|Failed|Failure|Killed|Timeout|Denied|Refused|Expired|Unavailable|Exceeded|NotFound|NotReady|Unreachable|Unhealthy)$|^(?:ERR|E)_?[A-Z]{4,}(?:_[A-Z]+)*$|^[A-Z]{2,8}-\d{2,6}$/;

/** "Trigger conflicts", "Import errors": the first word may be a verb elsewhere, and here is a part of a name. */
const namesProblem =
  /^(?!(?:fix|resolve|solve|check|find|identify|investigate|handle|analy[sz]e|review|inspect|clear|remove|delete|prevent|avoid|reduce|report|diagnose|debug|troubleshoot|collect|gather|list|count|search|verify|confirm|correct|repair|address|ignore|eliminate|reproduce|look|see|watch|monitor|capture|mitigate|acknowledge|escalate|triage|simulate|inject|force|trigger\s+an?|cause|survive|tolerate)\b)(?:(?:[\w-]+\s+){1,2}(?:failures|errors|issues|problems|violations|conflicts|timeouts|crashes)|(?:[\w-]+\s+){1,3}(?:mismatch(?:es)?|conflict|failure|outage|crash)(?:\s+(?:on|in|with|for|during|when|while|after|at|between|from)\s.*)?)$/i;

function largest(groups: Iterable<readonly Section[]>): readonly Section[] {
  let best: readonly Section[] = [];
  for (const group of groups) if (group.length > best.length) best = group;
  return best.length > 1 ? best : [];
}
