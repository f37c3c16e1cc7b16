// Turns an HTTP answer into a result: status and text always, JSON when it is some, rows when it is a list of objects.
import type { Json } from '../../base/index.ts';
import type { ActionResult } from '../../run/index.ts';
import { describeSize } from '../amounts.ts';
import { parseJson } from '../parse-json.ts';
import { retryAfterMs } from './retry-after.ts';
import type { HttpAnswer } from './send-request.ts';

/** Rows kept of a list. */
const mostRows = 10_000;

/** The result of an answer; `before` are notes about how it was come by. */
export function readAnswer(answer: HttpAnswer, before: readonly string[]): ActionResult {
  const type = answer.headers['content-type'] ?? '';
  const { text: read, notes } = answer.body.toText('answer', /;\s*charset="?([\w.:-]+)/i.exec(type)?.[1]);
  const text = answer.cut ? `${read.replace(/\uFFFD$/, '')}\n…` : read;
  const all = [...before, ...notes];
  if (answer.cut)
    all.push(`The answer is larger than ${describeSize(answer.body.total)}; only its beginning was read.`);
  const asked = retryAfterMs(answer.status, answer.headers, Date.now());
  const json = answer.cut ? undefined : jsonOf(text, type);
  return {
    status: answer.status,
    text,
    ...(json !== undefined && { json, ...tableOf(json) }),
    ...(asked !== undefined && { retryAfterMs: asked }),
    notes: all,
  };
}

/** The columns and rows of a list of objects; nothing for other JSON. */
export function tableOf(
  json: Json,
  most = mostRows,
): Pick<ActionResult, 'columns' | 'rows' | 'rowCount' | 'rowsCapped'> {
  const rows = rowsOf(json);
  return rows === undefined
    ? {}
    : {
        columns: columnsOf(rows),
        rows: rows.slice(0, most),
        rowCount: rows.length,
        ...(rows.length > most && { rowsCapped: true }),
      };
}

function jsonOf(text: string, type: string): Json | undefined {
  if (!/json/i.test(type) && !/^\s*[{[]/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

type JsonRow = Readonly<Record<string, Json>>;

function rowsOf(json: Json): readonly JsonRow[] | undefined {
  if (!Array.isArray(json) || json.length === 0) return undefined;
  const isRow = (item: Json): item is JsonRow => typeof item === 'object' && item !== null && !Array.isArray(item);
  return json.every(isRow) ? json : undefined;
}

function columnsOf(rows: readonly JsonRow[]): { name: string; type: string }[] {
  const types = new Map<string, string>();
  for (const row of rows.slice(0, 1000))
    for (const [name, value] of Object.entries(row)) {
      const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
      const known = types.get(name);
      if (known === undefined || known === 'null') types.set(name, type);
      else if (type !== 'null' && known !== type) types.set(name, 'any');
    }
  return [...types].map(([name, type]) => ({ name, type }));
}
