// result.unknown-value for words of any letters: "If `status` is `degraded`" names a column whose values are known, and sets the
// word as code or in quotes, so it can only be one of them. What is only said ("if the status is bad") is left alone.
import { allMatches, collect } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { shapeOfAction } from '../guard/index.ts';
import { sourceSpan, type Sentence } from '../guide/index.ts';
import { byStep } from './scope.ts';
import { spoken } from './side-test.ts';

/** A word that is compared with a column, and the values that the column has. */
export interface WordOfColumn {
  readonly word: string;
  readonly span: Diagnostic['span'];
  readonly column: string;
  readonly values: readonly string[];
}

/** "if `status` is", "when the status equals": up to the word that is compared. */
const compared =
  /^(?:otherwise,? )?(?:if|when)\s+(?:the\s+)?["'“`]?([\w ]{1,60}?)["'”`]?\s+(?:is|equals|reads|shows|says|=|==)\s+["'“]?$/i;
/** The word itself, up to what ends it. */
const wordAt = /^[A-Za-z][\w-]{1,60}/;

/** Words in conditions that their column never has. */
export const strangeWords = byStep((node, sentences, { around }): readonly WordOfColumn[] => {
  const columns = collect(
    [...(around?.actions ?? []), ...node.actions],
    (action) => shapeOfAction(action).columns ?? [],
  );
  if (!columns.some(({ values }) => values !== undefined)) return [];
  return collect(sentences, (sentence) =>
    markedWords(sentence).flatMap(({ word, index }) => {
      const said = compared.exec(sentence.text.slice(0, index))?.[1]?.toLowerCase();
      const meant = columns.filter(({ name }) => said === name.toLowerCase() || said === spoken(name));
      if (meant.length === 0 || meant.some(({ values }) => values === undefined)) return [];
      const values = [...new Set(collect(meant, (column) => column.values ?? []))];
      if (/^(?:null|none|empty)$/i.test(word) || values.some((one) => one.toLowerCase() === word.toLowerCase()))
        return [];
      const span = sourceSpan(sentence.prose, sentence.start + index, sentence.start + index + word.length);
      return [{ word, span, column: meant[0]?.name ?? '', values }];
    }),
  );
});

/** Words that stand as code, or between quotes. */
function markedWords({ text, start, prose }: Sentence): readonly { readonly word: string; readonly index: number }[] {
  const coded = prose.codes.flatMap(({ start: from, end }) => {
    const index = from - start;
    const word = wordAt.exec(text.slice(Math.max(0, index), Math.max(0, end - start)))?.[0] ?? '';
    return index >= 0 && word.length === end - from ? [{ word, index }] : [];
  });
  const quoted = allMatches(text, /["'“]([A-Za-z][\w-]{1,60})(?=["'”])/g).map(({ 1: word = '', index }) => ({
    word,
    index: index + 1,
  }));
  return [...coded, ...quoted];
}
