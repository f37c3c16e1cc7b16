// Checks a guard without evaluating it: syntax, names, columns, closed values, and that it gives true or false.
// It knows only what the shape says; where the shape is silent, the guard has the benefit of the doubt.
import { nearName } from '../base/index.ts';
import { functions, type Kind, methods } from './guard-functions.ts';
import { childrenOf, type GuardNode } from './guard-syntax.ts';
import { parseGuard } from './parse-guard.ts';
import { secretWords } from './secret-read.ts';
import type { GuardResult, ResultShape, ShapeColumn } from './scope.ts';

/** A fault in a guard's text; `[start, end)` are UTF-16 offsets into the expression. */
export interface GuardProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
}

/** Parameters that a guard may name; of secret ones it is given no value. */
export interface GuardParameters {
  readonly names: readonly string[];
  readonly secrets: readonly string[];
}

/** What a guard may name of a guide's parameters. */
export function guardParameters(all: readonly { readonly name: string; readonly secret?: boolean }[]): GuardParameters {
  const names = (some: typeof all): readonly string[] => some.map(({ name }) => name);
  return { names: names(all), secrets: names(all.filter(({ secret }) => secret === true)) };
}

/**
 * All that is wrong with a guard, in the order of the text; empty when it is sound as far as anyone can know.
 * `shape` is that of the step's own result; null when nothing is known of it.
 */
export function checkGuard(
  cel: string,
  shape: ResultShape | null,
  parameters: GuardParameters,
): readonly GuardProblem[] {
  const parsed = parseGuard(cel);
  if (parsed.kind === 'fault') return [parsed.fault];
  const check = new Check(shape, parameters);
  const given = check.kindOf(parsed.root, new Map());
  if (given.kind !== 'boolean' && given.kind !== 'any') {
    const hint = given.holds === 'rows' ? 'For example: rowCount > 0' : null;
    const message = `The guard gives ${article(given)}, but it must give true or false.`;
    check.problems.push({ message, ...parsed.root.span, ...(hint !== null && { hint }) });
  }
  return check.problems.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A value as far as it is known: its kind, and what its members can be. */
interface Value {
  readonly kind: Kind;
  readonly holds?: 'rows' | 'row' | 'params' | 'steps' | 'results' | 'result';
  /** The shape of `rows` or of a `row`. */
  readonly shape?: ResultShape | null;
  readonly column?: ShapeColumn;
}

type Variables = ReadonlyMap<string, Value>;

const any: Value = { kind: 'any' };
const members: Readonly<Record<keyof GuardResult, Kind>> = {
  rows: 'list',
  columns: 'list',
  rowCount: 'number',
  text: 'text',
  errorText: 'text',
  json: 'any',
  exitCode: 'number',
  status: 'number',
  outcome: 'text',
};
const typeNames = new Set(['int', 'uint', 'double', 'bool', 'string', 'bytes', 'list', 'map', 'null_type', 'type']);
const columnKinds: Readonly<Record<NonNullable<ShapeColumn['type']>, Kind>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  timestamp: 'text',
};

function isMember(name: string): name is keyof GuardResult {
  return Object.hasOwn(members, name);
}

function article({ kind, holds }: Value): string {
  if (holds === 'rows') return 'the list of all rows';
  if (holds === 'row') return 'a whole row';
  return kind === 'null' ? 'nothing (null)' : kind === 'boolean' ? 'a truth value' : `a ${kind}`;
}

const stepName = /^step_?\d/i;

/** Walks one guard's tree and gathers what is wrong. */
class Check {
  readonly problems: GuardProblem[] = [];
  private readonly shape: ResultShape | null;
  private readonly parameters: GuardParameters;

  constructor(shape: ResultShape | null, parameters: GuardParameters) {
    this.shape = shape;
    this.parameters = parameters;
  }

