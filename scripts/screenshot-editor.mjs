// Pictures of the editor as a user has it, for people to judge: the main sample with its plan, a live run's output, problems.
//   node scripts/screenshot-editor.mjs [--out FOLDER] [--theme light|dark|high-contrast]...
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generateSamples } from './generate-samples.mjs';
import { openBrowser } from './vscode-host/browser.mjs';
import { ensureHost, project } from './vscode-host/place.mjs';
import { linkExtension, newHome, startServer, workbenchUrl } from './vscode-host/server.mjs';

const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern', 'high-contrast': 'Default High Contrast' };
const flags = (name) =>
  process.argv.flatMap((word, i, all) => (word === `--${name}` && all[i + 1] ? [all[i + 1]] : []));
const out = resolve(flags('out')[0] ?? join(project, 'out', 'screenshots'));
const wanted = flags('theme').length ? flags('theme') : Object.keys(themes);
const guide = 'api-availability/api-availability.tsg.md';

/** A guide whose steps are no headings. */
const paragraphs = `# Monitor away

## Meaning

The monitor of the store has not answered for five minutes.

## Diagnosis

Look at the pods of the store:

\`\`\`bash
kubectl get pods --namespace store
\`\`\`

If a pod is pending, look at what holds it up:

\`\`\`bash
kubectl describe pod monitor --namespace store
\`\`\`

## Mitigation

If the disk is full, clean it up. Depending on what the log says, one of the teams can be asked.

Restart the pod.
`;

async function picture(host, theme) {
  const home = newHome();
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'tsg-pictures-')));
  cpSync(join(project, 'samples'), workspace, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !path.includes('.tsg/') && !path.endsWith('.tsg'),
  });
  cpSync(join(project, 'test', 'extension', 'workspace', 'mistakes.tsg.md'), join(workspace, 'mistakes.tsg.md'));
  writeFileSync(join(workspace, 'paragraphs.tsg.md'), paragraphs);
  linkExtension(home);
  const server = await startServer(host, home, {
    testDriver: false,
    settings: { 'workbench.colorTheme': themes[theme], 'extensions.verifySignature': false },
  });
  const context = await openBrowser(host, home, { width: 1600, height: 1000 });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const shoot = (name) => page.screenshot({ path: join(out, `${theme}-${name}.png`) });
    await page.goto(workbenchUrl(server.port, workspace, [['openFile', server.remote(join(workspace, guide))]]));
    await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
    await page.waitForSelector('.codelens-decoration', { state: 'attached', timeout: 60_000 });
    await page.locator('.monaco-editor .view-line').nth(8).click();
    await shoot('guide');
    await authoring(page, shoot);
    await perform(page, 'TSG: Open Preview');
    await page
      .frameLocator('iframe.webview.ready')
      .frameLocator('iframe#active-frame')
      .locator('svg')
      .first()
      .waitFor();
    await page.waitForTimeout(1500);
    await shoot('preview');
    await page.locator('.monaco-editor .view-line').nth(4).click();
    await page.keyboard.press('F5');
    await page.waitForSelector('.notifications-toasts .notification-list-item', { timeout: 60_000 });
    await page.waitForTimeout(1500);
    await shoot('run-ended');
    await page.keyboard.press('Escape');
    await goToLine(page, 58);
    await shoot('run-output');
    await perform(page, 'TSG: Open Run');
    await page.getByText('Open which run?').waitFor();
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await page.waitForTimeout(500);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(2500);
    await shoot('run-report');
    await page.getByText('Guide Runs').click();
    await openFile(page, 'service-latency.tsg.md');
    await perform(page, 'TSG: Dry-run');
    await page.getByText('Nothing was performed').first().waitFor({ timeout: 30_000 });
    await page.waitForTimeout(800);
    await goToLine(page, 24);
    await shoot('dry-run');
    await page.keyboard.press('Escape');
    await openFile(page, 'mistakes.tsg.md');
    await perform(page, 'Problems: Focus on Problems View');
    await page.waitForTimeout(1200);
    await shoot('problems');
    await perform(page, 'TSG: Check Workspace');
    await page.getByText('guides checked').first().waitFor({ timeout: 30_000 });
    await page.waitForTimeout(800);
    await shoot('workspace-checked');
    await page.keyboard.press('Escape');
    await openFile(page, 'paragraphs.tsg.md');
    await page.waitForTimeout(800);
    await shoot('paragraphs');
    await openFile(page, 'disk-full.tsg.md');
    await page.keyboard.press('F5');
    await page.waitForSelector('.monaco-dialog-box', { timeout: 30_000 });
    await page.waitForTimeout(500);
    await shoot('approval');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+F5');
    await debugging(page, shoot);
    await tests(page, shoot);
    await views(page, shoot);
  } catch (error) {
    await context.pages()[0]?.screenshot({ path: join(out, `${theme}-failed.png`) });
    throw error;
  } finally {
    await context.close();
    await server.stop();
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** A guide that is stepped through: a breakpoint, what is found there, a look back, and why it went there. */
async function debugging(page, shoot) {
  await openFile(page, 'api-availability.tsg.md');
  await perform(page, 'View: Close Other Editors in Group');
  await openFile(page, 'api-availability.tsg.md');
  await goToLine(page, 64);
  await page.keyboard.press('F9');
  await page.keyboard.press('F5');
  await page.locator('.debug-toolbar').waitFor({ timeout: 30_000 });
  await page.locator('.debug-call-stack .stack-frame').first().waitFor({ timeout: 30_000 });
  await page.waitForTimeout(2500);
  await shoot('debug');
  await page.keyboard.press('F11');
  await page.waitForTimeout(2500);
  await shoot('debug-action');
  await page.locator('.debug-toolbar .codicon-debug-step-back').click();
  await page.waitForTimeout(2500);
  await shoot('debug-back');
  await page.keyboard.press('Shift+F5');
  await page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: 30_000 });
  await page.keyboard.press('F9');
}

