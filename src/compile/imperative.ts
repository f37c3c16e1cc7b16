// Tells words that ask for something to be done from words that explain: an English verb in its base form at the start of a
// sentence or after "you should", "please", "try to" and the like. The verbs are those of operations work in general.
const verbs = new Set(
  (
    'understand disallow defer pay suspend reach-out rule work-out advise guide instruct summarize summarise recommend suggest present ' +
    'begin access acknowledge activate add adjust allow analyse analyze announce apply approve ask assess assign attach attempt audit ' +
    'await back backup balance block boot browse bump bypass build call cancel capture change check choose clean cleanup clear click clone ' +
    'close collect compare compute commit confirm configure connect consider consult contact continue convert copy correct ' +
    'correlate count create cross-check curl debug decide declare decode decommission decrease define delete deploy describe destroy detach ' +
    'detect determine diagnose diff disable disconnect discard do double double-check download downgrade drain drop dump edit eliminate enable ' +
    'engage enlarge ensure enter escalate establish estimate evaluate evict examine exec execute exclude expand explore export extend ' +
    'extract failover fetch fill filter find fix flush focus follow force format free gather generate get give go grant grep hand halt ' +
    'identify ignore implement import improve include increase inform initiate insert inspect install interpret investigate invoke isolate ' +
    'issue join keep kill label launch leave limit list load locate lock log login log-in look lower mark make manually measure merge migrate ' +
    'mitigate modify monitor mount move navigate notify observe obtain open optimize order page patch pause perform ' +
    'pick ping pinpoint power press prevent print prioritize proceed promote provide provision prune pull purge push put query ' +
    'quarantine quit raise re-add re-apply re-check re-create re-enable re-establish re-import re-install re-join re-run re-start re-try re-point reach read ' +
    'repoint reapply reassign reattach rebalance reboot rebuild recheck reclaim reconcile reconfigure reconnect record recover recreate recycle redeploy redirect ' +
    'reduce reenable reestablish refer refresh regenerate register reimage reindex reinstall rejoin release reload remediate remount ' +
    'remove rename renew reopen repair repeat replace replay replicate report request require-check rerun rescan reschedule reset ' +
    'resize resolve restart restore resume retrieve retry return revert review revoke rewrite roll rollback rotate route run save scale ' +
    'scan schedule scroll search see select send set shift show shrink shut shutdown sign skip snapshot specify split ssh ssh-in start ' +
    'stop submit sudo suspend switch sync synchronize tail take talk tear tell terminate test throttle toggle touch trace track ' +
    'transfer treat trigger troubleshoot truncate try tune turn type unblock uncordon undo uninstall unlock unmount unregister ' +
    'update upgrade upload use vacuum validate verify view visit wait walk watch whitelist work write rdp ask cordon restage reassess triage ' +
    'agree annotate answer archive assemble ban bind bisect blacklist blocklist bring broadcast brief cherry-pick chmod chown clarify compact ' +
    'conduct confer contain coordinate customize cut deactivate decrypt defrag defragment delegate dig discuss dismiss document drill email ' +
    'encrypt enlist eradicate fallback figure flag grab grow heed hide hold involve listen maintain manage map message mute paste phone prepare ' +
    'publish reprocess reproduce requeue re-queue respond right-click rsync scp share silence spin store subscribe swap tag taint tighten ' +
    'tweak unbind unmap unpause unsubscribe untaint unzip wipe wrap zip'
  ).split(' '),
);
/** Base forms that are as often nouns, adjectives or verbs without an object: they count only before an object. */
const doubtful = new Set('access back block change clear close count do force format free label leave limit list load lock log mark note order page pause power process query record release report request show start stop test trigger type use view wait work issue answer archive brief contain cut document email figure flag hold map message phone share silence store tag'.split(' ')); // prettier-ignore
const object = /^(?:the|a|an|all|any|each|every|this|that|these|those|your|its|if|for|to|on|in|at|with|into|up|down|out|from|by|whether|which|what|how|until|again|both|as|it|them|about|over|through|and|or|off|through|manually|new|\p{Lu}|[`"“<$\d(/])/u; // prettier-ignore

const opening =
  /^(?:[^\p{L}`<$]*)(?:(?:(?:but|however|first\s+of\s+all|in\s+addition|first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next|now|also|and|or|again|finally|lastly|afterwards?|after\s+that|once\s+done|alternatively|additionally|instead|please|optionally|otherwise|simply|just|carefully|quickly|immediately|manually|always|action|todo|so|in\s+this\s+case|in\s+that\s+case|if\s+so|at\s+this\s+point|this\s+means(?:\s+that)?|(?:warning|caution|important|attention)(?=\s*:)|to\s+begin|to\s+start|as\s+a\s+(?:first|last|next)\s+(?:step|resort))\b[\s,:–—-]*)*)/iu;
const modal =
  /^(?:(?:you|we|the\s+(?:on-?call(?:\s+engineer)?|engineer|operator|user|admin(?:istrator)?|sre|eoc))(?:['’]ll)?\s+(?:(?:can|could|may|might|should|must|will|would|need|needs|have|has|want|ought|likely|probably|be|able|possibly|then|also|now|first|still|to)\s+)+|(?:it['’]?s?|it\s+is|this\s+is)\s+(?:\w+\s+){0,2}(?:recommended|necessary|advisable|best|time|possible\s+(?:that\s+)?you\s+(?:may|might)\s+have)\s+to\s+|try\s+(?:and|to)\s+|make\s+sure\b|be\s+sure\s+to\s+|feel\s+free\s+to\s+|there\s+is\s+a\s+need\s+to\s+)/i;

