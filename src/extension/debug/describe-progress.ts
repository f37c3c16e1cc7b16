// What the debug console says as a run goes on: one line a step, a way taken, a question, an ending; and a dry run's findings.
// Nothing a tool said can steer the console.
import { durationWords } from '../../base/index.ts';
import { findEdge, findNode, type EdgeId, type NodeId, type Plan } from '../../plan/index.ts';
import {
  describeRequest,
  type DryReport,
  nodeName,
  type RepeatView,
  type RunRequest,
  type RunView,
  type StepView,
} from '../../run/index.ts';
import { quoted } from '../quoted.ts';
import { cleanLine, resultSummary } from '../result-summary.ts';
import { count, l10n, statusWord } from '../words.ts';
import { deciders } from './variable-tree.ts';

/** "Step 2 - Check the version". */
export function stepTitle(plan: Plan, node: NodeId): string {
  const title = findNode(plan, node)?.title ?? '';
  return cleanLine(title === '' || title === node ? nodeName(node) : `${nodeName(node)} \u2013 ${title}`);
}

/** A step that has ended: how, in what time, and what it found. */
export function describeStep(plan: Plan, step: StepView): string {
  const { startedAt, endedAt } = step;
  const status = statusWord(step.status);
  const ended =
    startedAt !== undefined && endedAt !== undefined
      ? l10n.t('{0} in {1}', status, durationWords(endedAt - startedAt))
      : status;
  // A call that a model chose may fail or be refused without the step doing so.
  const failure = step.actions.find((action) => action.failure && !action.byModel)?.failure;
  const result = step.actions.findLast((action) => action.result)?.result;
  const { finding } = step;
  const said = finding
    ? `; ${finding.model} found: ${cleanLine(finding.text)}`
    : failure
      ? `: ${quoted(cleanLine(failure.message))}`
      : result
        ? `; ${resultSummary(result)}`
        : '';
  const note = step.note === undefined ? '' : ` (${quoted(step.note.replace(/\.$/, ''))})`;
  return `${stepTitle(plan, step.node)}${note}: ${ended}${said.replace(/; $/, '')}`;
}

/** A step that a person has set back. */
export function describeRepeat(plan: Plan, step: StepView): string {
  return `${l10n.t('{0}: begins again.', stepTitle(plan, step.node))} ${quoted(step.note ?? '')}`.trim();
}

/** A loop that begins again, or may not any more, and why; null where its condition did not hold. */
export function describeAgain(plan: Plan, { repeat, again, rounds, decidedBy, because }: RepeatView): string | null {
  const back = plan.repeats.find(({ id }) => id === repeat);
  if (!back || (!again && decidedBy !== 'bound')) return null;
  const why = quoted(because ?? (decidedBy === 'bound' ? '' : deciders[decidedBy]));
  const target = nodeName(back.to);
  if (!again) return cleanLine(`  \u21bb ${l10n.t('{0} not again', target)}: ${why}`);
  const round = l10n.t('{0} again, round {1}', target, rounds + 1);
  const after = back.waitMs ? `, ${l10n.t('in {0}', durationWords(back.waitMs))}` : '';
  return cleanLine(`  \u21bb ${round}${after}: ${why}`);
}

/** A way that was taken and why; null where there was nothing to decide. */
export function describeEdge(plan: Plan, view: RunView, id: EdgeId): string | null {
  const edge = findEdge(plan, id);
  const seen = view.edges.find((one) => one.edge === id);
  if (!edge || !seen?.decidedBy || seen.decidedBy === 'none') return null;
  const target = edge.to === 'end' ? (edge.outcome ?? l10n.t('the end')) : nodeName(edge.to);
  return cleanLine(`  \u2192 ${target}: ${quoted(seen.because ?? deciders[seen.decidedBy])}`);
}

export function describeQuestion(request: RunRequest): string {
  return quoted(cleanLine(describeRequest(request)));
}

export function describeEnd(view: RunView): string {
  return cleanLine(
    `${l10n.t('The run has ended: {0}.', statusWord(view.outcome ?? l10n.t('over')))} ${quoted(view.reason ?? '')}`.trim(),
  );
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
      const approval = action.needsApproval ? `, ${l10n.t('would wait for approval')}` : '';
      const problem = action.failure ? `: ${quoted(cleanLine(action.failure.message))}` : '';
      lines.push({
        text: `  ${l10n.t('{0}: {1} with {2}', action.id, action.effect, action.tool ?? l10n.t('no tool'))}${approval}${problem}`,
        node: step.node,
      });
      for (const line of (action.text ?? '').split('\n').filter((one) => one.trim() !== '')) {
        lines.push({ text: `    ${cleanLine(line)}`, node: step.node });
      }
    }
    for (const edge of report.edges) {
      if (edge.from !== step.node || edge.condition === null) continue;
      lines.push({ text: cleanLine(`  \u2192 ${nodeName(edge.to)}: ${quoted(edge.because)}`), node: step.node });
    }
    for (const { from, to, max, because } of report.repeats) {
      if (from !== step.node) continue;
      const times = max === 1 ? l10n.t('at most once more') : l10n.t('at most {0} times more', max);
      lines.push({ text: cleanLine(`  \u21bb ${nodeName(to)}, ${times}: ${quoted(because)}`), node: step.node });
    }
  }
  const missing = report.missingParameters.map((name) => l10n.t('No value for {0}.', name));
  const invalid = report.invalidParameters.map(({ message }) => message);
  for (const text of [...missing, ...invalid]) lines.push({ text: quoted(cleanLine(text)) });
  lines.push({ text: l10n.t('{0}. Nothing was performed.', count(report.pathCount, 'path')) });
  return lines;
}
