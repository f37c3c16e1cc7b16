// The `prometheus` tool: PromQL over the server's HTTP API, at one time or over a range, and lists of alerts, rules, labels,
// series and targets. Everything it can ask only reads: the API's writing half is never called.
import type { Json } from '../../base/index.ts';
import type { Action } from '../../plan/index.ts';
import type { ActionFailure, Binding, PerformOptions, Tool } from '../../run/index.ts';
import { describeSize } from '../amounts.ts';
import { cancelledFailure, failure, isFailure } from '../failure.ts';
import { sentHeaders } from '../http/login.ts';
import { plainWords, statusFailure } from '../http/refused-answer.ts';
import { outcomeFailure, sendRequest } from '../http/send-request.ts';
import { holesOf } from '../placeholders.ts';
import { withoutEscapes } from '../safe-text.ts';
import type { ToolContext } from '../tool-kind.ts';
import { placeQuery, type PlacedQuery } from './place-query.ts';
import { readDirectives, type Question } from './read-directives.ts';
import { readNames } from './read-names.ts';
import { readResult } from './read-result.ts';
import type { PrometheusSettings } from './settings.ts';

/** How long an explain or a check may take. */
const askingMs = 10_000;

/** Metrics and labels of which a list is asked. */
const mostNames = 20_000;

