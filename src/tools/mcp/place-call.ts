// Reads a call of an MCP tool as guides write it: the tool's name on the first line, its arguments below as YAML or JSON.
// Values are put into the arguments after they are read, so that a value can never become another argument.
import { parseDocument } from 'yaml';
import type { Json } from '../../base/index.ts';
import type { ActionFailure } from '../../run/index.ts';
import { failure } from '../failure.ts';
import type { Hole } from '../placeholders.ts';

export interface PlacedCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, Json>>;
  /** For people: the name and the arguments as JSON, secrets as `***`. */
  readonly shown: string;
}

/** The call in `code`, or why it cannot be read. */
export function placeCall(code: string, holes: readonly Hole[]): PlacedCall | ActionFailure {
  let mark = 'tsgvalue';
  while (code.includes(mark)) mark += 'x';
  let text = '';
  let from = 0;
  for (const [index, hole] of holes.entries()) {
    text += `${code.slice(from, hole.start)}${mark}${index}x`;
    from = hole.end;
  }
  text += code.slice(from);
  const [, head = '', body = ''] = /^\s*(?:#[^\n]*\n\s*)*([^\n]*)\n?([^]*)$/.exec(text) ?? [];
  const tool = head.trim();
  if (!/^[\w.\-/]{1,128}$/.test(tool) || tool.includes(mark))
    return failure(
      'refused-by-tool',
      `\`${head.trim()}\` is not the name of a tool; expected it alone on the first line.`,
      {
        at: { start: 0, end: Math.min(code.length, Math.max(1, code.indexOf('\n'))) },
      },
    );
  const document = parseDocument(body, { uniqueKeys: true });
  const [error] = document.errors;
  if (error)
    return failure('refused-by-tool', `The arguments cannot be read as YAML: ${error.message.split('\n')[0] ?? ''}`);
  const read = document.toJS({ maxAliasCount: 20 }) as unknown;
  if (read !== null && read !== undefined && (typeof read !== 'object' || Array.isArray(read)))
    return failure('refused-by-tool', 'The arguments are no map; expected lines such as `service: checkout`.');
  const pattern = new RegExp(`${mark}(\\d+)x`, 'g');
  const fill = (value: unknown, valueOf: (hole: Hole) => Json): Json => {
    if (typeof value === 'string') {
      const whole = new RegExp(`^${mark}(\\d+)x$`).exec(value);
      const hole = whole && holes[Number(whole[1])];
      if (hole) return valueOf(hole);
      return value.replace(pattern, (_, index: string) => {
        const inner = holes[Number(index)];
        return inner ? String(valueOf(inner)) : '';
      });
    }
    if (Array.isArray(value)) return value.map((item) => fill(item, valueOf));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, valueOf)]));
    return typeof value === 'bigint' ? Number(value) : ((value ?? null) as Json);
  };
  const named = JSON.stringify(keysOf(read)).match(pattern);
  if (named)
    return failure('invalid-parameter', 'A value stands in the name of an argument, where none can be placed.');
  const args = fill(read ?? {}, ({ binding }) => binding.value) as Record<string, Json>;
  const shown = fill(read ?? {}, ({ binding }) => (binding.secret ? '***' : binding.value));
  return { tool, args, shown: `${tool}\n${JSON.stringify(shown, null, 2)}` };
}

/** Every key in the arguments, at any depth. */
function keysOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...keysOf(inner)]);
}
