// Tells where the next of several cases begins that stand in one sentence, each with where it leads: "If red → go to step 4, if
// green → go to step 5", "below 10 go to step 5, above 10 go to step 4", "Restart it if it is red and page the owner if it is not".

const leave = String.raw`(?:(?:then|please)\s+)?(?:go|continue|proceed|jump|skip|return|move|escalate|page|close|stop|contact|call)\b`;
const clause = '(?:if|when|unless)';
const phrase = String.raw`(?:(?:up)?on|with(?:out)?|for|in|at|above|below|over|under|between|(?:more|less|fewer|higher|lower)\s+than)`;
/** A case and where it leads, up to the comma, the semicolon or the end. */
const before = new RegExp(
  String.raw`^\W*(?:[^:;,.]{1,60}(?::|\s[–—-])\s+)?(?:${clause}\s[^,:;→]{2,90}?(?:[,:]|\s(?:→|->|=>|[–—-]))|${phrase}\s[^,:;→]{1,60}?(?:[,:]|\s(?:→|->|=>))?)\s+${leave}[^,;:]*$`,
  'i',
);
const behind = new RegExp(
  String.raw`^[,;]\s(?:(?:and|but|or)\s)?(?:(?:if|when)\s[^,.:;→]{1,80}?(?:[,:]|\s(?:→|->|=>|[–—-]))\s|${phrase}\s[^,.:;→]{1,60}?(?:(?:[,:]|\s(?:→|->|=>)))?\s${leave})`,
  'i',
);
/** "; on one node, go to step 4": whatever stands before it, it is for those alone. */
const behindSemicolon = new RegExp(String.raw`^;\s(?:(?:and|but)\s)?${phrase}\s[^,.:;→]{1,60}?(?:[,:]|\s(?:→|->|=>))\s${leave}`, 'i'); // prettier-ignore

/** "Check whether it is red; in that case page the owner." */
const inThatCase = /^;\sin\s(?:that|this)\scase\b/i;

const deed = String.raw`(?:go|continue|proceed|skip|jump|return|escalate|page|close|stop|restart|reboot|contact|call|notify|wait|purge|delete|remove|scale|drain|open|run|use|apply|roll|revert|start|kill|clean|clear|rotate|promote|add|increase|reduce|disable|enable|raise|file|fail)`;
/** "Restart it if it is red" */
const doneBefore = new RegExp(String.raw`^\W*(?:(?:then|and|or|but|please)\s+)*${deed}\s[^,;.:]{1,80}\s${clause}\s(?!needed|necessary|required|possible|applicable|appropriate)[^,;.:]{2,80}$`, 'i'); // prettier-ignore
const doneBehind = new RegExp(String.raw`^(?:,\s(?:(?:and|or|but)\s)?|and\s)(?:then\s)?${deed}\s[^,;.:]{1,80}\s${clause}\s[^,;.:]{2,80}(?:[.!,;]|$)`, 'i'); // prettier-ignore

/** "If it is red you should page the owner" and "and if it is yellow you should restart it" */
const caseDone = /^\W*(?:if|when)\s[^.;]{3,80}(?:,|\sthen|\s(?:you|we)\s(?:should|can|must|may))\s\S/i;
const caseBehind =
  /^and\s(?:if|when)\s(?!so\b|not\b|that\b|this\b|they\b|you\b|there\b)[^,.;]{3,80}?(?:,\s|\s(?:then|you\s(?:should|can|must|may))\s)/i;

/** "If it is red then go to step 4 else go to step 5" */
const leavesBefore = new RegExp(String.raw`^\W*(?:if|when)\s[^.;]*?(?:,|\sthen)\s+(?:${leave}|(?:to\s+)?(?:steps?|sections?)\s\d)[^.;]*$`, 'i'); // prettier-ignore

/** "go to step 5 if it is up" and ", or to step 4 if it is down" */
const orBehind =
  /^(?:,\s(?:(?:or|and)\s)?|(?:or|and)\s)(?:to\s|with\s)?(?:steps?|sections?)\s\d[\w.]*\s(?:if|when|unless)\s/i;
