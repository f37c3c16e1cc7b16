// Starts the VS Code server of a host folder on a free loopback port, with a home of its own that is removed at the end,
// so that nothing of the user's own VS Code is read or written.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { project } from './place.mjs';

const quiet = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'window.confirmBeforeClose': 'never',
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
};

/** A fresh home folder; its path is short because it holds unix sockets. Removed when this process ends unless `keep`. */
export function newHome(keep = Boolean(process.env.TSG_HOST_KEEP)) {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'tsgvs-')));
  mkdirSync(join(home, 'exts'), { recursive: true });
  process.once('exit', () => {
    if (keep) return console.error(`kept ${home}`);
    try {
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    } catch {
      // A process that is still ending may hold a file; the temporary folder is cleaned by the system then.
    }
  });
  return home;
}

/** Makes the project an installed extension of that home, by a link: what is built is what runs. */
export function linkExtension(home) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  symlinkSync(project, join(home, 'exts', `${publisher}.${name}-${version}`), 'dir');
}

/**
 * Starts the server and resolves when it listens.
 * `testDriver` makes the payload's development and tests paths count; it also hides notifications, so a person gets it off.
 * `proxy` lets the page reach servers on this machine's own ports below `/proxy/<port>/`.
 * `trusted: false` leaves workspace trust on, with every folder untrusted.
 */
export async function startServer(
  host,
  home,
  { settings = {}, testDriver = true, trusted = true, proxy = false, port = 0, env = {} } = {},
) {
  const data = join(home, 'data');
  mkdirSync(join(data, 'User'), { recursive: true });
  const trust = trusted
    ? { 'security.workspace.trust.enabled': false }
    : { 'security.workspace.trust.startupPrompt': 'never' };
  writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify({ ...quiet, ...trust, ...settings }, null, 2));
  const config = join(home, 'config.yaml');
  writeFileSync(config, '{}\n');
  const flags = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  if (!proxy) flags.push('--disable-proxy');
  if (trusted) flags.push('--disable-workspace-trust');
  if (testDriver) flags.push('--vscode-option', 'enable-smoke-test-driver');
  const where = ['--config', config, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`];
  const folders = ['--user-data-dir', data, '--extensions-dir', join(home, 'exts')];
  const child = spawn(host.node, [host.entry, ...where, ...folders, ...flags], {
    cwd: home,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutNpm(),
      HOME: home,
      TMPDIR: home,
      XDG_CONFIG_HOME: home,
      XDG_DATA_HOME: home,
      XDG_RUNTIME_DIR: home,
      ...env,
    },
  });
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // Already gone.
    }
  };
  process.prependOnceListener('exit', () => signal('SIGKILL'));
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const listening = await new Promise((resolve, reject) => {
    let log = '';
    const read = (chunk) => {
      log += chunk;
      if (process.env.TSG_HOST_VERBOSE) process.stderr.write(chunk);
      const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(log);
      if (found) resolve(Number(found[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    const limit = setTimeout(() => reject(new Error(`The VS Code server did not start within 60 s.\n${log}`)), 60_000);
    limit.unref();
    void gone.then((code) => reject(new Error(`The VS Code server ended with code ${code}.\n${log}`)));
  });
  return {
    port: listening,
    gone,
    /** The address by which the workbench names a file of the server's machine. */
    remote: (path) => `vscode-remote://127.0.0.1:${listening}${path}`,
    async stop() {
      signal('SIGTERM');
      let timer;
      await Promise.race([gone, new Promise((resolve) => (timer = setTimeout(resolve, 5000)))]);
      clearTimeout(timer);
      signal('SIGKILL');
    },
  };
}

/** The workbench's address. Loopback counts as a secure context, which webviews need. */
export function workbenchUrl(port, folder, entries = []) {
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (folder) url.searchParams.set('folder', folder);
  else url.searchParams.set('ew', 'true');
  if (entries.length) {
    url.searchParams.set(
      'payload',
      JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...entries]),
    );
  }
  return url.href;
}

/** The environment without what `npm run` adds: an extension's child processes should not see it. */
function withoutNpm() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
}
