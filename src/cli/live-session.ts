// A live run in the terminal: tells it as it happens, gives the answers that flags gave, asks the person at a terminal for
// the others, and stops it cleanly on Ctrl-C. `run` and `resume` both end here.
import { takeAnswers } from '../adapters/index.ts';
import type { Plan } from '../plan/index.ts';
import { replayJournal, type LiveRun, type RunRequest, type RunView } from '../run/index.ts';
import type { Answers } from './answers.ts';
import { askPerson } from './ask-person.ts';
import { askToBegin } from './ask-to-begin.ts';
import { keyOf } from './question-key.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { readText, type GuideText } from './guide-text.ts';
import { exitCodeOf, printEnding, rerunLines } from './print-ending.ts';
import { roundsOf, toRunJson } from './run-json.ts';
import { openRunReporter } from './run-reporter.ts';
import type { Terminal } from './terminal.ts';

export interface SessionAbout {
  readonly plan: Plan;
  readonly source: GuideText | null;
  readonly journal: string;
  /** The journal's path: answers that others leave for the run lie beside it. */
  readonly journalFile: string;
  readonly answers: Answers;
  readonly json: boolean;
  /** The settings that were named; absent where they are those of the guide's folder. */
  readonly config?: string;
  /** Somebody at the terminal begins each step. */
  readonly step?: boolean;
  /** A resumed run as it stood before: it is not told again, but for the steps that wait. */
  readonly before?: RunView;
  /** The person's name, for the journal. */
  readonly by: string;
  /** Raised when nobody is there any more for whom it runs: it is stopped as by Ctrl-C. */
  readonly stop?: AbortSignal;
}

/** Follows the run until it ends or waits for something nobody answers, prints how it stands, and gives the exit code. */
export async function followRun(run: LiveRun, about: SessionAbout, terminal: Terminal): Promise<ExitCode> {
  const { plan, source, journal, answers, json, by } = about;
  const reporter = json ? null : openRunReporter({ plan, source, wordsShown: about.step === true }, terminal);
  if (about.before) reporter?.skip(about.before);
  const answered = new Set<string>();
  const rounds = new Map(answers.rounds);
  const onChange = (): void => {
    reporter?.update(run.view());
    for (const request of run.view().requests) {
      const key = keyOf(request);
      if (answered.has(key)) continue;
      // Once, whatever comes of it: an answer that is refused would be refused again, and each refusal is a change.
      answered.add(key);
      answerByFlag(run, request, { ...answers, rounds }, by);
    }
  };
  const stopListening = run.onChange(onChange);
  const interruption = stopOnInterrupt(run, about, terminal);
  const stopTaking = takeAnswers(about.journalFile, (answer) => void run.submit(answer));
  const mayAsk = terminal.interactive && !json && !answers.given;
  try {
    let view = await settle(run, onChange);
    if (view.phase === 'held' && !about.step) view = await goOn(run, by, onChange);
    while (mayAsk && !interruption.happened() && view.phase !== 'ended') {
      const asked = { plan, source, by, wordsShown: about.step === true, leaving: interruption.leaving };
      if (view.requests.length > 0 && !(await askPerson(run, view, asked, terminal))) break;
      if (view.requests.length === 0 && !(await askToBegin(run, view, asked, terminal))) break;
      view = await settle(run, onChange);
    }
    if (interruption.happened()) view = await settle(run, onChange);
    if (json) {
      const object = toRunJson(view, {
        plan,
        lines: source?.lines ?? null,
        journal,
        ...roundsOf(view, () => replayJournal(readText(journal).text)),
      });
      terminal.out(`${JSON.stringify(object, null, 2)}\n`);
    } else {
      printEnding(view, plan, journal, terminal, about.config);
      if (source) for (const line of rerunLines(view, plan, source.file, about.config)) terminal.out(`${line}\n`);
    }
    return interruption.happened() ? exitCode.interrupted : exitCodeOf(view);
  } finally {
    stopTaking();
    interruption.end();
    stopListening();
  }
}

