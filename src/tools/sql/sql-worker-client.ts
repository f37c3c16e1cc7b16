// The parent's side of the SQL worker: starts it on first use, starts it again after it died, and ends requests that
// outlive their time. Drawing of a request:
//
//     sent ──reply──> done
//      │ stop (timeout, cancel) ──> interrupted ──reply or grace over (worker killed)──> done as stopped
//      └ worker died ──> alone in it: crashed; with others: sent again, one at a time, to find out which one kills it
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AbortSignalLike } from '../../run/index.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';
import { lastOf } from '../cut-text.ts';

export type Asked =
  | { readonly kind: 'describe' }
  | { readonly kind: 'schema' }
  | Omit<Extract<ToWorker, { kind: 'explain' }>, 'id'>
  | Omit<Extract<ToWorker, { kind: 'perform' }>, 'id'>;

export type WorkerAnswer =
  | FromWorker
  | { readonly kind: 'timeout' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'crashed'; readonly message: string };

/** How long an interrupted query may take to give up before the worker is killed. */
const interruptGraceMs = 1500;

interface Pending {
  readonly id: number;
  readonly asked: Asked;
  readonly finish: (answer: WorkerAnswer) => void;
  stopped: 'timeout' | 'cancelled' | null;
  /** It was in flight with others when a worker died. */
  suspect: boolean;
}

/** One worker process and what was asked of it. */
export class SqlWorkerClient {
  readonly #options: Omit<WorkerOptions, 'scratch'>;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #inFlight = new Map<number, Pending>();
  readonly #suspects: Pending[] = [];
  #child: ChildProcess | null = null;
  #nextId = 1;
  #closed = false;

  constructor(options: Omit<WorkerOptions, 'scratch'>, env: Readonly<Record<string, string | undefined>>) {
    this.#options = options;
    this.#env = env;
  }

