// Reads a chat completion without trusting its shape, whole or in pieces: servers differ.
import { estimateTokens, type ModelReply, type TokenCount } from '../../model/index.ts';

/** Characters kept of an answer. */
const longestAnswer = 200_000;

/** A connection that ended before the answer did. */
export class CutShort extends Error {
  constructor() {
    super('the answer broke off in the middle.');
  }
}

/** A completion that came whole. `prompt` is what the question is estimated at, for servers that report no tokens. */
export function readCompletion(completion: unknown, prompt: number): ModelReply {
  const { choices, usage } = fields(completion);
  const choice = fields(Array.isArray(choices) ? choices[0] : undefined);
  const { content, refusal } = fields(choice['message']);
  return replyOf({ content, refusal, finish: choice['finish_reason'], usage, prompt });
}

/**
 * A completion that comes in pieces; `onText` is told the answer so far with each. Throws `CutShort` when it ends without an
 * ending, and `Error` for an answer that is longer than anyone needs.
 */
export async function readChunks(
  chunks: AsyncIterable<unknown>,
  prompt: number,
  onText?: (soFar: string) => void,
): Promise<ModelReply> {
  const text = { content: '', refusal: '' };
  let usage: unknown;
  let finish: unknown = null;
  let seen = false;
  for await (const chunk of chunks) {
    const part = fields(chunk);
    if (part['usage'] !== null && part['usage'] !== undefined) usage = part['usage'];
    if (!Array.isArray(part['choices'])) continue;
    seen = true;
    const choice = fields(part['choices'][0]);
    const delta = fields(choice['delta']);
    for (const key of ['content', 'refusal'] as const) {
      const piece = delta[key];
      if (typeof piece === 'string') text[key] += piece;
      if (text[key].length > longestAnswer) throw new Error('the answer is too long.');
    }
    if (text.content !== '') onText?.(text.content);
    finish = choice['finish_reason'] ?? finish;
  }
  if (!seen) return notACompletion;
  if (finish === null) throw new CutShort();
  return replyOf({ ...text, finish, usage, prompt });
}

const notACompletion: ModelReply = {
  kind: 'failed',
  message: 'what its server answered is no chat completion.',
  sent: true,
};

interface Parts {
  readonly content: unknown;
  readonly refusal: unknown;
  readonly finish: unknown;
  readonly usage: unknown;
  readonly prompt: number;
}

function replyOf({ content, refusal, finish, usage, prompt }: Parts): ModelReply {
  const tokens = tokensOf(usage, prompt, [content, refusal].filter((text) => typeof text === 'string').join(''));
  if (typeof refusal === 'string' && refusal !== '')
    return { kind: 'refused', message: refusal.slice(0, longestAnswer), tokens };
  if (finish === 'content_filter')
    return { kind: 'refused', message: 'a filter of its server took the answer away.', tokens };
  if (typeof content === 'string') return { kind: 'answer', text: content.slice(0, longestAnswer), tokens };
  return notACompletion;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** What the server reports. Nothing, or none where there must be some, is no report: then it is estimated. */
function tokensOf(usage: unknown, prompt: number, answer: string): TokenCount {
  const { prompt_tokens: sent, completion_tokens: answered } = fields(usage);
  const input = count(sent);
  const output = answer === '' ? (count(answered) ?? 0) : count(answered);
  if (input !== undefined && output !== undefined) return { input, output };
  return { input: input ?? prompt, output: output ?? estimateTokens(answer), estimated: true };
}

function count(tokens: unknown): number | undefined {
  return typeof tokens === 'number' && tokens >= 1 ? Math.trunc(tokens) : undefined;
}
