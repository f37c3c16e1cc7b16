// step.endless-loop: a way back without a condition and without a number, so nothing in the text ends it. A way back with a
// condition ends when that no longer holds, and is only remarked upon (step.loop).
import { textOf } from '../guide/index.ts';
import { slice, type Span, type Text } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { NodeId, Plan } from '../plan/index.ts';
import type { CheckInput } from './check.ts';

const bound =
  /\b(?:\d+|one|two|three|four|five|ten|a few|several)\s+(?:more\s+|further\s+)?(?:times|rounds|attempts|retries|tries)\b|\b(?:once|twice|until|while|unless|as long as|if|every|each|at most|up to|when)\b/i;

/** "Go back to Step 1. Do this at most three times.": the sentence behind it says when to stop. */
const limitsIt =
  /^[\s*_]*(?:(?:and\s+)?(?:do|repeat|try|retry)\s+(?:this|it|that|so|these\s+steps)\b|(?:at\s+most|no\s+more\s+than|up\s+to|a\s+maximum\s+of)\b|(?:give\s+up|stop)\s+after\b)[^.\n]{0,120}/i;

/** "Repeat steps 3 to 13 for the second node", "… to set up `node-4`": once more, for what it names. */
const forAnother =
  /\brepeat\b[^.\n]{0,60}\b(?:(?:for|on|with|against)\s+(?:the\s+)?(?:other|second|next|remaining|rest)\b|to\s+[a-z-]{3,}\s+[`*]*\w*[_\d]\w*)/i;

function isLimited(text: Text, { start, end }: Span): boolean {
  const behind = limitsIt.exec(slice(text, { start: end, end: end + 200 }))?.[0];
  const sentence = `${slice(text, { start, end })}${/^[^.\n]{0,120}/.exec(slice(text, { start: end, end: end + 120 }))?.[0] ?? ''}`;
  return (
    bound.test(slice(text, { start, end })) || forAnother.test(sentence) || (behind !== undefined && bound.test(behind))
  );
}

/** Who leads back is reached in a case only, so that the loop may end with the case, unless it leads back to itself. */
function isOption({ edges }: Plan, step: NodeId, to: NodeId): boolean {
  const ways = edges.filter((edge) => edge.to === step);
  return step !== to && ways.length > 0 && ways.every(({ condition }) => condition !== null);
}

/** "If it hangs, restart it and go back to Step 1": the condition stands with the way back, and is asked again each time. */
function isAsked({ edges, nodes }: Plan, step: NodeId): boolean {
  const own = nodes.find(({ id }) => id === step)?.source?.span;
  return edges.some(
    ({ to, source }) =>
      to === step && source && (!own || (own.start <= source.span.end && source.span.start <= own.end)),
  );
}

export function checkEndlessLoops({ guide, plan }: CheckInput): readonly Diagnostic[] {
  return plan.repeats.flatMap(({ condition, from, to, max, source }) => {
    if (condition !== null || !source || isLimited(textOf(guide), source.span)) return [];
    const isCase = isOption(plan, from, to);
    if (isCase && isAsked(plan, from)) return [];
    const message = isCase
      ? `\`${from}\` leads back to \`${to}\` every time, and no number says how often that is at most.`
      : `\`${from}\` always leads back to ${from === to ? 'itself' : `\`${to}\``}, and nothing in the text says when to stop.`;
    return [
      makeDiagnostic('step.endless-loop', source.span, message, {
        // The case may be over by then: that is what whoever comes back looks at.
        ...(isCase && { severity: 'information' as const }),
        hint: `Say "up to 5 times" or "if …"; without either a run repeats it ${max} times.`,
      }),
    ];
  });
}
