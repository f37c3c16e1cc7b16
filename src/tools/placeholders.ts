// Finds an action's placeholders inside its code and pairs each with its value, for every kind of tool.
import type { Action } from '../plan/index.ts';
import type { ActionFailure, Binding } from '../run/index.ts';
import { failure } from './failure.ts';

/** A placeholder in the code, `start` and `end` in UTF-16 units of `action.code`, with the value that fills it. */
export interface Hole {
  readonly start: number;
  readonly end: number;
  readonly binding: Binding;
}

/** The holes of an action in the order they stand, or why they cannot be filled. */
export function holesOf(action: Action, bindings: readonly Binding[]): readonly Hole[] | ActionFailure {
  const holes: Hole[] = [];
  const toCode = codeOffsets(action);
  for (const { parameter, span } of [...action.placeholders].sort((a, b) => a.span.start - b.span.start)) {
    const start = toCode(span.start);
    const end = toCode(span.end);
    if (start === null || end === null || end <= start || start < (holes.at(-1)?.end ?? 0))
      return failure('invalid-parameter', `The place of \`${parameter}\` in the code is not known.`);
    const binding = bindings.find(({ name }) => name === parameter);
    if (!binding)
      return failure('missing-parameter', `The parameter \`${parameter}\` has no value.`, { at: { start, end } });
    holes.push({ start, end, binding });
  }
  return holes;
}

/** Maps guide offsets to offsets in `action.code`, line by line, because a fence inside a list is indented. */
function codeOffsets(action: Action): (offset: number) => number | null {
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
