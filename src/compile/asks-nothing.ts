// Tells sentences with branching language that only explain from those that ask for something, so that nobody is told of the
// former: both stay in the plan as not read.
import { remember } from '../base/index.ts';
import { isBranching } from './branching.ts';
import { beginsWithVerb, foretells, isImperative } from './imperative.ts';

/** "You can …", "must be …", "no action": somebody is to do something, whoever it is. */
const demand =
  /\b(?:should|must|ought|needs?\s+to|need\s+not|ha(?:s|ve)\s+to|(?:you|we)\s+(?:(?:\w+ly|also|then|now)\s+)?(?:can|could|may|might|want|will|need)|(?:be|is|are)\s+(?:recommended|advised|necessary|required|preferred)|please|consider|feel\s+free|safe(?:ly)?\s+to|no\s+(?:\w+\s+)?action|false\s+(?:positive|alarm)|ignored?|(?:contact|escalate|notify|page|call|ask|inform)\s+(?:the|your|our|an?)\b|escalations?|support|(?:do|doing)\s+(?:this|so|it)|can\s+be\s+(?:used|done|run|restored|fixed)|(?:check|verify|run|restart|use|try|delete|remove|add|ask)\s+(?:the|your|an?|this))\b/i;
/** "may lead to", "would fail": what could be. */
const supposes = /\b(?:may|might|can|could|would)\b/i;
const clauses = /[()]|[,;:.!?—–]+(?:\s|$)|\s(?:and|or|but|then|so|->|→|=>)\s/;
const opensWithCondition =
  /^\W*(?:(?:and|but|also|so|however|note(?:\s+that)?|also|then)\b\W*)*(?:if|when|in\s+case|unless)\b/i;

/** "Go to Workloads > Pods", "go back to the portal": a page to open; and what "will continue to work". */
const placesAndStates =
  /\bgo(?:es)?\s+(?:back\s+)?to\s+(?!(?:the\s+|your\s+)?(?:steps?|sections?|next|previous|following|above|below|start|beginning|first|last|end|appropriate|relevant|corresponding|options?|cases?|phases?|parts?|mitigations?|remediation|resolution|diagnosis|procedure|playbook|runbook|guide)\b|#?\d)|\bcontinues?\s+to\s+(?!(?:the|steps?|sections?)\b|\W)(?=\w)|\bhow\s+to\s+proceed\b/gi;

/** True when nothing in the sentence but a page to open, or what goes on, sounds like a way to go. */
export function onlyOpensPlace(text: string): boolean {
  // "Go to Device Manager, locate the adapter, …"
  if (/^\W*(?:then\s+)?[Gg]o\s+to\s+(?:the\s+)?\p{Lu}[^,.;]{2,60},\s/u.test(text)) return true;
  return !isBranching(text.replace(placesAndStates, ' '));
}

/**
 * True for a sentence that asks for nothing: no clause of it is something to do, and what it supposes stands behind what it says
 * ("It fires if the queue is full"), is only possible ("If it is full, jobs may be lost"), or belongs to no step.
 */
export function asksNothing(text: string, inStep: boolean): boolean {
  if (asksSomething(text)) return false;
  if (!inStep || !opensWithCondition.test(text)) return true;
  const comma = text.indexOf(',');
  return comma >= 0 && supposes.test(text.slice(comma));
}

const asksSomething = remember((text: string): boolean => {
  if (demand.test(text) && !foretells(text)) return true;
  return text.split(clauses).some((clause) => clause.trim() !== '' && (isImperative(clause) || beginsWithVerb(clause)));
}, 2000);
