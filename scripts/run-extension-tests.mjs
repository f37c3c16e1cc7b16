// Runs test/extension in a real VS Code: desktop where it can be had, else the browser host. Prints one line for machines,
// `TSG_TESTS passed=N failed=N skipped=N`, and exits as scripts/vscode-host/run-suite.mjs tells. `--grep TEXT` narrows, and so does
// `--suite suite|restricted|browser`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { desktopForTests, runDesktopSuite } from './vscode-host/desktop.mjs';
import { ensureHost, Missing, onPath, project } from './vscode-host/place.mjs';
import { runBrowserSuite } from './vscode-host/run-browser-suite.mjs';
import { runSuite } from './vscode-host/run-suite.mjs';

const out = join(project, 'out', 'extension-tests');
const flag = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : '');
const grep = flag('--grep');
const only = flag('--suite');

async function main() {
  if (process.platform === 'linux' && !process.env.DISPLAY && onPath('xvfb-run') && !process.env.TSG_IN_XVFB) {
    const again = spawnSync('xvfb-run', ['-a', process.execPath, ...process.argv.slice(1)], {
      stdio: 'inherit',
      env: { ...process.env, TSG_IN_XVFB: '1' },
    });
    return again.status ?? 1;
  }
  if (!existsSync(join(project, 'dist', 'extension.cjs'))) {
    throw new Missing('There is no dist/extension.cjs to test. Build first: npm run build');
  }
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await build({
    absWorkingDir: project,
    entryPoints: { suite: 'test/extension/suite.ts', restricted: 'test/extension/restricted-suite.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
    external: ['vscode', 'mocha'],
  });
  await build({
    absWorkingDir: project,
    entryPoints: { browser: 'test/extension/browser-suite.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    sourcemap: 'inline',
    logLevel: 'warning',
    external: ['vscode'],
  });
  const desktop = await desktopForTests();
  if ('why' in desktop) console.log(`Extension tests run in the browser-hosted VS Code: ${desktop.why}.`);
  const host = 'why' in desktop ? ensureHost() : undefined;
  const total = { passed: 0, failed: 0, skipped: 0 };
  let worst = 0;
  for (const suite of ['suite', 'restricted']) {
    if (only && only !== suite) continue;
    const workspace = copyOfWorkspace();
    const report = join(out, `${suite}.json`);
    const options = {
      extension: project,
      beside: [join(project, 'test', 'extension', 'models')],
      suite: join(out, `${suite}.cjs`),
      workspace,
      report,
      trusted: suite !== 'restricted',
      screenshot: join(out, `${suite}.png`),
      env: { TSG_TEST_GREP: grep, TSG_TEST_PROJECT: project },
    };
    try {
      const code = host ? await runSuite(host, options) : await runDesktopSuite(desktop.executable, options);
      const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
      if (counts) for (const key of Object.keys(total)) total[key] += counts[key];
      if (!counts || (code !== 0 && counts.failed === 0)) {
        total.failed++;
        console.error(`The ${suite} suite did not come to its end (exit code ${code}).`);
      }
      worst = worst || code;
    } finally {
      rmSync(workspace, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  }
  // The browser build has a host of its own, wherever the others run.
  const browserHost = only && only !== 'browser' ? undefined : (host ?? browserHostIfAny());
  if (browserHost) {
    const { code, counts } = await runBrowserSuite(browserHost, {
      suite: join(out, 'browser.cjs'),
      grep,
      screenshot: join(out, 'browser.png'),
    });
    for (const key of Object.keys(total)) total[key] += counts?.[key] ?? 0;
    if (!counts || (code !== 0 && counts.failed === 0)) {
      total.failed++;
      console.error(`The browser suite did not come to its end (exit code ${code}).`);
    }
    worst = worst || code;
  } else if (!only) total.skipped++;
  console.log(`TSG_TESTS passed=${total.passed} failed=${total.failed} skipped=${total.skipped}`);
  return worst || (total.failed ? 1 : 0);
}

function browserHostIfAny() {
  try {
    return ensureHost();
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    console.log(`The browser build is not tested here: ${error.message}`);
    return undefined;
  }
}

/** VS Code edits the workspace in place, so it gets a copy. */
function copyOfWorkspace() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsg-workspace-')));
  cpSync(join(project, 'test', 'extension', 'workspace'), folder, { recursive: true });
  return folder;
}

let code;
try {
  code = await main();
} catch (error) {
  console.error(error instanceof Missing ? error.message : error);
  console.log('TSG_TESTS passed=0 failed=1 skipped=0');
  code = 1;
}
process.exit(code);
