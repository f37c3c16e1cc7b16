// Tells words that ask for something to be done from words that explain: an English verb in its base form at the start of a
// sentence or after "you should", "please", "try to" and the like. The verbs are those of operations work in general.
import { sift, allMatches } from '../base/index.ts';
import { onlyDeclaresValue } from './read-replacements.ts';

const verbs = new Set(
  (
    'abandon abort accept access ack acknowledge acquire activate adapt add address adjust adopt advise agree alert align ' +
    'alleviate allocate allow alter amend analyse analyze annotate announce answer append apply approve archive arrange ' +
    'ascertain ask assemble assess assign attach attempt audit authenticate authorise authorize automate await back backup ' +
    'balance ban begin bind bisect blacklist block blocklist boot bootstrap bounce brief bring broadcast browse build bump ' +
    'bundle bypass calculate calibrate call cancel capture carry catch cd cease change chase check cherry-pick chmod choose ' +
    'chown circumvent clarify classify clean cleanup clear click clone close collate collect combine commence commit ' +
    'communicate compact compare compile complete comply compose compress compute concatenate conclude conduct confer ' +
    'configure confirm connect consider consolidate construct consult contact contain continue control convert coordinate ' +
    'copy cordon correct correlate count craft create cross-check cross-reference curl customize cut cycle deactivate ' +
    'deallocate debug decide declare decode decommission decrease decrypt deduce deduplicate defer define defrag defragment ' +
    'delegate delete demote deny deploy deprecate deprovision dequeue deregister derive describe deselect designate destroy ' +
    'detach detect determine diagnose dial diff differentiate dig direct disable disallow disassociate discard disconnect ' +
    'discover discuss dismiss dispatch display dissociate distinguish distribute divert divide do document double ' +
    'double-check downgrade download draft drag drain draw drill drop dump duplicate ease edit elect elevate eliminate email ' +
    'embed empty emulate enable encrypt enforce engage enlarge enlist enqueue enrich enroll ensure enter enumerate eradicate ' +
    'erase escalate establish estimate evaluate evict examine exclude exec execute exempt exit expand expedite explain ' +
    'explore export expose extend extract failover fallback fence fetch figure file fill filter finalise finalize find finish ' +
    'fix flag flip flush focus follow force fork format forward free freeze gain gather gauge generate get give go google ' +
    'grab grant grep grow guarantee guide halt hand handle heed help hide highlight hit hold hover hunt identify ignore ' +
    'implement import impose improve include incorporate increase infer inflate inform initialise initialize initiate ' +
    'inject input inquire insert inspect install instantiate instruct integrate intercept interpret interrupt introduce ' +
    'invalidate invert investigate invite invoke involve isolate issue iterate join jot judge keep kick kill label launch lead ' +
    'learn leave let lift limit link list listen load locate loop lock log log-in login logoff logout look lookup lower maintain make manage ' +
    'manually map mark match maximise maximize measure mention merge message migrate minimise minimize mirror mitigate ' +
    'mkdir modify monitor mount move mute name narrow navigate normalise normalize notify nudge obey observe obtain offload ' +
    'omit onboard open opt optimize orchestrate order organise organize outline override overwrite pack page pair parse ' +
    'partition pass paste patch pause pay perform phone pick pin ping pinpoint pipe place plan plug point poll post ' +
    'postpone power powercycle prepare prepend present preserve press prevent print prioritize probe proceed procure ' +
    'produce profile promote prompt prove provide provision prune publish pull punch purge pursue push put quarantine query ' +
    'quiesce quit quote raise ramp rank rdp re-add re-apply re-check re-create re-enable re-establish re-import re-install ' +
    're-join re-point re-queue re-run re-start re-try reach reach-out read reapply rearrange reassess reassign reattach ' +
    'rebalance rebase reboot rebuild recall recheck reclaim recommend reconcile reconfigure reconnect reconsider record ' +
    'recover recreate rectify recycle redeploy redirect reduce reenable reestablish refer refine refresh regain regenerate ' +
    'register reimage reindex reinforce reinstall rejoin relaunch relax relay release relieve reload remediate remind ' +
    'remount remove rename render renew reopen repair repeat replace replay replicate reply repoint repopulate report ' +
    'reprocess reproduce request requeue require-check rerun rescan reschedule reserve reset resize resolve respond restage ' +
    'restart restore restrict resume resync re-sync resynchronise resynchronize retain retire retrieve retry return reuse reverse revert review revoke rewind rewrite ' +
    'right-click ring roll rollback rotate route rsync rule run sanitise sanitize save scale scan schedule scp scrape ' +
    'scroll scrub seal search secure see seed seek segregate select send separate serve set setup shard share shed shift ' +
    'ship shorten show shrink shut shutdown sideload sign silence simplify simulate skip slow snapshot snooze solve sort ' +
    'source spawn specify spin split spread squash ssh ssh-in stabilise stabilize stage stagger stand start stash state ' +
    'stay steer stick stop store straighten strip substitute study submit subscribe subtract sudo suggest sum summarise summarize ' +
    'supply suppress survey suspect suspend swap switch symlink sync synchronize tabulate tackle tag tail taint take talk tap ' +
    'target tear tell telnet terminate test thaw throttle throw tick tie tighten time toggle touch trace traceroute track ' +
    'transfer translate trap traverse treat triage trigger trim troubleshoot truncate trust try tune tunnel turn tweak type ' +
    'unbind unblock uncordon understand undertake undo unify uninstall unlock unmap unmount unpack unpause unplug ' +
    'unregister unset unsubscribe untaint unzip update upgrade upload use utilise utilize vacuum validate vary verify vet ' +
    'unfreeze unpin evacuate allowlist denylist failback repartition redrive hydrate rehydrate prewarm hotfix poke reseat replug ' +
    'downsize upsize autoscale loosen backfill supersede retract delist offboard power-cycle ' +
    'view visit vote wait wake walk warm warn watch weigh wget whitelist widen wipe withdraw withhold work work-out wrap ' +
    'write yield zero zip zoom'
  ).split(' '),
);
/** Base forms that are as often nouns, adjectives or verbs without an object: they count only before an object. */
const doubtful = new Set('empty access cd back block change clear close count do force format free label leave limit list load lock log mark note order page pause power process query record release report request show start stop test trigger type view wait work issue answer archive brief contain cut document email figure flag hold map message phone share silence store tag logoff logout'.split(' ')); // prettier-ignore
/** Base forms that are seldom the verb of a line: only an article or a pronoun behind them tells. */
const seldom = new Set('file address alert catch complete conclude control cycle direct display divide draft draw duplicate ease exit fence finish fork forward freeze gain handle help hit hunt input interrupt kick lead learn let lift link loop match mirror name narrow opt outline pack pair partition pass pin pipe place plan plug point poll post probe profile prompt quote ramp rank recall relay reply reserve reverse ring seal secure seed separate serve setup shard shed ship slow snapshot sort source spread stage stand state stay stick strip study sum supply survey tap target telnet throw tick tie time trap trim trust tunnel vary vote wake warm yield zero'.split(' ')); // prettier-ignore
const certainObject =
  /^(?:(?:up|down|out|off|in|over|back|away)\s+)?(?:the|an?|all|any|each|every|this|that|these|those|your|its|it|them|both)\b/i;
