// Degrees by their build and not word by word: how far ("well below the quota"), how much more ("much better"), more than what is
// usual, how many ("plenty of room"), a judgement ("looks healthy"), a part of a change ("has mostly recovered"). They are looked for
// in conditions alone; in other sentences such words only tell.
import { allMatches, sift } from '../base/index.ts';

const much =
  'much|far|way|a lot|a (?:little )?bit|a little|slightly|somewhat|considerably|significantly|noticeably|substantially|markedly|marginally|dramatically|visibly';
const reasonable =
  'acceptable|reasonable|decent|sane|tolerable|manageable|sensible|comfortable|respectable|unacceptable|unreasonable|moderate|healthy|normal|usual';
const measure =
  'levels?|values?|range|pace|rate|speed|size|volume|amount|numbers?|limits?|bounds|margin|manner|fashion|time|period';
const jump =
  'jumps?|rises?|drops?|spikes?|increases?|decreases?|dips?|peaks?|surges?|gaps?|fluctuations?|deviations?|differences?|slowdowns?';
const comparative =
  '(?:high|low|slow|fast|larg|small|bigg|long|short|great|few|old|new|heavi|quick|strong|weak|hard|tight|wid|warm|hott|cool|cold|near|clos|deep|steep|full|empti|busi|quiet|rar|healthi|noisi)er';
/** Nothing more is said of it. */
const atEnd = String.raw`(?=\s*(?:[,;:.)]|$|\b(?:again|now|and|or|but|after|within)\b))`;

