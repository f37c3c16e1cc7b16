// What tests of language features share: a guide that a test writes, VS Code's own commands asked about it, and answers compared
// whole. VS Code drops the answer of a feature while another extension registers one of its own, so every answer is waited for.
import * as assert from 'node:assert';
import { rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { file } from './editor.ts';

/** A guide of the workspace that a test has written. */
export interface WrittenGuide {
  readonly document: vscode.TextDocument;
  readonly editor: vscode.TextEditor;
  /** The place of some words, or of a character inside of them. */
  at(words: string, inside?: number): vscode.Position;
  /** One of VS Code's commands that ask features: it gets the guide, and what else it needs. */
  ask<T>(command: string, ...rest: unknown[]): Promise<T>;
  /** A place as people say it: its line from 1, and the words there. */
  place(range: vscode.Range): string;
  /** Puts words in the place of others; gives the text as it was to `restore`. */
  replace(words: string, others: string): Promise<void>;
  /** The text as it was written. */
  restore(): Promise<void>;
  /** Closes the guide and takes its file away. */
  remove(): Promise<void>;
}

/** Writes a guide and shows it. Every test file has names of its own: a file that comes back would still have its former text. */
export async function writeGuide(name: string, text: string): Promise<WrittenGuide> {
  const uri = file(name);
  writeFileSync(uri.fsPath, text);
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  const at = (words: string, inside = 0): vscode.Position => {
    const index = document.getText().indexOf(words);
    assert.ok(index >= 0, `${words} is not there`);
    return document.positionAt(index + inside);
  };
  const write = async (range: vscode.Range, words: string): Promise<void> => {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, range, words);
    assert.ok(await vscode.workspace.applyEdit(edit));
  };
  return {
    document,
    editor,
    at,
    ask: async (command, ...rest) => vscode.commands.executeCommand(command, uri, ...rest),
    place: (range) => `${range.start.line + 1} ${document.getText(range)}`,
    replace: (words, others) => write(new vscode.Range(at(words), at(words, words.length)), others),
    restore: () => write(new vscode.Range(0, 0, document.lineCount, 0), text),
    remove: async () => {
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      rmSync(uri.fsPath, { force: true });
    },
  };
}

/** Waits until `look` gives what is expected, and tells the difference when it never does. */
export async function comesTo<T>(
  what: string,
  look: () => T | Promise<T>,
  expected: T,
  milliseconds = 30_000,
): Promise<void> {
  const end = Date.now() + milliseconds;
  for (;;) {
    let found: T | Error;
    try {
      found = await look();
    } catch (error) {
      if (Date.now() > end) throw error;
      found = error as Error;
    }
    try {
      return assert.deepStrictEqual(found, expected, undefined);
    } catch (error) {
      if (Date.now() > end) throw new Error(`never ${what}: ${(error as Error).message}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

/** What the extension's own completion offers at a place, in its order: its items alone are sorted by four digits. */
export async function offeredAt(
  guide: WrittenGuide,
  position: vscode.Position,
  trigger?: string,
): Promise<vscode.CompletionItem[]> {
  const list = await guide.ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', position, trigger);
  return list.items
    .filter(({ sortText }) => /^\d{4}$/.test(sortText ?? ''))
    .sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
}

/** What the hovers at a place say, each in markdown. */
export const hoversAt = (guide: WrittenGuide, position: vscode.Position): Promise<string[]> =>
  hoversOf(guide.document.uri, position);

export async function hoversOf(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)));
}
