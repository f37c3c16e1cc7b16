// What follows from a finished step: its repeats and output edges are decided, by their guards where these can, by the
// model or the engineer where they cannot. Also takes their decisions.
import { goAgain, recordRepeat } from './repeat-loop.ts';
import { openDecision, takeVerdict, withdrawDecision } from './ask-judge.ts';
import { decideEdge } from './decide-edge.ts';
import type { RunInput } from './event.ts';
import { judgeEdge, type Verdict } from './judge-edge.ts';
import type { EdgeState, NodeState, RepeatState } from './state.ts';
import { decideEnding, setStatus, type Turn } from './turn.ts';
import { askForDecision, takeUpWork } from './work-step.ts';
import type { PersonEvent, RunRequest } from './view.ts';

/** A step's actions have all succeeded. */
export function succeedStep(turn: Turn, node: NodeState): void {
  setStatus(turn, node, 'succeeded');
  turn.facts.push({ kind: 'step-succeeded', node: node.node.id });
  const verdicts = node.repeats
    .filter(({ repeat }) => !repeat.onFailure)
    .map((repeat) => ({ repeat, verdict: judgeEdge(turn.state, node, repeat.repeat) }));
  const open: RepeatState[] = [];
  for (const { repeat, verdict } of verdicts) {
    if (verdict.kind === 'else') continue;
    const because = verdict.kind === 'open' ? undefined : verdict.because;
    if (verdict.kind === 'no') recordRepeat(turn, repeat, false, verdict.by, because);
    else if (isAtBound(repeat)) recordBound(turn, repeat);
    else if (verdict.kind === 'open') open.push(repeat);
    else return goAgain(turn, repeat, verdict.by, because);
  }
  // A repeat that waits for judgement holds the way forward back: going on and going round exclude each other.
  const judged = forward(turn, node).map((edge) => ({ edge, verdict: judgeEdge(turn.state, node, edge.edge) }));
  if (open.length > 0) return askDecision(turn, node, open, judged, firstOpen(verdicts));
  const undecided: typeof judged = [];
  for (const { edge, verdict } of judged) {
    if (verdict.kind === 'open') undecided.push({ edge, verdict });
    else if (verdict.kind !== 'else') {
      decideEdge(turn, edge, verdict.kind === 'yes' ? 'enabled' : 'disabled', verdict.by, verdict.because);
    }
  }
  if (undecided.length > 0) return askDecision(turn, node, [], judged, firstOpen(undecided));
  settleElse(turn, node, judged, verdicts.find(isSpent));
}

/** The guide says “otherwise”; where it only goes on below, a loop that is over goes on there too. */
function isSaid({ edge: { guard } }: EdgeState): boolean {
  return guard !== undefined && guard.origin !== 'inferred';
}

/** A round that is still called for, or may be, after the last one that the plan allows: “otherwise” is not what the guide says then. */
function isSpent({ repeat, verdict }: JudgedRepeat): boolean {
  return isAtBound(repeat) && (verdict.kind === 'yes' || verdict.kind === 'open');
}

function spentWords({ repeat: state, verdict }: JudgedRepeat): string {
  const { repeat } = state;
  const { condition } = repeat;
  const what = condition === null ? 'what it goes back for' : `“${condition}”`;
  const still = verdict.kind === 'yes' ? `${what} still holds` : `nobody has said whether ${what} still holds`;
  return `\`${repeat.to}\` was ${roundsWords(state)}, and ${still}: the guide does not say what follows then.`;
}

/**
 * A step has failed: only what the guide says to do then is enabled. `again`: what it did may be tried again, where the guide says so;
 * that somebody refused it is no failure of that kind.
 */
export function failStep(turn: Turn, node: NodeState, because: string, again: boolean): void {
  setStatus(turn, node, 'failed');
  for (const repeat of again ? node.repeats.filter(({ repeat }) => repeat.onFailure) : []) {
    if (!isAtBound(repeat)) return goAgain(turn, repeat, 'upstream', because);
    recordBound(turn, repeat);
  }
  turn.state.failed.push(node);
  for (const edge of node.out) {
    const status = edge.edge.onFailure ? 'enabled' : 'disabled';
    decideEdge(turn, edge, status, 'upstream', because);
  }
}

/** A step that no path leads to. */
export function skipStep(turn: Turn, node: NodeState): void {
  setStatus(turn, node, 'skipped');
  turn.facts.push({ kind: 'step-skipped', node: node.node.id });
  for (const edge of node.out) decideEdge(turn, edge, 'disabled', 'upstream');
}

/** The engineer has chosen. Returns why the answer cannot be used, or undefined when it was. */
export function answerDecision(
  turn: Turn,
  event: Extract<PersonEvent, { kind: 'decision-given' }>,
): string | undefined {
  const node = turn.state.nodeById.get(event.node);
  const request = openDecision(turn, event.node);
  if (!node || !request) return `\`${event.node}\` does not wait for a decision.`;
  const choices = request.choices.map((choice) => choice.edge);
  const wrong = event.edges.find((edge) => !choices.includes(edge));
  if (wrong !== undefined) return `\`${wrong}\` is not among the choices of \`${event.node}\`: ${choices.join(', ')}.`;
  const because = event.note === undefined ? `chosen by ${event.by}` : `chosen by ${event.by}: ${event.note}`;
  choose(turn, node, request, event.edges, 'engineer', because);
  return undefined;
}

