// Words that name a degree and not a number: two engineers read them differently, and no machine reads them at all.
import { sift } from '../base/index.ts';

/** A degree right before what it is a degree of: "poor health scores", "high CPU usage". */
export const vagueBefore = sift(
  /\b(?<!\w-)(abnormal(?:ly)?|unusual(?:ly)?|significant(?:ly)?|excessive(?:ly)?|elevated|poor|considerable|substantial|unacceptabl[ey]|unreasonabl[ey]|reasonable|inordinate(?:ly)?|disproportionate(?:ly)?|sizea?ble|noticeable|worrying|alarming|concerning|(?:very |too |unusually |abnormally |consistently )?(?:high|low|slow|large|small|long)|too (?:many|few|much|little)|a lot of|degraded|bad)\s+((?:(?!or\b|and\b|of\b|to\b|in\b|for\b)[a-z0-9/-]+\s+){0,2}?(?:scores?|rates?|latenc(?:y|ies)|usage|utili[sz]ation|loads?|counts?|volumes?|traffic|memory|cpu|disk|times?|delays?|lags?|values?|errors?|failures?|requests?|performance|increases?|drops?|spikes?|deviations?|changes?|amounts?|(?<!\b(?:small|low)\s)numbers?|levels?|consumption|pressure|availability|throughput|backlogs?|queues?|rows?|entries|connections?|restarts?|retries|timeouts?|shares?|portions?|fractions?|proportions?))\b/i,
);

/** A degree said of what stands before it: "if the latency is high". */
export const vagueAfter =
  /(?:\b(?:is|are|was|were|seems?|looks?|appears?|remains?|stays?|becomes?|gets?)|^should\s[^,]{1,60}?\bbe)\s+((?:(?:very|too|quite|still|rather|somewhat|pretty|[a-z]{3,20}ly)\s+){0,2}(?:high|low|slow|large|small|long|short|poor|bad|elevated|considerable|substantial|noticeable|sluggish|heavy|abnormal|unusual|excessive|significant|degraded|unacceptable|unreasonable|acceptable|tolerable|reasonable|suspicious|strange|odd|strong|weak|huge|tiny|massive|enormous|extreme|concerning|worrying|alarming|unsatisfactory|inadequate|steep|severe|serious|intense|(?:piling|building|stacking|backing) up|mounting|(?:getting|growing|becoming|running) (?:low|short|out|high|slow|large|long|worse|sluggish|full|scarce)|through the roof|sky-high|on the (?:high|low|slow|heavy) side|under (?:heavy|high|great|severe|strong|intense|unusual) (?:load|pressure|stress|strain)|(?:(?:very|quite|too|dangerously) )?(?:close to|near|nearing|approaching) (?:its|their|the) (?:limits?|maximum|max|capacity|quota|upper bound)|near capacity|(?<=\b(?:looks?|seems?|appears?|gets?) (?:a bit |rather |quite |very )?)(?:wrong|off|weird|funny|fishy|backed up|unhealthy)|(?:roughly|more or less|approximately|about) (?:as (?:usual|expected|normal)|normal)|(?:nearly|almost) (?:full|empty|exhausted|used up)|(?<=\b(?:rather|fairly|pretty|relatively|extremely) )(?:old|big|busy|late|far)|(?<=\b(?:too|very|quite|unusually) )(?:old|new|big|busy|late|early|far|close|young|wide|deep)|(?:(?:way|far|much|a bit) )?too (?:warm|cold|hot|cool|noisy|loud|bright|dark|wet|dry|humid|heavy|light|full|empty|weak|strong|steep|dense|frequent|thin|thick|crowded)\b(?!\s+to\b)|far (?:away|off)|(?:[a-z]+er|worse|more|less) than (?:usual|normal|expected|it should be|before|always)))\b(?!\s+(?:than|enough|\d|as|for(?!\s+(?:(?:another|more than|at least|over|up to|the (?:last|next))\s+)?(?:\d|an? (?:while|long|minute|hour)|several|some time))|in the|available|level|priority|severity|quality))|\b(?:is|are|was|were|gets?|got|looks?|seems?|falls?|fell|goes|went|comes?|came|returns?|returned|stays?|drops?|dropped|have|has)\s+(?:been\s+)?(?:still\s+|now\s+|all\s+|not\s+)?((?:back|close|near|down)\s+to\s+(?:normal|usual)(?!\s+(?:operation|business|mode|state|priority))|(?:outside|within|in)\s+(?:the\s+)?(?:usual|normal|expected|acceptable|reasonable)\s+(?:limits?|range|bounds))\b/i;

