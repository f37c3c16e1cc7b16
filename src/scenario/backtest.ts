// Runs an edited guide on what the tools answered in a run of the past, and says whether it would have ended otherwise. An
// answer is used for the action that has the same text, else for the one with the same name; an action that the past run
// never performed has none, and then nothing can be told.
import type { Action, Plan } from '../plan/index.ts';
import type { JournalText, Replay, RunOutcome } from '../run/index.ts';
import { stepsRun, type EdgeEvidence } from './check-scenario.ts';
import { recordScenario, rulesOf } from './record-scenario.ts';
import { runScenario, type ScenarioWorld } from './run-scenario.ts';
import { namedIn, type Scenario } from './scenario.ts';

export interface PastEnding {
  readonly outcome: RunOutcome;
  readonly reason: string;
  readonly steps: readonly string[];
}

export interface Backtest {
  /** `unknown`: the edited guide asks for something that the past run did not find out; `needs` names it. */
  readonly kind: 'same' | 'changed' | 'unknown';
  readonly before: PastEnding;
  readonly after: PastEnding;
  /** The first edges that were decided otherwise, with what decides them now. */
  readonly otherwise: readonly EdgeEvidence[];
  readonly needs: readonly string[];
  /** Actions whose text was changed, and that got the answer of the old one all the same. */
  readonly edited: readonly string[];
}

/** Tells what a past run would come to with the plan of `world`. */
export async function backtest(world: ScenarioWorld, replay: Replay, lines: JournalText['lines']): Promise<Backtest> {
  const { plan } = world;
  const past = recordScenario(replay, lines, { name: 'past' });
  const { answers, edited } = matchAnswers(replay.plan, plan, past.answers);
  const declared = new Set(plan.guide.parameters.map(({ name }) => name));
  const edges = new Set([...plan.edges, ...plan.repeats].map(({ id }) => id));
  const targets = new Set(plan.nodes.map(({ id }) => id));
  const isKnown = (target: string): boolean => edges.has(target) || targets.has(target);
  const scenario: Scenario = {
    ...past,
    answers,
    parameters: Object.fromEntries(Object.entries(past.parameters).filter(([name]) => declared.has(name))),
    decisions: Object.fromEntries(Object.entries(past.decisions).filter(([, to]) => namedIn(to).every(isKnown))),
    approve: past.approve === 'none' ? 'all' : past.approve,
  };
  // What people had to approve then is not what these settings ask now.
  const run = await runScenario({ ...world, rules: rulesOf(replay) }, scenario);
  const before = {
    outcome: replay.view.outcome ?? 'waiting',
    reason: replay.view.reason ?? '',
    steps: stepsRun({ view: replay.view, lines }),
  };
  const after = { outcome: run.view.outcome ?? 'waiting', reason: run.view.reason ?? '', steps: stepsRun(run) };
  const needs = [
    ...new Set(run.calls.filter(({ answered }) => !answered).map(({ action }) => `an answer to \`${action}\``)),
    ...run.view.requests.map((request) => {
      if (request.kind === 'decision') return `a decision for \`${request.node}\``;
      return request.kind === 'parameter' ? `a value for \`${request.name}\`` : `an answer about \`${request.node}\``;
    }),
  ];
  const same = before.outcome === after.outcome && before.steps.join() === after.steps.join();
  return {
    kind: same ? 'same' : needs.length > 0 ? 'unknown' : 'changed',
    before,
    after,
    otherwise: same ? [] : otherwise(plan, replay, run.view.edges),
    needs: same ? [] : needs,
    edited,
  };
}

function matchAnswers(
  old: Plan,
  edited: Plan,
  answers: Scenario['answers'],
): { readonly answers: Scenario['answers']; readonly edited: readonly string[] } {
  const actionsOf = (plan: Plan): readonly Action[] => plan.nodes.flatMap((node) => node.actions);
  const recorded = actionsOf(old).filter(({ id }) => Object.hasOwn(answers, id));
  const matched: Record<string, Scenario['answers'][string]> = {};
  const changed: string[] = [];
  for (const action of actionsOf(edited)) {
    const sameText = recorded.filter(
      (one) => one.language === action.language && one.code.trim() === action.code.trim(),
    );
    const sameName = recorded.find(({ id, language }) => id === action.id && language === action.language);
    const from = sameText.find(({ id }) => id === action.id) ?? sameText[0] ?? sameName;
    const answer = from && answers[from.id];
    if (!answer) continue;
    matched[action.id] = answer;
    if (sameText.length === 0) changed.push(action.id);
  }
  return { answers: matched, edited: changed };
}

function otherwise(plan: Plan, replay: Replay, now: Replay['view']['edges']): readonly EdgeEvidence[] {
  const then = new Map(replay.view.edges.map((edge) => [edge.edge, edge.status]));
  const differing = now.flatMap(({ edge: id, status, decidedBy, because }) => {
    const edge = plan.edges.find((one) => one.id === id);
    if (!edge || status === 'pending' || decidedBy === 'upstream' || then.get(id) === status) return [];
    return [{ edge, status, because }];
  });
  return differing.filter(({ edge }) => edge.from === differing[0]?.edge.from);
}