const forms: readonly RegExp[] = [
  // "Comfortably below the quota", "way over budget".
  String.raw`\b((?:comfortably|safely|dangerously|uncomfortably|well|${much}) (?:above|below|over|under(?![ -]?way)|beyond|within|outside|behind))\b`,
  // "Much better", "slightly longer than the others".
  String.raw`\b((?:${much}) (?:better|worse|more|less|fewer|${comparative}|improved|reduced))\b(?!\s+(?:or less|important)\b)`,
  // "Acknowledge too slowly", "has shrunk considerably", "got noticeably worse", "climbs at an odd rate".
  String.raw`\b(?!(?:is|are|was|were|be|been|it|not)\b)[a-z]{2,} ((?:(?:far|much|way|a bit|a little) )?(?:too|very|so|quite|rather|pretty|fairly|unusually|abnormally|surprisingly) (?:fast|hard|often|rarely|seldom|far|soon|early|late|long|much|little|[a-z]{3,}ly))${atEnd}`,
  String.raw`\b(?!(?:is|are|was|were|be|been|it|not)\b)[a-z]{2,} (adequately|satisfactorily|acceptably|tolerably|decently|slowly|quickly|rapidly|sharply|steeply|steadily|considerably|significantly|substantially|noticeably|markedly|appreciably|dramatically|drastically|excessively|severely|seriously|gradually|continuously|unusually|abnormally|unreasonably|disproportionately|frequently|infrequently|regularly|occasionally|intermittently|sporadically|constantly|repeatedly|rarely|seldom)${atEnd}`,
  String.raw`\b((?:${much}|even|rather|quite|gradually|steadily|clearly|seriously|increasingly|progressively) (?:better|worse|slower|faster|higher|lower|larger|bigger|longer|shorter|smaller))\b(?! than (?:\d|\{|\`))`,
  // "Has trouble keeping up", "struggles to answer", "can barely keep up".
  String.raw`\b((?:has|have|having|had|is having|are having) (?:great |some |serious |more and more )?(?:trouble|difficult(?:y|ies)|problems|a hard time|issues) [a-z]+ing(?: (?:up|through|out|in))?)\b`,
  String.raw`\b((?:struggl(?:es?|ing)|strain(?:s|ing)?) to [a-z]+(?: up)?)\b`,
  String.raw`\b((?:can )?(?:barely|hardly|scarcely|only just) (?:keeps?|cop(?:es?|ing)|manages?|mov(?:es?|ing)|respond(?:s|ing)?|answer(?:s|ing)?|works?|working|makes?|reacts?)(?: up)?)\b`,
  // "The relay calms down", "keeps falling further behind", "has picked up again".
  String.raw`\b((?:calm|settle|quiet(?:en)?|cool|die|slow|wind|simmer)(?:s|ed|d|ing)?(?:[a-z]ed)? (?:down|off)|(?:eas|taper|tail|level|drop|fall|flatten|thin|tap)(?:e|es|ed|ing|s|ped|ping)? (?:off|out|away)|(?:pick|picks|picked|picking|speed|speeds|speeding) up|(?:fall|falls|fell|fallen|falling|lag|lags|lagged|lagging|drop|drops|trail|trails|trailing) (?:further |far |ever further )?behind|(?:gets?|getting|got) (?:out of hand|going again|bogged down|jammed|choked|overwhelmed)|(?:deteriorat|worsen|fluctuat|oscillat|wobbl|stabili[sz]|normali[sz])(?:e|es|s|ed|ing)|(?:creep|creeps|creeping|crept|drift|drifts|drifting) (?:up|down|upwards?|downwards?|away|apart))${atEnd}`,
  String.raw`\b((?:keeps?|continues? to|goes on|going on|starts? (?:to|being)?|begins? to) ?(?:grow(?:ing)?|ris(?:e|ing)|fall(?:ing)?|climb(?:ing)?|shrink(?:ing)?|increas(?:e|ing)|decreas(?:e|ing)|drop(?:ping)?|slow(?:ing)?|swell(?:ing)?|pil(?:e|ing)|build(?:ing)?|degrad(?:e|ing)|drain(?:ing)?)(?: up| down| off| further)?)${atEnd}`,
  // "Looks jagged", "is unsteady", "seems busy": how much so?
  String.raw`\b(?:is|are|was|were|looks?|looking|seems?|appears?|feels?|gets?|got|becomes?|remains?|stays?|stay|look|seem|appear|feel|get|become)(?: still| again| now| all| a bit| a little| rather| quite| very| too| so| really| somewhat| pretty| fairly)* (jagged|spiky|bumpy|noisy|uneven|unsteady|unstable|steady|calm|quiet|(?<!\b(?:all|every|each|none|both)\b[^,;:.]{0,40})busy|crowded|congested|overloaded|overwhelmed|stressed|strained|swamped|starved|sluggish|lethargic|tired|tight|scarce|thin|sparse|dense|frequent|rare|hot|warm|cold|cool|old|stale|outdated|aged|young|fresh|big|hefty|bulky|bloated|swollen|lopsided|skewed|unbalanced|imbalanced|ragged|shaky|rough|smooth|responsive|snappy|lively|serious|severe|critical|dramatic|drastic|extreme|excessive|modest|mild|moderate|ample|plentiful|insufficient|inadequate|deficient|abundant|unusual|uncommon|atypical|irregular|peculiar|curious|questionable|dubious|doubtful)${atEnd}`,
  // "One class dominates the list", "one node stands out": by how much?
  String.raw`\b((?:clearly |strongly |really |visibly )?(?:(?:pre)?dominates?|prevails?|outweighs?|outnumbers?|overwhelms?|dwarfs?|(?:stands?|sticks?|jumps?) out|gets? the upper hand))\b`,
  // "The certificate is about to expire": how long is left?
  String.raw`\b(?:is|are|looks?|seems?) (?:now |already )?((?:about|soon|just about|close) to (?:expire|expiring|run out|running out|fill up|filling up|overflow|be full|be exhausted))\b`,
  // "Only a few", "just about enough", "next to nothing".
  String.raw`\b((?:only |just )?(?:a few|a couple|a handful|next to nothing|hardly anything|barely anything|just about enough|not much|not many|not that (?:much|many)))${atEnd}`,
  // "Busier than it normally is", "slower than they should be".
  String.raw`\b((?:more|less|fewer|better|worse|[a-z]{2,9}er)(?: [a-z-]+){0,3}? than (?:(?:it|they|he|we|you|that|this|one|people|things) )?(?:(?:normally|usually|typically|ordinarily|generally|ever|previously|otherwise|it used to)(?: (?:is|are|was|does|do|would(?: be)?|has|have|see|expect|seen))?|(?:it|they) (?:should|used to|would|ought to|did|was|were)(?: be| have been)?|(?:you|we|one) (?:would |might )?(?:expect|like|see|want|are used to)))\b`,
  // "More errors than usual", "slower than normal".
  String.raw`\b((?:more|fewer|less|[a-z]{2,9}er) (?:[a-z-]+ ){0,3}?than (?:usual|normal|expected|typical|average|ordinary|it should(?: be)?))\b`,
  // "Back to acceptable levels", "at a decent pace", "in a timely manner".
  String.raw`\b(?:to|at|in|within|of|with|has|have)(?: an?| the| its| their)? ((?:more )?(?:${reasonable}|timely) (?:${measure}))\b`,
  String.raw`\b((?:has|have) an? (?:plausible|suspicious|strange|odd|decent|sensible) [a-z]+)${atEnd}`,
  // "Plenty of room", "a fair amount of traffic", "an abnormal number of retries", "tons of errors".
  String.raw`\b((?:plenty|lots|loads|tons|heaps|a (?:whole )?lot|a bunch|a (?:ton|pile|slew|raft|flood)) of)\b(?! (?:the|it|them|this)\b)`,
  String.raw`\b(an? (?:fair|good|decent|sizeable|healthy|growing|rising|disturbing|suspiciously high|surprisingly high|unusually high|unusually large|large|small|huge|great|big|high|low|abnormal|unusual|excessive|suspicious|significant|considerable|substantial|noticeable|surprising|alarming|worrying|negligible) (?:number|amount|volume|quantity|deal|part|share|portion|proportion|fraction|percentage) of)\b`,
  String.raw`\b(?:is|are|with|has|have|only|just) ((?:only |just |very |too )?(?:little|scarcely any|next to no|barely any|hardly any)) (?:free |spare )?(?:space|room|memory|time|traffic|load|capacity|disk|bandwidth|headroom)\b`,
  // "Looks healthy", "does not seem right".
  String.raw`(?<!\b(?:polic(?:y|ies)|rules?|settings?|config\w*|manifests?|files?|syntax|permissions?|quer(?:y|ies)) (?:all )?)\b(?:looks?|seems?|appears?|feels?|looking)(?: to be| all| still| quite| perfectly| mostly| rather| pretty)* (fine|ok|okay|good|healthy|normal|right|al?l ?right|sane|better|great|sensible|reasonable|plausible)\b(?! (?:to|for|as)\b)`,
  String.raw`\b(?:do|does|did)(?: not|n['’]t) (?:look|seem|appear|feel)(?: to be| all| quite| very| too)* (fine|ok|okay|good|healthy|normal|right|al?l ?right|sane|better|sensible|plausible|bad)\b`,
  String.raw`\b(?:is|are|gets?|got|becomes?|became|getting|looks?) (?:any )?(better|worse)${atEnd}`,
  String.raw`\b(?:feels?|seems?|looks?) (?:any )?(${comparative}|snappier|smoother)${atEnd}`,
  String.raw`\b(?:is|are|shows?|finds?|has|have) ((?:next to|virtually|practically|almost|hardly|barely) (?:none|no|any))\b`,
  // "Has mostly recovered", "are largely gone", "getting rather full".
  String.raw`\b((?:mostly|largely|mainly|more or less|practically|almost|nearly) (?:gone(?: away)?|back|done|over|recovered|cleared|drained|resolved|exhausted|used up|caught up|back to normal))\b`,
  String.raw`\b(?:getting|becoming|growing|becomes?|gets?|got|is|are) ((?:rather|pretty|quite|fairly|really|very|too|a bit|uncomfortably|dangerously) (?:full|busy|slow|high|low|large|long|hot|crowded|scarce|tight|noisy|sluggish|flaky))\b`,
  // "Is negligible", "are all over the place", "in bad shape".
  String.raw`\b(?:is|are|was|were|seems?|looks?|remains?|stays?|becomes?|gets?)(?: still| only| just| all)? (negligible|insignificant|minimal|marginal|moderate|manageable|bearable|erratic|jumpy|flaky|choppy|spotty|patchy|laggy|jittery|shaky|all over the place|out of (?:control|hand|whack)|off the charts|creeping up|in (?:good|bad|poor|great|decent) (?:shape|health))\b`,
  String.raw`\b(through the roof|sky[- ]high|on the (?:high|low|slow|heavy) side|off the charts)\b`,
  // "Responds sluggishly", "has eased off a bit", "has gone down enough", "is taking forever".
  String.raw`\b[a-z]+ (sluggishly|smoothly|promptly|swiftly|heavily|badly|poorly|wildly|massively|strangely|oddly|erratically|markedly|visibly|like crazy)${atEnd}`,
  String.raw`\b(?!(?:is|are|was|were|be|been|that|has|have|had|not)\b)[a-z]+ (enough|a (?:little )?bit|a lot|quite a bit|somewhat|a great deal|by (?:a lot|far|a (?:wide|good|fair|large) (?:margin|deal|bit|amount))|all the time)${atEnd}`,
  String.raw`\b(?:takes?|taking|took|runs?|running|lasts?|waits?|waiting|hangs?|for) (forever|ages|an eternity)\b`,
  // "A big jump", "a sudden drop".
  String.raw`\ban? ((?:big|huge|sharp|steep|massive|clear|marked|noticeable|sudden|unusual|strange|odd|dramatic|strong|significant|considerable) (?:${jump}))\b`,
  String.raw`\b(?:rates?|usage|latenc(?:y|ies)|times?|performance|loads?|lags?|situation|things?|throughput|it) (?:has |have |does not |do not )?(improved?|improves)${atEnd}`,
].map((source) => sift(new RegExp(source, 'i')));

