// Where in the guide an action failed: the tool's offsets into the action's code as a line and column of the guide.
import type { LineIndex, Span } from '../base/index.ts';
import { codeSpan } from '../check/index.ts';
import type { Action } from '../plan/index.ts';
import type { ActionFailure } from '../run/index.ts';

/** 1-based. Without the guide's text only the line is known. */
export interface FailurePlace {
  readonly line: number;
  readonly column?: number;
  /** In the guide; only with its text. */
  readonly span?: Span;
}

/** The place the tool points to; undefined when it points nowhere. */
export function placeOfFailure(
  failure: ActionFailure,
  action: Action | undefined,
  lines: LineIndex | null,
): FailurePlace | undefined {
  if (!failure.at || !action) return undefined;
  if (!lines) {
    return { line: action.source.startLine + action.code.slice(0, failure.at.start).split('\n').length - 1 };
  }
  const span = codeSpan(action, failure.at);
  return { ...lines.positionAt(span.start), span };
}
