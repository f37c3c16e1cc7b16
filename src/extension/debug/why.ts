// "Why did it go here?": at every sentence that states a way, whether the guide's latest run took it, what decided, and the
// values that did - as a hover, as values at the end of the line while debugging, and as a command for the line at hand.
import * as vscode from 'vscode';
import type { Plan } from '../../plan/index.ts';
import type { RepeatView } from '../../run/index.ts';
import type { DocumentAnalysis } from '../analyses.ts';
import type { GuideRun } from '../guide-run.ts';
import { escapeMarkdown, nodeName, withCode } from '../output-markdown.ts';
import { quoted } from '../quoted.ts';
import type { Stage } from '../run-conduct.ts';
import { toRange } from '../to-vscode.ts';
import { findWay, stepAt, type Way } from './guide-places.ts';
import { deciders } from './variable-tree.ts';

type Parts = Pick<Stage, 'analyses' | 'runs'>;

/** Hovers over conditions, and values beside code and guards while a session stands still. */
export function registerWhy(parts: Parts): vscode.Disposable {
  const markdown: vscode.DocumentSelector = [{ language: 'markdown' }];
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(markdown, {
      provideHover: (document, position) => {
        const analysis = parts.analyses.latest(document.uri);
        const run = parts.runs.of(document.uri);
        if (!analysis || !run || analysis.version !== document.version) return undefined;
        const answers = waysOn(analysis.plan, position.line + 1).flatMap((edge) => why(edge, run, escapeWay) ?? []);
        if (answers.length === 0) return undefined;
        return new vscode.Hover(answers.map((answer) => new vscode.MarkdownString(answer)));
      },
    }),
    vscode.languages.registerInlineValuesProvider(markdown, {
      provideInlineValues: (document, visible, { stoppedLocation }) => {
        const analysis = parts.analyses.latest(document.uri);
        if (!analysis || analysis.version !== document.version || !visible.intersection(stoppedLocation)) return [];
        return inlineValues(analysis, stoppedLocation.start.line + 1);
      },
    }),
  );
}

/** Tells for the line at hand, or for the step it stands in, where the latest run went and why. */
export async function tellWhy(parts: Parts, editor: vscode.TextEditor): Promise<readonly string[]> {
  const { document, selection } = editor;
  const plan = (await parts.analyses.ready(document))?.plan;
  const run = parts.runs.of(document.uri);
  if (!plan || !run) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This guide has not been run in this window yet.'));
    return [];
  }
  const line = selection.active.line + 1;
  const step = stepAt(plan, line);
  const here = waysOn(plan, line);
  const ways: readonly Way[] = [...plan.edges, ...plan.repeats];
  const edges = here.length > 0 ? here : ways.filter(({ from }) => from === step?.id);
  const into = here.length > 0 ? [] : ways.filter(({ from, to }) => to === step?.id && from !== to);
  const answers = [...into, ...edges].flatMap((edge) => why(edge, run, plainWay) ?? []).map(quoted);
  const told = answers.length > 0 ? answers.join('\n') : vscode.l10n.t('The run has not come to this.');
  void vscode.window.showInformationMessage(vscode.l10n.t('Why did it go here?'), { modal: true, detail: told });
  return answers;
}

interface Answer {
  readonly taken: boolean;
  readonly edge: Way;
  readonly because: string;
}

/** One way's answer; null while nothing has been decided about it, or when its sentence has changed since the run began. */
function why(edge: Way, run: GuideRun, say: (answer: Answer) => string): string | null {
  if (findWay(run.plan, edge.id)?.condition !== edge.condition) return null;
  const loop = run.view().repeats?.find(({ repeat }) => repeat === edge.id);
  if (loop) return say({ taken: loop.again, edge, because: loopWords(loop) });
  const seen = run.view().edges.find((one) => one.edge === edge.id);
  if (!seen) return null;
  // What a loop has set back, and has not come to again, was decided in the round before.
  const isBefore = seen.status === 'pending' || (seen.decidedBy === 'upstream' && seen.status === 'disabled');
  const decided = isBefore ? (seen.earlier ?? seen) : seen;
  if (!decided.decidedBy || decided.status === 'pending') return null;
  const who = deciders[decided.decidedBy];
  const because = decided.because === undefined ? who : `${decided.because} (${who})`;
  const when = decided === seen ? because : vscode.l10n.t('{0}; in an earlier round', because);
  return say({ taken: decided.status === 'enabled', edge, because: when });
}

/** Why a loop began again, in which round, or why it did not. */
function loopWords({ again, rounds, because, decidedBy }: RepeatView): string {
  const who = decidedBy === 'bound' ? '' : deciders[decidedBy];
  const why = because === undefined ? who : who === '' ? because : `${because} (${who})`;
  return again ? `${why}; ${vscode.l10n.t('round {0}', rounds + 1)}` : why;
}

function escapeWay({ taken, edge, because }: Answer): string {
  const words = `${nodeName(edge.from)} \u2192 ${nodeName(edge.to)}`;
  return `**${taken ? vscode.l10n.t('Taken') : vscode.l10n.t('Not taken')}**: ${vscode.l10n.t('{0}, because {1}', escapeMarkdown(words), withCode(because))}`;
}

function plainWay({ taken, edge, because }: Answer): string {
  const way = `${nodeName(edge.from)} \u2192 ${nodeName(edge.to)}`;
  return taken
    ? vscode.l10n.t('{0}: taken, because {1}', way, because)
    : vscode.l10n.t('{0}: not taken, because {1}', way, because);
}

function waysOn(plan: Plan, line: number): readonly Way[] {
  return [...plan.edges, ...plan.repeats].filter(
    ({ source }) => source && source.startLine <= line && line <= source.endLine,
  );
}

/** Parameters in the code of the step stopped at, and the guards of its ways, as expressions that the session evaluates. */
function inlineValues({ plan, guide }: DocumentAnalysis, line: number): vscode.InlineValue[] {
  const step = stepAt(plan, line);
  if (!step) return [];
  const secrets = new Set(plan.guide.parameters.filter(({ secret }) => secret).map(({ name }) => name));
  const places = step.actions.flatMap(({ placeholders }) => placeholders);
  const parameters = places
    .filter(({ parameter }) => !secrets.has(parameter) && /^[A-Za-z_]\w*$/.test(parameter))
    .map(
      ({ parameter, span }) =>
        new vscode.InlineValueEvaluatableExpression(toRange(guide.lines, span), `params.${parameter}`),
    );
  const guards = plan.edges.flatMap(({ from, guard, source }) =>
    from === step.id && guard?.kind === 'cel' && source
      ? [new vscode.InlineValueEvaluatableExpression(toRange(guide.lines, (guard.source ?? source).span), guard.cel)]
      : [],
  );
  return [...parameters, ...guards];
}
