// What a run found: each condition that decided the way, each failure, what other steps gave and what waits for an answer, with
// the outputs that show it.
import { findEdge, outputEdges, type PlanEdge } from '../plan/index.ts';
import { isInput, type ActionView, type EdgeView, type StepView } from '../run/index.ts';
import type { Line } from './journal-evidence.ts';
import type { Evidence, Part, Sentence } from './report.ts';
import { quotedIn, readByGuards, shownActions } from './rests-on.ts';
import { headOf, say, type About } from './say.ts';
import { isWorthTelling, resultParts } from './result-parts.ts';
import { countWords } from './words.ts';

/** A sentence for each finding, in the order of the steps. */
export function findingsOf(about: About): readonly Sentence[] {
  return about.view.steps.flatMap((step): readonly Sentence[] => [...ofStep(about, step), ...loopsFrom(about, step)]);
}

function ofStep(about: About, step: StepView): readonly Sentence[] {
  switch (step.status) {
    case 'failed':
      return [failure(about, step)];
    case 'waiting':
      return [...foundByModel(about, step), ...foundSoFar(about, step)];
    case 'succeeded': {
      const found = [...foundByModel(about, step), ...decisions(about, step)];
      return found.length > 0 ? found : gave(about, step);
    }
    default:
      return [];
  }
}

/** Loops that a step has led back into: how often, and why it did so last or went no further. */
function loopsFrom({ plan, evidence }: About, { node }: StepView): readonly Sentence[] {
  return plan.repeats.flatMap((repeat): readonly Sentence[] => {
    const decided = evidence.lines.filter(({ body }) => body.kind === 'repeat-decided' && body['repeat'] === repeat.id);
    const again = decided.filter(({ body }) => body['again'] === true);
    if (repeat.from !== node || again.length === 0) return [];
    const last = decided.at(-1)?.body['by'] === 'bound' ? decided.at(-1) : again.at(-1);
    const because = last?.body['because'];
    const words: readonly Part[] = repeat.condition === null ? [] : [': “', { said: repeat.condition }, '”'];
    const why: readonly Part[] = because === undefined ? [] : [' — ', { said: String(because) }];
    return [
      say(
        { lines: decided.map(({ seq }) => seq), step: node },
        ...headOf(plan, node),
        'led back to ',
        { code: repeat.to },
        ` ${countWords(again.length, 'time')}`,
        ...words,
        ...why,
        '.',
      ),
    ];
  });
}

function failure({ plan, evidence }: About, step: StepView): Sentence {
  const failed = step.actions.findLast(({ failure }) => failure);
  const found = { ...evidence.step(step.node, 'step-failed'), ...(failed && { actions: [failed.id] }) };
  return say(found, ...headOf(plan, step.node), 'failed: ', { said: failed?.failure?.message ?? '' });
}

/** What a step has given that waits; the last sentence says that it does. */
function foundSoFar(about: About, step: StepView): readonly Sentence[] {
  const told = toldActions(step);
  return told.map((action, at) => {
    const waits = told.length === 1 ? ' and waits for an answer.' : '; the step waits for an answer.';
    const { head, found } = ofAction(about, step, action, told.length > 1);
    return say(found, ...head, ...resultParts(action, 'has given'), at === told.length - 1 ? waits : '.');
  });
}

/** A step that decided nothing: what each action gave, and of one none of whose conditions held, what refuted them. */
function gave(about: About, step: StepView): readonly Sentence[] {
  const told = toldActions(step);
  const others = refuted(about, step);
  const held: readonly Part[] = others.reasons.length === 0 ? ['.'] : ['; no condition held: ', ...others.reasons, '.'];
  return told.map((action, at) => {
    const { head, found } = ofAction(about, step, action, told.length > 1);
    const words = [...head, ...resultParts(action)];
    if (at < told.length - 1) return say(found, ...words, '.');
    const lines = [...found.lines, ...others.lines];
    return say({ ...found, lines, actions: [...new Set([action.id, ...others.actions])] }, ...words, ...held);
  });
}

/** The actions of a step that gave something worth telling; where none did, the last one that gave anything. */
function toldActions(step: StepView): readonly ActionView[] {
  const shown = shownActions(step);
  const told = shown.filter(({ result }) => result && isWorthTelling(result));
  return told.length > 0 ? told : shown.slice(-1);
}

/** How a sentence about an action begins, which is named where its step has more that are told, and what it rests on. */
function ofAction(
  { plan, evidence }: About,
  step: StepView,
  { id }: ActionView,
  isNamed: boolean,
): { readonly head: readonly Part[]; readonly found: Evidence } {
  const { lines } = evidence.action(id, 'action-ended', 'action-settled', 'guide-left');
  const head = headOf(plan, step.node);
  return { head: isNamed ? [{ code: id }, ' of ', ...head] : head, found: { lines, step: step.node, actions: [id] } };
}

function decisions(about: About, step: StepView): readonly Sentence[] {
  return about.view.edges.flatMap((view): Sentence[] => {
    const edge = findEdge(about.plan, view.edge);
    if (view.status !== 'enabled' || edge?.from !== step.node) return [];
    if (view.decidedBy === undefined || view.decidedBy === 'none') return [];
    return [decision(about, step, edge, view)];
  });
}

