// Compares what came of a scenario with what was expected, and finds the edge at which the run went another way.
import { nearName } from '../base/index.ts';
import { findEdge, findNode, outputEdges, type Plan, type PlanEdge } from '../plan/index.ts';
import { describeRequest, type EdgeView, type RunView } from '../run/index.ts';
import type { ScenarioRun } from './run-scenario.ts';
import { namedIn, type Scenario } from './scenario.ts';

/** An edge that explains a failure: where it stands in the guide, and what decided it on which values. */
export interface EdgeEvidence {
  readonly edge: PlanEdge;
  readonly status: EdgeView['status'];
  readonly because: string | undefined;
}

export interface ScenarioFailure {
  readonly kind: 'outcome' | 'path' | 'failed' | 'edge' | 'reason' | 'rendered' | 'unanswered' | 'unknown-name';
  /** One sentence: what was expected, and what came. */
  readonly message: string;
  readonly evidence: readonly EdgeEvidence[];
}

/** What does not agree; empty when the scenario holds. */
export function checkScenario(plan: Plan, scenario: Scenario, run: ScenarioRun): readonly ScenarioFailure[] {
  const { expect } = scenario;
  const { view } = run;
  const failures: ScenarioFailure[] = [...unknownNames(plan, scenario), ...unanswered(run)];
  const fail = (kind: ScenarioFailure['kind'], message: string, evidence: readonly EdgeEvidence[] = []): void => {
    failures.push({ kind, message, evidence });
  };
  const ran = stepsRun(run);
  const wentElsewhere = expect.path && divergence(plan, view, new Set(ran), new Set(expect.path));
  if (expect.path) {
    const missing = expect.path.filter((step) => !ran.includes(step));
    const surplus = ran.filter((step) => !expect.path?.includes(step));
    const words = [
      missing.length > 0 ? `${list(missing)} did not run` : '',
      surplus.length > 0 ? `${list(surplus)} ran, which the path does not hold` : '',
    ].filter((part) => part !== '');
    const stood = missing.length > 0 && expect.outcome === undefined ? whereItStood(view) : '';
    if (words.length > 0) fail('path', `${capital(words.join(', and '))}.${stood}`, wentElsewhere);
  }
  if (expect.outcome !== undefined && (view.outcome ?? 'waiting') !== expect.outcome) {
    const reason = view.reason === undefined ? '' : `: ${view.reason}${undecided(view)}`;
    const evidence = wentElsewhere && wentElsewhere.length > 0 ? [] : endingEdges(plan, view);
    fail(
      'outcome',
      `Expected the outcome \`${expect.outcome}\`, but it is \`${view.outcome ?? 'waiting'}\`${reason}`,
      evidence,
    );
  }
  if (expect.failed) {
    const failed = view.steps.filter(({ status }) => status === 'failed').map(({ node }) => node);
    if (failed.join() !== [...expect.failed].join()) {
      fail(
        'failed',
        `Expected ${expect.failed.length === 0 ? 'no step' : list(expect.failed)} to fail, but ${failed.length === 0 ? 'none' : list(failed)} did.`,
      );
    }
  }
  for (const id of expect.edges ?? []) {
    const found = view.edges.find(({ edge }) => edge === id);
    const isKnown = found !== undefined || plan.repeats.some((repeat) => repeat.id === id);
    if (isKnown && !wasTaken(run.lines, id))
      fail('edge', `Expected the edge \`${id}\` to be taken.`, evidenceOf(plan, found ? [found] : []));
  }
  for (const words of some(expect.reason?.contains)) {
    if (!(view.reason ?? '').includes(words))
      fail('reason', `Expected the ending to say \`${words}\`, but it says: ${view.reason ?? ''}`);
  }
  for (const [action, wanted] of Object.entries(expect.rendered ?? {})) {
    const text = renderedText(view, action);
    if (text === undefined) {
      fail('rendered', `\`${action}\` was not put into words: it was not reached, or has no tool.`);
      continue;
    }
    for (const part of some(wanted.contains))
      if (!text.includes(part)) fail('rendered', `The text of \`${action}\` does not contain \`${part}\`:\n${text}`);
    for (const part of some(wanted.excludes))
      if (text.includes(part)) fail('rendered', `The text of \`${action}\` contains \`${part}\`:\n${text}`);
    if (wanted.equals !== undefined && wanted.equals.trim() !== text.trim())
      fail('rendered', `The text of \`${action}\` is not the one expected:\n${text}`);
  }
  return failures;
}

