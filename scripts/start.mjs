// `npm start`: installs and builds what is missing, then opens samples/ in VS Code with the extension loaded - desktop VS Code
// when `code` is found, else the browser-hosted one. `npm start -- --terminal` runs the main sample in the terminal instead.
// `--browser` asks for the browser host even beside a desktop VS Code; `--port N` fixes its port.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findCode } from './vscode-host/desktop.mjs';
import { ensureHost, Missing, project } from './vscode-host/place.mjs';
import { linkExtension, newHome, startServer, workbenchUrl } from './vscode-host/server.mjs';

const asked = new Set(process.argv.slice(2));
const samples = join(project, 'samples');
const main = join(samples, 'api-availability', 'api-availability.tsg.md');

async function start() {
  install();
  step('Building', process.execPath, ['esbuild.mjs']);
  step('Making the data of the samples', process.execPath, ['scripts/generate-samples.mjs']);
  if (asked.has('--terminal')) return runInTerminal();
  const code = asked.has('--browser') ? undefined : findCode();
  return code ? openDesktop(code) : openInBrowser();
}

function install() {
  if (existsSync(join(project, 'node_modules', '.package-lock.json'))) return;
  step('Installing', 'npm', ['ci', '--no-audit', '--no-fund']);
}

function step(name, command, args) {
  console.log(`${name} ...`);
  const { status, error } = spawnSync(command, args, {
    cwd: project,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Missing(`${name} failed: ${error?.message ?? `${command} ended with ${status}`}.`);
}

/** The live run of the main sample; Ctrl-C reaches the child, which stops the run and says how it ended. */
function runInTerminal() {
  const child = spawn(process.execPath, [join(project, 'dist', 'tsg.mjs'), 'run', main, '--live'], {
    cwd: project,
    stdio: 'inherit',
  });
  process.on('SIGINT', () => undefined);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 130)));
}

function openDesktop(code) {
  console.log(`Opening samples/ with ${code} ...`);
  const { status, error } = spawnSync(code, [`--extensionDevelopmentPath=${project}`, '--new-window', samples, main], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw new Missing(`${code} could not be started: ${error.message}`);
  return status ?? 1;
}

async function openInBrowser() {
  const host = ensureHost(console.log);
  const home = newHome();
  linkExtension(home);
  const index = process.argv.indexOf('--port');
  const server = await startServer(host, home, {
    testDriver: false,
    port: index > 0 ? Number(process.argv[index + 1]) : 0,
    settings: { 'extensions.verifySignature': false },
  });
  const open = [['openFile', server.remote(main)]];
  console.log(`\nTSG Studio is open at\n\n  ${workbenchUrl(server.port, samples, open)}\n\nCtrl-C ends it.`);
  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve(0));
  });
  const code = await Promise.race([interrupted, server.gone.then(() => 1)]);
  if (code) console.error('The VS Code server ended by itself.');
  await server.stop();
  return code;
}

let code;
try {
  code = await start();
} catch (error) {
  console.error(error instanceof Missing ? error.message : error);
  code = 1;
}
process.exit(code);
