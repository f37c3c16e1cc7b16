// Further builds of advice that names nobody and no means: "stuck jobs are to be cleared", "attention should be paid to the
// slots", "verification of the chain is required", "it is advisable to have it looked at", "that wants a closer look". They are
// looked for where check-passive-advice.ts found none of its own.
import { sift, allMatches } from '../base/index.ts';

/** Deeds, as what should be done to something. States ("must be enabled", "should be set to 5") are demands and no advice. */
const deeds = new Set(
  (
    'checked verified investigated reviewed monitored analysed analyzed examined inspected validated confirmed tested watched assessed evaluated audited observed tracked ensured ascertained determined collected gathered clarified established compared identified located ' +
    'queried probed surveyed scanned searched sampled measured profiled traced debugged diagnosed studied scrutinised scrutinized explored consulted reconfirmed rechecked retested re-checked re-tested cross-checked counterchecked ' +
    'restarted cleaned cleared scaled increased reduced rotated fixed repaired corrected adjusted tuned refreshed noted recorded rebooted reverted emptied purged flushed drained pruned vacuumed killed terminated cancelled canceled unblocked unlocked isolated reclaimed freed resized expanded archived documented paused rerouted throttled ' +
    'removed deleted replaced stopped started restored recovered moved migrated patched handled addressed remedied resolved mitigated contained swapped exchanged detached evicted relocated shifted synchronised synchronized reconciled reconnected re-established resynced reassigned redistributed rebalanced offloaded quarantined retired decommissioned trimmed shrunk enlarged extended upgraded downgraded reinstalled reloaded reprocessed replayed requeued resubmitted retried relaunched respawned revived reactivated resumed suspended halted shut renewed reissued revoked regenerated recycled reset rerun rebuilt redone undone tidied sorted discarded dropped evacuated rescheduled cordoned ' +
    'updated acknowledged prepared researched supervised counted listed sought gauged inventoried briefed summoned mobilised mobilized coordinated'
  ).split(' '),
);
const particle = '(?: (?:up|down|out|off|over|back|through|away))?';
/** Deeds of more than one word, and those whose participle has no ending. */
const phrases =
  'got(?:ten)? (?:rid of|hold of|going again)|made (?:sure|certain)|seen to|attended to|gone (?:through|over)|gotten|taken (?:care of|offline|out of (?:service|rotation)|into account|down|a (?:closer )?look at)|brought (?:back|up|down|online|under control|into line)|put (?:back|right|in order)|set right|looked (?:at|into|over|through|for)|kept (?:an eye on|under observation|track of)|found(?: out)?|dealt with|thrown (?:away|out)|cut (?:down|back)|shut down|sent (?:back|again)|rolled (?:back|forward)|backed up|failed over|let know|given (?:a|another) (?:try|restart|look|kick)|read through|run again|begun again|split up|worked (?:around|off|through)|done away with|caught up with|followed up(?: on)?|chased up|sorted out';
const modal =
  '(?:should|must|needs? to|has to|have to|ought to|shall|is to|are to|had better|(?:wants?|deserves?) to|(?:recommended|advisable|advised|important|essential|necessary|suggested|required|imperative|best|crucial|vital) that [^,;:.]{2,60}?)(?: (?:also|then|first|always|still|now|next|again|all|both|each|at least|therefore|either))*';
const manner = '(?:(?:[a-z]+ly|also|first|then) ){0,2}';
const toBe = sift(new RegExp(String.raw`\b(${modal} be ${manner}(?:(?:${phrases})\b|([a-z-]{4,}ed|shut|shrunk|reset|rerun|rebuilt|redone|undone)\b${particle}))`, 'gi')); // prettier-ignore

const nouns =
  'verification|inspection|investigation|examination|analysis|review|clean-?up|cleaning|restart|reboot|repair|replacement|removal|monitoring|validation|confirmation|clarification|assessment|maintenance|intervention|rebalancing|re-?indexing|restoration|escalation|check|checking|testing|troubleshooting|attention|correction|rotation|renewal|adjustment|tuning|diagnosis|root[ -]cause analysis';
const wanted =
  '(?:is|are|may be|might be|will be|becomes) (?:required|needed|necessary|advisable|advised|recommended|called for|in order|due|indicated|warranted|suggested|mandatory|essential)';
