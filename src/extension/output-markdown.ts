// A step's outcome as markdown for its comment thread: status and time, the first rows, the error, what was decided and by
// what. Everything a tool or an author said is escaped, because a result must never become a link, an image or a heading.
import { allMatches, durationWords, type Json } from '../base/index.ts';
import { chartImage, chartOf, describeChart, type DrawOptions } from '../chart/index.ts';
import type { Plan } from '../plan/index.ts';
import {
  hasNoTable,
  type ActionFailure,
  type ActionResult,
  type ActionView,
  type DecidedBy,
  type FindingView,
  nodeName,
  type RunView,
  type StepView,
  withWayNames,
} from '../run/index.ts';
import { count, l10n, statusWord } from './words.ts';

/** One comment of a thread: who says it, and what. */
export interface OutputComment {
  readonly author: string;
  readonly body: string;
  readonly at?: number;
}

/** A step's thread: one line for its head, a comment per action, and one for what was decided. */
export interface StepOutput {
  readonly label: string;
  readonly comments: readonly OutputComment[];
  /** The action whose whole result can be opened. */
  readonly action?: string;
  /** The result is longer than what the thread shows of it. */
  readonly cut: boolean;
}

const cellLimit = 60;
const columnLimit = 12;
const textLimit = 12;

/** What the thread of a step shows; null while there is nothing to show. Results over time are drawn when `draw` says how. */
export function stepOutput(
  plan: Plan,
  view: RunView,
  step: StepView,
  rows: number,
  draw?: DrawOptions,
): StepOutput | null {
  if (step.status === 'pending') return null;
  const comments = step.actions
    .filter((action) => action.status !== 'pending')
    .map((action) => actionComment(action, rows, draw));
  const decided = decisionComment(plan, view, step);
  const found = step.finding ? [findingComment(step.finding)] : [];
  const note = step.note && comments.length === 0 ? [{ author: 'TSG', body: withCode(step.note) }] : [];
  const words = step.onlyWords ? [{ author: 'TSG', body: l10n.t('This step says what to do. Nothing was run.') }] : [];
  const shown = [...words, ...comments, ...found, ...note, ...(decided ? [decided] : [])];
  const withResult = step.actions.findLast((action) => action.result ?? action.failure?.partial);
  return {
    label: stepLabel(plan, step),
    comments: shown.length
      ? shown
      : [{ author: 'TSG', body: escapeMarkdown(l10n.t('This step is {0}.', statusWord(step.status))) }],
    ...(withResult && { action: withResult.id }),
    cut: step.actions.some((action) => isCut(action.result ?? action.failure?.partial, rows)),
  };
}

function stepLabel(plan: Plan, step: StepView): string {
  const title = plan.nodes.find((node) => node.id === step.node)?.title ?? '';
  const status = statusWord(step.status);
  const head =
    step.startedAt !== undefined && step.endedAt !== undefined
      ? l10n.t('{0} {1} in {2}', nodeName(step.node), status, durationWords(step.endedAt - step.startedAt))
      : `${nodeName(step.node)} ${status}`;
  return `${head}${title ? ` \u2013 ${title}` : ''}`;
}

function actionComment(action: ActionView, rows: number, draw: DrawOptions | undefined): OutputComment {
  const parts = [actionHead(action)];
  if (action.byModel && action.text) parts.push(fence(firstLines(action.text, textLimit)));
  if (action.status === 'planned' || action.status === 'waiting') parts.push(...plannedParts(action));
  if (action.failure) parts.push(...failureParts(action.failure));
  const result = action.result ?? action.failure?.partial;
  const chart = draw && chartOf(result, action.text);
  if (chart) parts.push(`![${escapeMarkdown(describeChart(chart, draw.zone))}](${chartImage(chart, draw)})`);
  if (result) parts.push(...resultParts(result, rows));
  const author = action.tool ? `${action.id} \u00b7 ${action.tool}` : action.id;
  return { author, body: parts.join('\n\n'), ...(action.endedAt !== undefined && { at: action.endedAt }) };
}

/** What a model found that worked the step. */
function findingComment({ model, text, quotes }: FindingView): OutputComment {
  return { author: `${model} \u00b7 finding`, body: [escapeMarkdown(text), ...quotes.map(quote)].join('\n\n') };
}

