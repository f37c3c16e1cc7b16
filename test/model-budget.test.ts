// What a model may use up of tokens, time and money: counted from what a real server on this machine reports, estimated where
// it reports nothing, kept over a resumption, and told when it is used up.
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJudge, type ModelSettings } from '../src/adapters/index.ts';
import { estimateMessages, estimateTokens, useWords } from '../src/model/index.ts';
import {
  budgetLeft,
  type BudgetShare,
  type JudgeAnswer,
  type JudgeQuestion,
  nothingSpent,
  replayJournal,
  resumeLiveRun,
  type RunView,
  startLiveRun,
} from '../src/run/index.ts';
import { jsonOf, temporaryFolder, tsg } from './cli/tsg.ts';
import { startModelServer, type ModelAnswer, type ModelServer } from './support/model-server.ts';
import { readPlanText } from './support/plan-text.ts';
import { idle, newWorld, type World } from './support/puppets.ts';

const question: JudgeQuestion = {
  node: 'Step1',
  title: 'Look at the disk',
  description: 'See how full it is.',
  evidence: '/dev/sda1 is at 97 percent',
  choices: [{ edge: 'edge_Step1_end', condition: 'if the disk looks worryingly full' }],
  maxCalls: 3,
};
const right = { edge: 'edge_Step1_end', quote: '97 percent', confidence: 0.95, reason: 'It is nearly full.' };
const price = { input: 1000, output: 1000, currency: 'EUR' };

function judgeAt({ baseUrl }: ModelServer, more: Partial<ModelSettings>) {
  const terms = { timeout: 20_000, maxCalls: 20, confidence: 0.8, judge: 'ask', steps: 'off', stepCalls: 5 } as const;
  const judge = openJudge({ baseUrl, name: 'judge-1', ...terms, ...more }, { env: {} });
  assert.ok(judge);
  return judge;
}

/** Puts the question once, within a share. */
async function ask(
  script: readonly ModelAnswer[],
  within?: BudgetShare,
  more: Partial<ModelSettings> = {},
): Promise<{ readonly answer: JudgeAnswer; readonly server: ModelServer }> {
  const server = await startModelServer(script);
  try {
    const put = { ...question, ...(within && { within }) };
    return { answer: await judgeAt(server, more).judge(put, new AbortController().signal), server };
  } finally {
    await server.close();
  }
}

const becauseOf = ({ judgement }: JudgeAnswer): string =>
  judgement.kind === 'unsure' ? judgement.because : 'it judged';

describe('what a model uses up', function () {
  this.timeout(60_000);

  it('is what the server reports, in pieces or whole', async () => {
    const usage = { prompt_tokens: 812, completion_tokens: 31 };
    for (const reply of [
      { say: right, usage },
      { sayWhole: right, usage },
    ]) {
      const { answer } = await ask([reply], undefined, { price });
      assert.deepEqual(answer.tokens, { input: 812, output: 31 });
      assert.deepEqual(answer.cost, { amount: 0.843, currency: 'EUR' });
      assert.ok(answer.tookMs !== undefined && answer.tookMs >= 0);
    }
  });

  it('is estimated, and called so, where the server reports nothing or nought', async () => {
    const nought = { prompt_tokens: 0, completion_tokens: 0 };
    for (const reply of [
      { say: right, usage: null },
      { sayWhole: right, usage: null },
      { say: right, usage: nought },
    ]) {
      const { answer } = await ask([reply]);
      assert.deepEqual(answer.tokens, {
        input: estimateMessages(answer.said.slice(0, 2)),
        output: estimateTokens(JSON.stringify(right)),
        estimated: true,
      });
    }
    const half = await ask([{ say: right, usage: { prompt_tokens: 50, completion_tokens: 0 } }]);
    assert.equal(half.answer.tokens.input, 50, 'what is reported counts as it is');
    assert.equal(half.answer.tokens.estimated, true);
  });

  it('counts a try that broke off, as an estimate, and none that the server refused', async () => {
    const broken = await ask(['cut-body', { say: right }]);
    const prompt = estimateMessages(broken.answer.said.slice(0, 2));
    assert.equal(broken.answer.tokens.estimated, true);
    assert.equal(broken.answer.tokens.input, 100 + prompt);
    assert.equal(broken.answer.calls, 1);
    const busy = await ask([{ status: 429, headers: { 'retry-after-ms': '1' } }, { say: right }]);
    assert.deepEqual(busy.answer.tokens, { input: 100, output: 7 });
  });

  it('is estimated at four bytes a token', () => {
    assert.deepEqual(['', 'abcd', 'abcde', 'äöüß', '漢字', '😀'].map(estimateTokens), [0, 1, 2, 2, 2, 1]);
    assert.equal(useWords({ input: 5, output: 2 }, []), '5 tokens sent, 2 answered');
    assert.match(
      useWords({ input: 5, output: 2, estimated: true }, [{ amount: 1, currency: 'EUR' }]),
      /estimated.*1\.00/,
    );
  });
});