/** The guides' tests, and how much of a guide they go through. */
async function tests(page, shoot) {
  await openFile(page, 'api-availability.tsg.md');
  await perform(page, 'Testing: Focus on Test Explorer View');
  await page.locator('.test-explorer .monaco-list-row').first().waitFor({ timeout: 30_000 });
  await perform(page, 'Test: Run All Tests with Coverage');
  await page.locator('.test-explorer .codicon-testing-passed-icon').first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2500);
  await shoot('tests');
}

/** The three views of the Explorer, with tools that were checked. */
async function views(page, shoot) {
  await perform(page, 'View: Show Explorer');
  await openFile(page, 'api-availability.tsg.md');
  for (const title of ['Guide Plan', 'Guide Runs', 'Guide Tools']) {
    const header = page.locator('.pane-header', { hasText: title }).first();
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }
  await perform(page, 'TSG: Check All Tools');
  await page.waitForTimeout(3000);
  await shoot('views');
}

/** What the editor tells and offers where the cursor stands. */
async function authoring(page, shoot) {
  await openFile(page, 'mistakes.tsg.md');
  await goToLine(page, '10:7');
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  await page.locator('.monaco-hover:visible').first().waitFor({ timeout: 20_000 });
  await page.waitForTimeout(600);
  await shoot('hover');
  await page.keyboard.press('Escape');
  await goToLine(page, '16:32');
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  await page.waitForTimeout(1500);
  await shoot('hover-finding');
  await page.keyboard.press('Escape');
  await goToLine(page, '13:8');
  await page.keyboard.press('Control+Period');
  await page.locator('.action-widget').first().waitFor({ timeout: 20_000 });
  await page.waitForTimeout(600);
  await shoot('fixes');
  await page.keyboard.press('Escape');
  await goToLine(page, '10:7');
  await page.keyboard.press('F2');
  await page.locator('.rename-box').first().waitFor({ timeout: 20_000 });
  await page.waitForTimeout(600);
  await shoot('rename');
  await page.keyboard.press('Escape');
  await goToLine(page, '18:25');
  await page.keyboard.type(' If the exit code is 1, go to Step ');
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-widget.visible').first().waitFor({ timeout: 20_000 });
  await page.waitForTimeout(1000);
  await shoot('completion');
  await page.keyboard.press('Escape');
  await perform(page, 'File: Revert File');
  await perform(page, 'Welcome: Open Walkthrough...');
  await page.locator('.quick-input-widget input.input').fill('TSG');
  await page.waitForTimeout(800);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(2500);
  await shoot('walkthrough');
  await page.keyboard.press('Control+W');
  await openFile(page, 'api-availability.tsg.md');
}

async function perform(page, title) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input.input');
  await input.fill(`>${title}`);
  // Another command whose name begins with the title may stand first.
  const exact = new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}…?$`);
  const label = page.locator('.label-name', { hasText: exact });
  await page.locator('.quick-input-list .monaco-list-row').filter({ has: label }).first().click();
}

async function openFile(page, name) {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input.input').fill(name);
  // What was opened last stands there until the search has found something.
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
  await page.locator('.tabs-container .tab.active', { hasText: name }).first().waitFor();
  await page.waitForTimeout(1500);
}

async function goToLine(page, line) {
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input.input').fill(`:${line}`);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(800);
}

mkdirSync(out, { recursive: true });
// Runs need the data that the samples run on.
generateSamples();
const host = ensureHost();
for (const theme of wanted) {
  if (!(theme in themes))
    throw new Error(`There is no theme ${theme}; the themes are ${Object.keys(themes).join(', ')}.`);
  await picture(host, theme);
  console.log(`${theme}: pictures in ${out}`);
}
process.exit(0);
