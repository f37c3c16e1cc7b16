// Where a place in the guide stands in the code of an action.
import type { Action } from './plan.ts';

/**
 * Maps UTF-16 offsets in the guide to offsets in the action's code, line by line, because a fence inside a list is indented.
 * Null for an offset outside the code.
 */
export function codeOffsets(action: Pick<Action, 'code' | 'lineOffsets'>): (offset: number) => number | null {
  const starts = [0];
  for (let i = action.code.indexOf('\n'); i >= 0; i = action.code.indexOf('\n', i + 1)) starts.push(i + 1);
  return (offset) => {
    for (let line = Math.min(starts.length, action.lineOffsets.length) - 1; line >= 0; line--) {
      const from = action.lineOffsets[line] ?? 0;
      if (offset < from) continue;
      const at = (starts[line] ?? 0) + offset - from;
      return at <= (starts[line + 1] ?? action.code.length + 1) - 1 ? at : null;
    }
    return null;
  };
}
