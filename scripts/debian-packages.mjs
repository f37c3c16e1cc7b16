// Finds programs that tests run against, and on Debian, as root, installs the packages that bring the missing ones.
// Elsewhere, or when that fails, it says what is missing; who asked decides what to leave out.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folders = () => [
  ...(process.env.PATH ?? '').split(':'),
  '/usr/sbin',
  '/usr/local/sbin',
  ...versions('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`),
];

function versions(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).sort((a, b) => Number(b) - Number(a));
}

/** The full path of a program, or undefined. */
export function findProgram(name) {
  return folders()
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/**
 * Paths of programs by name, from packages by program: `{ prometheus: 'prometheus' }`. Installs what is missing when it can.
 * Gives `{ programs }`, or `{ missing }` in words for people.
 */
export function ensurePrograms(packageOf) {
  const absent = () => Object.keys(packageOf).filter((name) => !findProgram(name));
  const wanted = [...new Set(absent().map((name) => packageOf[name]))];
  let said = '';
  if (
    wanted.length > 0 &&
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version')
  ) {
    console.log(`Installing ${wanted.join(', ')} with apt-get ...`);
    for (const args of [
      ['update', '-q'],
      ['install', '-y', '-q', '--no-install-recommends', ...wanted],
    ]) {
      const { status, stdout, stderr } = spawnSync('apt-get', args, {
        encoding: 'utf8',
        // Services of the packages are not started: tests start their own.
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
        maxBuffer: 64 * 1024 * 1024,
      });
      if (status !== 0) said = `${stdout}${stderr}`.trim().split('\n').slice(-3).join('\n');
    }
  }
  const missing = absent();
  if (missing.length > 0)
    return {
      missing: `${missing.join(', ')} not found; on Debian: apt-get install ${wanted.join(' ')}${said ? `\n${said}` : ''}`,
    };
  return { programs: Object.fromEntries(Object.keys(packageOf).map((name) => [name, findProgram(name)])) };
}
