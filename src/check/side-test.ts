// What a condition demands of named values, as a formula that can be tried with example values. It is read from a guard or,
// where there is none, from plain words such as "if the error rate is above 10 %". Rows are thought of as one row: an example
// row for which two conditions hold shows that they overlap, however many rows there are.
import { parseGuard, type GuardNode } from '../guard/index.ts';

/** Signs that order numbers; `==` and `!=` also compare words and truth values. */
export type Sign = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** One value of an example: what stands for the key there. */
export type Sample = number | string | boolean;

/** A demand on one value, or several together. `key` names the value in words: `error rate`, `row count`. */
export type SideTest =
  | { readonly kind: 'compare'; readonly key: string; readonly sign: Sign; readonly value: Sample }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly SideTest[] }
  | { readonly kind: 'not'; readonly part: SideTest };

/** The demand of a guard; null when it reads something that an example value cannot stand for. */
export function testOfGuard(cel: string): SideTest | null {
  const parsed = parseGuard(cel);
  return parsed.kind === 'tree' ? testOf(parsed.root, null) : null;
}

/** True when the example has what the test demands. Keys that the example does not name make it false. */
export function holds(test: SideTest, example: ReadonlyMap<string, Sample>): boolean {
  switch (test.kind) {
    case 'and':
      return test.parts.every((part) => holds(part, example));
    case 'or':
      return test.parts.some((part) => holds(part, example));
    case 'not':
      return !holds(test.part, example);
    case 'compare': {
      const found = example.get(test.key);
      return found !== undefined && compares(found, test.sign, test.value);
    }
  }
}

/** All demands in a test, in order. */
export function comparisonsIn(test: SideTest): readonly Extract<SideTest, { kind: 'compare' }>[] {
  if (test.kind === 'compare') return [test];
  return test.kind === 'not' ? comparisonsIn(test.part) : test.parts.flatMap(comparisonsIn);
}

function compares(found: Sample, sign: Sign, value: Sample): boolean {
  if (sign === '==') return found === value;
  if (sign === '!=') return found !== value;
  if (typeof found !== 'number' || typeof value !== 'number') return false;
  if (sign === '<') return found < value;
  if (sign === '<=') return found <= value;
  return sign === '>' ? found > value : found >= value;
}

const turned: Readonly<Record<Sign, Sign>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' };

function testOf(node: GuardNode, row: string | null): SideTest | null {
  switch (node.kind) {
    case 'not': {
      const part = testOf(node.operand, row);
      return part && { kind: 'not', part };
    }
    case 'macro':
      if (!isRows(node.of) || row !== null || (node.name !== 'exists' && node.name !== 'all') || !node.bodies[0])
        return null;
      return testOf(node.bodies[0], node.variable);
    case 'binary': {
      const { operator, left, right } = node;
      // An example is a row, so that there is one goes without saying.
      if (operator === '&&' && isSomeRow(left) && right.kind === 'macro') return testOf(right, row);
      if (operator === '&&' || operator === '||') {
        const parts = [testOf(left, row), testOf(right, row)];
        const known = parts.filter((part) => part !== null);
        return known.length < 2 ? null : { kind: operator === '&&' ? 'and' : 'or', parts: known };
      }
      if (operator === 'in') {
        const key = keyOf(left, row);
        if (key === null || right.kind !== 'list') return null;
        const values = right.items.map(literal);
        if (values.some((value) => value === null)) return null;
        return {
          kind: 'or',
          parts: values.flatMap((value) => (value === null ? [] : [{ kind: 'compare', key, sign: '==', value }])),
        };
      }
      if (!isSign(operator)) return null;
      const [key, value, sign] =
        literal(right) !== null
          ? [keyOf(left, row), literal(right), operator]
          : [keyOf(right, row), literal(left), turned[operator]];
      return key === null || value === null ? null : { kind: 'compare', key, sign, value };
    }
    default:
      return null;
  }
}

function isSomeRow(node: GuardNode): boolean {
  return (
    node.kind === 'binary' &&
    node.operator === '>' &&
    node.left.kind === 'name' &&
    node.left.name === 'rowCount' &&
    literal(node.right) === 0
  );
}

function isSign(operator: string): operator is Sign {
  return Object.hasOwn(turned, operator);
}

function isRows(node: GuardNode): boolean {
  return node.kind === 'name' && node.name === 'rows';
}

function literal(node: GuardNode): Sample | null {
  return node.kind === 'number' || node.kind === 'string' || node.kind === 'boolean' ? node.value : null;
}

/** The one number that a command prints. */
export const printedNumber = 'printed number';

/** A value's name in words, so that a guard's `r.error_rate` and the author's "error rate" are one. */
function keyOf(node: GuardNode, row: string | null): string | null {
  if (node.kind === 'name') {
    if (node.name === 'rowCount') return 'row count';
    if (node.name === 'exitCode') return 'exit code';
    return node.name === 'status' ? 'status' : null;
  }
  if (node.kind === 'call' && node.name === 'size' && node.args[0] && isRows(node.args[0])) return 'row count';
  if (node.kind === 'call' && /^(?:int|double|string)$/.test(node.name) && node.args.length === 1 && node.args[0])
    return keyOf(node.args[0], row);
  if (node.kind === 'call' && node.name === 'number' && node.args[0]?.kind === 'name' && node.args[0].name === 'text')
    return printedNumber;
  const name =
    node.kind === 'member'
      ? node.name
      : node.kind === 'index' && node.index.kind === 'string'
        ? node.index.value
        : null;
  if (name === null || (node.kind !== 'member' && node.kind !== 'index')) return null;
  const { of } = node;
  if (of.kind === 'name' && row !== null && of.name === row) return spoken(name);
  if (of.kind === 'index' && isRows(of.of) && of.index.kind === 'number' && of.index.value === 0) return spoken(name);
  if (of.kind === 'name' && of.name === 'params') return `params ${spoken(name)}`;
  const above = keyOf(of, row) ?? (of.kind === 'name' && /^(?:json|steps|results)$/.test(of.name) ? of.name : null);
  return above === null ? null : `${above} ${name}`;
}

/** `error_rate` and `errorRate` as `error rate`. */
export function spoken(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_\s-]+/g, ' ')
    .trim()
    .toLowerCase();
}
