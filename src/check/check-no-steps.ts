// guide.no-steps: nothing in the text was read as a step, so there is nothing to draw or to run.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';
import { movedTo } from './moved-to.ts';

export function checkNoSteps({ guide, plan }: CheckInput): readonly Diagnostic[] {
  if (plan.nodes.some((node) => node.kind === 'step')) return [];
  if (guide.diagnostics.some(({ code }) => code === 'guide.too-large')) return []; // not read, so nothing is known
  if (movedTo(guide) !== null) return []; // its steps are elsewhere
  const heading = guide.root.sections[0]?.heading;
  const words = guide.text.search(/\S/);
  const first = guide.lines.lineSpan(guide.lines.positionAt(Math.max(0, words)).line);
  return [
    makeDiagnostic('guide.no-steps', heading?.span ?? first, 'No step was found in this guide.', {
      hint: 'Write each step as a heading such as `## Step 1 - Check the error rate`, or as an item of a numbered list.',
    }),
  ];
}
