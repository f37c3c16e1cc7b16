// Findings on the names of steps that two rooms make: the compiler for the steps of a plan, the checks for letters and titles in quotes,
// which are no names in a plan.
import type { Span } from '../base/index.ts';
import type { Diagnostic, Fix, Label } from './diagnostic.ts';
import { makeDiagnostic } from './make-diagnostic.ts';

/** `step.duplicate` at the second of two steps of one name. */
export function doubledStep(span: Span, message: string, first: Label, hint: string): Diagnostic {
  return makeDiagnostic('step.duplicate', span, message, { labels: [first], hint });
}

/** `step.unknown-target` at a jump to a step that the guide does not have; the fix writes the one that was meant. */
export function unknownStep(span: Span, message: string, hint: string, meant: string | null): Diagnostic {
  const fixes: Fix[] =
    meant === null ? [] : [{ title: `Change it to \`${meant}\``, edits: [{ span, newText: meant }] }];
  return makeDiagnostic('step.unknown-target', span, message, { hint, fixes });
}
