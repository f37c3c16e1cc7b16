// An approval that takes two people, as each of them sees it in their own editor.
import * as assert from 'node:assert';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import type { ApprovalRequest } from '../../src/extension/prompts.ts';
import { rewriteJournal } from '../../src/run/index.ts';
import { answers, extensionApi, file, openGuide, until, type TestApi } from './editor.ts';

export function approvalTests(): void {
  describe('an approval that takes two people', () => {
    const folder = 'two-people';
    const mark = file(`${folder}/made-by-two`).fsPath;
    let api: TestApi;
    let uri: vscode.Uri;
    /** Says yes whenever it is asked, and keeps what it was asked. */
    const yes = () => {
      const requests: ApprovalRequest[] = [];
      const prompts = answers({
        approve: async (request) => {
          requests.push(request);
          return 'approve';
        },
        tellNotTaken: () => undefined,
      });
      api.answerWith(prompts);
      return { requests, asked: prompts.asked };
    };
    const open = () => api.run(uri)?.view.requests.find((request) => request.kind === 'approval');

    before(async () => {
      api = await extensionApi();
      mkdirSync(file(folder).fsPath);
      const write = (name: string, text: string): void => writeFileSync(file(`${folder}/${name}`).fsPath, text);
      write(
        'tsg.yaml',
        'tools:\n  host: { kind: shell, cwd: ., env: [PATH] }\napprovals:\n  - { tools: [host], people: 2 }\n',
      );
      write(
        'two.tsg.md',
        '# Two\n\n## Step 1. Make it\n\n```bash\ntouch made-by-two\n```\n\nThis resolves the incident.\n',
      );
      uri = (await openGuide(`${folder}/two.tsg.md`)).document.uri;
    });
    after(async () => {
      api.answerWith(null);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      rmSync(file(folder).fsPath, { recursive: true, force: true });
    });

    it('is not given by one person twice, and the other one finds it asked for in the journal', async () => {
      const me = userInfo().username;
      const first = yes();
      await vscode.commands.executeCommand('tsg.liveRun');
      await until('has counted the first yes', () => open()?.givenBy?.length === 1);
      assert.deepEqual(
        [first.requests.length, first.requests[0]?.people, first.requests[0]?.givenBy],
        [1, 2, undefined],
      );
      assert.deepEqual(open()?.givenBy, [me]);

      // The same person is told that somebody else has to.
      await vscode.commands.executeCommand('tsg.answer', { uri: uri.toString() });
      await until('is told', () => first.asked.length === 3 || assert.fail(first.asked.join(' | ')));
      assert.match(first.asked[2] ?? '', /^not taken: .* has approved `Step1\.1` already; somebody else must/);
      assert.deepEqual(first.requests[1]?.givenBy, [me]);
      assert.deepEqual(open()?.givenBy, [me]);
      assert.equal(existsSync(mark), false, 'one yes is not enough');

      // The journal as it would be had somebody else given the first yes, in their own editor.
      const journal = api.run(uri)?.journal;
      assert.ok(journal);
      const upToFirst = await until(
        'has written the yes',
        () => /^[^]*?"approval-given".*\n/.exec(readFileSync(journal.fsPath, 'utf8'))?.[0],
      );
      const others = rewriteJournal(
        upToFirst,
        (line) => (line.includes('"approval-given"') ? line.replace(`"by":${JSON.stringify(me)}`, '"by":"ann"') : line),
        (text) => createHash('sha256').update(text).digest('hex'),
      );
      assert.equal(others.changed, 1);
      const copy = vscode.Uri.file(journal.fsPath.replace('.jsonl', '-ann.jsonl'));
      writeFileSync(copy.fsPath, others.text);
      await vscode.commands.executeCommand('tsg.stop', { uri: uri.toString() });
      await until('has stopped', () => api.run(uri)?.view.phase === 'ended');

      const second = yes();
      await vscode.commands.executeCommand('tsg.resumeRun', copy);
      const run = await until('has ended', () => {
        const found = api.run(uri);
        return found?.journal?.fsPath === copy.fsPath && found.view.phase === 'ended' && found;
      });
      assert.equal(run.view.outcome, 'resolved', run.view.reason);
      assert.deepEqual(second.asked, ['approve Step1.1']);
      assert.deepEqual(second.requests[0]?.givenBy, ['ann']);
      assert.equal(existsSync(mark), true);
    });
  });
}
