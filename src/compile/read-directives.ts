// The plain sentences with a meaning that an author may add to a step: "Needs approval.", "Safe to repeat.", "Undo: …",
// "Verify: …".
import type { Passage } from './draft.ts';

export interface Directives {
  readonly needsApproval: boolean;
  readonly safeToRepeat: boolean;
  readonly undo?: string;
  readonly verify?: string;
}

/** True for words that begin with a directive: they are said of a step, and are none. */
export function isDirective(text: string): boolean {
  return opensDirective.test(text);
}

const opensDirective =
  /^(?:(?:this\s+(?:step|action)\s+(?:is\s+)?)?(?:needs\s+approval|safe\s+to\s+repeat)\b|(?:undo|verify)\s*:)/i;

/** Reads the directives among a step's sentences. "Undo:" and "Verify:" take the rest of their paragraph's words. */
export function readDirectives(passages: readonly Passage[]): Directives {
  let needsApproval = false;
  let safeToRepeat = false;
  let undo: string | undefined;
  let verify: string | undefined;
  passages.forEach(({ sentence: { text } }) => {
    if (/^(?:this\s+(?:step|action)\s+)?needs\s+approval\b/i.test(text)) needsApproval = true;
    else if (/^(?:this\s+(?:step|action)\s+is\s+)?safe\s+to\s+repeat\b/i.test(text)) safeToRepeat = true;
    else if (/^undo\s*:/i.test(text)) undo ??= words(text);
    else if (/^verify\s*:/i.test(text)) verify ??= words(text);
  });
  return {
    needsApproval,
    safeToRepeat,
    ...(undo !== undefined && { undo }),
    ...(verify !== undefined && { verify }),
  };
}

function words(text: string): string {
  return text.replace(/^\w+\s*:\s*/, '');
}
