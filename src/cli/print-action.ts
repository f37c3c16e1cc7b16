// An action's outcome as lines for people: a heading, its table or text, and its error with the guide's line and a caret.
import { durationWords } from '../base/index.ts';
import { chartOf, extent, rangeWords, sparkline, valueWords, type Chart } from '../chart/index.ts';
import { renderDiagnostic } from '../diagnostics/index.ts';
import { findNode, type Action, type Plan } from '../plan/index.ts';
import { hasNoTable, type ActionFailure, type ActionResult, type ActionView, type StepView } from '../run/index.ts';
import { placeOfFailure } from './failure-place.ts';
import type { GuideText } from './guide-text.ts';
import { printableLine, printableText } from './printable-text.ts';
import { renderTable } from './render-table.ts';
import type { Terminal } from './terminal.ts';

const maxRows = 10;
const maxTextLines = 20;
const maxLine = 1000;

/** The lines of one action. `action` and `source` are absent when they are not known; then less is said. */
export function printAction(
  view: ActionView,
  action: Action | undefined,
  source: GuideText | null,
  terminal: Terminal,
): string[] {
  const heading = [
    view.id,
    view.tool ?? action?.tool ?? action?.language ?? '',
    effectWord(view),
    view.byModel ? 'chosen by the model' : '',
    ...sizes(view.result),
    took(view),
  ].filter((part) => part !== '');
  const result = view.result ?? whatThereIs(view.failure?.partial);
  return [
    terminal.styled('dim', heading.join(' · ')),
    // It stands nowhere in the guide.
    ...(view.byModel ? someLines(view.text ?? '').map((line) => `| ${line}`) : []),
    ...(result ? printResult(result, terminal, view.text) : []),
    ...(view.failure ? printFailure(view.failure, action, source, terminal) : []),
    ...(view.failure?.reason === 'timeout' && view.tool !== undefined
      ? [
          terminal.styled(
            'dim',
            `  \`timeout\` of \`${printableLine(view.tool)}\` in tsg.yaml, or of the block, says how long it may take.`,
          ),
        ]
      : []),
  ];
}

/** What a failed action gave before; that it gave no rows says nothing then. */
function whatThereIs(partial: ActionResult | undefined): ActionResult | undefined {
  if (partial?.rows?.length !== 0) return partial;
  const { rows: _, ...rest } = partial;
  return rest;
}

/** What a step has found so far: what a decision or an approval rests on. */
export function printFound(step: StepView, plan: Plan, source: GuideText | null, terminal: Terminal): string[] {
  const node = findNode(plan, step.node);
  const own = node?.within === undefined ? source : null;
  const found = step.actions.filter(({ result, failure }) => result !== undefined || failure !== undefined);
  return [
    ...found.flatMap((view) =>
      printAction(
        view,
        node?.actions.find(({ id }) => id === view.id),
        own,
        terminal,
      ),
    ),
    ...(step.finding ? printFinding(step.finding, terminal) : []),
  ];
}

/** What a model found that worked a step, with the words that it rests on. */
export function printFinding({ model, text, quotes }: NonNullable<StepView['finding']>, terminal: Terminal): string[] {
  return [
    `The model ${printableLine(model)} found: ${printableLine(text)}`,
    ...quotes.map((quote) => terminal.styled('dim', `  on “${printableLine(quote)}”`)),
  ];
}

/** What an action gave: lines over time, a table, text, cut to a screenful; then the tool's notes. `query` tells a unit. */
export function printResult(result: ActionResult, terminal: Terminal, query?: string): string[] {
  const lines: string[] = [];
  const chart = chartOf(result, query);
  if (chart) lines.push(...printTrends(chart, result, terminal));
  else if (result.columns && result.rows && result.rows.length > 0) {
    const options = { width: terminal.width - 4, maxRows, rowCount: result.rowCount ?? result.rows.length };
    lines.push(
      ...renderTable(
        result.columns.map((column) => column.name),
        result.rows,
        options,
      ),
    );
  } else if (result.rows && !hasNoTable(result)) lines.push(terminal.styled('dim', '(no rows)'));
  if (result.text !== undefined && result.text.trim() !== '') lines.push(...someLines(result.text));
  if (result.errorText !== undefined && result.errorText.trim() !== '') {
    lines.push(...someLines(result.errorText).map((line) => `stderr: ${line}`));
  }
  return [...lines, ...result.notes.map((note) => terminal.styled('dim', `note: ${printableLine(note)}`))];
}

