// How long it takes until a plan is drawn in the preview: the layout in its worker thread and the drawing in the real page
// in headless Chromium, for plans of 300 and 2,000 nodes, with the longest time the page could not answer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LayoutService } from '../src/extension/preview/layout-service.ts';
import { generatedPlan } from '../test/support/generated-plan.ts';
import { bundleLayoutWorker, findChromium, PreviewBrowser } from '../test/support/preview-page.ts';
import type { Figure } from './figure.ts';
import { median } from './median.ts';

/** What one size of plan costs, in milliseconds. `drawMs` goes from the message's arrival as text to the
 * last element painted; `totalMs` adds the layout in its thread. */
export interface PreviewTimes {
  readonly layoutMs: number;
  readonly drawMs: number;
  readonly totalMs: number;
  /** The longest task of the page's thread while drawing and while panning; tasks under 50 ms do not count. */
  readonly longestBlockMs: number;
  readonly panFrameMs: number;
}

/** Plans by size, with the greatest time until they are drawn. */
const sizes = [
  { nodes: 300, limit: 1000 },
  { nodes: 2000, limit: 3000 },
] as const;

/** Medians over some rounds, each in a fresh page. Throws where there is no Chromium: a figure is never made up. */
export async function benchPreview(rounds = 3): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { nodes, limit } of sizes) {
    const times = await previewTimes(nodes, rounds);
    const figure = (name: string, value: number, most: number): Figure => ({
      name: `preview of ${nodes} nodes: ${name}`,
      value,
      limit: most,
      bound: 'most',
      unit: 'ms',
    });
    figures.push(
      figure('laid out and drawn', times.totalMs, limit),
      figure('longest block of the page', times.longestBlockMs, 200),
      figure('one frame of panning', times.panFrameMs, 100),
    );
  }
  return figures;
}

/** The medians for one size of plan. */
export async function previewTimes(nodes: number, rounds: number): Promise<PreviewTimes> {
  const executable = findChromium();
  if (!executable) throw new Error('The preview is measured in Chromium; name one with CHROMIUM=/path/to/chromium.');
  const folder = mkdtempSync(join(tmpdir(), 'tsg-bench-'));
  const layouts = new LayoutService(await bundleLayoutWorker(folder));
  const browser = await PreviewBrowser.launch(executable);
  try {
    const runs: PreviewTimes[] = [];
    for (let round = 0; round < rounds; round++) runs.push(await measure(nodes, layouts, browser));
    const middle = (pick: (run: PreviewTimes) => number): number => Math.round(median(runs.map(pick)));
    return {
      layoutMs: middle((run) => run.layoutMs),
      drawMs: middle((run) => run.drawMs),
      totalMs: middle((run) => run.totalMs),
      longestBlockMs: middle((run) => run.longestBlockMs),
      panFrameMs: middle((run) => run.panFrameMs),
    };
  } finally {
    await browser.close();
    layouts.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(nodes: number, layouts: LayoutService, browser: PreviewBrowser): Promise<PreviewTimes> {
  const plan = generatedPlan(nodes);
  const preview = await browser.open('dark');
  try {
    await preview.page.evaluate(`
      globalThis.longest = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, entry.duration);
      }).observe({ type: 'longtask' });`);
    const started = performance.now();
    const diagram = await layouts.layout('bench', plan, 'auto');
    if (!diagram) throw new Error('Internal error: the layout was superseded');
    const layoutMs = performance.now() - started;
    const { answer, milliseconds: drawMs } = await preview.timed({
      kind: 'show-plan',
      document: 'file:///bench.tsg.md',
      diagram,
      problems: { errors: 0, warnings: 0 },
      keepViewport: false,
    });
    if (answer.kind !== 'done') throw new Error(`The page could not draw: ${JSON.stringify(answer)}`);
    const panFrameMs = Number(
      await preview.page.evaluate(`(async () => {
        const canvas = document.querySelector('.canvas');
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        await frame();
        const started = performance.now();
        for (let i = 0; i < 30; i++) {
          canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: 120, bubbles: true, cancelable: true }));
          await frame();
        }
        return (performance.now() - started) / 30;
      })()`),
    );
    const longestBlockMs = Number(await preview.page.evaluate('globalThis.longest'));
    return { layoutMs, drawMs, totalMs: layoutMs + drawMs, longestBlockMs, panFrameMs };
  } finally {
    await preview.page.close();
  }
}
