// Conducts a guide's run in the editor: checks that it may run, gathers what it needs, has its queries explained, shows its
// progress and output as it goes, puts its questions, and tells how it ended.
import { loadEngine } from './load-engine.ts';
import * as vscode from 'vscode';
import { ownPlan, type NodeId, type Plan } from '../plan/index.ts';
import type { DryReport, ParameterValue, RunView } from '../run/index.ts';
import { RequestAsker } from './answer-requests.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import { explainedProblems } from './explained-problems.ts';
import type { GuideRun } from './guide-run.ts';
import { changedCalled, joinCalled } from './join-called.ts';
import type { GuideTools, OpenedTools } from './guide-tools.ts';
import type { OutputThreads } from './output-threads.ts';
import type { Problems } from './problems.ts';
import type { Prompts } from './prompts.ts';
import { quoted } from './quoted.ts';
import { runProblems } from './run-problems.ts';
import { showProgress } from './run-progress.ts';
import { presetFor, type Runs } from './runs.ts';
import type { RunValues } from './run-values.ts';
import { NotAllowed, requireRunnable } from './trust.ts';
import { count, statusWord } from './words.ts';

/** What conducting needs; `prompts` is asked for each time, because a test may put others in their place. */
export interface Stage {
  readonly analyses: Analyses;
  readonly tools: GuideTools;
  readonly values: RunValues;
  readonly runs: Runs;
  readonly threads: OutputThreads;
  readonly problems: Problems;
  readonly prompts: () => Prompts;
  /** Opens what a dry run found as a document. */
  readonly showReport: (plan: Plan, report: DryReport) => Promise<void>;
}

/** How a live run starts; `from` skips everything the step does not follow from. */
export interface LiveStart {
  readonly from?: NodeId;
  /** Start held and let one step go. */
  readonly step?: boolean;
  /** Start held and let nothing go: a debugger will. */
  readonly held?: boolean;
  /** Values given beforehand; they are not asked for. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** The environment of the run that is begun again; null: none. Whoever starts it is asked when it is another one now. */
  readonly environment?: string | null;
}

