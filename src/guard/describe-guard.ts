// Guards in words for people: `rows.exists(r, r.state == 'DOWN')` is "some row has state equal to DOWN".
import type { GuardNode } from './guard-syntax.ts';
import { parseGuard } from './parse-guard.ts';

type Words = (what: string, value: string) => string;

/** Each a sentence part of its own, so that a translation can turn it round. */
const comparisons: Readonly<Record<string, Words>> = {
  '==': (column, value) => `${column} equal to ${value}`,
  '!=': (column, value) => `${column} other than ${value}`,
  '<': (column, value) => `${column} below ${value}`,
  '<=': (column, value) => `${column} of at most ${value}`,
  '>': (column, value) => `${column} above ${value}`,
  '>=': (column, value) => `${column} of at least ${value}`,
};
const statements: Readonly<Record<string, Words>> = {
  '==': (what, value) => `${what} is exactly ${value}`,
  '!=': (what, value) => `${what} is not ${value}`,
  '<': (what, value) => `${what} is below ${value}`,
  '<=': (what, value) => `${what} is at most ${value}`,
  '>': (what, value) => `${what} is above ${value}`,
  '>=': (what, value) => `${what} is at least ${value}`,
};
const tests: Readonly<Record<string, { readonly holds: Words; readonly fails: Words }>> = {
  contains: {
    holds: (what, value) => `${what} contains ${value}`,
    fails: (what, value) => `${what} does not contain ${value}`,
  },
  startsWith: {
    holds: (what, value) => `${what} starts with ${value}`,
    fails: (what, value) => `${what} does not start with ${value}`,
  },
  endsWith: {
    holds: (what, value) => `${what} ends with ${value}`,
    fails: (what, value) => `${what} does not end with ${value}`,
  },
  matches: {
    holds: (what, value) => `${what} matches ${value}`,
    fails: (what, value) => `${what} does not match ${value}`,
  },
  mentions: {
    holds: (what, value) => `${what} contains ${value}`,
    fails: (what, value) => `${what} does not contain ${value}`,
  },
  reads: {
    holds: (what, value) => `${what} is ${value}`,
    fails: (what, value) => `${what} is not ${value}`,
  },
  word: {
    holds: (what, value) => `${what} contains the word ${value}`,
    fails: (what, value) => `${what} does not contain the word ${value}`,
  },
};

/** The guard as a phrase that can follow "if"; a guard that cannot be read, or said simply, stays as it is. */
export function describeGuard(cel: string): string {
  const parsed = parseGuard(cel);
  if (parsed.kind === 'fault') return cel;
  return phrase(parsed.root, cel) ?? cel;
}

function phrase(node: GuardNode, cel: string): string | null {
  switch (node.kind) {
    case 'binary': {
      if (node.operator === '||' && asksPerson(node.right)) return phrase(node.left, cel);
      if (node.operator === '&&' || node.operator === '||') {
        const left = phrase(node.left, cel);
        const right = phrase(node.right, cel);
        if (left === null || right === null) return null;
        const isMixed = [node.left, node.right].some(
          (side) => side.kind === 'binary' && ['&&', '||'].includes(side.operator) && side.operator !== node.operator,
        );
        if (node.operator === '&&') return isMixed ? `${left}, and also ${right}` : `${left} and ${right}`;
        return isMixed || /\bor\b/.test(left) ? `${left}, or else ${right}` : `either ${left} or ${right}`;
      }
      return comparison(node, cel);
    }
    case 'macro': {
      const [body] = node.bodies;
      if (!body || !isRows(node.of)) return null;
      const has = condition(body, node.variable, cel);
      if (has === null) return null;
      const whose = place(node.of, cel);
      if (node.name === 'exists') return whose === null ? `some row has ${has}` : `some row of ${whose} has ${has}`;
      if (node.name === 'all') return whose === null ? `every row has ${has}` : `every row of ${whose} has ${has}`;
      if (!node.name.startsWith('exists')) return null;
      return whose === null ? `exactly one row has ${has}` : `exactly one row of ${whose} has ${has}`;
    }
    case 'not': {
      const inner = node.operand;
      const [body] = inner.kind === 'macro' ? inner.bodies : [];
      if (inner.kind === 'macro' && inner.name === 'exists') {
        const has = body && isRows(inner.of) ? condition(body, inner.variable, cel) : null;
        const whose = place(inner.of, cel);
        if (has === null) return null;
        return whose === null ? `no row has ${has}` : `no row of ${whose} has ${has}`;
      }
      if (inner.kind === 'call') return inner.of ? textTest(inner, cel, 'fails') : outputTest(inner, cel, 'fails');
      const said = phrase(inner, cel);
      return said === null ? null : `it is not so that ${said}`;
    }
    case 'choice':
      // What is left to a person says nothing of the rest.
      return node.yes.kind === 'call' && node.yes.name === 'ask' ? phrase(node.no, cel) : null;
    case 'call':
      return node.of ? textTest(node, cel, 'holds') : outputTest(node, cel, 'holds');
    default:
      return null;
  }
}