const object = /^(?:the|a|an|all|any|each|every|this|that|these|those|your|its|if|for|to|on|in|at|with|into|up|down|out|from|by|whether|which|what|how|until|again|both|some|as|it|them|about|over|through|and|or|off|through|manually|new|\p{Lu}|[`"“<$\d(/])/u; // prettier-ignore

const opening =
  /^(?:[^\p{L}`<$]*)(?:(?:(?:but|however|first\s+of\s+all|in\s+addition|first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next|now|also|and|or|again|finally|lastly|afterwards?|after\s+(?:that|all(?=\s*:))|(?:at|in)\s+the\s+end|once\s+done|alternatively|additionally|instead|please|optionally|otherwise|simply|just|either(?:\s+way)?|carefully|quickly|immediately|manually|always|action|todo|so|in\s+this\s+case|in\s+that\s+case|if\s+so|at\s+this\s+point|this\s+means(?:\s+that)?|(?:when|once|after)\s+(?:all|everything)\s+is\s+(?:done|finished|complete)|in\s+(?:any|either|both|all|every)\s+cases?|before\s+(?:(?:doing|you\s+do|trying|you\s+try)\s+)?any(?:thing(?:\s+else)?|\s+of\s+(?:this|these|the\s+(?:below|following)))|(?:warning|caution|important|attention)(?=\s*:)|(?:the\s+)?(?:solutions?|workarounds?|fix|resolutions?|remedy|mitigations?|remediations?|next\s+steps?|recommendation|response)(?=\s*:)|remember\s+to|to\s+begin|to\s+start|as\s+a\s+(?:first|last|next)\s+(?:step|resort)|the\s+(?:(?:first|second|third|next|last|final|easiest|simplest|best|quickest|fastest|safest|usual|only|right|correct|recommended|preferred)\s+)?(?:step|thing|way|option|action|fix|solution|workaround|remedy|approach)\b(?:\s+(?!is\b)[\p{L}-]+){0,8}?\s+is\s+to)\b[\s,:–—-]*)*)/iu;
