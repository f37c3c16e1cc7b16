// "If it is below 6, close the alert. This ends the guide.": two sentences that state one ending. The second says again how the
// case of the first ends, and is no way of its own.
import type { Sentence } from '../guide/index.ts';
import type { Outcome } from '../plan/index.ts';
import type { Passage, Statement } from './draft.ts';
import { saysWrong } from './findings.ts';
import { isImperative } from './imperative.ts';
import { closes, readOutcome } from './read-outcome.ts';

/** The statement before with the ending that both state; null when the later one is a way of its own. */
export function withSameEnding(before: Statement | undefined, later: Statement): Statement | null {
  if (
    !before ||
    before.outcome === null ||
    before.jump !== null ||
    before.passage.paragraph !== later.passage.paragraph
  )
    return null;
  if (before.condition === null || later.condition !== null || later.jump !== null || later.outcome === null)
    return null;
  const callsThen = callsBehindStop(before.passage.sentence, later.passage.sentence);
  if (!callsThen && !saysAgain.test(later.passage.sentence.text)) return null;
  return { ...before, outcome: stronger(before.outcome, later.outcome) };
}

/** "If it is the volume of the backup, stop here. Page its owner.": whom one calls then. */
export function callsBehindStop(before: Sentence, later: Sentence): boolean {
  return stops.test(before.text) && later.start - before.end < 3 && readOutcome(later.text) === 'escalated';
}

/** Words that speak of what was just said, or that nothing comes after it: they ask for nothing else. */
const saysAgain =
  /^\W*(?:(?:then|and|so|with)\s+)?(?:this|that|it|which|these)\b|^\W*(?:(?:then|and|so)\s+)?(?:(?:please\s+)?(?:stop|end)\s+(?:here|there|(?:the|this)\s+\w+)\b|stop\W*$|you\s+are\s+(?:then\s+)?(?:done|finished)\b|done\W*$|(?:there\s+is\s+)?no(?:thing)?\s+(?:(?:further|more|other|else|additional)\b|actions?\b|to\s+do\b)|the\s+(?:guide|tsg|runbook|procedure|playbook|investigation|troubleshooting|process|incident|alert|issue|problem|impact|page|ticket|case)\s+(?:(?:then|now|also)\s+)*(?:ends?|is|has|can|may|should)\b)/i;

/**
 * "If the pod is pending, stop. The volume is not bound. Go back to 2.1.": whoever stops there goes back, where a reason stands
 * between or the case is one of trouble. Behind "If it has cleared, stop." the same words are for everybody else.
 */
export function withWayOn(
  before: Statement | undefined,
  later: Statement,
  between: Passage | undefined,
): Statement | null {
  if (before?.condition?.kind !== 'if' || before.outcome !== 'completed' || before.jump !== null) return null;
  if (before.passage.paragraph !== later.passage.paragraph || later.condition !== null || later.jump === null)
    return null;
  const { text } = before.condition;
  if (!stops.test(before.passage.sentence.text) || isOver.test(text)) return null;
  const gives = between !== undefined && between !== before.passage && !isImperative(between.sentence.text);
  return gives || (saysWrong(text) && !denies.test(text)) ? { ...later, condition: before.condition } : null;
}

const stops = /[,;:]\s+(?:then\s+)?(?:please\s+)?stop(?:\s+(?:here|immediately|at\s+once))?\W*$/i;
const isOver =
  /\b(?:cleared|resolved|gone|over|recover(?:s|ed)|fixed|solved|healthy|normal|ok(?:ay)?|green|works?|working|empty|done|no\s+longer|any\s*more)\b/i;
const denies = /\b(?:no|not|none|nothing|never)\b|n['’]t\b/i;

/** That the guide ends, and that nothing is left to do, is said of any ending; who takes over stays the ending, whatever else is said. */
function stronger(first: Outcome, second: Outcome): Outcome {
  if (first === 'completed') return second;
  return first === 'escalated' || second === 'completed' || second === 'not-applicable' ? first : second;
}

/** "If there is room, close the alert." and in a paragraph of its own "This ends the guide.", which is said of that case. */
export function saysEndOfCase(passage: Passage, previous: Passage | undefined, last: Statement | undefined): boolean {
  return (
    last !== undefined &&
    last.passage === previous &&
    last.condition?.kind === 'if' &&
    last.outcome === 'resolved' &&
    last.jump === null &&
    !passage.inItem &&
    passage.paragraph !== previous.paragraph &&
    passage.sentence.start === 0 &&
    closes(previous.sentence.text) &&
    /^\W*(?:this|that|it)\s+(?:ends|concludes|completes|finishes)\s+(?:this|the)\s+\w+\W*$/i.test(passage.sentence.text)
  );
}
