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
      if (inner.kind === 'call' && inner.of === null && said !== null)
        return said.startsWith('every row') ? `it is not so that ${said}` : said.replace(/something$/, 'nothing');
      if (inner.kind === 'call' && said !== null) {
        if (inner.name === 'reads') return said.replace(' is ', ' is not ');
        return said.replace(
          / (contain|start|end|matche?)e?s /,
          (_, verb: string) => ` does not ${verb.replace('matche', 'match')} `,
        );
      }
      return said === null ? null : `it is not so that ${said}`;
    }
    case 'choice':
      // What is left to a person says nothing of the rest.
      return node.yes.kind === 'call' && node.yes.name === 'ask' ? phrase(node.no, cel) : null;
    case 'call':
      return node.of ? textTest(node, cel) : outputTest(node, cel);
    default:
      return null;
  }
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
function outputTest({ name, args }: Extract<GuardNode, { kind: 'call' }>, cel: string): string | null {
  if (name === 'printed') return 'the command prints something';
  if (name === 'found') return 'the search finds something';
  const [of] = args;
  const body = of?.kind === 'macro' && of.name === 'map' && isRows(of.of) ? of.bodies[0] : undefined;
  if (name !== 'same' || of?.kind !== 'macro' || !body) return null;
  const has = condition(body, of.variable, cel);
  return has === null ? null : `every row${place(of.of, cel)} has ${has} (where only some have, a person decides)`;
}

/** " of step Step2" for `steps.Step2.rows`, nothing for the step's own rows. */
function place(node: GuardNode, cel: string): string {
  return node.kind === 'member' ? ` of ${cel.slice(node.of.span.start, node.of.span.end)}` : '';
}

/** A macro's body after "has": "assessment equal to X and error_rate above 8". */
function condition(node: GuardNode, variable: string, cel: string): string | null {
  // A row that is left to a person says nothing of the others.
  if (node.kind === 'choice' && node.yes.kind === 'call' && node.yes.name === 'ask')
    return condition(node.no, variable, cel);
  if (node.kind === 'not') return negated(condition(node.operand, variable, cel));
  if (node.kind === 'call') {
    const [first] = node.args;
    const of = node.of ?? first;
    const column = of ? columnName(of, variable) : null;
    if (column === null) return null;
    if (!node.of) return node.name === 'bool' ? `${column} true` : null;
    return node.name === 'startsWith' && first ? `${column} beginning with ${value(first, cel)}` : null;
  }
  if (node.kind !== 'binary') return null;
  const { operator, left, right } = node;
  if (operator === '&&' || operator === '||') {
    const first = condition(left, variable, cel);
    const second = condition(right, variable, cel);
    return first === null || second === null ? null : `${first} ${operator === '&&' ? 'and' : 'or'} ${second}`;
  }
  const column = columnName(left, variable);
  if (column === null) return null;
  if (left.kind === 'call' && left.name === 'fraction' && right.kind === 'number' && right.value === 1)
    return operator === '==' ? `${column} complete` : operator === '!=' ? `${column} incomplete` : null;
  if (operator === 'in' && right.kind === 'list') {
    const items = right.items.map((item) => value(item, cel));
    return `${column} equal to ${items.length > 1 ? `${items.slice(0, -1).join(', ')} or ${items.at(-1)}` : items.join('')}`;
  }
  const words = comparisons[operator];
  return words === undefined ? null : `${column} ${words} ${value(right, cel)}`;
}

function negated(has: string | null): string | null {
  return has === null || / (?:and|or) /.test(has) ? null : has.replace(/ (?=true$|beginning with |complete$)/, ' not ');
}

/** Conversions are looked through. */
function columnName(node: GuardNode, variable: string): string | null {
  if (node.kind === 'call' && !node.of && /^(?:double|int|string|fraction)$/.test(node.name) && node.args[0])
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

function subject(node: GuardNode): string | null {
  if (node.kind === 'call' && node.name === 'number') return 'the printed number';
  if (node.kind === 'name') return subjects[node.name] ?? null;
  const counts = node.kind === 'call' && node.name === 'size';
  const counted = counts ? (node.of ?? node.args[0]) : undefined;
  return (counted?.kind === 'name' && counted.name === 'rows') || isTable(counted ?? null)
    ? 'the number of rows'
    : null;
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
    mentions: 'contains',
    reads: 'is',
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
