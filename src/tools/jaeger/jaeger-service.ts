// Jaeger over the HTTP API of its query service: traces by service and time, one trace by its id, services and operations.
// A block is a few lines `name: value`. Written after Jaeger's public documentation.
import type { Json } from '../../base/index.ts';
import type { ActionFailure, ActionResult } from '../../run/index.ts';
import { withoutEscapes } from '../safe-text.ts';
import { failure, isFailure } from '../failure.ts';
import { asList, asObject, rowsResult, type QueryService } from '../http/query-service.ts';
import type { Hole } from '../placeholders.ts';

const known = /^(trace|show|service|operation|tags|minDuration|maxDuration|lookback|limit)$/;

export const jaegerService: QueryService = {
  title: 'Jaeger',
  check: { method: 'GET', path: '/api/services', body: '' },
  complaint,
  place(code, holes, now) {
    const lines = readLines(code, holes);
    if (isFailure(lines)) return lines;
    const get = (path: string) => ({ method: 'GET' as const, path, body: '' });
    const shared = { shown: lines.shown, effect: { effect: 'read', because: 'the query service only reads' } as const };
    const { trace, show, service, lookback = '1h', limit = '20', ...filters } = lines.values;
    if (trace !== undefined)
      return /^[0-9a-fA-F]{1,32}$/.test(trace)
        ? { ...shared, request: get(`/api/traces/${trace}`), read: readSpans }
        : failure('invalid-parameter', `\`trace: ${trace}\` is not the id of a trace; expected hexadecimal digits.`);
    if (show === 'services')
      return { ...shared, request: get('/api/services'), read: (answer, most) => list('service', answer, most) };
    if (service === undefined)
      return failure('refused-by-tool', 'The block names no `service:`, no `trace:` and no `show: services`.');
    if (show === 'operations')
      return {
        ...shared,
        request: get(`/api/services/${encodeURIComponent(service)}/operations`),
        read: (answer, most) => list('operation', answer, most),
      };
    if (show !== undefined)
      return failure('refused-by-tool', `\`show: ${show}\` is not known; expected \`services\` or \`operations\`.`);
    const back = milliseconds(lookback);
    if (back === null)
      return failure('invalid-parameter', `\`lookback: ${lookback}\` is not a duration such as \`1h\`.`);
    if (!/^\d{1,4}$/.test(limit)) return failure('invalid-parameter', `\`limit: ${limit}\` is not a whole number.`);
    const query = new URLSearchParams({ service, limit, start: `${now - back}000`, end: `${now}000`, ...filters });
    return { ...shared, request: get(`/api/traces?${query.toString()}`), read: readTraces };
  },
};

