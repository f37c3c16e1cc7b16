// The exported HTML page, opened from disk in headless Chromium: it asks for nothing, its policy refuses nothing that it does,
// steps and lines light up together, and no text of an author becomes markup or script.
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { layoutPlan, pageOfPlan, renderHtmlPage } from '../src/diagram/index.ts';
import { analyze } from '../src/editing/index.ts';
import { readMermaid, type Plan } from '../src/plan/index.ts';
import { root, tsg } from './cli/tsg.ts';
import { generatedPlan } from './support/generated-plan.ts';
import { findChromium } from './support/preview-page.ts';

const guide = [
  '# Queue is long',
  '',
  '## Step 1 - Look at the queue',
  '',
  '```sql',
  'SELECT waiting FROM queue',
  '```',
  '',
  'If waiting is above 100, go to Step 2. Otherwise, this resolves the incident.',
  '',
  '## Step 2 - Restart the workers',
  '',
  'Then look again.',
  '',
].join('\n');

async function bundlePage(): Promise<{ readonly script: string; readonly style: string }> {
  const result = await build({
    absWorkingDir: root,
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
    entryPoints: { page: 'webview/page.ts', 'page-style': 'webview/page.css' },
    outdir: 'dist/webview',
  });
  const text = (end: string): string => result.outputFiles.find((file) => file.path.endsWith(end))?.text.trim() ?? '';
  return { script: text('page.js'), style: text('page-style.css') };
}