const wentIf = /\b(?:go|continue|proceed|jump|skip|return)\s[^,;.]{2,40}\s(?:if|when|unless)\s[^,;]{2,80}$/i;

/** "Is it red? If yes go to step 5" and ", if no go to step 4" */
const answerBefore = new RegExp(String.raw`^\W*if\s(?:yes|so|no|not)\s${leave}[^,;:]*$`, 'i');
const answerBehind = new RegExp(String.raw`^[,;]\s(?:(?:and|but|or)\s)?if\s(?:yes|so|no|not),?\s${leave}`, 'i');

/** "Red → 5" and ", green → 4", "exit code 0: step 5" and ", 1: step 4", "red means go to step 5" and ", green means go to step 4" */
const toStep = String.raw`(?:\s?(?:→|⇒|->|=>)\s*(?:(?:(?:go|jump|skip)\s)?(?:to\s)?(?:steps?\s|sections?\s)?#?\d{1,2}(?:\.\d{1,2})*[a-z]?)|:\s(?:(?:(?:go|jump|skip)\s)?to\s)?steps?\s\d{1,2}[a-z]?|\smeans\s(?:that\syou\sshould\s)?${leave}[^,;:]*)`;
const arrowBefore = new RegExp(String.raw`(?:^|[.?!]\s)\W*[^,;:→.?!]{1,60}?${toStep}\s*$`, 'i');
const arrowBehind = new RegExp(String.raw`^[,;]\s(?:(?:and|or)\s)?[^,.;:→]{1,40}?${toStep}\s*(?:[,;.]|$)`, 'i');
const maySend = /→|⇒|->|=>|:\s|\bmeans\b/;

/** "Either it is red, then restart it" and ", or it is green, then go to step 5" */
const eitherBehind = /^,\sor\s(?:else\s)?[^,.;:]{3,80},\s(?:in\swhich\scase|then|so)\s/i;
const eitherBefore =
  /^\W*(?:[^,.;:]{0,60}\b)?either\s[^,.;:]{3,80},\s(?:in\swhich\scase|then|so)\s[^;]*$|^\W*[^,.;:]{3,80},\sin\swhich\scase\s[^;]*$/i;

/** True when at `at`, a comma, a semicolon or the words "and", "or" or "else", the sentence of `plain` from `start` goes on with the next of its cases. */
export function opensParallelCase(plain: string, start: number, at: number): boolean {
  const sign = plain.charCodeAt(at);
  if (sign === 97 || sign === 111) {
    if (plain.charCodeAt(at - 1) !== 32 || !(plain.startsWith('and ', at) || plain.startsWith('or ', at))) return false;
  } else if (sign === 101) {
    return plain.charCodeAt(at - 1) === 32 && plain.startsWith('else ', at) && leavesBefore.test(plain.slice(Math.max(start, at - 300), at).trimEnd()); // prettier-ignore
  } else if (plain.charCodeAt(at + 1) !== 32) return false;
  const words = plain.slice(at, at + 200);
  if (orBehind.test(words) && wentIf.test(plain.slice(start, at).trimEnd())) return true;
  const isComma = sign === 44 || sign === 59;
  if (isComma && answerBehind.test(words) && answerBefore.test(plain.slice(Math.max(start, at - 200), at))) return true;
  if (isComma && maySend.test(words) && arrowBehind.test(words) && arrowBefore.test(plain.slice(Math.max(start, at - 200), at))) return true; // prettier-ignore
  if (eitherBehind.test(words) && eitherBefore.test(plain.slice(Math.max(start, at - 300), at))) return true;
  const isBehind = sign === 97 || sign === 111 ? caseBehind.test(words) : behind.test(words);
  const isDoneBehind = sign !== 59 && doneBehind.test(words);
  const isForThose = sign === 59 && (behindSemicolon.test(words) || inThatCase.test(words));
  if (!isBehind && !isDoneBehind && !isForThose) return false;
  const said = plain.slice(Math.max(start, at - 300), at);
  if (said.split('(').length !== said.split(')').length) return false;
  if (isForThose) return true;
  return (
    (isBehind && (sign === 97 ? caseDone : before).test(said)) || (isDoneBehind && doneBefore.test(said.trimEnd()))
  );
}
