// Puts an issue of the schema library into our words: what was found at a place, what was expected there.
import type { core } from 'zod/mini';

/** A fault of a file before its place is known. */
export interface Fault {
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

export function describeIssue(issue: core.$ZodIssue, root: unknown): Fault {
  const name = fieldName(issue.path);
  const value = valueAt(root, issue.path);
  const tell = (expected: string): Fault => ({
    message:
      value === undefined
        ? `${name} is missing; expected ${expected}.`
        : `${name} is ${showValue(value)}; expected ${expected}.`,
    path: issue.path,
  });
  switch (issue.code) {
    case 'invalid_type':
      return tell(typeNames[issue.expected] ?? issue.expected);
    case 'invalid_value':
      return tell(issue.values.map((one) => `\`${String(one)}\``).join(issue.values.length === 2 ? ' or ' : ', '));
    case 'too_small':
      return tell(`at least ${String(issue.minimum)}`);
    case 'too_big':
      return tell(`at most ${String(issue.maximum)}`);
    case 'invalid_union':
      return tell(
        issue.path.at(-1) === 'guard'
          ? 'a guard: `cel` with a text, or `else` with `true`'
          : 'a text, a number, `true` or `false`',
      );
    default:
      return { message: `${name}: ${issue.message}.`, path: issue.path };
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'an object',
};

function fieldName(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  if (typeof last === 'number') return `Item ${last + 1} of \`${String(path.at(-2) ?? 'the file')}\``;
  return `\`${String(last)}\``;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}

/** A value of the file in a sentence. */
export function showValue(value: unknown): string {
  if (value === null) return '`null`';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  const kind = typeof value === 'string' ? 'the text ' : typeof value === 'number' ? 'the number ' : '';
  return `${kind}\`${text.length > 40 ? `${text.slice(0, 37)}…` : text}\``;
}
