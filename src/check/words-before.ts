// The paragraph that introduces a block of code, wherever both stand in the plan.
import type { Text } from '../base/index.ts';
import type { Action } from '../plan/index.ts';

/** Empty when the code stands under a heading. */
export function wordsBefore(text: Text, { source }: Action): string {
  const before = text
    .slice(Math.max(0, source.span.start - 600), source.span.start)
    .replace(/\n[ \t>]*(?:```|~~~)[^\n]*\n[ \t>]*$/, '\n');
  const last =
    before
      .trimEnd()
      .split(/\n[ \t]*\n/)
      .at(-1) ?? '';
  return /^\s*(?:#|```|~~~)/.test(last) ? '' : last;
}
