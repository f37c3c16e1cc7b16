// Loki over its HTTP API: LogQL over a range of time, lines as rows, and lists of labels and their values. Written after
// Loki's public documentation of `/loki/api/v1`.
import type { Json } from '../../base/index.ts';
import type { ActionResult } from '../../run/index.ts';
import { failure, isFailure } from '../failure.ts';
import { asList, asObject, rowsResult, type QueryService } from '../http/query-service.ts';
import type { Hole } from '../placeholders.ts';
import { placeQuery } from '../prometheus/place-query.ts';
import { readDirectives } from '../prometheus/read-directives.ts';

/** What is asked for when the block says neither `range` nor `from`. */
const defaultRangeSeconds = 3600;

export const lokiService: QueryService = {
  title: 'Loki',
  check: { method: 'GET', path: '/loki/api/v1/labels', body: '' },
  complaint: (answer) =>
    typeof answer === 'string' ? answer : textOf(asObject(answer)['message'] ?? asObject(answer)['error']),
  place(code, holes, now) {
    const placed = placeQuery(code, holes);
    if (isFailure(placed)) return placed;
    const seconds = now / 1000;
    const question = readDirectives(code, holes, seconds);
    if (isFailure(question)) return question;
    const limit = limitOf(code, holes);
    if (limit === null)
      return failure('refused-by-tool', '`# limit:` cannot be read; expected a whole number from 1 to 5000.');
    const query = placed.query.replace(/^[ \t]*#.*$/gm, '').trim();
    const shared = { shown: placed.shown, effect: { effect: 'read', because: 'LogQL only reads' } as const };
    const get = (path: string) => ({ method: 'GET' as const, path: `/loki/api/v1/${path}`, body: '' });
    switch (question.kind) {
      case 'labels':
        return { ...shared, request: get('labels'), read: (answer, most) => list('label', answer, most) };
      case 'values':
        return {
          ...shared,
          request: get(`label/${encodeURIComponent(question.label)}/values`),
          read: (answer, most) => list('value', answer, most),
        };
      case 'instant':
      case 'range': {
        if (query === '') return failure('refused-by-tool', 'The code holds no query.');
        const to = question.kind === 'range' ? question.to : (question.at ?? seconds);
        const from = question.kind === 'range' ? question.from : to - defaultRangeSeconds;
        const form = new URLSearchParams({
          query,
          start: nanoseconds(from),
          end: nanoseconds(to),
          limit: String(limit),
          direction: 'backward',
          ...(question.kind === 'range' && { step: `${question.step}s` }),
        });
        return {
          ...shared,
          request: {
            method: 'POST',
            path: '/loki/api/v1/query_range',
            body: form.toString(),
            contentType: 'application/x-www-form-urlencoded',
          },
          read: readStreams,
        };
      }
      default:
        return failure(
          'refused-by-tool',
          `Loki has no list of ${question.kind}; expected \`labels\` or \`values LABEL\`.`,
        );
    }
  },
};

function limitOf(code: string, holes: readonly Hole[]): number | null {
  const match = /^[ \t]*#[ \t]*limit[ \t]*:[ \t]*(.*?)[ \t]*$/m.exec(code);
  if (!match) return 1000;
  const hole = holes.find(({ start }) => start >= match.index && start < match.index + match[0].length);
  const number = Number(hole ? hole.binding.value : match[1]);
  return Number.isInteger(number) && number >= 1 && number <= 5000 ? number : null;
}

function nanoseconds(seconds: number): string {
  return `${Math.round(seconds * 1000)}000000`;
}

/** Lists of a Loki without any logs have no `data`. */
function list(name: string, answer: Json, maxRows: number): ActionResult | null {
  const { status, data } = asObject(answer);
  if (!Array.isArray(data) && status !== 'success') return null;
  return rowsResult(
    asList(data).map((value) => ({ [name]: value })),
    maxRows,
  );
}

/** Lines as `time`, the labels of their stream, and `line`; samples of a metric query as `time`, labels and `value`. */
function readStreams(answer: Json, maxRows: number): ActionResult | null {
  const data = asObject(asObject(answer)['data']);
  if (!Array.isArray(data['result'])) return null;
  const streams = data['resultType'] === 'streams';
  const rows = asList(data['result']).flatMap((series) => {
    const { stream, metric, values, value } = asObject(series);
    const points = value !== undefined ? [value] : asList(values);
    return points.map((point) => {
      const [time, held] = asList(point);
      const at = streams ? Number(String(time).slice(0, -6)) : Number(time) * 1000;
      const number = Number(held);
      return {
        time: Number.isFinite(at) ? new Date(at).toISOString() : null,
        ...asObject(stream ?? metric),
        ...(streams ? { line: held ?? null } : { value: Number.isFinite(number) ? number : (held ?? null) }),
      };
    });
  });
  return rowsResult(rows, maxRows);
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
