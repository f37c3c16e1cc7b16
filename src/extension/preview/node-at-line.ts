// Which step a line of the guide belongs to.
import type { Plan } from '../../plan/index.ts';

/** The innermost step whose text holds the 1-based line; null between steps. */
export function nodeAtLine(plan: Plan, line: number): string | null {
  let found: { readonly id: string; readonly size: number } | null = null;
  for (const { id, source } of plan.nodes) {
    if (!source || line < source.startLine || line > source.endLine) continue;
    const size = source.endLine - source.startLine;
    if (!found || size < found.size) found = { id, size };
  }
  return found?.id ?? null;
}
