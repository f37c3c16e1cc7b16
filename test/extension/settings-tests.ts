// Settings that change how guides run and are drawn, each seen by what it changes, and the ways out of a guide: SOP, Mermaid, a
// picture, and a compiled plan that VS Code's JSON knows.
import * as assert from 'node:assert';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { comesTo, writeGuide, type WrittenGuide } from './asking.ts';
import { extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

const code = (line: string, language = 'bash'): string => `\`\`\`${language}\n${line}\n\`\`\`\n`;

export function settingsTests(): void {
  describe('settings of runs and pictures', () => {
    let api: TestApi;
    let written: WrittenGuide | undefined;
    before(async () => {
      api = await extensionApi();
    });
    const changed = new Set<string>();
    const set = async (name: string, value: unknown): Promise<void> => {
      changed.add(name);
      await vscode.workspace.getConfiguration('tsg').update(name, value, vscode.ConfigurationTarget.Workspace);
    };
    afterEach(async () => {
      for (const name of changed) await set(name, undefined);
      changed.clear();
      if (written) await vscode.commands.executeCommand('tsg.clearOutput', { uri: written.document.uri.toString() });
      await written?.remove();
      written = undefined;
    });

    /** Runs a guide to its end and gives that run's view. */
    const run = async (uri: vscode.Uri) => {
      const before = api.run(uri)?.view.run;
      await vscode.commands.executeCommand('tsg.liveRun', { uri: uri.toString() });
      return until('has ended', () => {
        const view = api.run(uri)?.view;
        return view?.run !== before && view?.phase === 'ended' && view;
      });
    };

    it('as many steps as the setting says are under way at once', async () => {
      const side = (number: number): string =>
        `## Step ${number}. Part ${number}\n\n${code('sleep 0.3')}\nGo to Step 5.\n\n`;
      written = await writeGuide(
        'at-once.tsg.md',
        `# At once\n\n## Step 1. Begin\n\n${code('echo begun')}\nStart Steps 2 through 4 in parallel.\n\n${[2, 3, 4].map(side).join('')}## Step 5. Close\n\nThis resolves the incident.\n`,
      );
      const { uri } = written.document;
      /** The most of the three that were under way at the same time. */
      const most = async (): Promise<number> => {
        const { steps, outcome } = await run(uri);
        assert.strictEqual(outcome, 'resolved');
        const spans = steps
          .filter(({ node }) => ['Step2', 'Step3', 'Step4'].includes(node))
          .flatMap(({ actions }) => actions.map(({ startedAt = 0, endedAt = 0 }) => [startedAt, endedAt] as const));
        assert.strictEqual(spans.length, 3);
        return Math.max(...spans.map(([at]) => spans.filter(([from, to]) => from <= at && at < to).length));
      };
      await set('run.maxParallel', 1);
      assert.strictEqual(await most(), 1);
      await set('run.maxParallel', 2);
      assert.strictEqual(await most(), 2);
    });

    it('queries are explained before a run, or are not', async () => {
      const wrong = code('SELECT colour_of_request FROM requests', 'sql');
      written = await writeGuide(
        'explained.tsg.md',
        `# Explained\n\n## Step 1. Look\n\n${code('echo looked')}\nIf the exit code is 0, this resolves the incident.\n\nOtherwise, go to Step 2.\n\n## Step 2. Ask\n\n${wrong}\nThis resolves the incident.\n`,
      );
      const { uri } = written.document;
      const refused = (): number =>
        vscode.languages
          .getDiagnostics(uri)
          .filter(({ code: one }) => typeof one === 'object' && one.value === 'action.invalid-query').length;
      await set('run.explainBefore', false);
      await run(uri);
      assert.strictEqual(refused(), 0, 'the run came by no query, and nobody asked about one');
      await set('run.explainBefore', undefined);
      await run(uri);
      await comesTo('tells of the query', refused, 1);
    });

    it('an output shows as many rows as the setting says', async () => {
      written = await writeGuide(
        'rows.tsg.md',
        `# Rows\n\n## Step 1. Look\n\n${code('SELECT id AS number, latency_ms FROM requests ORDER BY id', 'sql')}\nThis resolves the incident.\n`,
      );
      const { uri } = written.document;
      const shown = (): string[] =>
        (api.output(uri)['Step1']?.bodies.join('\n') ?? '')
          .split('\n')
          .flatMap((line) => /^\|\D*(\d)\D/.exec(line)?.[1] ?? []);
      await set('output.rows', 2);
      await run(uri);
      await comesTo('shows two', shown, ['1', '2']);
      await set('output.rows', undefined);
      await run(uri);
      await comesTo('shows all', shown, ['1', '2', '3', '4']);
    });

    it('tools come from the file that the setting names', async () => {
      const folder = 'other-tools';
      mkdirSync(file(folder).fsPath);
      writeFileSync(file(`${folder}/mine.yaml`).fsPath, 'tools:\n  elsewhere: { kind: shell, cwd: . }\n');
      try {
        await openGuide('small.tsg.md');
        const has = (name: string): boolean => api.tools().some((line) => line.startsWith(`${name} |`));
        await until('lists the nearest', () => has('telemetry'));
        await set('config', `${folder}/mine.yaml`);
        await until('lists those of the other', () => has('elsewhere') && !has('telemetry'));
        await set('config', undefined);
        await until('lists the nearest again', () => has('telemetry') && !has('elsewhere'));
      } finally {
        rmSync(file(folder).fsPath, { recursive: true, force: true });
      }
    });

    it('each engine arranges the picture in its way, with every step in it', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const { document } = await openGuide('judgement.tsg.md');
      const to = file('judgement.svg');
      const pictures = new Map<string, string>();
      try {
        for (const engine of ['dagre', 'dot', 'elk']) {
          await set('preview.engine', engine);
          await vscode.commands.executeCommand('tsg.exportSvg', { uri: document.uri.toString(), to: to.toString() });
          assert.ok(existsSync(to.fsPath), engine);
          const picture = readFileSync(to.fsPath, 'utf8');
          rmSync(to.fsPath);
          for (const words of ['Look', 'Odd', 'Not odd']) assert.ok(picture.includes(words), `${engine}: ${words}`);
          pictures.set(engine, picture);
        }
      } finally {
        rmSync(to.fsPath, { force: true });
      }
      assert.strictEqual(new Set(pictures.values()).size, 3);
    });
  });

  describe('a plan', () => {
    before(extensionApi);

    it('goes out as SOP and as Mermaid', async () => {
      await openGuide('judgement.tsg.md');
      const sop = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.exportSop');
      assert.ok(sop.uri.path.endsWith('/judgement.sop.json'));
      const { nodes } = JSON.parse(sop.getText()) as { nodes?: unknown[] };
      assert.ok(JSON.stringify(nodes ?? sop.getText()).includes('Not odd'));
      await openGuide('judgement.tsg.md');
      const chart = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.exportMermaid');
      assert.match(chart.getText(), /^flowchart TD\n/);
      assert.match(chart.getText(), /if the picture looks odd to you/);
    });

    it('that is wrong is told by the schema that its file name brings', async () => {
      const uri = file('wrong.plandag.json');
      writeFileSync(uri.fsPath, '{ "version": 1, "nodes": 7 }\n');
      try {
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
        const problems = await until('is told', () => {
          const all = vscode.languages.getDiagnostics(uri);
          return all.length > 0 && all;
        });
        assert.ok(
          problems.some(({ message }) => /Incorrect type\. Expected "array"|Missing property/.test(message)),
          problems.map(({ message }) => message).join(' | '),
        );
      } finally {
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
        rmSync(uri.fsPath, { force: true });
      }
    });
  });
}