/** `exitCode == 7 && ask('…')`: left to a person, which says nothing of the rest. */
function asksPerson(node: GuardNode): boolean {
  if (node.kind === 'binary' && node.operator === '&&') return asksPerson(node.right);
  return node.kind === 'call' && node.of === null && node.name === 'ask';
}

function isRows(node: GuardNode): boolean {
  if (node.kind === 'call') return isTable(node);
  return (node.kind === 'name' || node.kind === 'member') && node.name === 'rows';
}

/** `table(text)`: the rows of what a command printed. */
function isTable(node: GuardNode | null): boolean {
  return node?.kind === 'call' && node.of === null && (node.name === 'table' || node.name === 'listed');
}

/** `printed(…)`, `found(…)` and `same(rows.map(…))`. */
function outputTest(
  { name, args }: Extract<GuardNode, { kind: 'call' }>,
  cel: string,
  outcome: 'holds' | 'fails',
): string | null {
  const holds = outcome === 'holds';
  if (name === 'printed') return holds ? 'the command prints something' : 'the command prints nothing';
  if (name === 'found') return holds ? 'the search finds something' : 'the search finds nothing';
  const [of] = args;
  const named = of?.kind === 'macro' && of.name === 'map' ? numbersName(of.of) : null;
  const each = of?.kind === 'macro' ? of.bodies[0] : undefined;
  const words = each?.kind === 'binary' ? statements[each.operator] : undefined;
  if (name === 'same' && named !== null && each?.kind === 'binary' && words) {
    const said = words(`every number of ${named} in the output`, value(each.right, cel));
    return `${holds ? '' : 'it is not so that '}${said} (where only some are, a person decides)`;
  }
  const body = of?.kind === 'macro' && of.name === 'map' && isRows(of.of) ? of.bodies[0] : undefined;
  if (name !== 'same' || of?.kind !== 'macro' || !body) return null;
  const has = condition(body, of.variable, cel);
  if (has === null) return null;
  const whose = place(of.of, cel);
  const said = whose === null ? `every row has ${has}` : `every row of ${whose} has ${has}`;
  if (!holds) return `it is not so that ${said} (where only some have, a person decides)`;
  return `${said} (where only some have, a person decides)`;
}

/** `steps.Step2` for `steps.Step2.rows`, null for the step's own rows. */
function place(node: GuardNode, cel: string): string | null {
  return node.kind === 'member' ? cel.slice(node.of.span.start, node.of.span.end) : null;
}