const modal =
  /^(?:(?:they|(?:the\s+)?(?:users?|customers?))(?:['’]ll|\s+will)?\s+(?:(?:also|then|first)\s+)*(?:must|should|needs?\s+to|ha(?:s|ve)\s+to)\s+(?:(?:also|then|first)\s+)*|(?:you|we|one|the\s+(?:on-?call(?:\s+engineer)?|engineer|operator|user|admin(?:istrator)?|sre|eoc))(?:['’]ll(?=\s)|(?=\s+(?:can|could|may|might|should|must|will|would|need|needs|have|has|want|ought|likely|probably|be|able|possibly|then|also|now|first|still|to)\s))\s+(?:(?:can|could|may|might|should|must|will|would|(?:needs?|have|has|want|ought|able)(?=\s+(?:(?:only|just|first|also|then|now|still|either|likely|probably)\s+)*(?:to\b|[a-z-]+\s+(?:the|your|all|this|these)\b))|likely|probably|be|possibly|then|also|now|first|still|to)\s+)*|(?:it['’]?s?|it\s+is|this\s+is)\s+(?:\w+\s+){0,2}(?:recommended|encouraged|advised|necessary|advisable|best|time|possible\s+(?:that\s+)?you\s+(?:may|might)\s+have)\s+to\s+(?:(?:also|then|first)\s+)?|try\s+(?:and|to)\s+|make\s+sure\b|be\s+sure\s+to\s+|feel\s+free\s+to\s+|there\s+is\s+a\s+need\s+to\s+)/i;

const subordinate = sift(
  /^(?:[^\p{L}`<$"“]*)(?:once|after|before|as\s+soon\s+as|while|to|in\s+order\s+to|for|from|in|on|with|using|based\s+on|at|by|during|as|because|since|until)\b[^,.:;?!]{2,140},\s+/iu,
);
const asksLater =
  /^(?:[^\p{L}]*)(?:once|after|when|as\s+soon\s+as)\b[^.?!]{2,140}?\b(?:you|we)\s+(?:(?:can|could|may|should|must|will|need|have|now|then|to)\s+)+(?=\w)/iu;
/** "To recover from this you need to …": what it is for, and no comma behind it. */
const forThis =
  /^\W*(?:in\s+order\s+)?to\s+[^,.:;?!]{2,100}?\s(?<!\b(?:what|how|which|why|where|who|if|whether|when)\s)(?=(?:you|we)(?:['’]ll|\s+will)?\s+(?:need|have|must|should|ought)\b)/i;

/** "On each node run …", "At the very top check …": a place, and no comma behind it. */
const inPlace =
  /^\W*(?:at|on|in|from|under|within|inside)\s+(?:the|each|every|your|that|this|all|both)\s+(?:[\w\x60'’.-]+\s+){1,5}?(?=(?:check|verify|run|look|open|execute|stop|start|restart|delete|remove|set|add|create|edit|inspect|select|click|confirm|ensure|update|disable|enable)\s)/i;

/** True for the base form of a verb of operations work, in small letters. */
export function isVerbOfWork(word: string): boolean {
  return verbs.has(word);
}

/** True when the text asks for something to be done: it begins with it, or with a clause that says when or for what. */
export function isImperative(text: string): boolean {
  if (/^[\s*_]*["“'‘]/.test(text) || onlyDeclaresValue(text) || namesThing(text) || tellsOf.test(text)) return false;
  if (restOfImperative(text) !== null) return true;
  const clause = subordinate.exec(text);
  if (clause && restOfImperative(text.slice(clause[0].length)) !== null) return true;
  const purpose = /^\W*(?:in\s+order\s+)?to\s/i.test(text) ? forThis.exec(text) : null;
  if (purpose && restOfImperative(text.slice(purpose[0].length)) !== null) return true;
  const place = inPlace.exec(text);
  if (place && asksPlainly(text.slice(place[0].length))) return true;
  const later = asksLater.exec(text);
  return later !== null && restOfImperative(`please ${text.slice(later[0].length)}`) !== null;
}

/** Behind a condition, "adding memory may help", "restarting the proxy usually fixes this": what to do, and that it is of use. */
export function recommends(text: string): boolean {
  const worth = worthDoing.exec(text)?.[1];
  if (worth === undefined && !gerund.test(text)) return false;
  const stem = worth ?? ofUse.exec(text)?.[1];
  return stem !== undefined && basesOf(stem.toLowerCase()).some((base) => verbs.has(base));
}

/** "it could be worth recreating the table" */
const worthDoing =
  /^\W*(?:it['’]?s|it\s+(?:is|may\s+be|might\s+be|can\s+be|could\s+be|would\s+be))\s+(?:\w+\s+)?worth\s+(?:\w+ly\s+)?([a-z-]+)ing\s+\S/i;

const gerund = /^\W*(?:[a-z]+ly\s+)?[a-z-]+ing\s/i;
const helps = 'help|fix|resolve|solve|mitigate|alleviate|relieve|remedy|correct|cure|unblock';
const ofUse = new RegExp(
  String.raw`^\W*(?:[a-z]+ly\s+)?([a-z-]+)ing\s[^.;:?!]{2,120}?\b(?:(?:may|might|can|could|should|will|would)\s+(?:(?:also|often|usually|then|sometimes|probably|[a-z]+ly)\s+)*(?:${helps})\b|(?:often|usually|sometimes|normally|typically|generally|also)\s+(?:${helps})(?:s|es)\b)`,
  'i',
);

/** The base forms that words in "-ed" and "-ing" may have. */
function basesOf(stem: string): readonly string[] {
  return [stem, `${stem}e`, stem.replace(/(.)\1$/, '$1'), stem.replace(/i$/, 'y')];
}

/** "Debug logging should show it.": the first word is part of a name, and something is told of that. */
const tellsOf =
  /^\W*(?!(?:check|verify|ensure|confirm|make|see|validate|assume|note|decide|determine|find|know|remember|review|test|let|tell|please)\b)\p{L}+\s+(?!(?:we|you|i|one|they|it|users?|customers?)\b)\p{L}+\s+(?:should|may|might|will|would)\s/iu;

/** "Log collection", "Read latency", "Access denied", "Issue 1: …": a name whose first word may be a verb elsewhere. */
function namesThing(text: string): boolean {
  return text.length < 120 && thing.test(text);
}

const thing =
  /^\W*(?:(?:log|issue|trace|read|write|trigger|query|load|process|record|page|work|order|power|type)\s+[\p{L}-]+(?:tion|ency|ance|ics|denied|conflicts?|rates?|levels?|times?)(?:\s*(?:&|and|or)\s+[\p{L}-]+)?|access\s+(?:denied|refused|failed)\b.*|(?:issue|trace|alert)\s+\d+\s*[:.)–-].*)\W*$/isu;

/** "You can …", "we will …": possible, and asked for only when something to run follows. */
export function isWeak(words: string): boolean {
  const text = words.replace(/^\W*before\s+you\s+\w+\s*:\s*/i, '');
  if (restOfImperative(text) !== null && !modal.test(text.slice(opening.exec(text)?.[0].length ?? 0))) return false;
  const from = subordinate.exec(text)?.[0].length ?? 0;
  const main = text.slice(from);
  if (from > 0 && restOfImperative(main) !== null && !modal.test(main.slice(opening.exec(main)?.[0].length ?? 0)))
    return false;
  return (
    !/\b(?:should|must|(?<!\b(?:may|might)\s)need|needs|have|has|ought|recommended|necessary|time)\b|^\W*(?:make|be)\s+sure|\btry\b/i.test(
      text.slice(from, from + 80),
    ) && /\b(?:you|we)\b/i.test(text)
  );
}

/** "Go to", "continue", "repeat": where to go, and not what to do. */
export function isMotion(text: string): boolean {
  const clause = subordinate.exec(text)?.[0].length ?? 0;
  return [0, clause].some((from) => {
    const rest = text.slice(from);
    return motion.test(rest.slice(opening.exec(rest)?.[0].length ?? 0));
  });
}

const motion =
  /^(?:(?:you|we)\s+(?:\w+\s+){0,2}skip\b|(?:(?:you|we)\s+(?:\w+\s+){0,2})?(?:proceed|continue|skip(?!\s+(?:it|them|this|that)\s+(?:with|by|using|via)\b)(?!\s+(?!(?:to|ahead|this|over|past|it|directly|straight|steps?|sections?|the\s+(?:next|following|rest|remaining|whole|entire|steps?|sections?))\b)\w)|jump|return|go\s+on|go\s+back|carry\s+on|move\s+on(?:to)?|repeat|follow\s+the\s+(?:instructions|steps|procedure|guidance|actions)\s+(?:in|of|from|under|described\s+in)\s+(?:the\s+)?(?:['"“‘`*]?[\w -]+['"”’`*]?\s+section|section\b)|go\s+(?:straight\s+|directly\s+)?to\s+(?:(?:the\s+)?(?:steps?|sections?|next|previous|following|appropriate|phase)\b|#?\d+\s*(?:[.,;]|$)))(?!\w))/i;

/** "It can be checked in the log", "must be restarted": asked for without saying of whom. */
export function isPassiveAsk(text: string): boolean {
  if (isRequired.test(text)) return true;
  for (const [, participle = ''] of allMatches(
    text,
    /\b(?:can|could|should|must|needs?\s+to|has\s+to|have\s+to)\s+(?:then\s+|also\s+)?be\s+([a-z]+)ed\b/gi,
  )) {
    if (basesOf(participle.toLowerCase()).some((base) => verbs.has(base))) return true;
  }
  return false;
}

/** "A restart of the node is required" */
const isRequired =
  /\b(?:restart|reboot|roll-?back|fail-?over|reset|reload|rebuild|restore|re-?install(?:ation)?|re-?deploy(?:ment)?|upgrade|downgrade|replacement|clean-?up)\b[^,.;:]{0,60}\b(?:is|are|will\s+be)\s+(?:then\s+|also\s+)?(?:required|needed|necessary)\b/i;

/** The words from the verb on, when the text begins with something to do. */
export function restOfImperative(text: string): string | null {
  const rest = text.slice(opening.exec(text)?.[0].length ?? 0);
  const asked = modal.exec(rest);
  if (asked) {
    if (/^make\s+sure|^try|^be\s+sure/i.test(asked[0])) return rest;
    const after = rest.slice(asked[0].length);
    if (foretells(rest)) return null;
    return startsWithVerb(after, true) ? after : null;
  }
  return startsWithVerb(rest, false) ? rest : null;
}

/** "You will see a message", "you should then get a prompt", "you should be able to see it", "we also see it": what happens, and nothing to do. */
export function foretells(text: string): boolean {
  return /^\W*(?:you|we)(?:['’]ll|\s+(?:will|would|might|may|should|can|could))?\s+(?:(?:then|also|now|likely|probably|still|often|usually|typically|sometimes|generally|commonly)\s+)*(?:see|notice|observe|(?<=(?:will|would|['’]ll|should)\s+(?:\w+\s+)*)(?:find|get|receive|have|be|recover(?=\s+(?:in|by|on|soon|within|after|automatically)\b|\W*$)))\b(?!\s+(?:able\s+to(?!\s+(?:see|notice|observe)\b)|to\b|sure\b|if\b|whether\b))/i.test(
    text,
  );
}

/** "Do not: delete it if it is paid.", "Avoid a restart when …" */
export function saysNotTo(text: string): boolean {
  return /^\W*(?:do\s+not|don['’]t|never|avoid)\b/i.test(text);
}

/** "pause campaigns and get help": two things to do, so that the first word is a verb though it may be a noun. */
export function asksTwice(rest: string): boolean {
  const [first, second] = rest.split(/\s+and\s+(?:then\s+)?|,\s+(?:and\s+)?(?:then\s+)?/);
  return first !== undefined && second !== undefined && beginsWithVerb(first) && isImperative(second);
}

/** "do not restart it again and open a ticket", "do not go on; ask its owner": what is to be done behind what is not. */
export function withoutForbidden(text: string): string {
  return text.replace(forbidden, '');
}

const forbidden =
  /^\W*(?:please\s+)?(?:do\s+not|don['’]t|never)\s[^.;,:]{2,80}?(?:;|,(?:\s+but)?|\s+but|\s+and)\s+(?:(?:instead|rather)\s+)?/i;

/** Among things to do, a verb that may be a noun elsewhere is a verb: "trigger data migration". */
export function beginsWithVerb(text: string): boolean {
  if (tellsOf.test(text) || saysNotTo(text)) return false;
  return startsWithVerb(text.slice(opening.exec(text)?.[0].length ?? 0), true);
}

/** True when the text begins with a verb, and an article, a pronoun or code follows it; for one that is often a noun it must be an article. */
export function asksPlainly(text: string): boolean {
  const match = /^([a-z]+(?:-[a-z]+)?)\s+(?:(?:in)?to\s+)?(.*)$/s.exec(text);
  const [, word = '', after = ''] = match ?? [];
  // "When the host comes back the agent reconnects": a verb only in "back it up".
  if (
    word === 'back' &&
    !/^(?:(?!(?:should|is|are|was|were|will|must|can|could|has|have|may|might)\b)\S+\s+){0,5}(?:up|out|off)\b/i.test(
      after,
    )
  )
    return false;
  return verbs.has(word) && !seldom.has(word) && (doubtful.has(word) ? article : plainObject).test(after);
}

const article = /^(?:the|an?|your)\s/i;
const plainObject = /^(?:the|an?|all|any|each|every|this|that|these|those|your|its|it|them|both|[`"“</$])/i;

/** Verbs with a clause behind them: "Verify pods are running". */
const asksWhether = new Set('check verify ensure confirm make see validate determine identify decide note find test assess ask'.split(' ')); // prettier-ignore
/** "Scale out operations are not supported": the verb is part of a name, and the sentence says something of it. */
const hasSubject =
  /^(?:(?!(?:that|which|who|whose|whatever|whichever|if|whether|until|when|where|while|and|or|as|what|how|why|because|so|once|after|before|it|they|you|we)\b)[\p{L}-]+\s+){1,3}(?:is|are|was|were|will|has|have)\s/iu;

/** "Call (a) is the heartbeat" */
const namedInBrackets = /^\([^()]{1,20}\)\s+(?:is|are|was|were|has|have|will|does)\b/i;

/** A base form of the list, also with a prefix: "redeploy", "re-create", "force-delete", "double-click". */
function isVerb(word: string): boolean {
  if (verbs.has(word)) return true;
  const base = /^(?:(?:re|un)|(?:re|un|pre|de|double|left|cross|force|hard|soft|power|bulk|batch|auto)-)(\w{3,})$/.exec(
    word,
  )?.[1];
  return base !== undefined && verbs.has(base) && !seldom.has(base);
}

/** "Note it", "note down the time", "note its name"; "note the alert may fire" only tells. */
const noted = /^(?:(?:it|this|that|them)(?:\s+down)?(?=\W*$|\s+in\s)|down\b|(?:the|its|their|which)\s)/i;
const tells = /\b(?:is|are|was|were|will|may|might|can|could|has|have|does|do|should|must|would|means?|that)\b/i;

/** "Have the user restart the browser": who does it stands before the verb. */
const hasDone =
  /^(?:the|an?|your|them|some(?:one|body))(?:\s+[\p{L}-]+){0,2}?\s+(?!to\b)([a-z-]+)\s+(?:the|an?|its|their|it|all|again)\b/iu;

/** "Pay attention", "cd into": a verb, then what it is done to. */
function startsWithVerb(words: string, surely: boolean): boolean {
  const text = words.replace(/^(right|left|double)\s+click\b/i, '$1-click');
  const match =
    /^(?:not\s+)?(?:(?!(?:only|(?:re-?)?apply|reply|supply|comply|multiply|rely)\b)\w+ly\s+)?([a-z]+(?:-[a-z]+)?)(?=[\s,:.;`(“"]|$)\s*/i.exec(
      text,
    );
  const word = match?.[1]?.toLowerCase();
  if (!match || word === undefined) return false;
  const after = text.slice(match[0].length);
  if (word === 'note') return noted.test(after) && !tells.test(after);
  if (word === 'have') return verbs.has(hasDone.exec(after)?.[1]?.toLowerCase() ?? '');
  if (word === 'fail') return /^(?:over|back)\b/i.test(after);
  if (!isVerb(word)) return false;
  if (!asksWhether.has(word) && (hasSubject.test(after) || namedInBrackets.test(after))) return false;
  if (word === 'load' && /^(?:balanc|average|test)/i.test(after)) return false;
  if (!surely && seldom.has(word))
    return certainObject.test(after) || (word === 'post' && /^(?:to|in|on)\s+[#@`\p{L}]/u.test(after));
  if (word === 'use' && /^cases?\b/i.test(after)) return false;
  if (!surely && after === '' && doubtful.has(word)) return false;
  if (/^(?:is|are|was|were|has|have|can|will|should|may|must|=|\))\b/i.test(after)) return false;
  if (/^of\b/i.test(after)) return /^log(?:out|off)$/.test(word);
  return surely || !doubtful.has(word) || object.test(after);
}

/** "surface the list" behind a condition: a word that none knows as a verb, where a verb stands, and what it is done to. */
export function asksByPlace(rest: string): boolean {
  const word = /^\s*(?:please\s+)?([a-z][a-z-]{2,})\s+(?:the|an?|your|all|its|their|these|those|it|them)\s+\p{L}/u.exec(
    rest,
  )?.[1];
  return word !== undefined && !noVerb.test(word);
}

const noVerb =
  /(?:ly|s|ed|ing|tion|ward)$|^(?:if|when|then|that|in|on|at|by|for|from|with|within|of|to|and|or|but|so|only|just|maybe|perhaps|even|both|either|neither|not|nor|while|until|unless|though|although|than|like|unlike|via|per|over|under|above|below|after|before|during|between|behind|beyond|about|against|among|through|without|into|onto|upon|despite|except|plus|minus|what|which|who|whose|how|why|where|there|here|they|you|she|chances|otherwise|else|instead|also|still|once|again|often|most|some|such|half|twice|had|does|did|can|could|may|might|will|would|shall|should|must|due|given|likewise|meanwhile|because|since|are|were|have|all|any|each|every|none|more|less|quite|rather|near|off|out|down|across|along|around|outside|inside|together|another|other|further|later|soon|now|next|today|ask(?:ed)?|mean|indicate|suggest|imply|cause|hit|got|gave|took|went|came|made|kept|left|lost|saw|found|told|sent|met|won|ran|began)$/;
