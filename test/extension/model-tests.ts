// The editor's own language models, with a provider that the tests register: judging a run, and proposals for what a guide
// leaves open.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { newGuideTemplate } from '../../src/editing/index.ts';
import { answers, extensionApi, openGuide, until, type TestApi } from './editor.ts';
import { editorModels, type EditorModels, testModel } from './editor-models.ts';

export function modelTests(): void {
  describe("the editor's models", () => {
    let api: TestApi;
    let models: EditorModels;
    const settings = vscode.workspace.getConfiguration('tsg.model');

    before(async function () {
      api = await extensionApi();
      const offered = await editorModels();
      if (!offered) return this.skip();
      models = offered;
      await until('is offered', async () => (await vscode.lm.selectChatModels({ vendor: 'tsg-test' })).length > 0);
      await settings.update('source', 'editor', vscode.ConfigurationTarget.Global);
      await settings.update('editor', testModel, vscode.ConfigurationTarget.Global);
    });
    after(async () => {
      await settings.update('source', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('editor', undefined, vscode.ConfigurationTarget.Global);
    });
    /** The run's view once it has ended: one that asks a model or a person settles before. */
    const ended = async (uri: vscode.Uri) =>
      until('has ended', () => {
        const view = api.run(uri)?.view;
        return view?.phase === 'ended' && view;
      });
    afterEach(() => api.answerWith(null));

    it('judge a run where no guard decides, and what they cannot prove is asked', async () => {
      const right = (prompt: string) => {
        assert.match(prompt, /JSON Schema/);
        const edge = /- (edge_Step1_\w+): /.exec(prompt)?.[1];
        return { edge, quote: 'looked', confidence: 0.95, reason: 'It looks odd.' };
      };
      models.script(['no JSON at all', right]);
      const { document } = await openGuide('judgement.tsg.md');
      await vscode.commands.executeCommand('tsg.liveRun');
      const view = await ended(document.uri);
      assert.equal(
        view.edges.find(({ edge, status }) => edge.startsWith('edge_Step1_') && status === 'enabled')?.decidedBy,
        'model',
      );
      assert.equal(view.modelCalls, 2);
      assert.match(models.prompts.at(-1) ?? '', /That answer cannot be used/);

      models.script([new Error('Out of quota.')]);
      const prompts = answers({
        decide: async (request) => {
          assert.match(request.model?.because ?? '', /`Scripted` failed: .*Out of quota/);
          return [request.choices[0]?.edge ?? ''];
        },
      });
      api.answerWith(prompts);
      await vscode.commands.executeCommand('tsg.liveRun');
      await until('was asked', () => prompts.asked.length === 1);
      await until('has ended', () => api.run(document.uri)?.view.phase === 'ended');
    });

    it('are not asked without consent, and the engineer is told what the editor said', async () => {
      const { NoPermissions, Blocked, NotFound } = vscode.LanguageModelError;
      for (const [error, told] of [
        [NoPermissions('No consent.'), /you have not allowed TSG Studio to use `Scripted`/],
        [Blocked('Over quota until noon.'), /`Scripted` may not be asked now: Over quota until noon\./],
        [NotFound('Gone.'), /the editor offers `Scripted` no more/],
      ] as const) {
        models.script([error]);
        const prompts = answers({
          decide: async (request) => {
            assert.match(request.model?.because ?? '', told);
            return [request.choices[0]?.edge ?? ''];
          },
        });
        api.answerWith(prompts);
        const { document } = await openGuide('judgement.tsg.md');
        await vscode.commands.executeCommand('tsg.liveRun');
        const view = await ended(document.uri);
        assert.equal(prompts.asked.length, 1);
        assert.deepEqual([view.phase, view.modelCalls], ['ended', 0], 'what was not sent is no call');
        api.answerWith(null);

        models.script([error]);
        const incident = 'The gateway answered with errors.';
        assert.equal(await vscode.commands.executeCommand('tsg.draftGuide', { incident }), undefined);
      }
    });

    it('work a step that says in words what to look at, each call and the finding shown at the step', async () => {
      const nothing = { tool: '', language: '', code: '', finding: '', quotes: [], reason: 'So.' };
      const call = (code: string) => ({ ...nothing, kind: 'call', tool: 'host', language: 'bash', code });
      models.script([
        call('rm -r data'),
        call("printf 'it holds %s files' 12"),
        { ...nothing, kind: 'finding', finding: 'The folder is full.', quotes: ['12 files'] },
        (prompt: string) => {
          assert.match(prompt, /<finding-1>\nThe folder is full\.\n<\/finding-1>/);
          return { edge: 'edge_Step1_Step2', quote: 'it holds 12 files', confidence: 0.9, reason: 'It is full.' };
        },
      ]);
      const { document } = await openGuide('look.tsg.md');
      await vscode.commands.executeCommand('tsg.liveRun');
      const view = await ended(document.uri);
      assert.equal(view.outcome, 'resolved', JSON.stringify(view.requests));
      assert.deepEqual(
        view.steps.find(({ node }) => node === 'Step1')?.actions.map(({ status, effect }) => [status, effect]),
        [
          ['failed', 'write'],
          ['succeeded', 'read'],
        ],
      );
      const shown = await until('shows it at the step', () => {
        const thread = api.output(document.uri)['Step1'];
        return thread?.bodies.some((body) => body.includes('The folder is full')) ? thread : undefined;
      });
      assert.equal(shown.line, 3, 'at its heading, for it has no fence');
      assert.match(shown.bodies.join('\n'), /rm -r data[^]*Refused[^]*a model may only read/);
      assert.match(shown.bodies.join('\n'), /chosen by the model[^]*printf 'it holds %s files' 12/);
    });

    it('draft a guide that opens unsaved, only without errors', async () => {
      const good = newGuideTemplate('Errors of the gateway');
      models.script([{ guide: good.replace('go to Step 2', 'go to Step 7') }, { guide: good }]);
      const incident = 'The gateway answered with errors until a rollback.';
      const document = await vscode.commands.executeCommand<vscode.TextDocument>('tsg.draftGuide', { incident });
      assert.equal(document.getText().trim(), good.trim());
      assert.ok(document.isUntitled && document.uri.path.endsWith('/errors-of-the-gateway.tsg.md'));
      assert.match(models.prompts.at(-1) ?? '', /step\.unknown-target/);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');

      models.script([{ guide: 'x' }, { guide: 'y' }, { guide: 'z' }]);
      assert.equal(await vscode.commands.executeCommand('tsg.draftGuide', { incident }), undefined);
      await until('tells why', () =>
        /No step could be read/.test(vscode.window.activeTextEditor?.document.getText() ?? ''),
      );
    });

    it('propose what a passage says: shown on the graph, accepted as one edit, refused for the session', async () => {
      const { document } = await openGuide('unread.tsg.md');
      const { uri } = document;
      const at = document.getText().indexOf('Pods that');
      const target = { uri: uri.toString(), offset: at };
      const offered = async (): Promise<readonly vscode.CodeAction[]> => {
        const place = new vscode.Range(document.positionAt(at), document.positionAt(at + 4));
        const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          uri,
          place,
        );
        return all.filter(({ command }) => command?.command === 'tsg.propose');
      };
      await until('is offered', async () => (await offered()).length === 1);
      const way = { from: 'Step1', to: 'Step3', outcome: 'none', condition: 'pods restart often', guard: '' };
      const right = { kind: 'ways', ways: [way], quote: 'want the rollback', confidence: 0.9, reason: 'It says so.' };
      const before = document.getText();

      models.script([{ ...right, ways: [{ ...way, to: 'Step9' }] }, right]);
      await vscode.commands.executeCommand('tsg.propose', target);
      assert.match(models.prompts.at(-1) ?? '', /names no step of the plan[\s\S]*Answer again/);
      const proposal = api.proposal(uri);
      assert.equal(proposal?.line?.text, 'If pods restart often, go to Step 3.');
      const sides = await until('is drawn', () => api.previewBoxes(uri) > 0 && api.compared(uri));
      const leads = ({ edges }: { edges: readonly { from: string; to: string }[] }): boolean =>
        edges.some(({ from, to }) => from === 'Step1' && to === 'Step3');
      assert.deepEqual([leads(sides.old), leads(sides.next)], [false, true]);
      assert.equal(document.getText(), before, 'nothing is written before it is accepted');

      await vscode.commands.executeCommand('tsg.acceptProposal', { uri: uri.toString() });
      assert.ok(document.getText().includes('\n\nIf pods restart often, go to Step 3.\n'));
      assert.equal(api.proposal(uri), undefined);
      await until('is read', async () => (await offered()).length === 0);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('undo');
      await until('is as it was, after one undo', () => document.getText() === before);

      models.script([right]);
      await until('is offered again', async () => (await offered()).length === 1);
      await vscode.commands.executeCommand('tsg.propose', target);
      await vscode.commands.executeCommand('tsg.refuseProposal', { uri: uri.toString() });
      assert.deepEqual([api.proposal(uri), document.getText()], [undefined, before]);
      assert.deepEqual(await offered(), [], 'what was refused is not offered again');
    });
  });
}
