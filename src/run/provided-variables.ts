// Variables that a tool itself gives to what it runs (`env`, `secretEnv` in tsg.yaml) are asked of nobody: `$API_KEY` stays in the
// command as it stands.
import { codeOffsets, type Action, type Plan } from '../plan/index.ts';
import type { DryTool, Toolbox } from './ports.ts';

/** The plan without the parameters that only stand for such variables; the same plan when there are none. */
export function withoutProvided(plan: Plan, toolbox: Toolbox<DryTool>): Plan {
  let changed = false;
  const nodes = plan.nodes.map((node) => {
    const actions = node.actions.map((action) => {
      const kept = keepAsked(action, new Set(toolbox.find(action)?.provides ?? []), plan);
      changed ||= kept !== action;
      return kept;
    });
    return actions.every((action, at) => action === node.actions[at]) ? node : { ...node, actions };
  });
  if (!changed) return plan;
  const used = new Set(nodes.flatMap(({ actions }) => actions.flatMap(({ parameters }) => parameters)));
  const parameters = plan.guide.parameters.filter(({ name, origin }) => origin !== 'placeholder' || used.has(name));
  return { ...plan, guide: { ...plan.guide, parameters }, nodes };
}

function keepAsked(action: Action, provided: ReadonlySet<string>, { guide }: Plan): Action {
  if (provided.size === 0 || action.placeholders.length === 0) return action;
  const toCode = codeOffsets(action);
  const placeholders = action.placeholders.filter(({ parameter, span }) => {
    const at = toCode(span.start);
    const isVariable = at !== null && action.code[at] === '$';
    const isDeclared = guide.parameters.some(({ name, origin }) => name === parameter && origin !== 'placeholder');
    return !isVariable || isDeclared || !provided.has(parameter);
  });
  if (placeholders.length === action.placeholders.length) return action;
  const names = new Set(placeholders.map(({ parameter }) => parameter));
  return { ...action, placeholders, parameters: action.parameters.filter((name) => names.has(name)) };
}
