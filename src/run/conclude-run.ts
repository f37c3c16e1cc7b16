// Ends a run: cancels what only reads, lets what may write finish, and says in one sentence what decided the ending.
import { withdrawDecision } from './ask-judge.ts';
import { queueSize, type ActionState, type NodeState, type RunState, type ScopeState } from './state.ts';
import { currentAction, decideEnding, setStatus, type Turn } from './turn.ts';

/**
 * A person has had enough. With `keep`, what the reads under way have found by now is waited for. Questions about unknown outcomes are dropped; such an action stays `unknown` for good.
 */
export function stopRun(turn: Turn, { by, keep }: { readonly by: string; readonly keep?: true }): void {
  const { state } = turn;
  state.keeps = keep === true;
  const unknown = [...state.active].filter((node) => currentAction(node)?.phase === 'unknown');
  const left = unknown.map(({ node }) => ` Whether \`${node.id}\` did what it was told is not known.`).join('');
  for (const node of unknown) {
    state.requests.delete(`unknown-outcome:${currentAction(node)?.action.id ?? ''}`);
    cancelStep(turn, node);
  }
  decideEnding(state, { outcome: 'stopped', reason: `Stopped by ${by}.${left}` });
}

/** Ends the run when its ending is decided and nothing that may write is under way, or when nothing is left to do. */
export function concludeIfDone(turn: Turn): void {
  const { state } = turn;
  if (state.ended) return;
  if (!state.ending) {
    if (state.active.size > 0 || state.timers.size > 0 || queueSize(state.ready) > 0) return;
    decideEnding(state, { outcome: 'failed', reason: whyStuck(state) });
  }
  const { ending } = state;
  if (!ending) return;
  if (!state.awaited) cancelAll(turn);
  if (state.active.size > 0) {
    if (!state.awaited) turn.facts.push({ kind: 'end-awaited', ...ending });
    state.awaited = true;
    return;
  }
  state.ended = true;
  state.endedAt = turn.time;
  turn.facts.push({ kind: 'run-ended', outcome: ending.outcome, reason: ending.reason });
}

/** Cancels the steps of a called guide that has come to its end, but those whose action may be writing at this moment. */
export function cancelSteps(turn: Turn, members: readonly NodeState[]): void {
  const { state } = turn;
  const inside = new Set(members);
  const { ready } = state;
  for (const node of members) node.queued = false;
  state.ready = { items: ready.items.slice(ready.head).filter((node) => !inside.has(node)), head: 0 };
  for (const [id, timer] of state.timers) {
    if (!inside.has(timer.kind === 'retry' ? timer.action.step : timer.to)) continue;
    turn.effects.push({ kind: 'cancel-timer', timer: id });
    state.timers.delete(id);
  }
  const active = members.filter((node) => state.active.has(node));
  for (const { node } of active) withdrawDecision(turn, node.id);
  stopSteps(turn, active);
  // A value that only they waited for is wanted no more.
  const names = new Set(active.map(({ node }) => node.id));
  for (const [key, request] of state.requests)
    if (request.kind !== 'unknown-outcome' && names.has(request.node)) state.requests.delete(key);
}

function stopSteps(turn: Turn, nodes: readonly NodeState[]): void {
  for (const node of nodes) {
    const action = currentAction(node);
    if (action && mayWrite(action)) continue;
    if (action && turn.state.keeps && hasBegun(action)) {
      turn.effects.push({ kind: 'cancel-action', action: action.action.id });
      action.phase = 'stopping';
      continue;
    }
    if (action) {
      if (action.phase === 'performing') turn.effects.push({ kind: 'cancel-action', action: action.action.id });
      action.phase = 'cancelled';
      action.endedAt = turn.time;
    }
    cancelStep(turn, node);
  }
}

/** Cancels every step but those whose action may be writing at this moment, and drops all questions and timers. */
function cancelAll(turn: Turn): void {
  const { state } = turn;
  for (const timer of state.timers.keys()) turn.effects.push({ kind: 'cancel-timer', timer });
  state.timers.clear();
  for (const { question } of state.judging.values()) turn.effects.push({ kind: 'cancel-judge', question });
  state.judging.clear();
  state.working.clear();
  stopSteps(turn, [...state.active]);
  for (const [key, request] of state.requests) if (request.kind !== 'unknown-outcome') state.requests.delete(key);
}

/** A step ends without having come to its own end. */
export function cancelStep(turn: Turn, node: NodeState): void {
  setStatus(turn, node, 'cancelled');
  turn.facts.push({ kind: 'step-cancelled', node: node.node.id });
}

function mayWrite(action: ActionState): boolean {
  return action.phase === 'unknown' || (hasBegun(action) && action.effect !== 'read');
}

/** Its tool is at work on it. */
function hasBegun({ phase, awaits }: ActionState): boolean {
  return phase === 'performing' && awaits === undefined;
}

/** Why nothing is left to do, in the whole run or in one called guide. */
export function whyStuck(state: RunState, scope?: ScopeState): string {
  // Of a called guide that could not go on, the step that calls it says why.
  const isOf = (node: NodeState): boolean => (scope ? node.scope === scope : node.scope.prefix === '');
  const failed = state.failed.filter(isOf).sort((a, b) => a.index - b.index);
  if (failed.length === 0) return 'No step is left to run, and no path led to the end.';
  const shown = failed.slice(0, 5).map(describeFailure).join(' ');
  const more = failed.length > 5 ? ` ${failed.length - 5} more failed.` : '';
  return `${scope ? '' : 'The plan could not go on. '}${shown}${more}`;
}

function describeFailure(node: NodeState): string {
  const failure = currentAction(node)?.failure;
  const message = failure?.message.trim() ?? '';
  const line = message.split('\n', 1)[0] ?? '';
  return `\`${node.node.id}\` failed (${failure?.reason ?? 'unknown'}): ${line}${/[.!?]$/.test(line) ? '' : '.'}`;
}
