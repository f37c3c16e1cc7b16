// A tool for a service that is asked over HTTP and answers with JSON: what Loki, Elasticsearch, Jaeger and Kusto have in common.
// A kind says how its blocks become one request and how an answer becomes rows; the rest is the same for all.
import type { Json } from '../../base/index.ts';
import type { Action } from '../../plan/index.ts';
import type { ActionFailure, ActionResult, Binding, Classification, PerformOptions, Tool } from '../../run/index.ts';
import { describeSize } from '../amounts.ts';
import { cancelledFailure, failure, isFailure } from '../failure.ts';
import { parseJson } from '../parse-json.ts';
import { holesOf, type Hole } from '../placeholders.ts';
import { withoutEscapes } from '../safe-text.ts';
import type { ToolContext } from '../tool-kind.ts';
import { sentHeaders, type Login } from './login.ts';
import { plainWords, statusFailure } from './refused-answer.ts';
import { outcomeFailure, sendRequest } from './send-request.ts';

/** One request to a service. */
export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** Path and query behind the service's address, such as `/api/v1/query?limit=5`. */
  readonly path: string;
  /** JSON or a form, by its content type; empty for none. */
  readonly body: string;
  readonly contentType?: string;
}

/** What a block asks. */
export interface ServiceQuery {
  readonly request: ServiceRequest;
  /** For people, secrets as `***`. */
  readonly shown: string;
  readonly effect: Classification;
  /**
   * Turns a good answer into a result; throws nothing for any JSON. Null for one that the service does not give: whoever answered
   * is another, and no rows of it would be a finding. A failure where the service says within it that it failed.
   */
  read(answer: Json, maxRows: number): ActionResult | ActionFailure | null;
}

export interface ServiceSettings extends Login {
  readonly kind: string;
  readonly baseUrl: string;
  readonly languages: readonly string[];
  readonly timeout: number;
  readonly maxRows: number;
  readonly maxBody: number;
}

export interface QueryService {
  /** "Loki". */
  readonly title: string;
  /** The query of a block; `now` is milliseconds since the Unix epoch. Pure. */
  place(code: string, holes: readonly Hole[], now: number): ServiceQuery | ActionFailure;
  /** What the server says against a query, from an answer that is no success; undefined when it says nothing. */
  complaint(answer: Json): string | undefined;
  /** A request that any server of the kind answers, for checking the connection. */
  readonly check: ServiceRequest;
}

/** How long a check of the connection may take. */
const checkingMs = 10_000;

export function openQueryService(settings: ServiceSettings, context: ToolContext, service: QueryService): Tool {
  const base = settings.baseUrl.replace(/\/+$/, '');
  const placed = (action: Action, bindings: readonly Binding[]): ServiceQuery | ActionFailure => {
    const holes = holesOf(action, bindings);
    return isFailure(holes) ? holes : service.place(action.code, holes, Date.now());
  };
  const ask = async (
    request: ServiceRequest,
    { timeoutMs, signal }: PerformOptions,
  ): Promise<{ answer: Json } | ActionFailure> => {
    if (signal.aborted) return cancelledFailure('The query');
    const headers = await sentHeaders(settings, context.secrets);
    if (isFailure(headers)) return headers;
    if (request.contentType !== undefined) headers.push(['content-type', request.contentType]);
    headers.push(['accept', 'application/json']);
    const outcome = await sendRequest(
      { ...request, url: new URL(base + request.path), headers, maxBody: settings.maxBody },
      { timeoutMs, signal },
    );
    if (outcome.kind !== 'answer') return outcomeFailure(outcome, 'The query', timeoutMs);
    if (outcome.cut)
      return failure(
        'refused-by-tool',
        `The answer is larger than ${describeSize(settings.maxBody)}; ask for less of it.`,
      );
    const { status, headers: answered } = outcome;
    const { answer, isJson, body } = readBody(outcome.body.toWhole());
    if (status >= 200 && status < 300 && (isJson || body === '')) return { answer };
    const said = isJson ? service.complaint(answer) : undefined;
    const words = said !== undefined || isJson ? withoutEscapes(said ?? '') : plainWords(body);
    const { title } = service;
    const fault = statusFailure({ title, tool: context.name, login: settings, status, headers: answered, words });
    if (fault) return fault;
    // Nothing of the service says "not found" but as JSON: what stands there is another one.
    if (status >= 400 && words !== '' && (isJson || status !== 404)) return failure('refused-by-tool', words);
    return otherAnswer(service, status, words);
  };

  return {
    name: context.name,
    kind: settings.kind,
    languages: settings.languages,
    timeoutMs: settings.timeout,
    describe: () => `${service.title} at ${base}`,
    render(action, bindings) {
      const query = placed(action, bindings);
      return isFailure(query) ? query : { action, tool: context.name, text: query.shown, bindings };
    },
    classify({ action, bindings }) {
      const query = placed(action, bindings);
      return isFailure(query) ? { effect: 'unknown', because: query.message } : query.effect;
    },
    explain({ action, bindings }) {
      const query = placed(action, bindings);
      return Promise.resolve(
        isFailure(query)
          ? { kind: 'refused', failure: query }
          : { kind: 'cannot-explain', because: `${service.title} cannot be asked about a query without running it.` },
      );
    },
    async check(signal) {
      const asked = await ask(service.check, { timeoutMs: checkingMs, signal });
      return isFailure(asked) ? { ...asked, reason: 'unavailable' } : null;
    },
    async perform({ action, bindings }, options) {
      const query = placed(action, bindings);
      if (isFailure(query)) return { kind: 'failure', failure: query };
      const timeoutMs = Math.min(options.timeoutMs, settings.timeout);
      const asked = await ask(query.request, { timeoutMs, signal: options.signal });
      if (isFailure(asked)) return { kind: 'failure', failure: asked };
      const read =
        query.read(asked.answer, settings.maxRows) ??
        otherAnswer(service, null, asked.answer === null ? 'nothing' : plainWords(JSON.stringify(asked.answer)));
      return isFailure(read) ? { kind: 'failure', failure: read } : { kind: 'result', result: read };
    },
    close: () => Promise.resolve(),
  };
}

