// The functions a guard may call, as checking needs them: how many arguments, on what, and what they give.

/** What a value can be seen to be without evaluating; `any` when only a run can tell. */
export type Kind = 'boolean' | 'number' | 'text' | 'null' | 'list' | 'map' | 'any';

/** One function or method. `on`: the kinds it can be called on; absent for a plain function. */
export interface FunctionFacts {
  readonly on?: readonly Kind[];
  readonly least: number;
  readonly most: number;
  readonly gives: Kind;
}

const time: FunctionFacts = { on: ['any'], least: 0, most: 1, gives: 'number' };
const textTest: FunctionFacts = { on: ['text'], least: 1, most: 1, gives: 'boolean' };

/** Called as `x.name(…)`. */
export const methods: ReadonlyMap<string, FunctionFacts> = new Map([
  ['contains', textTest],
  ['startsWith', textTest],
  ['endsWith', textTest],
  ['matches', textTest],
  ['reads', textTest],
  ['mentions', textTest],
  ['size', { on: ['text', 'list', 'map'], least: 0, most: 0, gives: 'number' }],
  ...[
    'getFullYear',
    'getMonth',
    'getDate',
    'getDayOfMonth',
    'getDayOfWeek',
    'getDayOfYear',
    'getHours',
    'getMinutes',
    'getSeconds',
    'getMilliseconds',
  ].map((name): [string, FunctionFacts] => [name, time]),
]);

const conversion = (gives: Kind): FunctionFacts => ({ least: 1, most: 1, gives });

/** Called as `name(…)`. */
export const functions: ReadonlyMap<string, FunctionFacts> = new Map([
  ['size', conversion('number')],
  ['has', conversion('boolean')],
  ['int', conversion('number')],
  ['uint', conversion('number')],
  ['double', conversion('number')],
  ['string', conversion('text')],
  ['bool', conversion('boolean')],
  ['bytes', conversion('any')],
  ['timestamp', conversion('any')],
  ['duration', conversion('any')],
  ['dyn', conversion('any')],
  ['type', conversion('any')],
  ['table', conversion('list')],
  ['listed', conversion('list')],
  ['printed', { least: 2, most: 2, gives: 'boolean' }],
  ['found', { least: 3, most: 3, gives: 'boolean' }],
  ['field', { least: 2, most: 2, gives: 'text' }],
  ['number', { least: 2, most: 2, gives: 'number' }],
  ['below', { least: 2, most: 2, gives: 'text' }],
  ['numbers', { least: 2, most: 2, gives: 'list' }],
  ['httpStatus', conversion('number')],
  ['fraction', conversion('number')],
  ['amount', conversion('number')],
  ['same', conversion('any')],
  ['ask', conversion('any')],
]);
