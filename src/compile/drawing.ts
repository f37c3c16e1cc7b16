// A plan as it is drawn in a fence, whatever draws it: boxes, and arrows between them. Places are offsets in the fence's code.
import type { Span } from '../base/index.ts';
import type { Outcome } from '../plan/index.ts';
import { findOutcome, roles } from './read-outcome.ts';

/** Something to do or to decide. */
export interface DrawnBox {
  readonly id: string;
  readonly title: string;
  readonly span: Span;
  /** Its words that may say more than its title: where to go, how it ends, what else to do. */
  readonly words: readonly Span[];
}

/** Words on an arrow. `span` covers them and, when it leads to no box, the words of what it leads to. */
export interface DrawnWords {
  readonly text: string;
  readonly span: Span;
}

/** What an arrow leads to: a box, a place that the guide names, an ending, or what stands behind the drawing. */
export type DrawnGoal =
  | { readonly kind: 'box'; readonly id: string }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'end'; readonly outcome: Outcome }
  | { readonly kind: 'behind' };

export interface DrawnWay {
  readonly from: DrawnGoal & { readonly kind: 'box' | 'named' };
  readonly to: DrawnGoal;
  readonly condition: DrawnWords | null;
  /** Nothing draws it: it is where the box leads when none of its answers holds, or when it has none. */
  readonly implied?: true;
}

export interface Drawing {
  readonly boxes: readonly DrawnBox[];
  readonly ways: readonly DrawnWay[];
}

const done =
  /^(?:(?:the\s+)?(?:end|stop|finish(?:ed)?|done|all\s+done|exit|complete[d]?|all\s+good|ok(?:ay)?|nothing\s+to\s+do|do\s+nothing|no\s+action)|end\s+(?:of\s+)?(?:the\s+)?(?:guide|runbook|procedure|flow|process)|you\s+are\s+done)$/i;
const outcomes: readonly (readonly [Outcome, RegExp])[] = [
  ['resolved', /^(?:(?:the\s+)?(?:issue|incident|problem|alert|case)\s+(?:is\s+|has\s+been\s+|should\s+be\s+)?)?(?:resolved|fixed|solved|closed|recovered)$|^(?:resolve|close)\s+(?:the\s+|this\s+)?(?:incident|alert|ticket|issue|case|page)$/i],
  ['mitigated', /^(?:(?:the\s+)?(?:issue|incident|problem|impact)\s+(?:is\s+|has\s+been\s+)?)?mitigated$/i],
  ['escalated', /^escalated?$|^escalat(?:e|ion)\s+(?:it|this|further|immediately|now)$|^escalation$/i],
  ['not-applicable', /^(?:not\s+applicable|false\s+(?:positive|alarm)|no\s+(?:further\s+)?action\s+(?:is\s+)?(?:needed|required|necessary)|not\s+an?\s+(?:issue|incident|problem))$/i],
]; // prettier-ignore

/** How words that say nothing else end the guide; null when they are something to do. */
export function endingOf(words: string): Outcome | null {
  const plain = bareWords(words.replace(/\s*\([^()]*\)\W*$/, ''));
  if (done.test(plain)) return 'completed';
  return outcomes.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

/** "Escalate to the network team", and nothing besides: an ending that names someone. */
export function handsOver(words: string): boolean {
  const plain = bareWords(words);
  return (
    callsSomeone(plain) &&
    plain.split(/\s+/).length <= 8 &&
    !/[,;.]|\s(?:and|then|with|after|if|when|unless|or)\s|→|->/i.test(plain)
  );
}

/** "Contact support with the logs": it begins with whom to call. */
export function callsSomeone(words: string): boolean {
  const plain = bareWords(words);
  const found = findOutcome(plain);
  return (found?.outcome === 'escalated' && found.start === 0) || pages.test(plain);
}

const pages = new RegExp(String.raw`^page\s+(?:\S+\s+){0,4}(?:${roles})$`, 'i');

/** Without marks and signs around them: `✅ Done!` is `Done`. */
export function bareWords(words: string): string {
  return words
    .replaceAll('**', '')
    .replace(/^[^\p{L}\p{N}`"'“(<{$]+|[\s.!:;,✅✓✔❌🎉]+$/gu, '')
    .replace(/^[("“[]+([^)\]"”]*)[)\]"”]+$/u, '$1');
}

/** "Proceed to 3.2 immediately — block access": what is said behind the number is said at the place too. */
const toNumber =
  /^(?:please\s+)?(?:go|jump|skip|proceed|continue|return|move)\s+(?:(?:back|on|straight|directly|immediately)\s+)?(?:to|with|at)\s+(?:the\s+)?(?:(?:step|section|phase|stage|part)\s+)?#?(\d{1,3}(?:\.\d{1,3})*[a-z]?)(?:\s+(?:immediately|now|directly|at\s+once|right\s+away))?(?:\s*(?:[—–:(]|\s-\s).*)?$/i;
const bareNumber = /^(?:step|section|phase|stage|part)\s+#?(\d{1,3}(?:\.\d{1,3})*[a-z]?)$/i;

/** The step that words lead to and say nothing else: `step 3`. */
export function numberedGoal(words: string): DrawnGoal | null {
  const plain = bareWords(words);
  const number = (toNumber.exec(plain) ?? bareNumber.exec(plain))?.[1];
  return number === undefined ? null : { kind: 'named', name: `step ${number.toLowerCase()}` };
}
