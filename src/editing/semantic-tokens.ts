// What names in a guide stand for, so that an editor can colour them: steps, parameters and results wherever they are mentioned,
// and the sentences that have a meaning. Headings keep the colour of headings: only a step's number stands out in them.
import { allMatches, type Span } from '../base/index.ts';
import { sentencesOf } from '../guide/index.ts';
import type { Analysis } from './analyze.ts';
import { flatGuide } from './flat-guide.ts';
import { occurrencesOf } from './occurrences.ts';

/** `span` stays on one line. */
export interface SemanticToken {
  readonly kind: 'step' | 'parameter' | 'result' | 'keyword';
  readonly declaration: boolean;
  readonly span: Span;
}

/** The sentences that mean the same in every guide, as docs/guide-format.md lists them. */
const meaning =
  /^(?:needs approval|safe to repeat|undo|verify|this (?:resolves|mitigates) the incident|this ends the guide|this guide does not apply)(?=[:.]|$)/i;

/** In the order of the text; none overlaps another. */
export function semanticTokens(analysis: Analysis): readonly SemanticToken[] {
  const { guide } = analysis;
  const found: SemanticToken[] = occurrencesOf(analysis).all.flatMap(
    ({ symbol, role, form, span }): SemanticToken[] => {
      const declaration = role === 'declaration';
      if (declaration && form === 'title') return [];
      return [{ kind: symbol.kind, declaration, span }];
    },
  );
  for (const { sentence } of sentences(analysis)) {
    const words = guide.text.slice(sentence.start, sentence.end);
    const match = meaning.exec(words);
    if (match)
      found.push({
        kind: 'keyword',
        declaration: false,
        span: { start: sentence.start, end: sentence.start + match[0].length },
      });
  }
  const sorted = found
    .flatMap((token) => onLines(analysis, token))
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let end = 0;
  return sorted.filter(({ span }) => {
    const fits = span.start >= end && span.end > span.start;
    if (fits) end = span.end;
    return fits;
  });
}

function sentences({ guide }: Analysis): { readonly sentence: Span }[] {
  return flatGuide(guide).proses.flatMap((prose) => sentencesOf(prose).map(({ span }) => ({ sentence: span })));
}

/** A name may go over a line's end. */
function onLines({ guide }: Analysis, token: SemanticToken): SemanticToken[] {
  const words = guide.text.slice(token.span.start, token.span.end);
  if (!/[\r\n]/.test(words)) return [token];
  return allMatches(words, /[^\r\n]+/g).map(({ 0: part, index }) => {
    const start = token.span.start + index;
    return { ...token, span: { start, end: start + part.length } };
  });
}