function readLines(
  code: string,
  holes: readonly Hole[],
): { values: Partial<Record<string, string>>; shown: string } | ActionFailure {
  const values: Partial<Record<string, string>> = {};
  const shown: string[] = [];
  let at = 0;
  for (const line of code.split('\n')) {
    const start = at;
    at += line.length + 1;
    if (/^\s*(#.*)?$/.test(line)) continue;
    const match = /^\s*(\w+)\s*:\s*(.*?)\s*$/.exec(line);
    const name = match?.[1] ?? '';
    if (!match || !known.test(name))
      return failure(
        'refused-by-tool',
        `\`${line.trim()}\` cannot be read; expected a line such as \`service: checkout\`.`,
        {
          at: { start, end: start + line.length },
        },
      );
    const from = start + line.indexOf(':') + 1;
    const inside = holes.filter((hole) => hole.start >= start && hole.end <= start + line.length);
    if (inside.some((hole) => hole.start < from))
      return failure('invalid-parameter', 'A value stands in the name of a line.');
    const fill = (valueOf: (hole: Hole) => string): string => {
      let text = '';
      let next = from;
      for (const hole of inside) {
        text += code.slice(next, hole.start) + valueOf(hole);
        next = hole.end;
      }
      return (text + code.slice(next, start + line.length)).trim();
    };
    values[name] = fill(({ binding }) => String(binding.value));
    shown.push(`${name}: ${fill(({ binding }) => (binding.secret ? '***' : String(binding.value)))}`);
  }
  return { values, shown: shown.join('\n') };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function milliseconds(text: string): number | null {
  const match = /^(\d{1,6})(ms|s|m|h|d)$/.exec(text);
  return match ? Number(match[1]) * (units[match[2] ?? ''] ?? 0) : null;
}

function complaint(answer: Json): string | undefined {
  const [first] = asList(asObject(answer)['errors']);
  const words = asObject(first)['msg'];
  return typeof words === 'string' ? words : undefined;
}

/**
 * What an answer lists: `null` stands for nothing. It may hold errors though its status is that of a success: with nothing listed
 * it has failed.
 */
function dataOf(answer: Json): readonly Json[] | ActionFailure | null {
  const { data } = asObject(answer);
  const said = complaint(answer);
  if (said !== undefined && asList(data).length === 0) return failure('refused-by-tool', withoutEscapes(said));
  return Array.isArray(data) || data === null ? asList(data) : null;
}

function list(name: string, answer: Json, maxRows: number): ActionResult | ActionFailure | null {
  const data = dataOf(answer);
  if (data === null || isFailure(data)) return data;
  return rowsResult(
    data.map((value) => ({
      [name]: typeof value === 'string' ? value : (asObject(value)['name'] ?? null),
    })),
    maxRows,
  );
}

interface Span {
  readonly id: string;
  readonly parent: string | null;
  readonly service: string;
  readonly operation: string;
  /** Microseconds since the Unix epoch. */
  readonly start: number;
  readonly duration: number;
  readonly error: boolean;
  readonly tags: Readonly<Record<string, Json>>;
}

function spansOf(trace: Json): readonly Span[] {
  const { spans, processes } = asObject(trace);
  return asList(spans).map((span) => {
    const { spanID, references, processID, operationName, startTime, duration, tags } = asObject(span);
    const parent = asList(references)
      .map(asObject)
      .find(({ refType }) => refType === 'CHILD_OF');
    const named = Object.fromEntries(
      asList(tags)
        .map(asObject)
        .map(({ key, value }) => [String(key), value ?? null]),
    );
    return {
      id: String(spanID ?? ''),
      parent: typeof parent?.['spanID'] === 'string' ? parent['spanID'] : null,
      service: String(asObject(asObject(processes)[String(processID)])['serviceName'] ?? ''),
      operation: String(operationName ?? ''),
      start: Number(startTime ?? 0),
      duration: Number(duration ?? 0),
      error: named['error'] === true || named['error'] === 'true',
      tags: named,
    };
  });
}

const time = (microseconds: number): string => new Date(Math.round(microseconds / 1000)).toISOString();

function readTraces(answer: Json, maxRows: number): ActionResult | ActionFailure | null {
  const data = dataOf(answer);
  if (data === null || isFailure(data)) return data;
  const rows = data.map((trace) => {
    const spans = spansOf(trace);
    const root = spans.find(({ parent }) => parent === null) ?? spans[0];
    return {
      trace: asObject(trace)['traceID'] ?? null,
      service: root?.service ?? null,
      operation: root?.operation ?? null,
      start: root ? time(root.start) : null,
      duration_ms: root ? root.duration / 1000 : null,
      spans: spans.length,
      errors: spans.filter(({ error }) => error).length,
    };
  });
  return rowsResult(rows, maxRows);
}

function readSpans(answer: Json, maxRows: number): ActionResult | ActionFailure | null {
  const data = dataOf(answer);
  if (data === null || isFailure(data)) return data;
  const spans = data.flatMap((trace) => spansOf(trace));
  return rowsResult(
    [...spans]
      .sort((a, b) => a.start - b.start)
      .map(({ id, parent, service, operation, start, duration, error, tags }) => ({
        span: id,
        parent,
        service,
        operation,
        start: time(start),
        duration_ms: duration / 1000,
        error,
        tags: JSON.stringify(tags),
      })),
    maxRows,
  );
}
