// `tsg approve`: says yes or no to the exact action that a run waits for, without running anything: the answer is written to
// the run's journal, and `tsg resume` goes on, now or in days. Where a process has the run at this moment, it gets the answer.
import {
  answerCountsMs,
  holdsSoon,
  JournalBusy,
  leaveAnswer,
  openJournal,
  readJournal,
  sha256Hex,
  systemClock,
  type JournalFile,
} from '../adapters/index.ts';
import { findEdge } from '../plan/index.ts';
import {
  answerLater,
  describeRequest as requestSentence,
  readJournalText,
  refusalOf,
  type PersonEvent,
  type Replay,
  type RunRequest,
  type RunView,
  type StepView,
} from '../run/index.ts';
import { didYouMean } from './did-you-mean.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findJournal } from './find-journal.ts';
import { shownPath } from './guide-text.ts';
import { tellChanged } from './join-called.ts';
import { questionLines, quoteForShell, wordsBeside } from './print-ending.ts';
import { printableLine } from './printable-text.ts';
import { openReplay, refuseDamage } from './replay-command.ts';
import { cannotOpen } from './resume-command.ts';
import { personName } from './run-command.ts';
import type { Terminal } from './terminal.ts';

export interface ApproveFlags {
  readonly refuse: boolean;
  readonly show: boolean;
  readonly hash?: string;
  readonly note?: string;
}

type Approval = Extract<RunRequest, { readonly kind: 'approval' }>;
type Answering = Extract<PersonEvent, { readonly kind: 'approval-given' | 'approval-refused' }>;

/** Exit 0 when the answer is written, 2 when there is nothing to answer, 3 when somebody else must approve it too. */
export async function approveCommand(
  run: string,
  step: string,
  flags: ApproveFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  if (flags.refuse && flags.show) throw usageError('--refuse and --show exclude each other.');
  const asked = { run, step, flags, file: findJournal(run) };
  let journal: JournalFile;
  try {
    journal = await openJournal(asked.file, { mode: 'append' });
  } catch (error) {
    if (error instanceof JournalBusy) return answerProcess(asked, error, terminal);
    throw cannotOpen(asked.file, error);
  }
  try {
    const replay = openReplay(asked.file, journal.text);
    const request = showQuestion(asked, replay, terminal);
    await tellChanged(replay.plan, terminal);
    if (flags.show) return exitCode.ok;
    const event = answerTo(request, flags);
    const written = answerLater({ replay, event, time: Math.trunc(systemClock.now()), hash: sha256Hex });
    if (written.kind === 'refused') throw usageError(printableLine(written.because));
    await journal.append(written.lines);
    return tellWritten(written.view, request, asked.file, flags, terminal);
  } finally {
    await journal.close();
  }
}

interface Asked {
  /** The run and the step as they were typed. */
  readonly run: string;
  readonly step: string;
  readonly flags: ApproveFlags;
  readonly file: string;
}

/** Shows what is to be answered, and gives it. Throws a usage error where nothing is, or where it is not what the person saw. */
function showQuestion({ run, step, flags, file }: Asked, replay: Replay, terminal: Terminal): Approval {
  refuseDamage(file, replay);
  const request = requestOf(replay.viewOn(systemClock.now()), step);
  if (flags.hash !== undefined && !request.hash.startsWith(flags.hash.toLowerCase()))
    throw usageError(
      `\`${request.action}\` waits with the hash ${request.hash.slice(0, 12)}, not ${printableLine(flags.hash)}: it is another text than the one you saw.`,
      `look at it with \`tsg approve ${printableLine(run)} ${request.action} --show\`.`,
    );
  for (const line of backgroundOf(replay, request)) terminal.out(`${line}\n`);
  for (const line of questionLines(request, replay.plan, replay.view.environment)) terminal.out(`${line}\n`);
  for (const line of wordsBeside(request, replay.plan)) terminal.out(`${line}\n`);
  terminal.out(terminal.styled('dim', `    hash: ${request.hash}\n`));
  return request;
}

/** Leaves the answer for the process that has the run, and waits until its journal holds it. */
async function answerProcess(asked: Asked, busy: JournalBusy, terminal: Terminal): Promise<ExitCode> {
  const { flags, file } = asked;
  const before = openReplay(file, await readJournal(file));
  const request = showQuestion(asked, before, terminal);
  await tellChanged(before.plan, terminal);
  if (flags.show) return exitCode.ok;
  const event = answerTo(request, flags);
  const way = leaveAnswer(file, { ...event, time: Math.trunc(systemClock.now()) });
  // Who stops waiting has not answered.
  const takeBack = (): void => {
    terminal.err(way.withdraw() ? '\nThe answer was taken back.\n' : '\nThe answer was taken already.\n');
    process.exit(exitCode.interrupted);
  };
  process.once('SIGINT', takeBack);
  try {
    const isTaken = await holdsSoon(file, () => Promise.resolve(way.isTaken()), answerCountsMs / 2);
    if (!isTaken && way.withdraw())
      throw usageError(
        `${printableLine(busy.message)} It did not take the answer.`,
        'answer it there, or end it first.',
      );
  } finally {
    process.off('SIGINT', takeBack);
  }
  let written: Written | undefined;
  const read = async (): Promise<boolean> => {
    written = writtenIn(await readJournal(file), before.lastSeq, event);
    return written !== undefined;
  };
  await holdsSoon(file, read, answerCountsMs);
  if (!written) throw usageError(`${printableLine(busy.message)} It has the answer and has not written it down.`);
  if (written.refused !== undefined) throw usageError(printableLine(written.refused));
  const { view } = openReplay(file, written.text);
  const open = approvalsOf(view).find(({ action, hash }) => action === request.action && hash === request.hash);
  if (open || flags.refuse) return tellWritten(view, request, file, flags, terminal);
  terminal.out(
    `${terminal.styled('green', '✓')} ${request.action} is approved. The process that has the run goes on.\n`,
  );
  return exitCode.ok;
}

