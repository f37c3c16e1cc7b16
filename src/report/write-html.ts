// Writes a report as one HTML file that needs nothing else: no script, no address outside it, and a policy that forbids both.
// Whatever was said by others is escaped.
import { chartOf, drawChart, utc } from '../chart/index.ts';
import { hasNoTable, type ActionResult } from '../run/index.ts';
import { htmlStyle } from './html-style.ts';
import { oneLine, shortened, visibleText } from './harmless-text.ts';
import type { Deed, Evidence, Output, Part, Report, Sentence } from './report.ts';
import { sectionsOf, type Section } from './sections.ts';
import { clockWords, lineWords } from './words.ts';
import { cell, outputAnchor } from './write-markdown.ts';

const mostRows = 50;

/** The whole document. */
export function writeHtml(report: Report): string {
  const { title, run, outcome, guide, journal } = report;
  const body = [
    `<h1>Run report: ${said(title)}</h1>`,
    `<p class="outcome">Outcome: <strong class="${outcomeClass(outcome)}">${said(outcome)}</strong></p>`,
    `<p>Run ${code(run)} of guide ${code(guide.file)} (SHA-256 ${code(guide.sha256.slice(0, 16))}). Every sentence below names its evidence: lines of the journal ${code(journal)} (L), and the outputs at the end.</p>`,
    ...sectionsOf(report).map((one) => section(one.title, bodyOf(one, report))),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Run report: ${said(title)}</title>
<style>${htmlStyle}</style>
</head>
<body>
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
}

function bodyOf(section: Section, report: Report): string {
  switch (section.kind) {
    case 'sentences':
      return sentences(section.sentences);
    case 'parameters':
      return table(
        ['name', 'value', 'from', 'evidence'],
        section.parameters.map(({ name, value, origin, evidence }) => [
          code(name),
          said(value),
          words(origin),
          refs(evidence),
        ]),
      );
    case 'picture':
      return `<figure>${report.pagePicture}</figure>\n${sentences(section.sentences)}`;
    case 'deeds':
      return section.deeds.map(deed).join('\n');
    case 'timeline':
      return table(
        ['time', 'what', 'evidence'],
        section.timeline.map(({ time, parts, evidence }) => [
          `<span class="time">${clockWords(time)}</span>`,
          words(parts),
          refs(evidence),
        ]),
      );
    case 'outputs':
      return section.outputs.map(output).join('\n');
  }
}

/** By what is to be thought of it, beside its word. */
function outcomeClass(outcome: Report['outcome']): 'good' | 'fair' | 'bad' | 'open' {
  switch (outcome) {
    case 'resolved':
    case 'completed':
      return 'good';
    case 'mitigated':
    case 'not-applicable':
      return 'fair';
    case 'waiting':
      return 'open';
    default:
      return 'bad';
  }
}

function section(title: string, body: string): string {
  return `<section>\n<h2>${title}</h2>\n${body === '' ? '<p>None.</p>' : body}\n</section>`;
}

function sentences(all: readonly Sentence[]): string {
  if (all.length === 0) return '';
  return `<ul>\n${all.map(({ parts, evidence }) => `<li>${words(parts)} ${refs(evidence)}</li>`).join('\n')}\n</ul>`;
}

function words(parts: readonly Part[]): string {
  return parts
    .map((part) => (typeof part === 'string' ? escape(part) : 'said' in part ? said(part.said) : code(part.code)))
    .join('');
}

function refs({ lines, actions = [] }: Evidence): string {
  const outputs = actions.map((action) => `<a href="#${outputAnchor(action)}">output of ${said(action)}</a>`);
  const shown = [...lineWords(lines), ...outputs];
  return shown.length === 0 ? '' : `<span class="evidence">[${shown.join(', ')}]</span>`;
}

function deed({ action, tool, effect, text, status, approvals, evidence }: Deed): string {
  const answers = approvals.length === 0 ? '<ul><li>nobody approved it</li></ul>' : sentences(approvals);
  return `<h3>${said(action)} on ${said(tool)}</h3>\n<p>${said(effect)}: ${said(status)} ${refs(evidence)}</p>\n${block(text)}\n${answers}`;
}

function output({ action, tool, effect, text, result, failure, evidence }: Output): string {
  return [
    `<h3 id="${outputAnchor(action)}">${said(action)}</h3>`,
    `<p>${said(tool)}, ${said(effect)} ${refs({ lines: evidence.lines })}</p>`,
    text === undefined ? '' : block(text),
    failure === undefined ? '' : `<p><strong>Failed:</strong> ${said(failure)}</p>`,
    result ? picture(result, text) + resultBlock(result) : '',
  ].join('\n');
}

/** A result over time as a drawing. A document knows no viewer's zone: it says UTC, as its other times do. */
function picture(result: ActionResult, query: string | undefined): string {
  const chart = chartOf(result, query);
  return chart ? `<figure>${drawChart(chart, { theme: 'page', zone: utc })}</figure>\n` : '';
}

function resultBlock(result: ActionResult): string {
  const { columns, rows, rowCount, text, errorText, exitCode, status, notes } = result;
  const names = columns?.map(({ name }) => name) ?? Object.keys(rows?.[0] ?? {});
  const all = Math.max(rowCount ?? 0, rows?.length ?? 0);
  return [
    rows && rows.length > 0
      ? table(
          names,
          rows.slice(0, mostRows).map((row) => names.map((name) => said(cell(row[name])))),
        )
      : '',
    rows && !hasNoTable(result)
      ? `<p>${all} ${all === 1 ? 'row' : 'rows'}${all > mostRows ? `, the first ${mostRows} shown` : ''}.</p>`
      : '',
    status === undefined ? '' : `<p>HTTP status ${status}.</p>`,
    exitCode === undefined ? '' : `<p>Exit code ${exitCode}.</p>`,
    text === undefined || text === '' ? '' : block(text),
    errorText === undefined || errorText === '' ? '' : `<p>Error output:</p>${block(errorText)}`,
    notes.length === 0 ? '' : `<ul>${notes.map((note) => `<li>${said(note)}</li>`).join('')}</ul>`,
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((one) => `<${tag}>${one}</${tag}>`).join('')}</tr>`;
  return `<table>\n<thead>${line(head.map(said), 'th')}</thead>\n<tbody>\n${rows.map((row) => line(row, 'td')).join('\n')}\n</tbody>\n</table>`;
}

function block(text: string): string {
  return `<pre>${escape(shortened(visibleText(text)))}</pre>`;
}

function code(text: string): string {
  return `<code>${escape(oneLine(text))}</code>`;
}

/** One line of others' words; what stands between back-ticks is shown as code. */
function said(text: string): string {
  return oneLine(text)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : escape(part)))
    .join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
