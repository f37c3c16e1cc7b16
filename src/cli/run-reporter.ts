// Tells a run as it happens: given each new view, it prints what is new - a step that started, a step that ended with its
// tables and errors, an edge that was decided and by what. Live runs, resumed runs and replays are told by the same code.
import { durationWords } from '../base/index.ts';
import { findEdge, findNode, type Plan } from '../plan/index.ts';
import {
  foundBefore,
  type ActionStatus,
  type EdgeView,
  type RepeatView,
  type RunView,
  type StepStatus,
  type StepView,
} from '../run/index.ts';
import type { GuideText } from './guide-text.ts';
import { printAction, printFinding } from './print-action.ts';
import { printableLine } from './printable-text.ts';
import { stepWords } from './step-words.ts';
import type { Style, Terminal } from './terminal.ts';

export interface RunReporter {
  /** Takes the view as told already, what a resumed run did before; steps that wait are told again with what they found. */
  skip(view: RunView): void;
  /** Prints what changed since the last view. */
  update(view: RunView): void;
}

/** A reporter that has told nothing yet; `wordsShown`: what each step says stood before its beginning. Every status has a symbol and a word; colour only repeats them. */
export function openRunReporter(
  about: { readonly plan: Plan; readonly source: GuideText | null; readonly wordsShown?: boolean },
  terminal: Terminal,
): RunReporter {
  const { plan, source, wordsShown = false } = about;
  const told = new Map<string, string>();
  const toldEdges = new Map<string, string>();
  const toldActions = new Map<string, string>();
  const toldFindings = new Set<object>();
  const toldRounds = new Set<string>();
  const toldRepeats = new Map<string, string>();
  const toldDelays = new Map<string, string | undefined>();
  let seen: RunView | null = null;

  const tellStep = (step: StepView): void => {
    const node = findNode(plan, step.node);
    // Between the calls that a model makes it begins again and again; each call is told when it has ended.
    if (step.status === 'running' && step.actions.some(({ byModel }) => byModel)) return;
    const [symbol, word, style] = signs[step.status];
    const time =
      step.startedAt !== undefined && step.endedAt !== undefined
        ? ` · ${durationWords(step.endedAt - step.startedAt)}`
        : '';
    const head = `${terminal.styled(style, symbol)} ${terminal.styled('bold', step.node)}  ${printableLine(node?.title ?? '')}`;
    say(`${head}  ${terminal.styled(style, word)}${terminal.styled('dim', time)}`);
    if (step.status === 'running') return;
    if (step.onlyWords) {
      say(`    ${terminal.styled('dim', 'says what to do; nothing was run')}`);
      for (const line of node && !wordsShown ? stepWords(node) : []) say(`    > ${line}`);
    }
    if (step.note !== undefined) say(`    ${terminal.styled('dim', printableLine(step.note))}`);
    // A step that waits for a person shows what it has found so far: the answer depends on it.
    for (const action of step.actions) {
      const key = `${action.status} ${action.endedAt ?? ''}`;
      if (!settled.has(action.status) || toldActions.get(action.id) === key) continue;
      toldActions.set(action.id, key);
      const lines = printAction(
        action,
        node?.actions.find(({ id }) => id === action.id),
        node?.within === undefined ? source : null,
        terminal,
      );
      for (const line of lines) say(`    ${line}`);
    }
    if (step.finding && !toldFindings.has(step.finding)) {
      toldFindings.add(step.finding);
      for (const line of printFinding(step.finding, terminal)) say(`    ${line}`);
    }
    if (step.status === 'succeeded' && node?.verify !== undefined) say(`    Verify: ${printableLine(node.verify)}`);
  };
  const tellEdge = (edge: EdgeView): void => {
    const found = findEdge(plan, edge.edge);
    if (!found || (edge.status === 'disabled' && edge.decidedBy === 'upstream')) return;
    const said = found.condition ?? found.timing;
    const words = said === undefined ? '' : `: “${printableLine(said)}”`;
    const enabled = edge.status === 'enabled';
    const head = enabled
      ? `${terminal.styled('green', '→')} on to ${terminal.styled('bold', found.to)}${words}`
      : terminal.styled('dim', `· not ${found.to}${words}`);
    const by = deciderOf(edge);
    say(`    ${head}${terminal.styled('dim', by === '' ? '' : ` [${by}]`)}`);
    if (edge.because !== undefined && edge.decidedBy !== 'else')
      say(terminal.styled('dim', `        ${printableLine(edge.because)}`));
  };
  /** The end of a round that went by between two views: without it the step that leads back would never be told. */
  const tellRound = (step: StepView): void => {
    // By its words: a replay's last view comes of another fold.
    const key = `${step.node} ${newsOf(step)} ${step.note ?? ''}`;
    if (toldRounds.has(key)) return;
    toldRounds.add(key);
    if (told.get(step.node) !== newsOf(step)) tellStep(step);
    told.set(step.node, newsOf(step));
  };
  const tellRepeat = ({ repeat, again, because, decidedBy }: RepeatView): void => {
    const found = plan.repeats.find(({ id }) => id === repeat);
    if (!found || (!again && decidedBy !== 'bound')) return;
    const words = found.condition === null ? '' : `: “${printableLine(found.condition)}”`;
    const after = found.waitMs === undefined || !again ? '' : `, in ${durationWords(found.waitMs)}`;
    const head = again
      ? `${terminal.styled('green', '↻')} again from ${terminal.styled('bold', found.to)}${after}${words}`
      : terminal.styled('dim', `· not again from ${found.to}${words}`);
    say(`    ${head}`);
    if (because !== undefined && decidedBy !== 'else') say(terminal.styled('dim', `        ${printableLine(because)}`));
  };
  const isFrom = ({ repeat }: RepeatView, node: string): boolean =>
    plan.repeats.some(({ id, from }) => id === repeat && from === node);
  /** Where a step that only has words is to be judged, those that led to it. At a terminal they stand beside the question. */
  const stepsThatAnswersRestOn = (view: RunView): ReadonlySet<string> =>
    new Set(
      view.requests.flatMap((request) =>
        request.kind === 'decision' && !terminal.interactive
          ? foundBefore(plan, view, request.node).map(({ node }) => node)
          : [],
      ),
    );
  let silent = false;
  const say = (line: string): void => {
    if (!silent) terminal.out(`${line}\n`);
  };

  const reporter: RunReporter = {
    skip(view) {
      silent = true;
      reporter.update(view);
      silent = false;
      const restOn = stepsThatAnswersRestOn(view);
      for (const { node, status, actions } of view.steps) {
        const hasFound = status === 'waiting' && actions.some(({ result }) => result);
        if (!hasFound && !restOn.has(node)) continue;
        told.delete(node);
        for (const { id } of actions) toldActions.delete(id);
      }
      toldFindings.clear();
      seen = null;
    },
    update(view) {
      const steps = view.steps.filter((step, index) => step !== seen?.steps[index]);
      const edges = new Map<string, EdgeView[]>();
      view.edges.forEach((edge, index) => {
        if (edge === seen?.edges[index]) return;
        const key = edge.status === 'pending' ? '' : `${edge.status} ${edge.decidedBy ?? ''}`;
        if (key === (toldEdges.get(edge.edge) ?? '')) return;
        toldEdges.set(edge.edge, key);
        if (key === '') return;
        const from = findEdge(plan, edge.edge)?.from ?? '';
        edges.set(from, [...(edges.get(from) ?? []), edge]);
      });
      seen = view;
      inOrderOfEnding(steps.flatMap(({ earlier }) => earlier ?? [])).forEach(tellRound);
      const repeats = (view.repeats ?? []).filter((one) => toldRepeats.get(one.repeat) !== decisionOf(one));
      for (const one of repeats) toldRepeats.set(one.repeat, decisionOf(one));
      repeats.filter(({ again }) => again).forEach(tellRepeat);
      for (const step of inOrderOfEnding(steps)) {
        const isNews = told.get(step.node) !== newsOf(step);
        if (isNews && step.status !== 'pending' && step.status !== 'planned') tellStep(step);
        told.set(step.node, newsOf(step));
        if (step.status === 'running' && step.delay !== undefined && toldDelays.get(step.node) !== step.delay)
          say(`  ${terminal.styled('dim', `${step.node}: ${printableLine(step.delay)}`)}`);
        toldDelays.set(step.node, step.delay);
        for (const one of repeats) if (!one.again && isFrom(one, step.node)) tellRepeat(one);
        if (step.status !== 'skipped') edges.get(step.node)?.forEach(tellEdge);
        edges.delete(step.node);
      }
      // Decided after its step was told: by a person, later.
      for (const [from, decided] of edges) {
        const told = decided.filter((edge) => edge.decidedBy !== 'upstream' && edge.decidedBy !== 'none');
        if (told.length === 0) continue;
        say(`  ${terminal.styled('bold', from)}`);
        told.forEach(tellEdge);
      }
    },
  };
  return reporter;
}

