// Proposals for passages that could not be read, by a model that is a real server on this machine with scripted answers: what
// is asked, what is sent back, what is written into the guide, and what is kept of it.
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hideSecrets, openModel, type ModelSettings } from '../src/adapters/index.ts';
import { applyEdits } from '../src/diagnostics/index.ts';
import { analyze, type Analysis } from '../src/editing/index.ts';
import { diffPlans } from '../src/plan/index.ts';
import { askAboutPassage, proposalOf, samePassage, unreadPassages } from '../src/propose/index.ts';
import { jsonOf, temporaryFolder, tsg } from './cli/tsg.ts';
import { startModelServer, type ModelAnswer } from './support/model-server.ts';

const key = 'canary-51c0ffee-model-key';
const token = `ghp_${'a1B2c3D4'.repeat(5)}`;
const about = { file: 'pods.md', sha256: '', languages: null };
const guideText = `# Pods

## Step 1 - Look at the pods

\`\`\`sql
SELECT pod, restarts, phase FROM pods
\`\`\`

Pods that restart more than five times want the rollback, if they do so within the hour.

## Step 2 - Add nodes

Add nodes. This resolves the incident.

## Step 3 - Roll back

Roll back. This resolves the incident.
`;

const analysis = analyze(guideText, about);
const passage = unreadPassages(analysis)[0];
const way = {
  from: 'Step1',
  to: 'Step3',
  outcome: 'none',
  condition: 'pods restart more than five times',
  guard: 'rows.exists(r, r.restarts > 5)',
};
const right = {
  kind: 'ways',
  ways: [way],
  quote: 'restart more than five times want the rollback',
  confidence: 0.9,
  reason: 'Pods that restart often are rolled back.',
};

async function ask(script: readonly ModelAnswer[], of: Analysis = analysis, more: Partial<ModelSettings> = {}) {
  const server = await startModelServer(script);
  try {
    const settings = { baseUrl: server.baseUrl, name: 'judge-1', apiKey: { env: 'MODEL_KEY' }, timeout: 20_000 };
    const terms = { maxCalls: 20, confidence: 0.8, judge: 'ask', ...settings, ...more } as ModelSettings;
    const model = openModel(terms, { env: { MODEL_KEY: key } });
    const one = unreadPassages(of)[0];
    assert.ok(model && one);
    const options = { about, mask: hideSecrets };
    const conversation = await askAboutPassage(model, of, one, options, new AbortController().signal);
    const { end } = conversation;
    const proposal = end.kind === 'answer' ? proposalOf(of, about, one, end.value) : null;
    return { conversation, proposal, seen: server.seen };
  } finally {
    await server.close();
  }
}

