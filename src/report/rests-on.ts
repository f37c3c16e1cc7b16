// Which outputs a finding rests on: those that a guard reads, those in which a model's quotes stand, those that the engineer
// had in front of them.
import { childrenOf, parseGuard, type GuardNode } from '../guard/index.ts';
import { findNode, type Guard, type NodeId, type Plan } from '../plan/index.ts';
import { evidenceText, type ActionView, type RunView, type StepView } from '../run/index.ts';

/** Actions of the step that have something to show, the last one first looked at by a guard. */
export function shownActions(step: StepView): readonly ActionView[] {
  return step.actions.filter(({ result }) => result !== undefined);
}

/** True when it stands among the outputs. */
export function hasOutput({ attempts, result, failure }: ActionView): boolean {
  return attempts > 0 || result !== undefined || failure !== undefined;
}

/** The actions whose results the guards of a step read; those of the step itself where that cannot be told. */
export function readByGuards({ plan, view }: Ran, step: StepView, guards: readonly Guard[]): readonly string[] {
  const own = shownActions(step)
    .filter(({ byModel }) => !byModel)
    .at(-1)?.id;
  const found = new Set<string>();
  for (const guard of guards) {
    if (guard.kind === 'else') continue;
    const parsed = parseGuard(guard.cel);
    if (parsed.kind !== 'tree') continue;
    for (const read of readsOf(parsed.root)) {
      const action = read.of === 'own' ? own : actionNamed({ plan, view }, step.node, read);
      if (action !== undefined) found.add(action);
    }
  }
  return [...found];
}

/** The actions of a step in whose results one of the quotes stands. */
export function quotedIn(step: StepView, quotes: readonly string[]): readonly string[] {
  return shownActions(step)
    .filter(({ result }) => quotes.some((quote) => result && evidenceText(result).includes(quote)))
    .map(({ id }) => id);
}

interface Ran {
  readonly plan: Plan;
  readonly view: RunView;
}

type ResultRead = { readonly of: 'own' } | { readonly of: 'steps' | 'results'; readonly name: string };

const ownNames: ReadonlySet<string> = new Set([
  'rows',
  'rowCount',
  'columns',
  'exitCode',
  'text',
  'errorText',
  'status',
  'json',
  'outcome',
]);

/** Results that an expression names; a macro's variable may hide a name, which then is no result. */
function readsOf(node: GuardNode, hidden: readonly string[] = []): readonly ResultRead[] {
  const root = node.kind === 'member' || node.kind === 'index' ? node.of : null;
  if (root?.kind === 'name' && (root.name === 'steps' || root.name === 'results')) {
    if (node.kind === 'member') return [{ of: root.name, name: node.name }];
    if (node.kind === 'index' && node.index.kind === 'string') return [{ of: root.name, name: node.index.value }];
  }
  if (node.kind === 'name') return ownNames.has(node.name) && !hidden.includes(node.name) ? [{ of: 'own' }] : [];
  const inside = node.kind === 'macro' ? [...hidden, node.variable] : hidden;
  return childrenOf(node).flatMap((child) => readsOf(child, inside));
}

/** The action of an earlier step, or of a kept result, as a step of the same guide names it. */
function actionNamed(
  { plan, view }: Ran,
  from: NodeId,
  { of, name }: Exclude<ResultRead, { readonly of: 'own' }>,
): string | undefined {
  const within = findNode(plan, from)?.within;
  const prefix = within === undefined ? '' : `${within}/`;
  if (of === 'steps') {
    const step = view.steps.find(({ node }) => node === `${prefix}${name}`);
    return step && shownActions(step).at(-1)?.id;
  }
  const nodes = plan.nodes.filter((node) => node.within === within);
  return nodes.flatMap(({ actions }) => actions).findLast(({ resultName }) => resultName === name)?.id;
}
