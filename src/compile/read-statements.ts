// Sentences to statements: for each sentence of a step its condition, jump and outcome, and which of them belong together.
import type { Condition, Passage, Statement } from './draft.ts';
import { isBranching, isHedged } from './branching.ts';
import { onceForNames, type IsName } from './names.ts';
import { readCondition } from './read-condition.ts';
import { readJump } from './read-jump.ts';
import { readOutcome } from './read-outcome.ts';

/** What the sentences of a step say, and those whose branching language was not read, with the reason. */
export interface StatementReading {
  readonly statements: readonly Statement[];
  readonly notRead: readonly { readonly passage: Passage; readonly reason: string }[];
}

const bareContinue = /^[\s,;:.–—-]*(?:please\s+)?(?:continue|proceed|move\s+on|carry\s+on|go\s+on)\s*[.!]?$/i;
const ifSo = /^(?:if\s+so|if\s+yes|if\s+(?:this|that|it)\s+is\s+the\s+case)$/i;
/** Sentences with a meaning of their own (read-directives.ts), which speak of no way to go. */
const directive =
  /^(?:(?:this\s+(?:step|action)\s+(?:is\s+)?)?(?:needs\s+approval|safe\s+to\s+repeat)\b|(?:undo|verify)\s*:)/i;
const ending = /^(?:this|that|it)\b/i;

/** Reads the sentences of one step; the list of passages is what the reading is remembered by. */
export const readStatements = onceForNames((passages: readonly Passage[], isName: IsName): StatementReading => {
  const statements: Statement[] = [];
  const notRead: { passage: Passage; reason: string }[] = [];
  /** A condition without jump or outcome yet, which a following sentence of its paragraph may complete. */
  let open: { condition: Condition; passage: Passage } | null = null;
  /** The paragraph of a condition that names none: what follows it there holds only in its case. */
  let refused = -1;
  const settle = (): void => {
    if (open && (open.condition.kind === 'else' || isBranching(open.passage.sentence.text)))
      statements.push({ passage: open.passage, condition: open.condition, jump: null, outcome: null });
    open = null;
  };

  passages.forEach((passage, index) => {
    const { sentence } = passage;
    const { text } = sentence;
    if (open && open.passage.paragraph !== passage.paragraph) settle();
    if (directive.test(text)) return;
    const place = readJump(sentence, isName);
    const outcome = place ? null : readOutcome(text);
    let condition = readCondition(passage, place?.start ?? null, place !== null || outcome !== null);
    if (condition && ifSo.test(condition.text)) condition = boundToQuestion(condition, passages[index - 1]);
    if (condition && isHedged(condition.text)) {
      if (open) settle();
      notRead.push({ passage, reason: `"${condition.text}" leaves it to the reader` });
      refused = passage.paragraph;
      return;
    }
    if (place && place.rest !== null)
      notRead.push({ passage, reason: `only the first target was read, not "${place.rest}"` });
    const goesOn = condition !== null && bareContinue.test(sentence.prose.plain.slice(condition.end, sentence.end));
    if (refused === passage.paragraph && condition === null && inherits(text, outcome !== null, passage)) {
      if (place || outcome)
        notRead.push({ passage, reason: 'it depends on the sentence before it, which was not read' });
      return;
    }
    if (place || outcome || goesOn) {
      const inherited: Condition | null =
        condition === null && open !== null && inherits(text, outcome !== null, passage) ? open.condition : null;
      if (open && inherited === null) settle();
      open = null;
      const jump =
        place?.jump ??
        (goesOn
          ? { targets: [{ kind: 'next' as const, span: sentence.span }], order: 'serial' as const, back: false }
          : null);
      statements.push({ passage, condition: condition ?? inherited, jump, outcome });
      return;
    }
    if (condition) {
      settle();
      open = { condition, passage };
      return;
    }
    if (isBranching(text)) notRead.push({ passage, reason: reasonFor(text) });
  });
  settle();
  return { statements, notRead };
});

/** "If X, roll back. This is a resolution.": the second sentence speaks of the first one's case. */
function inherits(text: string, isOutcome: boolean, passage: Passage): boolean {
  return (isOutcome && ending.test(text)) || passage.inItem || /^then\b/i.test(text);
}

/** "Is the disk full? If so, …": the question is the condition. */
function boundToQuestion(condition: Condition, previous: Passage | undefined): Condition {
  const asked = previous?.sentence.text;
  if (
    asked === undefined ||
    !/\?$|^(?:check|verify|determine|confirm|see|ensure|look|is|are|does|do|has|have)\b/i.test(asked)
  )
    return condition;
  return { ...condition, text: `${condition.text} (${asked.replace(/[.?!]+$/, '')})` };
}

function reasonFor(text: string): string {
  if (/\bsteps?\s+\d[\w.]*\s*,?\s*or\s+(?:to\s+)?(?:steps?\s+)?\d/i.test(text))
    return 'it leaves the choice between steps open';
  if (/\b(?:do\s+not|don['’]t|never|without|before)\b/i.test(text)) return 'it says what not to do, or not yet';
  if (/\b(?:retry|try\s+again|repeat)\b/i.test(text)) return 'it asks to repeat, but not which step and how often';
  if (/\bescalate\b/i.test(text)) return 'it speaks of escalating, but does not say that the guide ends there';
  if (/\b(?:proceed|continue|go|return|skip)\b/i.test(text)) return 'it does not name the step to go to';
  return 'no step and no ending was found in it';
}
