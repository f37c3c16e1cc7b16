// Where a debugged guide stops in the editor: conditions, hit counts and log points of breakpoints, the filters of failures and
// judgement, and a frame that is restarted; and the values that stand in its text meanwhile.
import * as assert from 'node:assert';
import { rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { debug, evaluate, framesOf, goOn, lineOf, move, watchDebugging } from './debugging.ts';
import { answers, extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

const code = (line: string): string => `\`\`\`bash\n${line}\n\`\`\``;

const rounds = `# Rounds

## Step 1. Look

${code('printf looked')}

If \`exitCode == 0\`, go back to Step 1, at most 3 times.

## Step 2. Count

${code('echo two')}

## Step 3. Look elsewhere

${code('echo three')}

## Step 4. Close

${code('echo four')}

This resolves the incident.
`;

export function debugStopsTests(): void {
  describe('where a debugged guide stops', function () {
    this.timeout(120_000); // A test may begin several sessions.
    let api: TestApi;
    const { stops, said } = watchDebugging();
    before(async () => {
      api = await extensionApi();
      writeFileSync(file('rounds.tsg.md').fsPath, rounds);
    });
    after(() => rmSync(file('rounds.tsg.md').fsPath, { force: true }));
    afterEach(() => api.answerWith(null));

    it('at a breakpoint by its hit count and its condition; a log point says its message and goes on', async () => {
      const { document } = await openGuide('rounds.tsg.md');
      const at = (
        text: string,
        more: { readonly condition?: string; readonly count?: string; readonly log?: string },
      ): vscode.SourceBreakpoint => {
        const place = new vscode.Location(document.uri, new vscode.Position(lineOf(document, text) - 1, 0));
        return new vscode.SourceBreakpoint(place, true, more.condition, more.count, more.log);
      };
      vscode.debug.addBreakpoints([
        at('## Step 1', { count: '3' }),
        at('## Step 2', { log: 'it said {text}, \\{so far\\}' }),
        at('## Step 3', { condition: 'steps.Step2.text.contains("one")' }),
        at('## Step 4', { condition: 'steps.Step2.text.contains("two")' }),
      ]);
      const session = await debug(document);
      const counted = await until('stops', () => stops[0]);
      assert.equal(counted.reason, 'breakpoint');
      assert.equal((await framesOf(session, counted))[0]?.line, lineOf(document, '## Step 1'));
      assert.equal(said.filter((text) => text.includes('Step 1 again')).length, 2, 'two rounds went before');
      assert.ok(!said.some((text) => text.includes('it said')));
      await goOn();
      const held = await until('stops again', () => stops[1]);
      assert.equal(held.reason, 'breakpoint');
      assert.equal((await framesOf(session, held))[0]?.line, lineOf(document, '## Step 4'));
      assert.deepEqual(
        said.filter((text) => text.includes('it said')),
        ['it said looked, {so far}\n'],
      );
      await goOn();
      await until('has ended', () => api.run(document.uri)?.view.outcome === 'resolved');
      assert.equal(stops.length, 2);
    });

    it('when a step fails, unless the filter is off', async () => {
      const { document } = await openGuide('refused.tsg.md');
      const session = await debug(document);
      const failed = await until('stops', () => stops[0]);
      assert.deepEqual([failed.reason, failed.description], ['exception', 'A step has failed']);
      const info = (await session.customRequest('exceptionInfo', { threadId: failed.threadId })) as {
        description: string;
      };
      assert.match(info.description, /colour_of_request/);
      await goOn();
      await until('has no session', () => vscode.debug.activeDebugSession === undefined);

      stops.length = 0;
      const again = await debug(document, { stopOnEntry: true });
      await until('stops before the first step', () => stops[0]?.reason === 'entry');
      await again.customRequest('setExceptionBreakpoints', { filters: [] });
      await goOn();
      await until('has no session', () => vscode.debug.activeDebugSession === undefined);
      assert.equal(stops.length, 1);
      assert.ok(said.some((text) => /colour_of_request/.test(text)));
    });

    it('when judgement is needed, where the filter\u2019s condition holds', async () => {
      const { document } = await openGuide('judgement.tsg.md');
      for (const [condition, stopsThere] of [
        ['text.contains("seen")', false],
        ['text.contains("looked")', true],
      ] as const) {
        stops.length = 0;
        api.answerWith(answers({ decide: async () => undefined }));
        const session = await debug(document, { stopOnEntry: true });
        await until('stops before the first step', () => stops[0]?.reason === 'entry');
        await session.customRequest('setExceptionBreakpoints', {
          filters: [],
          filterOptions: [{ filterId: 'judgement', condition }],
        });
        await goOn();
        if (stopsThere) {
          const stop = await until('stops for judgement', () => stops[1]);
          assert.deepEqual([stop.reason, stop.description], ['exception', 'Judgement is needed']);
          const [frame] = await framesOf(session, stop);
          assert.equal(await evaluate(session, frame, 'text.contains("looked")'), 'true');
          await goOn();
        }
        await until('waits for somebody', () => api.run(document.uri)?.view.requests.length === 1);
        api.answerWith(answers({ decide: async (request) => [request.choices[0]?.edge ?? ''] }));
        await vscode.commands.executeCommand('tsg.answer', { uri: document.uri.toString() });
        await until('has ended', () => api.run(document.uri)?.view.outcome === 'resolved');
        await until('has no session', () => vscode.debug.activeDebugSession === undefined);
        assert.equal(stops.length, stopsThere ? 2 : 1);
      }
    });

    it('where a frame is restarted: within the run, and by another run once it has ended', async () => {
      const { document } = await openGuide('small.tsg.md');
      const second = new vscode.Position(lineOf(document, '## Step 2') - 1, 0);
      const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(document.uri, second), true);
      vscode.debug.addBreakpoints([breakpoint]);
      const session = await debug(document, { stopAtEnd: true });
      const stop = await until('stops', () => stops[0]);
      const frames = await framesOf(session, stop);
      const first = frames.find(({ name }) => name.startsWith('Step 1'));
      assert.ok(first, frames.map(({ name }) => name).join(' | '));
      await session.customRequest('restartFrame', { frameId: first.id });
      const restarted = await until('is there again', () => stops[1]);
      assert.equal(restarted.reason, 'goto');
      assert.equal((await framesOf(session, restarted))[0]?.line, lineOf(document, '## Step 1'));
      await goOn();
      await until('comes to the breakpoint again', () => stops[2]?.reason === 'breakpoint');
      const run = api.run(document.uri)?.view;
      assert.equal(run?.steps[0]?.actions[0]?.attempts, 2, 'the first step ran twice');
      vscode.debug.removeBreakpoints([breakpoint]);
      await goOn();
      const ended = await until('stops at the end', () => stops[3]);
      assert.equal(ended.reason, 'end');

      const [last] = await framesOf(session, ended);
      await session.customRequest('restartFrame', { frameId: last?.id });
      await until('stands before the step in another run', () => stops[4]?.reason === 'entry');
      const other = api.run(document.uri)?.view;
      assert.notEqual(other?.run, run?.run);
      assert.deepEqual(
        other?.steps.map(({ status }) => status),
        ['skipped', 'pending'],
      );
      await goOn();
      await until('has ended again', () => api.run(document.uri)?.view.outcome === 'resolved');
    });

    it('with the values of parameters and guards at the ends of the step\u2019s lines', async () => {
      const { document } = await openGuide('small.tsg.md');
      const session = await debug(document, { stopOnEntry: true });
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      /** In the frame of the first step. */
      const shown = async (number: number): Promise<readonly string[]> => {
        const stop = await until('stops', () => stops[number]);
        const frame = (await framesOf(session, stop)).find(({ name }) => name.startsWith('Step 1'));
        assert.ok(frame);
        const line = new vscode.Position(frame.line - 1, 0);
        const values = await vscode.commands.executeCommand<readonly vscode.InlineValueEvaluatableExpression[]>(
          'vscode.executeInlineValueProvider',
          document.uri,
          whole,
          { frameId: frame.id, stoppedLocation: new vscode.Range(line, line) },
        );
        return Promise.all(
          values.map(async ({ range, expression = '' }) => {
            const value = await evaluate(session, frame, expression).catch(() => 'not known');
            return `${range.start.line + 1} ${document.getText(range)}: ${expression} = ${value}`;
          }),
        );
      };
      const sql = lineOf(document, 'latency_ms > {limit}');
      const guard = lineOf(document, 'rows.size() > 0');
      assert.deepEqual(await shown(0), [
        `${sql} {limit}: params.limit = 500`,
        `${guard} rows.size() > 0: rows.size() > 0 = not known`,
      ]);
      await move('stepOver');
      assert.deepEqual(await shown(1), [
        `${sql} {limit}: params.limit = 500`,
        `${guard} rows.size() > 0: rows.size() > 0 = true`,
      ]);
    });
  });
}
