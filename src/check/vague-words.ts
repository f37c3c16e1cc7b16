// Words that name a degree and not a number: two engineers read them differently, and no machine reads them at all.

/** A degree right before what it is a degree of: "poor health scores", "high CPU usage". */
export const vagueBefore =
  /\b(?<!\w-)(abnormal(?:ly)?|unusual(?:ly)?|significant(?:ly)?|excessive(?:ly)?|elevated|poor|considerable|substantial|unacceptabl[ey]|unreasonabl[ey]|reasonable|inordinate(?:ly)?|disproportionate(?:ly)?|sizea?ble|noticeable|worrying|alarming|concerning|(?:very |too |unusually |abnormally |consistently )?(?:high|low|slow|large|small|long)|too (?:many|few|much|little)|a lot of|degraded|bad)\s+((?:(?!or\b|and\b|of\b|to\b|in\b|for\b)[a-z0-9/-]+\s+){0,2}?(?:scores?|rates?|latenc(?:y|ies)|usage|utili[sz]ation|loads?|counts?|volumes?|traffic|memory|cpu|disk|times?|delays?|lags?|values?|errors?|failures?|requests?|performance|increases?|drops?|spikes?|deviations?|changes?|amounts?|(?<!\b(?:small|low)\s)numbers?|levels?|consumption|pressure|availability|throughput|backlogs?|queues?|rows?|entries|connections?|restarts?|retries|timeouts?|shares?|portions?|fractions?|proportions?))\b/i;

/** A degree said of what stands before it: "if the latency is high". */
export const vagueAfter =
  /(?:\b(?:is|are|was|were|seems?|looks?|appears?|remains?|stays?|becomes?|gets?)|^should\s[^,]{1,60}?\bbe)\s+((?:(?:very|too|quite|still|rather|somewhat|pretty|[a-z]{3,20}ly)\s+)?(?:high|low|slow|large|small|long|short|poor|bad|elevated|considerable|substantial|noticeable|sluggish|heavy|abnormal|unusual|excessive|significant|degraded|unacceptable|unreasonable|acceptable|tolerable|reasonable|suspicious|strange|odd|huge|tiny|massive|enormous|extreme|running (?:low|short|out)|(?:nearly|almost) (?:full|empty|exhausted|used up)|(?<=\b(?:too|very|quite|unusually) )(?:old|new|big|busy|late|early|far|close|young|wide|deep)|(?:(?:way|far|much|a bit) )?too (?:warm|cold|hot|cool|noisy|loud|bright|dark|wet|dry|humid|heavy|light|full|empty|weak|strong|steep|dense|frequent|thin|thick|crowded)\b(?!\s+to\b)|far (?:away|off)|higher than (?:usual|normal|expected)|lower than (?:usual|normal|expected)|slower than (?:usual|normal|expected)))\b(?!\s+(?:than|enough|\d|as|for|in the|available|level|priority|severity|quality))/i;

/** A degree of a change or of a way to act: "drops noticeably", "is growing too fast", "responds slowly". */
export const vagueManner =
  /\b(?:\w+s|\w+ing|\w+ed|grow|rise|drop|fall|respond|climb|increase|decrease|come|go|move|fill|drain|load|open|start|finish|answer|react|recover|return|arrive|appear|happen|occur|fail|crash|restart|flap|get|change)\s+(?:(?:up|down|out|in|back|through)\s+)?((?:(?:too|very|quite|unusually|abnormally|reasonably|fairly|relatively|rather|sufficiently)\s+)?(?:fast|quickly|slowly|rapidly|sharply|noticeably|significantly|considerably|substantially|dramatically|excessively|steeply|abnormally|unusually|frequently|constantly|repeatedly|sporadically)|too (?:often|frequently|much|long|many)|(?<!\b(?:is|was|has|does|this|its|as|seems) )often|recently|lately)\b(?!\s+(?:as|than|enough|slow|fast|high|low|large))/i;

/** How long, without a number: "has been open for too long". */
export const vagueLong =
  /\b(?:is|are|was|were|has|have|been|stays?|remains?|runs?|lasts?|hangs?|\w+(?:ed|ing))\s+(?:\w+\s+)?for\s+((?:(?:far|much|very|way)\s+)?(?:too long|so long|a (?:very )?long (?:time|while|period)|quite (?:a while|some time)|some time|a while))\b|\b(?:is|are|was|were|be|comes?|gets?|has|have|recovers?|returns?|responds?|answers?|finishe?s?|starts?|\w+(?:ed|ing))\s+(?:\w+\s+){0,2}?(?:after|within|in)\s+(an? (?:(?:very )?(?:short|little|reasonable|long) )?(?:while|time|moment|bit)|some (?:time|while)|reasonable time)\b|\b(?:is|are|comes?|gets?|has|have|recovers?|returns?|responds?|answers?|\w+(?:ed|ing))\s+(?:\w+\s+){0,2}?((?:very |pretty )?(?:soon|shortly)(?: (?:after(?:wards)?|thereafter|again))?)(?=\s*[,.;]|$)|\b(?:takes?|took|taking|lasts?|lasted|runs?|hangs?|waits?)\s+((?:[a-z]{3,12}ly|very|quite|so|rather|far too)\s+long)\b(?!\s+(?:as|that|enough))/i;

/** Enough for whom, most of how many: "comes up quickly enough", "has most of the requests". */
export const vagueEnough =
  /\b(?:has|have|holds?|takes?|uses?|causes?|makes? up|gets?|sends?|consumes?)\s+((?:most|much|many|the bulk|a lot|the lion['’]s share) of) (?:the|its|their|all)\b|^(?:otherwise,?\s+)?(?:if|when|once|unless)\s+(?:there\s+(?:is|are)\s+)?(?:still\s+|now\s+)?((?:not\s+)?enough)\s+(?:[a-z-]+\s+){1,3}?(?:(?:is|are|remains?)\s+(?:free|left|available|there|ready|up|online)\b|[a-z-]+(?=,))|\b((?:fast|quick(?:ly)?|slow(?:ly)?|soon|long|often|high|low|large|small|big|good|well|free|much|many) enough)\b(?!\s+(?:to|for|that|space|memory|room)\b)/i;

/** How many in comparison with who knows what: "sends unusually many requests". */
export const vagueCount =
  /\b((?:unusually|abnormally|exceptionally|surprisingly|suspiciously|remarkably|excessively)\s+(?:many|few|much|little))\b/i;

/** When, without a time: "if a release was made recently". */
export const vagueLately = /\b(recently|lately|a short (?:time|while) ago|not long ago|some time ago)\b/i;

/** How many, without a number: "if many pods restart". */
export const vagueMany =
  /\b(?:if|when|once|unless)\s+(?:there (?:are|is)\s+)?(?:(?:only|just|still|already|also)\s+)?((?:not )?(?:that |too |very |so )?many|several|a few|quite a few|very few|hardly any|barely any|few|lots of|plenty of|loads of|a handful of|a couple of|a (?:large|small|high|low) number of|numerous|most of the|most|(?:very|too) (?:little|much))\s+[a-z]/i;

/** The degree in the words of a finding: all of `too high`, the `poor` of `poor health scores`. */
export function spanOfDegree(words: string): { readonly start: number; readonly end: number } {
  const before = vagueBefore.exec(words);
  return before
    ? { start: before.index, end: before.index + (before[1]?.length ?? 0) }
    : { start: 0, end: words.length };
}
