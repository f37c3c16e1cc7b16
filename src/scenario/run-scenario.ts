// Runs a guide's plan on a scenario: the real driver, with tools that answer from the scenario, a journal in memory and a
// clock that stands still unless the run waits for it. Nothing outside is touched, and the same scenario gives the same run.
import type { Parameter, Plan } from '../plan/index.ts';
import { readJournalText, startLiveRun } from '../run/index.ts';
import type {
  ApprovalRule,
  Clock,
  DryTool,
  JournalText,
  LiveRun,
  ParameterValue,
  RunRequest,
  RunView,
  Toolbox,
} from '../run/index.ts';
import type { Choice, Scenario } from './scenario.ts';
import { scriptedToolbox, type Answerer, type ScriptedCall } from './scripted-toolbox.ts';

export interface ScenarioWorld {
  readonly plan: Plan;
  /** The configured tools, without a way to perform; null when they are not known. */
  readonly tools: Toolbox<DryTool> | null;
  /** Hex SHA-256 of a text. */
  readonly hash: (text: string) => string;
  /** What approvals take, and the name of the environment that says so; without, one yes is enough. */
  readonly rules?: { readonly approvals: readonly ApprovalRule[]; readonly environment: string | null };
  /** Values for parameters that a scenario leaves open. */
  readonly presets?: Readonly<Record<string, ParameterValue>>;
}

export interface ScenarioRun {
  readonly view: RunView;
  readonly calls: readonly ScriptedCall[];
  /** The journal of the run, and its lines. */
  readonly journal: string;
  readonly lines: JournalText['lines'];
}

/** What a run asks of a person, answered by what is not the scenario's own: edges, none of them; undefined leaves it to the scenario. */
export type Chooser = (
  request: Extract<RunRequest, { readonly kind: 'decision' }>,
  view: RunView,
) => readonly string[] | undefined;

/** Runs to the end, or to a question that the scenario does not answer. */
export async function runScenario(
  world: ScenarioWorld,
  scenario: Scenario,
  answerTo?: Answerer,
  choose?: Chooser,
  onStart?: (live: LiveRun) => void,
): Promise<ScenarioRun> {
  const clock = stillClock();
  const started = startScenario(world, scenario, { clock, ...(answerTo && { answerTo }), ...(choose && { choose }) });
  const { live } = started;
  onStart?.(live);
  for (;;) {
    await quiet(live);
    const view = live.view();
    if (view.phase === 'ended') break;
    if (started.answer()) continue;
    if (view.phase !== 'running') break;
    if (!clock.forward()) throw new Error('Internal error: a run under way waits for nothing');
  }
  const view = await live.settled();
  const journal = started.journal();
  return { view, calls: started.calls, journal, lines: readJournalText(journal).lines };
}

export interface StartOptions {
  readonly clock: Clock;
  readonly answerTo?: Answerer;
  readonly choose?: Chooser;
  /** Start held: somebody steps through it. */
  readonly held?: boolean;
}

/** A scenario's run under way; whoever started it lets its questions be answered whenever it has changed. */
export interface StartedScenario {
  readonly live: LiveRun;
  readonly calls: readonly ScriptedCall[];
  /** The journal so far. */
  journal(): string;
  /** Answers one open question as the scenario says; false when it answers none of them. */
  answer(): boolean;
}

/** Starts a scenario's run, with its journal in memory. */
export function startScenario(world: ScenarioWorld, scenario: Scenario, options: StartOptions): StartedScenario {
  const { plan, hash } = world;
  const { clock, answerTo = answersOf(scenario), choose = () => undefined, held = false } = options;
  const toolbox = scriptedToolbox(world.tools, answerTo);
  const written: string[] = [];
  const live = startLiveRun({
    run: 'test',
    plan,
    toolbox,
    journal: {
      append(lines) {
        for (const line of lines) written.push(`${line}\n`);
        return Promise.resolve();
      },
    },
    clock,
    hash,
    seal: hash, // What a scenario gives is made up, and its journal is kept nowhere.
    held,
    ...world.rules,
    parameters: parametersFor(plan.guide.parameters, { ...world.presets, ...scenario.parameters }),
    decisions: Object.fromEntries(
      Object.entries(scenario.decisions).filter((one): one is [string, string] => typeof one[1] === 'string'),
    ),
  });
  const told: Told = { asked: new Set(), answered: new Map() };
  return {
    live,
    calls: toolbox.calls,
    journal: () => written.join(''),
    answer: () => answerRequests(live, live.view(), scenario, told, choose),
  };
}