describe('a budget for one question', function () {
  this.timeout(60_000);

  it('allows what fits into it', async () => {
    const { answer } = await ask([{ say: right }], { tokens: 2000, time: 15_000, cost: 2 }, { price });
    assert.deepEqual(answer.judgement, { kind: 'edge', ...right });
  });

  it('sends nothing that alone would go beyond it', async () => {
    const { answer, server } = await ask([{ say: right }], { tokens: 20 });
    assert.match(
      becauseOf(answer),
      /the question alone would take more than the 20 tokens that are left of its budget/,
    );
    assert.deepEqual([server.seen.length, answer.calls, answer.tokens.input], [0, 0, 0]);
    const cost = await ask([{ say: right }], { cost: 0.01 }, { price });
    assert.match(becauseOf(cost.answer), /more than the 0\.01\d* EUR that are left of its budget/);
    assert.equal(cost.server.seen.length, 0);
  });

  it('sends no correction once it is used up', async () => {
    const usage = { prompt_tokens: 1990, completion_tokens: 20 };
    const { answer, server } = await ask([{ say: '?', usage }, { say: right }], { tokens: 2000 });
    assert.match(becauseOf(answer), /not a JSON object.*It was not asked again: its budget of 2000 tokens is used up/);
    assert.equal(server.seen.length, 1);
  });

  it('says of which limit how much is left, and what was wrong with the answer before', async () => {
    const spent = { ...nothingSpent(), calls: 1, input: 700, output: 200 };
    const budget = { step: { tokens: 1000 }, run: { tokens: 5000 } };
    const within = budgetLeft(budget, { step: nothingSpent(), run: nothingSpent() }, undefined);
    const usage = { prompt_tokens: 900, completion_tokens: 5 };
    const { answer, server } = await ask([{ say: '?', usage }, { say: right }], within ?? {});
    assert.match(
      becauseOf(answer),
      /not a JSON object.* It was not asked again: that would take more than the 95 tokens that are left of the step's budget of 1000 tokens\./,
    );
    assert.equal(server.seen.length, 1);
    const ofRun = budgetLeft({ ...budget, run: { tokens: 920 } }, { step: nothingSpent(), run: spent }, undefined);
    const none = await ask([{ say: right }], ofRun ?? {});
    assert.match(becauseOf(none.answer), /more than the 20 tokens that are left of the run's budget of 920 tokens/);
  });

  it('stops an answer that would grow beyond it, and counts what came', async () => {
    for (const within of [{ tokens: 3000 }, { cost: 3 }]) {
      const { answer, server } = await ask([{ sayForever: 'and so on and on ' }], within, { price });
      assert.match(becauseOf(answer), /its budget of (3000 tokens|3 EUR) is used up/);
      const { input, output, estimated } = answer.tokens;
      assert.ok(input + output > 2900, `${input} ${output}`);
      assert.deepEqual([estimated, answer.calls, server.seen.length], [true, 1, 1]);
    }
  });

  it('ends a wait when its time is up, before that of the settings is', async () => {
    for (const reply of ['hang', 'stall'] as const) {
      const { answer } = await ask([reply], { time: 200 });
      assert.match(becauseOf(answer), /its budget of 0\.2 s is used up/);
      assert.ok((answer.tookMs ?? 0) >= 200);
      assert.equal(answer.tokens.estimated, true);
    }
  });
});

const twoSteps = readPlanText(
  [
    'step Step1\n  action read: look',
    'step Step2\n  action read: look again',
    'edge start -> Step1\nedge Step1 -> Step2 if "it looks odd"\nedge Step1 -> end if "it looks bad"',
    'edge Step2 -> end if "it looks bad"',
  ].join('\n'),
);
const goOn = { edge: 'edge_Step1_Step2', quote: 'hm', confidence: 0.9, reason: 'Odd.' };

async function endStep(world: World, action: string): Promise<void> {
  world.end(action, { kind: 'result', result: { text: 'hm', notes: [] } });
  await idle();
}

const toldOf = (view: RunView): string => {
  const [request] = view.requests;
  return (request?.kind === 'decision' && request.model?.because) || '';
};

describe('the budget of a run', function () {
  this.timeout(60_000);

  for (const [name, budget, told] of [
    ['its tokens', { run: { tokens: 1000 } }, /the run's budget of 1000 tokens is used up/],
    ['its cost', { run: { cost: 1 } }, /the run's budget of 1 EUR is used up/],
  ] as const)
    it(`hands the next decision to the engineer when ${name} are used up, also after a resumption`, async () => {
      const server = await startModelServer([{ say: goOn, usage: { prompt_tokens: 990, completion_tokens: 20 } }]);
      try {
        const judge = judgeAt(server, { budget, price });
        const world = newWorld();
        const live = startLiveRun({ ...world, judge, run: 'r', plan: twoSteps });
        await idle();
        await endStep(world, 'Step1.1');
        await server.seenBy(1);
        while (world.inFlight().length === 0) await idle();
        const halfway = world.text();
        await endStep(world, 'Step2.1');
        const view = await live.settled();
        assert.match(toldOf(view), told);
        assert.deepEqual([view.modelCalls, view.modelUse?.input, view.modelUse?.output], [1, 990, 20]);
        assert.deepEqual(view.modelUse?.costs, [{ amount: 1.01, currency: 'EUR' }]);
        assert.deepEqual(replayJournal(world.text()).view, view);

        const later = newWorld({ text: halfway });
        const resumed = resumeLiveRun({ ...later, judge, text: halfway });
        await idle();
        await endStep(later, 'Step2.1');
        assert.match(toldOf(await resumed.settled()), told);
        assert.equal(server.seen.length, 1, 'nobody asks it again');
      } finally {
        await server.close();
      }
    });

  it('counts the time of a step over its rounds, and tells which budget is used up', async () => {
    const world = newWorld({ judgeCalls: 9 });
    assert.ok(world.judge);
    const judge = { ...world.judge, budget: { step: { time: 5000 } } };
    const loop = readPlanText(
      'step Step1\n  action read: look\nedge start -> Step1\nedge Step1 -> end if "done"\nrepeat Step1 -> Step1 max=3 if "odd"\n',
    );
    const live = startLiveRun({ ...world, judge, run: 'r', plan: loop });
    await idle();
    const again = { kind: 'edge', edge: 'repeat_Step1_Step1', quote: 'hm', confidence: 1, reason: 'Odd.' } as const;
    for (const [left, tookMs] of [
      [5000, 3000],
      [2000, 2500],
    ]) {
      await endStep(world, 'Step1.1');
      assert.deepEqual(world.judging()[0]?.within, { time: left, of: { time: "the step's budget of 5 s" } });
      world.judged('Step1', { ...again, edge: world.judging()[0]?.choices[0]?.edge ?? '' }, { tookMs: tookMs ?? 0 });
      await idle();
    }
    await endStep(world, 'Step1.1');
    const view = await live.settled();
    assert.match(toldOf(view), /the step's budget of 5 s is used up/);
    assert.equal(view.modelUse?.ms, 5500);
  });

  it('is not gone beyond by questions of one moment: they are put one after the other', async () => {
    const world = newWorld({ judgeCalls: 9 });
    assert.ok(world.judge);
    const judge = { ...world.judge, budget: { run: { tokens: 100 } } };
    const wide = readPlanText(
      [1, 2, 3]
        .map((n) => `step Step${n}\n  action read: look\nedge start -> Step${n}\nedge Step${n} -> end if "odd"`)
        .join('\n'),
    );
    const live = startLiveRun({ ...world, judge, run: 'r', plan: wide });
    await idle();
    for (const n of [1, 2, 3]) world.end(`Step${n}.1`, { kind: 'result', result: { text: 'x', notes: [] } });
    await idle();
    const unsure = { kind: 'unsure', because: 'Not clear.' } as const;
    assert.deepEqual(
      world.judging().map(({ node, within }) => [node, within]),
      [['Step1', { tokens: 100, of: { tokens: "the run's budget of 100 tokens" } }]],
    );
    world.judged('Step1', unsure, { tokens: { input: 50, output: 10 } });
    await idle();
    assert.deepEqual(
      world.judging().map(({ node, within }) => [node, within]),
      [['Step2', { tokens: 40, of: { tokens: "the run's budget of 100 tokens" } }]],
    );
    world.judged('Step2', unsure, { tokens: { input: 50, output: 10 } });
    const view = await live.settled();
    const third = view.requests.find(({ node }) => node === 'Step3');
    assert.match(
      (third?.kind === 'decision' && third.model?.because) || '',
      /the run's budget of 100 tokens is used up/,
    );
    assert.equal(view.modelCalls, 2);
    assert.deepEqual(replayJournal(world.text()).view, view);
  });
});

describe('the command line with a budget', function () {
  this.timeout(120_000);
  const guide = `# Disk

## Step 1 - Look at the disk

\`\`\`bash
echo "/dev/sda1 is at 97 percent"
\`\`\`

- If the disk looks worryingly full, go to Step 2.
- If the disk looks fine, this resolves the incident.

## Step 2 - Look at the files

\`\`\`bash
echo "many logs"
\`\`\`

- If logs fill the disk, escalate to the storage team.
- If something else does, this resolves the incident.
`;

  it('tells what was used, and why the engineer is asked', async () => {
    const folder = temporaryFolder();
    const full = { edge: 'edge_Step1_Step2', quote: '97 percent', confidence: 0.95, reason: 'Full.' };
    const server = await startModelServer([{ say: full, usage: { prompt_tokens: 800, completion_tokens: 250 } }]);
    try {
      writeFileSync(join(folder.path, 'disk.md'), guide);
      const model = `model:\n  baseUrl: ${server.baseUrl}\n  name: judge-1\n  budget: { run: { tokens: 1000 } }\n`;
      writeFileSync(join(folder.path, 'tsg.yaml'), `tools:\n  host: { kind: shell }\n${model}`);
      const run = await tsg(['run', 'disk.md', '--live', '--journal', 'run.jsonl'], { cwd: folder.path });
      assert.equal(run.code, 3, run.err);
      assert.match(run.out, /did not decide: It was not asked: the run's budget of 1000 tokens is used up\./);
      assert.match(run.out, /model: 1 call in \d+\.\d s, 800 tokens sent, 250 answered/);
      const resumed = await tsg(['resume', 'run.jsonl', '--json'], { cwd: folder.path });
      const { modelCalls, modelUse } = jsonOf(resumed);
      assert.deepEqual([modelCalls, modelUse?.tokens, server.seen.length], [1, { input: 800, output: 250 }, 1]);
      assert.ok(readFileSync(join(folder.path, 'run.jsonl'), 'utf8').includes('"budget":{"run":{"tokens":1000}}'));
    } finally {
      await server.close();
      folder.remove();
    }
  });

  it('stops a proposal at the budget, with the passages that were left', async () => {
    const folder = temporaryFolder();
    const unsure = { kind: 'unsure', ways: [], quote: '', confidence: 0, reason: 'It does not say.' };
    const server = await startModelServer([{ say: unsure, usage: { prompt_tokens: 4990, completion_tokens: 20 } }]);
    try {
      const passages = [1, 2].map(
        (n) =>
          `## Step ${n} - Look\n\n\`\`\`sql\nSELECT pod, restarts FROM pods\n\`\`\`\n\nPods that restart more than five times want the rollback, if they do so within the hour.\n`,
      );
      writeFileSync(
        join(folder.path, 'pods.md'),
        `# Pods\n\n${passages.join('\n')}\n## Step 3 - Roll back\n\nRoll back.\n`,
      );
      const model = `model:\n  baseUrl: ${server.baseUrl}\n  name: judge-1\n  budget: { run: { tokens: 5000 } }\n`;
      writeFileSync(join(folder.path, 'tsg.yaml'), model);
      const text = await tsg(['propose', 'pods.md'], { cwd: folder.path });
      assert.match(text.out, /1 more passage was not asked about: the budget of 5000 tokens is used up/);
      assert.equal(text.code, 4, text.err);
      assert.equal(server.seen.length, 1);
    } finally {
      await server.close();
      folder.remove();
    }
  });

  it('drafts nothing beyond the budget', async () => {
    const folder = temporaryFolder();
    const server = await startModelServer([]);
    try {
      writeFileSync(join(folder.path, 'incident.txt'), 'The disk was full and logs were deleted.\n');
      const model = `model:\n  baseUrl: ${server.baseUrl}\n  name: judge-1\n  budget: { step: { tokens: 30 } }\n`;
      writeFileSync(join(folder.path, 'tsg.yaml'), model);
      const draft = await tsg(['draft', 'incident.txt', '--library', '.'], { cwd: folder.path });
      assert.match(
        draft.err,
        /It gave no guide: the question alone would take more than the 30 tokens that are left of its budget/,
      );
      assert.deepEqual([draft.code, server.seen.length], [4, 0]);
    } finally {
      await server.close();
      folder.remove();
    }
  });
});
