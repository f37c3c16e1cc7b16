// Runs one process in a group of its own, so that stopping it stops everything it started. Output is capped in memory,
// standard input is closed, and the environment is exactly what the caller gives.
import { spawn } from 'node:child_process';
import type { PerformOptions } from '../../run/index.ts';
import { CappedBytes } from '../capped-bytes.ts';

export interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Bytes kept of each stream. */
  readonly maxOutput: number;
  /** What it reads from standard input, which is empty otherwise. */
  readonly input?: string;
}

export interface ProcessEnd {
  /** `exited` by itself, or stopped by us. */
  readonly kind: 'exited' | 'timeout' | 'cancelled' | 'not-started';
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly output: CappedBytes;
  readonly errors: CappedBytes;
  /** Why it could not be started. */
  readonly problem?: string;
}

/** Between the polite and the final signal. */
const terminationGraceMs = 1000;
/** How long streams may stay open after the process is gone: something it left behind may hold them. */
const streamGraceMs = 300;

/** Groups of the programs under way: what this process leaves at its own end, a second Ctrl-C for one, must not go on unseen. */
const underWay = new Set<number>();

function endAllUnderWay(): void {
  for (const pid of underWay)
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
}

/** Runs to the end, the timeout or the abort; never rejects. */
export function runProcess(request: ProcessRequest, { timeoutMs, signal }: PerformOptions): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    const output = new CappedBytes(request.maxOutput);
    const errors = new CappedBytes(request.maxOutput);
    const child = spawn(request.command, request.args, {
      cwd: request.cwd,
      env: { ...request.env },
      detached: true,
      stdio: [request.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid !== undefined) {
      if (underWay.size === 0) process.on('exit', endAllUnderWay);
      underWay.add(pid);
    }
    // A program that ends without reading it all is no fault of ours.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(request.input);
    let kind: 'exited' | 'timeout' | 'cancelled' = 'exited';
    let settled = false;
    let grace: NodeJS.Timeout | undefined;
    const killGroup = (name: NodeJS.Signals): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, name);
      } catch {
        // The group is gone already.
      }
    };
    const finish = (end: Omit<ProcessEnd, 'output' | 'errors'>): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      clearTimeout(grace);
      signal.removeEventListener('abort', onAbort);
      // What the command left running in its group ends with it.
      killGroup('SIGKILL');
      if (pid !== undefined && underWay.delete(pid) && underWay.size === 0) process.off('exit', endAllUnderWay);
      child.stdin?.destroy();
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve({ ...end, output, errors });
    };
    const stop = (why: 'timeout' | 'cancelled'): void => {
      if (kind !== 'exited' || settled) return;
      kind = why;
      killGroup('SIGTERM');
      grace = setTimeout(() => {
        killGroup('SIGKILL');
        grace = setTimeout(() => finish({ kind, exitCode: null, signal: 'SIGKILL' }), streamGraceMs);
      }, terminationGraceMs);
    };
    const onAbort = (): void => stop('cancelled');
    const timer = setTimeout(() => stop('timeout'), timeoutMs);
    signal.addEventListener('abort', onAbort);
    child.stdout?.on('data', (bytes: Buffer) => output.add(bytes));
    child.stderr?.on('data', (bytes: Buffer) => errors.add(bytes));
    child.on('error', (error) => finish({ kind: 'not-started', exitCode: null, signal: null, problem: error.message }));
    child.on('exit', (exitCode, name) => {
      clearTimeout(grace);
      // After a stop, what ignored the polite signal is ended for good.
      if (kind !== 'exited') killGroup('SIGKILL');
      grace = setTimeout(() => finish({ kind, exitCode, signal: name }), streamGraceMs);
    });
    child.on('close', (exitCode, name) => finish({ kind, exitCode, signal: name }));
    if (signal.aborted) onAbort();
  });
}
