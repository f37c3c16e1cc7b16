// A conversation with a model about one question: its answer is checked, and a wrong one is sent back with what is wrong with
// it, a bounded number of times and within a budget. Everything that was sent and said is kept.
import {
  type AbortSignalLike,
  type BudgetShare,
  leftOf,
  type ModelMessage,
  newAbort,
  nothingSpent,
  spend,
  type Spent,
  usedUp,
} from '../run/index.ts';
import { estimateMessages } from './estimate-tokens.ts';
import { type Cost, costOf, costWords } from './token-cost.ts';
import type { Model, ModelReply, ModelRequest, TokenCount, TokenPrice } from './model.ts';
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
  /** What it may use up, corrections included; absent: as much as it takes. */
  readonly within?: BudgetShare | undefined;
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
  /** How long the model was waited for. */
  readonly tookMs: number;
  readonly cost?: Cost;
  readonly end: ConversationEnd<T>;
}

/** Puts the question. Never rejects. */
export async function converse<T>(
  model: Model,
  question: Question<T>,
  signal: AbortSignalLike,
): Promise<Conversation<T>> {
  const { messages, schema, check, onText, within } = question;
  const most = Math.min(mostCalls, question.maxCalls ?? mostCalls);
  const said: ModelMessage[] = [...messages];
  const spent = nothingSpent();
  const used = (): string | null => usedUp(within, spent, model.price?.currency);
  const finish = (end: ConversationEnd<T>): Conversation<T> => {
    const tokens = tokensOf(spent);
    const cost = costOf(tokens, model.price);
    return {
      said: said.map(({ role, text }) => ({ role, text: model.clean(text) })),
      calls: spent.calls,
      tokens,
      tookMs: spent.ms,
      ...(cost && { cost }),
      end,
    };
  };
  for (;;) {
    const left = leftOf(within, spent, model.price?.currency);
    const tooMuch = exceeded(left, estimateMessages(said), 0, model.price);
    if (tooMuch !== null)
      return finish({ kind: 'failed', message: `the question alone would take more than is left of ${tooMuch}.` });
    const reply = await askWithin(model, { messages: said, schema, ...(onText && { onText }) }, left, signal);
    const { tookMs } = reply;
    if (reply.kind === 'failed') {
      const tokens = reply.tokens ?? { input: 0, output: 0 };
      spend(spent, { calls: reply.sent ? 1 : 0, tokens, tookMs, ...costMember(tokens, model.price) });
      const over = signal.aborted ? null : (reply.over ?? used());
      return finish(over === null ? reply : { kind: 'failed', message: `its budget of ${over} is used up.` });
    }
    spend(spent, { calls: 1, tokens: reply.tokens, tookMs, ...costMember(reply.tokens, model.price) });
    const text = reply.kind === 'refused' ? reply.message : reply.text;
    said.push({ role: 'assistant', text });
    if (reply.kind === 'refused') return finish(reply);
    const checked = check(readJsonAnswer(text));
    if (checked.kind === 'value') return finish({ kind: 'answer', value: checked.value });
    if (spent.calls >= most) return finish({ kind: 'unusable', problem: checked.problem });
    const over = used();
    if (over !== null) {
      const problem = `${checked.problem} It was not asked again: its budget of ${over} is used up.`;
      return finish({ kind: 'unusable', problem });
    }
    said.push({
      role: 'user',
      text: `That answer cannot be used. ${checked.problem} Answer again, with the JSON object alone.`,
    });
  }
}

type Asked = ModelReply & {
  readonly tookMs: number;
  /** The measure that the answer would have gone beyond, when it was stopped for that. */
  readonly over?: string;
};

/** Asks, and stops an answer that goes on for longer, or grows longer, than what is left. */
async function askWithin(
  model: Model,
  request: ModelRequest,
  left: BudgetShare,
  signal: AbortSignalLike,
): Promise<Asked> {
  const abort = newAbort();
  const stop = (): void => abort.abort();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const input = estimateMessages(request.messages);
  let over: string | null = null;
  const onText = (soFar: string): void => {
    request.onText?.(soFar);
    over ??= exceeded(left, input, Math.ceil(soFar.length / 4), model.price);
    if (over !== null) stop();
  };
  const withinMs = left.time;
  try {
    const bounds = { onText, ...(withinMs !== undefined && { withinMs }) };
    const reply = await model.ask({ ...request, ...bounds }, abort.signal);
    if (reply.kind !== 'failed') return reply;
    if (reply.timedOut && withinMs !== undefined && withinMs < model.timeoutMs)
      return { ...reply, tookMs: Math.max(withinMs, reply.tookMs) };
    return over === null ? reply : { ...reply, over };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The measure of which so many tokens are more than is left, in words. */
function exceeded(left: BudgetShare, input: number, output: number, price: TokenPrice | undefined): string | null {
  if (left.tokens !== undefined && input + output > left.tokens) return `${left.tokens} tokens`;
  const cost = costOf({ input, output }, price);
  return cost && left.cost !== undefined && cost.amount > left.cost ? costWords({ ...cost, amount: left.cost }) : null;
}

function costMember(tokens: TokenCount, price: TokenPrice | undefined): { readonly cost?: Cost } {
  const cost = costOf(tokens, price);
  return cost ? { cost } : {};
}

function tokensOf({ input, output, estimated }: Spent): TokenCount {
  return { input, output, ...(estimated && { estimated }) };
}
