// What the debug console says as a run goes on: one line a step, a way taken, a question, an ending; and a dry run's findings.
// Nothing a tool said can steer the console.
import { findEdge, findNode, type EdgeId, type NodeId, type Plan } from '../../plan/index.ts';
import { describeRequest, type DryReport, type RunRequest, type RunView, type StepView } from '../../run/index.ts';
import { count, duration, nodeName } from '../output-markdown.ts';
import { cleanLine, resultSummary } from '../result-summary.ts';
import { deciders } from './variable-tree.ts';

/** "Step 2 - Check the version". */
export function stepTitle(plan: Plan, node: NodeId): string {
  const title = findNode(plan, node)?.title ?? '';
  return cleanLine(title === '' || title === node ? nodeName(node) : `${nodeName(node)} \u2013 ${title}`);
}

/** A step that has ended: how, in what time, and what it found. */
export function describeStep(plan: Plan, step: StepView): string {
  const { startedAt, endedAt } = step;
  const took = startedAt !== undefined && endedAt !== undefined ? ` in ${duration(endedAt - startedAt)}` : '';
  // A call that a model chose may fail or be refused without the step doing so.
  const failure = step.actions.find((action) => action.failure && !action.byModel)?.failure;
  const result = step.actions.findLast((action) => action.result)?.result;
  const { finding } = step;
  const said = finding
    ? `; ${finding.model} found: ${cleanLine(finding.text)}`
    : failure
      ? `: ${cleanLine(failure.message)}`
      : result
        ? `; ${resultSummary(result)}`
        : '';
  const note = step.note === undefined ? '' : ` (${step.note.replace(/\.$/, '')})`;
  return `${stepTitle(plan, step.node)}${note}: ${step.status}${took}${said.replace(/; $/, '')}`;
}

/** A step that a loop or a person has set back. */
export function describeRepeat(plan: Plan, step: StepView): string {
  return `${stepTitle(plan, step.node)}: begins again. ${step.note ?? ''}`.trim();
}

/** A way that was taken and why; null where there was nothing to decide. */
export function describeEdge(plan: Plan, view: RunView, id: EdgeId): string | null {
  const edge = findEdge(plan, id);
  const seen = view.edges.find((one) => one.edge === id);
  if (!edge || !seen?.decidedBy || seen.decidedBy === 'none') return null;
  const target = edge.to === 'end' ? (edge.outcome ?? 'the end') : nodeName(edge.to);
  return cleanLine(`  \u2192 ${target}: ${seen.because ?? deciders[seen.decidedBy]}`);
}

export function describeQuestion(request: RunRequest): string {
  return cleanLine(describeRequest(request));
}

export function describeEnd(view: RunView): string {
  return cleanLine(`The run has ended: ${view.outcome ?? 'over'}. ${view.reason ?? ''}`.trim());
}

/** A dry run as lines for the console, each with the step it is about. */
export function describeDry(
  plan: Plan,
  report: DryReport,
): readonly { readonly text: string; readonly node?: NodeId }[] {
  const lines: { text: string; node?: NodeId }[] = [];
  for (const step of report.steps) {
    if (findNode(plan, step.node)?.kind !== 'step') continue;
    lines.push({ text: stepTitle(plan, step.node), node: step.node });
    for (const action of step.actions) {
      const approval = action.needsApproval ? ', would wait for approval' : '';
      const problem = action.failure ? `: ${cleanLine(action.failure.message)}` : '';
      lines.push({
        text: `  ${action.id}: ${action.effect} with ${action.tool ?? 'no tool'}${approval}${problem}`,
        node: step.node,
      });
      for (const line of (action.text ?? '').split('\n').filter((one) => one.trim() !== '')) {
        lines.push({ text: `    ${cleanLine(line)}`, node: step.node });
      }
    }
    for (const edge of report.edges) {
      if (edge.from !== step.node || edge.condition === null) continue;
      lines.push({ text: cleanLine(`  \u2192 ${nodeName(edge.to)}: ${edge.because}`), node: step.node });
    }
  }
  const missing = report.missingParameters.map((name) => `No value for ${name}.`);
  const invalid = report.invalidParameters.map(({ message }) => message);
  for (const text of [...missing, ...invalid]) lines.push({ text: cleanLine(text) });
  lines.push({ text: `${count(report.pathCount, 'path')}. Nothing was performed.` });
  return lines;
}