function decision(about: About, step: StepView, edge: PlanEdge, { decidedBy, because }: EdgeView): Sentence {
  const { plan, evidence } = about;
  const head = headOf(plan, step.node);
  const to: readonly Part[] = edge.to === 'end' ? ['the end'] : [{ code: edge.to }];
  const words: readonly Part[] = edge.condition === null ? [] : [': “', { said: edge.condition }, '”'];
  const lines = evidence.edge(edge.id).lines;
  const all = shownActions(step).map(({ id }) => id);
  const why: readonly Part[] = because === undefined ? [] : [' — ', { said: because }];
  const from = (actions: readonly string[], more: readonly number[] = []): Evidence => ({
    lines: [...lines, ...more].sort((a, b) => a - b),
    step: step.node,
    ...(actions.length > 0 && { actions }),
  });
  switch (decidedBy) {
    case 'engineer': {
      const { beforehand, line } = whoDecided(about, step, lines.at(-1) ?? 0);
      const given = line ? [line.seq] : [];
      if (!beforehand)
        return say(from(all, given), ...head, 'was put to the engineer, who chose ', ...to, ...words, ...why, '.');
      // Nobody had the outputs in front of them.
      const by: readonly Part[] = line?.body['by'] === undefined ? [] : [' by ', { said: String(line.body['by']) }];
      return say(from([], given), ...head, 'led to ', ...to, ...words, ', as was decided beforehand', ...by, '.');
    }
    case 'model': {
      const quoted = quotedIn(step, quoteOf(about, step));
      const found = from(quoted.length > 0 ? quoted : all);
      return say(found, ...head, 'was judged by a model, which chose ', ...to, ...words, ...why, '.');
    }
    case 'else': {
      const { lines: more, actions, reasons } = refuted(about, step);
      const held: readonly Part[] = reasons.length > 0 ? [': ', ...reasons, '.'] : ['.'];
      return say(from(actions, more), ...head, 'led to ', ...to, ...words, ...why, ...held);
    }
    default: {
      const actions = readByGuards(about, step, edge.guard ? [edge.guard] : []);
      return say(from(actions), ...head, 'led to ', ...to, ...words, ...why, '.');
    }
  }
}

/** The line that gave the decision which `decided` follows from: an answer to the question, or words at a start or resumption. */
function whoDecided(
  { evidence: { lines } }: About,
  { node }: StepView,
  decided: number,
): { readonly beforehand: boolean; readonly line: Line | undefined } {
  const before = lines.slice(0, decided);
  const input = before.findLast(isInput);
  if (input?.body.kind === 'decision-given') return { beforehand: false, line: input };
  return { beforehand: true, line: before.findLast(({ body }) => Object.hasOwn(decisionsIn(body), node)) };
}

function decisionsIn(body: Line['body']): object {
  const about = body.kind === 'run-started' ? (body['settings'] as Line['body']) : body;
  return body.kind === 'run-started' || body.kind === 'run-resumed' ? ((about['decisions'] ?? {}) as object) : {};
}

/** What refuted the step's conditions that did not hold: what “otherwise” rests on. */
function refuted(
  about: About,
  step: StepView,
): { readonly lines: readonly number[]; readonly actions: readonly string[]; readonly reasons: readonly Part[] } {
  const { plan, view, evidence } = about;
  const others = outputEdges(plan, step.node).flatMap(({ id, guard }) => {
    const { status, decidedBy, because } = view.edges.find(({ edge }) => edge === id) ?? {};
    const refutes = status === 'disabled' && decidedBy !== 'else' && decidedBy !== 'upstream';
    return refutes && because !== undefined ? [{ id, guard, because }] : [];
  });
  const guards = others.flatMap(({ guard }) => guard ?? []);
  return {
    lines: others.flatMap(({ id }) => evidence.edge(id).lines),
    actions: readByGuards(about, step, guards),
    reasons: others.flatMap(({ because }): Part[] => ['; ', { said: because }]).slice(1),
  };
}

/** The words on which a model judged the step last. */
function quoteOf({ evidence }: About, step: StepView): readonly string[] {
  const judged = evidence.lines.findLast(
    ({ body }) => body.kind === 'model-judged' && body['node'] === step.node && 'edges' in (body['verdict'] as object),
  );
  const quote = (judged?.body['verdict'] as { readonly quote?: string } | undefined)?.quote;
  return quote === undefined ? [] : [quote];
}

/** What a model found that worked the step, with the line that says so and the outputs in which its quotes stand. */
function foundByModel({ plan, evidence }: About, step: StepView): readonly Sentence[] {
  if (!step.finding) return [];
  const { model, text, quotes } = step.finding;
  const lines = evidence.lines.filter(
    ({ body }) => body.kind === 'model-worked' && body['node'] === step.node && 'text' in (body['step'] as object),
  );
  const said = quotes.flatMap((quote): Part[] => [', “', { said: quote }, '”']).slice(1);
  const actions = quotedIn(step, quotes);
  return [
    say(
      { lines: lines.slice(-1).map(({ seq }) => seq), step: step.node, ...(actions.length > 0 && { actions }) },
      ...headOf(plan, step.node),
      'was worked by the model ',
      { code: model },
      ', which found: ',
      { said: text },
      /[.!?…]["”’')\]]*$/.test(text) ? ' It rests on “' : '. It rests on “',
      ...said,
      '.',
    ),
  ];
}
