// "Is the disk full? Clean it up.": a question that is answered with yes or no, and behind it what to do about it. What is asked for
// behind a question may as well be how to find the answer ("Is it up? Ping it."), or be meant for the other answer ("Is it running?
// Start it."); only what mends something, where the question asks for something wrong, is surely meant for "yes".
import { remember } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';
import type { Condition } from './draft.ts';
import { isTrouble } from './findings.ts';
import { isImperative } from './imperative.ts';

const question = /^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could)\b[^?]{3,160}\?\W*$/i;

/** True for a question that is answered with yes or no. */
export function isAsked(text: string): boolean {
  return text.includes('?') && question.test(text);
}

/** The case that a question names, when `next`, right behind it, says what to do in it; null for all else. */
export function askedCase(sentence: Sentence, next: Sentence): Condition | null {
  if (!isAsked(sentence.text)) return null;
  const isMeant =
    (then.test(next.text) && isImperative(next.text)) || (mends(next.text) && asksForTrouble(sentence.text));
  return isMeant ? saidYes(sentence) : null;
}

/** The case that a question is answered with yes. */
export function saidYes(sentence: Sentence): Condition {
  const { start, end, text } = sentence;
  return { kind: 'if', text: `if so: ${text.replace(/^\W+|[?\s]+$/g, '')}`, start, end, sentence };
}

/** "Is it running? Start it.": one of the two answers is meant, and nothing says which. */
export function leavesAnswerOpen(text: string, next: string): boolean {
  if (
    atOnce.test(text) &&
    (isImperative(next) || /,\s+(?:please\s+)?(?:page|call|escalate|contact|ask|restart|roll)\b/i.test(next))
  )
    return true;
  return isAsked(text) && mends(next);
}

/** "Is it running? If not, start it.": a question, and right behind it what to do for one of its answers. */
export function isAnsweredAtOnce([question, answer]: readonly Sentence[]): boolean {
  return question !== undefined && answer !== undefined && /\?\W*$/.test(question.text) && ofAnswer.test(answer.text);
}

const ofAnswer = /^\W*(?:if\s+(?:so|not|yes|no)|otherwise|yes|no)\s*[,:.;–—-]/i;

/** "Many senders?" */
const atOnce =
  /^\W*(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|who|what|why|how|where|when|which|questions?|problems?|help|more)\b)(?:[\w'’-]+\s+){0,4}[\w'’-]+\?$/i;

const then = /^\W*then\b/i;

const mends = remember(
  (text: string) =>
    isImperative(text) &&
    /^\W*(?:please\s+)?(?:kill|restart|reboot|delete|remove|re-?start|start|stop|scale|increase|raise|add|clean|clear|free|purge|replace|rotate|drain|cordon|roll|revert|undo|disable|enable|renew|fix|repair|restore|rebuild|recreate|re-?deploy|reinstall|move|resize|extend|expand|reduce|lower|unlock|reset|fail\s+over|failover|switch|upgrade|downgrade|terminate|evict|power|unblock|release|throttle|re-?sync|re-?run)\b/i.test(
      text,
    ),
  500,
);

/** "Is the disk full?", and not "Was the full backup restored?". */
function asksForTrouble(text: string): boolean {
  return isTrouble(text.replace(attributive, ' '));
}

const attributive =
  /\b(?:full|bad|broken|high|low|large|long|slow|missing|expired|invalid|incorrect|wrong|pending|blocked|lost|dead|corrupt\w*)\s+(?!(?:in|on|at|for|with|after|or|and|by|than|again|now|to|due|because|since|during|there|above|below)\b)(?=\p{L})/giu;