const ended: ReadonlySet<StepStatus> = new Set<StepStatus>(['succeeded', 'failed', 'cancelled']);

const settled: ReadonlySet<ActionStatus> = new Set<ActionStatus>(['succeeded', 'failed', 'cancelled', 'unknown']);

const signs: Readonly<Record<StepStatus, readonly [symbol: string, word: string, style: Style]>> = {
  pending: ['·', 'pending', 'dim'],
  running: ['▶', 'running', 'blue'],
  waiting: ['?', 'waiting', 'yellow'],
  succeeded: ['✓', 'succeeded', 'green'],
  failed: ['✗', 'failed', 'red'],
  skipped: ['○', 'skipped', 'dim'],
  cancelled: ['■', 'cancelled', 'yellow'],
  planned: ['·', 'planned', 'dim'],
};

function deciderOf(edge: EdgeView): string {
  switch (edge.decidedBy ?? 'none') {
    case 'none':
    case 'upstream':
      return '';
    case 'guard':
      return 'guard';
    case 'else':
      return edge.status === 'enabled' ? 'no other condition holds' : 'another condition holds';
    case 'engineer':
      return 'decided by the engineer';
    case 'model':
      return 'decided by the model';
  }
}

/** Steps that ended together are told in the order in which they ended, so that a replay reads like the run. */
function inOrderOfEnding(steps: readonly StepView[]): readonly StepView[] {
  const sorted = steps
    .map((step, index) => ({ step, index }))
    .sort((a, b) => (a.step.endedAt ?? Infinity) - (b.step.endedAt ?? Infinity) || a.index - b.index)
    .map(({ step }) => step);
  return sorted.some(({ node }) => node.includes('/')) ? callersBehind(sorted) : sorted;
}

/** A step that calls a guide ends at the moment at which the last step in there does, and because of it. */
function callersBehind(sorted: readonly StepView[]): readonly StepView[] {
  const told = [...sorted];
  for (const caller of sorted) {
    const { endedAt, actions } = caller;
    if (endedAt === undefined) continue;
    const last = told.findLastIndex(
      (step) => step.endedAt === endedAt && actions.some(({ id }) => step.node.startsWith(`${id}/`)),
    );
    const at = told.indexOf(caller);
    if (last <= at) continue;
    told.splice(at, 1);
    told.splice(last, 0, caller);
  }
  return told;
}

const decisionOf = ({ again, rounds, decidedBy }: RepeatView): string => `${again} ${rounds} ${decidedBy}`;

/** What makes a step's state worth telling: its status, and for a loop's next round, when it began. */
function newsOf(step: StepView): string {
  return ended.has(step.status) ? `${step.status} ${step.startedAt ?? ''}` : step.status;
}