/** A scenario's own answers: of several, one for each call, the last of which is repeated. */
export function answersOf({ answers }: Scenario): Answerer {
  return (action, call) => {
    const given = Object.hasOwn(answers, action.id) ? answers[action.id] : undefined;
    return Array.isArray(given) ? given[Math.min(call, given.length - 1)] : given;
  };
}

/** What a run has been told: approvals that were asked for, and how often each step had its decision. */
interface Told {
  readonly asked: Set<string>;
  readonly answered: Map<string, number>;
}

/** What is chosen the next time; undefined for what is decided beforehand, or not at all. */
function choiceAt({ decisions }: Scenario, node: string, times: number): Choice | undefined {
  const given = decisions[node];
  if (given === undefined || typeof given === 'string') return undefined;
  if (Array.isArray(given)) return given;
  return given.each[Math.min(times, given.each.length - 1)];
}

/** Who says yes when so many others have: where several people must, there are several. */
function approver(others: number): string {
  return others === 0 ? 'test' : `test ${others + 1}`;
}

/** True when something was answered. A question is answered once: what comes of it may be asked anew. */
function answerRequests(
  live: LiveRun,
  view: RunView,
  scenario: Scenario,
  { asked, answered }: Told,
  choose: Chooser,
): boolean {
  const by = 'test';
  for (const request of view.requests) {
    switch (request.kind) {
      case 'approval': {
        const { approve } = scenario;
        const by = approver(request.givenBy?.length ?? 0);
        const key = `${request.action} ${request.hash} ${by}`;
        if (approve === 'none' || asked.has(key)) break;
        asked.add(key);
        const yes = approve === 'all' || approve.includes(request.action) || approve.includes(request.node);
        const { action, hash } = request;
        live.submit(yes ? { kind: 'approval-given', action, hash, by } : { kind: 'approval-refused', action, by });
        return true;
      }
      case 'manual-action': {
        const as = scenario.settle[request.action] ?? 'done';
        live.submit({ kind: 'action-settled', action: request.action, as, by });
        return true;
      }
      case 'decision': {
        const { node, choices } = request;
        const times = answered.get(node) ?? 0;
        const chosen = choose(request, view) ?? choiceAt(scenario, node, times);
        if (chosen === undefined) break;
        const edges = [chosen]
          .flat()
          .map((one) => choices.find(({ edge, to }) => edge === one || to === one)?.edge ?? one);
        if (!live.submit({ kind: 'decision-given', node, edges, by }).accepted) break;
        answered.set(node, times + 1);
        return true;
      }
      case 'parameter':
      case 'unknown-outcome':
        break;
    }
  }
  return false;
}

/** Secret parameters that are not given get a value of their own: a test never holds a real one. */
function parametersFor(
  parameters: readonly Parameter[],
  given: Readonly<Record<string, ParameterValue>>,
): Record<string, ParameterValue> {
  const values: Record<string, ParameterValue> = { ...given };
  for (const parameter of parameters) {
    if (!parameter.secret || Object.hasOwn(values, parameter.name)) continue;
    values[parameter.name] = inventedSecret(parameter);
  }
  return values;
}

function inventedSecret({ name, type }: Parameter): ParameterValue {
  switch (type) {
    case 'number':
    case 'integer':
      return 40_404;
    case 'boolean':
      return true;
    case 'timestamp':
      return '2025-01-01T00:00:00Z';
    case 'duration':
      return '44m';
    case 'string':
      return `invented-${name}`;
  }
}

/** A clock that moves only when told, to the next moment that somebody waits for. */
function stillClock(): Clock & { forward(): boolean } {
  let now = Date.UTC(2025, 0, 1);
  const waiting = new Map<object, { readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    after(ms, callback) {
      const key = {};
      waiting.set(key, { at: now + ms, callback });
      return () => waiting.delete(key);
    },
    forward() {
      const [next] = [...waiting].sort(([, a], [, b]) => a.at - b.at);
      if (!next) return false;
      const [key, { at, callback }] = next;
      waiting.delete(key);
      now = at;
      callback();
      return true;
    },
  };
}

/** Everything here answers at once, so when a view has stood for this many turns of the queue, nothing is on its way. */
const turns = 64;

async function quiet(live: LiveRun): Promise<void> {
  let seen: RunView | undefined;
  while (seen !== live.view()) {
    seen = live.view();
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  }
}
