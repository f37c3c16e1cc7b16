// Quick fixes: which ones belong to a place, and how several are applied to a text at once.
import type { Span } from '../base/index.ts';
import { applyEdits, type Diagnostic, type Fix, type TextEdit } from '../diagnostics/index.ts';
import type { Analysis } from './analyze.ts';

/** A fix with the finding it repairs. */
export interface OfferedFix {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
}

/** Fixes of all findings that touch the range; a cursor is an empty range. */
export function fixesAt({ diagnostics }: Pick<Analysis, 'diagnostics'>, range: Span): readonly OfferedFix[] {
  return diagnostics.flatMap((diagnostic) =>
    diagnostic.span.start <= range.end && range.start <= diagnostic.span.end
      ? diagnostic.fixes.map((fix) => ({ diagnostic, fix }))
      : [],
  );
}

/** Applies fixes in order. One that would change what an earlier one has changed is left out whole. */
export function applyFixes(text: string, fixes: readonly Fix[]): string {
  return applyEdits(text, compatibleEdits(fixes));
}

/** The edits of the fixes that can be made together, each once; of two that clash the first is kept. */
export function compatibleEdits(fixes: readonly Fix[]): readonly TextEdit[] {
  const taken: TextEdit[] = [];
  for (const fix of fixes) {
    if (fix.edits.every((edit) => !taken.some((other) => clash(edit, other)))) taken.push(...fix.edits);
  }
  return taken.filter(
    (edit, index) => taken.findIndex((other) => other.newText === edit.newText && samePlace(edit, other)) === index,
  );
}

function clash(a: TextEdit, b: TextEdit): boolean {
  if (samePlace(a, b)) return a.newText !== b.newText;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

function samePlace(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end;
}
