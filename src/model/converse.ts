// A conversation with a model about one question: its answer is checked, and a wrong one is sent back with what is wrong with
// it, a bounded number of times and within a budget. Everything that was sent and said is kept.
import {
  type AbortSignalLike,
  type BudgetShare,
  leftOf,
  limitWords,
  type Measure,
  measureUsedUp,
  type ModelMessage,
  newAbort,
  nothingSpent,
  spend,
  type Spent,
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
  const currency = model.price?.currency;
  const used = (): string | null => {
    const gone = measureUsedUp(within, spent, currency);
    return gone === null ? null : budgetWords(within, gone, currency);
  };
  let problem: string | null = null;
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
    const left = leftOf(within, spent, currency);
    const tooMuch = exceeded(left, estimateMessages(said), 0, model.price);
    if (tooMuch !== null) {
      const whole = within?.of?.[tooMuch] ?? 'its budget';
      const more = `would take more than the ${leftWords(left, tooMuch, currency)} that are left of ${whole}.`;
      return finish(
        problem === null
          ? { kind: 'failed', message: `the question alone ${more}` }
          : { kind: 'unusable', problem: `${problem} It was not asked again: that ${more}` },
      );
    }
    const reply = await askWithin(model, { messages: said, schema, ...(onText && { onText }) }, left, signal);
    const { tookMs } = reply;
    if (reply.kind === 'failed') {
      const tokens = reply.tokens ?? { input: 0, output: 0 };
      spend(spent, { calls: reply.sent ? 1 : 0, tokens, tookMs, ...costMember(tokens, model.price) });
      const grown = reply.over && budgetWords(within, reply.over, currency);
      const over = signal.aborted ? null : (grown ?? used());
      return finish(over === null ? reply : { kind: 'failed', message: `${over} is used up.` });
    }
    spend(spent, { calls: 1, tokens: reply.tokens, tookMs, ...costMember(reply.tokens, model.price) });
    const text = reply.kind === 'refused' ? reply.message : reply.text;
    said.push({ role: 'assistant', text });
    if (reply.kind === 'refused') return finish(reply);
    const checked = check(readJsonAnswer(text));
    if (checked.kind === 'value') return finish({ kind: 'answer', value: checked.value });
    if (spent.calls >= most) return finish({ kind: 'unusable', problem: checked.problem });
    const over = used();
    problem = checked.problem;
    if (over !== null)
      return finish({ kind: 'unusable', problem: `${problem} It was not asked again: ${over} is used up.` });
    said.push({
      role: 'user',
      text: `That answer cannot be used. ${problem} Answer again, with the JSON object alone.`,
    });
  }
}

type Asked = ModelReply & {
  readonly tookMs: number;
  /** The measure that the answer would have gone beyond, when it was stopped for that. */
  readonly over?: Measure;
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
  let over: Measure | null = null;
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

/** The measure of which so many tokens are more than is left. */
function exceeded(left: BudgetShare, input: number, output: number, price: TokenPrice | undefined): Measure | null {
  if (left.tokens !== undefined && input + output > left.tokens) return 'tokens';
  const cost = costOf({ input, output }, price);
  return cost && left.cost !== undefined && cost.amount > left.cost ? 'cost' : null;
}

/** Whose budget it is, where that is known: `the run's budget of 2000 tokens`. */
function budgetWords(within: BudgetShare | undefined, measure: Measure, currency: string | undefined): string {
  return within?.of?.[measure] ?? `its budget of ${limitWords(within, measure, currency) ?? ''}`;
}

function leftWords(left: BudgetShare, measure: Measure, currency: string | undefined): string {
  if (measure === 'cost') return costWords({ amount: left.cost ?? 0, currency: currency ?? '' });
  return limitWords(left, measure, currency) ?? '';
}

function costMember(tokens: TokenCount, price: TokenPrice | undefined): { readonly cost?: Cost } {
  const cost = costOf(tokens, price);
  return cost ? { cost } : {};
}

function tokensOf({ input, output, estimated }: Spent): TokenCount {
  return { input, output, ...(estimated && { estimated }) };
}
