// Cuts a child process off the network where this machine can: on Linux, in a network namespace of its own that holds no
// connection, made by `unshare`. Elsewhere nothing is claimed: who wants no network is told that it cannot be had.
import { allMatches } from '../../base/index.ts';
import { runProcess } from '../shell/run-process.ts';

/** Ways to start a program without a network, the one that needs no rights first. */
const ways: readonly (readonly string[])[] = [
  ['unshare', '--user', '--map-current-user', '--net', '--'],
  ['unshare', '--user', '--map-root-user', '--net', '--'],
  ['unshare', '--net', '--'],
];

let found: Promise<readonly string[] | null> | null = null;

/** The words before a program's own that start it without a network; null when this machine cannot do that. Asked once. */
export function networkCutOff(): Promise<readonly string[] | null> {
  found ??= findWay();
  return found;
}

async function findWay(): Promise<readonly string[] | null> {
  if (process.platform !== 'linux') return null;
  const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin' };
  for (const way of ways) {
    const [command = '', ...args] = way;
    const end = await runProcess(
      // Proven, not believed: inside, the only interface is an idle loopback.
      { command, args: [...args, 'sh', '-c', 'cat /proc/net/dev /proc/net/route'], cwd: '/', env, maxOutput: 10_000 },
      { timeoutMs: 5000, signal: new AbortController().signal },
    );
    if (end.kind !== 'exited' || end.exitCode !== 0) continue;
    const interfaces = allMatches(end.output.toWhole(), /^\s*([\w.@-]+):/gm).map(([, name]) => name);
    if (interfaces.every((name) => name === 'lo')) return way;
  }
  return null;
}
