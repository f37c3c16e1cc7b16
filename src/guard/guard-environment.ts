// The CEL environment of guards: CEL's own functions, with numbers that mix, and with an error instead of a quiet
// answer where values of different kinds meet. The only file besides evaluate-guard.ts that knows the CEL library;
// everything here is made on first use, so that a program that never evaluates need not pay for it.
import {
  celEnv,
  celFunc,
  type CelEnv,
  type CelFunc,
  type CelInput,
  celList,
  type CelList,
  celMethod,
  type CelResult,
  CelScalar,
  type CelValue,
  isCelError,
  isCelList,
  isCelMap,
  isCelUint,
  listType,
  parse,
  plan,
} from '@bufbuild/cel';
import { unreachable } from '../base/index.ts';
import {
  amount,
  belowLine,
  found,
  fraction,
  headStatus,
  lineField,
  mentions,
  numbersBehind,
  printed,
  printedNumber,
  reads,
} from './output-functions.ts';
import { readListed, readTable } from './read-table.ts';
import { rowValue } from './scope-values.ts';

/** Longest text that `matches` searches: the matcher is linear, but its factor grows with the pattern. */
const longestSearched = 200_000;
/** Longest list that `+` builds, by which `map` and `filter` are bounded too. */
const longestList = 10_000;

/** A guard, or a part of one, ready to be evaluated with bindings. */
export type Program = (bindings: Readonly<Record<string, unknown>>) => CelResult;

const programs = new Map<string, Program>();
let environment: CelEnv | undefined;

/** The program of an expression; remembered. Throws when the library does not accept the text. */
export function programOf(expression: string): Program {
  const known = programs.get(expression);
  if (known) return known;
  environment ??= celEnv({ funcs: guardFunctions() });
  const evaluate = plan(environment, parse(expression)) as (bindings: Record<string, CelInput>) => CelResult;
  const program: Program = (bindings) => evaluate(bindings as Record<string, CelInput>);
  if (programs.size >= 500) programs.clear();
  programs.set(expression, program);
  return program;
}

type Kind = 'number' | 'text' | 'truth value' | 'nothing (null)' | 'list' | 'map' | 'other value';

function kindOf(value: CelValue): Kind {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 'number';
    case 'string':
      return 'text';
    case 'boolean':
      return 'truth value';
  }
  if (value === null) return 'nothing (null)';
  if (isCelUint(value)) return 'number';
  if (isCelList(value)) return 'list';
  return isCelMap(value) ? 'map' : 'other value';
}

/** A value's kind with its article, for messages. */
function named(value: CelValue): string {
  const kind = kindOf(value);
  switch (kind) {
    case 'nothing (null)':
      return kind;
    case 'other value':
      return 'another kind of value';
    case 'number':
    case 'text':
    case 'truth value':
    case 'list':
    case 'map':
      return `a ${kind}`;
    default:
      return unreachable(kind);
  }
}

