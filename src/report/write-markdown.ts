// Writes a report as markdown (CommonMark and GitHub's tables). Whatever was said by others is escaped, so that no output of
// a tool can become a heading, a link, a mention, an image or HTML.
import { chartOf, extent, rangeWords, sparkline, utc, valueWords } from '../chart/index.ts';
import { hasNoTable, type ActionResult } from '../run/index.ts';
import { oneLine, shortened, visibleText } from './harmless-text.ts';
import { sectionsOf, type Section } from './sections.ts';
import { clockWords, lineWords } from './words.ts';
import type { Deed, Evidence, Output, Part, Report, Sentence } from './report.ts';

const mostRows = 20;

export interface MarkdownOptions {
  /** Address of the picture, relative to the document; without one there is none. */
  readonly picture?: string;
}

/** The whole document, ending with a line break. */
export function writeMarkdown(report: Report, options: MarkdownOptions = {}): string {
  const { picture } = options;
  const out = [
    `# Run report: ${said(report.title)}`,
    `**Outcome: ${report.outcome}**`,
    `Run ${code(report.run)} of guide ${code(report.guide.file)} (SHA-256 ${code(report.guide.sha256.slice(0, 16))}). Every sentence below names its evidence: lines of the journal ${code(report.journal)} (L), and the outputs at the end.`,
    ...sectionsOf(report).map((one) => {
      return section(one.title, bodyOf(one, picture));
    }),
  ];
  return `${out.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The picture stands beside the document, if anywhere: markdown cannot hold it. */
function bodyOf(section: Section, picture: string | undefined): string {
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
      return [
        picture === undefined
          ? ''
          : `![The plan with the steps that ran and the edges that were taken](${encodeURI(picture)})`,
        sentences(section.sentences),
      ]
        .filter((part) => part !== '')
        .join('\n\n');
    case 'deeds':
      return section.deeds.map(deed).join('\n\n');
    case 'timeline':
      return table(
        ['time', 'what', 'evidence'],
        section.timeline.map(({ time, parts, evidence }) => [clockWords(time), words(parts), refs(evidence)]),
      );
    case 'outputs':
      return section.outputs.map(output).join('\n\n');
  }
}

/** The name under which an action's output can be linked to. */
export function outputAnchor(action: string): string {
  return `output-${action.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
}

function section(title: string, body: string): string {
  return `## ${title}\n\n${body === '' ? 'None.' : body}`;
}

function sentences(all: readonly Sentence[]): string {
  return all.map(({ parts, evidence }) => `- ${words(parts)} ${refs(evidence)}`).join('\n');
}

function words(parts: readonly Part[]): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : 'said' in part ? said(part.said) : code(part.code)))
    .join('');
}

function refs({ lines, actions = [] }: Evidence): string {
  const outputs = actions.map((action) => `[output of ${said(action)}](#${outputAnchor(action)})`);
  const shown = [...lineWords(lines), ...outputs];
  return shown.length === 0 ? '' : `\\[${shown.join(', ')}\\]`;
}

function deed({ action, tool, effect, text, status, approvals, evidence }: Deed): string {
  const head = `**${said(action)}** on ${said(tool)} (${effect}): ${said(status)} ${refs(evidence)}`;
  return [head, fence(text, ''), approvals.length === 0 ? '- nobody approved it' : sentences(approvals)].join('\n\n');
}

function output({ action, tool, effect, text, language, result, failure, evidence }: Output): string {
  const about = [said(tool), effect].join(', ');
  const parts = [
    `<a id="${outputAnchor(action)}"></a>\n\n### ${said(action)}`,
    `${about} ${refs({ lines: evidence.lines })}`,
    text === undefined ? '' : fence(text, language),
    failure === undefined ? '' : `Failed: ${said(failure)}`,
    result ? trends(result, text) : '',
    result ? resultBlock(result) : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A result over time, a line of blocks for each of its lines. */
function trends(result: ActionResult, query: string | undefined): string {
  const chart = chartOf(result, query);
  if (!chart) return '';
  const lines = chart.series.slice(0, mostRows).map((series) => {
    const { least, most, last } = extent(series);
    const words = `${valueWords(least, chart.unit)} to ${valueWords(most, chart.unit)}, last ${valueWords(last, chart.unit)}`;
    return `${sparkline(series, chart, 40)}  ${oneLine(series.label)}: ${words}`;
  });
  return fence([...lines, rangeWords(chart.from, chart.to, utc)].join('\n'), '');
}

function resultBlock(result: ActionResult): string {
  const { columns, rows, rowCount, text, errorText, exitCode, status, notes } = result;
  const names = columns?.map(({ name }) => name) ?? Object.keys(rows?.[0] ?? {});
  const all = Math.max(rowCount ?? 0, rows?.length ?? 0);
  const parts = [
    rows && rows.length > 0
      ? table(
          names.map(said),
          rows.slice(0, mostRows).map((row) => names.map((name) => said(cell(row[name])))),
        )
      : '',
    rows && !hasNoTable(result)
      ? `${all} ${all === 1 ? 'row' : 'rows'}${all > mostRows ? `, the first ${mostRows} shown` : ''}.`
      : '',
    status === undefined ? '' : `HTTP status ${status}.`,
    exitCode === undefined ? '' : `Exit code ${exitCode}.`,
    text === undefined || text === '' ? '' : fence(text, ''),
    errorText === undefined || errorText === '' ? '' : `Error output:\n\n${fence(errorText, '')}`,
    notes.map((note) => `- ${said(note)}`).join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A value in a table. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((one) => one.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * Others' words in running text: every mark that markdown, its dialects or HTML give a meaning to is taken away from them.
 * What stands between back-ticks stays as it is, and addresses become code, so that nothing makes links of them.
 */
export function said(text: string): string {
  const line = oneLine(text);
  const cut = line.length > 2000 ? `${line.slice(0, 2000)}…` : line;
  return cut
    .split(/(`[^`]+`|\S*(?::\/\/|www\.|@)\S*)/i)
    .map((part, index) => {
      if (index % 2 === 0) return plain(part, index === 0);
      return code(/^`[^`]+`$/.test(part) ? part.slice(1, -1) : part);
    })
    .join('');
}

function plain(text: string, isFirst: boolean): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]~$]/g, '\\$&')
    .replaceAll('|', '&#124;');
  // Where a line or an item begins with them, these make headings, lists and rules.
  return isFirst ? escaped.replace(/^(\s*)([#+=-])/, '$1\\$2').replace(/^(\s*\d+)([.)])/, '$1\\$2') : escaped;
}

function code(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  const ticks = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${line}${space}${ticks}`;
}

function fence(text: string, language: string): string {
  const body = shortened(visibleText(text));
  const ticks = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${ticks}${/^[a-z0-9+#-]+$/i.test(language) ? language : ''}\n${body}\n${ticks}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
