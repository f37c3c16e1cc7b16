// Goes every way through a plan that made-up answers can open: each run takes one choice at each point where answers or
// decisions differ, and every other choice is tried in a later run, those with the fewest differences first. What no run
// reaches is reported, with why.
import { inventParameters, inventResults, shapeOfAction, type GuardResult } from '../guard/index.ts';
import {
  findEdge,
  outputEdges,
  ownPlan,
  type Action,
  type Coverage,
  type Outcome,
  type Parameter,
  type Plan,
  type PlanEdge,
} from '../plan/index.ts';
import {
  readParameters,
  type LiveRun,
  type ParameterValue,
  type RunOutcome,
  type RunRequest,
  type RunView,
} from '../run/index.ts';
import { stepsRun } from './check-scenario.ts';
import { coverageOf } from './coverage.ts';
import { runScenario, type Chooser, type ScenarioRun, type ScenarioWorld } from './run-scenario.ts';
import { scenarioSchema, type Answer, type Scenario } from './scenario.ts';

/** One way through the plan, as a scenario that goes it. */
export interface ExploredPath {
  readonly scenario: Scenario;
  readonly outcome: RunOutcome;
  readonly reason: string;
  readonly steps: readonly string[];
}

export interface Unreached {
  readonly edge: PlanEdge;
  readonly because: string;
}

export interface Exploration {
  /** Runs that were made. */
  readonly runs: number;
  /** False when there were more ways than runs allowed. */
  readonly complete: boolean;
  /** Ways that differ in the edges they take. */
  readonly paths: readonly ExploredPath[];
  readonly unreached: readonly Unreached[];
  readonly coverage: Coverage;
}

/** Explores with at most `limit` runs; 2,000 unless told. */
export async function explorePaths(world: ScenarioWorld, limit = 2000): Promise<Exploration> {
  const { plan } = world;
  const chances = chancesOf(plan, world.presets ?? {});
  const queue: (readonly number[])[] = [[]];
  const found = new Map<string, ExploredPath>();
  const seen: ScenarioRun['lines'][] = [];
  const moments = new Set<string>();
  let runs = 0;
  for (let prefix = queue.shift(); prefix && runs < limit; prefix = queue.shift()) {
    runs++;
    const { run, points, scenario } = await follow(world, chances, prefix);
    seen.push(run.lines.filter(({ body }) => /^(edge|repeat)-decided$|^step-/.test(body.kind)));
    const taken = run.view.edges.filter(({ status }) => status === 'enabled').map(({ edge }) => edge);
    const outcome = run.view.outcome ?? 'waiting';
    const key = `${outcome} ${taken.join(' ')}`;
    if (!found.has(key)) found.set(key, { scenario, outcome, reason: run.view.reason ?? '', steps: stepsRun(run) });
    for (let at = prefix.length; at < points.length && queue.length < limit * 4; at++) {
      // Whoever came to the same point before has tried the other choices there.
      const { moment = '' } = points[at] ?? {};
      if (moments.has(moment)) continue;
      moments.add(moment);
      const before = points.slice(0, at).map(({ chosen }) => chosen);
      for (let other = 1; other < (points[at]?.choices ?? 0); other++) queue.push([...before, other]);
    }
  }
  // A called guide is explored by itself: here it is gone through, but its edges are those of another text.
  const coverage = coverageOf(ownPlan(plan), seen);
  const complete = queue.length === 0;
  const ran = new Set(
    plan.nodes.map(({ id }) => id).filter((id) => id === 'start' || !coverage.steps.missing.includes(id)),
  );
  return {
    runs,
    complete,
    paths: [...found.values()],
    unreached: coverage.edges.missing.map((edge) => ({ edge, because: whyUnreached(edge, ran, complete) })),
    coverage,
  };
}

interface Point {
  readonly choices: number;
  readonly chosen: number;
  /** What is chosen, and all that what comes after it depends on. */
  readonly moment: string;
}

interface Followed {
  readonly run: ScenarioRun;
  readonly scenario: Scenario;
  /** Where the run could have gone another way, in order, and which choice it took. */
  readonly points: readonly Point[];
}

