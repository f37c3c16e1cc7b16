// result.unknown-column: a step's words compare a column that its query does not return, told by its name in code style
// (`error_rate`). Only where all columns of the result are known by name; guards are checked by guard.invalid.
import { nearName } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { shapeOfAction } from '../guard/index.ts';
import { sourceSpan, type Sentence } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { byStep } from './scope.ts';

export function checkResultColumns(input: CheckInput): readonly Diagnostic[] {
  const strange = strangeWords(input);
  if (strange.length === 0) return [];
  const { plan } = input;
  const elsewhere = new Set(plan.guide.parameters.map(({ name }) => name));
  for (const { actions } of plan.nodes) {
    for (const action of actions) {
      if (action.resultName !== undefined) elsewhere.add(action.resultName);
      for (const { name } of shapeOfAction(action).columns ?? []) elsewhere.add(name);
    }
  }
  return strange.flatMap(({ word, finding }) => (elsewhere.has(word) ? [] : [finding]));
}

/** Names in a step's conditions that its query does not return; they are right nonetheless when they mean something elsewhere. */
const strangeWords = byStep((node, sentences) => {
  const [action] = node.actions;
  if (!action || node.actions.length > 1) return [];
  const { columns, complete } = shapeOfAction(action);
  if (!columns || columns.length === 0 || complete !== true) return [];
  const names = columns.map(({ name }) => name);
  return sentences.flatMap((sentence) => {
    if (sentence.span.start < action.source.span.end || !/^(?:otherwise,? )?if\b/i.test(sentence.text)) return [];
    const found: { readonly word: string; readonly finding: Diagnostic }[] = [];
    for (const { 0: word, index } of sentence.text.matchAll(
      /(?<![\w.'"/{$<])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w(.'"/>}])/g,
    )) {
      if (names.includes(word) || isGuard(sentence, index)) continue;
      const near = nearName(word, names);
      const span = sourceSpan(sentence.prose, sentence.start + index, sentence.start + index + word.length);
      const listed = names
        .slice(0, 8)
        .map((name) => `\`${name}\``)
        .join(', ');
      const finding = makeDiagnostic('result.unknown-column', span, `The step's query returns no column \`${word}\`.`, {
        hint:
          near === undefined ? `It returns ${listed}${names.length > 8 ? ', …' : ''}.` : `Did you mean \`${near}\`?`,
        fixes: near === undefined ? [] : [{ title: `Change to \`${near}\``, edits: [{ span, newText: near }] }],
      });
      found.push({ word, finding });
    }
    return found;
  });
});

/** True inside inline code that is more than the name itself. */
function isGuard(sentence: Sentence, index: number): boolean {
  const at = sentence.start + index;
  return sentence.codes.some(
    ({ start, end }) => start <= at && at < end && /[\s=<>.(]/.test(sentence.prose.plain.slice(start, end)),
  );
}
