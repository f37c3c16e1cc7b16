// action.write-in-diagnosis: a command that certainly changes something, under a heading that only promises to look. Readers
// of such a section believe that nothing there can do harm. A POST whose address orders nothing may be a search.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { textOf } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { changeIn, mayOnlyAsk } from './dangerous-commands.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { wordsBefore } from './words-before.ts';

const looking = /\b(?:diagnos(?:is|e|tics?)|investigat(?:e|ion|ing)|triage|analysis|inspect(?:ion)?|symptoms?)\b/i;
/** "Check the queue", "Look at the workers": the title of one step that only looks. */
const looks =
  /^(?:check|look(?:ing)? (?:at|for|into)|list|read|measure|count|show|view|review|examine|verify|confirm|find|identify|observe|compare)\b/i;
/** The words before the code say that it is more than a look. */
const announces =
  /\b(?:mitigat|remediat|resolv|repair|recover|solv|workaround)\w*|\bwork(?:ing)? around\b|\bfix(?:es|ed|ing)?\b/i;
const doing =
  /\b(?:mitigat|remedi|resol|fix|repair|recover|clean|restor|remov|delet|restart|rollback|roll back|and)\w*\b/i;

export function checkWriteInDiagnosis({ guide, plan, facts }: CheckInput): readonly Diagnostic[] {
  return collect(plan.nodes, ({ actions }) =>
    collect(actions, (action) => {
      const change = changeIn(action);
      if (!change || mayOnlyAsk(action, change)) return [];
      const { headings } = facts.sectionAt(action.source.span.start);
      const heading = headings.findLast(
        ({ title, level }) =>
          level > 1 &&
          (looking.test(title) ||
            (looks.test(title) &&
              title === headings.at(-1)?.title &&
              !announces.test(wordsBefore(textOf(guide), action)))),
      );
      if (!heading || headings.some(({ title, level }) => level > 1 && doing.test(title))) return [];
      return [
        makeDiagnostic(
          'action.write-in-diagnosis',
          codeSpan(action, change),
          `This changes something, but it stands under \`${heading.title.slice(0, 60)}\`, where readers expect only to look.`,
          {
            labels: [{ span: heading.prose.span, message: 'the heading that promises only to look' }],
            hint: 'Move it to a step of its own that says what it changes.',
          },
        ),
      ];
    }),
  );
}
