// The scopes of a frame: what is worth seeing at a step or an action, most wanted first. Empty ones are left out.
import { findNode, type Plan } from '../../plan/index.ts';
import { scopeAround, stepOf, type Moment } from './moment.ts';
import type { FramePlace } from './stack.ts';
import {
  actionMembers,
  actionVariables,
  edgeVariables,
  parameterVariables,
  resultsByName,
  resultVariables,
  type VariableNode,
} from './variable-tree.ts';

export interface FrameScope {
  readonly name: string;
  readonly children: readonly VariableNode[];
  /** Not opened unless a person asks. */
  readonly expensive: boolean;
}

export function frameScopes(plan: Plan, moment: Moment, place: FramePlace): readonly FrameScope[] {
  const { node } = place;
  const scope = moment.scope(node);
  const around = scopeAround(plan, moment, node);
  const action = place.kind === 'action' ? stepOf(moment.view, node)?.actions[place.index] : undefined;
  const scopes: FrameScope[] = [
    { name: 'Action', children: action ? actionMembers(action) : [], expensive: false },
    {
      name: around.result === scope.result ? 'Result' : 'Result that led here',
      children: resultVariables(around.result, ''),
      expensive: false,
    },
    {
      name: 'Parameters',
      children: parameterVariables(scope, plan, findNode(plan, node)?.within === undefined),
      expensive: false,
    },
    { name: 'Ways on', children: edgeVariables(plan, moment.view, node), expensive: false },
    { name: 'Actions', children: action ? [] : actionVariables(moment.view, node), expensive: true },
    { name: 'Steps', children: resultsByName(scope.steps, 'steps'), expensive: true },
    { name: 'Named results', children: resultsByName(scope.results, 'results'), expensive: true },
  ];
  return scopes.filter(({ children }) => children.length > 0);
}