/** A result over time: a row for each of its lines, with its course in blocks. */
function printTrends(chart: Chart, result: ActionResult, terminal: Terminal): string[] {
  const rows = chart.series.map((series) => {
    const { least, most, last } = extent(series);
    const [low, high, end] = [least, most, last].map((value) => valueWords(value, chart.unit));
    return {
      line: series.label,
      trend: sparkline(series, chart, 30),
      least: low ?? '',
      most: high ?? '',
      last: end ?? '',
    };
  });
  const count = result.rowCount ?? result.rows?.length ?? 0;
  const range = rangeWords(chart.from, chart.to, (time) => -new Date(time).getTimezoneOffset());
  return [
    ...renderTable(['line', 'trend', 'least', 'most', 'last'], rows, {
      width: terminal.width - 4,
      maxRows,
      rowCount: rows.length,
    }),
    terminal.styled('dim', `${count.toLocaleString('en-US')} samples, ${range}`),
  ];
}

/** Why an action failed, with the line in the guide that the tool points to. */
export function printFailure(
  failure: ActionFailure,
  action: Action | undefined,
  source: GuideText | null,
  terminal: Terminal,
): string[] {
  const said = someLines(failure.message);
  const lines = said.map((line, index) =>
    index === 0 ? `${terminal.styled('red', '✗ error')} (${failure.reason}): ${line}` : `  ${line}`,
  );
  const place = placeOfFailure(failure, action, source?.lines ?? null);
  if (!place) return lines;
  if (!source || !place.span) return [...lines, `  at line ${place.line} of the guide`];
  const framed = renderDiagnostic(
    source.file,
    source.text,
    source.lines,
    { code: 'action.invalid-query', severity: 'error', message: '', span: place.span, labels: [], fixes: [] },
    { width: Math.max(40, terminal.width - 12) },
  );
  return [...lines, ...framed.split('\n').slice(1)];
}

function someLines(text: string): string[] {
  const lines = printableText(text).replace(/\n+$/, '').split('\n');
  const more = lines.length - maxTextLines;
  const shown = lines.slice(0, maxTextLines).map((line) => (line.length > maxLine ? cutLine(line) : line));
  return more > 0 ? [...shown, `… and ${more} more ${more === 1 ? 'line' : 'lines'}`] : shown;
}

/** The beginning of a line that would fill the screen by itself. */
function cutLine(line: string): string {
  const kept = [...line.slice(0, maxLine)].slice(0, -1).join('');
  return `${kept}… and ${(line.length - kept.length).toLocaleString('en-US')} more characters`;
}

const effectWord = (view: ActionView): string =>
  view.effect === 'read' ? 'reads' : view.effect === 'write' ? 'writes' : 'may write';

function sizes(result: ActionResult | undefined): string[] {
  if (!result) return [];
  const rows = result.rowCount ?? result.rows?.length;
  return [
    rows === undefined || hasNoTable(result) ? '' : `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`,
    result.exitCode === undefined ? '' : `exit code ${result.exitCode}`,
    result.status === undefined ? '' : `HTTP ${result.status}`,
    result.outcome ?? '',
  ];
}

function took(view: ActionView): string {
  const attempts = view.attempts - (view.attemptsBefore ?? 0);
  const tries = attempts > 1 ? `${attempts} tries, ` : '';
  if (view.startedAt === undefined || view.endedAt === undefined) return '';
  return `${tries}${durationWords(view.endedAt - view.startedAt)}`;
}
