// The runs of this window: starts, resumes and steps them, one at a time for each guide, and tells everybody else when
// something changed. Nothing here asks or shows anything; run-conduct.ts does that.
import * as vscode from 'vscode';
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { lineIndex } from '../base/index.ts';
import type { NodeId, Plan } from '../plan/index.ts';
import type { DryReport, LiveRun, ParameterValue, PersonEvent, Replay } from '../run/index.ts';
import type { DocumentAnalysis } from './analyses.ts';
import { GuideRun, type GuideRunOptions } from './guide-run.ts';
import type { OpenedTools } from './guide-tools.ts';
import { type Engine, loadEngine } from './load-engine.ts';
import { NotAllowed } from './trust.ts';
import type { GivenValues } from './run-values.ts';

export interface StartOptions {
  readonly tools: OpenedTools;
  readonly values: GivenValues;
  /** Values given beforehand, by a launch configuration. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly maxParallel: number;
  readonly from?: NodeId;
  readonly held?: boolean;
}

/** A command without the person who gives it. */
type Command = Extract<PersonEvent['kind'], 'run-held' | 'step-released' | 'run-continued' | 'stop-requested'>;

export class Runs implements vscode.Disposable {
  readonly #current = new Map<string, GuideRun>();
  readonly #changed = new vscode.EventEmitter<GuideRun>();
  readonly #cleared = new vscode.EventEmitter<vscode.Uri>();
  /** A run was started, has moved, or was put in another's place. */
  readonly onDidChange = this.#changed.event;
  /** A guide's run was taken away. */
  readonly onDidClear = this.#cleared.event;
  /** Who acts in this window, for journals. */
  readonly by = accountName();

  /** The latest run of a guide, whatever became of it. */
  of(uri: vscode.Uri): GuideRun | undefined {
    return this.#current.get(uri.toString());
  }

