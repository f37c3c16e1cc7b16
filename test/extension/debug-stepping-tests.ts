// Moving a debugged guide with the editor's own commands - into, over, out, pause, reverse, disconnect - and what is looked at
// meanwhile: threads, variables, hovers, the console's words, and the preview.
import * as assert from 'node:assert';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { comesTo, writeGuide, type WrittenGuide } from './asking.ts';
import {
  debug,
  evaluate,
  framesOf,
  goOn,
  lineOf,
  move,
  watchDebugging,
  type Frame,
  type Stopped,
} from './debugging.ts';
import { answers, extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

const code = (line: string): string => `\`\`\`bash\n${line}\n\`\`\`\n`;

const parallel = `# Side by side

## Step 1. Begin

${code('printf begun')}
${code('printf more')}
Start Steps 2 through 3 in parallel.

## Step 2. Left

${code('printf left')}
Go to Step 4.

## Step 3. Right

${code('printf right')}
Go to Step 4.

## Step 4. Meet

${code('printf met')}
This resolves the incident.
`;

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly variablesReference: number;
  readonly evaluateName?: string;
}

export function debugSteppingTests(): void {
  describe('stepping through a debugged guide', function () {
    this.timeout(120_000); // A session may take its time to come.
    let api: TestApi;
    const { stops } = watchDebugging();
    let written: WrittenGuide | undefined;
    before(async () => {
      api = await extensionApi();
    });
    afterEach(async () => {
      api.answerWith(null);
      await written?.remove();
      written = undefined;
    });

    const command = (name: string): Thenable<unknown> =>
      vscode.commands.executeCommand(`workbench.action.debug.${name}`);
    /** The stop of this number, from 0, with its frames. */
    const stopped = async (
      session: vscode.DebugSession,
      number: number,
    ): Promise<Stopped & { frames: readonly Frame[] }> => {
      const stop = await until(`stops for the ${number + 1}th time`, () => stops[number]);
      return { ...stop, frames: await framesOf(session, stop) };
    };
    const names = (frames: readonly Frame[]): string[] => frames.map(({ name, line }) => `${line} ${name}`);
    const variables = async (session: vscode.DebugSession, reference: number): Promise<readonly Variable[]> => {
      const answer = (await session.customRequest('variables', { variablesReference: reference })) as {
        variables: Variable[];
      };
      return answer.variables;
    };
    /** The variables of a scope of a frame. */
    const scope = async (session: vscode.DebugSession, frame: Frame | undefined, name: string) => {
      const { scopes } = (await session.customRequest('scopes', { frameId: frame?.id })) as {
        scopes: { name: string; variablesReference: number }[];
      };
      const found = scopes.find((one) => one.name === name);
      assert.ok(found, `${name} is not among ${scopes.map((one) => one.name).join(', ')}`);
      return variables(session, found.variablesReference);
    };
    const ended = async (uri: vscode.Uri, outcome: string): Promise<void> => {
      await until(`has ended: ${outcome}`, () => api.run(uri)?.view.outcome === outcome);
      await until('has no session', () => vscode.debug.activeDebugSession === undefined);
    };

    it('into an action, over the next, out of the rest, and over a step', async () => {
      written = await writeGuide('stepping.tsg.md', parallel);
      const { document } = written;
      const session = await debug(document, { stopOnEntry: true });
      await stopped(session, 0);
      await move('stepInto');
      const first = await stopped(session, 1);
      assert.deepStrictEqual([first.reason, first.description], ['step', 'Stopped before an action']);
      assert.deepStrictEqual(names(first.frames), [
        `${lineOf(document, 'printf begun')} Step1.1 bash with host (waiting)`,
        '3 Step 1 \u2013 Begin',
      ]);
      const action = await scope(session, first.frames[0], 'Action');
      assert.deepStrictEqual(
        action.map(({ name, value }) => `${name} = ${value}`),
        ['status = waiting', 'effect = read', 'tool = host', 'text = printf begun'],
      );
      assert.strictEqual(api.run(document.uri)?.view.steps[0]?.actions[0]?.status, 'waiting', 'nothing has run yet');
      await move('stepOver');
      const second = await stopped(session, 2);
      assert.match(second.frames[0]?.name ?? '', /^Step1\.2 bash/);
      assert.deepStrictEqual(
        api.run(document.uri)?.view.steps[0]?.actions.map(({ status }) => status),
        ['succeeded', 'waiting'],
      );
      await move('stepOut');
      const out = await stopped(session, 3);
      assert.strictEqual(out.frames[0]?.name, 'Step 2 \u2013 Left');
      assert.strictEqual(api.run(document.uri)?.view.steps[0]?.status, 'succeeded');
      await goOn();
      await ended(document.uri, 'resolved');
    });

    it('with parallel steps as threads, each with its stack, of which one alone is stepped over', async () => {
      written = await writeGuide('threads.tsg.md', parallel);
      const { document } = written;
      const session = await debug(document, { stopOnEntry: true });
      await stopped(session, 0);
      await move('stepOver');
      await stopped(session, 1);
      const { threads } = (await session.customRequest('threads')) as { threads: { id: number; name: string }[] };
      assert.deepStrictEqual(
        threads.map(({ name }) => name),
        ['Step 2 \u2013 Left (next)', 'Step 3 \u2013 Right (next)'],
      );
      const right = threads[1]?.id ?? 0;
      const { stackFrames } = (await session.customRequest('stackTrace', { threadId: right })) as {
        stackFrames: Frame[];
      };
      assert.deepStrictEqual(
        stackFrames.map(({ name }) => name),
        ['Step 3 \u2013 Right', 'Step 1 \u2013 Begin'],
      );
      await session.customRequest('next', { threadId: right });
      await stopped(session, 2);
      const status = (): string[] =>
        (api.run(document.uri)?.view.steps ?? []).map((one) => `${one.node} ${one.status}`);
      assert.deepStrictEqual(status(), ['Step1 succeeded', 'Step2 pending', 'Step3 succeeded', 'Step4 pending']);
      await goOn();
      await ended(document.uri, 'resolved');
    });

    it('paused while a step is under way, and stopped', async () => {
      const { document } = await openGuide('slow.tsg.md');
      const session = await debug(document);
      await until('is under way', () => api.run(document.uri)?.view.steps[0]?.actions[0]?.status === 'running');
      // Until the editor knows of threads it has none to pause.
      await until('pauses', async () => {
        if (stops.length === 0) await command('pause');
        return stops.length > 0;
      });
      const pause = await stopped(session, 0);
      assert.deepStrictEqual([pause.reason, pause.description], ['pause', 'Paused; steps under way go on']);
      assert.deepStrictEqual(
        pause.frames.map(({ name }) => name),
        ['Step1.1 bash with host (running)', 'Step 1 \u2013 Wait'],
      );
      await command('stop');
      await ended(document.uri, 'stopped');
    });

    it('left by disconnecting: the run goes on by itself with its questions', async () => {
      api.answerWith(answers({ decide: async () => undefined }));
      const { document } = await openGuide('judgement.tsg.md');
      await debug(document);
      await until('waits for somebody', () => api.run(document.uri)?.view.requests.length === 1);
      await command('disconnect');
      await until('has no session', () => vscode.debug.activeDebugSession === undefined);
      assert.strictEqual(api.run(document.uri)?.active, true);
      api.answerWith(answers({ decide: async (request) => [request.choices[0]?.edge ?? ''] }));
      await vscode.commands.executeCommand('tsg.answer', { uri: document.uri.toString() });
      await until('has ended', () => api.run(document.uri)?.view.outcome === 'resolved');
    });

    it('at a sentence that states a way, where its condition holds; the mark of another line moves to its step', async () => {
      const { document } = await openGuide('small.tsg.md');
      const at = (words: string, condition?: string): vscode.SourceBreakpoint => {
        const place = new vscode.Location(document.uri, new vscode.Position(lineOf(document, words) - 1, 0));
        return new vscode.SourceBreakpoint(place, true, condition);
      };
      const sentence = at('If `rows.size()', 'rows[0].latency_ms == 900');
      const inside = at('```bash');
      vscode.debug.addBreakpoints([sentence, inside, at('Otherwise, this guide', 'true')]);
      const session = await debug(document);
      const way = await stopped(session, 0);
      assert.deepStrictEqual(
        [way.reason, way.description],
        ['breakpoint', 'Stopped at a condition that was just decided'],
      );
      assert.deepStrictEqual(names(way.frames).slice(0, 2), [
        `${lineOf(document, 'If `rows.size()')} \u2192 Step 2: if rows.size() > 0`,
        `${lineOf(document, '## Step 2')} Step 2 \u2013 Say how many`,
      ]);
      const mark = (await session.getDebugProtocolBreakpoint(inside)) as unknown as { verified: boolean; line: number };
      assert.deepStrictEqual([mark.verified, mark.line], [true, lineOf(document, '## Step 2')]);
      await goOn();
      const step = await stopped(session, 1);
      assert.strictEqual(step.frames[0]?.line, lineOf(document, '## Step 2'));
      await goOn();
      await ended(document.uri, 'resolved');
      assert.strictEqual(stops.length, 2, 'the way that was not taken stops nothing');
    });

    it('with tables, parameters and ways on as variables, and expressions in watch, hover and console', async () => {
      const { document } = await openGuide('small.tsg.md');
      const place = new vscode.Location(document.uri, new vscode.Position(lineOf(document, '## Step 2') - 1, 0));
      vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place, true)]);
      const session = await debug(document);
      const { frames } = await stopped(session, 0);
      const [second, first] = frames;
      const [rows] = await scope(session, second, 'Result that led here');
      assert.deepStrictEqual([rows?.name, rows?.value, rows?.evaluateName], ['rows', '2 rows', 'rows']);
      const items = await variables(session, rows?.variablesReference ?? 0);
      assert.deepStrictEqual(
        items.map(({ name, evaluateName }) => `${name} ${evaluateName ?? ''}`),
        ['0 rows[0]', '1 rows[1]'],
      );
      const cells = await variables(session, items[1]?.variablesReference ?? 0);
      assert.deepStrictEqual(
        cells.map(({ name, value }) => `${name} = ${value}`),
        ['id = 4', 'status_code = 503', 'latency_ms = 1200', 'note = "fine"'],
      );
      assert.deepStrictEqual(
        (await scope(session, second, 'Parameters')).map(({ name, value }) => `${name} = ${value}`),
        ['limit = 500'],
      );
      assert.deepStrictEqual(
        (await scope(session, first, 'Ways on')).map(({ name, value }) => `${name} ${value}`),
        [
          '\u2192 Step 2 taken: \u2018rows.size() > 0\u2019 is true (rowCount = 2)',
          '\u2192 end not taken: \u2018Step 2\u2019 was taken',
        ],
      );
      for (const context of ['watch', 'hover', 'repl']) {
        const answer = (await session.customRequest('evaluate', {
          expression: 'rows.filter(r, r.latency_ms > params.limit * 2).map(r, r.id)',
          frameId: second?.id,
          context,
        })) as { result: string };
        assert.strictEqual(answer.result, '[4]', context);
      }
      assert.strictEqual(await evaluate(session, second, 'steps.Step1.rows.size()'), '2');
      await assert.rejects(evaluate(session, second, 'rows.filter('), /The expression/);
      const { targets } = (await session.customRequest('completions', {
        text: 'params.',
        column: 8,
        frameId: second?.id,
      })) as { targets: { label: string }[] };
      assert.deepStrictEqual(
        targets.map(({ label }) => label),
        ['limit'],
      );
      await goOn();
      await ended(document.uri, 'resolved');
    });

    it('back to the beginning, which the preview shows, and to the present again', async () => {
      const { document } = await openGuide('small.tsg.md');
      await vscode.commands.executeCommand('tsg.openPreview');
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      const place = new vscode.Location(document.uri, new vscode.Position(lineOf(document, '## Step 2') - 1, 0));
      vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place, true)]);
      const session = await debug(document);
      await stopped(session, 0);
      const drawn = (): readonly string[] => api.moments(document.uri)?.steps ?? [];
      await comesTo('shows the present', drawn, ['Step1 succeeded', 'Step2 pending']);
      await move('reverseContinue');
      const past = await stopped(session, 1);
      assert.match(past.description ?? '', /^Looking back: before Step1, .*; effects are not undone$/);
      await comesTo('shows the beginning', drawn, ['Step1 pending', 'Step2 pending']);
      await goOn();
      const back = await stopped(session, 2);
      assert.strictEqual(back.description, 'Back at the present');
      await comesTo('shows the present again', drawn, ['Step1 succeeded', 'Step2 pending']);
      await goOn();
      await ended(document.uri, 'resolved');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('with the value of a guard that leads back beside it', async () => {
      const text = `# Rounds\n\n## Step 1. Look\n\n${code('printf looked')}\nIf \`text == "odd"\`, go back to Step 1, at most 3 times.\n\nOtherwise, go to Step 2.\n\n## Step 2. Close\n\nThis resolves the incident.\n`;
      written = await writeGuide('inline-rounds.tsg.md', text);
      const { document } = written;
      const second = new vscode.Location(document.uri, new vscode.Position(lineOf(document, '## Step 2') - 1, 0));
      vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(second, true)]);
      const session = await debug(document);
      const { frames } = await stopped(session, 0);
      const first = frames.find(({ name }) => name.startsWith('Step 1'));
      assert.ok(first);
      const line = new vscode.Position(first.line - 1, 0);
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const values = await written.ask<readonly vscode.InlineValueEvaluatableExpression[]>(
        'vscode.executeInlineValueProvider',
        whole,
        { frameId: first.id, stoppedLocation: new vscode.Range(line, line) },
      );
      assert.deepStrictEqual(
        await Promise.all(
          values.map(async ({ range, expression = '' }) => [
            range.start.line + 1,
            expression,
            await evaluate(session, first, expression),
          ]),
        ),
        [[lineOf(document, 'go back'), 'text == "odd"', 'false']],
      );
      await goOn();
      await ended(document.uri, 'resolved');
    });

    it('begun as launch.json says, else with the guide at hand; a slip in a parameter is refused', async () => {
      const { document } = await openGuide('small.tsg.md');
      const folder = file('.vscode').fsPath;
      mkdirSync(folder, { recursive: true });
      const configuration = {
        type: 'tsg',
        request: 'launch',
        name: 'slow ones',
        program: '${workspaceFolder}/small.tsg.md',
        parameters: { limit: 1000 },
        stopAtEnd: true,
      };
      try {
        writeFileSync(
          file('.vscode/launch.json').fsPath,
          JSON.stringify({ version: '0.2.0', configurations: [configuration] }),
        );
        await until('is read', () => {
          const kept = vscode.workspace.getConfiguration('launch', document.uri).get<unknown[]>('configurations');
          return kept?.length === 1;
        });
        await vscode.commands.executeCommand('tsg.debug');
        const session = await until('is debugged', () => vscode.debug.activeDebugSession);
        const end = await stopped(session, 0);
        assert.strictEqual(end.reason, 'end');
        assert.strictEqual(await evaluate(session, end.frames[0], 'params.limit'), '1000');
        assert.strictEqual(await evaluate(session, end.frames[0], 'steps.Step1.rows.size()'), '1');
        await goOn();
        await until('has no session', () => vscode.debug.activeDebugSession === undefined);
      } finally {
        rmSync(file('.vscode/launch.json').fsPath, { force: true });
      }
      await until('is gone', () => {
        const kept = vscode.workspace.getConfiguration('launch', document.uri).get<unknown[]>('configurations');
        return (kept?.length ?? 0) === 0;
      });

      await openGuide('small.tsg.md');
      stops.length = 0;
      const bare = { type: 'tsg', request: 'launch', name: 'bare', from: 'Step2', stopOnEntry: true };
      assert.ok(await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], bare));
      const session = await until('is debugged', () => vscode.debug.activeDebugSession);
      const entry = await stopped(session, 0);
      assert.strictEqual(entry.frames[0]?.name, 'Step 2 \u2013 Say how many');
      assert.deepStrictEqual(
        api.run(document.uri)?.view.steps.map(({ status }) => status),
        ['skipped', 'pending'],
      );
      await goOn();
      await ended(document.uri, 'resolved');

      const before = api.run(document.uri)?.view.run;
      const slip = { ...bare, name: 'slip', program: document.uri.fsPath, parameters: { limt: 1 } };
      await assert.rejects(
        async () => vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], slip),
        /\u2018limt\u2019, which is no parameter of the guide/,
      );
      await until('has no session', () => vscode.debug.activeDebugSession === undefined);
      assert.strictEqual(api.run(document.uri)?.view.run, before, 'nothing was run');
    });
  });
}
