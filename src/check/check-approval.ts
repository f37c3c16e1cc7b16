// action.no-approval: a step that certainly changes something and does not ask for approval, in a guide that asks for it elsewhere.
// What destroys without a way back is action.destructive's concern. A run asks in any case; whoever follows the guide by hand sees a step like any other.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { changeIn, destructiveIn } from './dangerous-commands.ts';
import { leadOf, stepAround } from './step-around.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { firstDeed } from './first-deed.ts';

const asks = /\b(?:approv\w+|confirm(?:ed|ation)?|permission|agree[ds]?|sign-?off|ask(?:ing)? .{0,30}\bbefore)\b/i;

export function checkApproval({ plan, facts }: CheckInput): readonly Diagnostic[] {
  // Who never asks does not use our words, and one who says how to take each change back does.
  if (!plan.nodes.some(({ needsApproval, undo }) => needsApproval || undo !== undefined)) return [];
  const told = new Set<PlanNode>();
  return collect(plan.nodes, (node) => {
    const { actions, needsApproval, description, safeToRepeat } = node;
    if (needsApproval || safeToRepeat || asks.test(description)) return [];
    const lead = leadOf(plan, facts, node);
    if (lead && (lead.needsApproval || lead.safeToRepeat || asks.test(lead.description))) return [];
    const undo = node.undo ?? lead?.undo;
    if (told.has(lead ?? node)) return [];
    if (stepAround(plan, node)?.needsApproval === true) return [];
    const changing = actions.find(
      (action) => changeIn(action) !== null && (undo !== undefined || destructiveIn(action).length === 0),
    );
    // Who says how to undo a step knows that it changes something, though nothing else knows the command.
    const unknown = undo !== undefined && !changing ? actions.find(({ effect }) => effect !== 'read') : undefined;
    const action = changing ?? unknown;
    const place = (changing && changeIn(changing)) ?? (unknown && firstDeed(unknown.code));
    if (!action || !place) return [];
    // The items that one way back holds for are one change.
    told.add(lead ?? node);
    return [
      makeDiagnostic(
        'action.no-approval',
        codeSpan(action, place),
        `\`${action.id}\` changes something, and the step asks for no approval.`,
        {
          hint: 'Add "Needs approval." to the step, or "Safe to repeat." where nothing can go wrong.',
        },
      ),
    ];
  });
}
