// step.unreachable: a step that no path from the start leads to. Only the first step of such a stretch is reported;
// what follows from it becomes reachable with it.
import { makeDiagnostic, type Diagnostic, type Label } from '../diagnostics/index.ts';
import { inputEdges, outputEdges, reachableFrom, type Plan, type PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { stepName } from './step-name.ts';

export function checkUnreachableSteps({ guide, plan }: CheckInput): readonly Diagnostic[] {
  const reached = new Set(reachableFrom(plan, 'start'));
  for (const repeat of plan.repeats) {
    if (reached.has(repeat.from)) for (const node of reachableFrom(plan, repeat.to)) reached.add(node);
  }
  return plan.nodes.flatMap((node, index) => {
    if (node.kind !== 'step' || reached.has(node.id) || inputEdges(plan, node.id).length > 0) return [];
    const span = node.titleSource?.span ?? node.source?.span;
    if (!span) return [];
    const before = plan.nodes[index - 1];
    return [
      makeDiagnostic(
        'step.unreachable',
        span,
        `No path leads to \`${stepName(guide, node)}\`, so a run never gets there.`,
        {
          labels: before ? waysPast(plan, before) : [],
          hint: 'Name this step in a condition or a jump of an earlier step, or remove it.',
        },
      ),
    ];
  });
}

/** Where the step written before goes instead, each target once. */
function waysPast(plan: Plan, before: PlanNode): Label[] {
  const labels = new Map<string, Label>();
  for (const { to, source } of outputEdges(plan, before.id)) {
    if (!source || labels.has(to)) continue;
    const message = to === 'end' ? 'the guide ends here' : `the step before goes to \`${to}\` here`;
    labels.set(to, { span: source.span, message });
  }
  return [...labels.values()];
}
