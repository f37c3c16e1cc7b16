// A conversation with a model about one question: its answer is checked, and a wrong one is sent back with what is wrong with
// it, a bounded number of times. Everything that was sent and said is kept.
import type { AbortSignalLike, ModelMessage } from '../run/index.ts';
import { type Cost, costOf } from './token-cost.ts';
import type { Model, ModelRequest, TokenCount } from './model.ts';
import { readJsonAnswer } from './read-json-answer.ts';

/** One answer, sent back twice at most. */
export const mostCalls = 3;

export type Checked<T> =
  { readonly kind: 'value'; readonly value: T } | { readonly kind: 'invalid'; readonly problem: string };

export interface Question<T> extends Pick<ModelRequest, 'messages' | 'schema' | 'onText'> {
  /** Reads an answer's JSON; undefined where there was none. The problem is told to the model. */
  readonly check: (answer: unknown) => Checked<T>;
  /** Calls that may be made, when fewer than `mostCalls`. */
  readonly maxCalls?: number;
}

export type ConversationEnd<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'refused'; readonly message: string }
  /** Every answer was wrong; this is what was wrong with the last. */
  | { readonly kind: 'unusable'; readonly problem: string }
  /** It could not be asked, or gave no answer. */
  | { readonly kind: 'failed'; readonly message: string };

export interface Conversation<T> {
  /** Everything that was sent and said, in order. */
  readonly said: readonly ModelMessage[];
  readonly calls: number;
  readonly tokens: TokenCount;
  readonly cost?: Cost;
  readonly end: ConversationEnd<T>;
}

/** Puts the question. Never rejects. */
export async function converse<T>(
  model: Model,
  question: Question<T>,
  signal: AbortSignalLike,
): Promise<Conversation<T>> {
  const { messages, schema, check, onText } = question;
  const most = Math.min(mostCalls, question.maxCalls ?? mostCalls);
  const said: ModelMessage[] = [...messages];
  const tokens = { input: 0, output: 0 };
  let calls = 0;
  const finish = (end: ConversationEnd<T>): Conversation<T> => {
    const cost = costOf(tokens, model.price);
    return {
      said: said.map(({ role, text }) => ({ role, text: model.clean(text) })),
      calls,
      tokens,
      ...(cost && { cost }),
      end,
    };
  };
  for (;;) {
    const reply = await model.ask({ messages: said, schema, ...(onText && { onText }) }, signal);
    if (reply.kind === 'failed') {
      if (reply.sent) calls++;
      return finish(reply);
    }
    calls++;
    tokens.input += reply.tokens.input;
    tokens.output += reply.tokens.output;
    const text = reply.kind === 'refused' ? reply.message : reply.text;
    said.push({ role: 'assistant', text });
    if (reply.kind === 'refused') return finish(reply);
    const checked = check(readJsonAnswer(text));
    if (checked.kind === 'value') return finish({ kind: 'answer', value: checked.value });
    if (calls >= most) return finish({ kind: 'unusable', problem: checked.problem });
    said.push({
      role: 'user',
      text: `That answer cannot be used. ${checked.problem} Answer again, with the JSON object alone.`,
    });
  }
}
