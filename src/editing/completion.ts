// One thing that can be written at the cursor, as plain data; what each file `complete-*.ts` gives.
import type { Span } from '../base/index.ts';

export type CompletionKind =
  | 'step'
  | 'anchor'
  | 'parameter'
  | 'result'
  | 'tool'
  | 'language'
  | 'attribute'
  | 'key'
  | 'value'
  | 'column'
  | 'member'
  | 'function'
  | 'snippet';

/**
 * Replaces `span` with `insert`.
 *
 *     If so, go to st|
 *                  ^^  `span` of the completion `Step 4`: what is written of it already
 */
export interface Completion {
  readonly kind: CompletionKind;
  readonly label: string;
  readonly detail?: string;
  readonly insert: string;
  /** True when `insert` holds `${1:place}` holders, with `$`, `}` and `\` of the text escaped. */
  readonly holders?: boolean;
  /** What typing is compared with; the label when absent. */
  readonly filter?: string;
  readonly span: Span;
}

/** A configured tool, as completion shows it. */
export interface KnownTool {
  readonly name: string;
  readonly languages: readonly string[];
}

/** Text that stands for itself between place holders. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
