// The journals of the workspace as short entries for lists. A journal is read when it is first asked for, and again only when
// its size or its time has changed; of a run only what a list shows is kept, because results can be large.
import * as vscode from 'vscode';
import type { RunView } from '../run/index.ts';
import { loadEngine } from './load-engine.ts';
import { nameOf } from './uri-name.ts';

/** What a list shows of a run. */
export type RunSummary = Pick<
  RunView,
  'run' | 'phase' | 'outcome' | 'reason' | 'requests' | 'environment' | 'startedAt'
>;

/** One journal. `view` is null when it cannot be read; `problem` then says why. */
export interface RunEntry {
  readonly journal: vscode.Uri;
  readonly title: string;
  readonly file: string;
  readonly view: RunSummary | null;
  readonly problem: string | null;
  readonly changed: number;
}

interface Known {
  readonly size: number;
  readonly changed: number;
  readonly entry: Promise<RunEntry>;
}

const largestJournal = 64_000_000;
/** So many journals are read side by side, and no more are held as text at once. */
const sideBySide = 8;

export class RunEntries {
  readonly #known = new Map<string, Known>();
  #read = 0;

  /** How many journals were read until now; for tests of the extension itself. */
  get read(): number {
    return this.#read;
  }

  /** The journals of the workspace, newest first. */
  async files(): Promise<readonly vscode.Uri[]> {
    const files = await vscode.workspace.findFiles('**/.tsg/runs/*.jsonl', '**/node_modules/**');
    const present = new Set(files.map(String));
    for (const key of this.#known.keys()) if (!present.has(key)) this.#known.delete(key);
    return files.sort((a, b) => (nameOf(a) < nameOf(b) ? 1 : -1));
  }

  /** The entries of journals, in their order, without those that were deleted meanwhile. */
  async of(files: readonly vscode.Uri[]): Promise<readonly RunEntry[]> {
    const entries: (RunEntry | null)[] = [];
    for (let from = 0; from < files.length; from += sideBySide) {
      const batch = files.slice(from, from + sideBySide);
      entries.push(...(await Promise.all(batch.map((file) => this.#entry(file)))));
    }
    return entries.filter((entry) => entry !== null);
  }

  async #entry(journal: vscode.Uri): Promise<RunEntry | null> {
    const key = journal.toString();
    try {
      const { mtime, size } = await vscode.workspace.fs.stat(journal);
      const known = this.#known.get(key);
      if (known?.changed === mtime && known.size === size) return await known.entry;
      this.#read++;
      const entry = readEntry(journal, mtime, size);
      this.#known.set(key, { size, changed: mtime, entry });
      return await entry;
    } catch {
      return null; // Deleted since it was found.
    }
  }
}

async function readEntry(journal: vscode.Uri, changed: number, size: number): Promise<RunEntry> {
  const name = nameOf(journal);
  const unreadable = (problem: string): RunEntry => ({ journal, title: name, file: '', view: null, problem, changed });
  if (size > largestJournal) return unreadable(vscode.l10n.t('The journal is too large to list.'));
  try {
    const engine = await loadEngine();
    const { plan, view, problem } = engine.replayJournal(await engine.readJournal(journal.fsPath));
    const { title, file } = plan.guide;
    return {
      journal,
      title: title || file,
      file,
      view: summaryOf(view),
      problem: problem?.message ?? null,
      changed,
    };
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

function summaryOf({ run, phase, outcome, reason, requests, environment, startedAt }: RunView): RunSummary {
  return {
    run,
    phase,
    requests,
    ...(outcome !== undefined && { outcome }),
    ...(reason !== undefined && { reason }),
    ...(environment !== undefined && { environment }),
    ...(startedAt !== undefined && { startedAt }),
  };
}
