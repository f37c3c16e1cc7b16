// What every extension test needs: the extension's API, files of the workspace copy, and waiting for something to be so.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/extension/extension.ts';
import type { Prompts } from '../../src/extension/prompts.ts';

export type { TestApi };

/** Activates the extension under test and gives its API. */
export async function extensionApi(): Promise<TestApi> {
  const extension = vscode.extensions.all.find((candidate) => candidate.id.endsWith('.tsg-studio'));
  assert.ok(extension, 'the extension is not there');
  return (await extension.activate()) as TestApi;
}

interface Contribution {
  readonly command: string;
  readonly when?: string;
}

/** What the tests read of the manifest. */
export interface Manifest {
  readonly contributes: {
    readonly commands: readonly Contribution[];
    readonly menus: Readonly<Record<string, readonly Contribution[]>>;
    readonly keybindings: readonly Contribution[];
    readonly views: Readonly<Record<string, readonly { readonly when?: string }[]>>;
    readonly viewsWelcome: readonly { readonly when?: string }[];
  };
}

/** The manifest of the extension under test. */
export function manifest(): Manifest {
  const extension = vscode.extensions.all.find((candidate) => candidate.id.endsWith('.tsg-studio'));
  return extension?.packageJSON as Manifest;
}

/** A file of the workspace copy. */
export function file(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, 'no workspace folder is open');
  return vscode.Uri.joinPath(folder, name);
}

/** Opens a guide in an editor and waits until commands take it for the one at hand. */
export async function openGuide(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(file(name));
  // What another test has opened may still come to the front; then it is shown again.
  return until(`shows ${name}`, async () => {
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const active = vscode.window.activeTextEditor;
    return active?.document === document && active;
  });
}

/** Waits until `look` gives something; the last thing it said, or threw, is told when it never does. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  milliseconds = 30_000,
): Promise<Exclude<T, false | null | undefined>> {
  const end = Date.now() + milliseconds;
  let last: unknown;
  for (;;) {
    try {
      last = await look();
      if (last) return last as Exclude<T, false | null | undefined>;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`never ${what}; last seen: ${String(last)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Prompts that fail the test when they are asked something it does not expect. */
export function answers(given: Partial<Prompts>): Prompts & { readonly asked: string[] } {
  const asked: string[] = [];
  const refuse = (question: string) => (): never => {
    throw new Error(`nobody expected to be asked for ${question}`);
  };
  const all: Prompts = {
    decide: refuse('a decision'),
    approve: refuse('an approval'),
    environment: refuse('an environment'),
    environmentAgain: refuse('the environment to run in again'),
    settle: refuse('an outcome'),
    value: refuse('a value'),
    tellChanged: refuse('what has changed'),
    tellNotTaken: refuse('what was not taken'),
    ...given,
  };
  return {
    asked,
    decide: (request, about) => (asked.push(`decide ${request.node}`), all.decide(request, about)),
    approve: (request, about) => (asked.push(`approve ${request.action}`), all.approve(request, about)),
    environment: (before, chosen) => (asked.push(`environment ${before} ${chosen}`), all.environment(before, chosen)),
    environmentAgain: (before, now) => (asked.push(`again ${before} ${now}`), all.environmentAgain(before, now)),
    settle: (request, about) => (asked.push(`settle ${request.action}`), all.settle(request, about)),
    tellChanged: (files) => (asked.push(`changed ${files.join(' ')}`), all.tellChanged(files)),
    tellNotTaken: (because) => (asked.push(`not taken: ${because}`), all.tellNotTaken(because)),
    value: (parameter, remembered, wrong, use) => (
      asked.push(`value ${parameter.name}`),
      all.value(parameter, remembered, wrong, use)
    ),
  };
}
