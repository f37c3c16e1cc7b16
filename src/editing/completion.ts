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
  | 'table'
  | 'column'
  | 'keyword'
  | 'metric'
  | 'label'
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

/** The tool that performs a block: the one it names, else the first that speaks its language. */
export function toolFor(
  tools: readonly KnownTool[],
  { tool: named, language }: { readonly tool?: string | undefined; readonly language: string },
): KnownTool | undefined {
  if (named !== undefined) return tools.find(({ name }) => name === named);
  return tools.find(({ languages }) => languages.includes(language));
}

/** More than these are narrowed to what has begun to be written, before anybody sees them. */
const mostShown = 500;

/** Of many offers those that hold what is written so far, `before` being the text up to the cursor; of few all. */
export function shortlist(offers: readonly Completion[], before: string): readonly Completion[] {
  if (offers.length <= mostShown) return offers;
  const fits = offers.filter(({ label, span }) =>
    label.toLowerCase().includes(before.slice(span.start).replace(/^["`]/, '').toLowerCase()),
  );
  return fits.slice(0, mostShown);
}

/** Text that stands for itself between place holders. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