/** A macro's body after "has": "assessment equal to X and error_rate above 8". */
function condition(node: GuardNode, variable: string, cel: string): string | null {
  // A row that is left to a person says nothing of the others.
  if (node.kind === 'choice' && node.yes.kind === 'call' && node.yes.name === 'ask')
    return condition(node.no, variable, cel);
  if (node.kind === 'not') {
    const { operand } = node;
    if (operand.kind !== 'binary' || operand.operator !== '||') return negated(condition(operand, variable, cel));
    const sides = [operand.left, operand.right].map((side) => negated(condition(side, variable, cel)));
    return sides.includes(null) ? null : sides.join(' and ');
  }
  if (node.kind === 'call') {
    const [first] = node.args;
    const of = node.of ?? first;
    const column = of ? columnName(of, variable) : null;
    if (column === null) return null;
    if (!node.of) return node.name === 'bool' ? `${column} true` : null;
    if (node.name === 'reads' && first) return `${column} equal to ${value(first, cel)}`;
    const edge = Object.hasOwn(edges, node.name) ? edges[node.name] : undefined;
    return edge !== undefined && first ? `${column} ${edge} ${value(first, cel)}` : null;
  }
  if (node.kind !== 'binary') return null;
  const { operator, left, right } = node;
  if (operator === '&&' || operator === '||') {
    const first = condition(left, variable, cel);
    const second = condition(right, variable, cel);
    if (first === null || second === null) return null;
    return operator === '&&' ? `${first} and ${second}` : `either ${first} or ${second}`;
  }
  const column = columnName(left, variable);
  if (column === null) return null;
  if (left.kind === 'call' && left.name === 'fraction' && right.kind === 'number' && right.value === 1)
    return operator === '==' ? `${column} complete` : operator === '!=' ? `${column} incomplete` : null;
  if (operator === 'in' && right.kind === 'list') {
    const items = right.items.map((item) => value(item, cel));
    return items.length > 1 ? `${column} equal to one of ${items.join(', ')}` : `${column} equal to ${items.join('')}`;
  }
  const words = comparisons[operator];
  return words === undefined ? null : words(column, value(right, cel));
}

const edges: Readonly<Record<string, string>> = {
  startsWith: 'beginning with',
  endsWith: 'ending with',
  contains: 'containing',
};

function negated(has: string | null): string | null {
  if (has === null || / (?:and|or) /.test(has)) return null;
  return has
    .replace(/ equal to /, ' other than ')
    .replace(/ (?=true$|beginning with |ending with |containing |complete$)/, ' not ');
}

/** Conversions are looked through. */
function columnName(node: GuardNode, variable: string): string | null {
  if (node.kind === 'call' && !node.of && /^(?:double|int|string|fraction|amount)$/.test(node.name) && node.args[0])
    return columnName(node.args[0], variable);
  if (node.kind === 'member' && node.of.kind === 'name' && node.of.name === variable) return node.name;
  const indexed = node.kind === 'index' && node.of.kind === 'name' && node.of.name === variable;
  return indexed && node.index.kind === 'string' ? node.index.value : null;
}

function value(node: GuardNode, cel: string): string {
  if (node.kind === 'string') return /^[\w.-]+$/.test(node.value) ? node.value : `“${node.value}”`;
  if (node.kind === 'member' && node.of.kind === 'name' && node.of.name === 'params')
    return `the parameter ${node.name}`;
  return cel.slice(node.span.start, node.span.end);
}

const subjects: Readonly<Record<string, string>> = {
  rowCount: 'the number of rows',
  exitCode: 'the exit code',
  status: 'the HTTP status',
  text: 'the output',
  errorText: 'the error output',
  outcome: 'the outcome of the guide',
};

