// The moments of a run that its preview can be slid through: as each of its steps began, and the present. They are
// read from the journal whenever the run stands still, so what is shown of them is exact; nothing is undone by looking.
import type * as vscode from 'vscode';
import type { Plan } from '../../plan/index.ts';
import { nodeName, type RunView } from '../../run/index.ts';
import type { GuideRun } from '../guide-run.ts';
import { loadEngine } from '../load-engine.ts';

/** What of a run's past is drawn, and where. */
export interface MomentsShown {
  isOpen(uri: vscode.Uri): boolean;
  setRun(uri: vscode.Uri, view: RunView, plan: Plan): void;
  /** `at` is the index of the moment that is drawn; null for the present. */
  setMoments(uri: vscode.Uri, labels: readonly string[], at: number | null): void;
}

interface Known {
  readonly run: GuideRun;
  readonly labels: readonly string[];
  view(moment: number): RunView;
}

/** Above this many characters a journal is not read for its moments. */
const largestJournal = 64_000_000;

export class RunMoments {
  readonly #preview: MomentsShown;
  readonly #known = new Map<string, Known>();

  constructor(preview: MomentsShown) {
    this.#preview = preview;
  }

  /** Offers the moments of a run that stands still; takes them away while it goes on. */
  async offer(run: GuideRun): Promise<void> {
    const key = run.uri.toString();
    this.#known.delete(key);
    if (!run.journal || run.view().phase === 'running') return this.#preview.setMoments(run.uri, [], null);
    const { readJournal, replayJournal, stepMarks } = await loadEngine();
    const text = await readJournal(run.journal.fsPath).catch(() => '');
    if (text === '' || text.length > largestJournal || !this.#preview.isOpen(run.uri)) return;
    const replay = replayJournal(text);
    const marks = stepMarks(text).filter(({ node }) =>
      run.plan.nodes.some(({ id, kind }) => id === node && kind === 'step'),
    );
    const labels = marks.map(
      ({ node, time }) => `${nodeName(node)} begins, ${new Date(time).toISOString().slice(11, 19)} UTC`,
    );
    this.#known.set(key, { run, labels, view: (moment) => replay.viewAt((marks[moment]?.seq ?? replay.lastSeq) + 1) });
    this.#preview.setMoments(run.uri, labels, null);
  }

  /** Draws a moment of the past, or the present again. */
  lookAt(uri: vscode.Uri, moment: number | null): void {
    const known = this.#known.get(uri.toString());
    if (!known) return;
    const inPast = moment !== null && moment >= 0 && moment < known.labels.length;
    this.#preview.setRun(uri, inPast ? known.view(moment) : known.run.view(), known.run.plan);
    this.#preview.setMoments(uri, known.labels, inPast ? moment : null);
  }
}
