// The extension's entry: builds its parts, wires them to each other and to VS Code, and returns a small API for tests.
// Loading it must stay cheap, so whatever only runs need comes through load-engine.ts.
import * as vscode from 'vscode';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { CoveragePicture } from '../diagram/index.ts';
import type { Plan } from '../plan/index.ts';
import type { Proposal } from '../propose/index.ts';
import type { RunView } from '../run/index.ts';
import { Analyses, type KnownSettings } from './analyses.ts';
import { askInEditor } from './ask-in-editor.ts';
import { commands } from './commands.ts';
import { Conversions } from './conversion.ts';
import { registerContextKeys } from './context-keys.ts';
import { registerDebugger } from './debug/register-debugger.ts';
import { registerAll } from './guide-commands.ts';
import { EnvironmentStatus } from './environment-status.ts';
import { ExplainOnSave } from './explain-on-save.ts';
import { GuideTools } from './guide-tools.ts';
import { Guides } from './guides.ts';
import { registerLanguageFeatures } from './language-features.ts';
import { guideServers, registerGuideServers, type GuideServer } from './mcp-server.ts';
import { latestRuns } from './latest-runs.ts';
import { OutputThreads } from './output-threads.ts';
import { PastTimes } from './past-times.ts';
import { PlanView } from './plan-view.ts';
import { registerPreview } from './preview/index.ts';
import { joinCalled } from './join-called.ts';
import { LibraryProblems } from './library-problems.ts';
import { RunMoments } from './preview/run-moments.ts';
import { Problems } from './problems.ts';
import type { Prompts } from './prompts.ts';
import { registerProposeActions } from './propose-actions.ts';
import { Proposals } from './proposals.ts';
import { Conduct, type Stage } from './run-conduct.ts';
import type { RunEntry } from './run-entries.ts';
import { dryRunReport } from './run-report.ts';
import { Runs } from './runs.ts';
import { RunsView } from './runs-view.ts';
import { RunValues } from './run-values.ts';
import { registerSchemaDocuments } from './schema-documents.ts';
import { registerSettingsCompletion } from './settings-completion.ts';
import type { GuideCoverage } from './testing/coverage-details.ts';
import type { CaseOutcome } from './testing/run-tests.ts';
import { TestExplorer } from './testing/test-explorer.ts';
import { ToolsView } from './tools-view.ts';
import { TextDocuments } from './text-documents.ts';
import { ToolSchemas } from './tool-schemas.ts';
import { speakWith } from './words.ts';
import { type CheckSummary, WorkspaceCheck } from './workspace-check.ts';

