// Elasticsearch (and OpenSearch) over its REST API: a request line and a JSON body as its console takes them, hits, buckets and
// ES|QL as rows. Written after Elastic's public documentation; searching reads, everything else that is sent is a write.
import type { Json } from '../../base/index.ts';
import type { ActionResult, Classification } from '../../run/index.ts';
import { saidOrder } from '../../effect/index.ts';
import { firstOf } from '../cut-text.ts';
import { failure, isFailure } from '../failure.ts';
import { placeRequest } from '../http/place-request.ts';
import { asList, asObject, rowsResult, type QueryService } from '../http/query-service.ts';
import { withoutEscapes } from '../safe-text.ts';

/** Last parts of a path that only read although they are sent with POST. */
const readingPosts =
  /^(_search|_count|_msearch|_field_caps|_explain|_mget|_query|_sql|_terms_enum|_analyze|_rank_eval|_validate\/query|_eql\/search|_search\/template|_msearch\/template|_render\/template)$/;

export const elasticsearchService: QueryService = {
  title: 'Elasticsearch',
  check: { method: 'GET', path: '/', body: '' },
  complaint(answer) {
    const { error } = asObject(answer);
    const { reason, root_cause: causes, type } = asObject(error);
    const [first] = asList(causes);
    const words = asObject(first)['reason'] ?? reason ?? type ?? error;
    return typeof words === 'string' ? words : undefined;
  },
  place(code, holes) {
    const placed = placeRequest(code, holes);
    if (isFailure(placed)) return placed;
    const { method, target, body } = placed.real;
    if (!/^(GET|POST|PUT|DELETE|HEAD)$/.test(method))
      return failure('refused-by-tool', `\`${method}\` is not a method of Elasticsearch.`);
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target) || /(^|\/)\.\.?(\/|$)/.test(target))
      return failure('refused-by-tool', `\`${target}\` is not a path; expected one such as \`logs/_search\`.`);
    if (placed.real.headers.length > 0)
      return failure('refused-by-tool', 'Headers stand in the settings of the tool, not in a block.');
    const path = target.startsWith('/') ? target : `/${target}`;
    const cat = /^\/_cat(\/|$)/.test(path) && !/[?&]format=/.test(path);
    return {
      shown: `${placed.shown.method} ${placed.shown.target}${placed.shown.body === '' ? '' : `\n${placed.shown.body}`}`,
      effect: classify(method, path),
      request: {
        method: method as 'GET',
        path: cat ? `${path}${path.includes('?') ? '&' : '?'}format=json` : path,
        body,
        ...(body !== '' && { contentType: /_msearch|_bulk/.test(path) ? 'application/x-ndjson' : 'application/json' }),
      },
      read: (answer, maxRows) => (isSearch(path) && !isFound(answer) ? null : readAnswer(answer, maxRows)),
    };
  },
};

function classify(method: string, path: string): Classification {
  if (method === 'GET' || method === 'HEAD') {
    // `GET /logs/_flush` is an order, too.
    const order = saidOrder(path);
    return order === null
      ? { effect: 'read', because: `\`${method}\` reads` }
      : { effect: 'unknown', because: `\`${order}\` in its path may ask for a change` };
  }
  const words = decodeURIComponent(path.split('?')[0] ?? '')
    .split('/')
    .filter(Boolean);
  const from = words.findIndex((word) => word.startsWith('_'));
  const api = from < 0 ? '' : words.slice(from).join('/');
  return method === 'POST' && readingPosts.test(api)
    ? { effect: 'read', because: `\`${api}\` only searches` }
    : { effect: 'write', because: `\`${method}\` on \`/${words.join('/')}\` may change the cluster` };
}

/** A search whose answer is not cut down by a filter of its own. */
function isSearch(path: string): boolean {
  return /\/_search(?:\?|$)/.test(path) && !path.includes('filter_path');
}

function isFound(answer: Json): boolean {
  const { hits, aggregations, took } = asObject(answer);
  return hits !== undefined || aggregations !== undefined || took !== undefined;
}

/** What an answer says it lacks, although its status is that of a success. */
function partlyOf(answer: Json): readonly string[] {
  const { timed_out: timedOut, _shards: shards } = asObject(answer);
  const { total, failed, failures } = asObject(shards);
  const notes = timedOut === true ? ['The search ran out of time: not everything was looked at.'] : [];
  if (typeof failed !== 'number' || failed === 0) return notes;
  const why = asObject(asObject(asList(failures)[0])['reason'])['reason'];
  const because = typeof why === 'string' ? `: ${withoutEscapes(firstOf(why, 300))}` : '';
  return [
    ...notes,
    `${failed} of ${Number(total ?? failed)} shards failed, so not everything was looked at${because}.`,
  ];
}

function readAnswer(answer: Json, maxRows: number): ActionResult {
  const result = readRows(answer, maxRows);
  return { ...result, notes: [...partlyOf(answer), ...result.notes] };
}

function readRows(answer: Json, maxRows: number): ActionResult {
  const { hits, aggregations, columns, values, rows, count } = asObject(answer);
  const table = (lines: readonly Readonly<Record<string, Json>>[]): ActionResult => rowsResult(lines, maxRows, answer);
  if (Array.isArray(answer)) return table(answer.map((row) => asObject(row)));
  if (Array.isArray(columns) && (Array.isArray(values) || Array.isArray(rows))) {
    const names = columns.map((column) => String(asObject(column)['name'] ?? ''));
    const lines = asList(values ?? rows).map(asList);
    return table(lines.map((line) => Object.fromEntries(line.map((cell, i) => [names[i] ?? '', cell]))));
  }
  const buckets = bucketsOf(asObject(aggregations));
  if (buckets) return table(buckets);
  if (hits !== undefined) {
    const found = asList(asObject(hits)['hits']).map((hit) => {
      const { _index, _id, _score, _source, fields } = asObject(hit);
      return {
        _index: _index ?? null,
        _id: _id ?? null,
        ...(typeof _score === 'number' && { _score }),
        ...flat(asObject(_source ?? fields)),
      };
    });
    const total = asObject(hits)['total'];
    const all = typeof total === 'number' ? total : asObject(total)['value'];
    const more = typeof all === 'number' && all > found.length;
    return { ...table(found), ...(more && { rowCount: all, rowsCapped: true }) };
  }
  return table(typeof count === 'number' ? [{ count }] : answer === null ? [] : [flat(asObject(answer))]);
}

/** The buckets of the only aggregation, each with its key, its count and the values inside it. */
function bucketsOf(aggregations: Readonly<Record<string, Json>>): Readonly<Record<string, Json>>[] | null {
  const [only, ...others] = Object.entries(aggregations);
  if (!only || others.length > 0) return null;
  const { buckets } = asObject(only[1]);
  if (buckets === undefined) return null;
  const listed = Array.isArray(buckets)
    ? asList(buckets).map(asObject)
    : Object.entries(asObject(buckets)).map(([key, bucket]) => ({ key, ...asObject(bucket) }));
  return listed.map((bucket) =>
    Object.fromEntries(
      Object.entries(bucket).map(([name, value]) => {
        const inner = asObject(value);
        return [name === 'key' ? only[0] : name, 'value' in inner ? (inner['value'] ?? null) : value];
      }),
    ),
  );
}

/** Fields of objects inside, as `service.name`, two deep. */
function flat(source: Readonly<Record<string, Json>>, prefix = '', depth = 0): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) =>
      depth < 2 && typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(flat(asObject(value), `${prefix}${name}.`, depth + 1))
        : [[`${prefix}${name}`, value] as const],
    ),
  );
}