/** A journal that holds an answer, and why the run did not take it, if it did not. */
interface Written {
  readonly text: string;
  readonly refused: string | undefined;
}

/** Undefined while the journal does not hold the answer behind this line. */
function writtenIn(text: string, after: number, event: Answering): Written | undefined {
  const { lines } = readJournalText(text);
  const at = lines.findIndex(
    ({ seq, body }) =>
      seq > after && body.kind === event.kind && body['action'] === event.action && body['by'] === event.by,
  );
  return at < 0 ? undefined : { text, refused: refusalOf(lines, at) };
}

/** Which run this is, where it runs, and what led it here: who approves may not have seen it. */
function backgroundOf({ plan, view }: Replay, { node }: Approval): string[] {
  const started = view.startedAt === undefined ? '' : ` · begun ${new Date(view.startedAt).toISOString()}`;
  const where = view.environment === undefined ? '' : ` · environment ${printableLine(view.environment)}`;
  const led = view.edges.flatMap(({ edge, status, because }) => {
    const { from, to, condition } = findEdge(plan, edge) ?? {};
    if (status !== 'enabled' || to !== node || (condition ?? undefined) === undefined) return [];
    const why = because === undefined ? '' : ` — ${printableLine(because)}`;
    return [`  ${from} led to ${to}: “${printableLine(condition ?? '')}”${why}`];
  });
  return [`${printableLine(plan.guide.title)}${started}${where}`, ...led];
}

function approvalsOf({ requests }: RunView): readonly Approval[] {
  return requests.filter((request): request is Approval => request.kind === 'approval');
}

function requestOf(view: RunView, step: string): Approval {
  const waiting = approvalsOf(view);
  // The first action of step 1 and a sub-step may both be called `Step1.1`; what is asked about is told by its action.
  const found = waiting.find(({ action }) => action === step) ?? waiting.find(({ node }) => node === step);
  if (found) return found;
  const names = waiting.map(({ action }) => action);
  const stands = standing(view, step);
  if (stands !== undefined && waiting.length > 0)
    throw usageError(
      `\`${printableLine(step)}\` does not wait for an approval: it ${stands}.`,
      `what waits: ${names.map((name) => `\`${name}\``).join(', ')}.`,
    );
  throw usageError(
    waiting.length === 0
      ? `The run does not wait for an approval${view.phase === 'ended' ? ': it has ended.' : ['.', ...view.requests.map(asSentence)].join(' ')}`
      : `\`${printableLine(step)}\` does not wait for an approval.`,
    waiting.length === 0 ? undefined : didYouMean(step, names),
  );
}

/** How a step or an action of the run stands; undefined where it has none of this name. */
function standing({ steps }: RunView, name: string): string | undefined {
  const all = steps.flatMap(({ node, status, actions }) => [{ id: node, status }, ...actions]);
  const found = all.find(({ id }) => id === name);
  return found && statusWords[found.status];
}

const statusWords: Readonly<Record<StepView['status'] | StepView['actions'][number]['status'], string>> = {
  planned: 'has not begun',
  pending: 'has not begun',
  waiting: 'waits for something else',
  running: 'is running',
  succeeded: 'has succeeded',
  failed: 'has failed',
  skipped: 'was skipped',
  cancelled: 'was cancelled',
  unknown: 'was under way when the run was cut off',
};

function asSentence(request: RunRequest): string {
  return printableLine(requestSentence(request));
}

function answerTo({ action, hash }: Approval, { refuse, note }: ApproveFlags): Answering {
  const by = personName();
  const why = note === undefined ? {} : { note };
  return refuse
    ? { kind: 'approval-refused', action, by, ...why }
    : { kind: 'approval-given', action, hash, by, ...why };
}

function tellWritten(
  view: RunView,
  { action }: Approval,
  file: string,
  { refuse }: ApproveFlags,
  terminal: Terminal,
): ExitCode {
  const now = view.requests.find(
    (request): request is Approval => request.kind === 'approval' && request.action === action,
  );
  const complete = refuse || now?.approved === true;
  if (refuse) terminal.out(`${terminal.styled('yellow', '■')} ${action} is refused.\n`);
  else if (complete) terminal.out(`${terminal.styled('green', '✓')} ${action} is approved.\n`);
  else {
    const given = now?.givenBy?.length ?? 0;
    terminal.out(`${terminal.styled('yellow', '?')} ${action} has ${given} of ${now?.people ?? 1} approvals.\n`);
  }
  if (view.phase === 'ended')
    terminal.out(`  The run has ended: ${view.outcome ?? ''}. ${printableLine(view.reason ?? '')}\n`);
  else if (complete) terminal.out(`\nGo on with:\n  tsg resume ${quoteForShell(shownPath(file))}\n`);
  return complete ? exitCode.ok : exitCode.waiting;
}
