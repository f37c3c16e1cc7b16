// Runs the real command line as a child process: the one harness of the tests about it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** The built program when it is newer than every source, as in `npm test`; else the sources themselves. */
export const program = ((): string[] => {
  const built = join(root, 'dist', 'tsg.mjs');
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((name) => join(root, 'src', String(name)));
  const newest = Math.max(...sources.map((path) => statSync(path).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return [built];
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, join(root, 'src/cli/main.ts')];
})();

/** What programs keep for their person goes here, and not among the files of whoever runs the tests. */
const state = mkdtempSync(join(tmpdir(), 'tsg-state-'));
process.on('exit', () => rmSync(state, { recursive: true, force: true }));

export interface TsgEnd {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface TsgOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with everything printed so far, whenever something is printed; may send a signal. */
  readonly onOutput?: (out: string, send: (signal: NodeJS.Signals) => void) => void;
}

/** Runs `tsg` from its sources and waits for its end. Standard input is empty, so nobody can be asked. */
export function tsg(args: readonly string[], options: TsgOptions = {}): Promise<TsgEnd> {
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: options.cwd ?? root,
    env: { ...process.env, XDG_STATE_HOME: state, NO_COLOR: '', FORCE_COLOR: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((done, fail) => {
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      options.onOutput?.(out, (signal) => void child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', fail);
    child.once('close', (code) => {
      done({ code, out, err });
    });
  });
}

/** The object that `--json` printed; fails with the error output when it is not JSON. */
export function jsonOf(end: TsgEnd): RunJson {
  try {
    return JSON.parse(end.out) as RunJson;
  } catch {
    throw new Error(`not JSON (exit ${end.code}):\n${end.out}\n${end.err}`);
  }
}

/** `run --json` as docs/cli.md describes it. */
export interface RunJson {
  readonly outcome: string;
  readonly reason: string | null;
  readonly steps: readonly {
    readonly node: string;
    readonly status: string;
    readonly actions: readonly {
      readonly id: string;
      readonly status: string;
      readonly effect: string;
      readonly columns: readonly string[] | null;
      readonly rows: readonly Readonly<Record<string, unknown>>[] | null;
      readonly rowCount: number | null;
      readonly text: string | null;
      readonly exitCode: number | null;
      readonly error: {
        readonly reason: string;
        readonly message: string;
        readonly line?: number;
        readonly column?: number;
      } | null;
    }[];
  }[];
  readonly edges: readonly { readonly edge: string; readonly status: string; readonly decidedBy: string | null }[];
  readonly requests: readonly Readonly<Record<string, unknown>>[];
  readonly modelCalls: number;
  readonly modelUse?: { readonly tokens: object; readonly ms: number; readonly costs?: readonly object[] };
  readonly journal: string | null;
}

/** A fresh folder, and the function that removes it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tsg-cli-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
