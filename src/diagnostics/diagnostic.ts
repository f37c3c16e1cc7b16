// A problem in a guide, as a plain value. Problems during a run are events; problems in our code are thrown.
import type { Span } from '../base/index.ts';
import type { DiagnosticCode } from './catalogue.ts';

/** How much a diagnostic matters. `error` makes `tsg check` exit 1; `warning` and below do not. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Another place that explains the problem, with a sentence. */
export interface Label {
  readonly span: Span;
  readonly message: string;
}

/** Replace the characters of `span` with `newText`. Offsets are those of the text that was checked. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** A correction the engine is certain enough to offer; applying all edits at once repairs the problem. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/**
 * One finding.
 *
 *     If so, go to Step 9.
 *                  ^^^^^^  span of `step.unknown-target`: the author's words that are wrong, nothing more
 *
 * `message` is one sentence that names the author's text in back-ticks, what we found and what we expected;
 * `hint` says what to do next.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly labels: readonly Label[];
  readonly hint?: string;
  readonly fixes: readonly Fix[];
}