describe('proposals', function () {
  this.timeout(60_000);

  it('ask about a passage with its surroundings, the plan so far and the columns, in a schema', async () => {
    assert.ok(passage);
    const { seen, conversation } = await ask([{ say: right }]);
    const [system, user] = seen[0]?.body.messages ?? [];
    assert.match(system?.content ?? '', /never an instruction/);
    for (const words of [
      passage.text,
      'SELECT pod, restarts',
      'columns: pod, restarts, phase',
      'Step1 -> ',
      passage.reason,
    ])
      assert.ok(user?.content.includes(words), words);
    const schema = JSON.stringify(seen[0]?.body.response_format?.json_schema?.schema);
    assert.ok(
      schema.includes('"enum":["Step1","Step2","Step3"]') && schema.includes('"enum":["Step1","Step2","Step3","end"]'),
    );
    assert.deepEqual([conversation.calls, conversation.tokens.input], [1, 100]);
  });

  it('become a line in the guide that compiles to what was proposed, and silence the passage', async () => {
    const { proposal } = await ask([{ say: right }]);
    assert.ok(proposal?.line);
    assert.equal(
      proposal.line.text,
      'If pods restart more than five times (`rows.exists(r, r.restarts > 5)`), go to Step 3.',
    );
    const text = applyEdits(guideText, proposal.line.edits);
    assert.ok(text.includes(`\n\n${proposal.line.text}\n\n## Step 2`));
    const after = analyze(text, about);
    assert.deepEqual(unreadPassages(after), []);
    const edge = after.plan.edges.find(({ from, to }) => from === 'Step1' && to === 'Step3');
    assert.deepEqual(edge?.guard?.kind === 'cel' && [edge.guard.cel, edge.guard.origin], [way.guard, 'author']);
    assert.equal(after.diagnostics.filter(({ severity }) => severity === 'error').length, 0);
    assert.ok(passage && samePassage(passage, analysis) === passage && samePassage(passage, after) === undefined);
    assert.ok(diffPlans(analysis.plan, proposal.plan).changes.some(({ kind }) => kind === 'edge-added'));
  });

  const sentBack: readonly [name: string, answer: object | string, told: RegExp][] = [
    ['no JSON', 'Roll back, I think.', /not a JSON object/],
    ['a kind that is none', { ...right, kind: 'maybe' }, /`kind` is none of/],
    ['a step that does not exist', { ...right, ways: [{ ...way, to: 'Step9' }] }, /Way 1: `to` names no step.*Step9/],
    ['a way from the end', { ...right, ways: [{ ...way, from: 'end' }] }, /`from` names no step/],
    ['an end without an outcome', { ...right, ways: [{ ...way, to: 'end' }] }, /`outcome` of a way to the end/],
    [
      'a way back without a condition',
      { ...right, ways: [{ ...way, from: 'Step2', to: 'Step1', guard: '', condition: '' }] },
      /leads back from Step2 to Step1, but names no condition/,
    ],
    [
      'a way back that is taken otherwise',
      { ...right, ways: [{ ...way, to: 'Step1', guard: '', condition: 'otherwise' }] },
      /leads back from Step1 to Step1, but names no condition/,
    ],
    [
      'a way back without end',
      { ...right, ways: [{ ...way, to: 'Step1', times: 1e6 }] },
      /`times` is not a whole number from 0 to 100/,
    ],
    [
      'a guard on a missing column',
      { ...right, ways: [{ ...way, guard: 'rows.exists(r, r.restart > 5)' }] },
      /no column `restart`.*`restarts`/,
    ],
    [
      'a guard that is no condition',
      { ...right, ways: [{ ...way, guard: 'rowCount + 1' }] },
      /must give true or false/,
    ],
    ['a guard without words', { ...right, ways: [{ ...way, condition: '' }] }, /needs the words/],
    ['markup in the words', { ...right, ways: [{ ...way, condition: 'so <!-- x -->' }] }, /not plain words/],
    ['a quote from elsewhere', { ...right, quote: 'Add nodes' }, /does not stand in the passage/],
    ['no ways', { ...right, ways: [] }, /`ways` is missing or empty/],
    ['a confidence above 1', { ...right, confidence: 90 }, /not a number from 0 to 1/],
  ];
  for (const [name, answer, told] of sentBack)
    it(`send ${name} back with what is wrong, twice at most`, async () => {
      const again = await ask([{ say: answer }, { say: right }]);
      assert.equal(again.conversation.end.kind, 'answer');
      assert.match(again.seen[1]?.body.messages.at(-1)?.content ?? '', told);
      const never = await ask([{ say: answer }, { say: answer }, { say: answer }, { say: right }]);
      const { end, calls } = never.conversation;
      assert.match(end.kind === 'unusable' ? end.problem : '', told);
      assert.deepEqual([calls, never.seen.length, never.proposal], [3, 3, null]);
    });

  for (const [times, max, says] of [
    [0, 3, 'go back to Step 1.'],
    [5, 5, 'go back to Step 1, up to 5 times.'],
  ] as const)
    it(`make a loop that is gone at most ${max} times of a way back, as the compiler does`, async () => {
      const back = { ...way, to: 'Step1', times };
      const { proposal } = await ask([{ say: { ...right, ways: [back] } }]);
      assert.ok(proposal?.line);
      assert.ok(proposal.line.text.endsWith(says), proposal.line.text);
      const after = analyze(applyEdits(guideText, proposal.line.edits), about);
      assert.deepEqual(
        after.plan.repeats.map(({ from, to, max, guard }) => [from, to, max, guard?.kind === 'cel' && guard.cel]),
        [['Step1', 'Step1', max, way.guard]],
      );
      assert.ok(!after.diagnostics.some(({ severity }) => severity === 'error'));
    });

  it('take a refusal, a server that is down and one that is slow at their word', async () => {
    assert.equal((await ask([{ refuse: 'No.' }])).conversation.end.kind, 'refused');
    assert.equal((await ask([{ status: 403 }])).conversation.end.kind, 'failed');
    const slow = (await ask(['stall'], analysis, { timeout: 300 })).conversation.end;
    assert.match(slow.kind === 'failed' ? slow.message : '', /did not answer within 0.3 s/);
    const once = { status: 429, headers: { 'retry-after-ms': '1' } };
    assert.equal((await ask([once, 'cut-stream', { say: right }])).conversation.end.kind, 'answer');
  });

  it('that a passage is advice silences its finding and changes no way', async () => {
    const { proposal } = await ask([{ say: { ...right, kind: 'advice', ways: [], quote: '' } }]);
    assert.match(proposal?.line?.text ?? '', /tsg-disable-line plan.not-read/);
    const after = analyze(applyEdits(guideText, proposal?.line?.edits ?? []), about);
    assert.deepEqual(unreadPassages(after), []);
    assert.ok(diffPlans(analysis.plan, after.plan).changes.every(({ kind }) => !kind.startsWith('edge')));
  });

  it('stay proposals where no line comes out as meant', async () => {
    const taken = { ...way, condition: 'it is so and escalate', guard: '' };
    const { proposal } = await ask([{ say: { ...right, ways: [taken] } }]);
    assert.ok(proposal);
    if (proposal.line === null)
      assert.ok(proposal.plan.edges.some(({ condition }) => condition === 'if it is so and escalate'));
    else
      assert.ok(
        proposal.line.plan.edges.some(({ to, condition }) => to === 'Step3' && condition?.includes(taken.condition)),
      );
  });

  it('are written into items, quotes and guides with CRLF without breaking them', async () => {
    const item = guideText.replace('Pods that', '1. Look again.\n   - Note the phase.\n   - Pods that');
    const quote = guideText.replace('Pods that', '> Mind this.\n>\n> Pods that');
    for (const text of [item, quote, guideText.replaceAll('\n', '\r\n')]) {
      const of = analyze(text, about);
      const from = unreadPassages(of)[0]?.node ?? 'Step1';
      const { proposal } = await ask([{ say: { ...right, ways: [{ ...way, from, guard: '' }] } }], of);
      assert.ok(proposal?.line, text);
      const after = analyze(applyEdits(text, proposal.line.edits), about);
      assert.ok(after.plan.edges.some((edge) => edge.from === from && edge.to === 'Step3'));
      assert.deepEqual(unreadPassages(after), []);
      assert.equal(/[^\r]\n/.test(applyEdits(text, proposal.line.edits)), !text.includes('\r\n'));
    }
  });

  describe('on the command line', () => {
    async function propose(script: readonly ModelAnswer[], ...flags: string[]) {
      const folder = temporaryFolder();
      const server = await startModelServer(script);
      try {
        writeFileSync(
          join(folder.path, 'pods.md'),
          guideText.replace('# Pods\n', `# Pods\n\nThe token is ${token}.\n`),
        );
        const price = '\n  price: { input: 10, output: 100, currency: EUR }';
        const model = `model:\n  baseUrl: ${server.baseUrl}\n  name: judge-1\n  apiKey: { env: TSG_TEST_MODEL_KEY }${price}\n`;
        writeFileSync(join(folder.path, 'tsg.yaml'), model);
        const env = { TSG_TEST_MODEL_KEY: key };
        const end = await tsg(['propose', 'pods.md', ...flags], { cwd: folder.path, env });
        const place = join(folder.path, '.tsg', 'model');
        const journal = existsSync(place)
          ? readdirSync(place)
              .map((name) => readFileSync(join(place, name), 'utf8'))
              .join('')
          : '';
        return { ...end, journal, seen: server.seen, guide: readFileSync(join(folder.path, 'pods.md'), 'utf8') };
      } finally {
        await server.close();
        folder.remove();
      }
    }

    it('prints proposals and their cost, and edits nothing', async () => {
      const { code, out, guide } = await propose([{ say: right }]);
      assert.equal(code, 0);
      assert.match(out, /^line 11: Pods that restart/);
      assert.match(out, /\+ Step1: Look at the pods: on to Step3 when `if pods restart/);
      assert.match(out, /to write: If pods restart more than five times \(`rows/);
      assert.match(out, /1 passage asked about, 0 written; 1 call, 100 tokens sent, 7 answered, 0\.001700 EUR/);
      assert.ok(!guide.includes('go to Step 3'));
    });

    it('writes what the model is sure of with --write, and nothing else', async () => {
      const sure = await propose([{ say: right }], '--write', '--json');
      const { proposals } = jsonOf(sure) as unknown as {
        proposals: { written: boolean; text: string; answer: object }[];
      };
      assert.deepEqual([sure.code, proposals[0]?.written], [0, true]);
      assert.ok(sure.guide.includes(`\n${proposals[0]?.text}\n`));
      const unsure = await propose([{ say: { ...right, confidence: 0.5 } }], '--write');
      assert.ok(!unsure.guide.includes('go to Step 3'));
    });

    it('keeps what was asked and said in a journal of its own, without key or token', async () => {
      const echo = { echo: (headers: object) => ({ ...right, reason: JSON.stringify(headers) }) };
      const { journal, out, err, seen } = await propose([{ say: 'no' }, echo]);
      const lines = journal
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { said: { role: string }[]; cost: object });
      assert.equal(lines.length, 1);
      assert.deepEqual(
        lines[0]?.said.map(({ role }) => role),
        ['system', 'user', 'assistant', 'user', 'assistant'],
      );
      assert.deepEqual(lines[0]?.cost, { amount: 0.0034, currency: 'EUR' });
      assert.equal(seen[0]?.headers.authorization, `Bearer ${key}`);
      for (const text of [journal, out, err]) assert.ok(!text.includes(key) && !text.includes(token));
      assert.ok(!JSON.stringify(seen.map(({ body }) => body)).includes(token), 'what looks like a secret is not sent');
    });

    it('says what to do without a model, and tells when it cannot be asked', async () => {
      const folder = temporaryFolder();
      try {
        writeFileSync(join(folder.path, 'pods.md'), guideText);
        const { code, err } = await tsg(['propose', 'pods.md'], { cwd: folder.path });
        assert.equal(code, 2);
        assert.match(err, /no model is configured[\s\S]*baseUrl/);
      } finally {
        folder.remove();
      }
      const down = await propose([{ status: 403, message: 'Not you.' }]);
      assert.equal(down.code, 4);
      assert.match(down.out, /no proposal: its server answered 403: Not you/);
    });
  });
});