function actionHead(action: ActionView): string {
  const facts: string[] = [`**${statusWord(action.status)}**`];
  if (action.startedAt !== undefined && action.endedAt !== undefined)
    facts.push(durationWords(action.endedAt - action.startedAt));
  const { result } = action;
  if (result?.rows) facts.push(count(result.rowCount ?? result.rows.length, 'row'));
  if (result?.exitCode !== undefined) facts.push(l10n.t('exit code {0}', result.exitCode));
  if (result?.status !== undefined) facts.push(`HTTP ${result.status}`);
  if (action.byModel) facts.push('chosen by the model');
  const attempts = action.attempts - (action.attemptsBefore ?? 0);
  if (attempts > 1) facts.push(l10n.t('{0} attempts', attempts));
  if (action.effect !== 'read') facts.push(action.effect === 'write' ? l10n.t('writes') : l10n.t('effect not known'));
  if (action.failure) facts.push(action.failure.reason === 'no-tool' ? l10n.t('by hand') : action.failure.reason);
  return facts.join(' \u00b7 ');
}

/** Why it failed; where no tool performs it, what to do about that. */
function failureParts({ reason, message }: ActionFailure): string[] {
  if (reason !== 'no-tool') return [quote(message)];
  return [
    escapeMarkdown(message),
    l10n.t('A run asks you to do it by hand. To have it performed, add a tool to tsg.yaml.'),
  ];
}

/** What would be performed, and what the tool says to it. */
function plannedParts(action: ActionView): string[] {
  const parts: string[] = [];
  if (action.text) parts.push(fence(firstLines(action.text, textLimit)));
  const { explanation } = action;
  if (explanation?.kind === 'accepted') {
    const columns = explanation.columns?.map((column) => escapeMarkdown(column.name)).join(', ');
    parts.push(columns ? l10n.t('Its tool accepts it; it gives {0}.', columns) : l10n.t('Its tool accepts it.'));
    parts.push(...explanation.notes.map(escapeMarkdown));
  }
  if (explanation?.kind === 'refused') parts.push(l10n.t('Its tool refuses it:'), quote(explanation.failure.message));
  if (explanation?.kind === 'cannot-explain') parts.push(escapeMarkdown(explanation.because));
  if (action.needsApproval) parts.push(l10n.t('It waits for approval before it runs.'));
  return parts;
}

function resultParts(result: ActionResult, rows: number): string[] {
  const parts: string[] = [];
  if (result.rows?.length) parts.push(table(result, rows));
  else if (result.rows && !hasNoTable(result)) parts.push(l10n.t('No rows.'));
  if (result.text?.trim()) parts.push(fence(firstLines(result.text, textLimit)));
  if (result.errorText?.trim()) parts.push(l10n.t('Standard error:'), fence(firstLines(result.errorText, textLimit)));
  if (result.json !== undefined && result.text === undefined) {
    parts.push(fence(firstLines(JSON.stringify(result.json, null, 2), textLimit)));
  }
  return [...parts, ...result.notes.map((note) => `_${escapeMarkdown(note)}_`)];
}

function isCut(result: ActionResult | undefined, rows: number): boolean {
  if (!result) return false;
  const long = (text: string | undefined): boolean => (text?.trimEnd().split('\n').length ?? 0) > textLimit;
  const json =
    result.json === undefined || result.text !== undefined ? undefined : JSON.stringify(result.json, null, 2);
  const wide = (result.columns?.length ?? 0) > columnLimit;
  return (result.rows?.length ?? 0) > rows || wide || long(result.text) || long(result.errorText) || long(json);
}

/** Cells stand against each other in a thread; a blank at the head of each keeps them apart. */
const between = ' | &emsp;';

function table(result: ActionResult, limit: number): string {
  const all = result.rows ?? [];
  const names = result.columns?.map((column) => column.name) ?? Object.keys(all[0] ?? {});
  const columns = names.slice(0, columnLimit);
  const shown = all.slice(0, limit);
  const numeric = columns.map((column) => shown.every((row) => typeof row[column] === 'number'));
  const lines = [
    `| ${columns.map((column) => escapeMarkdown(column)).join(between)} |`,
    `|${numeric.map((right) => (right ? '---:' : '---')).join('|')}|`,
    ...shown.map((row) => `| ${columns.map((column) => cell(row[column] ?? null)).join(between)} |`),
  ];
  const total = result.rowCount ?? all.length;
  const cut: string[] = [];
  if (shown.length < total) cut.push(l10n.t('the first {0} of {1}', shown.length, count(total, 'row')));
  if (columns.length < names.length) cut.push(l10n.t('{0} of {1} columns', columns.length, names.length));
  return lines.join('\n') + (cut.length ? `\n\n_${l10n.t('Shown: {0}.', cut.join(', '))}_` : '');
}