const others: readonly RegExp[] = [
  // "Attention should be paid to the slots", "care has to be taken with …".
  String.raw`\b((?:(?:special|particular|close|extra|due) )?(?:attention|care|caution|heed|consideration|priority) (?:should|must|needs? to|has to|ought to|is to) be (?:paid|given|taken|exercised))\b(?! that\b)`,
  // "Verification of the chain is required", "a restart of the broker may be necessary".
  String.raw`(?:^|[,;:] |\b(?:an?|the|then|and|further|manual|thorough|careful|immediate) )((?:${nouns}) (?:of|for) [^,;:.]{2,60}? ${wanted})\b(?! (?:to|if|when|for|because|only|before|after)\b)`,
  String.raw`\b((?:an?|the|thorough|careful|manual|immediate|prompt|quick) (?:[a-z-]+ )?(?:${nouns}) ${wanted})\b(?! (?:to|if|when|for|because|only|before|after)\b)`,
  // "It is advisable to have the scheduler investigated", "it is best to get it looked at".
  String.raw`\b(?:it is|it['’]s|it would be|it may be|it might be) ((?:also |then )?(?:advisable|best|recommended|sensible|wise|prudent|necessary|important|good practice|a good idea|worth(?:while)?|advised|suggested) to (?:have|get) [^,;:.]{2,60}? (?:[a-z-]{3,}ed|seen to|looked (?:at|into)|rebuilt|reset))\b`,
  // "Somebody should take a look at the memory": who, and by what?
  String.raw`\b((?:somebody|someone|anybody|anyone|one of (?:you|us|the team)|an engineer|the engineer|whoever is (?:on call|around)|people) (?:should|must|needs? to|has to|have to|ought to|may want to|might want to|had better|will have to|could) (?:also |then |first )?(?:check|verify|investigate|review|inspect|examine|look (?:at|into|over|after|for|through)|take a (?:closer |quick |good )?look(?: at| into)?|have a (?:closer |quick |good )?look(?: at| into)?|find out|figure out|sort out|deal with|take care of|see to|fix|clean(?: up)?|restart|make sure|ensure|go (?:through|over)|keep an eye on|monitor|watch|analy[sz]e|clarify|confirm|repair|handle|address|resolve))\b`,
  // "Might be worth considering", "would be worth a look".
  String.raw`\b((?:is|are|might be|may be|could be|would be|will be|seems?) (?:also |probably |certainly |always )?worth (?:(?:a|another) (?:try|look|shot|thought|check|go|closer look)|considering|checking|investigating|looking (?:at|into|over)|examining|reviewing|exploring|trying|verifying|thinking about|pursuing|inspecting|testing))\b`,
  // "Make sure the old file gets archived properly", "clean it up as appropriate".
  String.raw`(?:^|[.;:,] |\b(?:and|then|please|to|should|must) )((?:make sure|ensure|see to it|verify|confirm|check|take care)(?: that)? [^,;:.]{3,80}? (?:is|are|gets?|has been|have been|was|were|works?|runs?|behaves?|functions?) (?:[a-z]+ed )?(?:properly|correctly|appropriately|adequately|suitably|accordingly|sufficiently|reasonably|nicely|as it should|as they should|in order|all right|alright|in good shape))\b(?! (?:configured|set|mounted|installed|formatted|assigned|signed|licensed|registered|labell?ed|sized)\b)`,
  String.raw`(?:^|[.;:] |\b(?:then|please) )((?:adjust|clean(?: up)?|fix|repair|correct|handle|treat|deal with|take care of|tune|scale|clear|resolve|address|react to|respond to|proceed with|act on|restore|tidy up|sort out|mitigate|remediate|change|modify|adapt|update)(?: [a-z-]+){0,5} (?:appropriately|suitably|adequately|properly|as (?:appropriate|you see fit|(?:is )?(?:needed|necessary|required|suitable))|in the usual (?:way|manner)|the usual way|somehow|in a suitable (?:way|manner)))\b(?! (?:to|for)\b)`,
  // "The link needs checking", "that wants a closer look".
  String.raw`\b((?:needs?|requires?|wants?|deserves?|merits?|warrants?|could do with) (?:some |further |more |closer |urgent |immediate )?(?:checking|verifying|investigating|reviewing|testing|restarting|fixing|cleaning(?: up| out)?|looking (?:at|into|after)|seeing to|sorting(?: out)?|replacing|repairing|clearing(?: out)?|emptying|tidying(?: up)?|trimming|adjusting|tuning|rebuilding|reindexing|rebooting|resetting|renewing|rotating|draining|flushing|purging|watching|examining|inspecting|analysing|analyzing|correcting|attending to|scaling(?: up| down| out)?|patching|freeing(?: up)?|resizing|validating|confirming|clarifying|debugging|troubleshooting|maintenance|attention|investigation|verification|inspection|examination|clarification|scrutiny|care))\b`,
  String.raw`\b((?:needs?|requires?|wants?|deserves?|merits?|warrants?|could do with) an? (?:closer |good |thorough |quick |second |further |careful |proper |detailed )?(?:look|check|review|inspection|investigation|clean-?up|examination|clean(?:ing)?|going[ -]over|check-?up|health check|once-over))\b`,
].map((source) => sift(new RegExp(source, 'i')));