const subordinate =
  /^(?:[^\p{L}`<$"“]*)(?:once|after|before|as\s+soon\s+as|while|to|in\s+order\s+to|for|from|in|on|with|using|based\s+on|at|by|during|as|because|since|until)\b[^,.:;?!]{2,140},\s+/iu;
const asksLater =
  /^(?:[^\p{L}]*)(?:once|after|when|as\s+soon\s+as)\b[^.?!]{2,140}?\b(?:you|we)\s+(?:(?:can|could|may|should|must|will|need|have|now|then|to)\s+)+(?=\w)/iu;

/** True when the text asks for something to be done: it begins with it, or with a clause that says when or for what. */
export function isImperative(text: string): boolean {
  if (/^[\s*_]*["“'‘]/.test(text)) return false;
  if (restOfImperative(text) !== null) return true;
  const clause = subordinate.exec(text);
  if (clause && restOfImperative(text.slice(clause[0].length)) !== null) return true;
  const later = asksLater.exec(text);
  return later !== null && restOfImperative(`please ${text.slice(later[0].length)}`) !== null;
}

/** "You can …", "we will …": possible, and asked for only when something to run follows. */
export function isWeak(text: string): boolean {
  if (restOfImperative(text) !== null && !modal.test(text.slice(opening.exec(text)?.[0].length ?? 0))) return false;
  return (
    !/\b(?:should|must|need|needs|have|has|ought|recommended|necessary|time)\b|^\W*(?:make|be)\s+sure|\btry\b/i.test(
      text.slice(0, 80),
    ) && /\b(?:you|we)\b/i.test(text)
  );
}

/** "Go to", "continue", "repeat": where to go, and not what to do. */
export function isMotion(text: string): boolean {
  return motion.test(text.slice(opening.exec(text)?.[0].length ?? 0));
}

const motion =
  /^(?:(?:you|we)\s+(?:\w+\s+){0,2})?(?:proceed|continue|skip|jump|return|go\s+on|go\s+back|carry\s+on|move\s+on(?:to)?|repeat|go\s+(?:straight\s+|directly\s+)?to\s+(?:the\s+)?(?:steps?|sections?|next|previous|following|appropriate|phase))\b/i;

/** "It can be checked in the log", "must be restarted": asked for without saying of whom. */
export function isPassiveAsk(text: string): boolean {
  for (const [, participle = ''] of text.matchAll(
    /\b(?:can|could|should|must|needs?\s+to|has\s+to|have\s+to)\s+(?:then\s+|also\s+)?be\s+([a-z]+)ed\b/gi,
  )) {
    const base = participle.toLowerCase();
    if (
      verbs.has(base) ||
      verbs.has(`${base}e`) ||
      verbs.has(base.replace(/(.)\1$/, '$1')) ||
      verbs.has(base.replace(/i$/, 'y'))
    )
      return true;
  }
  return false;
}

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

/** "You will see a message", "you should then get a prompt": what happens, and nothing to do. */
export function foretells(text: string): boolean {
  return /^\W*(?:you|we)(?:['’]ll|\s+(?:will|would|might|may|should|can|could))\s+(?:(?:then|also|now|likely|probably|still)\s+)*(?:see|notice|observe|(?<=(?:will|would|['’]ll|should)\s+(?:\w+\s+)*)(?:find|get|receive|have|be))\b(?!\s+(?:able\s+to|to\b|sure\b|if\b|whether\b))/i.test(
    text,
  );
}

/** Among things to do, a verb that may be a noun elsewhere is a verb: "trigger data migration". */
export function beginsWithVerb(text: string): boolean {
  if (/^\W*(?:do\s+not|don['’]t|never|avoid)\b/i.test(text)) return false;
  return startsWithVerb(text.slice(opening.exec(text)?.[0].length ?? 0), true);
}

/** Verbs with a clause behind them: "Verify pods are running". */
const asksWhether = new Set('check verify ensure confirm make see validate determine identify decide note find test assess ask'.split(' ')); // prettier-ignore
/** "Scale out operations are not supported": the verb is part of a name, and the sentence says something of it. */
const hasSubject =
  /^(?:(?!(?:that|which|who|whose|whatever|whichever|if|whether|until|when|where|while|and|or|as|what|how|because|so|once|after|before|it|they|you|we)\b)[\p{L}-]+\s+){1,3}(?:is|are|was|were|will|has|have)\s/iu;

/** "Pay attention", "cd into": a verb, then what it is done to. */
function startsWithVerb(text: string, surely: boolean): boolean {
  const match = /^(?:not\s+)?(?:\w+ly\s+)?([a-z]+(?:-[a-z]+)?)(?=[\s,:.;`(“"]|$)\s*/i.exec(text);
  const word = match?.[1]?.toLowerCase();
  if (!match || word === undefined) return false;
  if (!verbs.has(word)) return false;
  const after = text.slice(match[0].length);
  if (!asksWhether.has(word) && hasSubject.test(after)) return false;
  if (word === 'load' && /^(?:balanc|average|test)/i.test(after)) return false;
  if (!surely && after === '' && doubtful.has(word)) return false;
  if (/^(?:is|are|was|were|has|have|of|can|will|should|may|must|=|\))\b/i.test(after)) return false;
  return surely || !doubtful.has(word) || object.test(after);
}