/** For tests: reads state, and answers questions in place of a person. It can start nothing that a command cannot. */
export interface TestApi {
  /** Ids of the commands that the code has. */
  readonly commands: readonly string[];
  findings(uri: vscode.Uri): readonly Diagnostic[];
  /** The latest run of a guide. */
  run(
    uri: vscode.Uri,
  ): { readonly view: RunView; readonly journal: vscode.Uri | undefined; readonly active: boolean } | undefined;
  /** Resolves when the guide's run has ended, or waits with nothing in flight. */
  settled(uri: vscode.Uri): Promise<RunView | undefined>;
  output: OutputThreads['read'];
  /** Boxes that the guide's preview says it has drawn. */
  previewBoxes(uri: vscode.Uri): number;
  /** The step that the guide's preview says it has brought into view for the cursor. */
  previewStep(uri: vscode.Uri): string | null;
  /** The proposal that is shown for a guide. */
  proposal(uri: vscode.Uri): Proposal | undefined;
  /** The two plans that the guide's preview compares. */
  compared(uri: vscode.Uri): { readonly old: Plan; readonly next: Plan } | undefined;
  runs(): Promise<readonly RunEntry[]>;
  /** What the view of runs says above its list, and how many journals it has read. */
  runsView(): RunsView['state'];
  /** The moments that the guide's preview can be slid through, and the steps as it draws them. */
  moments(uri: vscode.Uri): { readonly moments: readonly string[]; readonly steps: readonly string[] } | undefined;
  /** As the preview's slider does. */
  lookAt(uri: vscode.Uri, moment: number | null): void;
  /** The titles on the way to the called guide that the guide's preview draws; empty while it draws its own. */
  trail(uri: vscode.Uri): readonly string[];
  /** As a called guide's button and the trail of the preview do. */
  openCalled(uri: vscode.Uri, node: string, call: number): Promise<void>;
  leaveCalled(uri: vscode.Uri, to: number): Promise<void>;
  /** What became of the cases of guides' tests that ran last. */
  testsRan(): readonly CaseOutcome[];
  /** How much of a guide its tests have gone through. */
  covered(uri: vscode.Uri): GuideCoverage | undefined;
  /** The same as the guide's preview draws it; null when it does not. */
  coverageDrawn(uri: vscode.Uri): CoveragePicture | null;
  /** What the status bar says of the environment; empty when nothing. */
  environment(): string;
  /** The view of tools, line by line. */
  tools(): readonly string[];
  /** MCP servers offered to agents, and whether the editor took them. */
  guideServers(): { readonly registered: boolean; readonly servers: readonly GuideServer[] };
  /** The view of the plan: its lines, and the step selected in it. */
  planView(): { readonly lines: readonly string[]; readonly selected: string | undefined };
  /** As **TSG: Check Workspace** does, without its notification. */
  checkWorkspace(token: vscode.CancellationToken, moved: () => void): Promise<CheckSummary | undefined>;
  /** Puts other prompts in the place of the editor's dialogs; null puts those back. */
  answerWith(prompts: Prompts | null): void;
}

let parts: { readonly runs: Runs } | undefined;

