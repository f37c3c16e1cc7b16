// Makes the question for a judge from the run's state: the step, what it found as text within limits, and the edges that
// are open. Results are free of secrets already when they reach the state.
import type { JudgeQuestion } from './judge.ts';
import type { BudgetShare } from './model-budget.ts';
import type { ActionResult } from './result.ts';
import type { NodeState } from './state.ts';
import type { RunRequest } from './view.ts';

/** Characters of evidence; of a longer text the head and the tail are sent. */
const mostCharacters = 12_000;
/** First rows of a table. */
const mostRows = 50;
/** Characters of one row, and of the step's own words. */
const longestRow = 2000;
const longestDescription = 4000;

/** True when a step has found something that a judgement could rest on. */
export function hasEvidence(node: NodeState): boolean {
  return node.actions.some(({ result }) => result !== undefined && evidenceText(result) !== '');
}

/** The question for an open decision. `maxCalls` and `within` are what the run has left for it. */
export function judgeQuestion(
  node: NodeState,
  request: Extract<RunRequest, { readonly kind: 'decision' }>,
  maxCalls: number,
  within?: BudgetShare,
): JudgeQuestion {
  const { id, title, description } = node.node;
  const given = node.actions.flatMap(({ action, result, byModel, text: rendered }) => {
    const text = result && evidenceText(result);
    return text ? [{ id: action.id, text, ...(byModel && { own: rendered ?? action.code }) }] : [];
  });
  const share = Math.floor(mostCharacters / Math.max(1, given.length));
  const parts = given.map(({ id: of, text, own }) => ({
    found: (given.length > 1 ? `${of}:\n` : '') + shortText(text, share),
    ...(own !== undefined && { own }),
  }));
  return {
    node: id,
    title,
    description: shortText(description),
    evidence: parts.map(({ found }) => found).join('\n\n'),
    ...(parts.some(({ own }) => own !== undefined) && { parts }),
    ...(node.finding && { finding: node.finding.text }),
    choices: request.choices.map(({ edge, condition }) => ({ edge, condition })),
    ...(request.goesOn && { mayBeNone: true as const }),
    maxCalls,
    ...(within && { within }),
  };
}

/** A result as text. */
export function evidenceText(result: ActionResult): string {
  const { rows, rowCount, text, errorText, json, exitCode, status } = result;
  const parts: string[] = [];
  if (exitCode !== undefined) parts.push(`exit code: ${exitCode}`);
  if (status !== undefined) parts.push(`HTTP status: ${status}`);
  if (rows) {
    const shown = rows.slice(0, mostRows);
    const count = rowCount ?? rows.length;
    parts.push(count > shown.length ? `rows: ${count}, the first ${shown.length} of them:` : `rows: ${count}`);
    for (const row of shown) parts.push(shortText(JSON.stringify(row), longestRow));
  } else if (rowCount !== undefined) parts.push(`rows: ${rowCount}`);
  // A body that is JSON is there as text too.
  if (text !== undefined && text.trim() !== '') parts.push(text.trim());
  else if (json !== undefined) parts.push(JSON.stringify(json));
  if (errorText !== undefined && errorText.trim() !== '') parts.push(`errors:\n${errorText.trim()}`);
  return parts.join('\n');
}

/** A text of so many characters at most: of a longer one the head and the tail. */
export function shortText(text: string, most = longestDescription): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)}\n[${text.length - 2 * half} characters are left out here]\n${text.slice(-half)}`;
}
