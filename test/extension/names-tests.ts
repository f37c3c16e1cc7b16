// Names in a guide - parameters, results, steps - and what is told of them: definition, references, renaming, links and hovers.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { comesTo, hoversAt, writeGuide, type WrittenGuide } from './asking.ts';
import { extensionApi, file, until } from './editor.ts';

const text = `---
title: Queue lag
owner: messaging
parameters:
  - name: queue
    type: string
    description: The queue that lags
    default: orders
  - name: limit
    type: integer
    default: 500
---

# Queue lag

The parameter \`queue\` names it; see \`small.tsg.md\`. <!-- tsg-disable-line step.passive -->

## Step 1 - Measure the lag

\`\`\`sql as=lags tool=telemetry
SELECT note, latency_ms FROM requests WHERE note = '{queue}' AND latency_ms > {limit}
\`\`\`

If \`results.lags.rowCount > 0\`, go to Step 2.

Otherwise, go to Step 4.

## Step 2 - Restart the consumer

\`\`\`bash
systemctl restart consumer
\`\`\`

Needs approval. Undo: start the old consumer. If the exit code is 0, go to Step 3.

Otherwise, go to Step 4.

## Step 3 - Measure again

\`\`\`bash
echo {limit}
\`\`\`

If the picture looks odd to you, go back to Step 2, at most 2 times.

Otherwise, this resolves the incident.

## Step 4 - Ask the owners

Repeat what [Measure the lag](#step-1---measure-the-lag) found: \`results.lags.rows.size() > 0\`. Escalate to the owners.
`;

