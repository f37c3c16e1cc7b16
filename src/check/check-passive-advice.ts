// step.passive: "the logs should be checked", and neither the sentence nor what stands next to it says by whom, where, and how.
import type { Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sourceSpan } from '../guide/index.ts';
import type { CheckInput } from './check.ts';

const passive =
  /\b((?:should|must|needs? to|has to|have to|can|may) be (?:checked|verified|investigated|reviewed|monitored|analy[sz]ed|examined|inspected|looked (?:at|into)|validated|confirmed))\b(?!\s+(?:by|with|via|using|through|in the|on the|as))/i;

export function checkPassiveAdvice({ guide, plan, facts }: CheckInput): readonly Diagnostic[] {
  const code = facts.blocks.flatMap(({ block }) =>
    block.kind === 'code' || block.kind === 'plugin' ? [block.span] : [],
  );
  return plan.nodes.flatMap(({ source, description }) => {
    if (!source || !passive.test(description)) return [];
    return facts.sentencesIn(source.span).flatMap((sentence) => {
      const found = passive.exec(sentence.text);
      const words = found?.[1] ?? '';
      if (!found || sentence.codes.length > 0 || sentence.prose.links.length > 0) return [];
      if (/\b(?:by|with|via|using|through|run|running)\b/i.test(sentence.text.slice(found.index))) return [];
      if (sentence.text.trimEnd().endsWith(':') || standsBy(guide.text, sentence.prose.span, sentence.span, code))
        return [];
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

/**
 * Code right after the paragraph may be the means when its last sentence announces nothing else; code right before it may have
 * been. A paragraph of this one sentence between two blocks speaks for itself.
 */
function standsBy(text: string, paragraph: Span, sentence: Span, code: readonly Span[]): boolean {
  const alone = text.slice(paragraph.start, paragraph.end).trim().length <= sentence.end - sentence.start + 4;
  if (alone) return false;
  return code.some(
    ({ start, end }) =>
      (start >= paragraph.end && text.slice(paragraph.end, start).trim() === '') ||
      (end <= paragraph.start && text.slice(end, paragraph.start).trim() === ''),
  );
}