export class Conduct implements vscode.Disposable {
  readonly #stage: Stage;
  readonly #askers = new WeakMap<GuideRun, RequestAsker>();
  readonly #starting = new Set<string>();
  readonly #subscription: vscode.Disposable;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#subscription = stage.runs.onDidChange((run) => this.#changed(run));
  }

  /** Shows what a live run would do and ask. */
  async dryRun(
    document: vscode.TextDocument,
    from?: NodeId,
    parameters?: LiveStart['parameters'],
  ): Promise<DryReport | undefined> {
    const analysis = await joinCalled(await this.#runnable(document));
    return this.#once(document.uri, () =>
      this.#withTools(document.uri, async (tools) => {
        const values = await this.#stage.values.known(document.uri, analysis.plan);
        const report = await cancellable(vscode.l10n.t('Dry-run: asking the tools'), async (signal) => {
          this.#stage.threads.clear(document.uri);
          const made = await this.#stage.runs.dry(
            analysis,
            { tools, values, ...(from !== undefined && { from }), ...(parameters && { parameters }) },
            signal,
          );
          return made.report;
        });
        this.#reportExplained(analysis, report);
        void vscode.window
          .showInformationMessage(drySentence(analysis.plan, report), vscode.l10n.t('Open Report'))
          .then(async (picked) => {
            if (picked) await this.#stage.showReport(analysis.plan, report);
          });
        return report;
      }),
    );
  }

  /** Has every query explained by its tool; those refused become Problems. Returns how many. */
  async explainQueries(document: vscode.TextDocument): Promise<number> {
    const analysis = await joinCalled(await this.#runnable(document));
    const refused = await this.#withTools(document.uri, async (tools) => {
      const values = await this.#stage.values.known(document.uri, analysis.plan);
      const report = await cancellable(vscode.l10n.t('Explaining queries'), (signal) =>
        this.#stage.runs.explain(analysis, { tools, values }, signal),
      );
      return this.#reportExplained(analysis, report);
    });
    const sentence = refused
      ? vscode.l10n.t('{0} refused; see Problems.', count(refused, 'query'))
      : vscode.l10n.t('The tools accept every query they can judge.');
    void vscode.window.showInformationMessage(sentence);
    return refused;
  }

  /** Starts a live run, or moves on the one that is under way. Undefined when the person thought better of it. */
  async liveRun(document: vscode.TextDocument, start: LiveStart = {}): Promise<GuideRun | undefined> {
    const before = this.#stage.runs.of(document.uri);
    if (before?.active) {
      if (start.from !== undefined || start.parameters)
        throw new NotAllowed(vscode.l10n.t('A run of this guide is under way. Stop it first.'));
      await this.#moveOn(before, start.step === true);
      return before;
    }
    const analysis = await joinCalled(await this.#runnable(document));
    return this.#once(document.uri, async () => {
      const errors = analysis.diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
      if (errors > 0)
        throw new NotAllowed(vscode.l10n.t('The guide has {0}; see Problems. It was not run.', count(errors, 'error')));
      const tools = await this.#toolsFor(document.uri, start.environment);
      if (!tools) return undefined;
      let started: GuideRun | undefined;
      try {
        await tools.toolbox.prepare();
        const values = await this.#stage.values.gather(
          document.uri,
          (await loadEngine()).withoutProvided(analysis.plan, tools.toolbox),
          { ...presetFor(analysis, tools), ...start.parameters },
          this.#stage.prompts(),
        );
        if (!values) return undefined;
        const given = start.parameters && { parameters: start.parameters };
        const settings = vscode.workspace.getConfiguration('tsg', document.uri);
        if (settings.get<boolean>('run.explainBefore')) {
          const report = await cancellable(vscode.l10n.t('Explaining queries before the run'), (signal) =>
            this.#stage.runs.explain(analysis, { tools, values, ...given }, signal),
          );
          this.#reportExplained(analysis, report);
        }
        this.#stage.threads.clear(document.uri);
        this.#stage.problems.clearRun(document.uri);
        started = await this.#stage.runs.startLive(analysis, {
          tools,
          values,
          maxParallel:
            settings.inspect<number>('run.maxParallel')?.workspaceFolderValue ?? maxParallel(settings, tools),
          ...(start.from !== undefined && { from: start.from }),
          ...((start.step || start.held) && { held: true }),
          ...(start.parameters && { parameters: start.parameters }),
        });
      } finally {
        if (!started) await tools.toolbox.close();
      }
      this.#follow(started);
      if (start.step) {
        await started.settled();
        await this.#moveOn(started, true);
      }
      return started;
    });
  }

  /** Takes up a run from its journal, in the environment it was in. Undefined when the person thought better of it. */
  async resume(journal: vscode.Uri, document: vscode.TextDocument): Promise<GuideRun | undefined> {
    requireRunnable({ trusted: vscode.workspace.isTrusted, scheme: document.uri.scheme });
    const before = this.#stage.runs.of(document.uri);
    if (before?.active && before.journal?.toString() === journal.toString()) {
      await this.answer(document.uri);
      return before;
    }
    if (before?.active) throw new NotAllowed(vscode.l10n.t('Another run of this guide is under way. Stop it first.'));
    const chosen = this.#stage.tools.chosenEnvironment(document.uri);
    const was = await this.#stage.runs.environmentOf(journal);
    const differs = was !== undefined && chosen !== undefined && chosen !== was;
    const answer = differs ? await this.#stage.prompts().environment(was, chosen) : 'keep';
    if (answer === undefined) return undefined;
    const tools = await this.#stage.tools.open(document.uri, answer === 'keep' ? was : chosen);
    await tools.toolbox.prepare();
    const plan = (await this.#stage.analyses.ready(document))?.plan;
    const values = plan ? await this.#stage.values.known(document.uri, plan) : { parameters: {}, secrets: {} };
    this.#stage.threads.clear(document.uri);
    const run = await this.#stage.runs.resume(journal, document, plan, tools, values, answer === 'change');
    const changed = [...(run.changedPlan ? [run.plan.guide.file] : []), ...(await changedCalled(run.plan))];
    if (changed.length > 0) this.#stage.prompts().tellChanged(changed);
    this.#follow(run);
    return run;
  }

  /** Puts the open questions of a guide's run again. */
  async answer(uri: vscode.Uri): Promise<void> {
    const run = this.#stage.runs.of(uri);
    if (!run?.active) throw new NotAllowed(vscode.l10n.t('No run of this guide is under way.'));
    await this.#asker(run).askAgain();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #moveOn(run: GuideRun, step: boolean): Promise<void> {
    const view = run.view();
    if (view.requests.length > 0 && view.phase === 'waiting') return this.#asker(run).askAgain();
    const command = (): void => {
      const refused = this.#stage.runs.command(run.uri, step ? 'step-released' : 'run-continued');
      if (refused !== null) throw new NotAllowed(refused);
    };
    command();
    if (!step) return;
    // The plan's own start has nothing to show: a person who steps means the guide's first step.
    const kinds = new Map(run.plan.nodes.map((node) => [node.id, node.kind]));
    if (view.next.length > 0 && view.next.every((node) => kinds.get(node) === 'start')) {
      await run.settled();
      command();
    }
  }

  /**
   * Opens the tools of a run that starts. Where it repeats one that was in another environment, the person says in which; undefined
   * when they thought better of it.
   */
  async #toolsFor(uri: vscode.Uri, before: string | null | undefined): Promise<OpenedTools | undefined> {
    const tools = await this.#stage.tools.open(uri);
    const now = tools.settings.environment?.name ?? null;
    if (before === undefined || before === now) return tools;
    let answer: 'keep' | 'change' | undefined;
    try {
      answer = await this.#stage.prompts().environmentAgain(before, now);
    } finally {
      if (answer !== 'change') await tools.toolbox.close();
    }
    if (answer === 'keep') return this.#stage.tools.open(uri, before);
    return answer === 'change' ? tools : undefined;
  }

  async #runnable(document: vscode.TextDocument): Promise<DocumentAnalysis> {
    requireRunnable({ trusted: vscode.workspace.isTrusted, scheme: document.uri.scheme });
    const analysis = await this.#stage.analyses.ready(document);
    if (!analysis)
      throw new NotAllowed(
        vscode.l10n.t('This document is not a guide. \u2018TSG: Treat as Guide\u2019 makes it one.'),
      );
    if (!analysis.plan.nodes.some((node) => node.kind === 'step'))
      throw new NotAllowed(vscode.l10n.t('This guide has no step to run.'));
    return analysis;
  }

  /** A second start of the same guide while the first is being prepared does nothing. */
  async #once<T>(uri: vscode.Uri, work: () => Promise<T>): Promise<T | undefined> {
    const key = uri.toString();
    if (this.#starting.has(key)) return undefined;
    this.#starting.add(key);
    try {
      return await work();
    } finally {
      this.#starting.delete(key);
    }
  }

  async #withTools<T>(uri: vscode.Uri, work: (tools: OpenedTools) => Promise<T>): Promise<T> {
    const tools = await this.#stage.tools.open(uri);
    try {
      return await work(tools);
    } finally {
      await tools.toolbox.close();
    }
  }

  #reportExplained(analysis: DocumentAnalysis, report: DryReport): number {
    const refused = explainedProblems(analysis, report);
    // What came back about an older text would be underlined in the wrong place.
    const now = this.#stage.analyses.latest(analysis.uri);
    if (!now || now.version === analysis.version) {
      this.#stage.problems.showExplained(analysis.uri, analysis.guide.lines, refused);
    }
    return refused.length;
  }

  #asker(run: GuideRun): RequestAsker {
    const known = this.#askers.get(run);
    if (known) return known;
    const { tools, prompts, values, runs } = this.#stage;
    const made = new RequestAsker(run, prompts, values, runs.by, {
      environment: (uri) => tools.environment(uri),
    });
    this.#askers.set(run, made);
    return made;
  }

  #changed(run: GuideRun): void {
    this.#stage.threads.update(run);
    if (!run.changedPlan) this.#stage.problems.showRun(run.uri, run.lines, runProblems(run.plan, run.view()));
    if (run.active && run.view().requests.length > 0) void this.#asker(run).askOpen();
  }

  /** Shows progress until the run ends, lets go of its tools, and says how it ended. */
  #follow(run: GuideRun): void {
    const endProgress = showProgress(run, () => this.#stage.runs.command(run.uri, 'stop-requested'));
    let told = false;
    const finish = async (): Promise<void> => {
      const view = await run.settled();
      if (view.phase !== 'ended' || told) return;
      told = true;
      watch.dispose();
      await run.close();
      endProgress();
      this.#changed(run);
      tellEnding(run, view);
    };
    const failed = (error: unknown): void => {
      watch.dispose();
      endProgress();
      void vscode.window.showErrorMessage(
        vscode.l10n.t('The run cannot go on: {0}', error instanceof Error ? error.message : String(error)),
      );
      void run.close();
    };
    const watch = run.onDidChange(() => {
      if (run.view().phase === 'ended') finish().catch(failed);
    });
    run
      .settled()
      .then((view) => (view.phase === 'ended' ? finish() : undefined))
      .catch(failed);
  }
}

