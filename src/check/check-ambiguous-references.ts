// reference.ambiguous: "the above query", "the previous command", where the step has none above, or several.
import { makeDiagnostic } from '../diagnostics/index.ts';
import { sourceSpan } from '../guide/index.ts';
import { perStep } from './scope.ts';

const refers =
  /\b((?:the )?(?:above|previous|preceding|earlier|prior|aforementioned|said)(?:[ -]mentioned)? (?:query|queries|commands?|scripts?|results?|outputs?|tables?|values?|numbers?|graphs?|dashboards?|checks?|steps?)|(?:the )?(?:query|queries|commands?|scripts?|outputs?|results?|values?|steps?) (?:(?:mentioned |shown |given |listed |described |used |run |seen )?(?:above|earlier|before|previously)|(?:from|of) (?:above|before|earlier))|as (?:mentioned|described|shown|stated|explained|listed|noted|said) (?:above|earlier|before|previously))\b/i;

export const checkAmbiguousReferences = perStep(({ description, actions }, sentences) => {
  if (!/\b(?:above|previous(?:ly)?|preceding|earlier|prior|said|aforementioned|before)\b/i.test(description)) return [];
  return sentences.flatMap((sentence) => {
    const found = refers.exec(sentence.text);
    if (!found || sentence.prose.links.length > 0) return [];
    const before = actions.filter((action) => action.source.span.end <= sentence.span.start).length;
    const words = found[1] ?? '';
    const isStep = /\b(?:above|previous|preceding|earlier|prior)[ -](?:mentioned )?steps?$/i.test(words);
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
