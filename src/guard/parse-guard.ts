// Parses a guard into a tree with spans: CEL without message construction, bounded in length and depth.
// The CEL library stays the authority for evaluation; our own tree is there for exact places, for words, for
// evidence, and so that reading and checking a guide need not load the library.
import type { Span } from '../base/index.ts';
import { type BinaryOperator, type GuardNode, macroNames, type SyntaxFault } from './guard-syntax.ts';
import { type GuardToken, guardTokens } from './guard-tokens.ts';

/** Longest guard that is read, in UTF-16 units. */
export const longestGuard = 4000;
const deepest = 40;
const mostTokens = 1000;

const reserved = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>', '>=', '==', '!=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** A parsed guard, or its first fault. */
export type ParsedGuard =
  { readonly kind: 'tree'; readonly root: GuardNode } | { readonly kind: 'fault'; readonly fault: SyntaxFault };

const cache = new Map<string, ParsedGuard>();

/** Parses a guard; the last few hundred are remembered. Never throws. */
export function parseGuard(text: string): ParsedGuard {
  const known = cache.get(text);
  if (known) return known;
  const parsed = parseFresh(text);
  if (cache.size >= 500) cache.clear();
  if (text.length <= longestGuard) cache.set(text, parsed);
  return parsed;
}

function parseFresh(text: string): ParsedGuard {
  if (text.length > longestGuard) {
    return fault(`The guard is longer than ${longestGuard} characters.`, longestGuard, text.length);
  }
  const tokens = guardTokens(text);
  if (!Array.isArray(tokens)) return { kind: 'fault', fault: tokens as SyntaxFault };
  if (tokens.length > mostTokens)
    return fault(`The guard has more than ${mostTokens} words and signs.`, 0, text.length);
  try {
    return { kind: 'tree', root: new Parser(tokens as readonly GuardToken[]).whole() };
  } catch (error) {
    if (error instanceof Stop) return { kind: 'fault', fault: error.fault };
    throw error;
  }
}

function fault(message: string, start: number, end: number): ParsedGuard {
  return { kind: 'fault', fault: { message, start, end } };
}

