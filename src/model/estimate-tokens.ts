// Estimates tokens where nobody reports them: one for each four bytes of UTF-8, as common tokenizers come to with English, and
// about one a character with Chinese or Japanese.
import type { ModelMessage } from '../run/index.ts';

/** Tokens of a text, rounded up. */
export function estimateTokens(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Each half of a pair is two bytes of the four.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return Math.ceil(bytes / 4);
}

/** Tokens of messages, with the few that mark where each begins. */
export function estimateMessages(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, { text }) => sum + 4 + estimateTokens(text), 0);
}
