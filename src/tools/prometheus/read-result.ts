// Turns what Prometheus answers into rows: one a sample, with the labels, the value and the time; one an alert, a rule, a
// label, a series or a target.
import type { Json } from '../../base/index.ts';
import type { ActionResult, Column } from '../../run/index.ts';
import { withoutEscapes } from '../safe-text.ts';
import type { Question } from './read-directives.ts';

type Cells = Record<string, Json>;

/** The result of an answer's `data`. */
export function readResult(question: Question, data: Json, maxRows: number, warnings: readonly string[]): ActionResult {
  const { rows, types } = rowsOf(question, data);
  const names = [...new Set(rows.slice(0, 5000).flatMap((row) => Object.keys(row)))].sort(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0),
  );
  const columns: Column[] = names.map((name) => ({ name, type: types[name] ?? 'label' }));
  const kept = rows.slice(0, maxRows);
  const shown = (count: number): string => count.toLocaleString('en-US');
  return {
    columns,
    rows: kept.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))),
    rowCount: rows.length,
    ...(kept.length < rows.length && { rowsCapped: true }),
    notes: [
      ...(kept.length < rows.length
        ? [`Only the first ${shown(kept.length)} of ${shown(rows.length)} rows are kept.`]
        : []),
      ...warnings.map((warning) => `Prometheus warns: ${withoutEscapes(warning)}`),
    ],
  };
}

/** The name comes first, the value and its time last, so that a table reads like the query. */
function rank(name: string): number {
  return name === 'metric' ? 0 : name === 'value' ? 2 : name === 'time' ? 3 : 1;
}

const sampleTypes = { metric: 'metric', value: 'number', time: 'time' };

function rowsOf(question: Question, data: Json): { rows: Cells[]; types: Readonly<Record<string, string>> } {
  switch (question.kind) {
    case 'instant':
    case 'range':
      return { rows: samples(asObject(data)), types: sampleTypes };
    case 'alerts':
      return {
        rows: asList(asObject(data)['alerts']).map((alert) => {
          const { labels, annotations, state, activeAt, value } = asObject(alert);
          return {
            ...labelCells(asObject(labels)),
            state: state ?? null,
            active_at: activeAt ?? null,
            value: numberOf(value ?? null),
            ...prefixed('annotation_', asObject(annotations)),
          };
        }),
        types: { ...sampleTypes, state: 'text', active_at: 'time' },
      };
    case 'rules':
      return {
        rows: asList(asObject(data)['groups']).flatMap((group) =>
          asList(asObject(group)['rules']).map((rule): Cells => {
            const { name, query, type, state, health, lastError } = asObject(rule);
            return {
              group: asObject(group)['name'] ?? null,
              name: name ?? null,
              type: type ?? null,
              state: state ?? null,
              health: health ?? null,
              query: query ?? null,
              last_error: lastError ?? null,
            };
          }),
        ),
        types: {},
      };
    case 'targets':
      return {
        rows: asList(asObject(data)['activeTargets']).map((target) => {
          const { labels, health, lastError, lastScrape, scrapeUrl } = asObject(target);
          return {
            ...labelCells(asObject(labels)),
            health: health ?? null,
            last_error: lastError ?? null,
            last_scrape: lastScrape ?? null,
            url: scrapeUrl ?? null,
          };
        }),
        types: {},
      };
    case 'series':
      return { rows: asList(data).map((labels) => labelCells(asObject(labels))), types: sampleTypes };
    case 'labels':
      return { rows: asList(data).map((label) => ({ label })), types: { label: 'text' } };
    case 'values':
      return { rows: asList(data).map((value) => ({ value: textOf(value) })), types: { value: 'text' } };
  }
}

function samples(data: Cells): Cells[] {
  const sample = (point: Json): Cells => {
    const [time, value] = asList(point);
    return { value: numberOf(value ?? null), time: timeText(time ?? null) };
  };
  switch (data['resultType']) {
    case 'scalar':
      return [sample(data['result'] ?? null)];
    case 'string': {
      const [time, value] = asList(data['result'] ?? null);
      return [{ value: textOf(value ?? null), time: timeText(time ?? null) }];
    }
    default:
      return asList(data['result'] ?? null).flatMap((series) => {
        const { metric, value, values, histogram, histograms } = asObject(series);
        const labels = labelCells(asObject(metric));
        const points = value !== undefined ? [value] : asList(values ?? null);
        const shapes = histogram !== undefined ? [histogram] : asList(histograms ?? null);
        return [
          ...points.map((point) => ({ ...labels, ...sample(point) })),
          // A native histogram has no single value: its whole shape is given.
          ...shapes.map((point): Cells => {
            const [time, shape] = asList(point);
            return { ...labels, value: shape ?? null, time: timeText(time ?? null) };
          }),
        ];
      });
  }
}

/** Labels as cells; the metric's name is `metric`, and labels named like our own columns get `label_` before them. */
function labelCells(labels: Cells): Cells {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [
      name === '__name__'
        ? 'metric'
        : name === 'value' || name === 'time' || name === 'metric'
          ? `label_${name}`
          : name,
      textOf(value),
    ]),
  );
}

function prefixed(prefix: string, cells: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).map(([name, value]) => [prefix + name, textOf(value)]));
}

/** A label's value; one that holds NUL is no text. */
function textOf(value: Json): Json {
  if (typeof value !== 'string') return value;
  return value.includes('\u0000') ? `(binary, ${Buffer.byteLength(value)} bytes)` : value;
}

function numberOf(value: Json): Json {
  const number = Number(value);
  return value !== null && value !== '' && Number.isFinite(number) ? number : value;
}

function timeText(value: Json): Json {
  return typeof value === 'number' ? new Date(Math.round(value * 1000)).toISOString() : value;
}

function asObject(value: Json | undefined): Cells {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Cells) : {};
}

function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