/** A degree of a change or of a way to act: "drops noticeably", "is growing too fast", "responds slowly". */
export const vagueManner = sift(
  /\b(?:\w+s|\w+ing|\w+ed|grow|rise|drop|fall|respond|climb|increase|decrease|come|go|move|fill|drain|load|open|start|finish|answer|react|recover|return|arrive|appear|happen|occur|fail|crash|restart|flap|get|change)\s+(?:(?:up|down|out|in|back|through)\s+)?((?:(?:too|very|quite|unusually|abnormally|reasonably|fairly|relatively|rather|sufficiently)\s+)?(?:fast|quickly|slowly|rapidly|sharply|noticeably|significantly|considerably|substantially|dramatically|excessively|steeply|abnormally|unusually|frequently|constantly|repeatedly|sporadically)|(?:far|way|well) behind|again and again|over and over(?: again)?|time and again|(?:every )?now and then|from time to time|too (?:often|frequently|much|long|many)|(?<!\b(?:is|was|has|does|this|its|as|seems) )often|recently|lately)\b(?!\s+(?:as|than|enough|slow|fast|high|low|large))/i,
);

/** A change as such: "if the error rate spikes". */
export const vagueChange =
  /\b(?:rates?|usage|latenc(?:y|ies)|counts?|loads?|traffic|times?|numbers?|lags?|memory|cpu|errors|requests|volumes?|queues?|backlogs?|throughput)\s+((?:suddenly\s+)?(?:spikes?|surges?|soars?|skyrockets?|explodes?|plummets?|plunges?|shoots? up|goes? (?:wild|crazy|through the roof)))(?=\s*(?:[,;:.]|$|\b(?:again|suddenly|and|or)\b))/i;

/** How long, without a number: "has been open for too long". */
export const vagueLong = sift(
  /\b(?:is|are|was|were|has|have|been|runs?|\w+(?:s|ed|ing))\s+(?:\w+\s+)?for\s+((?:(?:far|much|very|way)\s+)?(?:too long|so long|a (?:very )?long (?:time|while|period)|quite (?:a while|some time)|some time|ages|a while))\b|\b(?:is|are|was|were|be|comes?|gets?|has|have|recovers?|returns?|responds?|answers?|finishe?s?|starts?|\w+(?:ed|ing))\s+(?:\w+\s+){0,2}?(?:after|within|in)\s+(an? (?:(?:very )?(?:short|little|reasonable|long) )?(?:while|time|moment|bit)|some (?:time|while)|reasonable time)\b|\b(?:is|are|comes?|gets?|has|have|recovers?|returns?|responds?|answers?|\w+(?:ed|ing))\s+(?:\w+\s+){0,2}?((?:very |pretty )?(?:soon|shortly)(?: (?:after(?:wards)?|thereafter|again))?)(?=\s*[,.;]|$)|\b(?:takes?|took|taking|lasts?|lasted|runs?|hangs?|waits?)\s+((?:[a-z]{3,12}ly|very|quite|so|rather|far too)\s+long)\b(?!\s+(?:as|that|enough))/i,
);