type Answered =
  | { readonly kind: 'data'; readonly data: Json; readonly warnings: readonly string[] }
  /** The server knows no such address. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'failure'; readonly failure: ActionFailure };

export function openPrometheusTool(settings: PrometheusSettings, context: ToolContext): Tool {
  const base = settings.baseUrl.replace(/\/+$/, '');
  const placed = (action: Action, bindings: readonly Binding[]): Asked | ActionFailure => {
    const holes = holesOf(action, bindings);
    if (isFailure(holes)) return holes;
    const query = placeQuery(action.code, holes);
    if (isFailure(query)) return query;
    const question = readDirectives(action.code, holes, Date.now() / 1000);
    if (isFailure(question)) return question;
    const empty = query.query.replace(/#.*$/gm, '').trim() === '';
    if (empty && ['instant', 'range', 'series'].includes(question.kind))
      return failure('refused-by-tool', 'The code holds no query.');
    return { query, question };
  };
  const ask = async (
    path: string,
    form: readonly (readonly [string, string])[],
    { timeoutMs, signal }: PerformOptions,
    locate: PlacedQuery['locate'] | null,
    query = '',
  ): Promise<Answered> => {
    const failed = (problem: ActionFailure): Answered => ({ kind: 'failure', failure: problem });
    if (signal.aborted) return failed(cancelledFailure('The query'));
    const headers = await sentHeaders(settings, context.secrets);
    if (isFailure(headers)) return failed(headers);
    const post = form.length > 0;
    if (post) headers.push(['content-type', 'application/x-www-form-urlencoded']);
    const outcome = await sendRequest(
      {
        method: post ? 'POST' : 'GET',
        url: new URL(`${base}/api/v1/${path}`),
        headers,
        body: new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString(),
        maxBody: settings.maxBody,
      },
      { timeoutMs, signal },
    );
    if (outcome.kind !== 'answer') return failed(outcomeFailure(outcome, 'The query', timeoutMs));
    if (outcome.cut)
      return failed(
        failure(
          'refused-by-tool',
          `The answer is larger than ${describeSize(settings.maxBody)}; ask for fewer series (\`sum by\`, \`topk\`) or a longer step.`,
        ),
      );
    const body = outcome.body.toWhole();
    const { status, headers: answered } = outcome;
    const answer = readEnvelope(status, body, locate, query);
    if (answer !== null) return answer;
    const words = plainWords(body);
    const fault = statusFailure({
      title: 'Prometheus',
      tool: context.name,
      login: settings,
      status,
      headers: answered,
      words,
    });
    const said = words === '' ? '' : `: ${words}`;
    return failed(
      fault ?? failure('unavailable', `The server does not answer as Prometheus does (status ${status})${said}.`),
    );
  };

  return {
    name: context.name,
    kind: 'prometheus',
    languages: settings.languages,
    timeoutMs: settings.timeout,
    describe: () => `Prometheus at ${base}`,
    render(action, bindings) {
      const asked = placed(action, bindings);
      return isFailure(asked) ? asked : { action, tool: context.name, text: asked.query.shown, bindings };
    },
    classify({ action, bindings }) {
      const asked = placed(action, bindings);
      return isFailure(asked)
        ? { effect: 'unknown', because: asked.message }
        : { effect: 'read', because: 'PromQL only reads' };
    },
    async explain({ action, bindings }, signal) {
      const asked = placed(action, bindings);
      if (isFailure(asked)) return { kind: 'refused', failure: asked };
      const { query, question } = asked;
      if (!['instant', 'range', 'series'].includes(question.kind)) return { kind: 'accepted', notes: [] };
      for (const path of ['format_query', 'parse_query']) {
        const answered = await ask(
          path,
          [['query', query.query]],
          { timeoutMs: askingMs, signal },
          query.locate,
          query.query,
        );
        if (answered.kind === 'data') return { kind: 'accepted', notes: [] };
        if (answered.kind === 'failure')
          return answered.failure.reason === 'refused-by-tool'
            ? { kind: 'refused', failure: answered.failure }
            : { kind: 'cannot-explain', because: answered.failure.message };
      }
      return { kind: 'cannot-explain', because: 'This Prometheus cannot check a query without running it.' };
    },
    async check(signal) {
      const answered = await ask('query', [['query', '1']], { timeoutMs: askingMs, signal }, null);
      return answered.kind === 'data' ? null : answered.kind === 'absent' ? noPrometheus(base) : answered.failure;
    },
    async schema(signal) {
      const list = (path: string): Promise<Answered> => ask(path, [], { timeoutMs: askingMs, signal }, null);
      const names = await list(`label/__name__/values?limit=${mostNames}`);
      if (names.kind !== 'data') return names.kind === 'absent' ? noPrometheus(base) : names.failure;
      // What else there is to know adds to the names; a server that does not tell it still has those.
      const labels = await list(`labels?limit=${mostNames}`);
      const about = await list(`metadata?limit=${mostNames}&limit_per_metric=1`);
      return readNames(names.data, dataOf(labels), dataOf(about));
    },
    async perform({ action, bindings }, options) {
      const asked = placed(action, bindings);
      if (isFailure(asked)) return { kind: 'failure', failure: asked };
      const { query, question } = asked;
      const timeoutMs = Math.min(options.timeoutMs, settings.timeout);
      const { path, form } = requestOf(question, query.query, timeoutMs);
      const answered = await ask(path, form, { timeoutMs, signal: options.signal }, query.locate, query.query);
      switch (answered.kind) {
        case 'absent':
          return { kind: 'failure', failure: noPrometheus(base) };
        case 'failure':
          return { kind: 'failure', failure: answered.failure };
        case 'data':
          return { kind: 'result', result: readResult(question, answered.data, settings.maxRows, answered.warnings) };
      }
    },
    close: () => Promise.resolve(),
  };
}

interface Asked {
  readonly query: PlacedQuery;
  readonly question: Question;
}

function requestOf(question: Question, query: string, timeoutMs: number) {
  const limit = ['timeout', `${Math.ceil(timeoutMs)}ms`] as const;
  switch (question.kind) {
    case 'instant':
      return {
        path: 'query',
        form: [
          ['query', query],
          limit,
          ...(question.at === null ? [] : [['time', String(question.at)] as const]),
        ] as const,
      };
    case 'range':
      return {
        path: 'query_range',
        form: [
          ['query', query],
          ['start', String(question.from)],
          ['end', String(question.to)],
          ['step', String(question.step)],
          limit,
        ] as const,
      };
    case 'series':
      return { path: 'series', form: [['match[]', query.replace(/#.*$/gm, '').trim()]] as const };
    case 'values':
      return { path: `label/${question.label}/values`, form: [] };
    case 'alerts':
    case 'rules':
    case 'labels':
    case 'targets':
      return { path: question.kind, form: [] };
  }
}

function dataOf(answered: Answered): Json {
  return answered.kind === 'data' ? answered.data : null;
}

/** Every answer of the API has the same form; null for anything else, which comes from something that is no Prometheus. */
function readEnvelope(
  status: number,
  body: string,
  locate: PlacedQuery['locate'] | null,
  query: string,
): Answered | null {
  let parsed: { status?: string; data?: Json; error?: string; errorType?: string; warnings?: readonly string[] } = {};
  try {
    parsed = JSON.parse(body) as typeof parsed;
  } catch {
    if (status === 404 || status === 405) return { kind: 'absent' };
  }
  const failed = (problem: ActionFailure): Answered => ({ kind: 'failure', failure: problem });
  if (status === 401 || status === 403) return null;
  if (parsed.status === 'success' && parsed.data !== undefined)
    return { kind: 'data', data: parsed.data, warnings: parsed.warnings ?? [] };
  if (parsed.status === 'error') {
    const message = withoutEscapes(parsed.error ?? 'The server gave no reason.');
    if (parsed.errorType === 'timeout' || parsed.errorType === 'canceled')
      return failed(failure('timeout', `The server stopped the query: ${message}.`, { transient: true }));
    const at = locate && placeIn(message, query);
    return failed(
      failure('refused-by-tool', message, {
        ...(at !== null && locate && { at: locate(at) }),
        transient: status === 429 || parsed.errorType === 'unavailable' || parsed.errorType === 'internal',
      }),
    );
  }
  if (status === 404 || status === 405) return { kind: 'absent' };
  return null;
}

/** `1:15: parse error: …`: a line and a column, counted in bytes. */
function placeIn(message: string, query: string): number | null {
  const match = /(?:^|[: ])(\d+):(\d+): parse error/.exec(message);
  if (!match) return null;
  const lines = query.split('\n');
  const line = Number(match[1]) - 1;
  const before = lines.slice(0, line).reduce((length, text) => length + text.length + 1, 0);
  const column = Buffer.from(lines[line] ?? '', 'utf8')
    .subarray(0, Math.max(0, Number(match[2]) - 1))
    .toString('utf8').length;
  return Math.min(before + column, Math.max(0, query.length - 1));
}

function noPrometheus(base: string): ActionFailure {
  return failure(
    'unavailable',
    `${base} has no Prometheus API; expected the address of a server, without \`/api/v1\`.`,
  );
}
