// "If it is red, restart it. If it does not come back, page the owner.": a condition on what came of what was just done, as against
// "If it is yellow, page the owner.", which is another finding of the same look.
import { anaphora } from './antecedent.ts';
import { contentWords, sharedWords } from './content-words.ts';

/** True for something done that changes things, behind which one may look again at what came of it. */
export function changesThings(deed: string): boolean {
  return changes.test(deed);
}

const changes =
  /^\W*(?:(?:then|please|try\s+to|you\s+(?:can|should|must|may))\s+)*(?:try\s+)?(?:re-?(?:start|boot|place|build|store|set|move|load|pair|deploy|create|run|try|sync|new)|delet|purg|stop|scal|disabl|enabl|clean|clear|drain|promot|kill|roll|revok|extend|increas|add|reduc|rais|lower|start|fail|flush|rotat|evict|cordon|uncordon|unlock|terminat|switch|move|free|truncat|vacuum|resiz|grow|apply|updat|upgrad|downgrad|fix|chang|set|patch|reconnect|resum|paus|reissu|releas|drop|revert|undo|trigger)\w*\b/i;

/** True where the condition `text` is about what came of `deed`, which was done in the case of `before`. */
export function cameOf(text: string, deed: string, before: string): boolean {
  if (
    anaphora(text) ||
    again.test(text) ||
    moves.test(text) ||
    pronounMoves.test(text) ||
    isOver.test(text) ||
    ofThat.test(text)
  )
    return true;
  const verb = /^\W*(?:(?:then|please|try)\s+)*([a-z]{4,})/i.exec(deed)?.[1]?.toLowerCase();
  const stem = verb?.replace(/(?:e|ing)$/, '');
  const first = firstOf.exec(text)?.[1]?.toLowerCase();
  if (stem !== undefined && first?.startsWith(stem) === true && first.length - stem.length < 5) return true;
  return isOfThing(text, deed, before);
}

/** "If the disk is full, purge the logs. If the logs are empty, …": about a thing that only what was done in the case before names. */
export function isOfThing(text: string, deed: string, before: string): boolean {
  const subject = subjectOf.exec(text)?.[1]?.toLowerCase();
  if (subject === undefined) return false;
  const words = contentWords(subject);
  return sharedWords(words, contentWords(deed)) > 0 && sharedWords(words, contentWords(before)) === 0;
}

const opens = String.raw`^\W*(?:if|when|should|in\s+case|once)\s+`;
const some = String.raw`(?:[\w'’\x60-]+\s+){1,4}?`;
/** "the restart", "renewing" */
const firstOf = new RegExp(String.raw`${opens}(?:the\s+|this\s+|that\s+|its\s+)?([\w-]{4,})\s`, 'i');
const subjectOf = new RegExp(String.raw`${opens}(?:the|this|that|its|an?)\s+([\w-]+(?:\s+[\w-]+)?)\s+(?:is|are|was|were|has|have|had|does|do|did|can)`, 'i'); // prettier-ignore

/** "is red again", "is not back yet", "after 10 minutes", "was restarted three times" */
const again =
  /\b(?:again|back|by\s+now|afterwards?|thereafter|once\s+more|any\s?more|eventually|twice|(?:\d+|three|four|five|several|many)\s+times|no\s+(?:effect|improvement|change|difference|success|luck))\b|\bnot\b[^,]*\byet\b|\b(?:within|after|in)\s+(?:(?:about|another|more\s+than|a\s+few|some|several)\s+)*(?:\d+|one|two|three|five|ten|fifteen|thirty|a|an)?\s*(?:s|sec(?:ond)?s?|min(?:ute)?s?|hours?|h)\b/i;

const motions =
  '(?:comes?|stays?|turns?|keeps?|becomes?|recovers?|recurs?|reappears?|reoccurs?|improves?|clears?|heals?|subsides?|settles?|eases?|disappears?|go(?:es)?\\s+(?:back|down|up|away|green|red)|fills?\\s+up|returns?\\s+to|fails?\\s+to|takes?\\s+(?:longer|more|too))';
const ends = '(?:starts?|stops?|boots?|restarts?|succeeds?|finish(?:es)?|completes?|drops?|falls?|happens?)';
/** "the worker comes up", "it stays red", "it does not start": what moves on, or does not. */
const moves = new RegExp(
  String.raw`${opens}${some}(?:${motions}|(?:(?:does|do|did|will|would)(?:\s+not|n['’]t)|won['’]t|can(?:not|['’]t)|never)\s+(?:${motions}|${ends})|(?:is|are|was|were)\s+not\s+(?:freed|cleared|restored|released|reclaimed))\b`,
  'i',
);
/** "that frees less than 10 GB", "you do not know how" */
const ofThat = new RegExp(String.raw`${opens}(?:(?:that|this)\s+(?!(?:is|was|are|has|does|did|not|can)\b)\w+s\b|you\s+(?:do\s+not|don['’]t)\s+know\s+how\b)`, 'i'); // prettier-ignore
/** "it starts" */
const pronounMoves = new RegExp(String.raw`${opens}(?:it|this|that|they)\s+${ends}\b`, 'i');
/** "the errors are gone" */
const isOver = new RegExp(String.raw`${opens}(?:(?:the|these|this|that|those|no)\s+)?(?:\w+\s+)?(?:alerts?|alarms?|problems?|issues?|errors?|symptoms?|messages?|backlog|lag)\s+(?:is|are|was|were)\s+(?:gone|over|cleared|fixed|resolved|solved)\b`, 'i'); // prettier-ignore

/** "If it is red" and "if it is yellow", "if the state is `A`" and "if it is `B`": two of the states that one thing may have. */
export function areStates(a: string, b: string): boolean {
  const [thing, same] = [ofNoun.exec(a), ofNoun.exec(b)];
  if (thing?.[1] !== undefined && thing[1].toLowerCase() === same?.[1]?.toLowerCase())
    return thing[2] !== same[2] && !b.toLowerCase().startsWith(a.toLowerCase());
  const [one, other] = [isState.exec(a)?.[1], isState.exec(b)?.[1]];
  return one !== undefined && other !== undefined && one.toLowerCase() !== other.toLowerCase();
}

/** "the pod is running", "the pod crashes": a thing, and what is told of it. */
const ofNoun =
  /^(?:if|when)\s+(?:the|an?|its)\s+((?:[\w-]+\s+)?(?!(?:is|are)\b)[\w-]+)\s+((?:is|are|has|shows|says|crashes|hangs|fails|runs)\b(?:\s+[\w\x60-]+){0,3})$/i;
const isState =
  /^(?:if|when)\s+(?:it|(?:the|its)\s+(?:[\w-]+\s+){1,2})\s*(?:is|shows|says)\s+(red|yellow|green|orange|amber|grey|gray|blue)$/i;
