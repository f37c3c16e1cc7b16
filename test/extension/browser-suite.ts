// The browser build in VS Code's browser host, in a web worker: guides are read, checked, drawn and compared with no machine
// behind the page. Files are served from memory, as a browser host has them from a repository.
import 'mocha/mocha.js';
import * as vscode from 'vscode';
import type { BrowserTestApi } from '../../src/extension/browser-extension.ts';
import { MemoryFiles } from './memory-files.ts';

const guide = `---
title: Slow requests
parameters:
  - name: limit
    type: integer
    default: 500
---

# Slow requests

## Step 1 - Find slow requests

\`\`\`sql
SELECT id, latency_ms FROM requests WHERE latency_ms > {limit}
\`\`\`

If the query returns no rows, go to Step 9.

Otherwise, go to Step 2.

## Step 2 - Tell the owners

Escalate to the owners.
`;

function browserTests(): void {
  const files = new MemoryFiles();
  const uri = vscode.Uri.parse('memory:/guides/slow.tsg.md');
  let api: BrowserTestApi;
  let document: vscode.TextDocument;

  before(async () => {
    vscode.workspace.registerFileSystemProvider('memory', files);
    files.write('/guides/slow.tsg.md', guide);
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.tsg-studio'));
    if (!extension) throw new Error('the extension is not there');
    api = (await extension.activate()) as BrowserTestApi;
  });

  const at = (words: string, inside = 0): vscode.Position => {
    const index = document.getText().indexOf(words);
    if (index < 0) throw new Error(`no ${words}`);
    return document.positionAt(index + inside);
  };

  it('there is no machine behind it', () => {
    equal(typeof (globalThis as { process?: unknown }).process === 'object' && 'versions' in process, false);
    equal(vscode.env.remoteName, undefined);
    equal(vscode.env.uiKind, vscode.UIKind.Web);
  });

  it('checks a guide', async () => {
    const found = await until('reports', () => {
      const codes = api.findings(uri).map(({ code }) => code);
      return codes.includes('step.unknown-target') && codes;
    });
    equal(found.includes('step.unknown-target'), true);
    const shown = await until('shows', () =>
      vscode.languages.getDiagnostics(uri).find(({ source }) => source === 'TSG'),
    );
    equal(shown.range.start.line, at('go to Step 9').line);
  });

  it('honours the check settings of a tools file beside the guide', async () => {
    files.write('/quiet/tsg.yaml', 'check:\n  severities:\n    step.unknown-target: off\n');
    files.write('/quiet/slow.tsg.md', `${guide}\n\n![](picture.png)\n`);
    const quiet = vscode.Uri.parse('memory:/quiet/slow.tsg.md');
    await vscode.workspace.openTextDocument(quiet);
    const has = (wanted: string): boolean => api.findings(quiet).some(({ code }) => code === wanted);
    await until('was analysed, and is silent of one code', () => has('image.no-text') && !has('step.unknown-target'));
  });

  it('reads a guide: hover, outline, completion, definition', async () => {
    // An answer is dropped while another extension registers a feature of its own.
    await until('tells of a parameter', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        at('{limit}', 2),
      );
      const told = hovers.flatMap(({ contents }) => contents);
      return told.some((one) => (typeof one === 'string' ? one : one.value).includes('integer'));
    });
    await until('has the step in its outline', async () => {
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        uri,
      );
      return flat(symbols).some(({ name }) => name.includes('Find slow requests'));
    });
    await until('offers steps', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        at('go to Step 2', 11),
      );
      return list.items.some(({ label }) => (typeof label === 'string' ? label : label.label) === 'Step 2');
    });
    await until('leads to the step', async () => {
      const places = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeDefinitionProvider',
        uri,
        at('go to Step 2', 11),
      );
      return places[0]?.range.start.line === at('## Step 2').line;
    });
  });

  it('draws the plan', async () => {
    await vscode.commands.executeCommand('tsg.openPreview');
    await until('has drawn start, two steps and the end', () => api.previewBoxes(uri) === 4, 40_000);
  });

  it('writes the plan', async () => {
    const plan = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.compile');
    const { nodes, guide: about } = JSON.parse(plan.getText()) as {
      nodes: { node: string }[];
      guide: { sha256: string };
    };
    equal(nodes.map(({ node }) => node).join(' '), 'start Step1 Step2 end');
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(guide));
    equal(about.sha256, [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  });

  it('compares the plan with another guide', async () => {
    files.write('/guides/older.tsg.md', guide.replace('## Step 2 - Tell the owners', '## Step 2 - Wait'));
    await vscode.commands.executeCommand('tsg.comparePlans', {
      uri: uri.toString(),
      file: 'memory:/guides/older.tsg.md',
    });
    await until('has drawn the comparison', () => api.previewBoxes(uri) >= 4, 40_000);
    const told = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.tellChanges', { uri: uri.toString() });
    equal(/Tell the owners/.test(told.getText()) && /Wait/.test(told.getText()), true);
  });

  it('has every command of the manifest', async () => {
    const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.tsg-studio'));
    const { contributes } = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    const known = new Set(await vscode.commands.getCommands(true));
    equal(
      contributes.commands
        .filter(({ command }) => !known.has(command))
        .map(({ command }) => command)
        .join(' '),
      '',
    );
  });

  it('refuses to run, and says where one can', async () => {
    equal(await vscode.commands.executeCommand('tsg.liveRun'), undefined);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
    equal(lenses.filter(({ command }) => command?.command.startsWith('tsg.')).length, 0);
  });
}

function flat(symbols: readonly vscode.DocumentSymbol[]): vscode.DocumentSymbol[] {
  return symbols.flatMap((one) => [one, ...flat(one.children)]);
}

function equal(found: unknown, expected: unknown): void {
  if (!Object.is(found, expected)) throw new Error(`found ${String(found)}, expected ${String(expected)}`);
}

async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  milliseconds = 20_000,
): Promise<Exclude<T, false | null | undefined>> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const last = await look();
    if (last) return last as Exclude<T, false | null | undefined>;
    if (Date.now() > end) throw new Error(`never ${what}; last seen: ${String(last)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Called by VS Code's test runner; counts go out through the console because a worker has no files. */
export async function run(): Promise<void> {
  mocha.setup({ ui: 'bdd', timeout: 60_000, reporter: undefined });
  describe('the browser build', browserTests);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      console.log(`TSG_COUNTS ${JSON.stringify(counts)}`);
      if (failures > 0) reject(new Error(`${String(failures)} browser tests failed`));
      else resolve();
    });
    runner.on('pass', (test) => {
      counts.passed++;
      console.log(`TSG_TEST   ✔ ${test.title}`);
    });
    runner.on('fail', (test, error: Error) => {
      counts.failed++;
      console.error(`TSG_TEST   ✘ ${test.title}: ${error.message}\n${error.stack ?? ''}`);
    });
    runner.on('pending', () => counts.skipped++);
  });
}