describe('the HTML page', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'tsg-page-'));
  let browser: Browser | undefined;
  let parts: Awaited<ReturnType<typeof bundlePage>>;

  before(async function () {
    const executablePath = findChromium();
    if (!executablePath) {
      console.log('      not run: no Chromium found; name one with CHROMIUM=/path/to/chromium');
      this.skip();
    }
    parts = await bundlePage();
    browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: ['--disable-gpu'] });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const compiled = (text: string): Plan => analyze(text, { file: 'queue.md', sha256: '', languages: null }).plan;

  async function htmlOf(plan: Plan, text: string | null, file = 'queue.md'): Promise<string> {
    const diagram = await layoutPlan(plan, { direction: 'down' });
    const hash = (part: string): string => createHash('sha256').update(part).digest('base64');
    return renderHtmlPage(pageOfPlan(plan, diagram, text === null ? null : { file, text }), { ...parts, hash });
  }

  /** Opens the file; everything that it asks for and everything that goes wrong is kept. */
  async function open(html: string): Promise<{ readonly page: Page; readonly faults: string[] }> {
    assert.ok(browser);
    const file = join(folder, 'page.html');
    writeFileSync(file, html);
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    const faults: string[] = [];
    const address = pathToFileURL(file).href;
    page.on('request', (request) => request.url() === address || faults.push(`asked for ${request.url()}`));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('dialog', (dialog) => {
      faults.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(address);
    await page.waitForSelector('.node');
    return { page, faults };
  }

  const lit = (page: Page): Promise<number[]> =>
    page.evaluate<number[]>(`[...document.querySelectorAll('.lit')].map((line) => Number(line.id.slice(1)))`);
  const transform = (page: Page): Promise<string> =>
    page.evaluate<string>(`document.querySelector('.scene').getAttribute('transform')`);

  it('shows the plan and every line of the guide, asks for nothing, and its policy refuses nothing', async () => {
    const plan = compiled(guide);
    const { page, faults } = await open(await htmlOf(plan, guide));
    assert.equal(await page.locator('.node').count(), plan.nodes.length);
    const lines = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.lines li')].map((line) => line.textContent)`,
    );
    assert.deepEqual(lines, guide.trimEnd().split('\n'));
    assert.equal(await page.title(), 'Queue is long');
    assert.deepEqual(faults, []);
  });

  it('is what the command line writes, the same bytes every time', async function () {
    if (!existsSync(join(root, 'dist', 'webview', 'page.js'))) {
      console.log('      not run: the page is not built; `npm run build` builds it');
      this.skip();
    }
    writeFileSync(join(folder, 'queue.md'), guide);
    const pages: string[] = [];
    for (const name of ['a.html', 'b.html']) {
      const end = await tsg(['compile', 'queue.md', '--format', 'html', '-o', name], { cwd: folder });
      assert.equal(end.code, 0, end.err);
      pages.push(readFileSync(join(folder, name), 'utf8'));
    }
    assert.equal(pages[0], pages[1]);
    const { page, faults } = await open(pages[0] ?? '');
    await page.click('.node[data-node="Step2"]');
    assert.deepEqual(await lit(page), [11, 12, 13]);
    assert.equal(await page.locator('.guide-file').textContent(), 'queue.md');
    assert.deepEqual(faults, []);
  });

  it('its policy would refuse any other script', async () => {
    const html = (await htmlOf(compiled(guide), guide)).replace('</body>', '<script>window.pwned = 1</script></body>');
    const { page, faults } = await open(html);
    assert.equal(await page.evaluate('window.pwned'), undefined);
    assert.ok(faults.some((fault) => /Content Security Policy/i.test(fault)));
  });

  it('a click on a step lights its lines, a click on a line chooses its step, a click on an arrow its sentence', async () => {
    const { page } = await open(await htmlOf(compiled(guide), guide));
    await page.click('.node[data-node="Step1"]');
    assert.deepEqual(await lit(page), [3, 4, 5, 6, 7, 8, 9]);
    await page.click('#L13');
    assert.deepEqual(await lit(page), [11, 12, 13]);
    assert.equal(await page.locator('.node.selected').getAttribute('data-node'), 'Step2');
    await page.click('.arrow-label[data-edge="edge_Step1_Step2"]');
    assert.deepEqual(await lit(page), [9]);
    await page.click('#L1');
    assert.deepEqual(await lit(page), [9], 'a line of no step changes nothing');
  });

  it('is walked with the keyboard, from the diagram into the text and back', async () => {
    const { page } = await open(await htmlOf(compiled(guide), guide));
    await page.focus('.node[data-node="Step1"]');
    await page.keyboard.press('ArrowDown');
    assert.deepEqual(await lit(page), [11, 12, 13]);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'L11');
    await page.focus('#L3');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(`document.activeElement.getAttribute('data-node')`), 'Step1');
  });

  it('is panned and zoomed', async () => {
    const { page } = await open(await htmlOf(generatedPlan(40), null));
    const begun = await transform(page);
    await page.click('button[title^="Zoom in"]');
    const larger = await transform(page);
    assert.notEqual(larger, begun);
    await page.mouse.move(300, 400);
    await page.mouse.down();
    await page.mouse.move(200, 300, { steps: 4 });
    await page.mouse.up();
    assert.notEqual(await transform(page), larger);
    await page.click('button[title^="Fit"]');
    const { width, height } = await page.evaluate<{ width: number; height: number }>(
      `(() => { const { width, height } = document.querySelector('.scene').getBoundingClientRect(); return { width, height }; })()`,
    );
    const stage = await page.locator('.stage').boundingBox();
    assert.ok(stage && width <= stage.width + 1 && height <= stage.height + 1);
  });

  it('follows what the system asks for, light or dark', async () => {
    const { page } = await open(await htmlOf(compiled(guide), guide));
    const ground = (): Promise<string> => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light' });
    assert.equal(await ground(), 'rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.equal(await ground(), 'rgb(31, 31, 31)');
  });

  it('takes no text of an author for markup, script or style', async () => {
    const hostile = [
      '# </title></h1><script>window.pwned = 1</script><img src=x onerror="window.pwned = 2">',
      '',
      '## Step 1 - </script><script>window.pwned = 3</script> <!-- <style>*{display:none}</style>',
      '',
      '<iframe src="javascript:window.pwned = 4"></iframe> &lt;b&gt; &amp; "\' ` \u2028 \u2029 \u0000 \u202e',
      '',
      '```html" onmouseover="window.pwned = 5',
      '</li></ol></section><svg onload="window.pwned = 6"><base href="https://example.com/">',
      '```',
      '',
      'If </text></svg><script>window.pwned = 7</script> is shown, go to Step 2. Otherwise, this resolves the incident.',
      '',
      '## Step 2 - javascript:alert(1) ]]> ${x} {{y}}',
      '<meta http-equiv="refresh" content="0;url=https://example.com/">',
    ].join('\n');
    const plan = compiled(hostile);
    const { page, faults } = await open(await htmlOf(plan, hostile, '"><script>window.pwned = 8</script>.md'));
    for (const node of await page.locator('.node').all()) await node.dispatchEvent('mouseover');
    assert.equal(await page.evaluate('window.pwned'), undefined);
    assert.equal(await page.locator('img, iframe, base, link, object, meta[http-equiv="refresh"]').count(), 0);
    assert.equal(await page.locator('script').count(), 2);
    assert.equal(await page.locator('style').count(), 1);
    const lines = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.lines li')].map((line) => line.textContent)`,
    );
    assert.deepEqual(
      lines,
      hostile.split('\n').map((line) => line.replace('\u0000', '\ufffd')),
    );
    assert.equal(await page.locator('.node').count(), plan.nodes.length);
    assert.deepEqual(faults, []);
  });

  it('takes no words of a flowchart for markup either, names of steps included', async () => {
    const text =
      'flowchart LR\n  a["</script><script>window.pwned = 1</script>"] -->|"<img src=x onerror=alert(1)>"| __proto__\n';
    const { plan } = readMermaid(text);
    assert.ok(plan);
    const { page, faults } = await open(await htmlOf(plan, null));
    assert.equal(await page.evaluate('window.pwned'), undefined);
    await page.click('.node[data-node="__proto__"]');
    assert.deepEqual(await lit(page), [3]);
    assert.deepEqual(faults, []);
  });
});