/** Ends a parse at its first fault; never leaves this file. */
class Stop extends Error {
  readonly fault: SyntaxFault;
  constructor(fault: SyntaxFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Recursive descent over the tokens of one guard. */
class Parser {
  private readonly tokens: readonly GuardToken[];
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly GuardToken[]) {
    this.tokens = tokens;
  }

  whole(): GuardNode {
    if (this.peek().kind === 'end') throw new Stop({ message: 'The guard is empty.', start: 0, end: this.peek().end });
    const root = this.expression();
    if (this.peek().kind !== 'end') this.unexpected('an operator such as `&&`, or the end');
    return root;
  }

  private peek(): GuardToken {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as GuardToken;
  }

  private isSymbol(value: string): boolean {
    return this.peek().kind === 'symbol' && this.peek().value === value;
  }

  private take(): GuardToken {
    const token = this.peek();
    this.at++;
    return token;
  }

  private expect(value: string, what: string): GuardToken {
    if (!this.isSymbol(value)) this.unexpected(what);
    return this.take();
  }

  private unexpected(expected: string): never {
    const { kind, value, start, end } = this.peek();
    const words: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!', AND: '&&', OR: '||', NOT: '!' };
    const hint =
      kind === 'name' && words[value] !== undefined ? `Write \`${words[value]}\` for "${value.toLowerCase()}".` : null;
    const found = kind === 'end' ? 'The guard ends' : `The guard has ${kind === 'string' ? 'a text' : `\`${value}\``}`;
    throw new Stop({ message: `${found} where we expected ${expected}.`, start, end, ...(hint !== null && { hint }) });
  }

  private expression(): GuardNode {
    if (++this.depth > deepest) {
      const { start, end } = this.peek();
      throw new Stop({ message: `The guard is nested more than ${deepest} deep.`, start, end });
    }
    const test = this.binary(0);
    let node = test;
    if (this.isSymbol('?')) {
      this.take();
      const yes = this.binary(0);
      this.expect(':', '`:` and what holds otherwise');
      const no = this.expression();
      node = { kind: 'choice', test, yes, no, span: between(test, no) };
    }
    this.depth--;
    return node;
  }

  private binary(level: number): GuardNode {
    const operators = levels[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const { kind, value, start, end } = this.peek();
      if ((kind !== 'symbol' && value !== 'in') || kind === 'string' || !operators.includes(value)) return left;
      this.take();
      const right = this.binary(level + 1);
      const operator = value as BinaryOperator;
      left = { kind: 'binary', operator, operatorSpan: { start, end }, left, right, span: between(left, right) };
    }
  }

  /** CEL takes `!!a` and `--a`, but neither `!-a` nor `-!a`. */
  private unary(only?: string): GuardNode {
    const signed = this.isSymbol('!') || this.isSymbol('-');
    if (!signed || (only !== undefined && !this.isSymbol(only))) return this.postfix();
    if (++this.depth > deepest) this.unexpected('fewer signs in a row');
    const sign = this.take();
    if (sign.value === '-' && this.peek().kind === 'uint') this.unexpected('a number that can be negative');
    const operand = this.unary(sign.value);
    this.depth--;
    const span = { start: sign.start, end: operand.span.end };
    if (sign.value === '-' && operand.kind === 'number' && operand.span.start === sign.end) {
      return { kind: 'number', value: -operand.value, whole: operand.whole, span };
    }
    return { kind: sign.value === '!' ? 'not' : 'minus', operand, span };
  }

  private postfix(): GuardNode {
    let node = this.primary();
    for (let links = 0; ; links++) {
      if (links > deepest) this.unexpected('fewer members in a row');
      if (this.isSymbol('.')) node = this.member(node);
      else if (this.isSymbol('[')) {
        this.take();
        const index = this.expression();
        const close = this.expect(']', '`]`');
        node = { kind: 'index', of: node, index, span: { start: node.span.start, end: close.end } };
      } else return node;
    }
  }

  private member(of: GuardNode): GuardNode {
    this.take();
    if (this.peek().kind !== 'name') this.unexpected('a name after the dot');
    const { value: name, start, end } = this.take();
    const nameSpan = { start, end };
    if (['in', 'true', 'false', 'null'].includes(name)) {
      const message = `\`${name}\` is a word of CEL and cannot follow a dot.`;
      throw new Stop({ message, start, end, hint: `Write ['${name}'] instead of .${name}` });
    }
    if (!this.isSymbol('(')) return { kind: 'member', of, name, nameSpan, span: { start: of.span.start, end } };
    const { args, end: close } = this.arguments();
    const span = { start: of.span.start, end: close };
    if (!macroNames.has(name)) return { kind: 'call', of, name, nameSpan, args, span };
    const [variable, ...bodies] = args;
    if (variable?.kind !== 'name' || bodies.length === 0 || bodies.length > (name === 'map' ? 2 : 1)) {
      const message = `\`${name}\` needs a name for each item and a condition on it.`;
      throw new Stop({ message, ...nameSpan, hint: `For example: rows.${name}(r, r.error_rate > 8)` });
    }
    return { kind: 'macro', of, name, nameSpan, variable: variable.name, variableSpan: variable.span, bodies, span };
  }

  private arguments(): { readonly args: readonly GuardNode[]; readonly end: number } {
    this.take();
    const args: GuardNode[] = [];
    while (!this.isSymbol(')')) {
      args.push(this.expression());
      if (!this.isSymbol(',')) break;
      this.take();
      if (this.isSymbol(')')) this.unexpected('an expression');
    }
    return { args, end: this.expect(')', args.length > 0 ? '`,` or `)`' : 'an expression or `)`').end };
  }

  private primary(): GuardNode {
    const token = this.peek();
    const span: Span = { start: token.start, end: token.end };
    switch (token.kind) {
      case 'string':
        this.take();
        return { kind: 'string', value: token.value, span };
      case 'bytes':
        this.take();
        return { kind: 'bytes', span };
      case 'number':
      case 'uint': {
        this.take();
        const whole = /^(?:\d+|0[xX][0-9a-fA-F]+)$/.test(token.value);
        const tooLarge = whole && BigInt(token.value) > (token.kind === 'uint' ? 2n ** 64n - 1n : 2n ** 63n - 1n);
        if (tooLarge) throw new Stop({ message: `\`${token.value}\` is too large a number.`, ...span });
        return { kind: 'number', value: Number(token.value), whole, span };
      }
      case 'name':
        return this.named(token, span);
      case 'symbol':
        return this.bracketed(token);
      case 'end':
        return this.unexpected('an expression');
    }
  }

  private named(token: GuardToken, span: Span): GuardNode {
    const { value: name } = token;
    if (name === 'in' || reserved.has(name)) this.unexpected('a name that CEL does not reserve');
    // The CEL library reads `trueish` as `true` and stumbles over the rest.
    if (/^(?:true|false)./.test(name)) this.unexpected('a name that does not start with `true` or `false`');
    this.take();
    if (name === 'true' || name === 'false') return { kind: 'boolean', value: name === 'true', span };
    if (name === 'null') return { kind: 'null', span };
    if (this.isSymbol('{')) this.unexpected('an operator such as `&&`, or the end');
    if (!this.isSymbol('(')) return { kind: 'name', name, span };
    const { args, end } = this.arguments();
    if (name === 'has' && (args.length !== 1 || args[0]?.kind !== 'member')) {
      throw new Stop({ message: '`has` asks for one member.', ...span, hint: 'For example: has(r.error_rate)' });
    }
    return { kind: 'call', of: null, name, nameSpan: span, args, span: { start: span.start, end } };
  }

  private bracketed(token: GuardToken): GuardNode {
    if (token.value === '(') {
      this.take();
      const inner = this.expression();
      const close = this.expect(')', '`)`');
      return { ...inner, span: { start: token.start, end: close.end } };
    }
    if (token.value === '[') {
      this.take();
      const items: GuardNode[] = [];
      while (!this.isSymbol(']')) {
        items.push(this.expression());
        if (!this.isSymbol(',')) break;
        this.take();
      }
      return { kind: 'list', items, span: { start: token.start, end: this.expect(']', '`,` or `]`').end } };
    }
    if (token.value === '{') {
      this.take();
      const entries: { key: GuardNode; value: GuardNode }[] = [];
      while (!this.isSymbol('}')) {
        const key = this.expression();
        this.expect(':', '`:`');
        entries.push({ key, value: this.expression() });
        if (!this.isSymbol(',')) break;
        this.take();
      }
      return { kind: 'map', entries, span: { start: token.start, end: this.expect('}', '`,` or `}`').end } };
    }
    return this.unexpected('an expression');
  }
}

function between(first: GuardNode, last: GuardNode): Span {
  return { start: first.span.start, end: last.span.end };
}
