// The first fault in a text of some language, at offsets of that text; and brackets and quotes, which most languages share.
import { codeSpan } from './diagnose-explanation.ts';
import type { Span } from '../base/index.ts';
import type { Code } from '../guide/index.ts';

/** What is wrong, as the end of a sentence, and where. */
export interface CodeFault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** The fault's place in the guide, for a block that is no action. */
export function faultSpan(block: Pick<Code, 'code' | 'contentSpan' | 'lineOffsets'>, { start, end }: CodeFault): Span {
  const at = Math.max(0, Math.min(start, block.code.length - 1));
  const text = { code: block.code, lineOffsets: block.lineOffsets, source: { span: block.contentSpan } };
  return codeSpan(text, { start: at, end: Math.max(at + 1, Math.min(end, block.code.length)) });
}

/** How a language writes texts and comments. */
export interface BracketRules {
  readonly quotes: string;
  readonly lineComments: readonly string[];
  /** A backslash takes the next character out of a quoted text. */
  readonly escapes: boolean;
  /** Quotes whose text must end on its line, so that one without a partner is told there and not at the next one below. */
  readonly onOneLine?: string;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The first bracket or quote without its partner; null when all have one, or when the text cannot be read for certain. */
export function bracketFault(
  code: string,
  { quotes, lineComments, escapes, onOneLine = '' }: BracketRules,
): CodeFault | null {
  const open: { readonly sign: string; readonly at: number }[] = [];
  const telling = new Set(Array.from(`()[]{}/${quotes}${lineComments.join('')}`, (sign) => sign.charCodeAt(0)));
  for (let at = 0; at < code.length; at++) {
    if (!telling.has(code.charCodeAt(at))) continue;
    const sign = code[at] ?? '';
    if (code.startsWith('/*', at)) {
      const end = code.indexOf('*/', at + 2);
      if (end < 0) return { message: 'the comment that begins here has no end', start: at, end: at + 2 };
      at = end + 1;
    } else if (lineComments.some((mark) => code.startsWith(mark, at))) {
      const end = code.indexOf('\n', at);
      if (end < 0) break;
      at = end;
    } else if (quotes.includes(sign)) {
      let end = at + 1;
      while (end < code.length && code[end] !== sign) end += escapes && code[end] === '\\' ? 2 : 1;
      const isCut = onOneLine.includes(sign) && code.slice(at, end).includes('\n');
      if (end >= code.length || isCut)
        return { message: `the quote that begins here has no end`, start: at, end: at + 1 };
      // Whether a backslash before a quote counts depends on the database: nothing certain can be said.
      if (!escapes && code[end - 1] === '\\') return null;
      at = end;
    } else if (Object.hasOwn(closing, sign)) {
      open.push({ sign, at });
    } else if (sign === ')' || sign === ']' || sign === '}') {
      const last = open.pop();
      if (!last) return { message: `\`${sign}\` closes nothing`, start: at, end: at + 1 };
      if (closing[last.sign] !== sign) return unlikeFault(code, last, at);
    }
  }
  const last = open.at(-1);
  return last ? { message: `\`${last.sign}\` is never closed`, start: last.at, end: last.at + 1 } : null;
}

/** A bracket that closes one of another kind. Where a line ends between the two, it is the first that lost its own: `(` before the `}` of a block. */
export function unlikeFault(code: string, open: { readonly sign: string; readonly at: number }, at: number): CodeFault {
  const sign = code[at] ?? '';
  return code.slice(open.at, at).includes('\n')
    ? {
        message: `\`${open.sign}\` is not closed before the \`${sign}\` of a later line`,
        start: open.at,
        end: open.at + 1,
      }
    : { message: `\`${sign}\` does not close the \`${open.sign}\` before it`, start: at, end: at + 1 };
}
