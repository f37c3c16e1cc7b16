// Pictures of the preview's real page in the editor's three themes, for looking at:
// `tsx scripts/screenshot-preview.ts [OUT] [PLANDAG.json …]` writes PNGs of the given plans and of generated ones.
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Diagram, layoutPlan, pictureChanges, pictureCoverage, type RunPicture } from '../src/diagram/index.ts';
import { analyze } from '../src/editing/index.ts';
import { mergePlans, type Plan, readPlanDag } from '../src/plan/index.ts';
import type { ThemeName } from '../test/support/editor-themes.ts';
import { generatedPlan } from '../test/support/generated-plan.ts';
import { findChromium, PreviewBrowser, type PreviewPage } from '../test/support/preview-page.ts';
import { sampleCoverage, sampleRun } from '../test/support/sample-run.ts';

const [out = 'out/shots', ...files] = process.argv.slice(2);
const themes: readonly ThemeName[] = ['light', 'dark', 'high-contrast'];
const noProblems = { errors: 0, warnings: 0 };

function readPlan(file: string): Plan {
  const read = readPlanDag(readFileSync(file, 'utf8'));
  if (!read.plan) throw new Error(`${file} is not a PlanDAG: ${read.problems?.[0]?.message ?? ''}`);
  return read.plan;
}

async function shoot(preview: PreviewPage, name: string): Promise<void> {
  // Before the picture: taking it puts a style element into the page, which the policy refuses.
  const refused = await preview.violations();
  await preview.page.screenshot({ path: join(out, `${name}.png`) });
  if (refused.length > 0) console.log(`${name}: the policy refused ${refused.join(', ')}`);
}

async function showPlan(preview: PreviewPage, diagram: Diagram, run: RunPicture | null = null): Promise<void> {
  await preview.ask({ kind: 'set-abilities', running: true });
  if (run) await preview.ask({ kind: 'show-run', run });
  await preview.ask({
    kind: 'show-plan',
    document: 'file:///guide.md',
    diagram,
    problems: noProblems,
    keepViewport: false,
  });
}

/** Two versions of a guide in one picture, as the comparison shows them. */
async function shootComparison(preview: PreviewPage, name: string): Promise<void> {
  const folder = join(import.meta.dirname, '../test/diffs/a-step-is-inserted-and-all-numbers-shift');
  const [old, next] = ['old.md', 'new.md'].map(
    (file) => analyze(readFileSync(join(folder, file), 'utf8'), { file, sha256: '', languages: null }).plan,
  );
  if (!old || !next) return;
  const merged = mergePlans(old, next);
  const comparison = { title: 'Compared with HEAD', note: '', changes: pictureChanges(merged), proposal: null };
  await preview.ask({
    kind: 'show-plan',
    document: 'file:///guide.md',
    diagram: await layoutPlan(merged.plan),
    problems: noProblems,
    keepViewport: false,
    comparison,
  });
  await preview.page.locator('.mark-changed.node, .mark-added.node').first().click();
  await shoot(preview, name);
}

/** A plan of which a sample run has gone through a part. */
async function shootCoverage(preview: PreviewPage, name: string): Promise<void> {
  const plan = generatedPlan(13);
  await showPlan(preview, await layoutPlan(plan));
  await preview.ask({ kind: 'show-coverage', coverage: pictureCoverage(plan, sampleCoverage(plan)) });
  await preview.page.locator('.mark-covered.node').first().click();
  await shoot(preview, name);
}

async function main(): Promise<void> {
  const executable = findChromium();
  if (!executable) throw new Error('No Chromium found; name one with CHROMIUM=/path/to/chromium.');
  mkdirSync(out, { recursive: true });
  const plans = [
    ...files.map((file) => ({ name: basename(file).replace(/\..*/u, ''), plan: readPlan(file) })),
    { name: 'generated-300', plan: generatedPlan(300) },
  ];
  const browser = await PreviewBrowser.launch(executable);
  try {
    for (const theme of themes) {
      await shootComparison(await browser.open(theme), `comparison-${theme}`);
      await shootCoverage(await browser.open(theme), `coverage-${theme}`);
      for (const { name, plan } of plans) {
        const diagram = await layoutPlan(plan);
        const preview = await browser.open(theme);
        await showPlan(preview, diagram);
        await shoot(preview, `${name}-${theme}`);
        await preview.ask({ kind: 'show-run', run: sampleRun(plan) });
        await preview.page.locator('.node').nth(3).focus();
        await preview.page.keyboard.press('ArrowDown');
        await preview.ask({ kind: 'light-node', node: plan.nodes[2]?.id ?? null, scroll: false });
        await shoot(preview, `${name}-${theme}-run`);
        await preview.page.getByTitle('Fit (0)').click();
        await shoot(preview, `${name}-${theme}-fit`);
        await preview.page.getByTitle('Fit (0)').click();
        await shoot(preview, `${name}-${theme}-breadth`);
        await preview.page.close();
      }
      const preview = await browser.open(theme, { width: 520, height: 560 });
      const message = 'A step is a heading such as “## Step 1 - Check the dashboard” or an item of a numbered list.';
      await preview.ask({
        kind: 'show-empty',
        document: 'file:///guide.md',
        reason: 'no-steps',
        message,
        problems: noProblems,
      });
      await shoot(preview, `empty-${theme}`);
      await preview.page.close();
    }
  } finally {
    await browser.close();
  }
}

await main();