  /** Asks the worker; resolves within `timeoutMs` and a short grace, never rejects. */
  ask(asked: Asked, timeoutMs: number, signal: AbortSignalLike): Promise<WorkerAnswer> {
    if (this.#closed || signal.aborted) return Promise.resolve({ kind: 'cancelled' });
    return new Promise((resolve) => {
      let grace: NodeJS.Timeout | undefined;
      const stop = (why: 'timeout' | 'cancelled'): void => {
        if (pending.stopped) return;
        pending.stopped = why;
        if (!this.#inFlight.has(pending.id)) return finish({ kind: why });
        this.#send({ kind: 'cancel', id: pending.id });
        grace = setTimeout(() => this.#child?.kill('SIGKILL'), interruptGraceMs);
      };
      const onAbort = (): void => stop('cancelled');
      const timer = setTimeout(() => stop('timeout'), timeoutMs);
      const finish = (answer: WorkerAnswer): void => {
        clearTimeout(timer);
        clearTimeout(grace);
        signal.removeEventListener('abort', onAbort);
        this.#inFlight.delete(pending.id);
        const index = this.#suspects.indexOf(pending);
        if (index >= 0) this.#suspects.splice(index, 1);
        resolve(pending.stopped ? { kind: pending.stopped } : answer);
        this.#pump();
      };
      const pending: Pending = { id: this.#nextId++, asked, finish, stopped: null, suspect: false };
      signal.addEventListener('abort', onAbort);
      this.#suspects.push(pending);
      this.#pump();
    });
  }

  /** Ends the worker; what is in flight counts as cancelled. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    for (const pending of [...this.#suspects, ...this.#inFlight.values()]) pending.finish({ kind: 'cancelled' });
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.ref(); // An idle worker does not keep us alive, but waiting for its end does.
      child.once('close', () => resolve());
      child.kill('SIGKILL');
    });
  }

  /** Sends what waits. A suspect runs alone: it starts when nothing is in flight, and nothing joins it. */
  #pump(): void {
    while (!this.#closed) {
      const next = this.#suspects[0];
      const alone = [...this.#inFlight.values()].some(({ suspect }) => suspect);
      if (!next || alone || (next.suspect && this.#inFlight.size > 0)) return this.#holdOpen();
      this.#suspects.shift();
      this.#inFlight.set(next.id, next);
      this.#send({ ...next.asked, id: next.id });
    }
  }

  #send(message: ToWorker): void {
    const child = this.#child ?? this.#start();
    child.send(message, (error) => {
      // A worker that is going away takes its requests with it: its `close` event ends or repeats them.
      if (error && child === this.#child) child.kill('SIGKILL');
    });
  }

  /** The parent may exit while the worker is idle. */
  #holdOpen(): void {
    if (!this.#child) return;
    const busy = this.#inFlight.size > 0;
    if (busy) this.#child.ref();
    else this.#child.unref();
    if (busy) this.#child.channel?.ref();
    else this.#child.channel?.unref();
  }

  #start(): ChildProcess {
    const scratch = mkdtempSync(join(tmpdir(), 'tsg-sql-'));
    const { path, execArgv } = workerFile();
    const child = fork(path, [], {
      execPath: process.execPath,
      execArgv: [...execArgv, '--max-old-space-size=384'],
      env: { ...systemEnvironment(this.#env), ELECTRON_RUN_AS_NODE: '1', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint = lastOf(complaint + text, 4000)));
    (child.stderr as { unref?(): void } | null)?.unref?.();
    child.on('message', (message: FromWorker) => this.#inFlight.get(message.id)?.finish(message));
    child.on('error', (error) => (complaint += error.message));
    let gone = false;
    const ended = (code: number | null, signal: string | null): void => {
      if (gone) return;
      gone = true;
      if (this.#child === child) this.#child = null;
      rmSync(scratch, { recursive: true, force: true });
      this.#workerEnded(describeEnd(code, signal, complaint));
    };
    child.once('close', ended);
    child.once('error', () => {
      if (child.pid === undefined) ended(null, null);
    });
    child.send({ kind: 'open', options: { ...this.#options, scratch } } satisfies ToWorker, () => undefined);
    return child;
  }

  #workerEnded(message: string): void {
    const lost = [...this.#inFlight.values()];
    this.#inFlight.clear();
    // Whoever was being stopped is why the worker was killed; the others did nothing wrong.
    const culprits = lost.filter(({ stopped }) => stopped !== null);
    for (const pending of culprits) pending.finish({ kind: pending.stopped ?? 'cancelled' });
    const others = lost.filter(({ stopped }) => stopped === null);
    if (culprits.length === 0 && others.length === 1) return others[0]?.finish({ kind: 'crashed', message });
    for (const pending of others) pending.suspect ||= culprits.length === 0;
    this.#suspects.unshift(...others);
    this.#pump();
  }
}

/** The worker beside the running bundle, or its source when we run from source. */
function workerFile(): { readonly path: string; readonly execArgv: readonly string[] } {
  const here = import.meta.url;
  for (const relative of ['./sql-worker.mjs', '../sql-worker.mjs']) {
    const path = fileURLToPath(new URL(relative, here));
    if (existsSync(path)) return { path, execArgv: [] };
  }
  const tsx = pathToFileURL(createRequire(here).resolve('tsx')).href;
  return { path: fileURLToPath(new URL('./sql-worker.ts', here)), execArgv: ['--import', tsx] };
}

/** What any process needs of the environment; nothing that could be a secret. */
function systemEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'LD_LIBRARY_PATH'];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

function describeEnd(code: number | null, signal: string | null, complaint: string): string {
  const how = signal !== null ? `was ended by ${signal}` : `ended with code ${code ?? 'unknown'}`;
  const fatal = /(FATAL ERROR:.*|Error: .*|terminate called.*)/.exec(complaint)?.[1];
  return `The database process ${how}${fatal === undefined ? '' : ` (${fatal.trim()})`}; it is started again for the next query.`;
}
