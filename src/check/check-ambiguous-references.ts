// reference.ambiguous: "the above query", "the previous command", where the step has none above, or several.
import { makeDiagnostic } from '../diagnostics/index.ts';
import { sourceSpan } from '../guide/index.ts';
import { perStep } from './scope.ts';

const refers =
  /\b((?:the )?(?:above|previous|preceding|earlier|aforementioned)(?: mentioned)? (?:query|command|script|result|results|output|table|step)|(?:the )?(?:query|command|script|output|results?) (?:above|mentioned above|mentioned earlier)|as (?:mentioned|described|shown|stated) (?:above|earlier|before))\b/i;

export const checkAmbiguousReferences = perStep(({ description, actions }, sentences) => {
  if (!/\b(?:above|previous|preceding|earlier|aforementioned|before)\b/i.test(description)) return [];
  return sentences.flatMap((sentence) => {
    const found = refers.exec(sentence.text);
    if (!found || sentence.prose.links.length > 0) return [];
    const before = actions.filter((action) => action.source.span.end <= sentence.span.start).length;
    const words = found[1] ?? '';
    const isStep = /step$/i.test(words);
    const several = !isStep && before > 1;
    if (before === 1 && !/^as /i.test(words) && !isStep) return [];
    if (isStep) return []; // "the previous step" is the one before, in any order of reading
    const start = sentence.start + found.index;
    return [
      makeDiagnostic(
        'reference.ambiguous',
        sourceSpan(sentence.prose, start, start + words.length),
        several
          ? `\`${words}\` may mean any of ${before} code blocks of this step.`
          : `\`${words}\` does not say which: there is none above it in this step.`,
        {
          hint: 'Name the step, as in "the query of Step 2".',
        },
      ),
    ];
  });
});