/** Lets go of a run that somebody has held, in an editor say: who takes it up without stepping wants it to go on. */
async function goOn(run: LiveRun, by: string, onChange: () => void): Promise<RunView> {
  run.submit({ kind: 'run-continued', by });
  return settle(run, onChange);
}

/** Waits until the run stands still and no flag moves it on. */
async function settle(run: LiveRun, onChange: () => void): Promise<RunView> {
  for (;;) {
    onChange();
    const view = await run.settled();
    onChange();
    if (run.view() === view || sameStanding(run.view(), view)) return run.view();
  }
}

const sameStanding = (now: RunView, then: RunView): boolean =>
  now.phase === then.phase &&
  now.phase !== 'running' &&
  now.requests.map(keyOf).join() === then.requests.map(keyOf).join();

/**
 * Gives the answer that a flag gave, if one did. Decisions are given to the run itself when it starts, but for a way back into a
 * loop: that is taken once, and is gone then.
 */
function answerByFlag(
  run: LiveRun,
  request: RunRequest,
  answers: Answers & { readonly rounds: Map<string, string> },
  by: string,
): void {
  switch (request.kind) {
    case 'approval':
      if (answers.approveAll) run.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by });
      return;
    case 'unknown-outcome':
    case 'manual-action': {
      const as = answers.settlements.get(request.action);
      if (as !== undefined) {
        run.submit({ kind: 'action-settled', action: request.action, as, by });
        return;
      }
      // Who decides a step beforehand has looked at what it asks to do by hand; after a crash that says nothing.
      const isDecided = answers.decisions[request.node] !== undefined || answers.rounds.has(request.node);
      if (request.kind === 'unknown-outcome' || !isDecided) return;
      const note = 'taken as done, because the decision for its step was given beforehand';
      run.submit({ kind: 'action-settled', action: request.action, as: 'done', by, note });
      return;
    }
    case 'decision': {
      const edge = answers.rounds.get(request.node) ?? answers.decisions[request.node];
      answers.rounds.delete(request.node);
      if (edge === undefined && !answers.declined.has(request.node)) return;
      run.submit({ kind: 'decision-given', node: request.node, edges: edge === undefined ? [] : [edge], by });
      return;
    }
    case 'parameter': {
      const value = answers.parameters[request.name] ?? answers.secrets[request.name];
      if (value !== undefined) run.submit({ kind: 'parameter-given', name: request.name, value, by });
    }
  }
}

/**
 * The first Ctrl-C, or a terminal that is closed, asks the run to stop; the second ends the program at once. A run that only
 * waits for an answer has nothing to stop: it is left as it is, so that it can be answered and resumed.
 */
function stopOnInterrupt(
  run: LiveRun,
  { by, stop: left }: Pick<SessionAbout, 'by' | 'stop'>,
  terminal: Terminal,
): { happened(): boolean; readonly leaving: AbortSignal; end(): void } {
  let count = 0;
  const leaving = new AbortController();
  const stopAlone = (): void => void run.submit({ kind: 'stop-requested', by });
  const stop = (): void => {
    if (++count > 1) process.exit(exitCode.interrupted);
    if (run.view().phase === 'waiting' || run.view().phase === 'held') {
      terminal.err('\nThe run is left as it is: it waits.\n');
      leaving.abort();
      return;
    }
    terminal.err('\nStopping; reads are ended, what may write is let finish. Ctrl-C again ends everything at once.\n');
    run.submit({ kind: 'stop-requested', by });
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  left?.addEventListener('abort', stopAlone);
  if (left?.aborted) stopAlone();
  return {
    happened: () => count > 0 || left?.aborted === true,
    leaving: leaving.signal,
    end() {
      left?.removeEventListener('abort', stopAlone);
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