/** Whether an edge was taken, or a way back into a loop, in whatever round. */
function wasTaken(lines: ScenarioRun['lines'], id: string): boolean {
  return lines.some(({ body }) =>
    body.kind === 'repeat-decided'
      ? body['repeat'] === id && body['again'] === true
      : body.kind === 'edge-decided' && body['edge'] === id && body['status'] === 'enabled',
  );
}

/** Why a run went no further, for a case that does not say how it is to end; empty when it ended as the guide says. */
function whereItStood({ outcome = 'waiting', reason, requests }: RunView): string {
  if (!/^(waiting|no-branch-fits|failed)$/.test(outcome) || reason === undefined) return '';
  return ` The run is \`${outcome}\`: ${reason}${undecided({ requests })}`;
}

/** Why the guards of steps that wait for a decision did not decide. */
function undecided({ requests }: Pick<RunView, 'requests'>): string {
  return requests
    .map((request) => (request.kind === 'decision' ? ` No guard decided: ${request.because}` : ''))
    .join('');
}

/** The steps that were begun, in the guide's order. */
export function stepsRun({ view, lines }: Pick<ScenarioRun, 'view' | 'lines'>): readonly string[] {
  const begun = new Set<unknown>();
  for (const { body } of lines)
    if (body.kind === 'step-started' || body.kind === 'step-succeeded') begun.add(body['node']);
  return view.steps.map(({ node }) => node).filter((node) => begun.has(node));
}

function unanswered({ calls, view }: ScenarioRun): readonly ScenarioFailure[] {
  const ids = [...new Set(calls.filter(({ answered }) => !answered).map(({ action }) => action))];
  const open = view.requests.filter(({ kind }) => kind === 'parameter' || kind === 'unknown-outcome');
  return [
    ...ids.map((id) => `\`${id}\` was performed, but \`answers\` has none for it.`),
    ...open.map((request) => `The run waits: ${describeRequest(request)}`),
  ].map((message) => ({ kind: 'unanswered', message, evidence: [] }));
}

/** Names of a scenario that the guide does not have: after an edit they would silently test nothing. */
function unknownNames(
  plan: Plan,
  { answers, decisions, settle, expect, parameters }: Scenario,
): readonly ScenarioFailure[] {
  const actions = new Set(plan.nodes.flatMap((node) => node.actions.map(({ id }) => id)));
  const nodes = new Set(plan.nodes.map(({ id }) => id));
  const edges = new Set([...plan.edges, ...plan.repeats].map(({ id }) => id));
  const declared = new Set(plan.guide.parameters.map(({ name }) => name));
  const check = (what: string, names: readonly string[], known: ReadonlySet<string>): readonly ScenarioFailure[] =>
    names
      .filter((one) => !known.has(one))
      .map((one) => {
        const near = nearName(one, [...known]);
        // Another number is another step, not a slip of the hand.
        const letters = (name: string): string => name.replace(/\d/g, '');
        const meant = near === undefined || letters(near) === letters(one) ? '' : ` Did you mean \`${near}\`?`;
        return { kind: 'unknown-name', message: `The guide has no ${what} \`${one}\`.${meant}`, evidence: [] };
      });
  return [
    ...check(
      'action',
      [...Object.keys(answers), ...Object.keys(settle), ...Object.keys(expect.rendered ?? {})],
      actions,
    ),
    ...check('step', [...Object.keys(decisions), ...(expect.path ?? []), ...(expect.failed ?? [])], nodes),
    ...unknownWays(plan, decisions),
    ...check('edge', expect.edges ?? [], edges),
    ...check('parameter', Object.keys(parameters), declared),
  ];
}

