// Where the browser-hosted VS Code lives and how it gets there: code-server with its own Node, both pinned, in a folder of
// their own (about 800 MB), because neither belongs among the project's dependencies. Nothing is installed twice.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const project = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const pinned = { node: '24.21.0', codeServer: '4.139.1' };
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** A missing prerequisite: `message` names it and says how to get it. */
export class Missing extends Error {}

/** Paths inside a host folder. */
export function hostPaths(folder = process.env.VSCODE_HOST_DIR ?? join(project, '.vscode-host')) {
  const root = resolve(folder);
  const modules = join(root, 'node_modules');
  return {
    root,
    node: join(modules, nodePackage, 'bin', 'node'),
    nodeRoot: join(modules, nodePackage),
    entry: join(modules, 'code-server', 'out', 'node', 'entry.js'),
    manifest: join(modules, 'code-server', 'package.json'),
    /** Written last, so that an interrupted installation is not taken for a finished one. */
    done: join(root, 'complete.json'),
  };
}

/** Installs whatever the browser-hosted VS Code needs and is not there yet; throws `Missing` when that cannot be done here. */
export function ensureHost(say = console.error) {
  const paths = hostPaths();
  if (process.platform === 'win32') {
    throw new Missing(
      'The browser-hosted VS Code does not run on Windows. Install desktop VS Code so that `code` is on the path.',
    );
  }
  const browser = ensureSystemPackages(!isComplete(paths), say);
  if (!isComplete(paths)) install(paths, say);
  return { ...paths, browser };
}

function isComplete(paths) {
  if (!existsSync(paths.node) || !existsSync(paths.entry)) return false;
  const version = JSON.parse(readFileSync(paths.manifest, 'utf8')).version;
  // A folder named by VSCODE_HOST_DIR may have been made by hand and carry no mark; ours must carry it.
  return process.env.VSCODE_HOST_DIR ? true : version === pinned.codeServer && existsSync(paths.done);
}

function install(paths, say) {
  say(`Setting up the browser-hosted VS Code in ${paths.root} (once, some 800 MB, one to three minutes) ...`);
  mkdirSync(paths.root, { recursive: true });
  const manifest = { name: 'vscode-host', private: true, allowScripts: { 'code-server': true, argon2: true } };
  writeFileSync(join(paths.root, 'package.json'), JSON.stringify(manifest, null, 2));
  npm(paths, [`${nodePackage}@${pinned.node}`], {});
  const path = `${join(paths.nodeRoot, 'bin')}:${process.env.PATH ?? ''}`;
  npm(paths, [`code-server@${pinned.codeServer}`], { PATH: path, npm_config_nodedir: paths.nodeRoot });
  writeFileSync(paths.done, JSON.stringify(pinned));
}

function npm(paths, packages, env) {
  const args = ['install', '--no-audit', '--no-fund', '--save-exact', '--prefix', paths.root, ...packages];
  // An npm that started us hands down settings of its own: which Node it runs on, how little it may say. They are not for this folder.
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(package|lifecycle|command|node|exec)|^npm_config_(user_agent|loglevel|local_prefix)$/i.test(name),
    ),
  );
  const { status, error, stdout, stderr } = spawnSync('npm', args, {
    cwd: paths.root,
    env: { ...inherited, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return;
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-25).join('\n');
  throw new Missing(
    `npm could not install ${packages.join(' ')}: ${error?.message ?? `exit code ${status}`}\n${said}\n` +
      'It needs a reachable npm registry, a C++ compiler, make, python3 and the Kerberos headers (Debian: g++ make python3 libkrb5-dev).',
  );
}

/** Chromium always; the compiler and headers only while code-server's native parts are still to be built. */
function ensureSystemPackages(building, say) {
  const wanted = [];
  if (!findBrowser()) wanted.push('chromium');
  if (building && process.platform === 'linux') {
    if (!onPath('g++')) wanted.push('g++');
    if (!onPath('make')) wanted.push('make');
    if (!onPath('python3')) wanted.push('python3');
    if (!existsSync('/usr/include/gssapi/gssapi.h')) wanted.push('libkrb5-dev');
  }
  if (wanted.length) {
    const root = process.getuid?.() === 0;
    const command = `apt-get install -y --no-install-recommends ${wanted.join(' ')}`;
    if (!root || !onPath('apt-get')) throw new Missing(howToGet(wanted, command));
    say(`Installing ${wanted.join(', ')} with apt-get ...`);
    apt(['update', '-q'], wanted);
    apt(['install', '-y', '-q', '--no-install-recommends', ...wanted], wanted);
  }
  const browser = findBrowser();
  if (!browser) throw new Missing(howToGet(['chromium'], 'apt-get install -y chromium'));
  return browser;
}

function apt(args, wanted) {
  const { status, stdout, stderr } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    const said = `${stdout}${stderr}`.trim().split('\n').slice(-10).join('\n');
    throw new Missing(`apt-get ${args[0]} failed while fetching ${wanted.join(', ')}:\n${said}`);
  }
}

function howToGet(wanted, command) {
  const name = wanted.includes('chromium') ? ' A browser elsewhere can be named with CHROMIUM=/path/to/chromium.' : '';
  const how =
    process.platform === 'darwin'
      ? 'Install Google Chrome or Chromium, and the Xcode command line tools (xcode-select --install).'
      : `On Debian or Ubuntu: sudo ${command}`;
  return `Missing: ${wanted.join(', ')}.\n${how}${name}`;
}

/** The browser to use, or undefined. */
export function findBrowser() {
  const places = [
    process.env.CHROMIUM,
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(onPath),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  return places.find((place) => place && existsSync(place));
}

/** The full path of a program on the path, or undefined. */
export function onPath(program) {
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  const names = process.platform === 'win32' ? [`${program}.cmd`, `${program}.exe`] : [program];
  for (const folder of folders)
    for (const name of names) if (folder && existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}
