// Guards in words for people: `rows.exists(r, r.state == 'DOWN')` is "some row has state equal to DOWN".
import type { GuardNode } from './guard-syntax.ts';
import { parseGuard } from './parse-guard.ts';

const comparisons: Readonly<Record<string, string>> = {
  '==': 'equal to',
  '!=': 'other than',
  '<': 'below',
  '<=': 'of at most',
  '>': 'above',
  '>=': 'of at least',
};
const statements: Readonly<Record<string, string>> = {
  '==': 'is',
  '!=': 'is not',
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
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
      if (node.operator === '&&' || node.operator === '||') {
        const left = phrase(node.left, cel);
        const right = phrase(node.right, cel);
        if (left === null || right === null) return null;
        const word = node.operator === '&&' ? 'and' : 'or';
        const mixed = [node.left, node.right].some(
          (side) => side.kind === 'binary' && ['&&', '||'].includes(side.operator) && side.operator !== node.operator,
        );
        return mixed ? `${left}, ${word} ${right}` : `${left} ${word} ${right}`;
      }
      return comparison(node, cel);
    }
    case 'macro': {
      const [body] = node.bodies;
      if (!body || !isRows(node.of)) return null;
      const has = condition(body, node.variable, cel);
      if (has === null) return null;
      const whose = place(node.of, cel);
      if (node.name === 'exists') return `some row${whose} has ${has}`;
      if (node.name === 'all') return `every row${whose} has ${has}`;
      return node.name.startsWith('exists') ? `exactly one row${whose} has ${has}` : null;
    }
    case 'not': {
      const inner = node.operand;
      if (inner.kind === 'macro' && inner.name === 'exists') {
        return phrase(inner, cel)?.replace(/^some row/, 'no row') ?? null;
      }
      const said = phrase(inner, cel);
      if (inner.kind === 'call' && said !== null) {
        return said.replace(
          / (contain|start|end|matche?)e?s /,
          (_, verb: string) => ` does not ${verb.replace('matche', 'match')} `,
        );
      }
      return said === null ? null : `it is not so that ${said}`;
    }
    case 'call':
      return textTest(node, cel);
    default:
      return null;
  }
}

function isRows(node: GuardNode): boolean {
  return (node.kind === 'name' || node.kind === 'member') && node.name === 'rows';
}

/** " of step Step2" for `steps.Step2.rows`, nothing for the step's own rows. */
function place(node: GuardNode, cel: string): string {
  return node.kind === 'member' ? ` of ${cel.slice(node.of.span.start, node.of.span.end)}` : '';
}

/** A macro's body after "has": "assessment equal to X and error_rate above 8". */
function condition(node: GuardNode, variable: string, cel: string): string | null {
  if (node.kind !== 'binary') return null;
  const { operator, left, right } = node;
  if (operator === '&&' || operator === '||') {
    const first = condition(left, variable, cel);
    const second = condition(right, variable, cel);
    return first === null || second === null ? null : `${first} ${operator === '&&' ? 'and' : 'or'} ${second}`;
  }
  const column = columnName(left, variable);
  if (column === null) return null;
  if (operator === 'in' && right.kind === 'list') {
    const items = right.items.map((item) => value(item, cel));
    return `${column} equal to ${items.length > 1 ? `${items.slice(0, -1).join(', ')} or ${items.at(-1)}` : items.join('')}`;
  }
  const words = comparisons[operator];
  return words === undefined ? null : `${column} ${words} ${value(right, cel)}`;
}

function columnName(node: GuardNode, variable: string): string | null {
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

function subject(node: GuardNode): string | null {
  if (node.kind === 'name') return subjects[node.name] ?? null;
  const counts = node.kind === 'call' && node.name === 'size';
  const counted = counts ? (node.of ?? node.args[0]) : undefined;
  return counted?.kind === 'name' && counted.name === 'rows' ? 'the number of rows' : null;
}

function comparison(node: Extract<GuardNode, { kind: 'binary' }>, cel: string): string | null {
  const { operator, left, right } = node;
  const what = subject(left);
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
  return words === undefined ? null : `${what} ${words} ${value(right, cel)}`;
}

function textTest(node: Extract<GuardNode, { kind: 'call' }>, cel: string): string | null {
  const what = node.of ? subject(node.of) : null;
  const [argument] = node.args;
  if (what === null || argument?.kind !== 'string') return null;
  const verbs: Readonly<Record<string, string>> = {
    contains: 'contains',
    startsWith: 'starts with',
    endsWith: 'ends with',
    matches: 'matches',
  };
  // The edge of a word is how an inferred guard asks for a word.
  const word = /^\\b((?:[\w /:-]|\\[.()])+)(?:\\b)?$/.exec(argument.value)?.[1];
  if (node.name === 'matches' && word !== undefined) return `${what} contains the word ${word.replaceAll('\\', '')}`;
  const verb = verbs[node.name];
  return verb === undefined ? null : `${what} ${verb} ${value(argument, cel)}`;
}
