// Reads parameter values as their types: text from a command line or an editor becomes a number, a yes or no, a
// point in time. What does not fit is told in a sentence and is no value.
import { RE2JS } from '@bufbuild/re2';
import type { Parameter } from '../plan/index.ts';
import type { ParameterValue } from './ports.ts';

export interface ParameterProblem {
  readonly name: string;
  readonly message: string;
}

export interface ReadParameters {
  readonly values: Readonly<Record<string, ParameterValue>>;
  readonly problems: readonly ParameterProblem[];
}

/**
 * Values given, and defaults where none is. Names that the guide does not declare are kept as they are.
 * Secret parameters are not among the values: they are read one by one with `readParameter`.
 */
export function readParameters(
  parameters: readonly Parameter[],
  given: Readonly<Record<string, ParameterValue>>,
): ReadParameters {
  const values: Record<string, ParameterValue> = { ...given };
  const problems: ParameterProblem[] = [];
  for (const parameter of parameters) {
    Reflect.deleteProperty(values, parameter.name);
    if (parameter.secret) continue;
    const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : parameter.default;
    if (value === undefined) continue;
    const read = readParameter(parameter, value);
    if (read.problem === undefined) values[parameter.name] = read.value;
    else problems.push({ name: parameter.name, message: read.problem });
  }
  return { values, problems };
}

export type ReadParameter =
  | { readonly value: ParameterValue; readonly problem?: undefined }
  | { readonly problem: string; readonly value?: undefined };

/** One value as its parameter's type. The message never holds the value of a secret. */
export function readParameter(parameter: Parameter, given: ParameterValue): ReadParameter {
  const value = asType(parameter, given);
  const shown = parameter.secret ? 'The value given' : `\`${String(given)}\``;
  if (value === undefined) return { problem: `${shown} is not ${expected(parameter)} for \`${parameter.name}\`.` };
  if (parameter.pattern !== undefined && !matches(parameter.pattern, String(value))) {
    return { problem: `${shown} does not match the pattern \`${parameter.pattern}\` of \`${parameter.name}\`.` };
  }
  return { value };
}

function asType(parameter: Parameter, given: ParameterValue): ParameterValue | undefined {
  const text = String(given).trim();
  switch (parameter.type) {
    case 'string':
      return String(given);
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
    case 'integer':
      return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
    case 'boolean':
      return /^(true|yes)$/i.test(text) ? true : /^(false|no)$/i.test(text) ? false : undefined;
    case 'timestamp':
      return timestamp.test(text) && !Number.isNaN(Date.parse(text.replace(' ', 'T')))
        ? String(given).trim()
        : undefined;
    case 'duration':
      return /^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/i.test(text) || isoDuration.test(text) ? text : undefined;
  }
}

const timestamp = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?$/;
const isoDuration = /^P(?=.)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)$/;

function expected(parameter: Parameter): string {
  switch (parameter.type) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'integer':
      return 'a whole number';
    case 'boolean':
      return '`true` or `false`';
    case 'timestamp':
      return 'a point in time like `2024-05-31T14:00:00Z`';
    case 'duration':
      return 'a duration like `30m` or `PT30M`';
  }
}

/**
 * In time linear in the value, whatever the pattern: a guide is text from anywhere.
 * A pattern that cannot be read refuses nothing: `check` reports it, and the tool still binds the value safely.
 */
function matches(pattern: string, value: string): boolean {
  try {
    return RE2JS.matches(pattern, value);
  } catch {
    return true;
  }
}
