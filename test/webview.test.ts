// The preview's real page in headless Chromium: drawing, keys, mouse, runs, what it says to the editor and to screen readers.
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chartImage, chartOf, describeChart, utc } from '../src/chart/index.ts';
import { type Diagram, layoutPlan, pictureChanges, pictureCoverage } from '../src/diagram/index.ts';
import { LayoutService } from '../src/extension/preview/layout-service.ts';
import { calledPlan, mergePlans, ownPlan } from '../src/plan/index.ts';
import { nodeAtLine } from '../src/extension/preview/node-at-line.ts';
import type { FromPreview } from '../src/protocol/index.ts';
import { readJoinedPlan } from './support/joined-plan.ts';
import { readPlanText } from './support/plan-text.ts';
import { generatedPlan } from './support/generated-plan.ts';
import { bundleLayoutWorker, findChromium, PreviewBrowser, type PreviewPage } from './support/preview-page.ts';
import { sampleCoverage, sampleRun } from './support/sample-run.ts';

const plan = generatedPlan(13);
const problems = { errors: 0, warnings: 2 };

describe('webview', function () {
  this.timeout(60_000);
  let browser: PreviewBrowser | undefined;
  let diagram: Diagram;

  before(async function () {
    const executable = findChromium();
    if (!executable) {
      console.log('      not run: no Chromium found; name one with CHROMIUM=/path/to/chromium');
      this.skip();
    }
    browser = await PreviewBrowser.launch(executable);
    diagram = await layoutPlan(plan, { direction: 'down' });
  });
  after(() => browser?.close());

  async function open(
    options: Parameters<PreviewBrowser['open']>[1] = {},
    show: Diagram | null = diagram,
  ): Promise<PreviewPage> {
    assert.ok(browser);
    const preview = await browser.open('dark', options);
    if (show) {
      const answer = await preview.ask({
        kind: 'show-plan',
        document: 'file:///g.md',
        diagram: show,
        problems,
        keepViewport: false,
      });
      assert.equal(answer.kind, 'done', JSON.stringify(answer));
    }
    return preview;
  }

  it('shows two plans in one: what was added, removed and changed, in words and signs, and buttons for it', async () => {
    const old = generatedPlan(9);
    const merged = mergePlans(old, plan);
    const changes = pictureChanges(merged);
    assert.ok(changes.boxes.length > 0 && changes.arrows.length > 0);
    const preview = await open({}, null);
    const show = { kind: 'show-plan', document: 'file:///g.md', problems, keepViewport: false } as const;
    const comparison = { title: 'Proposal by judge-1', note: 'It says so.', changes, proposal: 'open' } as const;
    await preview.ask({ ...show, diagram: await layoutPlan(merged.plan), comparison });
    for (const { id, kind, words } of changes.boxes) {
      const box = preview.page.locator(`.node[data-node="${id}"]`);
      assert.match((await box.getAttribute('class')) ?? '', new RegExp(`mark-${kind}`));
      assert.ok(((await box.getAttribute('aria-label')) ?? '').endsWith(`; ${kind}: ${words.join('; ')}`));
      if (id !== 'end' && id !== 'start') assert.equal(await box.locator('.mark-word').textContent(), kind);
    }
    assert.equal(
      await preview.page.locator('.lines .mark-added, .lines .mark-changed, .lines .mark-removed').count(),
      changes.arrows.length,
    );
    const banner = preview.page.locator('.banner');
    assert.ok(((await banner.textContent()) ?? '').includes(`Proposal by judge-1: ${changes.summary} · It says so.`));
    for (const name of ['Accept', 'Refuse', 'All changes']) await banner.getByRole('button', { name }).click();
    assert.deepEqual(await saidOf(preview, 'do-command'), [
      { kind: 'do-command', command: 'accept-proposal' },
      { kind: 'do-command', command: 'refuse-proposal' },
      { kind: 'do-command', command: 'tell-changes' },
    ]);
    await preview.ask({ ...show, diagram, comparison: { ...comparison, proposal: 'nothing-to-write' } });
    assert.ok(await banner.getByRole('button', { name: 'Accept' }).isDisabled());
    await preview.ask({ ...show, diagram });
    assert.ok(await banner.isHidden());
    assert.equal(await preview.page.locator('.mark-icon').count(), 0);
  });

  it('shows what tests cover in the place of a run, by signs and words, with a way back to the run', async () => {
    const preview = await open();
    const run = sampleRun(plan);
    const coverage = pictureCoverage(plan, sampleCoverage(plan));
    await preview.ask({ kind: 'show-run', run });
    await preview.ask({ kind: 'show-coverage', coverage });
    for (const { id, kind, words } of coverage.boxes) {
      const box = preview.page.locator(`.node[data-node="${id}"]`);
      assert.match((await box.getAttribute('class')) ?? '', new RegExp(`mark-${kind}( |$)`));
      assert.doesNotMatch((await box.getAttribute('class')) ?? '', /status-/);
      assert.equal(await box.locator('.mark-word').textContent(), kind.replace('-', ' '));
      assert.ok(
        ((await box.getAttribute('aria-label')) ?? '').endsWith(`; ${kind.replace('-', ' ')}: ${words.join('; ')}`),
      );
    }
    const banner = preview.page.locator('.banner');
    assert.equal(
      (await banner.textContent()) ?? '',
      `Covered by tests: ${coverage.summary}✓ covered◐ partly covered✗ not coveredClose`,
    );
    const partly = coverage.arrows.find(({ kind }) => kind === 'partly-covered') ?? assert.fail();
    await preview.page
      .locator(`.node[data-node="${plan.edges.find(({ id }) => id === partly.id)?.from ?? ''}"]`)
      .click();
    assert.match(
      (await preview.page.locator('.details').textContent()) ?? '',
      /Covered by tests✓ was run.*◐ → .*: its condition always held/,
    );
    await banner.getByRole('button', { name: 'Close' }).click();
    assert.deepEqual(await saidOf(preview, 'do-command'), [{ kind: 'do-command', command: 'end-coverage' }]);
    await preview.ask({ kind: 'show-coverage', coverage: null });
    assert.equal(await preview.page.locator('.mark-icon').count(), 0);
    assert.ok((await preview.page.locator('.status-succeeded').count()) > 0);
    assert.match((await banner.textContent()) ?? '', /Live run/);
    assert.deepEqual(await preview.violations(), []);
    await preview.page.close();
  });

  it('opens the guide that a step calls, shows how its steps stand, and leads back along the trail', async () => {
    const { plan: joined } = await readJoinedPlan(
      'step Step1 calls=restore.md\nstep Step2\nedge start -> Step1\nedge Step1 -> Step2\nedge Step2 -> end\nguide restore.md\nstep Step1\nstep Step2\nedge start -> Step1\nedge Step1 -> Step2\nedge Step2 -> end',
    );
    const inner = calledPlan(joined, 'Step1.restore') ?? assert.fail();
    const preview = await open({}, null);
    const show = { kind: 'show-plan', document: 'file:///g.md', problems, keepViewport: false } as const;
    const inside = [
      {
        title: 'restore.md',
        steps: [
          { label: 'Step 1', title: 'Step1', status: 'succeeded' as const },
          { label: 'Step 2', title: 'Step2', status: 'running' as const },
        ],
      },
    ];
    const run = { ...sampleRun(plan), steps: [{ node: 'Step1', status: 'waiting' as const, inside }], edges: [] };
    await preview.ask({ ...show, diagram: await layoutPlan(ownPlan(joined)) });
    await preview.ask({ kind: 'show-run', run });
    const badge = preview.page.locator('.node[data-node="Step1"] .badge-guide');
    assert.equal(await badge.locator('title').textContent(), 'goes through “restore.md”');
    await badge.click();
    await preview.page.locator('.node[data-node="Step1"]').focus();
    await preview.page.keyboard.press('o');
    const details = preview.page.locator('.details');
    assert.match(
      (await details.textContent()) ?? '',
      /Called guides▸ restore\.mdStep 1: Step1, succeededStep 2: Step2, running/,
    );
    await details.getByRole('button', { name: '▸ restore.md' }).click();
    const opened = { kind: 'open-called', node: 'Step1', call: 0 };
    assert.deepEqual(await saidOf(preview, 'open-called'), [opened, opened, opened]);
    await preview.ask({ ...show, diagram: await layoutPlan(inner), trail: ['Case', 'restore.md'] });
    assert.ok(await details.isHidden(), 'a step of the other guide is not the one that was chosen');
    assert.equal(await preview.page.locator('.trail').textContent(), 'Case›');
    await preview.page.locator('.trail').getByRole('button', { name: 'Case' }).click();
    assert.deepEqual(await saidOf(preview, 'leave-called'), [{ kind: 'leave-called', to: 0 }]);
    await preview.ask({ ...show, diagram: await layoutPlan(ownPlan(joined)) });
    assert.ok(await preview.page.locator('.trail').isHidden());
    assert.deepEqual(await preview.violations(), []);
    await preview.page.close();
  });

  it('draws what a step found over time, as pictures that no script can hide in', async () => {
    const preview = await open();
    const run = sampleRun(plan);
    await preview.ask({ kind: 'show-run', run });
    await preview.page.locator('.node[data-node="Step1"]').click();
    assert.deepEqual(await saidOf(preview, 'want-charts'), [{ kind: 'want-charts', node: 'Step1' }]);
    const rows = [0, 60, 120].map((second) => ({
      time: new Date(second * 1000).toISOString(),
      value: second,
      pod: '<b>',
    }));
    const columns = [
      { name: 'time', type: 'time' },
      { name: 'value', type: 'number' },
      { name: 'pod', type: 'string' },
    ];
    const chart = chartOf({ columns, rows, notes: [] }) ?? assert.fail();
    const image = chartImage(chart, { theme: 'dark', zone: utc });
    const words = describeChart(chart, utc);
    await preview.ask({ kind: 'show-charts', node: 'Step1', charts: [{ action: 'Step1.1', image, words }] });
    const picture = preview.page.locator('.details img.chart');
    assert.equal(await picture.getAttribute('alt'), words);
    await preview.page.waitForFunction(`document.querySelector('img.chart')?.naturalWidth > 0`);
    // The step has come further: its chart is asked for again, and the old one is not taken for it.
    const further = run.steps.map((step) => (step.node === 'Step1' ? { ...step, summary: '90 rows' } : step));
    await preview.ask({ kind: 'show-run', run: { ...run, steps: further } });
    assert.equal((await saidOf(preview, 'want-charts')).length, 2);
    assert.equal(await picture.count(), 0);
    await preview.ask({ kind: 'show-charts', node: 'Step2', charts: [{ action: 'Step2.1', image, words }] });
    assert.equal(await picture.count(), 0, 'a chart of another step');
    assert.deepEqual(await preview.violations(), []);
    await preview.page.close();
  });

  /** The messages of one kind that the page has sent, without their numbers. */
  async function saidOf<K extends FromPreview['kind']>(preview: PreviewPage, kind: K): Promise<readonly unknown[]> {
    return (await preview.said())
      .filter((message) => message.kind === kind)
      .map(({ request: _request, ...rest }) => rest);
  }

  const focused = (preview: PreviewPage): Promise<string | null> =>
    preview.page.evaluate<string | null>(
      `document.activeElement.closest('[data-node]')?.getAttribute('data-node') ?? null`,
    );
  const transform = (preview: PreviewPage): Promise<string> =>
    preview.page.evaluate<string>(`document.querySelector('.scene').getAttribute('transform')`);

  it('draws every node and edge, and its policy refuses nothing that it does', async () => {
    const preview = await open();
    assert.equal(await preview.page.locator('.node').count(), plan.nodes.length);
    assert.equal(await preview.page.locator('.lines > .arrow').count(), plan.edges.length);
    assert.equal(await preview.page.locator('.problems').textContent(), '2 warnings');
    await preview.ask({ kind: 'show-run', run: sampleRun(plan) });
    assert.deepEqual(await preview.violations(), []);
    await preview.page.close();
  });

  it('gives nodes names for screen readers, with status and outgoing edges', async () => {
    const preview = await open();
    await preview.ask({ kind: 'show-run', run: sampleRun(plan) });
    const label = await preview.page.locator('[data-node="Step1"].node').getAttribute('aria-label');
    assert.match(label ?? '', /^Step 1, Check latency.*, succeeded, 0 rows, 2 outgoing edges$/u);
    assert.equal(await preview.page.locator('.canvas').getAttribute('role'), 'application');
    assert.match(
      (await preview.page.locator('.banner').textContent()) ?? '',
      /Live run: waiting · Step 5: Which way\?/u,
    );
    await preview.page.close();
  });

  it('reveals the line of a node that is clicked, and shows its details', async () => {
    const preview = await open();
    await preview.page.locator('[data-node="Step2"].node').click();
    assert.deepEqual(await saidOf(preview, 'reveal-node'), [{ kind: 'reveal-node', node: 'Step2', focus: false }]);
    assert.match((await preview.page.locator('.details h2').textContent()) ?? '', /^Step 2: /u);
    await preview.page.getByLabel('Close details').click();
    assert.equal(await preview.page.locator('.details').isVisible(), false);
    await preview.page.close();
  });

  it('moves along edges with arrow keys, and Enter goes to the text', async () => {
    const preview = await open();
    await preview.page.locator('[data-node="start"].node').focus();
    await preview.page.keyboard.press('ArrowDown');
    assert.equal(await focused(preview), 'Step1');
    await preview.page.keyboard.press('ArrowDown');
    assert.equal(await focused(preview), 'Step2');
    await preview.page.keyboard.press('ArrowUp');
    assert.equal(await focused(preview), 'Step1');
    await preview.page.keyboard.press('Tab');
    assert.equal(await focused(preview), 'Step2');
    await preview.page.keyboard.press('End');
    assert.equal(await focused(preview), 'end');
    await preview.page.keyboard.press('Home');
    await preview.page.keyboard.press('ArrowDown');
    await preview.page.keyboard.press('Enter');
    assert.deepEqual(await saidOf(preview, 'reveal-node'), [{ kind: 'reveal-node', node: 'Step1', focus: true }]);
    const ring = preview.page.locator('[data-node="Step1"].node > .focus-ring');
    assert.equal(await ring.isVisible(), true, 'the focused node has a ring');
    await preview.page.close();
  });

  it('lights the node of the cursor and brings it into view when asked', async () => {
    const preview = await open({ height: 420 });
    await preview.ask({ kind: 'light-node', node: 'end', scroll: false });
    assert.equal(await preview.page.locator('[aria-current]').getAttribute('data-node'), 'end');
    const before = await transform(preview);
    await preview.ask({ kind: 'light-node', node: 'end', scroll: true });
    assert.notEqual(await transform(preview), before);
    const box = await preview.page.locator('[data-node="end"].node').boundingBox();
    assert.ok(box && box.y > 0 && box.y + box.height < 420, JSON.stringify(box));
    await preview.ask({ kind: 'light-node', node: null, scroll: false });
    assert.equal(await preview.page.locator('[aria-current]').count(), 0);
    await preview.page.close();
  });

  it('slides through the moments of a run', async () => {
    const preview = await open();
    const slider = preview.page.getByRole('slider', { name: 'Moment of the run' });
    assert.equal(await slider.count(), 0);
    await preview.ask({ kind: 'show-moments', moments: ['Step 1 begins', 'Step 2 begins'], at: null });
    assert.equal(await slider.getAttribute('aria-valuetext'), 'as it stands');
    await slider.focus();
    for (const key of ['ArrowLeft', 'Home', 'End']) await preview.page.keyboard.press(key);
    assert.deepEqual(
      (await saidOf(preview, 'look-at')).map((said) => (said as { readonly moment: number | null }).moment),
      [1, 0, null],
    );
    await preview.ask({ kind: 'show-moments', moments: ['Step 1 begins', 'Step 2 begins'], at: 1 });
    assert.equal(await slider.getAttribute('aria-valuetext'), 'Step 2 begins');
    await preview.ask({ kind: 'show-moments', moments: [], at: null });
    assert.equal(await slider.count(), 0);
    await preview.page.close();
  });

  it('pans by wheel, drag and keys, zooms about the pointer and fits', async () => {
    const preview = await open();
    const seen = [await transform(preview)];
    const changed = async (what: string): Promise<void> => {
      const now = await transform(preview);
      assert.ok(!seen.includes(now), what);
      seen.push(now);
    };
    await preview.page.mouse.move(300, 300);
    await preview.page.mouse.wheel(0, 130);
    await changed('wheel');
    await preview.page.locator('.canvas').focus();
    await preview.page.keyboard.press('ArrowRight');
    await changed('arrow key');
    await preview.page.mouse.move(20, 850);
    await preview.page.mouse.down();
    await preview.page.mouse.move(90, 780, { steps: 3 });
    await preview.page.mouse.up();
    await changed('drag');
    await preview.page.keyboard.press('+');
    await changed('plus');
    const under = (): Promise<string> =>
      preview.page.evaluate<string>(`(() => {
        const m = document.querySelector('.scene').getScreenCTM().inverse();
        const p = new DOMPoint(300, 300).matrixTransform(m);
        return Math.round(p.x) + ' ' + Math.round(p.y);
      })()`);
    const before = await under();
    await preview.page.mouse.move(300, 300);
    await preview.page.keyboard.down('Control');
    await preview.page.mouse.wheel(0, -100);
    await preview.page.keyboard.up('Control');
    await changed('ctrl and wheel');
    assert.equal(await under(), before, 'the point under the pointer stays');
    await preview.page.keyboard.press('0');
    const canvas = await preview.page.locator('.canvas').boundingBox();
    for (const id of ['start', 'end']) {
      const box = await preview.page.locator(`[data-node="${id}"].node`).boundingBox();
      assert.ok(box && canvas && box.y >= canvas.y && box.y + box.height <= canvas.y + canvas.height, `${id} is seen`);
    }
    assert.deepEqual(await saidOf(preview, 'reveal-node'), [], 'a drag is not a click');
    await preview.page.close();
  });

  it('first shows all ways of a step with seven, no smaller than can be read, and again for another size until it is moved', async () => {
    const ways = Array.from({ length: 7 }, (_, number) => `Step${number + 2}`);
    const fan = readPlanText(
      [
        'step Step1',
        ...ways.map((step) => `step ${step}`),
        'edge start -> Step1',
        ...ways.flatMap((step) => [`edge Step1 -> ${step}`, `edge ${step} -> end`]),
      ].join('\n'),
    );
    const shown = await layoutPlan(fan, { direction: 'down' });
    const preview = await open({ width: 900 }, shown);
    const scale = async (): Promise<number> => Number(/scale\(([\d.]+)\)/u.exec(await transform(preview))?.[1]);
    /** The steps that are not seen whole, and how far the start is from the middle. */
    const look = async (): Promise<{ cut: string[]; off: number }> => {
      const canvas = (await preview.page.locator('.canvas').boundingBox()) ?? assert.fail();
      const cut: string[] = [];
      let off = NaN;
      for (const { id } of shown.boxes) {
        const box = (await preview.page.locator(`[data-node="${id}"].node`).boundingBox()) ?? assert.fail();
        if (box.x < canvas.x || box.x + box.width > canvas.x + canvas.width) cut.push(id);
        if (id === 'start') off = Math.abs(box.x + box.width / 2 - (canvas.x + canvas.width / 2));
      }
      return { cut, off };
    };
    const resize = async (width: number): Promise<void> => {
      await preview.page.setViewportSize({ width, height: 900 });
      const twoFrames = 'new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => seen(null))))';
      await preview.page.evaluate(twoFrames);
    };
    assert.deepEqual((await look()).cut, []);
    assert.ok((await scale()) < 0.78, 'it is wider than the panel');

    await resize(500);
    assert.equal(await scale(), 0.5);
    const narrow = await look();
    assert.ok(narrow.cut.length > 0 && narrow.off < 2, JSON.stringify(narrow));
    await resize(900);
    assert.deepEqual((await look()).cut, []);

    await preview.page.locator('.canvas').focus();
    await preview.page.keyboard.press('+');
    const byHand = await scale();
    await resize(800);
    assert.equal(await scale(), byHand);
    await preview.page.close();
  });

  it('draws a run live: only what changed, with who decided, and takes it away', async () => {
    const preview = await open();
    const run = sampleRun(plan);
    await preview.page.evaluate(`globalThis.kept1 = document.querySelector('[data-node="end"].node')`);
    await preview.ask({ kind: 'show-run', run });
    assert.equal(await preview.page.locator('.status-failed .status-word').first().textContent(), 'failed');
    assert.equal((await preview.page.locator('.edge-disabled').count()) > 0, true);
    assert.match((await preview.page.locator('.decision-word').allTextContents()).join(), /✓ guard|✗ engineer/u);
    assert.equal(await preview.page.evaluate(`kept1 === document.querySelector('[data-node="end"].node')`), true);
    await preview.page.getByText('Answer…').click();
    assert.deepEqual(await saidOf(preview, 'do-command'), [{ kind: 'do-command', command: 'answer' }]);
    await preview.ask({ kind: 'show-run', run: null });
    assert.equal(await preview.page.locator('[class*="status-"]').count(), 0);
    assert.equal(await preview.page.locator('.banner').isVisible(), false);
    await preview.page.close();
  });

  it('keeps the viewport over an update of the same nodes, and over being hidden', async () => {
    const preview = await open();
    await preview.page.locator('[data-node="Step2"].node').click();
    await preview.page.keyboard.press('+');
    const view = await transform(preview);
    await preview.ask({ kind: 'show-plan', document: 'file:///g.md', diagram, problems, keepViewport: true });
    assert.equal(await transform(preview), view);
    await preview.page.waitForFunction(() => {
      const { kept } = globalThis as unknown as { kept?: { selected?: string; view?: unknown } };
      return kept?.selected === 'Step2' && kept.view !== undefined;
    });
    const state = await preview.page.evaluate<{ view: { scale: number } }>('globalThis.kept');
    await preview.page.close();
    const restored = await open({ state });
    assert.match((await restored.page.locator('.details h2').textContent()) ?? '', /^Step 2: /u);
    assert.ok((await transform(restored)).endsWith(`scale(${state.view.scale})`));
    await restored.page.close();
  });

  it('fits all of a long plan, then its breadth, then all again', async () => {
    const preview = await open({}, await layoutPlan(generatedPlan(80)));
    const scales: number[] = [];
    await preview.page.locator('.node').first().focus();
    for (let press = 0; press < 3; press++) {
      await preview.page.keyboard.press('0');
      scales.push(Number(/scale\(([\d.]+)\)/u.exec(await transform(preview))?.[1]));
    }
    const [all = 0, breadth = 0, again] = scales;
    assert.ok(all < 0.3 && breadth > all * 1.5, scales.join(', '));
    assert.equal(again, all);
    await preview.page.close();
  });

  it('shades the edges beyond which the plan goes on', async () => {
    const preview = await open({}, await layoutPlan(generatedPlan(80), { direction: 'down' }));
    const goesOn = (): Promise<string | null> => preview.page.locator('.canvas').getAttribute('data-goes-on');
    assert.match((await goesOn()) ?? '', /below/u);
    assert.doesNotMatch((await goesOn()) ?? '', /above/u);
    await preview.page.locator('.node').first().focus();
    await preview.page.keyboard.press('0');
    assert.equal(await goesOn(), '');
    await preview.page.close();
  });

  it('says why there is nothing to draw, and disables what needs a plan', async () => {
    const preview = await open({}, null);
    await preview.ask({
      kind: 'show-empty',
      document: 'd',
      reason: 'errors',
      message: 'Front matter cannot be read.',
      problems: { errors: 1, warnings: 0 },
    });
    assert.match((await preview.page.locator('.empty').textContent()) ?? '', /No plan yet.*Front matter/u);
    assert.equal(await preview.page.locator('vscode-button[disabled]').count(), 6);
    await preview.ask({ kind: 'show-plan', document: 'd', diagram, problems, keepViewport: false });
    assert.equal(await preview.page.locator('vscode-button[disabled]').count(), 0);
    await preview.ask({ kind: 'set-abilities', running: false });
    assert.equal(await preview.page.locator('vscode-button[disabled]').count(), 2);
    await preview.page.close();
  });

  it('answers a message that it cannot read, and shows a failure that it is told', async () => {
    const preview = await open();
    const answer = await preview.ask({ kind: 'light-node', node: 7 as unknown as string, scroll: false });
    assert.deepEqual(answer.kind === 'failed' && answer.message, 'expected at message.node: a string');
    await preview.page.evaluate(`postMessage({ kind: 'failed', request: 1, message: 'The disk is full.' }, '*')`);
    await preview.page.getByText('The disk is full.').waitFor();
    await preview.page.close();
  });

  it('draws a plan of 2,000 nodes in windows, and reaches its end by key', async () => {
    const large = await layoutPlan(generatedPlan(2000));
    const preview = await open({}, large);
    const count = await preview.page.locator('.node').count();
    assert.ok(count > 5 && count < 200, `${count} nodes have elements`);
    await preview.page.locator('[data-node="start"].node').focus();
    await preview.page.keyboard.press('End');
    assert.equal(await focused(preview), 'end');
    await preview.page.keyboard.press('ArrowUp');
    assert.notEqual(await focused(preview), 'end');
    await preview.page.keyboard.press('0');
    await preview.page.locator('.overview').waitFor({ state: 'attached' });
    await preview.page.close();
  });

  it('lays out in a worker, drops superseded plans, and reports a failure', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsg-layout-'));
    const layouts = new LayoutService(await bundleLayoutWorker(folder));
    try {
      const slow = layouts.layout('a', generatedPlan(600), 'elk');
      const stale = layouts.layout('a', generatedPlan(30), 'auto');
      const other = layouts.layout('b', generatedPlan(20), 'auto');
      const latest = layouts.layout('a', generatedPlan(40), 'auto');
      assert.equal(await slow, null);
      assert.equal(await stale, null);
      assert.equal((await other)?.boxes.length, 20);
      assert.equal((await latest)?.boxes.length, 40);
      await assert.rejects(layouts.layout('a', plan, 'none' as 'auto'));
      assert.equal((await layouts.layout('a', plan, 'auto'))?.boxes.length, 13);
    } finally {
      layouts.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('knows the step of a line, the innermost where steps nest', () => {
    assert.equal(nodeAtLine(plan, 6), 'Step1');
    assert.equal(nodeAtLine(plan, 1), null);
    const [start, outer, inner, ...rest] = plan.nodes;
    assert.ok(start && outer?.source && inner);
    const nested = { ...plan, nodes: [start, { ...outer, source: { ...outer.source, endLine: 40 } }, inner, ...rest] };
    assert.equal(nodeAtLine(nested, 9), 'Step2');
    assert.equal(nodeAtLine(nested, 40), 'Step9');
  });
});
