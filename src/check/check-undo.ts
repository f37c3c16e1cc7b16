// action.no-undo: a step that certainly changes something and says nothing of a way back. Also an undo that names nothing of
// what the step changes, as happens when it was copied.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { changeIn } from './dangerous-commands.ts';
import { stepAround } from './step-around.ts';
import { codeSpan } from './diagnose-explanation.ts';

const speaks =
  /\b(?:undo|roll(?:ing|ed)?\s?-?back|revert\w*|restor\w+|re-?enabl\w+|back\s+up|backup|previous value)\b/i;

export function checkUndo({ plan, facts }: CheckInput): readonly Diagnostic[] {
  return collect(plan.nodes, (node) => {
    const { actions, undo, description } = node;
    const changing = actions.find((action) => changeIn(action) !== null);
    const place = changing && changeIn(changing);
    if (!changing || !place) return [];
    if (undo !== undefined) return isUnrelated(node, undo) ? unrelated(node, facts) : [];
    if (speaks.test(description) || stepAround(plan, node)?.undo !== undefined) return [];
    return [
      makeDiagnostic(
        'action.no-undo',
        codeSpan(changing, place),
        `\`${changing.id}\` changes something, and the step does not say how to undo it.`,
        {
          hint: 'Add "Undo: …" to the step, or "Safe to repeat." where nothing can go wrong.',
        },
      ),
    ];
  });
}

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
