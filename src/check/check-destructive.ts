// action.destructive: a command that destroys, in a step that neither asks for approval nor says how to undo it; one for each
// block of code, and one for each sentence that says to run such a command. A run asks in any case; this is for whoever follows
// the guide by hand.
import { collect, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { textOf } from '../guide/index.ts';
import type { Action, PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { destroyedBy, destructiveIn } from './dangerous-commands.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { byStep } from './scope.ts';
import { wordsBefore } from './words-before.ts';

/** The author has thought of it: says that it is safe, how to come back, or that the guide itself made what goes. */
const assured =
  /\b(?:safe(?:ly)?|temporar(?:y|ily)|roll(?:ing|ed)?\s?-?back|revert\w*|restor\w+|back\s?-?up|backups?)\b/i;

export function checkDestructive(input: CheckInput): readonly Diagnostic[] {
  return [...inBlocks(input), ...inSentences(input)];
}

function inBlocks(input: CheckInput): readonly Diagnostic[] {
  return collect(uncovered(input), ({ node, action, danger: { what, weight, start, end } }) => {
    const isLight =
      weight === 'light' || assured.test(node.description) || assured.test(wordsBefore(textOf(input.guide), action));
    return [destroys(action.code.slice(start, end), what, codeSpan(action, { start, end }), isLight)];
  });
}

/** The same of code that stands in no step, where nothing may be done but to copy it. */
export function destroyedOutside(action: Action): readonly Diagnostic[] {
  const [first] = destructiveIn(action).filter(({ weight }) => weight === 'grave');
  if (!first) return [];
  const words = action.code.slice(first.start, first.end).replace(/\s+/g, ' ').slice(0, 60).replaceAll('`', '');
  const message = `\`${words}\` ${first.what}, and stands in no step that could ask for approval.`;
  return [
    makeDiagnostic('action.destructive', codeSpan(action, first), message, {
      severity: 'hint',
      hint: 'Put it into a step that says "Needs approval.", and "Undo: …" if there is a way back.',
    }),
  ];
}

/** The first command that destroys of each block of a step that nothing covers. */
const uncovered = byStep((node, _, { around, lead }) =>
  isCovered(node) || isCovered(around) || isCovered(lead)
    ? []
    : collect(node.actions, (action) =>
        destructiveIn(action)
          .slice(0, 1)
          .map((danger) => ({ node, action, danger })),
      ),
);

/** The step asks somebody first, or says how to come back. */
function isCovered(node: PlanNode | null): boolean {
  return node !== null && (node.needsApproval || node.undo !== undefined);
}

function destroys(code: string, what: string, span: Span, isLight: boolean): Diagnostic {
  const words = code.replace(/\s+/g, ' ');
  const shown = words.length > 60 ? `${words.slice(0, 59)}…` : words;
  const message = `\`${shown.replaceAll('`', '')}\` ${what}, and the step asks for no approval.`;
  return makeDiagnostic('action.destructive', span, message, {
    ...(isLight && { severity: 'hint' as const }),
    hint: 'Add "Needs approval." to the step, and "Undo: …" if there is a way back.',
  });
}

/** Words right before a command that say to run it. */
const asked =
  /(?:^|[.,;:(–—]\s*|\b(?:then|and|now|first|next|finally|please|can|must|should|to|by|also|manually)\s+)(?:run|running|execute|executing|issue|issuing|use|using|enter|type|invoke|try|do|apply|perform|call)(?:ning)?(?:\s+(?:the|a|this|an|following|command|commands|cmdlet|query|again|as|root|either))*\s*:?\s*$/i;
/** A deed and how to do it: "Delete the pod with …", "Remove it (…)". */
const done =
  /^(?:\W*(?:then|next|now|finally|first|and|please|manually|\d+[.)])\W+)*(?:delete|remove|drop|clean\s?up|clear|empty|purge|destroy|kill|stop|force|wipe|truncate|uninstall|terminate|evict|drain)\b[^.;]{0,120}(?:\b(?:with|by|using|via|through)\b[^.;]{0,30}|[:(–—]\s*)$/i;
/** What nobody is asked to run. */
const warned =
  /\b(?:not|n't|never|avoid|without|instead of|rather than|unless|before|after|if you (?:ran|have run|used)|was|were)\b/i;

const inSentences = byStep(({ needsApproval, undo, description, actions }, sentences) => {
  if (needsApproval || undo !== undefined) return [];
  return collect(sentences, ({ prose, text, start, codes }) =>
    collect(codes, (code) => {
      const words = prose.plain.slice(code.start, code.end);
      const { danger } = destroyedBy(words);
      if (!danger || actions.some((action) => action.code.includes(words.trim()))) return [];
      const before = text.slice(0, Math.max(0, code.start - start)).replace(/["'`]\s*$/, '');
      if (warned.test(before) || !(asked.test(before) || done.test(before))) return [];
      return [destroys(words.trim(), danger.what, code.span, danger.weight === 'light' || assured.test(description))];
    }).slice(0, 1),
  );
});