/** How many, as all that stands in a cell or an item of cases: "A whole lot". */
const onlyAmount =
  /^((?:only )?(?:quite )?(?:a (?:whole )?lot|lots|loads|plenty|tons|a bunch|hardly any|very few|very many|quite a few|a handful))(?: of [a-z]+(?: [a-z]+)?)?$/i;

/** The first degree among the conditions of a sentence, or in words that are a case by themselves; `index` counts in all of the text. */
export function degreeIn(text: string, isCase: boolean): RegExpExecArray | null {
  if (isCase) return inClause(text, 0, text.length);
  for (const { index, 0: word } of allMatches(
    text,
    /(?<=^|[,;:] |\b(?:and|or|otherwise|but|then) |\w )(?:if|when|whenever|once|unless|as soon as|as long as|until|till|(?<=(?:^|[,;:] |\b(?:and|or|otherwise|but|then) ))should|in case|where|wherever|while|provided(?: that)?|providing|assuming(?: that)?|in the event that)\s/gi,
  )) {
    const from = index + word.length;
    const length = text.slice(from).search(/[,;:]|\bthen\b|\.\s|$/);
    const found = inClause(text, from, from + length);
    if (found) return found;
  }
  return null;
}

/** A cell that is nothing but an amount. */
export function amountAlone(text: string): RegExpExecArray | null {
  return onlyAmount.exec(text);
}

function inClause(text: string, from: number, to: number): RegExpExecArray | null {
  const clause = text.slice(from, to);
  for (const form of forms) {
    const found = form.exec(clause);
    if (!found) continue;
    found.index += from;
    return found;
  }
  return null;
}
