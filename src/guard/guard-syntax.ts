// The syntax tree of a guard, with a span on every node. Macros (`rows.exists(r, …)`) stay as the author wrote them,
// which is what checking, describing and finding evidence need.
import type { Span } from '../base/index.ts';

/** Infix operators, in CEL's own spelling. */
export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%';

/** The macros that walk a list with a variable. */
export const macroNames: ReadonlySet<string> = new Set(['exists', 'all', 'exists_one', 'existsOne', 'map', 'filter']);

/**
 * One expression.
 *
 *     rows.exists(r, r.state == 'DOWN')
 *     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^  span of the macro; its `nameSpan` covers `exists`
 */
export type GuardNode = { readonly span: Span } & (
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number; readonly whole: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: GuardNode; readonly name: string; readonly nameSpan: Span }
  | { readonly kind: 'index'; readonly of: GuardNode; readonly index: GuardNode }
  | {
      readonly kind: 'call';
      readonly of: GuardNode | null;
      readonly name: string;
      readonly nameSpan: Span;
      readonly args: readonly GuardNode[];
    }
  | {
      readonly kind: 'macro';
      readonly of: GuardNode;
      readonly name: string;
      readonly nameSpan: Span;
      readonly variable: string;
      readonly variableSpan: Span;
      /** One body, or a test and a body for `map(x, test, body)`. */
      readonly bodies: readonly GuardNode[];
    }
  | { readonly kind: 'list'; readonly items: readonly GuardNode[] }
  | { readonly kind: 'map'; readonly entries: readonly { readonly key: GuardNode; readonly value: GuardNode }[] }
  | { readonly kind: 'not' | 'minus'; readonly operand: GuardNode }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly operatorSpan: Span;
      readonly left: GuardNode;
      readonly right: GuardNode;
    }
  | { readonly kind: 'choice'; readonly test: GuardNode; readonly yes: GuardNode; readonly no: GuardNode }
);

/** What is wrong with a guard's text, and where. */
export interface SyntaxFault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
}

/** The nodes directly below a node, in the order of the text. */
export function childrenOf(node: GuardNode): readonly GuardNode[] {
  switch (node.kind) {
    case 'member':
      return [node.of];
    case 'index':
      return [node.of, node.index];
    case 'call':
      return node.of ? [node.of, ...node.args] : node.args;
    case 'macro':
      return [node.of, ...node.bodies];
    case 'list':
      return node.items;
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'not':
    case 'minus':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'choice':
      return [node.test, node.yes, node.no];
    default:
      return [];
  }
}