/** Decisions for a way that does not lead from their step. */
function unknownWays(plan: Plan, decisions: Scenario['decisions']): readonly ScenarioFailure[] {
  return Object.entries(decisions).flatMap(([step, chosen]) => {
    if (!findNode(plan, step)) return [];
    const ways = [...outputEdges(plan, step), ...plan.repeats.filter(({ from }) => from === step)];
    return namedIn(chosen)
      .filter((one) => !ways.some(({ id, to }) => id === one || to === one))
      .map((one) => ({ kind: 'unknown-name', message: `No way leads from \`${step}\` to \`${one}\`.`, evidence: [] }));
  });
}

/** The first edges, in the guide's order, at which the run left the expected path or did not follow it. */
function divergence(
  plan: Plan,
  view: RunView,
  ran: ReadonlySet<string>,
  expected: ReadonlySet<string>,
): readonly EdgeEvidence[] {
  const wrong = view.edges.filter(({ edge: id, status, decidedBy }) => {
    const edge = findEdge(plan, id);
    if (!edge || status === 'pending' || decidedBy === 'upstream' || !ran.has(edge.from)) return false;
    if (status === 'disabled') return expected.has(edge.to) && !ran.has(edge.to);
    return edge.to !== 'end' && !expected.has(edge.to);
  });
  // Where an expected step still waits to be led to, the run has not gone another way: it stands.
  const awaited = new Set(
    view.edges.filter(({ status }) => status === 'pending').map(({ edge }) => findEdge(plan, edge)),
  );
  const stands = [...awaited].some((edge) => edge && ran.has(edge.from) && expected.has(edge.to) && !ran.has(edge.to));
  if (stands && view.phase !== 'ended' && wrong.every(({ status }) => status === 'disabled')) return [];
  const from = wrong.map(({ edge }) => findEdge(plan, edge)?.from);
  return evidenceOf(
    plan,
    wrong.filter((_, index) => from[index] === from[0]),
  );
}

/** The edge that led to the end; where none did, those of the step that no branch fitted. */
function endingEdges(plan: Plan, view: RunView): readonly EdgeEvidence[] {
  const toEnd = view.edges.filter(({ edge, status }) => status === 'enabled' && findEdge(plan, edge)?.to === 'end');
  if (toEnd.length > 0) return evidenceOf(plan, toEnd);
  const wentOn = new Set(
    view.edges.filter(({ status }) => status === 'enabled').map(({ edge }) => findEdge(plan, edge)?.from),
  );
  const guarded = view.edges.filter(
    ({ edge, status, decidedBy }) =>
      status === 'disabled' && decidedBy === 'guard' && !wentOn.has(findEdge(plan, edge)?.from),
  );
  return evidenceOf(plan, guarded);
}

function evidenceOf(plan: Plan, edges: readonly EdgeView[]): readonly EdgeEvidence[] {
  return edges.flatMap(({ edge: id, status, because }) => {
    const edge = findEdge(plan, id);
    return edge ? [{ edge: placedEdge(plan, edge), status, because }] : [];
  });
}

/** Without its place where that is in a called guide, whose text is another one. */
function placedEdge(plan: Plan, edge: PlanEdge): PlanEdge {
  if (findNode(plan, edge.from)?.within === undefined) return edge;
  const { source: _, ...rest } = edge;
  return rest;
}

function renderedText(view: RunView, id: string): string | undefined {
  for (const step of view.steps) for (const action of step.actions) if (action.id === id) return action.text;
  return undefined;
}

function some(given: string | readonly string[] | undefined): readonly string[] {
  return given === undefined ? [] : typeof given === 'string' ? [given] : given;
}

function list(names: readonly string[]): string {
  return names.map((one) => `\`${one}\``).join(', ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
