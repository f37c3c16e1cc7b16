// action.no-undo: a step that certainly changes something and says nothing of a way back. Also an undo that names nothing of
// what the step changes, as happens when it was copied.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { changeIn } from './dangerous-commands.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { byStep } from './scope.ts';

const speaks =
  /\b(?:undo|roll(?:ing|ed)?\s?-?back|revert\w*|restor\w+|re-?enabl\w+|back\s+up|backup|previous value)\b/i;

export function checkUndo(input: CheckInput): readonly Diagnostic[] {
  return collect(changes(input), ({ node, around, id, span }) => {
    const { undo, description } = node;
    if (undo !== undefined) return isUnrelated(node, undo) ? unrelated(node, input.facts) : [];
    if (speaks.test(description) || around?.undo !== undefined) return [];
    return [
      makeDiagnostic('action.no-undo', span, `\`${id}\` changes something, and the step does not say how to undo it.`, {
        hint: 'Add "Undo: …" to the step, or "Safe to repeat." where nothing can go wrong.',
      }),
    ];
  });
}

/** The first action of each step that changes something. */
const changes = byStep((node, _, { around }) => {
  const changing = node.actions.find((action) => changeIn(action) !== null);
  const place = changing && changeIn(changing);
  return place ? [{ node, around, id: changing.id, span: codeSpan(changing, place) }] : [];
});

/** None of the longer words of the undo is in the step's code, title or other words. */
function isUnrelated({ actions, title, description }: PlanNode, undo: string): boolean {
  const known = new Set(
    `${title} ${description.replace(undo, ' ')} ${actions.map(({ code }) => code).join(' ')}`
      .replace(/([a-z])(?=[A-Z])/g, '$1 ')
      .toLowerCase()
      .match(/[a-z]{3,}/g) ?? [],
  );
  const words = (undo.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter(
    (word) => !/^(?:the|and|with|from|run|again|this|that|step|use|for|its|was|were|into|back)$/.test(word),
  );
  const stem = (word: string): string => word.slice(0, 5);
  const stems = new Set([...known].map(stem));
  return (
    words.length >= 3 &&
    words.every((word) => !stems.has(stem(word))) &&
    !/\b(?:nothing|not possible|cannot|impossible|none|no way)\b/i.test(undo)
  );
}

function unrelated(node: PlanNode, facts: CheckInput['facts']): Diagnostic[] {
  const sentence = node.source
    ? facts.sentencesIn(node.source.span).find(({ text }) => /^undo\s*:/i.test(text))
    : undefined;
  if (!sentence) return [];
  return [
    makeDiagnostic('action.no-undo', sentence.span, 'This undo names nothing of what the step changes.', {
      hint: 'Say how to take back exactly what the code of this step does.',
    }),
  ];
}
