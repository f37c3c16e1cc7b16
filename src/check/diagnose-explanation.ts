// action.invalid-query: what a tool says when it is asked whether it would accept an action. Hosts ask the tool and hand
// its answer in; this puts it into the guide's own lines.
import type { Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Guide } from '../guide/index.ts';
import type { Action } from '../plan/index.ts';

/** As much of a tool's refusal as is needed; `at` are UTF-16 offsets into the action's code. */
export interface Refusal {
  readonly message: string;
  readonly at?: Span;
}

export function diagnoseExplanation(guide: Guide, action: Action, failure: Refusal): Diagnostic {
  const [first = '', ...rest] = failure.message.trim().split(/\r?\n\s*\r?\n/);
  const words = first.replace(/\s+/g, ' ').trim();
  const span = codeSpan(action, failure.at ?? firstLine(action.code));
  const bounded = { start: Math.min(span.start, guide.text.length), end: Math.min(span.end, guide.text.length) };
  const more = rest.map((part) => part.replace(/\s+/g, ' ').trim()).find((part) => /^hint:/i.test(part));
  return makeDiagnostic('action.invalid-query', bounded, `\`${action.id}\` is not accepted by its tool: ${words}`, {
    hint: more?.replace(/^hint:\s*/i, '') ?? undefined,
  });
}

/** As much of an action as tells where its code stands. */
export type CodePlace = Pick<Action, 'code' | 'lineOffsets'> & { readonly source: Pick<Action['source'], 'span'> };

/** A span of the action's code as one of the guide. An empty one is widened to the character it points at. */
export function codeSpan(action: CodePlace, at: Span): Span {
  const start = guideOffset(action, at.start);
  const end = guideOffset(action, Math.max(at.start, at.end - 1)) + (at.end > at.start ? 1 : 0);
  return end > start ? { start, end } : { start, end: start + 1 };
}

/** An offset into the action's code as one of the guide; line by line, because a fence may be indented. */
export function guideOffset(action: CodePlace, offset: number): number {
  const before = action.code.slice(0, Math.max(0, Math.min(offset, action.code.length)));
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 0;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  const start = action.lineOffsets[line] ?? action.source.span.start + lineStart;
  return start + before.length - lineStart;
}

/** The first line of a code that says something, without the blanks around it. */
function firstLine(code: string): Span {
  const from = Math.max(0, code.search(/\S/));
  const end = code.slice(from).search(/\s*(\r?\n|$)/);
  return { start: from, end: from + Math.max(0, end) };
}
