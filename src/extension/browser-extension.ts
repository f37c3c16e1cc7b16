// The extension's entry in a browser without a machine behind it: guides are read, checked, drawn and compared. Nothing is run
// there, and nothing of Node is in its bundle; the build puts the files of `browser/` in the place of those that need it.
import * as vscode from 'vscode';
import type { Diagnostic } from '../diagnostics/index.ts';
import { Analyses, type KnownSettings } from './analyses.ts';
import { BrowserTools } from './browser/browser-tools.ts';
import { Conversions } from './conversion.ts';
import { registerContextKeys } from './context-keys.ts';
import { guideCommands, registerAll, type Handler } from './guide-commands.ts';
import { Guides } from './guides.ts';
import { registerLanguageFeatures } from './language-features.ts';
import { latestRuns } from './latest-runs.ts';
import { PlanView } from './plan-view.ts';
import { registerPreview } from './preview/index.ts';
import { Problems } from './problems.ts';
import { registerSchemaDocuments } from './schema-documents.ts';
import { TextDocuments } from './text-documents.ts';
import { NotAllowed } from './trust.ts';
import { WorkspaceCheck } from './workspace-check.ts';

/** For tests: reads state. */
export interface BrowserTestApi {
  findings(uri: vscode.Uri): readonly Diagnostic[];
  /** Boxes that the guide's preview says it has drawn. */
  previewBoxes(uri: vscode.Uri): number;
}

const refuse = async (): Promise<never> => {
  throw new NotAllowed(
    vscode.l10n.t(
      'In the browser guides are read, checked, drawn and compared. To run one, open its folder in VS Code on a computer or a server.',
    ),
  );
};

/** Every command of the manifest that needs a machine, with a sentence that says so. */
function refusals({ extension }: vscode.ExtensionContext): Readonly<Record<string, Handler<undefined>>> {
  const { contributes } = extension.packageJSON as { contributes: { commands: readonly { command: string }[] } };
  const others = contributes.commands.filter(({ command }) => !Object.hasOwn(guideCommands, command));
  return Object.fromEntries(others.map(({ command }) => [command, refuse]));
}

export function activate(extension: vscode.ExtensionContext): BrowserTestApi {
  const guides = new Guides(extension.workspaceState);
  const tools = new BrowserTools();
  const settings: KnownSettings = (uri) => ({ languages: null, ...tools.reporting(uri) });
  const analyses = new Analyses(guides, settings);
  const workspaceCheck = new WorkspaceCheck({
    extensionUri: extension.extensionUri,
    analyses,
    guides,
    settings,
    surroundings: tools,
  });
  const texts = new TextDocuments();
  const preview = registerPreview(extension, {
    analysis: (document) => analyses.of(document),
    perform: (command, document) => {
      if (command === 'tell-changes') return vscode.commands.executeCommand('tsg.tellChanges', document.uri);
      if (command === 'end-comparison') return vscode.commands.executeCommand('tsg.endComparison', document.uri);
      return vscode.commands.executeCommand('tsg.liveRun');
    },
  });
  void vscode.commands.executeCommand('setContext', 'tsg.inBrowser', true);
  extension.subscriptions.push(
    guides,
    tools,
    analyses,
    workspaceCheck,
    texts,
    new Problems(analyses),
    new PlanView(analyses, null),
    tools.onDidChange(() => analyses.refresh()),
    analyses.onDidAnalyse(({ uri, plan, diagnostics }) => preview.update(uri, plan, diagnostics)),
    registerContextKeys(guides, null),
    registerLanguageFeatures(analyses, tools, {
      running: false,
      schemas: null,
      latest: latestRuns(
        extension.extensionUri,
        () => undefined,
        () => ({}),
      ),
    }),
    registerSchemaDocuments(extension.extensionUri),
    registerAll(guideCommands, {
      extension,
      analyses,
      guides,
      preview,
      texts,
      conversions: new Conversions(texts),
      workspaceCheck,
    }),
    registerAll(refusals(extension), undefined),
  );
  return {
    findings: (uri) => analyses.latest(uri)?.diagnostics ?? [],
    previewBoxes: (uri) => preview.drawnBoxes(uri),
  };
}
