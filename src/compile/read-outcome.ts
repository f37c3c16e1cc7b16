// Reads how a sentence ends the guide: "This is a potential resolution.", "This resolves the incident.", "Escalate to …".
import { sift, remember } from '../base/index.ts';
import type { Outcome } from '../plan/index.ts';
import { isImperative } from './imperative.ts';

const cheap =
  /\b(?:false|this|that|these|issue|incident|problem|alert|guide|tsg|runbook|escalat|page|contact|instead|reach out|hand|engage|stop|done|end|clos|transfer|assign|route|on-?call|support|severity|no further|no action|requires? no|no actions?|nothing|wrong|finish|ignor|dismiss|disregard|not applicable|as (?:cancel|invalid)|resol|mitigat|(?:is|then|now) complete|finished|abort|halt|skip|proceed|continue|(?:go|move|carry) (?:on|ahead|any))/i;
const adjectives = String.raw`(?:(?:a|an|the|our|one|potential|possible|likely|probable|definitive|definite|final|confirmed|complete|permanent|temporary|known|terminal)\s+)*`;
const subject = String.raw`\b(?:this|that|it|which)\s+(?:(?:step|action|change|should|will|would|usually|typically|then|also)\s+)*`;
/** What one follows. */
const papers = '(?:guide|runbook|tsg|playbook|procedure|document|page|checklist|instructions|process)';
/** "Do not proceed", "don't go any further with the failover". */
export const halting = String.raw`(?:do\s+not|don['’]t|never|(?:you|we)\s+(?:must|should|may|can)(?:\s+not|n['’]t)|(?:you|we)\s+cannot)\s+(?:proceed|continue|go\s+(?:on|ahead|any\s+further)|move\s+on|carry\s+on)(?:\s+(?:any\s+)?further)?(?:\s+(?:with|to)\s+(?:the|this)\s+[\w-]+(?:\s+[\w-]+)?)?`;
/** "(start, stop)" lists names. */
const notListed = String.raw`(?<!\(\s*[\w-]{1,40}(?:,\s*[\w-]{1,40}){0,8})`;
/** The same before its condition, and "Stop if …"; what then is still to be done is another matter ("until"). */
const gate = String.raw`^\W*(?:(?:please|then|but|and|so|important|note|warning)\b[\s,:]*)*(?:${halting}|(?:stop|abort|halt)(?:\s+(?:here|immediately|at\s+once|(?:the|this)\s+(?:guide|runbook|procedure|process|playbook)))?)\s+(?:if|when|unless)\s`;
/** And behind it: "If …, do not proceed." */
const halts = String.raw`(?:[,;:→]\s*|->\s*)(?:then\s+)?(?:please\s+)?(?:${halting}|(?:abort|halt)(?:\s+(?:here|immediately|at\s+once))?)\W*$`;
const rules: readonly (readonly [Outcome, RegExp])[] = [
  ['not-applicable', sift(new RegExp(String.raw`(?:^\W*|[,;:→]\s*|->\s*|\b(?:then|can|may|should)\s+)(?:please\s+|safely\s+|simply\s+)?skip\s+this\s+(?:guide|runbook|tsg|playbook|document|checklist)(?=\W*$|\W*\s(?:if|when|unless)\b)`, 'i'))],
  ['not-applicable', sift(/[,;:→]\s*(?:then\s+)?(?:this\s+is\s+the\s+wrong|(?:you\s+are|you['’]re)\s+(?:reading|in|on)\s+the\s+wrong)\s+(?:guide|tsg|runbook|playbook|page|document)\W*$|\b(?:this|the)\s+(?:guide|tsg|runbook|document|procedure|playbook)\s+(?:does\s+not|doesn['’]t)\s+apply\b|\bnot\s+applicable\b[.!]?$|\b(?:this|it)\s+is\s+(?:a\s+)?(?:not\s+an\s+(?:incident|issue)|false\s+(?:positive|alarm))\b|(?:[:→]\s*|[-=]>\s*)false\s+(?:positive|alarm)\b|(?:[,;:→]\s*|->\s*|\bthen\s+)(?:the|this)\s+(?:alert|alarm|page|incident|notification)\s+is\s+a\s+false\s+(?:positive|alarm)(?=\W*$|,?\s+and\b)|\b(?:you|we)\s+(?:can|may|should)\s+(?:safely\s+|simply\s+|just\s+)?(?:ignore|dismiss|disregard)\s+(?:this|the|that)\s+(?:alert|alarm|page|incident|notification)\b|(?:[,;:→]\s*|->\s*|\bthen\s+)(?:please\s+|safely\s+|simply\s+|just\s+)?(?:ignore|dismiss|disregard)\s+(?:this|the)\s+(?:alert|alarm|page|notification)\W*$|\b(?:this|the)\s+(?:alert|alarm|page|incident|notification)\s+(?:can|may|should)\s+(?:safely\s+|simply\s+|then\s+)*be\s+(?:ignored|dismissed|disregarded)\b(?!\s+(?:for\s+(?:up\s+to\s+)?(?:an?|one|two|the|\d)|until|during|while)\b)|\bno\s+(?:(?:further|additional|other|specific|more)\s+)*actions?\s+(?:is\s+|are\s+)?(?:required|needed|necessary)\b|(?:^|[,;:→]\s*)no\s+(?:further\s+)?actions?\s*[.!]?$|(?:^|[,;:→]\s*)(?:there(?:\s+is|['’]s)\s+)?nothing\s+(?:(?:else|more|further|left)\s+)?(?:to\s+do|to\s+be\s+done|(?:needs|has)\s+to\s+be\s+done|is\s+(?:needed|required))\b|\brequires?\s+no\s+(?:(?:further|additional|other|specific|more)\s+)*actions?\b|\b(?:close|dismiss|resolve|mark)\s+(?:out\s+)?(?:it|(?:the|this)\s+(?:incident|alert|ticket|page|case|issue))\s+as\s+(?:an?\s+)?(?:false\s+(?:positive|alarm)|duplicate|noise|not\s+applicable|cancell?ed|invalid)\b/i)],
  ['mitigated', sift(new RegExp(subject + String.raw`(?:is\s+${adjectives}mitigation\b|mitigates\s+(?:the|this)\s+(?:incident|issue|problem|alert|impact))|\bthe\s+(?:incident|issue|problem|alert|impact)\s+(?:is|has\s+been)\s+mitigated\b`, 'i'))],
  ['resolved', sift(new RegExp(subject + String.raw`(?:is\s+${adjectives}(?:resolution|fix|solution)(?:\s+path)?\b|(?:resolves|resolve|fixes|fix|solves|solve)\s+(?:the|this)\s+(?:incident|issue|problem|alert)\b)|\b(?:the|this)\s+(?:incident|issue|problem|alert)\s+(?:is|has\s+been)\s+(?:resolved|fixed|solved)\b|\b(?:the|this)\s+(?:incident|alert|alarm|page|ticket|case)\s+(?:can|may|should)\s+(?:safely\s+|then\s+|also\s+)*be\s+(?:closed|resolved)\b(?!\s+(?:when|once|after|until)\b)`, 'i'))],
  ['completed', sift(new RegExp(subject + String.raw`(?:is\s+${adjectives}(?:outcome|end|ending|conclusion)\b|(?:ends|end|concludes|conclude|completes|complete|finishes)\s+(?:this|the)\s+(?:guide|tsg|runbook|procedure|troubleshooting|investigation|playbook|process)\b)|(?:^|[,;:→]\s*|->\s*|\b(?:then|so|and|(?:you|we)\s+(?:can|may|should))\s+)(?:please\s+)?(?:stop|end)\s+here\b|(?:^\W*|[,;:→]\s*|\b(?:then|and|so)\s+)(?:the|this)\s+(?:guide|tsg|runbook|procedure|playbook|document)\s+(?:then\s+)?(?:ends|stops|is\s+over)(?:\s+here)?\W*$|^\W*end\s+of\s+(?:the\s+|this\s+)?(?:guide|tsg|runbook|procedure|playbook)\W*$|(?:^\W*|[,;:→]\s*|\bthen\s+)(?:troubleshooting|(?:the|this)\s+(?:guide|procedure|runbook|investigation|process))\s+is\s+(?:then\s+|now\s+)?(?:complete|completed|finished|done|over)\b|^\W*done\s*(?:[.!]?\s*$|[,;:–—]\s)|\b(?:end|stop|exit|leave|quit|abort)\s+(?:(?:the|this)\s+(?:guide|tsg|runbook|procedure|troubleshooting|investigation|playbook)|this\s+(?:page|document|article))\b|(?:^|[,;:→]\s*|\b(?:otherwise|else)[\s,]+)(?:then\s+)?(?:(?:you|we)\s+are|(?:you|we)['’]re)\s+(?:done\b|finished\W*$)|[,;:→]\s*(?:then\s+)?your\s+(?:work|job)\s+(?:here\s+)?is\s+done\W*$|[,;:→]\s*(?:then\s+)?(?:please\s+)?(?:finish\s+here|(?:you|we)\s+(?:can|may|should)\s+stop(?:\s+(?:here|now|reading))?)\W*$|(?<=^\W*(?:if|when|once)\b[^,.;:]{3,80}\s)(?:you\s+are|you['’]re)\s+(?:done|finished)\W*$|\band\s+(?:you\s+are|you['’]re)\s+done\b|\b(?:otherwise|else)[\s,]+done\b|\b(?:and|then)\s+stop\W*$|(?:${notListed}[,;:→]\s*|->\s*)(?:then\s+)?(?:please\s+)?(?:stop|done|end)(?![,;]?\s*(?:…|\.{3}|etc\b))\W*$|(?:^\W*|[,;:→]\s*|->\s*|\b(?:then|and|so|can|may|should)\s+)(?:please\s+|safely\s+)?skip\s+(?:all\s+of\s+)?(?:the\s+(?:rest|remainder)\s+of\s+(?:this|the)\s+${papers}\b(?!['’])|(?:the\s+(?:rest|remainder)|the\s+remaining\s+(?:steps|sections|checks))\W*$)|${gate}|${halts}`, 'i'))],
]; // prettier-ignore
const escalation = sift(
  /^\W*escalation\s+to\s+\w|\b(?:that|this|which)\s+case\s+(?:you\s+should\s+)?(?:escalate\b|page\s+(?:the|an|on-?call|@)\b|contact\s+the\s)|(?:^\W*|[,;:→]\s*|[-=]>\s*)(?:then\s+)?stop\s+and\s+(?:call|page|contact|ask|inform|notify|escalate)\b|(?:^|[,;:→]\s*|->\s*|\b(?:then|and|or|so|please|must|should|immediately|otherwise)\s+)(?:escalate\b(?!\s+(?:if|when)\b)|page\s+(?:the|an|on-?call|@)\b|page\s+`?[@#]\w|contact\s+`?[@#]\w|(?<=^\W*(?:if|when|otherwise|else)\b[^.;]*[,:→]\s*(?:then\s+)?)page\W*$|(?:reach\s+out|hand\s+(?:(?:it|this|the\s+incident)\s+)?(?:over|off)|hand\s+(?:it|this|the\s+(?:incident|case|ticket|alert|issue))(?:\s+(?:over|off))?)\s+to\s+(?:[@#]\w|(?:\w+\s+){0,4}(?:support|on-?call|teams?|owners?|vendor|engineers?|dbas?|sres?|managers?|leads?)\b)|contact\s+(?:\w+\s+){0,4}(?:support|on-?call|team|vendor|oncall|engineers?)\b|(?:call|ring|phone)\s+(?:the\s+)?(?:\w+\s+){0,3}(?:on-?call|support|teams?|owners?|managers?|dbas?|vendor|provider|engineers?|(?:service|help)\s?desk)\b(?!\s+(?:first|to\s+(?:ask|confirm|check|verify|find|get|agree|make)|and\s+(?:ask|confirm|check|wait)|for\s+(?:approval|help\s+with))\b)|(?:call|phone|ring|contact)\s+(?:the|our|your)\s+(?:(?!(?:api|endpoint|script|function|method|command|service|procedure|tool|url|hook|webhook)\b)[\w-]+\s+){1,4}instead\b|engage\s+(?:the\s+)?(?:\w+\s+){0,4}(?:team|support|on-?call)\b|open\s+a\s+(?:\w+\s+){0,4}(?:support\s+(?:request|ticket|case)|severity|(?:case|ticket)\s+with\s+(?:\w+\s+){0,2}(?:support|vendor))\b|(?:open|create|file|raise)\s+an?\s+(?:support\s+)?(?:escalation)\b|(?:transfer|reassign|assign|route)\s+(?:the\s+|this\s+)?(?:incident|ticket|alert|case|issue|icm|page|it)\s+to\s+)/i,
);

/** Whom one pages. */
export const roles = 'on-?call|teams?|leads?|managers?|engineers?|sres?|dbas?|owners?|support';
/** Teams by what they look after, which no other word says. */
const desks = '(?:infra(?:structure)?|platform|storage|networking|security|database|ops|devops|noc|soc|sre|backend)';

/** "Page DBA on call", "and page infra": no article says that somebody is meant. */
const paging = new RegExp(
  String.raw`(?:^|[,;:→]\s*|->\s*|\b(?:then|and|or|please|must|should|immediately|otherwise)\s+)page\s+(?:[\w/-]+\s+){0,3}(?:${roles})\b|(?:[;:→]\s*|->\s*|\b(?:then|and|or|otherwise)\s+)page\s+${desks}\s*[.!]?$`,
  'i',
);

const count = String.raw`after\s+(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|several|repeated|a\s+few|(?:the\s+)?(?:second|third|fourth|fifth))\s+(?=\p{L})`;
/** "… after two reminders.", "… after 30 minutes without an answer." */
export const endsAfterCount = new RegExp(String.raw`\s(${count}[^.,;:?!]{2,60}?)\s*[.!]?$`, 'iu');

/** "Close the alert.", which is the end unless somebody else is called, or it is said for when to do it. */
const closing = sift(
  /(?:^|[,;:→]\s*|[-=]>\s*|\b(?:then|and|or|please|must|should|can|otherwise)\s+)(?:close\s+(?:out\s+)?(?:the|this)\s+(?:incident|alert|ticket|page|case|request)\b|resolve\s+(?:the|this)\s+(?:alert|ticket|page|incident)\b|(?<=(?:\bthen|→|->|=>|[,:])\s+)close\W*$)(?![^.;]*\b(?:when|once|after(?!\s+(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|several|repeated)\b)|until)\b)/i,
);

/** "The alert is stale: close it." */
const closingIt =
  /\b(?:the|this)\s+(?:alert|alarm|incident|ticket|case|page)\s+(?:is|was|has|can|may|should)\b[^.;:,]{0,60}[,;:]\s*(?:then\s+|so\s+)?(?=close\s+(?:out\s+)?it\b)(?![^.;]*\b(?:when|once|after|until)\b)/i;

/** "If an upgrade is running, the alert will clear by itself.": in that case there is nothing to do. */
const byItself =
  /^\W*(?:(?:then|but|and|however)\b[\s,]*)*if\b[^.]*,\s+(?:then\s+)?((?:the|this)\s+(?:alert|alarm|incident|issue|problem|warning|report|page)\s+(?:(?:may|will|should|can|must|usually|often|normally)\s+)?(?:(?:also|then|automatically|eventually|usually|soon|typically)\s+)*(?:(?:auto-?)?resolves?|clears?|goes?\s+away|disappears?|self-?(?:corrects?|resolves?|heals?)|(?:is|has)\s+(?:(?:then|already)\s+)?(?:over|gone|no\s+longer\s+(?:happening|occurring|present|ongoing|there)|not\s+(?:happening|occurring|present|ongoing)\s+any\s?more))\b(?!\s+(?:the|your|this|that|it\b|when\s+you\b|after\s+you\b|once\s+you\b)))/i;

/** "Restart it or page the owner": one of two things to do. "Make sure that it is up, or page the owner" is what else to do. */
function isChoice(text: string, at: number): boolean {
  if (!/^(?:\W*)or\s/i.test(text.slice(at))) return false;
  const before = text.slice(0, at);
  return !/\b(?:make\s+sure|ensure|verify|must|should|escalat\w+|contact|call|notify|page|ask|inform)\b/i.test(before);
}

/** "Page the owner and continue": it is one of several things to do. */
const goesOn =
  /\b(?:and|then|but)\s+(?:then\s+|meanwhile\s+)?(?:continue|proceed|carry\s+on|go\s+on|move\s+on)\b|\bbefore\s+(?:(?:you|we)\s+(?:continue|proceed|carry\s+on|go\s+(?:on|ahead)|move\s+on)|(?:continuing|proceeding|going\s+(?:on|ahead)|moving\s+on|carrying\s+on))(?=\s*(?:[.,;:]|$))/i;

/** "Then go to step 5." */
export const thenGoes =
  /^\W*(?:and\s+)?(?:then|after\s+that|afterwards)[\s,]+(?:go|proceed|continue|jump|skip|move)\s+(?:\w+\s+)?(?:to|with|at)\s/i;

/** True for words that close an incident, which are one thing to do among others where the guide goes on behind them. */
export function closes(text: string): boolean {
  return /\b(?:close|dismiss|resolve|mark)\s+(?:out\s+)?(?:it|the|this)\b/i.test(text);
}

/** The ending that a sentence states, or null. */
export function readOutcome(text: string): Outcome | null {
  return findOutcome(text)?.outcome ?? null;
}

/** "Close the ticket.", but not "Fetch it anew. If it is gone too, page the owner.": the words themselves end the guide. */
export function endsCase(rest: string): boolean {
  return readOutcome(rest.replace(/(?<=[.!]\s+)(?:if|when|unless)\b[^.!]*[.!]?/gi, '')) !== null;
}

/** "Resolved", "Mitigated", "False alarm": one word for how it ends, where what to do would stand. */
export function bareOutcome(text: string): Outcome | null {
  return bareOutcomes.find(([, pattern]) => pattern.test(text.trim()))?.[0] ?? null;
}

const bareOutcomes: readonly (readonly [Outcome, RegExp])[] = [
  ['resolved', /^(?:(?:the\s+)?(?:incident|issue|problem|alert)\s+(?:is\s+)?)?(?:resolved|fixed|solved)[.!]?$/i],
  ['mitigated', /^(?:(?:the\s+)?(?:incident|issue|problem|impact)\s+(?:is\s+)?)?mitigated[.!]?$/i],
  ['not-applicable', /^(?:a\s+)?false\s+(?:alarm|positive)[.!]?$/i],
  ['escalated', /^escalated?[.!]?$/i],
];

/** "When to escalate", "Escalate when": a list of what then holds follows. */
export function saysWhenToEscalate(text: string): boolean {
  return /^\W*(?:when\s+(?:(?:should|do)\s+(?:i|you|we)\s+|to\s+)(?:escalate|page|call\s+for\s+help)|escalat(?:e|ion)\s+(?:when|if|criteria|conditions))\b[^.,;]{0,40}$/i.test(
    text,
  );
}

/** The ending with the place in the text where the words that state it begin. */
export function findOutcome(text: string): Ending | null {
  return cheap.test(text) ? endingIn(text) : null;
}

/** "If the issue has been resolved, unlock the branch.": what is found, behind which stands what to do. */
function isCondition(text: string, end: number): boolean {
  if (!/^\W*(?:if|once|when|after|as\s+soon\s+as)\b[^,]*$/i.test(text.slice(0, end))) return false;
  const rest = /^[^,;.]{0,40},\s+(?:then\s+)?(.+)$/s.exec(text.slice(end))?.[1];
  return rest !== undefined && isImperative(rest) && findOutcome(rest) === null;
}

interface Ending {
  readonly outcome: Outcome;
  readonly start: number;
}

/** Remembered, because several rules ask about one sentence. */
const endingIn = remember((words: string): Ending | null => {
  // "No. Page the owner." is an answer like "No: page the owner."
  const text = words.replace(/^(\W*(?:yes|no))\.(?=\s)/i, '$1:');
  for (const [outcome, pattern] of rules) {
    const match = pattern.exec(text);
    if (
      match &&
      !/\b(?:not|never|n['’]t)\s+(?:\w+\s+)?$/i.test(text.slice(0, match.index)) &&
      !isCondition(text, match.index + match[0].length)
    )
      return { outcome, start: match.index };
  }
  const match = escalation.exec(text) ?? (/\bpage\s/i.test(text) ? paging.exec(text) : null);
  const isMeant = (at: number): boolean =>
    !/\b(?:do\s+not|don['’]t|never|before)\s*$/i.test(text.slice(0, at)) &&
    !goesOn.test(text.slice(at)) &&
    !isChoice(text, at) &&
    !/^\W*(?:in\s+the\s+meantime|meanwhile|at\s+the\s+same\s+time|in\s+parallel)\b/i.test(text);
  if (
    match &&
    !/\bfor\s+(?:any\s+|further\s+|more\s+|other\s+)*(?:questions?|information)\b|^\W*for\s+(?:\w+\s+)?(?:help|assistance|advice|guidance|support)\b\s*,/i.test(
      text,
    ) &&
    isMeant(match.index)
  )
    return { outcome: 'escalated', start: match.index };
  const closed = closing.exec(text);
  if (closed && isMeant(closed.index)) return { outcome: 'resolved', start: closed.index };
  const gone = /\bif\b/i.test(text) ? byItself.exec(text) : null;
  if (gone) return { outcome: 'resolved', start: gone[0].length - (gone[1]?.length ?? 0) };
  const it = closingIt.exec(text);
  return it ? { outcome: 'resolved', start: it.index + it[0].length } : null;
}, 500);