/** Cheap, and true of every sentence that a form may be in. */
const may = sift(
  /\bbe [a-z]|\bworth\b|\b(?:some|any)(?:body|one) |\bone of (?:you|us|the)|\b(?:engineer|people|call|around) |\b(?:properly|correctly|appropriately|adequately|suitably|accordingly|sufficiently|reasonably|nicely|somehow|in order|right|alright|in good shape|should|usual|fit|appropriate|needed|necessary|required|suitable)\b|\b(?:needs?|requires?|wants?|deserves?|merits?|warrants?|could do with) [a-z]|\b(?:advisable|best|recommended|sensible|wise|prudent|necessary|important|practice|idea|worth(?:while)?|advised|suggested) to (?:have|get)\b|\b(?:is|are|be|becomes) (?:required|needed|necessary|advisable|advised|recommended|called for|in order|due|indicated|warranted|suggested|mandatory|essential)\b/i,
);
/** Whose deed it is, or what it is done to only in a clause: "the jobs that should be stopped", "which nodes have to be drained". */
const ofClause =
  /\b(?:that|which|who|what|whether|how|where|when|why|if|unless|until|before|once|than|as)(?: [^,;:.]{1,60})?$/i;
/** What tells the means right behind, or that the sentence only says when it may be so. */
const means =
  /^\s+(?:by(?! then\b)|via|using|through|from (?!(?:the |its |their |that |this )?[a-z]+(?:['’]s)? (?:side|end|perspective|point of view))|in the|on the|as(?! (?:well|soon)\b)|to (?!the\b|be\b))/i;
/** What is taken out of something. */
const takesAway =
  /(?:removed|cleared|deleted|dropped|evicted|purged|drained|detached|flushed|discarded|emptied|thrown out)$/i;
const state = /\b(?:may|might|can|could|would|will) (?:also )?(?:need|have) to be\b/i;

/** The first such words of a sentence, and where they stand. */
export function passiveFormIn(text: string): { readonly words: string; readonly index: number } | null {
  if (text.length > 600 || !may.test(text)) return null;
  for (const match of allMatches(text, toBe)) {
    const [words, , participle] = match;
    if (participle !== undefined && !deeds.has(participle.toLowerCase())) continue;
    if (ofClause.test(text.slice(Math.max(0, match.index - 80), match.index)) || state.test(words)) continue;
    const rest = text.slice(match.index + words.length);
    // "Removed from the queue" says where it lies, and not how it goes.
    if (takesAway.test(words) ? means.test(rest.replace(/^ from\b/i, '')) : means.test(rest) || /^ from\b/i.test(rest))
      continue;
    return { words, index: match.index };
  }
  for (const form of others) {
    const found = form.exec(text);
    const words = found?.[1];
    if (!found || words === undefined) continue;
    const index = found.index + found[0].indexOf(words);
    if (means.test(text.slice(index + words.length)) || ofClause.test(text.slice(Math.max(0, index - 80), index)))
      continue;
    return { words, index };
  }
  return null;
}
