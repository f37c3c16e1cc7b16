// A run as a markdown document to read: how it ended and why, the path it took, who decided what, and each step's outcome.
import { durationWords } from '../base/index.ts';
import type { Plan } from '../plan/index.ts';
import { useWords } from '../model/index.ts';
import { type DryReport, nodeName, type RunView } from '../run/index.ts';
import { escapeMarkdown, stepOutput, withCode } from './output-markdown.ts';
import { l10n, statusWord } from './words.ts';

/** The report. `journal` is shown when the run has one. */
export function runReport(plan: Plan, view: RunView, rows: number, journal?: string): string {
  const parts = [`# ${escapeMarkdown(plan.guide.title)}`, headline(view), ...facts(plan, view, journal)];
  for (const step of view.steps) {
    const node = plan.nodes.find((candidate) => candidate.id === step.node);
    const chooses = plan.edges.some(({ from, condition }) => from === step.node && condition !== null);
    if (!node || node.kind === 'end' || (node.kind === 'start' && !chooses)) continue;
    const output = stepOutput(plan, view, step, rows);
    if (!output) continue;
    parts.push(`## ${escapeMarkdown(`${nodeName(node.id)} \u2013 ${node.title}`)}`);
    if (output.comments.length === 0) parts.push(escapeMarkdown(statusWord(step.status)));
    for (const comment of output.comments) parts.push(`**${escapeMarkdown(comment.author)}**`, comment.body);
  }
  return `${parts.join('\n\n')}\n`;
}

/** A dry run's report: the steps as they would be performed, then every way through the plan. */
export function dryRunReport(plan: Plan, report: DryReport): string {
  const problems = [
    ...report.missingParameters.map((name) => `- ${l10n.t('No value for {0}', escapeMarkdown(name))}`),
    ...report.invalidParameters.map(({ message }) => `- ${withCode(message)}`),
  ];
  const paths = report.paths.map(({ nodes, outcome }) => {
    const steps = nodes.filter((node) => node !== 'start' && node !== 'end').map(nodeName);
    return `1. ${escapeMarkdown(steps.join(' \u2192 ') || l10n.t('nothing'))}: **${escapeMarkdown(statusWord(outcome))}**`;
  });
  const more =
    report.pathCount > report.paths.length
      ? [`\u2026 ${l10n.t('and {0} more.', report.pathCount - report.paths.length)}`]
      : [];
  return [
    runReport(plan, report.view, 0),
    ...(problems.length ? [`## ${l10n.t('Parameters')}`, problems.join('\n')] : []),
    `## ${l10n.t('Paths')}`,
    paths.join('\n'),
    ...more,
    '',
  ].join('\n\n');
}

function headline(view: RunView): string {
  const word = statusWord(view.outcome ?? view.phase);
  return `**${escapeMarkdown(word)}**${view.reason ? `: ${withCode(view.reason)}` : ''}`;
}

function facts(plan: Plan, view: RunView, journal: string | undefined): string[] {
  const lines = [
    view.mode === 'dry'
      ? `- ${l10n.t('Dry-run: nothing was performed of {0}', escapeMarkdown(plan.guide.file))}`
      : `- ${l10n.t('Live-run of {0}', escapeMarkdown(plan.guide.file))}`,
  ];
  if (view.startedAt !== undefined) {
    const took = view.endedAt === undefined ? '' : `, ${durationWords(view.endedAt - view.startedAt)}`;
    lines.push(`- ${new Date(view.startedAt).toISOString().replace('T', ' ').slice(0, 19)} UTC${took}`);
  }
  lines.push(
    `- ${l10n.t('Model calls: {0}', view.modelCalls)}${view.modelUse ? ` (${useWords(view.modelUse, view.modelUse.costs ?? [])})` : ''}`,
  );
  if (journal) lines.push(`- ${l10n.t('Journal: {0}', escapeMarkdown(journal))}`);
  return [lines.join('\n')];
}