/** The model has answered: what it is sure of is taken like the engineer's choice. */
export function onModelJudged(turn: Turn, event: Extract<RunInput, { readonly kind: 'model-judged' }>): void {
  const taken = takeVerdict(turn, event);
  if (!taken || event.verdict.kind !== 'edges') return;
  const { confidence, reason, quote } = event.verdict;
  const because = `the model \`${event.model}\`, confidence ${confidence}: ${reason.replace(/[.\s]+$/, '')} (it rests on “${cutQuote(quote)}”)`;
  choose(turn, taken.node, taken.request, taken.edges, 'model', because);
}

function cutQuote(quote: string): string {
  return quote.length > 200 ? `${quote.slice(0, 199)}…` : quote;
}

/**
 * Takes up a decision that was open when the run was cut off: one given at the resumption is used, and a model that was
 * not asked yet, or did not come to answer, is asked.
 */
export function takeUpDecision(turn: Turn, node: NodeState): void {
  if (turn.state.working.get(node.node.id) === null) return takeUpWork(turn, node);
  const request = openDecision(turn, node.node.id);
  if (!request || useGivenDecision(turn, node, request)) return;
  if (turn.state.working.has(node.node.id)) return takeUpWork(turn, node);
  const wasAsked = turn.state.judging.has(node.node.id);
  if (!wasAsked && (!turn.state.judge || request.model)) return;
  // The process that asked is gone, and its question with it.
  turn.state.judging.delete(node.node.id);
  turn.state.requests.delete(`decision:${node.node.id}`);
  askForDecision(turn, node, request);
}

interface JudgedRepeat {
  readonly repeat: RepeatState;
  readonly verdict: Verdict;
}
type Judged = readonly { readonly edge: EdgeState; readonly verdict: Verdict }[];
type DecisionRequest = Extract<RunRequest, { readonly kind: 'decision' }>;

/** Edges that a success may enable; those for a failure are disabled on the way. */
function forward(turn: Turn, node: NodeState): EdgeState[] {
  const edges: EdgeState[] = [];
  for (const edge of node.out) {
    if (edge.status !== 'pending') continue;
    if (edge.edge.onFailure) decideEdge(turn, edge, 'disabled', 'upstream');
    else edges.push(edge);
  }
  return edges;
}

function firstOpen(verdicts: readonly { readonly verdict: Verdict }[]): string {
  for (const { verdict } of verdicts) if (verdict.kind === 'open') return verdict.because;
  return '';
}

function askDecision(turn: Turn, node: NodeState, open: readonly RepeatState[], judged: Judged, because: string): void {
  const holding = judged.find(({ edge, verdict }) => verdict.kind === 'yes' && isConditional(edge))?.edge;
  const hasElse = !holding || turn.state.settings.otherwise !== 'alone';
  const elseRepeats = node.repeats.filter(({ repeat }) => hasElse && repeat.guard?.kind === 'else');
  const repeats = [...open, ...elseRepeats.filter((repeat) => !isAtBound(repeat))].map(({ repeat }) => repeat);
  const edges = judged.filter(({ verdict }) => verdict.kind === 'open' || (hasElse && verdict.kind === 'else'));
  const held = open.length > 0 ? judged.filter(({ verdict }) => verdict.kind === 'yes') : [];
  const goesOn =
    open.length > 0
      ? []
      : judged.flatMap(({ edge, verdict }) => (verdict.kind === 'yes' && !isConditional(edge) ? [edge.edge.to] : []));
  const request: DecisionRequest = {
    kind: 'decision',
    node: node.node.id,
    ...(node.round > 0 && { round: node.round }),
    choices: [
      ...repeats.map(({ id, to, condition }) => ({ edge: id, to, condition, again: true as const })),
      ...[...edges, ...held].map(({ edge: { edge } }) => ({
        edge: edge.id,
        to: edge.to,
        condition: edge.condition,
        ...(edge.outcome && { outcome: edge.outcome }),
      })),
    ],
    // One that waits for a loop to be decided is among the choices itself.
    ...(holding && open.length === 0 && { holds: holding.edge.id }),
    ...(goesOn.length > 0 && { goesOn }),
    because,
  };
  setStatus(turn, node, 'waiting');
  if (useGivenDecision(turn, node, request)) return;
  askForDecision(turn, node, request);
}

