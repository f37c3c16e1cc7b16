// The state of a run: one mutable object per node, edge and action, linked to each other, so that an event costs what
// it touches and not the size of the plan. It is owned by whoever folds a journal and is changed by `decide` alone.
import {
  findNode,
  type Action,
  type EdgeId,
  type Effect,
  type NodeId,
  type Outcome,
  type Plan,
  type PlanEdge,
  type PlanNode,
  type Repeat,
} from '../plan/index.ts';
import type { GuardResult } from '../guard/index.ts';
import type { Json } from '../base/index.ts';
import type { Approval, ApprovalRule } from './approval.ts';
import type { FixedSettings, RunStarted } from './event.ts';
import type { JudgeTerms } from './judge.ts';
import { nothingSpent, type Spent } from './model-budget.ts';
import { readParameters } from './parameters.ts';
import type { ParameterValue } from './ports.ts';
import type { ActionFailure, ActionResult } from './result.ts';
import type {
  DecidedBy,
  EdgeStatus,
  EdgeView,
  FindingView,
  RepeatView,
  RunOutcome,
  RunRequest,
  RunView,
  StepStatus,
  StepView,
} from './view.ts';

/**
 * An action inside its step.
 *
 *     pending -> preparing -> [approval | ready ->] performing -> succeeded | failed
 *        ^  \-> calling ------------------------------------> succeeded | failed      (another guide)
 *        |           |                          |
 *        |           +-> manual -> …            +-> retrying -> pending
 *        +---- resumed after a crash ----- unknown (a write: a person says done, failed or repeat)
 *
 *     performing -> stopping -> cancelled | succeeded      (a read, when a person stops the run)
 */
export type ActionPhase =
  | 'pending'
  | 'preparing'
  | 'approval'
  | 'ready' // prepared in a step that is stopped before each action
  | 'performing'
  | 'calling' // the steps of the guide that it calls are gone through
  | 'stopping' // told to stop, since the end is reached or a person stops the run: what it had found by then is waited for
  | 'retrying'
  | 'manual'
  | 'unknown'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

export interface ActionState {
  readonly action: Action;
  readonly step: NodeState;
  /** Chosen by a model that works the step; it stands nowhere in the plan. */
  readonly byModel: boolean;
  /** The steps of the guide that it calls; undefined where it calls none. */
  called: ScopeState | undefined;
  phase: ActionPhase;
  /** Calls of the tool, over all rounds of a resumption; each has its own number. */
  attempts: number;
  /** Of these, those before it was last set back. */
  attemptsBefore: number;
  /** Why its call has not begun though it is `performing`: the tool's limits are reached. */
  awaits: string | undefined;
  /** While it is to be tried again: after how long, and what failed. */
  again: { readonly afterMs: number; readonly because: string } | undefined;
  retries: number;
  effect: Effect;
  tool: string | undefined;
  text: string | undefined;
  hash: string | undefined;
  /** What its tool reaches, where somebody may be asked. */
  where: string | undefined;
  because: string;
  /** A person has let it go that stepped into its step. */
  released: boolean;
  /** Every yes so far, each to the text that had its hash. */
  approvals: readonly Approval[];
  result: ActionResult | undefined;
  failure: ActionFailure | undefined;
  startedAt: number | undefined;
  endedAt: number | undefined;
}

/** The steps of one guide: those of the run's own, or of one that an action calls. They know each other by their own names. */
export interface ScopeState {
  /** What stands before their names in the plan: `Step2.restore/`; empty for the run's own guide. */
  readonly prefix: string;
  /** Undefined for the run's own guide. */
  readonly caller: ActionState | undefined;
  /** In the guide's order; left empty for the run's own. */
  readonly members: NodeState[];
  /** What guards read of earlier steps, by their own names; shared with every evaluation, never copied. */
  readonly stepResults: Record<NodeId, GuardResult>;
  readonly namedResults: Record<string, GuardResult>;
  /** How a called guide ended, as soon as that is decided. */
  ending: { readonly outcome: Outcome; readonly reason: string } | undefined;
  /** Its other steps have been cancelled; a write that was under way is let finish. */
  awaited: boolean;
}