  /** The runs of this window, one for each guide, that which was started or opened last at first. */
  latestFirst(): readonly GuideRun[] {
    return [...this.#current.values()].reverse();
  }

  find(id: string): GuideRun | undefined {
    return [...this.#current.values()].find((run) => run.id === id);
  }

  /** Starts a live run; its journal's first line is on the disk before anything is performed. */
  async startLive(analysis: DocumentAnalysis, options: StartOptions): Promise<GuideRun> {
    const engine = await loadEngine();
    const { uri, plan, guide } = analysis;
    const { tools, values, from, held, maxParallel, parameters } = options;
    const id = randomUUID();
    const file = journalFile(engine, uri, id);
    await mkdir(dirname(file), { recursive: true });
    const journal = await engine.openJournal(file, { mode: 'create' });
    const close = async (): Promise<void> => {
      await journal.close();
      await tools.toolbox.close();
    };
    try {
      const live = engine.startLiveRun({
        run: id,
        plan,
        toolbox: tools.toolbox,
        journal,
        clock: engine.systemClock,
        hash: engine.sha256Hex,
        seal: engine.seal,
        parameters: { ...presetFor(analysis, tools), ...values.parameters, ...parameters },
        secrets: values.secrets,
        maxParallel,
        expected: await engine.pastDurations(file, plan, maxParallel),
        approvals: tools.settings.approvals,
        environment: tools.settings.environment?.name ?? null,
        config: tools.settings.file,
        by: this.by,
        ...(tools.judge && { judge: tools.judge }),
        ...(held && { held }),
        ...(from !== undefined && { from }),
      });
      const ended = answersFor(engine, file, live, close);
      return this.#adopt(
        new GuideRun({ id, uri, plan, lines: guide.lines, journal: vscode.Uri.file(file), source: live, close: ended }),
      );
    } catch (error) {
      await close();
      await rm(file, { force: true }); // Nothing was begun: a journal without a line is no run.
      throw error;
    }
  }

  /** The environment that a journal's run is in; null: none; undefined: the journal does not say. */
  async environmentOf(journal: vscode.Uri): Promise<string | null | undefined> {
    const engine = await loadEngine();
    return engine.replayJournal(await engine.readJournal(journal.fsPath)).environment;
  }

  /** Takes up a run where its journal ends. `guide` is the document it belongs to. */
  async resume(
    journalUri: vscode.Uri,
    document: vscode.TextDocument,
    present: Plan | undefined,
    tools: OpenedTools,
    values: GivenValues,
    changeEnvironment: boolean,
  ): Promise<GuideRun> {
    const engine = await loadEngine();
    const journal = await engine.openJournal(journalUri.fsPath, { mode: 'append' }).catch(async (error: unknown) => {
      await tools.toolbox.close();
      throw error;
    });
    const close = async (): Promise<void> => {
      await journal.close();
      await tools.toolbox.close();
    };
    try {
      const replay = engine.replayJournal(journal.text);
      const { plan } = replay;
      refuseOtherConfig(engine, replay, document.uri, tools.settings.file);
      const [lacking] = tools.toolbox.lacking(engine.actionsAtHand(replay));
      if (lacking !== undefined) throw new NotAllowed(vscode.l10n.t('The run was left as it is. {0}', lacking));
      const live = engine.resumeLiveRun({
        replay,
        toolbox: tools.toolbox,
        journal,
        clock: engine.systemClock,
        hash: engine.sha256Hex,
        seal: engine.seal,
        secrets: values.secrets,
        by: this.by,
        environment: tools.settings.environment?.name ?? null,
        config: tools.settings.file,
        approvals: tools.settings.approvals,
        changeEnvironment,
        ...(tools.judge && { judge: tools.judge }),
      });
      const place = placeOf(document, plan, present);
      const ended = answersFor(engine, journalUri.fsPath, live, close);
      return this.#adopt(
        new GuideRun({ id: live.run, plan, journal: journalUri, source: live, close: ended, ...place }),
      );
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** Finds out what a live run would do; performs nothing. The tools are closed afterwards. */
  async dry(
    analysis: DocumentAnalysis,
    options: Pick<StartOptions, 'tools' | 'values' | 'from' | 'parameters'>,
    signal: AbortSignal,
  ): Promise<{ readonly run: GuideRun; readonly report: DryReport }> {
    const report = await this.explain(analysis, options, signal);
    const { uri, plan, guide } = analysis;
    const run = new GuideRun({ id: randomUUID(), uri, plan, lines: guide.lines, source: report.view });
    return { run: this.#adopt(run), report };
  }

  /** The dry run's report alone, each query explained by its tool; `which` leaves out what may write. */
  async explain(
    analysis: DocumentAnalysis,
    { tools, values, from, parameters }: Pick<StartOptions, 'tools' | 'values' | 'from' | 'parameters'>,
    signal: AbortSignal,
    which: 'all' | 'reads' = 'all',
  ): Promise<DryReport> {
    const engine = await loadEngine();
    return engine.dryRun({
      plan: analysis.plan,
      toolbox: tools.toolbox,
      parameters: { ...presetFor(analysis, tools), ...values.parameters, ...parameters },
      secrets: values.secrets,
      approvals: tools.settings.approvals,
      environment: tools.settings.environment?.name ?? null,
      explain: which === 'all' ? true : which,
      signal,
      ...(from !== undefined && { from }),
    });
  }

  /** Shows a journal's run on its guide without taking it up. */
  async show(journalUri: vscode.Uri, document: vscode.TextDocument, present: Plan | undefined): Promise<GuideRun> {
    const engine = await loadEngine();
    const { run: id, plan, view } = engine.replayJournal(await engine.readJournal(journalUri.fsPath));
    const place = placeOf(document, plan, present);
    return this.#adopt(new GuideRun({ id, plan, journal: journalUri, source: view, ...place }));
  }

  /** Gives a run of a guide a command; the reason when it was refused. */
  command(uri: vscode.Uri, kind: Command): string | null {
    const run = this.of(uri);
    if (!run?.active) return vscode.l10n.t('No run of this guide is under way.');
    if (run.steering) return run.steering(kind);
    const submitted = run.submit({ kind, by: this.by });
    return submitted.accepted ? null : submitted.because;
  }

  /** Takes the run of a guide away; one under way goes on. */
  clear(uri: vscode.Uri): void {
    const run = this.of(uri);
    if (run && !run.active) {
      this.#current.delete(uri.toString());
      run.dispose();
    }
    this.#cleared.fire(uri);
  }

  /** Lets go of everything. A run under way is left as it stands in its journal, to be resumed. */
  async close(): Promise<void> {
    await Promise.all([...this.#current.values()].map((run) => run.close()));
  }

  dispose(): void {
    for (const run of this.#current.values()) run.dispose();
    this.#current.clear();
    this.#changed.dispose();
    this.#cleared.dispose();
  }

  #adopt(run: GuideRun): GuideRun {
    const key = run.uri.toString();
    this.#current.get(key)?.dispose();
    this.#current.delete(key); // What is set anew stands last.
    this.#current.set(key, run);
    run.onDidChange(() => this.#changed.fire(run));
    this.#changed.fire(run);
    return run;
  }
}

/** Values that the settings give for parameters that the guide has. */
export function presetFor(
  analysis: Pick<DocumentAnalysis, 'plan'>,
  tools: OpenedTools,
): OpenedTools['settings']['parameters'] {
  const known = new Set(analysis.plan.guide.parameters.map((parameter) => parameter.name));
  return Object.fromEntries(Object.entries(tools.settings.parameters).filter(([name]) => known.has(name)));
}

/** Where a journal's run is shown: on its own text, or by the present plan's places when the text has changed since. */
function placeOf(
  document: vscode.TextDocument,
  plan: Plan,
  present: Plan | undefined,
): Pick<GuideRunOptions, 'uri' | 'lines' | 'changedPlan'> {
  const changed = present !== undefined && present.guide.sha256 !== plan.guide.sha256;
  return { uri: document.uri, lines: lineIndex(document.getText()), ...(changed && { changedPlan: present }) };
}

/** Takes the answers that `tsg approve` leaves for the run, until it is closed. */
function answersFor(
  { takeAnswers }: Engine,
  journal: string,
  live: LiveRun,
  close: () => Promise<void>,
): () => Promise<void> {
  const stopTaking = takeAnswers(journal, (answer) => void live.submit(answer));
  return () => {
    stopTaking();
    return close();
  };
}

/** `.tsg/runs/<time>-<guide>-<run>.jsonl` in the workspace folder, else beside the guide: sorts by time, tells the guide. */
function journalFile({ guideInJournals }: Engine, uri: vscode.Uri, run: string): string {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(uri.fsPath);
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  return join(root, '.tsg', 'runs', `${time}-${guideInJournals(uri.fsPath)}-${run.slice(0, 8)}.jsonl`);
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'engineer';
  }
}

/**
 * The same names of tools may reach other machines by other settings; which are meant is said by the editor's own setting. Where the
 * run's are gone, whatever that names is meant.
 */
function refuseOtherConfig(
  { settingsStanding }: Engine,
  { config: before, plan }: Replay,
  uri: vscode.Uri,
  now: string | null,
): void {
  if (typeof before !== 'string') return;
  const standing = settingsStanding({ guide: plan.guide.file, config: before }, { guide: uri.fsPath, config: now });
  if (standing === 'same') return;
  const named = vscode.workspace.getConfiguration('tsg', uri).get<string>('config')?.trim() ?? '';
  if (standing === 'gone' && named !== '') return;
  throw new NotAllowed(
    standing === 'gone'
      ? vscode.l10n.t(
          'The run was left as it is. It was started with the settings {0}, which are not there any more; set \u2018tsg.config\u2019 to those that it is to go on with.',
          before,
        )
      : vscode.l10n.t(
          'The run was left as it is. It was started with the settings {0}; set \u2018tsg.config\u2019 to go on with them.',
          before,
        ),
  );
}
