// Takes a guard apart into the tests that `&&`, `||`, `!` and `?:` join: what each of them reads, and its own text. Conditions over the
// results of several steps are told apart by them, for one step's result alone decides none as a whole.
import { childrenOf, type GuardNode } from './guard-syntax.ts';
import { parseGuard } from './parse-guard.ts';

/** One test. `rowCount > 3 && steps.Step1.exitCode == 0` has two. */
export interface GuardTest {
  readonly cel: string;
  readonly root: GuardNode;
}

/** The tests of a guard; none when it is not a guard. */
export function guardTests(cel: string): readonly GuardTest[] {
  const parsed = parseGuard(cel);
  if (parsed.kind === 'fault') return [];
  const visit = (node: GuardNode): readonly GuardTest[] => {
    if (node.kind === 'not') return visit(node.operand);
    if (node.kind === 'binary' && (node.operator === '&&' || node.operator === '||'))
      return [...visit(node.left), ...visit(node.right)];
    if (node.kind === 'choice') return [...visit(node.test), ...visit(node.yes), ...visit(node.no)];
    return [{ cel: cel.slice(node.span.start, node.span.end), root: node }];
  };
  return visit(parsed.root);
}

/** Names of results of other steps that an expression reads: `steps.Step2`, `results.errors`. */
export function resultsRead(node: GuardNode): readonly string[] {
  const named = resultName(node);
  return named === undefined ? childrenOf(node).flatMap(resultsRead) : [named];
}

/** `steps.Step2`, `steps['Step2']`, `results.errors`; undefined for anything else. */
export function resultName(node: GuardNode): string | undefined {
  if (node.kind === 'member' && node.of.kind === 'name' && isHolder(node.of.name))
    return `${node.of.name}.${node.name}`;
  if (node.kind === 'index' && node.of.kind === 'name' && isHolder(node.of.name) && node.index.kind === 'string')
    return `${node.of.name}.${node.index.value}`;
  return undefined;
}

function isHolder(name: string): boolean {
  return name === 'steps' || name === 'results';
}