function subject(node: GuardNode, cel: string): string | null {
  if (node.kind === 'call' && node.name === 'number') return 'the printed number';
  if (node.kind === 'call' && node.name === 'httpStatus') return 'the HTTP status';
  const listed = node.kind === 'index' && node.index.kind === 'number' ? numbersName(node.of) : null;
  if (listed !== null && node.kind === 'index' && node.index.kind === 'number')
    return `number ${node.index.value + 1} of ${listed} in the output`;
  if (node.kind === 'call' && node.name === 'below' && node.args[1]?.kind === 'string')
    return `what stands below ${node.args[1].value} in the output`;
  if (node.kind === 'call' && node.name === 'double' && node.args[0]) return subject(node.args[0], cel);
  if (node.kind === 'call' && node.name === 'field' && node.args[1]?.kind === 'string')
    return `${node.args[1].value} in the output`;
  if (node.kind === 'name') return subjects[node.name] ?? null;
  const field = fieldOf(node);
  if (field !== null) return `the field ${field}`;
  if (isOnlyValue(node)) return 'the one value';
  const counted = sizeOf(node);
  if (counted?.kind === 'macro' && counted.name === 'filter' && counted.bodies[0] && isRows(counted.of)) {
    const has = condition(counted.bodies[0], counted.variable, cel);
    return has === null ? null : `the number of rows with ${has}`;
  }
  return (counted?.kind === 'name' && counted.name === 'rows') || isTable(counted ?? null)
    ? 'the number of rows'
    : null;
}

/** What `x.size()` and `size(x)` count. */
function sizeOf(node: GuardNode): GuardNode | undefined {
  return node.kind === 'call' && node.name === 'size' ? (node.of ?? node.args[0]) : undefined;
}

/** `load average` of `numbers(text, 'load average')`. */
function numbersName(node: GuardNode): string | null {
  const isCalled = node.kind === 'call' && node.of === null && node.name === 'numbers';
  return isCalled && node.args[1]?.kind === 'string' ? node.args[1].value : null;
}

/** `queue.depth` of `json.queue.depth`. */
function fieldOf(node: GuardNode): string | null {
  if (node.kind !== 'member') return null;
  if (node.of.kind === 'name') return node.of.name === 'json' ? node.name : null;
  const before = fieldOf(node.of);
  return before === null ? null : `${before}.${node.name}`;
}

/** `rows[0][columns[0]]` */
function isOnlyValue(node: GuardNode): boolean {
  const isFirst = (at: GuardNode, name: string): boolean =>
    at.kind === 'index' &&
    at.of.kind === 'name' &&
    at.of.name === name &&
    at.index.kind === 'number' &&
    at.index.value === 0;
  return node.kind === 'index' && isFirst(node.of, 'rows') && isFirst(node.index, 'columns');
}

function comparison(node: Extract<GuardNode, { kind: 'binary' }>, cel: string): string | null {
  const { operator, left, right } = node;
  const what = subject(left, cel);
  if (what === null) return null;
  const number = right.kind === 'number' ? right.value : null;
  if (what === 'the number of rows' && number === 0) {
    if (operator === '==') return 'there are no rows';
    if (operator === '>' || operator === '!=') return 'there are rows';
  }
  if (what === 'the exit code' && number === 0) {
    if (operator === '==') return 'the command succeeds';
    if (operator === '!=') return 'the command fails';
  }
  const words = statements[operator];
  return words === undefined ? null : words(what, value(right, cel));
}

function textTest(node: Extract<GuardNode, { kind: 'call' }>, cel: string, outcome: 'holds' | 'fails'): string | null {
  const what = node.of ? subject(node.of, cel) : null;
  const [argument] = node.args;
  if (what === null || argument?.kind !== 'string') return null;
  // The edge of a word is how an inferred guard asks for a word.
  const word = /^\\b((?:[\w /:-]|\\[.()])+)(?:\\b)?$/.exec(argument.value)?.[1];
  if (node.name === 'matches' && word !== undefined)
    return tests.word?.[outcome](what, word.replaceAll('\\', '')) ?? null;
  const said = Object.hasOwn(tests, node.name) && node.name !== 'word' ? tests[node.name] : undefined;
  return said === undefined ? null : said[outcome](what, value(argument, cel));
}
