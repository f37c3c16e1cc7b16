// Every kind of completion in the editor, and one that is accepted as a person accepts it.
import * as assert from 'node:assert';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { comesTo, labelOf, offeredAt, writeGuide, type WrittenGuide } from './asking.ts';
import { answers, extensionApi, file, until, type TestApi } from './editor.ts';

const text = `---
title: Queue lag
parameters:
  - name: queue
    type: string
    default: orders
---

# Queue lag

## Step 1 - Measure the lag

\`\`\`sql as=lags
SELECT note, latency_ms FROM requests WHERE note = '{queue}'
\`\`\`

If \`rows.size() > 0\`, go to Step 2.

Otherwise, go to Step 3.

## Step 2 - Restart the consumer

\`\`\`bash
systemctl restart consumer
\`\`\`

Needs approval. Undo: start the old consumer. This mitigates the incident.

## Step 3 - Ask the owners

Say what [was found](#step-1---measure-the-lag): \`1 == 1\`. Escalate to the owners.
`;

export function completionTests(): void {
  describe('completion', () => {
    let api: TestApi;
    let guide: WrittenGuide;
    before(async () => {
      api = await extensionApi();
      guide = await writeGuide('completion.tsg.md', text);
    });
    afterEach(() => guide.restore());
    after(() => guide.remove());

    /** What is offered where the bar stands in the words that take the place of others. */
    const offers = async (
      what: string,
      words: string,
      others: string,
      expected: readonly string[],
      trigger?: string,
    ): Promise<void> => {
      const [head = '', tail = ''] = others.split('|');
      const start = guide.document.offsetAt(guide.at(words));
      await guide.replace(words, head + tail);
      const position = guide.document.positionAt(start + head.length);
      await comesTo(`offers ${what}`, async () => (await offeredAt(guide, position, trigger)).map(labelOf), [
        ...expected,
      ]);
      await guide.restore();
    };

    it('offers keys of the front matter that are not given yet, and the values of some', async () => {
      await offers('keys of the guide', 'title: Queue lag\n', 'title: Queue lag\n|\n', ['owner', 'alerts', 'verified']);
      await offers('keys of a parameter', '    default: orders', '    |', [
        'description',
        'default',
        'examples',
        'required',
        'pattern',
        'secret',
      ]);
      const types = ['string', 'number', 'integer', 'boolean', 'timestamp', 'duration'];
      await offers('types', '    type: string', '    type: |', types, ' ');
      await offers('yes and no', '    default: orders', '    secret: |', ['true', 'false'], ' ');
    });

    it('offers languages, settings and their values where a code block opens', async () => {
      await guide.replace('```sql as=lags', '``` as=lags');
      // Those that the tools of tsg.yaml speak come first.
      await comesTo(
        'offers languages',
        async () => (await offeredAt(guide, guide.at('``` as', 3))).map(labelOf),
        'sql bash sh shell console http promql logql kusto powershell python json yaml text'.split(' '),
      );
      await guide.restore();
      await offers('settings', '```sql as=lags', '```sql as=lags |', ['tool', 'dialect', 'timeout', 'retries'], ' ');
      const dialects = ['postgres', 'mysql', 'duckdb', 'sqlite'];
      await offers('dialects', '```sql as=lags', '```sql dialect=|', dialects, '=');
      await offers('the tool of the language', '```bash', '```bash tool=|', ['host'], '=');
    });

    it('offers in back-ticks what a guard may read', async () => {
      await offers('roots', '`1 == 1`', '`|`', ['params', 'steps', 'results', 'queue'], '`');
      await offers('parameters', '`1 == 1`', '`params.|`', ['queue'], '.');
      await offers('steps before this one', '`1 == 1`', '`steps.|`', ['Step2', 'Step1'], '.');
      await offers('results', '`1 == 1`', '`results.|`', ['lags'], '.');
      await offers('members', '`1 == 1`', '`results.lags.|`', ['rows', 'columns', 'rowCount'], '.');
      const methods = ['exists', 'all', 'exists_one', 'filter', 'map', 'size'];
      await offers('methods of lists', '`1 == 1`', '`results.lags.rows.|`', methods, '.');
      const columns = ['note', 'latency_ms'];
      await offers('columns', '`1 == 1`', '`results.lags.rows.exists(r, r.|`', columns, '.');
    });

    it('offers headings in a link, steps after "go to" and whole steps at the start of a line', async () => {
      const anchors = ['#queue-lag', '#step-1---measure-the-lag', '#step-2---restart-the-consumer'];
      await offers('headings', '(#step-1---measure-the-lag)', '(#|)', [...anchors, '#step-3---ask-the-owners'], '#');
      await offers('steps', 'go to Step 3', 'go to |', ['Step 2', 'Step 3', 'Step 1'], ' ');
      const steps = ['query', 'command'].map((one) => `step with a ${one}`);
      await offers('steps', 'Escalate to the owners.\n', 'Escalate to the owners.\n\n#|', [
        ...steps,
        'step that changes something',
        'step that ends the guide',
      ]);
      await guide.replace('Escalate to the owners.\n', 'Escalate to the owners.\n\n- \n');
      const sentences = await until('offers sentences', async () => {
        const found = (await offeredAt(guide, guide.at('\n\n- \n', 4))).map(labelOf);
        return found.length > 0 && found;
      });
      for (const one of ['If …, go to Step …', 'Needs approval.', 'Undo: …', 'This resolves the incident.'])
        assert.ok(sentences.includes(one), sentences.join(', '));
      assert.ok(!sentences.includes('step with a query'), 'an item is no place for a whole step');
    });

    it('has a whole step accepted: with the next number, and a place to go on writing', async () => {
      await guide.replace('Escalate to the owners.\n', 'Escalate to the owners.\n\nstep');
      const { document } = guide;
      const end = document.positionAt(document.getText().length);
      const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      editor.selection = new vscode.Selection(end, end);
      await vscode.commands.executeCommand('editor.action.triggerSuggest');
      await until('is accepted', async () => {
        await vscode.commands.executeCommand('acceptSelectedSuggestion');
        return document.getText().includes('## Step 4');
      });
      const [, made] = document.getText().split('Escalate to the owners.\n\n');
      assert.strictEqual(
        made?.trimEnd(),
        '## Step 4 - Title\n\n```sql\nSELECT 1\n```\n\nIf the query returns no rows, go to Step 5.\n\nOtherwise, escalate to the owners.',
      );
      assert.strictEqual(document.getText(editor.selection), 'Title');
      await vscode.commands.executeCommand('leaveSnippet');
    });

    it('offers the words that can go on in a query, and the values that came back in the latest run', async () => {
      await guide.replace("WHERE note = '{queue}'", 'WHERE status_code > 0 ');
      await comesTo(
        'offers words',
        async () => (await offeredAt(guide, guide.at('status_code > 0 ', 16))).map(labelOf).includes('GROUP BY'),
        true,
      );
      await guide.restore();

      await guide.replace("SELECT note, latency_ms FROM requests WHERE note = '{queue}'", 'SELECT note FROM requests');
      api.answerWith(answers({ approve: async () => undefined }));
      await vscode.commands.executeCommand('tsg.liveRun', { uri: guide.document.uri.toString() });
      await until('has found something', () => {
        const step = api.run(guide.document.uri)?.view.steps.find(({ node }) => node === 'Step1');
        return step?.status === 'succeeded';
      });
      const rows = api.run(guide.document.uri)?.view.steps[0]?.actions[0]?.result?.rows ?? [];
      const notes = new Set(rows.map(({ note }) => note).filter((note) => typeof note === 'string' && note !== ''));
      assert.ok(notes.size > 1);
      await vscode.commands.executeCommand('tsg.stop', { uri: guide.document.uri.toString() });
      await until('has ended', () => api.run(guide.document.uri)?.view.phase === 'ended');
      api.answerWith(null);
      await guide.replace('`rows.size() > 0`', "`rows.exists(r, r.note == '')`");
      await comesTo(
        'offers what stood in the column',
        async () => new Set((await offeredAt(guide, guide.at("== ''", 4), "'")).map(labelOf)),
        notes as Set<string>,
      );
      await vscode.commands.executeCommand('tsg.clearOutput', { uri: guide.document.uri.toString() });
    });
  });

  describe('metrics', () => {
    let api: TestApi;
    const folder = 'metrics';
    let guide: WrittenGuide;
    let server: Server;
    before(async () => {
      api = await extensionApi();
      const start = Date.parse('2025-03-18T07:00:00Z') / 1000;
      const data: Readonly<Record<string, unknown>> = {
        '/api/v1/label/__name__/values': ['http_requests_total', 'up'],
        '/api/v1/labels': ['__name__', 'job', 'instance'],
        '/api/v1/query_range': {
          resultType: 'matrix',
          result: [
            {
              metric: { job: 'api' },
              values: Array.from({ length: 12 }, (_, at) => [start + at * 60, String(at % 5)]),
            },
          ],
        },
        '/api/v1/metadata': { up: [{ type: 'gauge', help: 'Whether it answers', unit: '' }] },
      };
      server = createServer(({ url = '' }, answer) => {
        const found = data[url.split('?')[0] ?? ''];
        answer.statusCode = found === undefined ? 404 : 200;
        answer.end(JSON.stringify({ status: found === undefined ? 'error' : 'success', data: found }));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      mkdirSync(file(folder).fsPath);
      const settings = `tools:\n  metrics: { kind: prometheus, baseUrl: 'http://127.0.0.1:${String(port)}' }\n`;
      writeFileSync(file(`${folder}/tsg.yaml`).fsPath, settings);
      guide = await writeGuide(
        `${folder}/metrics.tsg.md`,
        '# Up\n\n## Step 1 - Look\n\n```promql\nsum by (job) (up{job="api"})\n```\n\nThis resolves the incident.\n',
      );
    });
    after(async () => {
      await guide.remove();
      server.close();
      rmSync(file(folder).fsPath, { recursive: true, force: true });
    });

    it('over time are drawn at their step, and told in words for who does not see the picture', async () => {
      await guide.replace('sum by (job)', '# from: 2025-03-18T07:00:00Z\n# to: 2025-03-18T07:12:00Z\nsum by (job)');
      const { uri } = guide.document;
      await vscode.commands.executeCommand('tsg.liveRun', { uri: uri.toString() });
      await until('has ended', () => api.run(uri)?.view.phase === 'ended');
      assert.strictEqual(api.run(uri)?.view.outcome, 'resolved', JSON.stringify(api.run(uri)?.view.steps));
      const drawn = await until('draws them', () =>
        /!\[([^\]]+)\]\(data:image\/svg\+xml;charset=utf-8,([^)]+)\)/.exec(
          api.output(uri)['Step1']?.bodies.join('\n') ?? '',
        ),
      );
      assert.match(drawn[1] ?? '', /api/);
      assert.match(decodeURIComponent(drawn[2] ?? ''), /^<svg[^]*<(?:path|polyline)/);
      await vscode.commands.executeCommand('tsg.clearOutput', { uri: uri.toString() });
      await guide.restore();
    });

    it('offers those of the server, what they mean, and its labels', async () => {
      await guide.replace('(up{', '(');
      const position = guide.at('(job) (', 7);
      const items = await until('offers metrics', async () => {
        const found = await offeredAt(guide, position);
        return found.some((item) => labelOf(item) === 'up') && found;
      });
      const up = items.find((item) => labelOf(item) === 'up');
      assert.deepStrictEqual(up?.label, { label: 'up', description: 'gauge: Whether it answers' });
      assert.ok(items.some((item) => labelOf(item) === 'http_requests_total'));
      await guide.restore();
      await comesTo(
        'offers labels to group by',
        async () => (await offeredAt(guide, guide.at('by (job', 4), '(')).map(labelOf).sort(),
        ['instance', 'job'],
      );
      await comesTo(
        'offers labels between braces',
        async () => (await offeredAt(guide, guide.at('up{', 3), '{')).map(labelOf).sort(),
        ['instance', 'job'],
      );
    });
  });
}
