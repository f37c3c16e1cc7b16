// Language models in the editor for tests: the extension in test/extension/models offers one that answers by a script.
import * as vscode from 'vscode';

/** What the model says next; a function sees what it was sent. */
export type ModelAnswer = string | object | ((prompt: string) => string | object) | Error | 'hang';

export interface EditorModels {
  /** Every prompt so far, its messages joined. */
  readonly prompts: readonly string[];
  script(answers: readonly ModelAnswer[]): void;
}

/** The model's name in the setting `tsg.model.editor`. */
export const testModel = 'tsg-test/scripted';

/** The scripted models; undefined in an editor that is too old for providers. */
export async function editorModels(): Promise<EditorModels | undefined> {
  return vscode.extensions.getExtension<EditorModels>('tsg-studio-tests.models')?.activate();
}
