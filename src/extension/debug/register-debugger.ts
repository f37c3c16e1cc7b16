// Connects the debug adapter to the editor: proposes configurations, makes a session when one is launched, and is its host. The
// adapter itself comes with the engine, on first use.
import * as vscode from 'vscode';
import type { GuideRun } from '../guide-run.ts';
import type { Guides } from '../guides.ts';
import { loadEngine } from '../load-engine.ts';
import type { PreviewController } from '../preview/index.ts';
import { realPath } from '../real-path.ts';
import type { Conduct, Stage } from '../run-conduct.ts';
import { NotAllowed } from '../trust.ts';
import type { DebugHost, DebugTarget, DryTarget, GuideDebugSession, LaunchArguments, SteerCommand } from './index.ts';
import { caseTarget, type CaseToDebug } from '../testing/debug-case.ts';
import { registerWhy } from './why.ts';

export const debugType = 'tsg';

/** What the debugger works with. */
export interface DebuggerParts extends Pick<Stage, 'analyses' | 'runs' | 'tools'> {
  readonly guides: Guides;
  readonly conduct: Conduct;
  readonly preview: Pick<PreviewController, 'setRun'>;
}

export function registerDebugger(parts: DebuggerParts): vscode.Disposable {
  const proposals = { provideDebugConfigurations: () => openGuides(parts.guides).flatMap(proposalsFor) };
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(debugType, {
      provideDebugConfigurations: () => [proposal(), { ...proposal(), name: 'TSG: Dry-run', mode: 'dry' }],
      resolveDebugConfiguration: (_, configuration) => resolve(parts.guides, configuration),
    }),
    vscode.debug.registerDebugConfigurationProvider(
      debugType,
      proposals,
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
      createDebugAdapterDescriptor: async () => {
        const engine = await loadEngine();
        const session: GuideDebugSession = new engine.GuideDebugSession(
          hostOf(parts, (command) => session.steer(command)),
        );
        return new vscode.DebugAdapterInlineImplementation(session as unknown as vscode.DebugAdapter);
      },
    }),
    registerWhy(parts),
  );
}

/** Debugs a guide: by its own configuration of launch.json when there is one, else by a proposal. */
export async function startDebugging(document: vscode.TextDocument, from?: string): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const kept = vscode.workspace
    .getConfiguration('launch', document.uri)
    .get<readonly vscode.DebugConfiguration[]>('configurations');
  const own = kept?.find(({ type, program }) => type === debugType && isFor(program, document, folder));
  const configuration = own ?? proposal();
  return vscode.debug.startDebugging(folder, {
    ...configuration,
    program: document.uri.fsPath,
    ...(from !== undefined && { from, stopOnEntry: true }),
  });
}

function isFor(program: unknown, document: vscode.TextDocument, folder: vscode.WorkspaceFolder | undefined): boolean {
  if (program === undefined || program === '${file}') return true;
  if (typeof program !== 'string') return false;
  const path = program.replace('${workspaceFolder}', folder?.uri.fsPath ?? '');
  return vscode.Uri.file(path).fsPath === document.uri.fsPath;
}

function proposal(): vscode.DebugConfiguration {
  return { type: debugType, request: 'launch', name: 'TSG: Live-run', program: '${file}', mode: 'live' };
}

function proposalsFor(document: vscode.TextDocument): vscode.DebugConfiguration[] {
  const program = document.uri.fsPath;
  const name = vscode.workspace.asRelativePath(document.uri);
  return [
    { ...proposal(), program, name: `Live-run ${name}` },
    { ...proposal(), program, name: `Step through ${name}`, stopOnEntry: true },
    { ...proposal(), program, name: `Dry-run ${name}`, mode: 'dry' },
  ];
}

function openGuides(guides: Guides): readonly vscode.TextDocument[] {
  const active = vscode.window.activeTextEditor?.document;
  const others = vscode.window.visibleTextEditors.map(({ document }) => document);
  const all = new Set([...(active ? [active] : []), ...others]);
  return [...all].filter((document) => document.uri.scheme === 'file' && guides.isGuide(document));
}

/** A configuration with nothing said (F5 without launch.json) is the guide at hand. */
function resolve(guides: Guides, configuration: vscode.DebugConfiguration): vscode.DebugConfiguration | undefined {
  const bare = !configuration.type && !configuration.request && !configuration.name;
  const made = bare ? proposal() : configuration;
  if (made['program'] !== undefined && made['program'] !== '${file}') return made;
  const [guide] = openGuides(guides);
  if (guide) return { ...made, program: guide.uri.fsPath };
  void vscode.window.showWarningMessage(
    vscode.l10n.t('Open a guide first: a *.tsg.md file, or a markdown file treated as one.'),
  );
  return undefined;
}

function hostOf(parts: DebuggerParts, steer: (command: SteerCommand) => string | null): DebugHost {
  let run: GuideRun | undefined;
  const leave = (): void => {
    if (run) run.steering = undefined;
  };
  return {
    launch: async (launch) => {
      leave();
      const { test } = launch as { readonly test?: CaseToDebug };
      if (test)
        return caseTarget(test, parts.tools, parts.runs.by, (uri, view, plan) => parts.preview.setRun(uri, view, plan));
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(launch.program));
      await requireKnown(parts, document, launch);
      if (launch.mode === 'dry') return dryTarget(parts, document, launch);
      if (parts.runs.of(document.uri)?.active)
        throw new NotAllowed(vscode.l10n.t('A run of this guide is under way. Stop it first.'));
      const { from, parameters } = launch;
      run = await parts.conduct.liveRun(document, {
        held: true,
        ...(from !== undefined && { from }),
        ...(parameters && { parameters }),
      });
      if (!run) return null;
      run.steering = steer;
      return liveTarget(parts, run);
    },
    realPath,
    left: leave,
  };
}

/** A value for a parameter that the guide does not have is a slip that would otherwise pass unseen. */
async function requireKnown(
  parts: DebuggerParts,
  document: vscode.TextDocument,
  { parameters = {} }: LaunchArguments,
): Promise<void> {
  const plan = (await parts.analyses.ready(document))?.plan;
  const known = new Set(plan?.guide.parameters.map(({ name }) => name));
  const unknown = Object.keys(parameters).find((name) => plan && !known.has(name));
  if (unknown === undefined) return;
  throw new NotAllowed(
    vscode.l10n.t(
      'The launch configuration gives a value for \u2018{0}\u2019, which is no parameter of the guide.',
      unknown,
    ),
  );
}

async function liveTarget(parts: DebuggerParts, run: GuideRun): Promise<DebugTarget> {
  const engine = await loadEngine();
  const { live, journal } = run;
  if (!live || !journal) throw new Error('Internal error: a run that was just started is not live');
  return {
    kind: 'live',
    plan: run.plan,
    file: run.uri.fsPath,
    run: live,
    by: parts.runs.by,
    journal: () => engine.readJournal(journal.fsPath),
    show: (view) => parts.preview.setRun(run.uri, view ?? run.view(), run.plan),
  };
}

async function dryTarget(
  parts: DebuggerParts,
  document: vscode.TextDocument,
  { from, parameters }: LaunchArguments,
): Promise<DryTarget | null> {
  const report = await parts.conduct.dryRun(document, from, parameters);
  const plan = parts.runs.of(document.uri)?.plan;
  return report && plan ? { kind: 'dry', plan, file: document.uri.fsPath, report } : null;
}