  kindOf(node: GuardNode, variables: Variables): Value {
    switch (node.kind) {
      case 'string':
        return { kind: 'text' };
      case 'number':
        return { kind: 'number' };
      case 'boolean':
        return { kind: 'boolean' };
      case 'null':
        return { kind: 'null' };
      case 'bytes':
        return any;
      case 'name':
        return this.name(node, variables);
      case 'member':
        if (node.of.kind === 'name' && isMember(node.name) && this.isOutermost(node.of.name, variables))
          return this.bareResult(node.of, node.name);
        return this.member(this.kindOf(node.of, variables), node.name, node.nameSpan, node.of);
      case 'index':
        return this.index(node, variables);
      case 'call':
        return this.call(node, variables);
      case 'macro':
        return this.macro(node, variables);
      case 'list':
      case 'map':
        for (const child of childrenOf(node)) this.kindOf(child, variables);
        return { kind: node.kind };
      case 'not':
        this.demand('boolean', node.operand, variables, '`!` turns true and false around');
        return { kind: 'boolean' };
      case 'minus':
        this.demand('number', node.operand, variables, '`-` needs a number');
        return { kind: 'number' };
      case 'binary':
        return this.binary(node, variables);
      case 'choice': {
        this.demand('boolean', node.test, variables, '`?` needs true or false before it');
        const yes = this.kindOf(node.yes, variables);
        const no = this.kindOf(node.no, variables);
        return yes.kind === no.kind ? { kind: yes.kind } : any;
      }
    }
  }

  private report(message: string, { start, end }: { start: number; end: number }, hint?: string | null): void {
    this.problems.push({ message, start, end, ...(hint !== null && hint !== undefined && { hint }) });
  }

  private demand(kind: Kind, node: GuardNode, variables: Variables, rule: string): void {
    const found = this.kindOf(node, variables);
    if (found.kind === kind || found.kind === 'any') return;
    this.report(`${rule}, but this is ${article(found)}.`, node.span);
  }

  private name({ name, span }: Extract<GuardNode, { kind: 'name' }>, variables: Variables): Value {
    const variable = variables.get(name);
    if (variable) return variable;
    if (name === 'params' || name === 'steps' || name === 'results') return { kind: 'map', holds: name };
    if (isMember(name)) return this.resultMember(name, span);
    if (typeNames.has(name)) return any;
    const column = this.shape?.columns?.find((candidate) => candidate.name === name);
    if (column) {
      const hint = `For example: rows.exists(r, r.${name} …)`;
      this.report(`\`${name}\` is a column; a guard reads it from a row.`, span, hint);
      return any;
    }
    if (this.parameters.names.includes(name)) {
      this.report(`\`${name}\` is a parameter; a guard reads it as \`params.${name}\`.`, span, `Write params.${name}`);
      return any;
    }
    const meant = nearName(name, [...Object.keys(members), 'params', 'steps', 'results', ...variables.keys()]);
    const hint =
      meant === undefined
        ? 'A guard knows rows, rowCount, columns, text, errorText, json, exitCode, status, outcome, params, steps and results.'
        : `Did you mean \`${meant}\`?`;
    this.report(`\`${name}\` is no name that a guard knows.`, span, hint);
    return any;
  }

  /** No name of the guard, of a column or of a parameter, nor nearly one. */
  private isOutermost(name: string, variables: Variables): boolean {
    const known = [...Object.keys(members), 'params', 'steps', 'results', ...variables.keys()];
    if (known.includes(name) || typeNames.has(name) || (!stepName.test(name) && nearName(name, known) !== undefined))
      return false;
    return !this.parameters.names.includes(name) && !this.isColumn(this.shape, name);
  }

  /** `errors.rows` for `results.errors.rows`, `Step2.text` for `steps.Step2.text`. */
  private bareResult({ name, span }: Extract<GuardNode, { kind: 'name' }>, member: keyof GuardResult): Value {
    const map = stepName.test(name) ? 'steps' : 'results';
    this.report(`\`${name}\` is no name that a guard knows.`, span, `Did you mean \`${map}.${name}\`?`);
    return member === 'rows' ? { kind: 'list', holds: 'rows' } : { kind: members[member] };
  }

  private resultMember(name: keyof GuardResult, span: { start: number; end: number }): Value {
    const given = this.shape?.members ?? [];
    if (given.length > 0 && !given.includes(name)) {
      const has = given.map((member) => `\`${member}\``).join(', ');
      this.report(`This step's result has no \`${name}\`; it has ${has}.`, span);
      return any;
    }
    return name === 'rows' ? { kind: 'list', holds: 'rows', shape: this.shape } : { kind: members[name] };
  }