/** A decision given beforehand counts where exactly one of the open choices is meant. */
function useGivenDecision(turn: Turn, node: NodeState, request: DecisionRequest): boolean {
  const given = turn.state.decisions.get(node.node.id);
  if (given === undefined) return false;
  const named = request.choices.filter((choice) => choice.edge === given);
  const meant = named.length > 0 ? named : request.choices.filter((choice) => choice.to === given);
  const [only] = meant;
  if (only && meant.length === 1) {
    choose(turn, node, request, [only.edge], 'engineer', `given beforehand: \`${node.node.id}=${given}\``);
    return true;
  }
  const why = meant.length > 1 ? 'names more than one open choice' : 'names none of the open choices';
  node.note = `The decision given beforehand, \`${node.node.id}=${given}\`, was not used: it ${why}.`;
  node.view = undefined;
  return false;
}

function choose(
  turn: Turn,
  node: NodeState,
  request: DecisionRequest,
  chosen: readonly string[],
  by: 'engineer' | 'model',
  because: string,
): void {
  withdrawDecision(turn, node.node.id);
  const repeats = request.choices.flatMap(({ edge }) => turn.state.repeatById.get(edge) ?? []);
  const again = repeats.find(({ repeat }) => chosen.includes(repeat.id));
  setStatus(turn, node, 'succeeded');
  if (again) return goAgain(turn, again, by, because);
  for (const repeat of repeats) recordRepeat(turn, repeat, false, by, because);
  // Choices first: edges that a guard had decided while a repeat was open are settled after them by their guards.
  const open = new Set(request.choices.map(({ edge }) => edge));
  for (const edge of node.out) {
    if (!open.has(edge.edge.id)) continue;
    decideEdge(turn, edge, chosen.includes(edge.edge.id) ? 'enabled' : 'disabled', by, because);
  }
  for (const edge of forward(turn, node)) {
    const verdict = judgeEdge(turn.state, node, edge.edge);
    if (verdict.kind === 'yes' || verdict.kind === 'no') {
      decideEdge(turn, edge, verdict.kind === 'yes' ? 'enabled' : 'disabled', verdict.by, verdict.because);
    }
  }
  // What is left is an “otherwise” that was no choice, because a condition held.
  const held = node.out.find((edge) => edge.status === 'enabled' && isConditional(edge));
  for (const edge of forward(turn, node)) {
    if (held) decideEdge(turn, edge, 'disabled', 'else', `\`${held.edge.id}\` was taken`);
    else decideEdge(turn, edge, 'disabled', by, because);
  }
  endIfNothingFits(turn, node);
}

/** Everything else is decided: the `else` edges follow, or an `else` repeat goes round. What follows a loop that is spent is asked. */
function settleElse(turn: Turn, node: NodeState, judged: Judged, spent: JudgedRepeat | undefined): void {
  const conditional = node.out.filter((edge) => isConditional(edge) && edge.edge.guard?.kind !== 'else');
  const held = conditional.find((edge) => edge.status === 'enabled');
  if (!held) {
    const otherwise = judged.some(({ edge, verdict }) => verdict.kind === 'else' && isSaid(edge));
    if (turn.state.settings.bound === 'asks' && spent && otherwise)
      return askDecision(turn, node, [], judged, spentWords(spent));
    for (const repeat of node.repeats) {
      if (repeat.repeat.guard?.kind !== 'else') continue;
      if (!isAtBound(repeat)) return goAgain(turn, repeat, 'else', 'no other condition held');
      recordBound(turn, repeat);
    }
  }
  for (const edge of forward(turn, node)) {
    if (held) decideEdge(turn, edge, 'disabled', 'else', `\`${held.edge.id}\` was taken`);
    else decideEdge(turn, edge, 'enabled', 'else', 'no other condition held');
  }
  endIfNothingFits(turn, node);
}

/** A step that was reached and succeeded, has conditions, and leaves by none of them: nobody picks one for it. */
function endIfNothingFits(turn: Turn, node: NodeState): void {
  const out = node.out.filter((edge) => !edge.edge.onFailure);
  if (!out.some(isConditional) || out.some((edge) => edge.status !== 'disabled')) return;
  const evidence = out.map(
    ({ edge, because }) => `${edge.condition ?? edge.id}${because === undefined ? '' : ` — ${because}`}`,
  );
  const spent = node.repeats.find(isAtBound);
  const rounds = spent === undefined ? '' : ` \`${spent.to.node.id}\` was ${roundsWords(spent)}.`;
  decideEnding(turn.state, {
    outcome: 'no-branch-fits',
    reason: `No condition of \`${node.node.id}\` holds: ${evidence.join('; ')}.${rounds}`,
  });
}

function isConditional({ edge }: EdgeState): boolean {
  return !edge.onFailure && (edge.condition !== null || edge.guard !== undefined);
}

function isAtBound({ rounds, repeat }: RepeatState): boolean {
  return rounds >= repeat.max;
}

function recordBound(turn: Turn, repeat: RepeatState): void {
  recordRepeat(turn, repeat, false, 'bound', roundsWords(repeat));
}

function roundsWords({ repeat: { max } }: RepeatState): string {
  return `repeated ${max} ${max === 1 ? 'time' : 'times'}, which is the most the plan allows`;
}
