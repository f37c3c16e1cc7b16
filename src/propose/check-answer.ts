// Checks what a model answers about a passage: its form, that its steps exist, that what goes round has a condition and a bound,
// that guards fit the columns, and that the quote stands in the passage. What fails is told to the model in one sentence.
import { checkGuard, guardParameters, shapeOfAction } from '../guard/index.ts';
import type { Checked } from '../model/index.ts';
import { findCycle, findNode, type NotRead, type Outcome, type Plan, usualRounds } from '../plan/index.ts';
import { outcomes } from './passage-prompt.ts';
import type { PassageAnswer, ProposedWay } from './proposal.ts';

const mostWays = 6;
const longestCondition = 200;
/** Times that a loop may be gone through again. */
const mostTimes = 100;

export function checkAnswer(plan: Plan, passage: NotRead, answer: unknown): Checked<PassageAnswer> {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    return invalid('The answer is not a JSON object with "kind", "ways", "quote", "confidence" and "reason".');
  const { kind, ways, quote, confidence, reason: said } = answer as Readonly<Record<string, unknown>>;
  if (kind !== 'ways' && kind !== 'advice' && kind !== 'unsure')
    return invalid('`kind` is none of "ways", "advice" and "unsure".');
  const reason = typeof said === 'string' ? said.replace(/\s+/g, ' ').trim().slice(0, 500) : '';
  if (reason === '') return invalid('`reason` is missing or empty; expected one sentence.');
  if (kind === 'unsure') return { kind: 'value', value: { kind, reason } };
  if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 1))
    return invalid('`confidence` is not a number from 0 to 1.');
  if (kind === 'advice') return { kind: 'value', value: { kind, confidence, reason } };
  if (typeof quote !== 'string' || quote.trim() === '')
    return invalid('`quote` is missing or empty; expected words copied from the passage.');
  if (!passage.text.includes(quote))
    return invalid(`The quote “${cut(quote)}” does not stand in the passage; expected words copied from it exactly.`);
  if (!Array.isArray(ways) || ways.length === 0) return invalid('`ways` is missing or empty.');
  if (ways.length > mostWays) return invalid(`There are ${ways.length} ways; expected at most ${mostWays}.`);
  const read: ProposedWay[] = [];
  for (const [index, way] of ways.entries()) {
    const checked = checkWay(plan, way);
    if (typeof checked === 'string') return invalid(`Way ${index + 1}: ${checked}`);
    read.push(checked);
  }
  const bounded = boundLoops(plan, read, ways);
  return typeof bounded === 'string'
    ? invalid(bounded)
    : { kind: 'value', value: { kind, ways: bounded, quote, confidence, reason } };
}

function checkWay(plan: Plan, value: unknown): ProposedWay | string {
  if (typeof value !== 'object' || value === null) return 'it is not an object.';
  const { from, to, outcome, condition, guard } = value as Readonly<Record<string, unknown>>;
  const step = typeof from === 'string' ? findNode(plan, from) : undefined;
  if (step?.kind !== 'step') return `\`from\` names no step of the plan: ${cut(String(from))}.`;
  const target = typeof to === 'string' ? findNode(plan, to) : undefined;
  if (!target || target.kind === 'start')
    return `\`to\` names no step of the plan and is not "end": ${cut(String(to))}.`;
  if (target.kind === 'end' && !outcomes.includes(outcome as Outcome))
    return `\`outcome\` of a way to the end is none of ${outcomes.join(', ')}.`;
  const words = readCondition(condition);
  if (typeof words === 'object' && words !== null) return words.problem;
  const cel = guard === '' || guard === null || guard === undefined ? null : guard;
  if (cel !== null) {
    if (typeof cel !== 'string' || /[`\r\n]/.test(cel)) return '`guard` is not an expression on one line.';
    if (words === null || words === 'otherwise') return 'a way with a guard needs the words of its condition.';
    const action = step.actions.at(-1);
    const [problem] = checkGuard(cel, action ? shapeOfAction(action) : null, guardParameters(plan.guide.parameters));
    if (problem) return `the guard \`${cel}\` is wrong: ${problem.message}${problem.hint ? ` ${problem.hint}` : ''}`;
    if (!action && /\b(?:rows|rowCount|columns|text|json|exitCode|status)\b/.test(cel.replace(/\bsteps\.\S+/g, '')))
      return `the guard \`${cel}\` reads a result, but ${step.id} has none.`;
  }
  const known = plan.edges.find((edge) => edge.from === step.id && edge.to === target.id && edge.condition === null);
  if (known && words === null && target.kind === 'step')
    return `the plan goes from ${step.id} to ${target.id} already.`;
  return {
    from: step.id,
    to: target.id,
    ...(target.kind === 'end' && { outcome: outcome as Outcome }),
    condition: words,
    guard: cel,
  };
}

/** The words as they can stand in a sentence; null for none. */
function readCondition(value: unknown): string | null | { readonly problem: string } {
  if (typeof value !== 'string') return { problem: '`condition` is not a text.' };
  const words = value
    .trim()
    .replace(/^if\s+/i, '')
    .replace(/[\s.,;:]+$/, '');
  if (words === '') return null;
  if (/^(?:otherwise|else)$/i.test(words)) return 'otherwise';
  if (words.length > longestCondition)
    return { problem: `\`condition\` is longer than ${longestCondition} characters.` };
  if (/[\r\n`<>|[\]*_#]|--|[.!?]\s/.test(words))
    return { problem: '`condition` is not plain words of one sentence; leave out markup.' };
  return words;
}

/**
 * Ways up the guide that close a circle become loops with a bound, as the compiler makes them of sentences. One without a
 * condition would never end, and a circle of ways that all lead on is none that a sentence could state.
 */
function boundLoops(plan: Plan, ways: readonly ProposedWay[], said: readonly unknown[]): ProposedWay[] | string {
  const place = new Map(plan.nodes.map(({ id }, index) => [id, index]));
  const leadsUp = ({ from, to }: ProposedWay): boolean => (place.get(to) ?? 0) <= (place.get(from) ?? 0);
  const onward = [...plan.edges, ...ways.filter((way) => !leadsUp(way))];
  const ids = plan.nodes.map(({ id }) => id);
  const bounded: ProposedWay[] = [];
  for (const [index, way] of ways.entries()) {
    if (!leadsUp(way) || findCycle(ids, [...onward, way]) === null) {
      bounded.push(way);
      continue;
    }
    const again = `Way ${index + 1} leads back from ${way.from} to ${way.to}`;
    if (way.condition === null || way.condition === 'otherwise')
      return `${again}, but names no condition under which it does; without one it would never end.`;
    const { times } = said[index] as { readonly times?: unknown };
    if (times !== undefined && !(Number.isInteger(times) && Number(times) >= 0 && Number(times) <= mostTimes))
      return `${again}, but \`times\` is not a whole number from 0 to ${mostTimes}.`;
    const isSaid = times !== undefined && times !== 0;
    bounded.push({ ...way, again: { max: isSaid ? Number(times) : usualRounds, said: isSaid } });
  }
  const cycle = findCycle(ids, [...plan.edges, ...bounded.filter(({ again }) => !again)]);
  return cycle ? `The ways go round: ${[...cycle, cycle[0]].map((way) => way?.from).join(' -> ')}.` : bounded;
}

function invalid(problem: string): { readonly kind: 'invalid'; readonly problem: string } {
  return { kind: 'invalid', problem };
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