  private member(of: Value, name: string, span: { start: number; end: number }, owner: GuardNode): Value {
    switch (of.holds) {
      case 'rows':
        if (this.isColumn(of.shape, name) || nearName(name, [...methods.keys()]) === undefined) {
          const hint = `For example: rows.exists(r, r.${name} …)`;
          this.report(`\`rows\` is a list of rows and has no \`${name}\`; say which row you mean.`, span, hint);
        } else this.report(`\`rows\` is a list of rows and has no \`${name}\`.`, span);
        return any;
      case 'row':
        return this.column(of.shape, name, span);
      case 'params':
        if (!this.parameters.names.includes(name)) {
          const meant = nearName(name, this.parameters.names);
          const hint = meant === undefined ? 'Declare it among the guide’s parameters.' : `Did you mean \`${meant}\`?`;
          this.report(`\`${name}\` is no parameter of this guide.`, span, hint);
        } else if (this.parameters.secrets.includes(name)) {
          const hint =
            'Say it in words without code, and a person decides; or let an action look and decide on its result.';
          this.report(`${secretWords(name)}.`, span, hint);
        }
        return any;
      case 'steps':
      case 'results':
        return { kind: 'map', holds: 'result' };
      case 'result': {
        if (isMember(name)) return name === 'rows' ? { kind: 'list', holds: 'rows' } : { kind: members[name] };
        const meant = nearName(name, Object.keys(members));
        const hint =
          meant === undefined ? `A result has ${Object.keys(members).join(', ')}.` : `Did you mean \`${meant}\`?`;
        this.report(`A result has no \`${name}\`.`, span, hint);
        return any;
      }
      default:
        if (of.kind === 'any' || of.kind === 'map') return any;
        this.report(`${upper(article(of))} has no member \`${name}\`.`, { start: owner.span.start, end: span.end });
        return any;
    }
  }

  private isColumn(shape: ResultShape | null | undefined, name: string): boolean {
    return shape?.columns?.some((column) => column.name === name) ?? false;
  }

  private column(shape: ResultShape | null | undefined, name: string, span: { start: number; end: number }): Value {
    const columns = shape?.columns ?? [];
    const column = columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (column) return { kind: column.type ? columnKinds[column.type] : 'any', column };
    if (shape?.complete === true && shape.columns) {
      const names = columns.map((candidate) => candidate.name);
      const meant = nearName(name, names);
      const listed = names.slice(0, 12).map((one) => `\`${one}\``);
      const hint =
        meant === undefined
          ? `The query gives ${listed.join(', ')}${names.length > 12 ? ', …' : ''}.`
          : `Did you mean \`${meant}\`?`;
      this.report(`The step's query gives no column \`${name}\`.`, span, hint);
    }
    return any;
  }

  private index(node: Extract<GuardNode, { kind: 'index' }>, variables: Variables): Value {
    const of = this.kindOf(node.of, variables);
    const index = this.kindOf(node.index, variables);
    if (of.holds === 'rows') {
      if (index.kind !== 'number' && index.kind !== 'any') {
        this.report(
          `A row is chosen by its number, but this is ${article(index)}.`,
          node.index.span,
          'Rows count from 0: rows[0]',
        );
      }
      return { kind: 'map', holds: 'row', shape: of.shape ?? null };
    }
    if (node.index.kind === 'string' && of.holds) return this.member(of, node.index.value, node.index.span, node.of);
    return any;
  }

  private call(node: Extract<GuardNode, { kind: 'call' }>, variables: Variables): Value {
    const { of, name, nameSpan, args, span } = node;
    const target = of ? this.kindOf(of, variables) : null;
    for (const arg of args) if (name !== 'has') this.kindOf(arg, variables);
    const table = of ? methods : functions;
    const facts = table.get(name);
    if (!facts) {
      const elsewhere = (of ? functions : methods).has(name);
      const meant = /^(?:length|len|lenght|count)$/.test(name)
        ? 'size'
        : nearName(name, [...table.keys(), ...(of ? ['exists', 'all', 'filter', 'map'] : [])]);
      const call = of ? `${name}(…)` : `x.${name}(…)`;
      const hint = elsewhere ? `Write \`${call}\`.` : meant === undefined ? null : `Did you mean \`${meant}\`?`;
      this.report(`\`${name}\` is no function that a guard can call.`, nameSpan, hint);
      return any;
    }
    if (args.length < facts.least || args.length > facts.most) {
      const wanted = facts.least === facts.most ? `${facts.least}` : `${facts.least} to ${facts.most}`;
      this.report(`\`${name}\` takes ${wanted} value${wanted === '1' ? '' : 's'}, but has ${args.length}.`, span);
    }
    if (target && facts.on && target.kind !== 'any' && !facts.on.includes(target.kind) && !facts.on.includes('any')) {
      this.report(`\`${name}\` cannot be asked of ${article(target)}.`, nameSpan);
    }
    const [pattern] = args;
    if (name === 'matches' && pattern?.kind === 'string') this.pattern(pattern.value, pattern.span);
    if (!of && (name === 'table' || name === 'listed')) return { kind: 'list', holds: 'rows', shape: null };
    return { kind: facts.gives };
  }

