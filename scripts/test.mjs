// `npm test`: formatting, lint, types, build, unit tests and the extension's tests in a real VS Code, in that order.
// Every part runs even if an earlier one failed; a part that cannot run counts as a failure. The last line adds up all suites.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const bin = (name) => join(root, 'node_modules', '.bin', name);
const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];

/** Runs a command with its output shown and kept; resolves to `{ code, output }`. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (stream) => (data) => {
      output += data;
      stream.write(data);
    };
    child.stdout.on('data', keep(process.stdout));
    child.stderr.on('data', keep(process.stderr));
    child.once('error', (error) => resolve({ code: 127, output: String(error) }));
    child.once('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), output }));
  });
}

/** A check without tests of its own counts as one. */
async function check(name, command, args) {
  console.log(`\n== ${name}`);
  const { code } = await run(command, args);
  if (code === 0) total.passed++;
  else {
    total.failed++;
    notes.push(`${name}: exit ${code}`);
  }
}

async function unit() {
  console.log('\n== unit tests');
  const report = join(root, 'out', 'unit.json');
  rmSync(report, { force: true });
  mkdirSync(join(root, 'out'), { recursive: true });
  const { code } = await run(
    process.execPath,
    [bin('mocha'), '--reporter', 'scripts/mocha-reporter.cjs', 'test/*.test.ts'],
    {
      TSG_TEST_REPORT: report,
    },
  );
  if (!existsSync(report)) {
    total.failed++;
    notes.push(`unit tests: ended with ${code} before any result`);
    return;
  }
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  if (code !== 0 && counts.failed === 0) {
    total.failed++;
    notes.push(`unit tests: exit ${code}`);
  }
}

async function extension() {
  console.log('\n== extension tests in VS Code');
  const { code, output } = await run(process.execPath, ['scripts/run-extension-tests.mjs']);
  const counts = /TSG_TESTS passed=(\d+) failed=(\d+) skipped=(\d+)/.exec(output);
  if (counts) {
    total.passed += Number(counts[1]);
    total.failed += Number(counts[2]);
    total.skipped += Number(counts[3]);
  }
  if (!counts || (code !== 0 && Number(counts[2]) === 0) || Number(counts[1]) === 0) {
    total.failed++;
    notes.push(`extension tests: not run or ended with ${code}`);
  }
}

const parts = {
  format: () => check('format', process.execPath, [bin('prettier'), '--check', '--log-level', 'warn', '.']),
  lint: () => check('lint', process.execPath, [bin('eslint'), '.', '--max-warnings', '0']),
  types: async () => {
    for (const project of ['core', 'all', 'extension', 'webview'])
      await check(`types (${project})`, process.execPath, [
        bin('tsc'),
        '-p',
        project === 'all' ? 'tsconfig.json' : `tsconfig.${project}.json`,
      ]);
  },
  build: () => check('build', process.execPath, ['esbuild.mjs']),
  unit,
  extension,
};

for (const name of only)
  if (!(name in parts)) {
    console.error(`There is no part \`${name}\`; the parts are ${Object.keys(parts).join(', ')}.`);
    process.exit(2);
  }
if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
  console.log('== install');
  const { code } = await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund']);
  if (code !== 0) {
    console.error('npm ci failed: nothing could be tested.');
    process.exit(1);
  }
}
for (const [name, part] of Object.entries(parts)) if (only.length === 0 || only.includes(name)) await part();

for (const note of notes) console.log(`not green: ${note}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