export interface NodeState {
  readonly node: PlanNode;
  readonly scope: ScopeState;
  readonly index: number;
  readonly out: EdgeState[];
  repeats: readonly RepeatState[];
  actions: readonly ActionState[];
  status: StepStatus;
  /** In `ready`: it will start without anything more being decided. */
  queued: boolean;
  /** A person stepped into it: it stops before each of its actions. */
  entered: boolean;
  /** It runs, but a guide that it calls is what is at work: it takes no place of its own. */
  away: boolean;
  undecided: number;
  enabled: number;
  /** Index of the action under way. */
  at: number;
  /** How often a repeat has begun this node anew. */
  round: number;
  /** A model has worked it, this round. */
  worked: boolean;
  /** Calls that models have chosen for it, over all rounds; each has its number. */
  proposed: number;
  finding: FindingView | undefined;
  note: string | undefined;
  /** How it had ended when a loop set it back. */
  earlier: StepView | undefined;
  startedAt: number | undefined;
  endedAt: number | undefined;
  view: StepView | undefined;
}

export interface EdgeState {
  readonly edge: PlanEdge;
  readonly from: NodeState;
  readonly to: NodeState;
  status: EdgeStatus;
  by: DecidedBy | undefined;
  because: string | undefined;
  /** How it had been decided when a loop set it back. */
  earlier: EdgeView['earlier'];
  view: EdgeView | undefined;
}

export interface RepeatState {
  readonly repeat: Repeat;
  readonly from: NodeState;
  readonly to: NodeState;
  rounds: number;
  /** Nodes on a path from `to` to `from`; found when first needed. */
  members: readonly NodeState[] | undefined;
  /** What was last decided; undefined before. */
  view: RepeatView | undefined;
}

/** A decided ending; the run ends when nothing that may write is under way. */
export interface Ending {
  readonly outcome: RunOutcome;
  readonly reason: string;
}

export type TimerState =
  | { readonly kind: 'retry'; readonly action: ActionState; readonly dueAt: number }
  | { readonly kind: 'repeat'; readonly to: NodeState; readonly dueAt: number };

/** A question that a model is at. The decision it is about is not yet one to the engineer, though they may answer it; null: none is. */
export interface JudgingState {
  readonly question: number;
  readonly request: Extract<RunRequest, { readonly kind: 'decision' }> | null;
  /** Calls that are kept free for it. */
  readonly calls: number;
}

export interface RunState {
  readonly run: string;
  readonly plan: Plan;
  readonly settings: FixedSettings;
  readonly nodes: readonly NodeState[];
  readonly nodeById: ReadonlyMap<NodeId, NodeState>;
  readonly edges: readonly EdgeState[];
  /** The plan's, and those that a model chose. */
  readonly actionById: Map<string, ActionState>;
  readonly repeatById: ReadonlyMap<EdgeId, RepeatState>;
  /** Values that are not secret. */
  readonly params: Record<string, Json>;
  /** Name of the environment that the run's tools are of; null: of none; undefined: not known. */
  environment: string | null | undefined;
  /** The settings file that the run's tools come from; null: none; undefined: not known. */
  config: string | null | undefined;
  readonly invalid: Map<string, string>;
  secrets: Set<string>;
  /** The rules that approvals follow: those of the start, and those of each environment it was changed to. */
  approvals: readonly ApprovalRule[];
  readonly decisions: Map<NodeId, string>;
  /** Called guides that are being gone through, in the order in which they were entered. */
  readonly calls: Set<ScopeState>;
  /** Nodes whose input edges have just all been decided. */
  decided: Queue;
  ready: Queue;
  /** By index of a node: how long its longest way is; found when first needed. */
  ways: readonly number[] | undefined;
  /** Waiting steps whose question has been answered. */
  readonly resuming: Queue;
  /** Steps that are running or waiting. */
  readonly active: Set<NodeState>;
  running: number;
  held: boolean;
  releases: number;
  /** The next step that is released is stepped into. */
  into: boolean;
  readonly requests: Map<string, RunRequest>;
  /** The model that open decisions are put to first. */
  judge: JudgeTerms | undefined;
  /** Decisions that the model is at, by node. */
  readonly judging: Map<NodeId, JudgingState>;
  /** Steps that a model works, with the decision that it is for, if any: it is asked, or a call that it chose is under way. */
  readonly working: Map<NodeId, Extract<RunRequest, { readonly kind: 'decision' }> | null>;
  /** Questions put to a model so far; each has its number. */
  questions: number;
  /** What models have used up so far, in all and by node. */
  readonly spent: Spent;
  readonly spentBy: Map<NodeId, Spent>;
  readonly timers: Map<string, TimerState>;
  timerCount: number;
  readonly failed: NodeState[];
  ending: Ending | undefined;
  /** Reads that are told to stop, since the end is reached or a person stops the run, hand over what they have. */
  keeps: boolean;
  awaited: boolean;
  ended: boolean;
  startedAt: number;
  endedAt: number | undefined;
  view: RunView | undefined;
}

