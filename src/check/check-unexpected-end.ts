// text.unexpected-end: the guide breaks off in the middle of a sentence: its last words ask for another. A word that cannot end a
// sentence is certain, a preposition is a hint, and a missing full stop alone proves nothing.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sourceSpan, textOf } from '../guide/index.ts';
import type { CheckInput } from './check.ts';

const open =
  /(?:^|[\s(])(the|a|an|and|or|if|when|whether|because|which|your|their|its|than|between|via|per|into|without)\s*$|[,(]\s*$/i;
/** A sentence may end in one of these ("the host it talks to"), so that without a full stop they only make one wonder. */
const odd =
  /(?:^|\s)(to|of|with|from|for|in|by|as|at|is|are|was|were|be|has|have|had|will|would|must|should|may|that|then)\s*$/i;

export function checkUnexpectedEnd({ guide, facts }: CheckInput): readonly Diagnostic[] {
  const last = facts.parts.findLast(({ proses }) => proses.length > 0)?.proses.at(-1);
  if (!last || last.kind === 'cell') return [];
  const { prose } = last;
  if (textOf(guide).slice(prose.span.end).trim() !== '') return [];
  const words = prose.plain.slice(-60);
  const certain = open.exec(words);
  const found = certain ?? odd.exec(words);
  if (!found || prose.codes.some(({ end }) => end === prose.plain.trimEnd().length)) return [];
  const end = prose.plain.trimEnd().length;
  const word = (found[1] ?? found[0].trim()) || ',';
  return [
    makeDiagnostic(
      'text.unexpected-end',
      sourceSpan(prose, Math.max(0, end - word.length), end),
      `The guide ends after \`${word}\`, in the middle of a sentence.`,
      { ...(!certain && { severity: 'hint' as const }), hint: 'Finish the sentence; something may have been cut off.' },
    ),
  ];
}