/** What runs may differ in before they begin, and in what tools answer. */
interface Chances {
  /** By parameter: its values, the usual one first. */
  readonly parameters: readonly (readonly [name: string, values: readonly ParameterValue[]])[];
  /** By action: its answers, where the parameters are these. */
  answers(parameters: Readonly<Record<string, ParameterValue>>): ReadonlyMap<string, readonly Answer[]>;
}

async function follow(world: ScenarioWorld, chances: Chances, prefix: readonly number[]): Promise<Followed> {
  const points: Point[] = [];
  let live: LiveRun | undefined;
  let given = '';
  const answered = new Map<string, Answer>();
  const answers: Record<string, Answer[]> = {};
  const decisions: Record<string, string | string[]> = {};
  const take = (what: string, choices: number): number => {
    if (choices < 2) return 0;
    const chosen = prefix[points.length] ?? 0;
    // Parameters are chosen before the run has begun, and count from then on.
    const before = live ? `${given} ${momentOf(live.view())}` : points.map((point) => point.chosen).join(' ');
    points.push({ choices, chosen, moment: `${what} ${before}` });
    return chosen;
  };
  const parameters = Object.fromEntries(
    chances.parameters.flatMap(([name, values]) => {
      const value = values[take(`parameter ${name}`, values.length)];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const candidates = chances.answers(parameters);
  given = JSON.stringify(parameters);
  const answerTo = (action: Action, call: number): Answer => {
    const key = `${call} ${action.id}`;
    const known = answered.get(key);
    if (known) return known;
    const some = candidates.get(action.id) ?? [{}];
    const answer = some[take(`action ${action.id}`, some.length)] ?? {};
    answered.set(key, answer);
    (answers[action.id] ??= [])[call] = answer;
    return answer;
  };
  const bare = scenarioSchema.parse({ name: 'made up', parameters });
  // A tool may speak every language or none: what no tool speaks is done by hand, as in a real run.
  const decide: Chooser = (request, view) => {
    const ways = waysToDecide(world.plan, request, view);
    const chosen = ways[take(`step ${request.node}`, ways.length)];
    if (chosen) decisions[request.node] = chosen[0] ?? [];
    return chosen;
  };
  const run = await runScenario(world, bare, answerTo, decide, (started) => {
    live = started;
  });
  return { run, points, scenario: { ...bare, answers, decisions } };
}

/** All of a run that what comes next depends on: how its steps and ways stand, what is known, and how often its loops have begun. */
function momentOf({ steps, edges, repeats = [] }: RunView): string {
  return JSON.stringify([
    steps.map(({ status, actions }) => [status, actions.map(({ status: how, result }) => [how, result ?? null])]),
    edges.map(({ status }) => status),
    repeats.map(({ repeat, again, rounds }) => [repeat, again, rounds]),
  ]);
}

/** What the engineer may say: one of the ways, or, where another condition of the step holds already, none of them but “otherwise”. */
function waysToDecide(
  plan: Plan,
  { node, choices }: Extract<RunRequest, { readonly kind: 'decision' }>,
  { edges }: RunView,
): readonly (readonly string[])[] {
  const taken = new Set(edges.flatMap(({ edge, status }) => (status === 'enabled' ? [edge] : [])));
  // On before back: a run that goes back wherever it may takes every loop to its bound.
  const ways = [...choices.filter(({ again }) => !again), ...choices.filter(({ again }) => again)];
  if (!outputEdges(plan, node).some(({ id }) => taken.has(id))) return ways.map(({ edge }) => [edge]);
  const open = ways.filter(({ edge, again }) => again ?? findEdge(plan, edge)?.guard?.kind !== 'else');
  return [[], ...open.map(({ edge }) => [edge])];
}

/** Parameters by what conditions compare them with, and answers by what conditions read. */
function chancesOf(plan: Plan, presets: Readonly<Record<string, ParameterValue>>): Chances {
  const usual = plainParameters(plan.guide.parameters, presets);
  const cels = [...plan.edges, ...plan.repeats].flatMap(({ guard }) => (guard?.kind === 'cel' ? [guard.cel] : []));
  const wished = inventParameters(cels);
  const parameters = plan.guide.parameters.flatMap((parameter) => {
    const { name, secret } = parameter;
    const first = usual[name];
    if (secret || first === undefined) return [];
    const others = (wished.get(name) ?? []).flatMap((value) => {
      if (value === null || typeof value === 'object') return [];
      const read = readParameters([parameter], { [name]: value }).values[name];
      return read === undefined ? [] : [read];
    });
    return [[name, [...new Set([first, ...others])]] as const];
  });
  const known = new Map<string, ReadonlyMap<string, readonly Answer[]>>();
  return {
    parameters,
    answers(given) {
      const key = JSON.stringify(given);
      const found = known.get(key) ?? candidatesOf(plan, given);
      known.set(key, found);
      return found;
    },
  };
}

/** For each action the answers that tell its conditions apart, and a failure where the guide says what then. */
function candidatesOf(
  plan: Plan,
  params: Readonly<Record<string, ParameterValue>>,
): ReadonlyMap<string, readonly Answer[]> {
  const guardsOf = (edges: readonly { readonly guard?: PlanEdge['guard'] }[]): string[] =>
    edges.flatMap(({ guard }) => (guard?.kind === 'cel' ? [guard.cel] : []));
  const all = guardsOf([...plan.edges, ...plan.repeats]);
  const candidates = new Map<string, readonly Answer[]>();
  for (const node of plan.nodes) {
    const out = outputEdges(plan, node.id);
    const ways = [...out, ...plan.repeats.filter(({ from }) => from === node.id)];
    const own = guardsOf(ways);
    const last = node.actions.at(-1);
    for (const action of node.actions) {
      const results = inventResults({
        own: action === last ? own : [],
        all,
        step: node.id,
        ...(action.resultName !== undefined && { resultName: action.resultName }),
        shape: shapeOfAction(action),
        params,
      });
      const answers = results.map(toAnswer);
      const mayFail = action === last && ways.some(({ onFailure }) => onFailure);
      candidates.set(action.id, mayFail ? [...answers, { failure: madeUp }] : answers);
    }
  }
  return candidates;
}

const madeUp = { reason: 'refused-by-tool', message: 'A made-up failure.', transient: false } as const;

function toAnswer({ rows, columns, rowCount, text, errorText, json, exitCode, status }: GuardResult): Answer {
  const answer = {
    ...(rows && { rows }),
    ...(rows?.length === 0 && columns && columns.length > 0 && { columns }),
    ...(rowCount !== undefined && rowCount !== rows?.length && { rowCount }),
    ...(text !== undefined && { text }),
    ...(errorText !== undefined && errorText !== '' && { errorText }),
    ...(json !== undefined && { json }),
    ...(exitCode !== undefined && { exitCode }),
    ...(status !== undefined && { status }),
  };
  return answer as Answer;
}

/** Presets, defaults and examples; else a value of the type. */
function plainParameters(
  parameters: readonly Parameter[],
  presets: Readonly<Record<string, ParameterValue>>,
): Record<string, ParameterValue> {
  const { values } = readParameters(parameters, presets);
  const invented: Record<string, ParameterValue> = { ...values };
  for (const parameter of parameters) {
    if (parameter.secret || Object.hasOwn(invented, parameter.name)) continue;
    const [example] = parameter.examples ?? [];
    const given = readParameters([parameter], { [parameter.name]: example ?? plainValues[parameter.type] }).values;
    Object.assign(invented, given);
  }
  return invented;
}

const plainValues: Readonly<Record<Parameter['type'], ParameterValue>> = {
  string: 'something',
  number: 1,
  integer: 1,
  boolean: true,
  timestamp: '2025-01-01T00:00:00Z',
  duration: '30m',
};

function whyUnreached({ from, guard, condition }: PlanEdge, ran: ReadonlySet<string>, complete: boolean): string {
  if (!complete) return 'not reached in the runs that were made';
  if (!ran.has(from)) return `\`${from}\` is never reached`;
  if (guard?.kind === 'cel') return `no answer was found on which \`${guard.cel}\` is true`;
  if (guard?.kind === 'else') return `some other condition of \`${from}\` held on every answer`;
  return condition === null
    ? `\`${from}\` never succeeds`
    : `nobody is asked about it: other conditions of \`${from}\` decide first on every answer`;
}

/** Outcomes that say the guide leaves somebody standing. */
export function leavesOpen(outcome: RunOutcome): outcome is Exclude<RunOutcome, Outcome> {
  return outcome === 'no-branch-fits' || outcome === 'failed' || outcome === 'waiting';
}