/** Enough for whom, most of how many: "comes up quickly enough", "has most of the requests". */
export const vagueEnough = sift(
  /\b(?:has|have|holds?|takes?|uses?|causes?|makes? up|gets?|sends?|consumes?)\s+((?:most|much|many|the bulk|a lot|the lion['’]s share) of) (?:the|its|their|all)\b|^(?:otherwise,?\s+)?(?:if|when|once|unless)\s+(?:there\s+(?:is|are)\s+)?(?:still\s+|now\s+)?((?:not\s+)?enough)\s+(?:[a-z-]+\s+){1,3}?(?:(?:is|are|remains?)\s+(?:free|left|available|there|ready|up|online)\b|[a-z-]+(?=,))|\b((?:fast|quick(?:ly)?|slow(?:ly)?|soon|long|often|high|low|large|small|big|good|well|free|much|many|healthy|stable|recent|empty|full|strong|close|idle|safe|certain|sure) enough)\b(?!\s+(?:to|for|that|space|memory|room)\b)/i,
);

/** A limit that is only a degree, as an item of what has to hold or a cell of cases: "`latency_p99` reasonably low", "a fairly small area". */
export const vagueLimit = sift(
  /^(?:an? |`?[\w%]+`?(?: (?!is\b|are\b|was\b|be\b|will\b|should\b)[\w%-]+){0,3}\s)((?:reasonably|acceptably|fairly|relatively|sufficiently|noticeably|unusually|abnormally|consistently|suspiciously|extremely|very|too|rather|quite)\s(?:high|low|large|small|big|long|short|slow|fast|old|new|many|few|full|empty|busy))(?: [a-z]+)?$/i,
);

/** "A large number of failed logins" where somebody is told to look for it. */
export const vagueAmount =
  /\b(?:an?|any|the)\s+((?:very |unusually |abnormally )?(?:large|high|big|huge|great|unusual|excessive|abnormal|suspicious|significant|considerable|substantial|noticeable|inordinate)) (?:number|amount|volume|quantity|share|proportion|fraction|percentage)s? of\b/i;

/** How many in comparison with who knows what: "sends unusually many requests". */
export const vagueCount =
  /\b((?:unusually|abnormally|exceptionally|surprisingly|suspiciously|remarkably|excessively)\s+(?:many|few|much|little))\b/i;

/** For how long to wait, without a time: "wait a while and try again". */
export const vagueWait = sift(
  /^(?:(?:then|now|next|please|and),? )*wait (?:for )?(a (?:little |short |good )?(?:while|bit|time)|some time|long enough)(?=\s*(?:[.,;:)]|$|\b(?:and|before|then|until the)\b))/i,
);

/** When, without a time: "if a release was made recently". */
export const vagueLately = /\b(recently|lately|a short (?:time|while) ago|not long ago|some time ago)\b/i;

/** How many, without a number: "if many pods restart". */
export const vagueMany =
  /\b(?:if|when|once|unless)\s+(?:there (?:are|is)\s+)?(?:(?:only|just|still|already|also)\s+)?((?:not )?(?:that |too |very |so )?many|several|a few|quite a few|very few|hardly any|barely any|few|lots of|plenty of|loads of|a handful of|a couple of|an? (?:large|small|high|low|big|huge|great|unusual|excessive|abnormal|suspicious|significant|considerable|substantial|noticeable) (?:number|amount|volume|share|part|portion|fraction|percentage) of|numerous|(?:almost|nearly|virtually) (?:all|every|none|no)|(?:the |a )?(?:vast |great |large )?majority of|most of the|most|(?:very|too) (?:little|much))(?:\s+[a-z]|(?=\s*[,;:]))|\b(?:has|have|had|was|were|been|\w+(?:s|ed))\s+(?:\w+\s+){0,2}?((?:several|many|multiple|numerous|countless|a few|a couple of) times)\b(?!\s+(?:as|more|the|a|an|per|slower|faster|higher|larger|longer))/i;

/** The degree in the words of a finding: all of `too high`, the `poor` of `poor health scores`. */
export function spanOfDegree(words: string): { readonly start: number; readonly end: number } {
  const before = vagueBefore.exec(words);
  return before
    ? { start: before.index, end: before.index + (before[1]?.length ?? 0) }
    : { start: 0, end: words.length };
}
