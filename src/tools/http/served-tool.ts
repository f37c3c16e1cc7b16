// A tool whose service is started with it: before the first request the command runs until the service answers, and when the
// tool is closed the service is ended with everything it started. For samples and for services that live only for a run.
import { spawn, type ChildProcess } from 'node:child_process';
import type { AbortSignalLike, ActionFailure, Tool } from '../../run/index.ts';
import { lastOf } from '../cut-text.ts';

export interface ServeSettings {
  /** Program and arguments; no shell stands between. */
  readonly command: readonly [string, ...string[]];
  /** Words that the service prints, on either stream, once it takes requests. */
  readonly ready: string;
  /** Milliseconds until a service that does not print them is given up. */
  readonly timeout: number;
}

export interface ServeContext {
  readonly baseUrl: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The tool with its service around it. A service that answers already is used as it is and left running.
 * The service's standard input closes when our process ends, however it ends; `TSG_SERVED=1` tells it to end then.
 */
export function servedTool(tool: Tool, settings: ServeSettings, context: ServeContext): Tool {
  let child: ChildProcess | null = null;
  let starting: Promise<ActionFailure | null> | null = null;
  const start = (signal: AbortSignalLike): Promise<ActionFailure | null> => {
    starting ??= startService(settings, context, signal, (started) => {
      child = started;
    }).then((failure) => {
      if (failure) starting = null;
      return failure;
    });
    return starting;
  };
  return {
    ...tool,
    describe: () => `${tool.describe()}, started with \`${settings.command.join(' ')}\``,
    async check(signal) {
      return (await start(signal)) ?? tool.check(signal);
    },
    async perform(rendered, options) {
      const failure = await start(options.signal);
      return failure ? { kind: 'failure', failure } : tool.perform(rendered, options);
    },
    async close() {
      await tool.close();
      if (child) await endTree(child);
      child = null;
      starting = null;
    },
  };
}

async function startService(
  settings: ServeSettings,
  context: ServeContext,
  signal: AbortSignalLike,
  started: (child: ChildProcess) => void,
): Promise<ActionFailure | null> {
  if (await answers(context.baseUrl)) return null;
  const [program, ...args] = settings.command;
  const child = spawn(program, args, {
    cwd: context.cwd,
    env: { ...context.env, TSG_SERVED: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  started(child);
  const fault = await untilReady(child, settings, signal);
  if (fault === null) return null;
  await endTree(child);
  if (signal.aborted)
    return { reason: 'cancelled', message: 'Cancelled while the service was starting.', transient: false };
  const message = `The service \`${settings.command.join(' ')}\` did not start: ${fault}`;
  return { reason: 'unavailable', message, transient: false };
}

/** Resolves to null when the service has printed its words, else to what happened instead. */
function untilReady(child: ChildProcess, settings: ServeSettings, signal: AbortSignalLike): Promise<string | null> {
  return new Promise((resolve) => {
    let said = '';
    const end = (fault: string | null): void => {
      clearTimeout(patience);
      signal.removeEventListener('abort', onAbort);
      resolve(fault === null || said.trim() === '' ? fault : `${fault}\n${said.trim()}`);
    };
    const onAbort = (): void => {
      end('cancelled.');
    };
    const patience = setTimeout(() => {
      end(`it did not print \`${settings.ready}\` within ${settings.timeout} ms.`);
    }, settings.timeout);
    // The streams are read to their end, so that a talkative service never blocks on a full pipe.
    const listen = (bytes: Buffer): void => {
      said = lastOf(said + bytes.toString('utf8'), 2000);
      if (said.includes(settings.ready)) end(null);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', (error) => {
      end(`${error.message}.`);
    });
    child.once('close', (code, by) => {
      end(`it ended with ${code === null ? (by ?? 'a signal') : `exit code ${code}`}.`);
    });
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}

/** True when something takes requests at the address, whatever it answers. */
async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(1000), redirect: 'manual' });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

/** Ends the service and whatever it started: asks first, and insists after a second. */
async function endTree(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const { pid } = child;
  const gone = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const send = (signal: NodeJS.Signals): void => {
    try {
      if (process.platform === 'win32') child.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // It is gone already.
    }
  };
  child.stdin?.end();
  send('SIGTERM');
  const insist = setTimeout(() => {
    send('SIGKILL');
  }, 1000);
  await gone;
  clearTimeout(insist);
}