function guardFunctions(): CelFunc[] {
  const { BOOL, DOUBLE, DYN, INT, STRING, UINT } = CelScalar;
  const list = listType(DYN);
  const standard = celEnv().funcs;
  const builtIn = (name: string, target: CelValue | undefined, values: CelValue[]): CelValue => {
    const result = standard.find(name)?.call(0, target, values);
    if (result === undefined) throw new Error(`CEL's own ${name} does not take these values`);
    if (isCelError(result)) throw new Error(result.message);
    return result;
  };
  const equal = (left: CelValue, right: CelValue): boolean => {
    const alike = left === null || right === null || kindOf(left) === kindOf(right);
    if (!alike) throw new Error(`${named(left)} is compared with ${named(right)}`);
    return builtIn('_==_', undefined, [left, right]) === true;
  };
  const contains = (value: CelValue, items: CelList): boolean => {
    let alike = value === null || items.size === 0;
    for (const item of items) {
      if (kindOf(item) === kindOf(value) && builtIn('_==_', undefined, [item, value]) === true) return true;
      alike ||= item === null || kindOf(item) === kindOf(value);
    }
    if (!alike) throw new Error(`${named(value)} is sought in a list that holds no such kind`);
    return false;
  };
  // `map` and `filter` grow their list item by item; without this each step would walk the whole list again.
  const sums = new WeakMap<CelList, CelValue[]>();
  const itemsOf = (items: CelList): CelValue[] => sums.get(items) ?? [...items];
  const functions: CelFunc[] = [
    celFunc('_==_', [DYN, DYN], BOOL, equal),
    celFunc('_!=_', [DYN, DYN], BOOL, (left, right) => !equal(left, right)),
    celFunc('@in', [DYN, list], BOOL, (value, items) => contains(value, items as CelList)),
    celFunc('_+_', [list, list], list, (left, right) => {
      const items = itemsOf(left as CelList).concat(itemsOf(right as CelList));
      if (items.length > longestList) throw new Error(`a list grows beyond ${longestList} items`);
      const sum = celList(items as never);
      sums.set(sum, items);
      return sum as never;
    }),
    // CEL in JavaScript would read an empty text as 0.
    celFunc('int', [STRING], INT, (text) => BigInt(digits(text, /^[-+]?\d{1,18}$/).replace('+', ''))),
    celFunc('double', [STRING], DOUBLE, (text) => Number(digits(text, /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/))),
    celMethod('matches', STRING, [STRING], BOOL, function (pattern) {
      if (this.length > longestSearched) throw new Error(`\`matches\` searches at most ${longestSearched} characters`);
      return builtIn('matches', this, [pattern]) === true || wholly(this);
    }),
    celMethod('contains', STRING, [STRING], BOOL, function (words) {
      return this.includes(words) || wholly(this);
    }),
    celMethod('mentions', STRING, [STRING], BOOL, function (words) {
      if (this.length > longestSearched) throw new Error(`\`mentions\` searches at most ${longestSearched} characters`);
      return mentions(this, words) || wholly(this);
    }),
    celMethod('reads', STRING, [STRING], BOOL, function (words) {
      return reads(this, words);
    }),
    celFunc('table', [STRING], list, (text) => celList(readTable(text).map(rowValue) as never) as never),
    celFunc('listed', [STRING], list, (text) => celList(readListed(text).map(rowValue) as never) as never),
    celFunc('printed', [STRING, STRING], BOOL, printed),
    celFunc('found', [DYN, STRING, STRING], BOOL, (exitCode, text, errorText) =>
      found(numberIn(exitCode), text, errorText),
    ),
    celFunc('field', [STRING, STRING], STRING, (text, name) => {
      // A line that was left out might say something else.
      wholly(text);
      return lineField(text, name);
    }),
    celFunc('number', [STRING, STRING], DOUBLE, printedNumber),
    celFunc('below', [STRING, STRING], STRING, (text, name) => {
      wholly(text);
      return belowLine(text, name);
    }),
    celFunc('numbers', [STRING, STRING], list, (text, name) => {
      wholly(text);
      return celList(numbersBehind(text, name) as never) as never;
    }),
    celFunc('httpStatus', [STRING], INT, (text) => {
      wholly(text);
      return BigInt(headStatus(text));
    }),
    celFunc('fraction', [STRING], DOUBLE, fraction),
    celFunc('amount', [STRING], DOUBLE, amount),
    celFunc('same', [list], DYN, (items) => {
      const [first, ...others] = items as CelList;
      if (first === undefined) throw new Error('there is nothing of which it could be said');
      for (const other of others) if (!equal(first, other)) throw new Error('it holds for some and not for others');
      return first;
    }),
    celFunc('ask', [STRING], DYN, (why) => {
      throw new Error(why);
    }),
  ];
  for (const [operator, words] of [
    ['_<_', 'compared with'],
    ['_<=_', 'compared with'],
    ['_>_', 'compared with'],
    ['_>=_', 'compared with'],
  ] as const) {
    functions.push(
      celFunc(operator, [DYN, DYN], BOOL, (left, right) => {
        throw new Error(`${named(left)} is ${words} ${named(right)}`);
      }),
    );
  }
  const mixed: Readonly<Record<string, (left: number, right: number) => number>> = {
    '_+_': (left, right) => left + right,
    '_-_': (left, right) => left - right,
    '_*_': (left, right) => left * right,
    '_/_': (left, right) => {
      if (right === 0) throw new Error('a number is divided by zero');
      return left / right;
    },
    '_%_': (left, right) => {
      if (right === 0) throw new Error('a number is divided by zero');
      return left % right;
    },
  };
  for (const [operator, compute] of Object.entries(mixed)) {
    const numbers = [DOUBLE, INT, UINT] as const;
    for (const first of numbers) {
      for (const second of numbers) {
        // Two of one whole kind keep CEL's own meaning (`7 / 2` is 3); a column's number is never whole in that sense.
        if (first === second && first !== DOUBLE) continue;
        functions.push(celFunc(operator, [first, second], DOUBLE, (left, right) => compute(plain(left), plain(right))));
      }
    }
  }
  return functions;
}

/** False, which is no answer where a part of an output was left out. */
function wholly(text: string): false {
  if (/\n… [^\n]* left out …\n/.test(text)) throw new Error('a part of the output was left out');
  return false;
}

function numberIn(value: CelValue): number {
  if (kindOf(value) !== 'number') throw new Error(`${named(value)} is no exit code`);
  return plain(value);
}

/** The text without blanks around it, when it is a number. */
function digits(text: string, form: RegExp): string {
  const bare = text.length > 400 ? text : text.trim();
  if (!form.test(bare)) throw new Error(bare === '' ? 'an empty text is no number' : 'the text is no number');
  return bare;
}

function plain(value: CelValue): number {
  return isCelUint(value) ? Number(value.value) : Number(value);
}
