// Makes a scenario of a run that has happened: what its tools answered and its people decided, and what came of it. The
// journal it is made from holds no secrets, so the scenario holds none.
import {
  refusalOf,
  type ActionResult,
  type JournalText,
  type ParameterValue,
  type PerformOutcome,
  type Replay,
} from '../run/index.ts';
import { stepsRun } from './check-scenario.ts';
import { choicesIn, setBackBy } from './record-choices.ts';
import type { ScenarioWorld } from './run-scenario.ts';
import { answerSchema, scenarioSchema, type Answer, type Choice, type Scenario } from './scenario.ts';

export interface RecordOptions {
  readonly name: string;
  /** Rows that are kept of a table; the rest is counted. All unless told. */
  readonly mostRows?: number;
}

/** The scenario of a run. `lines` are the journal's. */
export function recordScenario(replay: Replay, lines: JournalText['lines'], options: RecordOptions): Scenario {
  const { view, plan } = replay;
  // A test asks no model, so what one looked up for itself is no answer of a test.
  const stepOf = new Map(plan.nodes.flatMap(({ id: node, actions }) => actions.map(({ id }) => [id, node])));
  const answers: Record<string, Answer[]> = {};
  const settle: Record<string, 'done' | 'failed'> = {};
  const underWay = new Set<string>();
  const refused = new Set<string>();
  const approved = new Set<string>();
  const parameters: Record<string, ParameterValue> = {};
  const isRefused = (at: number): boolean => refusalOf(lines, at) !== undefined;
  for (const [at, { body }] of lines.entries()) {
    switch (body.kind) {
      case 'run-started':
      case 'run-resumed':
        Object.assign(parameters, body['parameters']);
        break;
      case 'parameter-given':
        if (body['value'] !== undefined && !isRefused(at))
          parameters[String(body['name'])] = body['value'] as ParameterValue;
        break;
      case 'action-started':
        if (stepOf.has(String(body['action']))) underWay.add(String(body['action']));
        break;
      case 'action-ended': {
        const id = String(body['action']);
        const outcome = body['outcome'] as PerformOutcome;
        const next = lines[at + 1]?.body;
        // What was told to stop had not answered.
        if (outcome.kind === 'failure' && next?.kind === 'step-cancelled' && next['node'] === stepOf.get(id)) break;
        underWay.delete(id);
        if (!stepOf.has(id)) break;
        (answers[id] ??= []).push(answerOf(outcome, options.mostRows ?? Infinity));
        break;
      }
      case 'next-step-set':
        for (const node of setBackBy(plan, lines, at))
          for (const [id, step] of stepOf) if (step === node) Reflect.deleteProperty(answers, id);
        break;
      case 'action-settled': {
        const id = String(body['action']);
        const as = body['as'];
        if ((as !== 'done' && as !== 'failed') || isRefused(at)) break;
        // Of an action that was cut off, a person told how it had gone: to a test that is its answer.
        if (underWay.delete(id)) (answers[id] ??= []).push(as === 'done' ? {} : { failure: toldAs });
        else settle[id] = as;
        break;
      }
      case 'approval-given':
        if (!isRefused(at)) approved.add(String(body['action']));
        break;
      case 'approval-refused':
        if (!isRefused(at)) refused.add(String(body['action']));
        break;
    }
  }
  for (const id of underWay) (answers[id] ??= []).push({ pending: true });
  const failed = view.steps.filter(({ status }) => status === 'failed').map(({ node }) => node);
  const outcome = scenarioSchema.shape.expect.unwrap().shape.outcome.safeParse(view.outcome ?? 'waiting').data;
  const waits = view.requests.some(({ kind }) => kind === 'approval');
  return {
    name: options.name,
    parameters,
    answers: mapValues(answers, answersTo),
    decisions: mapValues(choicesIn(plan, lines), choicesOf),
    approve: refused.size > 0 ? [...approved].filter((id) => !refused.has(id)) : waits ? 'none' : 'all',
    settle,
    expect: {
      ...(outcome !== undefined && { outcome }),
      path: [...stepsRun({ view, lines })],
      ...(failed.length > 0 && { failed }),
    },
  };
}

/** The rules for approvals under which a run went, and its environment, as they were at its end. */
export function rulesOf({ approvalRules, environment = null }: Replay): NonNullable<ScenarioWorld['rules']> {
  return { approvals: approvalRules, environment };
}

/** What was chosen each time; the same each time is said once. */
function choicesOf(all: readonly Choice[]): Scenario['decisions'][string] {
  const kept = withoutRepeats(all);
  const [only] = kept;
  return kept.length === 1 && only !== undefined ? only : { each: kept };
}

function mapValues<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

const toldAs = { reason: 'crashed', message: 'It failed, as a person said.', transient: false } as const;

/** An outcome as a scenario says it. What a tool adds for people (notes, types of columns) is left out. */
export function answerOf(outcome: PerformOutcome, mostRows: number): Answer {
  if (outcome.kind === 'failure') {
    const { reason, message, transient } = outcome.failure;
    const known = answerSchema.shape.failure.unwrap().shape.reason.safeParse(reason).data ?? 'refused-by-tool';
    return { failure: { reason: known, message, transient } };
  }
  return resultAnswer(outcome.result, mostRows);
}

function resultAnswer(result: ActionResult, mostRows: number): Answer {
  const { columns, rows, rowCount, text, errorText, json, exitCode, status } = result;
  const kept = rows?.slice(0, mostRows);
  const all = Math.max(rowCount ?? 0, rows?.length ?? 0);
  const body = parsed(text);
  const isBody = json !== undefined && body !== undefined && JSON.stringify(body) === JSON.stringify(json);
  const answer = {
    ...(kept && { rows: kept }),
    ...(columns && kept && kept.length === 0 && { columns: columns.map(({ name }) => name) }),
    ...((kept ? all > kept.length : rowCount !== undefined) && { rowCount: all }),
    ...(text !== undefined && !isBody && { text }),
    ...(errorText !== undefined && errorText !== '' && { errorText }),
    ...(json !== undefined && { json }),
    ...(exitCode !== undefined && { exitCode }),
    ...(status !== undefined && { status }),
  };
  return answer as Answer;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A list of one is that one. */
function answersTo(all: readonly Answer[]): Answer | Answer[] {
  const kept = withoutRepeats(all);
  const [only] = kept;
  return kept.length === 1 && only ? only : kept;
}

/** A list whose last values are the same is as long as it must be. */
function withoutRepeats<T>(all: readonly T[]): T[] {
  const kept = [...all];
  while (kept.length > 1 && JSON.stringify(kept.at(-1)) === JSON.stringify(kept.at(-2))) kept.pop();
  return kept;
}
