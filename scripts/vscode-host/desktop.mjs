// Desktop VS Code: found on the path for people, or fetched by @vscode/test-electron for tests where that is possible.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onPath, project } from './place.mjs';

const pinned = '1.105.1';

/** The `code` program, or undefined; TSG_CODE names another, and an empty TSG_CODE means none. */
export function findCode() {
  return process.env.TSG_CODE ?? onPath('code');
}

/**
 * The desktop VS Code that tests run in, or a sentence saying why there is none. Fetching gets `seconds` to show that it
 * can work at all: behind a closed network the attempt must not cost the whole test time.
 */
export async function desktopForTests(seconds = 8) {
  if (process.env.TSG_HOST === 'browser') return { why: 'TSG_HOST=browser asks for the browser host' };
  if (process.env.TSG_VSCODE) return { executable: process.env.TSG_VSCODE };
  if (process.platform === 'linux' && !process.env.DISPLAY && !onPath('xvfb-run')) {
    return { why: 'there is no display (DISPLAY is not set and xvfb-run is not installed)' };
  }
  const cachePath = join(project, '.vscode-test');
  if (!existsSync(cachePath)) {
    const reachable = await canFetch(seconds);
    if (reachable !== true) return { why: `desktop VS Code cannot be fetched here (${reachable})` };
  }
  try {
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    return { executable: await downloadAndUnzipVSCode({ version: pinned, cachePath, timeout: 60_000 }) };
  } catch (error) {
    return { why: `desktop VS Code cannot be fetched here (${error.message})` };
  }
}

/** Asks test-electron's own release list, in a process of its own so that a hanging connection can be cut. */
async function canFetch(seconds) {
  const ask = `import('@vscode/test-electron/out/download.js').then(async (m) => {
    const list = await (m.default ?? m).fetchStableVersions(true, ${(seconds - 1) * 1000});
    if (!list.length) throw new Error('no releases listed');
  }).then(() => process.exit(0), (error) => { console.error(error.message); process.exit(1); });`;
  const { status, signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', ask], {
    cwd: project,
    timeout: seconds * 1000,
    encoding: 'utf8',
  });
  if (status === 0) return true;
  return signal ? `no answer within ${seconds} s` : stderr.trim().split('\n')[0] || `exit code ${status}`;
}

/** Runs the suite in desktop VS Code; the exit code is the suite's. */
export async function runDesktopSuite(executable, { extension, beside = [], suite, workspace, report, env = {} }) {
  const { runTests } = await import('@vscode/test-electron');
  try {
    return await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: [extension, ...beside],
      extensionTestsPath: suite,
      extensionTestsEnv: { ...env, TSG_TEST_REPORT: report },
      launchArgs: [
        workspace,
        '--disable-extensions',
        '--disable-workspace-trust',
        '--skip-welcome',
        '--skip-release-notes',
      ],
    });
  } catch (error) {
    console.error(error.message);
    return 1;
  }
}