export function namesTests(): void {
  describe('names in a guide', () => {
    let guide: WrittenGuide;
    before(async () => {
      await extensionApi();
      guide = await writeGuide('names.tsg.md', text);
    });
    afterEach(() => guide.restore());
    after(() => guide.remove());

    const definitions = async (position: vscode.Position): Promise<string[]> => {
      const found = await guide.ask<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        position,
      );
      return found.map((one) => guide.place('targetRange' in one ? one.targetRange : one.range));
    };
    const references = async (position: vscode.Position): Promise<string[]> => {
      const found = await guide.ask<vscode.Location[]>('vscode.executeReferenceProvider', position);
      return found.map(({ range }) => guide.place(range));
    };
    const rename = async (position: vscode.Position, name: string): Promise<void> => {
      const edit = await until('renames', () =>
        guide.ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', position, name),
      );
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    const lines = (words: string): string[] =>
      guide.document
        .getText()
        .split('\n')
        .filter((line) => line.includes(words));

    it('lead from a placeholder and from words to the parameter, and from a guard to the result', async () => {
      await comesTo('leads from code', () => definitions(guide.at('{queue}', 2)), ['5 queue']);
      await comesTo('leads from words', () => definitions(guide.at('`queue` names', 2)), ['5 queue']);
      await comesTo('leads from a guard', () => definitions(guide.at('results.lags.rowCount', 9)), ['20 lags']);
      // A sentence leads where it sends, on and back.
      await comesTo('leads on', () => definitions(guide.at('Otherwise, go to Step 4', 3)), [
        '48 Step 4 - Ask the owners',
      ]);
      await comesTo('leads back', () => definitions(guide.at('If the picture', 4)), [
        '28 Step 2 - Restart the consumer',
      ]);
    });

    it('have their references found: those of a parameter and of a result', async () => {
      await comesTo('finds the parameter', () => references(guide.at('name: limit', 7)), [
        '9 limit',
        '21 limit',
        '41 limit',
      ]);
      await comesTo('finds the result', () => references(guide.at('as=lags', 4)), ['20 lags', '24 lags', '50 lags']);
      const lit = await guide.ask<vscode.DocumentHighlight[]>(
        'vscode.executeDocumentHighlights',
        guide.at('results.lags.rowCount', 9),
      );
      const { Read, Write } = vscode.DocumentHighlightKind;
      assert.deepStrictEqual(
        lit.map(({ range, kind }) => [guide.place(range), kind]),
        [
          ['20 lags', Write],
          ['24 lags', Read],
          ['50 lags', Read],
        ],
      );
    });

    it('are renamed everywhere: a result, and a title with the anchor that follows from it', async () => {
      await rename(guide.at('results.lags.rows', 9), 'waits');
      assert.deepStrictEqual(lines('waits').length, 3);
      assert.deepStrictEqual(lines('lags'), ['    description: The queue that lags']);
      await rename(guide.at('## Step 1 - Measure the lag', 14), 'See what waits');
      assert.deepStrictEqual(lines('See what waits'), ['## Step 1 - See what waits']);
      assert.deepStrictEqual(lines('#step-1---see-what-waits').length, 1);
    });

    it('say what can be renamed before they are, and what cannot', async () => {
      const prepare = (position: vscode.Position) =>
        guide.ask<{ range: vscode.Range; placeholder: string } | undefined>('vscode.prepareRename', position);
      const ready = await until('is ready', () => prepare(guide.at('as=lags', 4)));
      assert.deepStrictEqual([guide.place(ready.range), ready.placeholder], ['20 lags', 'lags']);
      await assert.rejects(
        async () => prepare(guide.at('systemctl', 2)),
        /Nothing here has a name that can be changed/,
      );
      // A name that is taken changes nothing, and no other provider makes something else of it.
      const refused = await guide.ask<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        guide.at('name: limit', 7),
        'queue',
      );
      assert.strictEqual(refused.size, 0);
    });

    it('of other guides link to their files', async () => {
      await comesTo(
        'links',
        async () => {
          const links = await guide.ask<vscode.DocumentLink[]>('vscode.executeLinkProvider', 100);
          const all = links.map((one) => `${guide.place(one.range)} ${String(one.target)}`);
          return all.filter((one) => one.startsWith('16 small'));
        },
        [`16 small.tsg.md ${file('small.tsg.md').toString()}`],
      );
    });

    it('tell on hover what they are: a way, its guard, a parameter, a result, a setting, a key, a silenced code', async () => {
      const told = async (words: string, inside: number): Promise<string[]> => {
        const [found = ''] = await hoversAt(guide, guide.at(words, inside));
        return found.split(/\s*\n+\s*/);
      };
      const tells = (words: string, inside: number, expected: readonly string[]): Promise<void> =>
        comesTo(`tells of ${words}`, () => told(words, inside), [...expected]);

      await tells('If `results', 1, [
        '“if results\\.lags\\.rowCount \\> 0” → `Step2` Restart the consumer',
        'Decided by its guard: `results.lags.rowCount > 0`.',
      ]);
      await tells('If the exit code', 4, [
        '“if the exit code is 0” → `Step3` Measure again',
        'Decided by a guard inferred from the sentence: `exitCode == 0` (the command succeeds).',
      ]);
      await tells('If the picture', 4, [
        '“if the picture looks odd to you” → again, at most 2 times → `Step2` Restart the consumer',
        'Decided by a person: subjective: `odd`.',
      ]);
      await tells('Otherwise, go to Step 4', 3, [
        '“otherwise” → `Step4` Ask the owners',
        'Taken when no other condition of the step holds.',
      ]);
      await tells('{queue}', 2, [
        '`queue` · string · may be left out',
        'The queue that lags',
        'Default: `orders`. Used by `Step1.1`.',
      ]);
      await tells('as=lags', 4, [
        'Result `lags` of `Step1.1`',
        '`sql` · tool `telemetry` · only reads · needs `queue`, `limit`',
      ]);
      await tells('as=lags', 1, ['`as`: keep the result under this name for later guards.']);
      await tells('owner:', 2, ['`owner`: who keeps it.']);
      const [code, title, ...page] = await told('step.passive', 3);
      assert.deepStrictEqual([code, title], ['`step.passive` · told as a hint', 'Advice that does not say how']);
      assert.ok(page.join(' ').length > 80, 'the page of the code says more');
    });

    it('tell of a step what it does, and each way that leaves it', async () => {
      await comesTo('tells', async () => (await hoversAt(guide, guide.at('## Step 2', 12)))[0]?.split(/\s*\n+\s*/), [
        '**Restart the consumer** · `Step2`',
        'Needs approval\\. Undo\\: start the old consumer\\. If the exit code is 0, go to Step 3\\. Otherwise, go to Step 4\\.',
        '- `bash` · may write: asks before it runs',
        'Waits for approval.',
        'Undo: start the old consumer\\.',
        '- “if the exit code is 0” → `Step3` Measure again',
        'Decided by a guard inferred from the sentence: `exitCode == 0` (the command succeeds).',
        '- “otherwise” → `Step4` Ask the owners',
        'Taken when no other condition of the step holds.',
      ]);
    });
  });
}