export function activate(extension: vscode.ExtensionContext): TestApi {
  speakWith(vscode.l10n.t);
  const values = new RunValues(extension.workspaceState, extension.secrets);
  const guides = new Guides(extension.workspaceState);
  const tools = new GuideTools(async (name) => values.toolSecret(name));
  const schemas = new ToolSchemas(tools);
  const times = new PastTimes();
  const settings: KnownSettings = (uri) => {
    const durations = times.of(uri);
    return { languages: tools.languages(uri), ...tools.reporting(uri), ...(durations && { durations }) };
  };
  const analyses = new Analyses(guides, settings);
  const workspaceCheck = new WorkspaceCheck({
    extensionUri: extension.extensionUri,
    analyses,
    guides,
    settings,
    surroundings: tools,
  });
  const library = new LibraryProblems(extension.extensionUri, analyses, (uri) => tools.reporting(uri));
  const texts = new TextDocuments();
  const runs = new Runs();
  const threads = new OutputThreads();
  const problems = new Problems(analyses);
  const inEditor = askInEditor((title, text) => texts.show('approval', title, text).then(() => undefined));
  let prompts = inEditor;
  const showReport: Stage['showReport'] = async (plan, report) => {
    const uri = texts.keep('dry-run', `dry-run of ${plan.guide.file}`, dryRunReport(plan, report));
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  };
  const stage: Stage = { analyses, tools, values, runs, threads, problems, prompts: () => prompts, showReport };
  const conduct = new Conduct(stage);
  const view = new RunsView(runs);
  const toolsView = new ToolsView(tools, guides);
  const planView = new PlanView(analyses, runs);
  const preview = registerPreview(extension, {
    analysis: (document) => analyses.of(document),
    run: (uri) => {
      const run = runs.of(uri);
      if (run) void moments.offer(run);
      return run ? { view: run.view(), plan: run.plan } : null;
    },
    join: async (document) => {
      const analysis = await analyses.ready(document);
      return analysis && (await joinCalled(analysis)).plan;
    },
    lookAt: (uri, moment) => moments.lookAt(uri, moment),
    perform: (command, document) => {
      const ids = {
        'dry-run': 'tsg.dryRun',
        'live-run': 'tsg.liveRun',
        answer: 'tsg.answer',
        'tell-changes': 'tsg.tellChanges',
        'end-comparison': 'tsg.endComparison',
        'accept-proposal': 'tsg.acceptProposal',
        'refuse-proposal': 'tsg.refuseProposal',
      } as const;
      return vscode.commands.executeCommand(ids[command], document.uri);
    },
  });
  const moments = new RunMoments(preview);
  const tests = new TestExplorer(tools);
  const proposals = new Proposals({ analyses, tools, preview });
  parts = { runs };
  const servers = registerGuideServers(extension);
  const environment = new EnvironmentStatus(tools, guides);
  extension.subscriptions.push(environment);
  if (servers) extension.subscriptions.push(servers);
  extension.subscriptions.push(
    guides,
    tools,
    schemas,
    analyses,
    library,
    workspaceCheck,
    texts,
    problems,
    threads,
    conduct,
    view,
    planView,
    toolsView,
    runs,
    new ExplainOnSave({ analyses, tools, values, runs, problems }),
    tools.onDidChange(() => analyses.refresh()),
    analyses.onDidAnalyse(({ uri, plan, diagnostics }) => preview.update(uri, plan, diagnostics)),
    times.follow(analyses),
    runs.onDidChange((run) => {
      if (!run.active) times.runEnded(run.uri);
      preview.setRun(run.uri, run.view(), run.plan);
      void moments.offer(run);
    }),
    runs.onDidClear((uri) => preview.setRun(uri, null)),
    tests.onDidCover((covered) => preview.setCoverage(covered.uri, covered)),
    registerContextKeys(guides, runs),
    registerLanguageFeatures(analyses, tools, {
      running: true,
      schemas,
      latest: latestRuns(
        extension.extensionUri,
        (uri) => runs.of(uri)?.view(),
        (uri) => values.remembered(uri),
      ),
    }),
    registerDebugger({ analyses, runs, tools, guides, conduct, preview }),
    tests,
    registerSchemaDocuments(extension.extensionUri),
    registerSettingsCompletion(),
    registerProposeActions(analyses, tools, proposals),
    registerAll(commands, {
      ...stage,
      extension,
      guides,
      conduct,
      preview,
      texts,
      conversions: new Conversions(texts),
      workspaceCheck,
      view,
      toolsView,
      proposals,
    }),
  );
  return {
    commands: Object.keys(commands),
    findings: (uri) => analyses.latest(uri)?.diagnostics ?? [],
    run: (uri) => {
      const run = runs.of(uri);
      return run && { view: run.view(), journal: run.journal, active: run.active };
    },
    settled: async (uri) => runs.of(uri)?.settled(),
    output: (uri) => threads.read(uri),
    previewBoxes: (uri) => preview.drawnBoxes(uri),
    previewStep: (uri) => preview.scrolledTo(uri),
    compared: (uri) => preview.compared(uri),
    proposal: (uri) => proposals.shown(uri),
    runs: async () => (await view.list()).entries,
    runsView: () => view.state,
    moments: (uri) => preview.moments(uri),
    lookAt: (uri, moment) => moments.lookAt(uri, moment),
    trail: (uri) => preview.trail(uri),
    openCalled: (uri, node, call) => preview.openCalled(uri, node, call),
    leaveCalled: (uri, to) => preview.leaveCalled(uri, to),
    testsRan: () => tests.latest,
    covered: (uri) => tests.covered(uri),
    coverageDrawn: (uri) => preview.coverage(uri),
    environment: () => environment.shown,
    tools: () => toolsView.lines(),
    guideServers: () => ({ registered: servers !== null, servers: guideServers(extension) }),
    planView: () => ({ lines: planView.lines(), selected: planView.selected }),
    checkWorkspace: (token, moved) => workspaceCheck.check(token, { report: moved }),
    answerWith: (others) => {
      prompts = others ?? inEditor;
    },
  };
}

/** Journals are closed; a run under way can be resumed from its own. */
export async function deactivate(): Promise<void> {
  await parts?.runs.close();
}
