// Runs one mocha suite inside the browser-hosted VS Code and resolves to an exit code: 0 passed, 1 a test failed or the
// suite does not load, 70 the page crashed, 71 the extension host died before the suite ended, 124 out of time.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openBrowser } from './browser.mjs';
import { lendHand } from './hand.mjs';
import { newHome, startServer, workbenchUrl } from './server.mjs';

const noise =
  /^(\[(ChatModelSelection|AgentHost|AccountPolicyGate|reconnection-grace-time|Service Worker)|Canceled|Timed out waiting for authentication provider|Creating a socket|Resolv(ing|ed) connection token|Updating additional builtin|getaddrinfo ENOTFOUND)/;

// VS Code reports 0 even when its extension host dies, so a wrapper round the suite leaves the true verdict in a file.
const wrapper = `exports.run = async () => {
  let verdict = 'fail';
  try {
    await require(process.env.TSG_SUITE).run();
    verdict = 'pass';
  } finally {
    if (process.env.NODE_V8_COVERAGE) require('v8').takeCoverage();
    require('fs').writeFileSync(process.env.TSG_VERDICT, verdict);
  }
};`;

/** `options`: extension, others `beside` it, suite, workspace (a copy; edited in place), report (file for the counts), seconds, trusted, screenshot, env. */
export async function runSuite(
  host,
  { extension, beside = [], suite, workspace, report, seconds = 1200, trusted = true, screenshot, env = {} },
) {
  const home = newHome();
  const entry = join(home, 'suite.cjs');
  const verdict = join(home, 'verdict');
  writeFileSync(entry, wrapper);
  for (const other of beside) symlinkSync(other, join(home, 'exts', basename(other)), 'dir');
  const hand = join(home, 'hand');
  mkdirSync(hand);
  const server = await startServer(host, home, {
    trusted,
    env: { ...env, TSG_SUITE: suite, TSG_VERDICT: verdict, TSG_TEST_REPORT: report, TSG_TEST_HAND: hand },
  });
  let context;
  let withdraw;
  let timer;
  // What the window says while it closes tells nothing about the tests.
  let over = false;
  try {
    context = await openBrowser(host, home);
    const page = context.pages()[0] ?? (await context.newPage());
    const ended = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', (code) => {
        over = true;
        resolve(code);
      });
      page.on('crash', () => resolve(70));
    });
    await page.exposeFunction('codeAutomationLog', (kind, words) => {
      if (!process.env.TSG_HOST_VERBOSE && (over || noise.test(String(words[0])))) return;
      console[kind === 'error' || kind === 'warn' ? 'error' : 'log'](...words);
    });
    const entries = [
      ['extensionDevelopmentPath', server.remote(extension)],
      ['extensionTestsPath', server.remote(entry)],
    ];
    await page.goto(workbenchUrl(server.port, workspace, entries));
    await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
    withdraw = lendHand(page, hand);
    const limit = new Promise((resolve) => (timer = setTimeout(resolve, seconds * 1000, 124)));
    const code = await Promise.race([ended, limit]);
    if (screenshot) await page.screenshot({ path: screenshot }).catch(() => undefined);
    return code === 0 && readVerdict(verdict) !== 'pass' ? 71 : code;
  } finally {
    clearTimeout(timer);
    withdraw?.();
    await context?.close().catch(() => undefined);
    await server.stop();
  }
}

function readVerdict(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'none';
  }
}