/** First in, first out, at constant cost. */
export interface Queue {
  items: NodeState[];
  head: number;
}

export function push(queue: Queue, node: NodeState): void {
  queue.items.push(node);
}

export function shift(queue: Queue): NodeState | undefined {
  const node = queue.items[queue.head];
  if (!node) return undefined;
  queue.head++;
  if (queue.head > 1024 && queue.head * 2 > queue.items.length) {
    queue.items = queue.items.slice(queue.head);
    queue.head = 0;
  }
  return node;
}

/** Takes a node out of the line, wherever it stands. */
export function drop(queue: Queue, node: NodeState): void {
  const left = queue.items.slice(queue.head);
  if (left.includes(node)) Object.assign(queue, { items: left.filter((one) => one !== node), head: 0 });
}

export function queueSize(queue: Queue): number {
  return queue.items.length - queue.head;
}

/** The state before anything has been decided. */
export function initialState(started: RunStarted, time: number): RunState {
  const { plan, settings } = started;
  const own = newScope('');
  const scopes = new Map<string, ScopeState>();
  const nodes = plan.nodes.map((node, index) => newNode(node, index, scopeOf(node, own, scopes)));
  const nodeById = new Map(nodes.map((node) => [node.node.id, node]));
  for (const edge of plan.edges) {
    const from = nodeById.get(edge.from);
    const to = nodeById.get(edge.to);
    if (!from || !to) throw new Error(`Internal error: edge ${edge.id} does not connect two nodes of the plan`);
    const state: EdgeState = {
      edge,
      from,
      to,
      status: 'pending',
      by: undefined,
      because: undefined,
      earlier: undefined,
      view: undefined,
    };
    from.out.push(state);
    to.undecided++;
  }
  const repeatById = new Map<EdgeId, RepeatState>();
  for (const repeat of plan.repeats) {
    const from = nodeById.get(repeat.from);
    const to = nodeById.get(repeat.to);
    if (!from || !to) throw new Error(`Internal error: repeat ${repeat.id} does not connect two nodes of the plan`);
    const state: RepeatState = { repeat, from, to, rounds: 0, members: undefined, view: undefined };
    from.repeats = [...from.repeats, state];
    repeatById.set(repeat.id, state);
  }
  const actionById = new Map<string, ActionState>();
  for (const node of nodes) for (const action of node.actions) actionById.set(action.action.id, action);
  for (const action of actionById.values()) {
    const called = scopes.get(action.action.id);
    if (called) action.called = Object.assign(called, { caller: action });
  }
  const { values, problems } = readParameters(plan.guide.parameters, started.parameters);
  // One whose value turned out to be a secret has no default any more.
  const plain = Object.entries(values).filter(([name]) => !started.secrets.includes(name));
  return {
    run: started.run,
    plan,
    settings,
    nodes,
    nodeById,
    // By node, as a plan read from a journal has them.
    edges: nodes.flatMap((node) => node.out),
    actionById,
    repeatById,
    params: Object.fromEntries(plain) as Record<string, Json>,
    environment: settings.environment,
    config: settings.config,
    invalid: new Map(problems.map(({ name, message }) => [name, message])),
    secrets: new Set(started.secrets),
    approvals: settings.approvals ?? [],
    decisions: new Map(Object.entries(settings.decisions)),
    calls: new Set(),
    decided: { items: [], head: 0 },
    ready: { items: [], head: 0 },
    ways: undefined,
    resuming: { items: [], head: 0 },
    active: new Set(),
    running: 0,
    held: settings.held,
    releases: 0,
    into: false,
    requests: new Map(),
    judge: settings.judge,
    judging: new Map(),
    working: new Map(),
    questions: 0,
    spent: nothingSpent(),
    spentBy: new Map(),
    timers: new Map(),
    timerCount: 0,
    failed: [],
    ending: undefined,
    keeps: settings.partial === 'kept',
    awaited: false,
    ended: false,
    startedAt: time,
    endedAt: undefined,
    view: undefined,
  };
}

