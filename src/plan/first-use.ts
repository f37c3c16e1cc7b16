// Where a parameter is used first, to show whoever is asked for its value what it is for.
import { codeOffsets } from './code-offsets.ts';
import type { NodeId, Plan } from './plan.ts';

/** Longer lines are shown by their part around the placeholder. */
const longest = 160;

/** A step and the line of its code that holds the parameter's placeholder, on one line of at most 160 characters. */
export interface FirstUse {
  readonly node: NodeId;
  readonly line: string;
}

/** The first use of a parameter in the plan's actions; null when no action uses it. */
export function firstUse(plan: Plan, parameter: string): FirstUse | null {
  for (const { id, actions } of plan.nodes)
    for (const action of actions) {
      const placeholder = action.placeholders.find((one) => one.parameter === parameter);
      if (!placeholder) continue;
      const { code } = action;
      const at = codeOffsets(action)(placeholder.span.start) ?? 0;
      const start = code.lastIndexOf('\n', at - 1) + 1;
      const end = code.indexOf('\n', at);
      return { node: id, line: around(code.slice(start, end < 0 ? undefined : end), at - start) };
    }
  return null;
}

function around(line: string, at: number): string {
  if (line.length <= longest) return line.trim();
  const from = Math.max(0, Math.min(at - longest / 2, line.length - longest));
  const part = line.slice(from, from + longest).trim();
  return `${from > 0 ? '\u2026' : ''}${part}${from + longest < line.length ? '\u2026' : ''}`;
}
