// Reads an HTTP request as guides write it (request line, headers, blank line, body) and puts values into it, each
// encoded for the place where it stands, so that a value can never become another path, header or field.
import type { ActionFailure } from '../../run/index.ts';
import { failure, isFailure } from '../failure.ts';
import type { Hole } from '../placeholders.ts';

export interface PlacedRequest {
  readonly method: string;
  /** `/path?query`, or a whole address. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface PlacedRequestTexts {
  readonly real: PlacedRequest;
  /** The same with secret values as `***`. */
  readonly shown: PlacedRequest;
}

/** The request with values in place, or why a value cannot be placed. */
export function placeRequest(code: string, holes: readonly Hole[]): PlacedRequestTexts | ActionFailure {
  const real = place(code, holes, (hole) => String(hole.binding.value));
  if (isFailure(real)) return real;
  const shown = place(code, holes, (hole) => (hole.binding.secret ? '***' : String(hole.binding.value)));
  return isFailure(shown) ? shown : { real, shown };
}

type ValueOf = (hole: Hole) => string;
type Encode = (value: string, hole: Hole, before: string) => string | ActionFailure;

function place(code: string, holes: readonly Hole[], valueOf: ValueOf): PlacedRequest | ActionFailure {
  const lines = linesOf(code);
  let index = 0;
  while (index < lines.length && /^\s*(#.*)?$/.test(lines[index]?.text ?? '')) index++;
  const first = lines[index];
  if (!first) return failure('refused-by-tool', 'The code holds no request; expected a line such as `GET /status`.');
  const match = /^(\s*)(?:([A-Za-z]+)\s+)?(\S.*?)(\s+HTTP\/[\d.]+)?\s*$/.exec(first.text);
  const targetText = match?.[3] ?? '';
  const prefix =
    (match?.[1] ?? '').length +
    (match?.[2] === undefined ? 0 : first.text.indexOf(targetText, (match[1] ?? '').length + match[2].length));
  const method = (match?.[2] ?? 'GET').toUpperCase();
  if (
    !match ||
    !/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) ||
    (match[2] === undefined && !/^(\/|https?:\/\/)/i.test(targetText))
  )
    return failure(
      'refused-by-tool',
      `\`${first.text.trim()}\` is not a request; expected a line such as \`GET /status\`.`,
      {
        at: { start: first.start, end: first.start + first.text.length },
      },
    );
  const targetStart = first.start + (match[2] === undefined ? (match[1] ?? '').length : prefix);
  const target = fill(code, targetStart, targetStart + targetText.length, holes, valueOf, encodeForTarget);
  if (isFailure(target)) return target;
  const early = holes.find((hole) => hole.start >= first.start && hole.start < targetStart);
  if (early) return refuse(early, 'in the method');

  const headers: (readonly [string, string])[] = [];
  for (index++; index < lines.length; index++) {
    const line = lines[index];
    if (!line || line.text.trim() === '') break;
    // A JSON body may follow at once, as in Elasticsearch's console.
    if (/^\s*[{[]/.test(line.text)) {
      index--;
      break;
    }
    const colon = line.text.indexOf(':');
    const name = line.text.slice(0, Math.max(0, colon)).trim();
    const inName = holes.find((hole) => hole.start >= line.start && hole.start < line.start + Math.max(colon, 0));
    if (inName) return refuse(inName, "in a header's name");
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name))
      return failure('refused-by-tool', `\`${line.text.trim()}\` is not a header; expected \`Name: value\`.`, {
        at: { start: line.start, end: line.start + line.text.length },
      });
    const value = fill(code, line.start + colon + 1, line.start + line.text.length, holes, valueOf, encodeForHeader);
    if (isFailure(value)) return value;
    headers.push([name, value.trim()]);
  }
  const bodyStart = lines[index + 1]?.start ?? code.length;
  const type = headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? '';
  const body = fill(
    code,
    bodyStart,
    code.length,
    holes,
    valueOf,
    encoderForBody(type, code.slice(bodyStart, holes.find(({ start }) => start >= bodyStart)?.start)),
  );
  return isFailure(body) ? body : { method, target, headers, body: body.replace(/\s+$/, '') };
}

function fill(
  code: string,
  start: number,
  end: number,
  holes: readonly Hole[],
  valueOf: ValueOf,
  encode: Encode,
): string | ActionFailure {
  let text = '';
  let from = start;
  for (const hole of holes) {
    if (hole.start < start || hole.end > end) continue;
    text += code.slice(from, hole.start);
    const encoded = encode(valueOf(hole), hole, code.slice(start, hole.start));
    if (isFailure(encoded)) return encoded;
    text += encoded;
    from = hole.end;
  }
  return text + code.slice(from, end);
}

const encodeForTarget: Encode = (value, hole, before) => {
  if (before === '' || /^https?:\/\/[^/?#]*$/i.test(before)) return refuse(hole, "in the service's address");
  if (value === '.' || value === '..') return refuse(hole, 'in the path, with a value that would leave it');
  return wellFormed(value) ? encodeURIComponent(value) : refuse(hole, 'in the path, with a broken character');
};

const encodeForHeader: Encode = (value, hole) =>
  /^[\t\x20-\x7E\x80-\xFF]*$/.test(value)
    ? value
    : refuse(hole, 'in a header, with a character that no header may hold');

function encoderForBody(type: string, body: string): Encode {
  if (/json/i.test(type) || (type === '' && /^\s*[{[]/.test(body)))
    return (value, hole, before) => {
      const inString = isInsideJsonString(before);
      if (inString) return JSON.stringify(value).slice(1, -1);
      return typeof hole.binding.value === 'string' || hole.binding.secret ? JSON.stringify(value) : value;
    };
  if (/x-www-form-urlencoded/i.test(type))
    return (value, hole) => (wellFormed(value) ? encodeURIComponent(value) : refuse(hole, 'in a form'));
  if (/xml|html/i.test(type))
    return (value) => value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  if (/^text\/plain/i.test(type)) return (value) => value;
  return (_, hole) => refuse(hole, 'in a body whose type is not known (add a `Content-Type` header)');
}

/** Counts quotes; a placeholder before this one cannot open or close one, because it was encoded. */
function isInsideJsonString(before: string): boolean {
  let inside = false;
  for (let i = 0; i < before.length; i++) {
    if (inside && before[i] === '\\') i++;
    else if (before[i] === '"') inside = !inside;
  }
  return inside;
}

function wellFormed(value: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value);
}

function refuse(hole: Hole, where: string): ActionFailure {
  return failure(
    'invalid-parameter',
    `\`${hole.binding.name}\` stands ${where}, where a value cannot be placed safely.`,
    {
      at: { start: hole.start, end: hole.end },
    },
  );
}

function linesOf(code: string): readonly { readonly text: string; readonly start: number }[] {
  const lines: { text: string; start: number }[] = [];
  let start = 0;
  for (const text of code.split('\n')) {
    lines.push({ text: text.replace(/\r$/, ''), start });
    start += text.length + 1;
  }
  return lines;
}
