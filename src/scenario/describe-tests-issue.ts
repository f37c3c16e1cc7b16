// Turns what the schema says about a tests file into words a person can act on: what is there, what is expected, what was
// probably meant.
import type { z } from 'zod';
import { nearName, typeWords } from '../base/index.ts';
import { testsFileSchema } from './scenario.ts';

type Issue = z.core.$ZodIssue;

export interface IssueWords {
  /** The key inside the value that is meant. */
  readonly key?: string;
  /** What follows the value's name in a sentence. */
  readonly message: string;
}

/** What one issue says of the value, once for each key that is not known. */
export function describeTestsIssue(issue: Issue, value: unknown): readonly IssueWords[] {
  const shown = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const is = value === undefined ? 'is missing' : shown ? `is \`${String(value)}\`` : 'is another kind of value';
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(testsFileSchema as unknown as Schema, issue.path);
      return issue.keys.map((key) => ({
        key,
        message: `: \`${key}\` is not known here; expected ${listed(known)}.${meant(key, known)}`,
      }));
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      return [{ message: ` ${is}; expected ${listed(values)}.${meant(String(value), values)}` }];
    }
    case 'invalid_type':
      return [{ message: ` ${is}; expected ${typeWords[issue.expected] ?? issue.expected}.` }];
    case 'invalid_union':
      return [
        {
          message: ` ${is}; expected ${unionWords[String(issue.path.at(-1))] ?? unionWords[String(issue.path.at(-2))] ?? 'something else'}.`,
        },
      ];
    case 'too_small':
      return [{ message: ` is empty, or too small; expected ${issue.minimum} or more.` }];
    default:
      return [{ message: `: ${issue.message.replace(/\.$/, '')}.` }];
  }
}

/** What is wrong inside of a value that may be of several forms, where it has one of them; else the issue itself. */
export function innerIssues(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const inner = issue.errors.find((issues) => issues.length > 0 && issues.every((one) => isInside(one)));
  return inner ? inner.flatMap((one) => innerIssues({ ...one, path: [...issue.path, ...one.path] })) : [issue];
}

const isInside = (issue: Issue): boolean => issue.path.length > 0 || issue.code === 'unrecognized_keys';

/** By the name of the value, or of the map that it is in. */
const unionWords: Readonly<Record<string, string>> = {
  parameters: 'a text, a number, or `true` or `false`',
  answers: 'an answer such as `{ rows: […] }` or `{ text: … }`, or a list of them',
  approve: '`all`, `none` or a list of actions',
  contains: 'a text or a list of texts',
  excludes: 'a text or a list of texts',
  decisions: 'the name of a step or an edge, a list of edges, or `{ each: […] }` with one for each time',
};

/** The part of zod's definitions that tells which keys there are. */
interface Definition {
  readonly innerType?: Schema;
  readonly valueType?: Schema;
  readonly element?: Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly options?: readonly Schema[];
}

interface Schema {
  readonly _zod: { readonly def: Definition };
}

/** The keys that the schema knows of a map at this path. */
function keysAt(schema: Schema | undefined, path: readonly PropertyKey[]): readonly string[] {
  if (!schema) return [];
  const { innerType, options, shape, valueType, element } = schema._zod.def;
  const [first, ...rest] = path;
  if (innerType) return keysAt(innerType, path);
  if (options)
    // The one map, or the list of such, among what a value may be.
    return keysAt(
      options.find(({ _zod }) => (typeof first === 'number' ? _zod.def.element : _zod.def.shape)),
      path,
    );
  if (first === undefined) return Object.keys(shape ?? {}).filter((key) => key !== '$schema');
  return keysAt(shape ? shape[String(first)] : (valueType ?? element), rest);
}

/** Words that people have for what an answer holds. */
const otherWords: Readonly<Record<string, RegExp>> = {
  text: /^(stdout|out|output|body|result)$/i,
  errorText: /^(stderr|err|error)$/i,
  exitCode: /^(exit|code|exit_code|rc|return_?code)$/i,
  status: /^(http_?status|status_?code)$/i,
  rows: /^(row|table|data)$/i,
  answers: /^(answer|actions|mocks?|outputs?|results?)$/i,
  expect: /^(expected|expects|assert)$/i,
  decisions: /^(decide|decision|choices)$/i,
};

function meant(word: string, known: readonly string[]): string {
  const near = nearName(word, known) ?? known.find((name) => otherWords[name]?.test(word));
  return near === undefined ? '' : ` Did you mean \`${near}\`?`;
}

function listed(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}
