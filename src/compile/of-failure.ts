// Conditions on the failure of what a step runs: "if it fails", and behind a retry "if it still fails".
import type { Condition } from './draft.ts';

/**
 * True for a condition that holds when the step's own action has failed. `retried`: the step is tried again where it fails, so that "If
 * it still fails, …" is about that too; else it may be about what the step was for.
 */
export function ofFailure(condition: Condition | null, retried: boolean): boolean {
  return condition !== null && (fails.test(condition.text) || (retried && failsStill.test(condition.text)));
}

const fails =
  /^(?:if|when|in\s+case)\s+(?:(?:it|this|that)\s+fails\s+(?:at|in|on|during)\s+)?(?:any|one)\s+of\s+(?:the|these|those)\s+(?:above\s+|previous\s+)?(?:commands?|steps?|checks?|actions?|queries|tests?|scripts?)(?:\s+fails?)?\b|^(?:if|when|in case)\s+(?:this|the|that|any|it)\s*(?:(?:query|command|script|request|call|step|action|check)s?\s+)?(?:fails|fail|errors?(?:\s+out)?|times\s+out|cannot\s+be\s+(?:run|executed)|does\s+not\s+(?:run|complete|succeed|finish))$/i;
const failsStill =
  /^(?:if|when)\s+(?:this|the|that|it)\s*(?:(?:query|command|script|request|call|step|action|check)s?\s+)?(?:still\s+fails|keeps\s+failing|fails\s+(?:again|every\s+time))(?:\s+(?:after|then)\b[^,]*)?$/i;
