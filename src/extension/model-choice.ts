// Which model the editor asks, by its settings: the endpoint of the tools file, one of the editor's own, or none; and the
// command that chooses.
import * as vscode from 'vscode';
import type { ModelSettings, Settings } from '../adapters/index.ts';
import type { Model } from '../model/index.ts';
import type { ToolHost } from '../tools/index.ts';
import { chatModels, editorModel } from './editor-model.ts';
import type { Engine } from './load-engine.ts';

/** A model with the terms on which it is asked. */
export interface ChosenModel {
  readonly model: Model;
  readonly terms: ModelSettings;
  /** Folder of the tools file; null without one. */
  readonly folder: string | null;
}

/** The model for a guide; undefined where there is none. */
export function chosenModel(
  uri: vscode.Uri,
  engine: Engine,
  settings: Settings,
  host: ToolHost,
): ChosenModel | undefined {
  const configuration = vscode.workspace.getConfiguration('tsg.model', uri);
  const source = configuration.get<string>('source');
  if (source === 'off') return undefined;
  const folder = settings.file === null ? null : settings.folder;
  const terms = settings.model ?? engine.modelSettings.parse({});
  if (source !== 'editor') {
    const model = engine.openModel(terms, host);
    return model && { model, terms, folder };
  }
  const wanted = configuration.get<string>('editor')?.trim() ?? '';
  // What the file says of prices is said of the endpoint's model.
  return { model: editorModel(wanted, { timeoutMs: terms.timeout }), terms, folder };
}

interface Choice extends vscode.QuickPickItem {
  readonly source: 'file' | 'editor' | 'off';
  readonly name?: string;
}

/** Asks which model to use, and keeps the answer in the person's settings. */
export async function chooseModel(): Promise<void> {
  const offered = await chatModels('');
  const choices: Choice[] = [
    {
      source: 'file',
      label: vscode.l10n.t('The endpoint of tsg.yaml'),
      description: vscode.l10n.t('where it names one'),
    },
    ...offered.map((chat): Choice => {
      const name = `${chat.vendor}/${chat.family}`;
      return { source: 'editor', name, label: chat.name, description: name };
    }),
    { source: 'off', label: vscode.l10n.t('None'), description: vscode.l10n.t('no model is asked anywhere') },
  ];
  const picked = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Which model may be asked?'),
    matchOnDescription: true,
    placeHolder:
      offered.length === 0
        ? vscode.l10n.t('The editor itself offers no language model.')
        : vscode.l10n.t('Nothing needs one.'),
  });
  if (!picked) return;
  const configuration = vscode.workspace.getConfiguration('tsg.model');
  await configuration.update('source', picked.source, vscode.ConfigurationTarget.Global);
  if (picked.name !== undefined) await configuration.update('editor', picked.name, vscode.ConfigurationTarget.Global);
}
