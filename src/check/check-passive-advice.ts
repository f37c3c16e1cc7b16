// step.passive: "the logs should be checked", in a step without code or link: checked by whom, where, and how?
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sourceSpan } from '../guide/index.ts';
import type { CheckInput } from './check.ts';

const passive =
  /\b((?:should|must|needs? to|has to|have to|can|may) be (?:checked|verified|investigated|reviewed|monitored|analy[sz]ed|examined|inspected|looked (?:at|into)|validated|confirmed))\b(?!\s+(?:by|with|via|using|through|in the|on the|as|that))/i;

export function checkPassiveAdvice({ plan, facts }: CheckInput): readonly Diagnostic[] {
  return plan.nodes.flatMap(({ source, actions, description }) => {
    if (!source || actions.length > 0 || !passive.test(description)) return [];
    return facts.sentencesIn(source.span).flatMap((sentence) => {
      const found = passive.exec(sentence.text);
      const words = found?.[1] ?? '';
      if (!found || sentence.codes.length > 0 || sentence.prose.links.length > 0) return [];
      const start = sentence.start + found.index;
      return [
        makeDiagnostic(
          'step.passive',
          sourceSpan(sentence.prose, start, start + words.length),
          `\`${words}\` does not say how.`,
          {
            hint: 'Say it as an order with its means: "Check the logs with …", and add the command, query or link.',
          },
        ),
      ];
    });
  });
}
