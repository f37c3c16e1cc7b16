// Finds an action's placeholders inside its code and pairs each with its value, for every kind of tool.
import { codeOffsets, type Action } from '../plan/index.ts';
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