/** Shared by all nodes that have none: a large plan has many of them. */
const none: readonly never[] = [];

function newScope(prefix: string): ScopeState {
  return {
    prefix,
    caller: undefined,
    members: [],
    stepResults: {},
    namedResults: {},
    ending: undefined,
    awaited: false,
  };
}

/** The scope of a node, made when its guide's first node is reached. */
function scopeOf({ within }: PlanNode, own: ScopeState, scopes: Map<string, ScopeState>): ScopeState {
  if (within === undefined) return own;
  const known = scopes.get(within) ?? newScope(`${within}/`);
  scopes.set(within, known);
  return known;
}

function newNode(node: PlanNode, index: number, scope: ScopeState): NodeState {
  const state: NodeState = {
    node,
    scope,
    index,
    out: [],
    repeats: none,
    actions: none,
    status: 'pending',
    queued: false,
    entered: false,
    away: false,
    undecided: 0,
    enabled: 0,
    at: 0,
    round: 0,
    worked: false,
    proposed: 0,
    finding: undefined,
    note: undefined,
    earlier: undefined,
    startedAt: undefined,
    endedAt: undefined,
    view: undefined,
  };
  if (node.actions.length > 0) state.actions = node.actions.map((action) => newAction(action, state));
  if (scope.prefix !== '') scope.members.push(state);
  return state;
}

/** True when the run, or the called guide that the step belongs to, has come to its end. */
export function isEnding(state: RunState, { scope }: NodeState): boolean {
  return state.ending !== undefined || scope.ending !== undefined;
}

/** A step's name in its own guide. */
export function ownName({ node, scope }: NodeState): NodeId {
  return node.id.slice(scope.prefix.length);
}

/** An action before it first ran. */
export function newAction(action: Action, step: NodeState, byModel = false): ActionState {
  return {
    action,
    step,
    byModel,
    called: undefined,
    phase: 'pending',
    attempts: 0,
    attemptsBefore: 0,
    awaits: undefined,
    again: undefined,
    retries: 0,
    effect: action.effect,
    tool: undefined,
    text: undefined,
    hash: undefined,
    where: undefined,
    because: '',
    released: false,
    approvals: [],
    result: undefined,
    failure: undefined,
    startedAt: undefined,
    endedAt: undefined,
  };
}

/** An action as it was before it first ran; its attempts go on counting, so that no late answer can be mistaken. */
export function resetAction(state: ActionState): void {
  Object.assign(state, {
    ...newAction(state.action, state.step, state.byModel),
    called: state.called,
    attempts: state.attempts,
    attemptsBefore: state.attempts,
  });
}

/** A parameter's value as a tool gets it, when it is known and not secret. */
export function plainValue(state: RunState, name: string): ParameterValue | undefined {
  return state.params[name] as ParameterValue | undefined;
}

/** True when the parameter is one whose value nobody may see. */
export function isSecret(plan: Plan, name: string): boolean {
  return plan.guide.parameters.some((parameter) => parameter.name === name && parameter.secret);
}

/** Throws when a node is named that the plan does not have, or that is a called guide's; hosts show the message. */
export function knownNode(plan: Plan, node: NodeId): NodeId {
  const found = findNode(plan, node);
  if (!found) throw new Error(`The plan has no step \`${node}\` to start from.`);
  if (found.within !== undefined)
    throw new Error(`\`${node}\` is a step of a called guide; a run starts from the step that calls it.`);
  return node;
}
