// Tells a run as it happens: given each new view, it prints what is new - a step that started, a step that ended with its
// tables and errors, an edge that was decided and by what. Live runs, resumed runs and replays are told by the same code.
import { findEdge, findNode, outputEdges, type Plan } from '../plan/index.ts';
import type { EdgeView, RunView, StepStatus, StepView } from '../run/index.ts';
import type { GuideText } from './guide-text.ts';
import { formatDuration, printAction } from './print-action.ts';
import { printableLine } from './printable-text.ts';
import type { Style, Terminal } from './terminal.ts';

export interface RunReporter {
  /** Prints what changed since the last view. */
  update(view: RunView): void;
}

/** A reporter that has told nothing yet. Every status has a symbol and a word; colour only repeats them. */
export function openRunReporter(
  about: { readonly plan: Plan; readonly source: GuideText | null },
  terminal: Terminal,
): RunReporter {
  const { plan, source } = about;
  const told = new Map<string, StepStatus>();
  const decided = new Set<string>();
  let seen: RunView | null = null;

  const tellStep = (step: StepView): void => {
    const node = findNode(plan, step.node);
    const [symbol, word, style] = signs[step.status];
    const time =
      step.startedAt !== undefined && step.endedAt !== undefined
        ? ` · ${formatDuration(step.endedAt - step.startedAt)}`
        : '';
    const head = `${terminal.styled(style, symbol)} ${terminal.styled('bold', step.node)}  ${printableLine(node?.title ?? '')}`;
    say(`${head}  ${terminal.styled(style, word)}${terminal.styled('dim', time)}`);
    if (step.status === 'running') return;
    if (step.note !== undefined) say(`    ${terminal.styled('dim', printableLine(step.note))}`);
    if (!ended.has(step.status)) return;
    for (const action of step.actions) {
      if (action.status === 'pending' || action.status === 'skipped') continue;
      const lines = printAction(
        action,
        node?.actions.find(({ id }) => id === action.id),
        source,
        terminal,
      );
      for (const line of lines) say(`    ${line}`);
    }
  };
  const tellEdge = (edge: EdgeView): void => {
    const found = findEdge(plan, edge.edge);
    if (!found) return;
    const words = found.condition === null ? '' : `: “${printableLine(found.condition)}”`;
    const why = decision(edge);
    if (edge.status === 'enabled')
      say(`    ${terminal.styled('green', '→')} on to ${terminal.styled('bold', found.to)}${words}${why}`);
    else if (edge.decidedBy !== 'upstream') say(terminal.styled('dim', `    · not ${found.to}${words}${why}`));
  };
  const say = (line: string): void => {
    terminal.out(`${line}\n`);
  };

  return {
    update(view) {
      if (seen === view) return;
      const edges = new Map(view.edges.map((edge) => [edge.edge, edge]));
      const before = new Map(seen?.steps.map((step) => [step.node, step]));
      for (const step of inOrderOfEnding(view.steps)) {
        const kind = findNode(plan, step.node)?.kind;
        const changed = told.get(step.node) !== step.status || repeated(before.get(step.node), step);
        if (changed && kind === 'step' && step.status !== 'pending' && step.status !== 'planned') {
          if (ended.has(step.status)) for (const edge of outputEdges(plan, step.node)) decided.delete(edge.id);
          tellStep(step);
          told.set(step.node, step.status);
        }
        if (kind === 'end') continue;
        const fresh = outputEdges(plan, step.node)
          .map((edge) => edges.get(edge.id))
          .filter((edge) => edge !== undefined && edge.status !== 'pending' && !decided.has(edge.edge));
        for (const edge of fresh) {
          if (edge === undefined) continue;
          decided.add(edge.edge);
          if (kind === 'step' && told.has(step.node) && step.status !== 'skipped') tellEdge(edge);
        }
      }
      seen = view;
    },
  };
}

const ended: ReadonlySet<StepStatus> = new Set<StepStatus>(['succeeded', 'failed', 'cancelled']);

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

function decision(edge: EdgeView): string {
  const because = edge.because === undefined ? '' : ` - ${printableLine(edge.because)}`;
  switch (edge.decidedBy ?? 'none') {
    case 'none':
    case 'upstream':
      return '';
    case 'guard':
      return ` [guard${because}]`;
    case 'else':
      return ` [no other condition held]`;
    case 'engineer':
      return ` [decided by the engineer${because}]`;
    case 'model':
      return ` [decided by the model${because}]`;
  }
}

/** Steps that ended together are told in the order in which they ended, so that a replay reads like the run. */
function inOrderOfEnding(steps: readonly StepView[]): readonly StepView[] {
  return steps
    .map((step, index) => ({ step, index }))
    .sort((a, b) => (a.step.endedAt ?? Infinity) - (b.step.endedAt ?? Infinity) || a.index - b.index)
    .map(({ step }) => step);
}

/** A step of a loop that ended again since the last view. */
function repeated(before: StepView | undefined, now: StepView): boolean {
  return (
    before !== undefined && ended.has(now.status) && before.startedAt !== now.startedAt && ended.has(before.status)
  );
}