  /** Patterns are RE2's: matched in linear time, hence without look-around and back-references. */
  private pattern(pattern: string, span: { start: number; end: number }): void {
    const found = /(?<!\\)(?:\\\\)*(\(\?<?[=!]|\\[1-9])/.exec(pattern)?.[1];
    if (found === undefined) return;
    const what = found.startsWith('(') ? 'look-around' : 'a back-reference';
    this.report(`The pattern uses ${what} (\`${found}\`), which linear-time matching does not have.`, span);
  }

  private macro(node: Extract<GuardNode, { kind: 'macro' }>, variables: Variables): Value {
    const of = this.kindOf(node.of, variables);
    if (!['list', 'map', 'any'].includes(of.kind)) {
      this.report(`\`${node.name}\` walks a list, but this is ${article(of)}.`, node.of.span);
    }
    const item: Value = of.holds === 'rows' ? { kind: 'map', holds: 'row', shape: of.shape ?? null } : any;
    const inside = new Map(variables).set(node.variable, item);
    const [first, second] = node.bodies;
    if (first && (node.name !== 'map' || second)) {
      this.demand('boolean', first, inside, `\`${node.name}\` needs a condition`);
      if (second) this.kindOf(second, inside);
    } else if (first) this.kindOf(first, inside);
    if (node.name === 'filter') return { ...of, kind: 'list' };
    return { kind: node.name === 'map' ? 'list' : 'boolean' };
  }

  private binary(node: Extract<GuardNode, { kind: 'binary' }>, variables: Variables): Value {
    const { operator, left, right } = node;
    if (operator === '&&' || operator === '||') {
      const rule = `\`${operator}\` joins conditions`;
      this.demand('boolean', left, variables, rule);
      this.demand('boolean', right, variables, rule);
      return { kind: 'boolean' };
    }
    const first = this.kindOf(left, variables);
    const second = this.kindOf(right, variables);
    if (operator === 'in') {
      if (!['list', 'map', 'any'].includes(second.kind))
        this.report(`\`in\` needs a list, but this is ${article(second)}.`, right.span);
      if (right.kind === 'list') for (const item of right.items) this.closed(first, item);
      return { kind: 'boolean' };
    }
    if (['+', '-', '*', '/', '%'].includes(operator)) return first.kind === second.kind ? { kind: first.kind } : any;
    const scalars = ['boolean', 'number', 'text'];
    if (first.kind !== second.kind && scalars.includes(first.kind) && scalars.includes(second.kind)) {
      this.report(`${upper(article(first))} is compared with ${article(second)}.`, node.span);
    } else if (operator === '==' || operator === '!=') {
      this.closed(first, right);
      this.closed(second, left);
    }
    return { kind: 'boolean' };
  }

  /** Reports a literal that the column's query can never give. */
  private closed({ column }: Value, literal: GuardNode): void {
    if (!column?.values || literal.kind !== 'string' || column.values.includes(literal.value)) return;
    const meant = nearName(literal.value, column.values);
    const listed = column.values.slice(0, 12).map((value) => `\`${value}\``);
    const hint =
      meant === undefined
        ? `It gives ${listed.join(', ')}${column.values.length > 12 ? ', …' : ''}.`
        : `Did you mean \`${meant}\`?`;
    this.report(`The step's query never gives \`${literal.value}\` as \`${column.name}\`.`, literal.span, hint);
  }
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