interface AnswerBody {
  /** Null where it is no JSON. */
  readonly answer: Json;
  readonly isJson: boolean;
  readonly body: string;
}

function readBody(text: string): AnswerBody {
  const body = text.trim();
  try {
    return { answer: body === '' ? null : parseJson(body), isJson: body !== '', body };
  } catch {
    return { answer: null, isJson: false, body };
  }
}

function otherAnswer({ title }: QueryService, status: number | null, words: string): ActionFailure {
  const at = status === null ? '' : ` (status ${status})`;
  return failure('unavailable', `The server does not answer as ${title} does${at}${words === '' ? '' : `: ${words}`}.`);
}

/** Rows of any objects as a result: columns in the order they come up, cells made safe to show, the cap told. */
export function rowsResult(
  rows: readonly Readonly<Record<string, Json>>[],
  maxRows: number,
  json?: Json,
): ActionResult {
  const kept = rows.slice(0, maxRows);
  const whole = keptJson(json);
  const names = [...new Set(kept.flatMap((row) => Object.keys(row)))];
  const typeOf = (name: string): string => {
    const value = kept.find((row) => row[name] !== null && row[name] !== undefined)?.[name];
    return Array.isArray(value) ? 'array' : typeof value;
  };
  return {
    columns: names.map((name) => ({ name, type: typeOf(name) })),
    rows: kept.map((row) => Object.fromEntries(names.map((name) => [name, safeCell(row[name] ?? null)]))),
    rowCount: rows.length,
    ...(kept.length < rows.length && { rowsCapped: true }),
    ...(whole.json !== undefined && { json: whole.json }),
    notes: [
      ...(kept.length < rows.length
        ? [
            `Only the first ${kept.length.toLocaleString('en-US')} of ${rows.length.toLocaleString('en-US')} rows are kept.`,
          ]
        : []),
      ...(whole.note === undefined ? [] : [whole.note]),
    ],
  };
}

/** A text that holds NUL is no text; every other one without escapes, at any depth. */
export function safeCell(value: Json): Json {
  if (typeof value === 'string')
    return value.includes('\u0000') ? `(binary, ${Buffer.byteLength(value)} bytes)` : withoutEscapes(value);
  if (Array.isArray(value)) return value.map((item: Json) => safeCell(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [withoutEscapes(name), safeCell(item)]));
}

/** Longest JSON that is kept beside the rows. */
const largestJson = 500_000;

function keptJson(json: Json | undefined): { readonly json?: Json; readonly note?: string } {
  if (json === undefined) return {};
  return JSON.stringify(json).length <= largestJson
    ? { json: safeCell(json) }
    : { note: 'The answer is too large to be kept whole; only the rows made from it are.' };
}

export function asObject(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
}

export function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
