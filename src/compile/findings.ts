// Words that name what was found, as against a part of the guide: something wrong, a state, a range that a value falls into.

/** Words of something wrong. */
export const trouble =
  /\b(?:\w*fail\w*|errors?|outages?|crash\w*|stuck|hung|hang(?:s|ing)?|bad|broken|corrupt\w*|degraded|down|dead|unhealthy|unresponsive|lost|loss|missing|full|exhaust\w*|exceed\w*|leak\w*|flood\w*|spikes?|overload\w*|slow\w*|high|low|large|long|too\s+\w+|not\s+\w+|no\s+\w+|un\w+able|expired|invalid|incorrect|wrong|mismatch\w*|misconfigur\w*|conflict\w*|den(?:y|ied)|refused|blocked|timeouts?|timed\s+out|oom\w*|pending|evicted|deadlocks?|lag\w*|attack|breach|saturat\w*|contention|backlog|bottleneck|starv\w*|surge|(?:lock|disk|memory|cpu|i\/o)\s+(?:waits?|pressure)|permission|unauthori[sz]ed|forbidden)\b/i;
const range =
  /^\W*(?:[<>≤≥=]|~?\d|(?:exit|return|status)\s+code\s+\d+$|(?:above|below|over|under|between|more\s+than|less\s+than|up\s+to|at\s+(?:least|most))\s)|^\W*[\w .]{2,30}\s={1,2}\s*\S/i;
/** "Queue length > 100", "error rate above 5 %". */
export const comparesNumber =
  /(?:[<>≤≥]=?|\b(?:above|below|over|under|exceeds|(?:more|less|fewer|greater|higher|lower)\s+than|at\s+(?:least|most)|between|from))\s*-?\d|\d\s*%?\s*(?:-|–|to)\s*\d/i;
const state =
  /\b(?:healthy|unhealthy|ok(?:ay)?|normal|abnormal|success\w*|succeeded|green|yellow|red|up|works|running|stopped|ready|active|inactive|unknown|true|false|empty|none|same|different|is|are|was|were|has|have|does|exists?)\b/i;

/** "Bad deployment", "over 95 %", "healthy". */
export function isFinding(label: string): boolean {
  return trouble.test(label) || range.test(label) || state.test(label) || comparesNumber.test(label);
}

/** "Bad deployment", "over 95 %": what something is done about. */
export function isTrouble(label: string): boolean {
  return trouble.test(label) || range.test(label);
}

/** "My pod stays pending", "API server hangs": words that say that something is wrong, whatever it is. */
export function saysWrong(words: string): boolean {
  return wrong.test(words);
}

const wrong =
  /\b(?:fail(?:s|ed|ing|ures?)?|crash(?:es|ed|ing)?|stuck|hung|hangs?|hanging|broken|corrupt(?:ed|ion)?|degraded|lost|missing|exhaust(?:ed|ion)|starvation|contention|saturat(?:ed|ion)|exceeded|expired|refused|denied|unreachable|unavailable|unhealthy|unresponsive|pending|evicted|timeouts?|timed\s+out|errors?|stays?|keeps?|cannot|(?:is|are|was|were|does|do|did|can|could|will|has|have)(?:\s+not|n['’]t)|won['’]t|can['’]t|not\s+(?:\w+ing|\w+ed|ready|found|available|permitted|reachable|accessible|responsive|possible|visible)|none\s+of\s+(?:the|these|your|our)\s[^.]{2,60}\s(?:is|are|can|could)|already\s+in\s+use|no\s+such\s|(?:is|are|was)\s+(?:too\s+)?(?:full|down|slow|high|low|large|dead|invalid|incorrect|wrong|blocked)|out\s+of\s+\w+|overload\w*|misconfigur\w*|mismatch\w*|stopped|deallocated|disabled|stalled|block(?:ed|ing)|prevent(?:s|ing))\b/i;