/** The window's setting when somebody set it, else the tools file's. */
function maxParallel(settings: vscode.WorkspaceConfiguration, tools: OpenedTools): number {
  const set = settings.inspect<number>('run.maxParallel');
  return set?.workspaceFolderValue ?? set?.workspaceValue ?? set?.globalValue ?? tools.settings.run.maxParallel;
}

async function cancellable<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return work(abort.signal);
  });
}

function drySentence(plan: Plan, report: DryReport): string {
  const steps = ownPlan(plan).nodes.filter((node) => node.kind === 'step').length;
  const approvals = report.steps.reduce(
    (sum, step) => sum + step.actions.filter((action) => action.needsApproval).length,
    0,
  );
  const parts = [vscode.l10n.t('Dry-run: {0}, {1}', count(steps, 'step'), count(report.pathCount, 'path'))];
  if (approvals) parts.push(vscode.l10n.t('{0} would wait for approval', count(approvals, 'action')));
  if (report.missingParameters.length) parts.push(vscode.l10n.t('missing: {0}', report.missingParameters.join(', ')));
  if (report.invalidParameters.length) parts.push(report.invalidParameters.map((one) => one.message).join(' '));
  return quoted(vscode.l10n.t('{0}. Nothing was performed.', parts.join('; ')));
}

function tellEnding(run: GuideRun, view: RunView): void {
  const sentence = quoted(
    `${run.plan.guide.title}: ${statusWord(view.outcome ?? vscode.l10n.t('ended'))}. ${view.reason ?? ''}`.trim(),
  );
  const bad = view.outcome === 'failed' || view.outcome === 'no-branch-fits';
  const show = bad ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(sentence, vscode.l10n.t('Open Run')).then((picked) => {
    if (picked && run.journal) void vscode.commands.executeCommand('tsg.openRun', run.journal);
  });
}