function cell(value: Json): string {
  if (value === null) return '_null_';
  const text =
    typeof value === 'number' ? shortNumber(value) : typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replace(/\s+/g, ' ').trim();
  return escapeMarkdown(line.length > cellLimit ? `${line.slice(0, cellLimit - 1)}\u2026` : line) || '\u00a0';
}

/** Six significant digits are enough to read; the full output keeps all. */
function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

function decidedWords(by: DecidedBy): string {
  switch (by) {
    case 'none':
    case 'upstream':
      return l10n.t('Next');
    case 'guard':
      return l10n.t('Decided by its guard');
    case 'else':
      return l10n.t('Decided: otherwise');
    case 'engineer':
      return l10n.t('Decided by the engineer');
    case 'model':
      return l10n.t('Decided by the model');
  }
}

/** Where the run goes on from here and where not, in the author's words, with what the guard read. */
function decisionComment(plan: Plan, view: RunView, step: StepView): OutputComment | null {
  const lines: string[] = [];
  let author = decidedWords('none');
  let isOpen = view.mode !== 'dry';
  for (const edge of plan.edges) {
    if (edge.from !== step.node) continue;
    const shown = view.edges.find((candidate) => candidate.edge === edge.id);
    if (!shown || shown.decidedBy === 'upstream') continue;
    // A dry run decides nothing: every edge is shown with what would decide it.
    const planned = view.mode === 'dry' && step.status === 'planned';
    if (shown.status === 'pending' && !planned) continue;
    const taken = planned || shown.status === 'enabled';
    const target = edge.to === 'end' ? (edge.outcome ?? 'end').replace('-', ' ') : nodeName(edge.to);
    const where = taken ? `\u2192 **${escapeMarkdown(target)}**` : `\u2717 ${escapeMarkdown(target)}`;
    const words = edge.condition ? ` \u2013 ${escapeMarkdown(shorten(edge.condition, 160))}` : '';
    // That nothing decides it is what a way without words says.
    const because =
      shown.because && !(planned && shown.decidedBy === 'none')
        ? `: ${withCode(shorten(withWayNames(plan, shown.because), 200))}`
        : '';
    lines.push(`${where}${words}${because}`);
    if (planned) {
      author = l10n.t('Would go on');
      isOpen ||= shown.decidedBy !== 'none';
    } else if (taken && shown.decidedBy) author = decidedWords(shown.decidedBy);
  }
  // Where nothing is to be decided, the one way on is the diagram's to show.
  return lines.length > (isOpen ? 0 : 1) ? { author, body: lines.join('  \n') } : null;
}

/** Text whose back-ticks mark code; everything else is escaped. */
export function withCode(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? part : escapeMarkdown(part)))
    .join('');
}

/** Text that markdown shows as it is: every character with a meaning becomes a character reference. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\ufffd')
    .replace(/[\\`*_{}[\]()#+.!|<>~&:@$"'=-]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function quote(text: string): string {
  const lines = firstLines(text.trimEnd(), textLimit).split('\n');
  return lines.map((line) => `> ${escapeMarkdown(line)}`).join('  \n');
}

/** A code block whose fence is longer than any run of back-ticks inside. */
function fence(text: string): string {
  const longest = Math.max(2, ...allMatches(text, /`+/g).map((match) => match[0].length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}text\n${text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\ufffd').trimEnd()}\n${mark}`;
}

function firstLines(text: string, limit: number): string {
  const lines = text.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  const kept = lines.slice(0, limit).map((line) => shorten(line, 400));
  return lines.length > limit ? `${kept.join('\n')}\n\u2026 ${count(lines.length - limit, 'line')}` : kept.join('\n');
}

function shorten(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1)}\u2026` : text;
}
