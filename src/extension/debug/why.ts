// "Why did it go here?": at every sentence that states a way, whether the latest run that goes through the guide took it, be it
// as the one that was started or as one that is called, what decided, and the values that did - as a hover, as values at the
// end of the line while debugging, and as a command for the line at hand.
import * as vscode from 'vscode';
import type { Plan } from '../../plan/index.ts';
import { nodeName, type RepeatView, withWayNames } from '../../run/index.ts';
import type { DocumentAnalysis } from '../analyses.ts';
import type { GuideRun } from '../guide-run.ts';
import { escapeMarkdown, withCode } from '../output-markdown.ts';
import { quoted } from '../quoted.ts';
import { realPath } from '../real-path.ts';
import type { Stage } from '../run-conduct.ts';
import type { Runs } from '../runs.ts';
import { toRange } from '../to-vscode.ts';
import { callsOf, edgeLine, fileInRun, findWay, stepAt, type Way } from './guide-places.ts';
import { deciders } from './variable-tree.ts';

type Parts = Pick<Stage, 'analyses' | 'runs'>;

/** Hovers over conditions, and values beside code and guards while a session stands still. */
export function registerWhy(parts: Parts): vscode.Disposable {
  const markdown: vscode.DocumentSelector = [{ language: 'markdown' }];
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(markdown, {
      provideHover: (document, position) => {
        const analysis = parts.analyses.latest(document.uri);
        const passage = passageThrough(parts.runs, document.uri);
        if (!analysis || !passage || analysis.version !== document.version) return undefined;
        const answers = why(waysOn(analysis.plan, position.line + 1), passage).map(escapeWay);
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
  const passage = passageThrough(parts.runs, document.uri);
  if (!plan || !passage) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This guide has not been run in this window yet.'));
    return [];
  }
  const line = selection.active.line + 1;
  const step = stepAt(plan, line);
  const here = waysOn(plan, line);
  const ways: readonly Way[] = [...plan.edges, ...plan.repeats];
  const edges = here.length > 0 ? here : ways.filter(({ from }) => from === step?.id);
  const into = here.length > 0 ? [] : ways.filter(({ from, to }) => to === step?.id && from !== to);
  const answers = why([...into, ...edges], passage).map((answer) => quoted(plainWay(answer, plan)));
  const told = answers.length > 0 ? answers.join('\n') : vscode.l10n.t('The run has not come to this.');
  void vscode.window.showInformationMessage(vscode.l10n.t('Why did it go here?'), { modal: true, detail: told });
  return answers;
}

/** A run that goes through a guide; `calls` are the actions that call it, none when the run is its own. */
interface Passage {
  readonly run: GuideRun;
  readonly calls: readonly string[];
}

/** The latest run of this window that has gone through a guide, else the latest that may yet. */
function passageThrough(runs: Pick<Runs, 'latestFirst'>, { fsPath }: vscode.Uri): Passage | undefined {
  const passages = runs.latestFirst().flatMap((run): Passage[] => {
    const file = fileInRun(run.plan, run.uri.fsPath, fsPath, realPath);
    if (file === undefined) return [];
    return [{ run, calls: file === null ? [] : callsOf(run.plan, file) }];
  });
  return passages.find(hasCome) ?? passages[0];
}

/** Whether a run has come to one of the calls of a guide; it is always in its own. */
function hasCome({ run, calls }: Passage): boolean {
  const actions = run.view().steps.flatMap((step) => step.actions);
  const begun = actions.filter(({ status }) => status !== 'pending' && status !== 'skipped').map(({ id }) => id);
  return calls.length === 0 || calls.some((call) => begun.includes(call));
}

interface Answer {
  readonly taken: boolean;
  readonly edge: Way;
  readonly because: string;
  /** The action that calls the guide; absent in the guide that was started. */
  readonly call?: string;
}

/** What the run says about ways of a guide, of each call of it. */
function why(ways: readonly Way[], { run, calls }: Passage): readonly Answer[] {
  if (calls.length === 0) return ways.flatMap((edge) => whyOf(edge, edge.id, run) ?? []);
  return calls.flatMap((call) =>
    ways.flatMap((edge) => {
      const answer = whyOf(edge, `${call}/${edge.id}`, run);
      return answer ? [{ ...answer, call }] : [];
    }),
  );
}

/**
 * One way's answer, by the name that it has in the run; null while nothing has been decided about it, or when its sentence has
 * changed since the run began.
 */
function whyOf(edge: Way, id: string, run: GuideRun): Answer | null {
  if (findWay(run.plan, id)?.condition !== edge.condition) return null;
  const loop = run.view().repeats?.find(({ repeat }) => repeat === id);
  if (loop) return { taken: loop.again, edge, because: loopWords(loop) };
  const seen = run.view().edges.find((one) => one.edge === id);
  if (!seen) return null;
  // What a loop has set back, and has not come to again, was decided in the round before.
  const isBefore = seen.status === 'pending' || (seen.decidedBy === 'upstream' && seen.status === 'disabled');
  const decided = isBefore ? (seen.earlier ?? seen) : seen;
  if (!decided.decidedBy || decided.status === 'pending') return null;
  const who = deciders[decided.decidedBy];
  const because = decided.because === undefined ? who : `${withWayNames(run.plan, decided.because)} (${who})`;
  const when = decided === seen ? because : vscode.l10n.t('{0}; in an earlier round', because);
  return { taken: decided.status === 'enabled', edge, because: when };
}

/** Why a loop began again, in which round, or why it did not. */
function loopWords({ again, rounds, because, decidedBy }: RepeatView): string {
  const who = decidedBy === 'bound' ? '' : deciders[decidedBy];
  const why = because === undefined ? who : who === '' ? because : `${because} (${who})`;
  return again ? `${why}; ${vscode.l10n.t('round {0}', rounds + 1)}` : why;
}

/** For a hover, which stands at the sentence itself. */
function escapeWay(answer: Answer): string {
  const { taken, because } = answer;
  return `**${taken ? vscode.l10n.t('Taken') : vscode.l10n.t('Not taken')}**: ${vscode.l10n.t('{0}, because {1}', escapeMarkdown(wayWords(answer)), withCode(because))}`;
}

/** For a message, which says where the sentence stands. */
function plainWay(answer: Answer, plan: Plan): string {
  const { taken, because, edge } = answer;
  const way = vscode.l10n.t('{0} (line {1})', wayWords(answer), edgeLine(plan, edge));
  return taken
    ? vscode.l10n.t('{0}: taken, because {1}', way, because)
    : vscode.l10n.t('{0}: not taken, because {1}', way, because);
}

function wayWords({ edge, call }: Answer): string {
  const way = `${nodeName(edge.from)} \u2192 ${nodeName(edge.to)}`;
  return call === undefined ? way : vscode.l10n.t('{0}, called at {1}', way, nodeName(call));
}

function waysOn(plan: Plan, line: number): readonly Way[] {
  return [...plan.edges, ...plan.repeats].filter(
    ({ source }) => source && source.startLine <= line && line <= source.endLine,
  );
}

/** Parameters in the code of the step stopped at, and the guards of its ways on and back, as expressions that the session evaluates. */
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
  const ways: readonly Way[] = [...plan.edges, ...plan.repeats];
  const guards = ways.flatMap(({ from, guard, source }) =>
    from === step.id && guard?.kind === 'cel' && source
      ? [new vscode.InlineValueEvaluatableExpression(toRange(guide.lines, (guard.source ?? source).span), guard.cel)]
      : [],
  );
  return [...parameters, ...guards];
}
