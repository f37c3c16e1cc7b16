// The contract every kind of tool keeps, as tests that each kind runs against the real thing: it ends in time, it can be
// cancelled, it caps what it keeps, it shows text safely, it survives a crash, and it never rejects.
import { strict as assert } from 'node:assert';
import type { Action } from '../../src/plan/index.ts';
import type { ActionResult, Binding, PerformOutcome, Tool } from '../../src/run/index.ts';
import { bindingsOf } from './action-of.ts';

export interface ContractCases {
  /** Gives `Grüße 漢字 🚀` where `read` finds it. */
  readonly unicode: Action;
  /** Never ends by itself. */
  readonly hangs: Action;
  /** Gives far more than is kept. */
  readonly huge: Action;
  /** Gives bytes that are no text. */
  readonly binary: Action;
  /** Gives nothing. */
  readonly empty: Action;
  /** Has one placeholder, `value`, and gives back what was put there. */
  readonly echo: Action;
  /** Its process or server dies while it runs: by itself, or by what `kill` does shortly after it began. */
  readonly crashes: Action;
  readonly kill?: () => void;
  /** How the crash is told. */
  readonly crashReason: 'crashed' | 'unavailable';
  /** The tool with a login that is refused: how that is told, and what may not be shown. */
  readonly badLogin: { open(): Promise<Tool>; readonly told: RegExp; readonly secret: string } | 'it logs in nowhere';
  /** What a result says, for `unicode` and `echo`. */
  read(result: ActionResult): unknown;
}

/** Registers the contract's tests for one kind. `open` gives a tool; `cases` is asked after it. */
export function toolContract(kind: string, open: () => Promise<Tool>, cases: () => ContractCases): void {
  describe(`${kind} keeps the contract of tools`, function () {
    this.timeout(30_000);
    let tool: Tool;
    before(async () => {
      tool = await open();
    });
    after(() => tool.close());

    const run = async (
      action: Action,
      timeoutMs = 20_000,
      bindings: readonly Binding[] = [],
      signal = new AbortController().signal,
    ) => {
      const rendered = tool.render(action, bindings);
      assert.ok('text' in rendered, JSON.stringify(rendered));
      return tool.perform(rendered, { timeoutMs, signal });
    };
    const resultOf = (outcome: PerformOutcome): ActionResult =>
      outcome.kind === 'result' ? outcome.result : assert.fail(JSON.stringify(outcome.failure));
    const failureOf = (outcome: PerformOutcome) =>
      outcome.kind === 'failure' ? outcome.failure : assert.fail('it gave a result');

    it('describes itself in one line', () => {
      assert.match(tool.describe(), /^\S.*$/);
      assert.equal(tool.kind, kind.split(' ')[0]);
      assert.ok(tool.languages.length > 0);
      assert.ok((tool.timeoutMs ?? 0) >= 1000, 'it says how long it gives a call');
    });
    it('checks its connection', async () => assert.equal(await tool.check(new AbortController().signal), null));
    it('gives Unicode back as it is', async () =>
      assert.equal(cases().read(resultOf(await run(cases().unicode))), 'Grüße 漢字 🚀'));
    it('ends at its timeout', async () => {
      const from = Date.now();
      const failure = failureOf(await run(cases().hangs, 400));
      assert.equal(failure.reason, 'timeout', JSON.stringify(failure));
      assert.match(failure.message, /400 ms/);
      assert.ok(Date.now() - from < 15_000, `took ${Date.now() - from} ms`);
    });
    it('ends when it is cancelled', async () => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 200);
      const from = Date.now();
      assert.equal(failureOf(await run(cases().hangs, 20_000, [], controller.signal)).reason, 'cancelled');
      assert.ok(Date.now() - from < 15_000, `took ${Date.now() - from} ms`);
    });
    it('does not start what is cancelled already', async () =>
      assert.equal(
        failureOf(await run(cases().echo, 20_000, bindingsOf({ value: 'x' }), AbortSignal.abort())).reason,
        'cancelled',
      ));
    it('caps what is huge and says so', async () => {
      const result = resultOf(await run(cases().huge));
      assert.ok(JSON.stringify(result).length < 3_000_000, `${JSON.stringify(result).length} characters`);
      assert.match(result.notes.join(' '), /kept|left out|only its beginning/);
    });
    it('notes what is binary', async () => {
      const result = resultOf(await run(cases().binary));
      assert.match(JSON.stringify(result), /binary/);
      assert.doesNotMatch(JSON.stringify(result), /\\u0000/);
    });
    it('gives an empty result for nothing', async () => {
      const result = resultOf(await run(cases().empty));
      assert.equal(result.rows?.length ?? 0, 0);
      assert.equal(result.text ?? '', '');
    });
    for (const value of [
      "it's",
      '"; DROP TABLE x; --',
      '$(touch /tmp/x) `id` ${HOME}',
      '{"a":1}',
      'a\nb\\',
      "'; cat /etc/passwd #",
      '漢字 🚀',
    ])
      it(`takes the value ${JSON.stringify(value)} as a value`, async () =>
        assert.equal(cases().read(resultOf(await run(cases().echo, 20_000, bindingsOf({ value })))), value));
    it('says which parameter is missing', () => {
      const rendered = tool.render(cases().echo, []);
      assert.ok('reason' in rendered);
      assert.equal(rendered.reason, 'missing-parameter');
      assert.match(rendered.message, /`value`/);
    });
    it('shows no secret, in the text or in what comes back', async () => {
      const bindings = bindingsOf({ value: 'hunter2-hunter2' }, ['value']);
      const rendered = tool.render(cases().echo, bindings);
      assert.ok('text' in rendered);
      assert.doesNotMatch(rendered.text, /hunter2/);
      assert.match(rendered.text, /\*\*\*/);
      const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: new AbortController().signal });
      assert.doesNotMatch(JSON.stringify(outcome), /hunter2/);
      assert.equal(cases().read(resultOf(outcome)), '***');
    });
    it('survives a crash', async () => {
      const { crashes, kill, crashReason } = cases();
      if (kill) setTimeout(kill, 300);
      assert.equal(failureOf(await run(crashes)).reason, crashReason);
      assert.equal(cases().read(resultOf(await run(cases().unicode))), 'Grüße 漢字 🚀');
    });
    it('tells a login that is refused, and not what it logged in with', async function () {
      const { badLogin } = cases();
      if (badLogin === 'it logs in nowhere') {
        console.log(`      not run: ${kind} logs in nowhere`);
        return this.skip();
      }
      const stranger = await badLogin.open();
      const rendered = stranger.render(cases().echo, bindingsOf({ value: 'x' }));
      assert.ok('text' in rendered, JSON.stringify(rendered));
      const outcome = await stranger.perform(rendered, { timeoutMs: 20_000, signal: new AbortController().signal });
      const checked = await stranger.check(new AbortController().signal);
      await stranger.close();
      assert.match(JSON.stringify(outcome), badLogin.told);
      assert.ok(!JSON.stringify([outcome, checked]).includes(badLogin.secret));
      if (outcome.kind === 'failure') assert.equal(outcome.failure.transient, false, 'it would be tried again');
    });
    it('explains without rejecting', async () => {
      const rendered = tool.render(cases().unicode, []);
      assert.ok('text' in rendered);
      const explained = await tool.explain(rendered, new AbortController().signal);
      assert.notEqual(explained.kind, 'refused', JSON.stringify(explained));
    });
  });
}
