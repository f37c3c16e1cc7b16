// Starts real servers for tests: as an unprivileged user, in a temporary folder, on a free loopback port, and ends them.
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePrograms } from '../../scripts/debian-packages.mjs';

/** The programs by name, or the suite is skipped with a notice that says what is missing. */
export function programsOrSkip<Name extends string>(
  context: Mocha.Context,
  packageOf: Readonly<Record<Name, string>>,
): Readonly<Record<Name, string>> {
  const found = ensurePrograms(packageOf);
  if ('programs' in found) return found.programs;
  console.log(`      skipped: ${found.missing}`);
  return context.skip();
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Who servers run as: a user without rights when the tests are root's, for the servers refuse to run as root. */
function unprivileged(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = (line ?? 'nobody:x:65534:65534').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** A temporary folder that the servers' user owns. */
export function serverFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `tsg-${name}-`));
  const { uid, gid } = unprivileged();
  chmodSync(folder, 0o700);
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

/** Runs a program to its end as the servers' user; throws with what it said when it fails. */
export function runAsServer(program: string, args: readonly string[], options: SpawnOptions = {}): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...options,
    ...unprivileged(),
    cwd: '/',
    encoding: 'utf8',
    maxBuffer: 16_000_000,
  });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** A server process of the tests. */
export interface RealServer {
  readonly process: ChildProcess;
  /** Kills it at once, as a crash would. */
  kill(): Promise<void>;
}

/** Starts a server and waits until `ready` answers; throws with what it printed when it never does. */
export async function startServer(
  program: string,
  args: readonly string[],
  ready: () => Promise<boolean>,
): Promise<RealServer> {
  const child = spawn(program, args, {
    ...unprivileged(),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const leaveAlone = endWithUs(child.pid ?? 0);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-4000)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async (): Promise<void> => {
    leaveAlone();
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
      // Its workers too: PostgreSQL's go on for a while without the process that started them.
      for (const pid of [child.pid, ...childrenOf(child.pid)])
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has ended by itself.
        }
    await ended;
  };
  for (let i = 0; i < 200 && child.exitCode === null; i++) {
    if (await ready().catch(() => false)) return { process: child, kill };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await kill();
  throw new Error(`${program} did not start: ${said}`);
}

/**
 * Ends a server and its workers when this process is gone, however it ended: a process of its own waits for the end of a pipe
 * that only this one holds. Returns what calls that off.
 */
function endWithUs(pid: number): () => void {
  const script = 'cat >/dev/null; workers=$(ps -o pid= --ppid "$1"); kill -9 "$1" $workers';
  const watch = spawn('sh', ['-c', script, 'sh', String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watch.unref();
  (watch.stdin as unknown as { unref?(): void }).unref?.();
  return () => {
    watch.kill('SIGKILL');
    watch.stdin.destroy();
  };
}

/** The processes that a process started. */
function childrenOf(pid: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return stdout.trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Removes a server's folder. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
