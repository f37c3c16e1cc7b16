// The editor's own language models, with a provider that the tests register: judging a run, and proposals for what a guide
// leaves open.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
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
      const view = await until('has a run', () => api.settled(document.uri));
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
  });
}
