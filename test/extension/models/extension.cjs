// An extension beside the one under test that offers a language model, as other extensions do. It answers by a script that the
// tests write through its exports; test/extension/editor-models.ts says in which form.
const vscode = require('vscode');

exports.activate = (context) => {
  let left = [];
  const prompts = [];
  const provider = {
    provideLanguageModelChatInformation: () => [
      {
        id: 'scripted-1',
        name: 'Scripted',
        family: 'scripted',
        version: '1',
        maxInputTokens: 100_000,
        maxOutputTokens: 10_000,
        capabilities: {},
        isUserSelectable: true,
      },
    ],
    async provideLanguageModelChatResponse(_model, messages, _options, progress, token) {
      const parts = messages.flatMap(({ content }) => content);
      const prompt = parts.map((part) => (typeof part.value === 'string' ? part.value : '')).join('\n');
      prompts.push(prompt);
      const next = left.shift() ?? new Error('The script is over.');
      if (next === 'hang') {
        await new Promise((resolve) => token.onCancellationRequested(resolve));
        return;
      }
      if (next instanceof Error) throw next;
      const said = typeof next === 'function' ? next(prompt) : next;
      const text = typeof said === 'string' ? said : JSON.stringify(said);
      for (const piece of text.match(/[\s\S]{1,9}/g) ?? []) progress.report(new vscode.LanguageModelTextPart(piece));
    },
    provideTokenCount: async (_model, text) => Math.ceil(JSON.stringify(text).length / 4),
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('tsg-test', provider));
  return { prompts, script: (answers) => (left = [...answers]) };
};
