// A model behind any endpoint that speaks the OpenAI chat completions protocol. The `openai` package is loaded with the first
// question. Answers come in pieces where the server can; transient failures are tried again as the server asks, everything
// within one deadline; the key is taken anew for each question and stands in nothing that is given back.
import type * as sdkModule from 'openai';
import type { OpenAI } from 'openai';
import {
  estimateMessages,
  estimateTokens,
  type Model,
  type ModelReply,
  type ModelRequest,
  type TokenCount,
} from '../../model/index.ts';
import { redactor, type Redact } from '../../run/index.ts';
import type { SecretReference, ToolHost } from '../../tools/index.ts';
import { cappedFetch, isEventStream } from './capped-fetch.ts';
import { newDeadline, type Deadline } from './deadline.ts';
import type { ModelSettings } from './model-settings.ts';
import { CutShort, readChunks, readCompletion } from './read-completion.ts';

type Sdk = typeof sdkModule;
type Body = OpenAI.Chat.Completions.ChatCompletionCreateParams;

/** Tries after the first. */
const mostRetries = 2;

/** From the strictest on: what a server refuses is not asked for again. */
const formats = ['schema', 'json', 'plain'] as const;

interface Manner {
  readonly format: (typeof formats)[number];
  readonly stream: boolean;
}

/** Opens the model of the settings; undefined where they name none. Nothing is loaded or sent before it is asked. */
export function openModel(settings: ModelSettings, host: ToolHost): Model | undefined {
  const { baseUrl, name, timeout, apiKey, price } = settings;
  if (baseUrl === undefined || name === undefined) return undefined;
  let manner: Manner = { format: 'schema', stream: true };
  let clean: Redact = redactor([]);
  return {
    name,
    timeoutMs: timeout,
    ...(price && { price }),
    clean: (text) => clean(text),
    async ask(request, signal) {
      const began = Date.now();
      const tookMs = (): number => Date.now() - began;
      const key = await findKey(apiKey, host);
      if (key.kind === 'missing') return { kind: 'failed', message: key.message, sent: false, tookMs: tookMs() };
      clean = redactor(key.value === null ? [] : [key.value]);
      const limitMs = Math.min(timeout, request.withinMs ?? Infinity);
      const deadline = newDeadline(limitMs, signal);
      const lost: Lost = { input: 0, output: 0 };
      try {
        const sdk = await import('openai');
        const client = newClient(sdk, { baseUrl, timeout }, key.value);
        for (;;) {
          try {
            const reply = await send(sdk, client, bodyOf(name, request, manner), request, deadline, lost);
            return { ...withoutKey(reply, clean), tookMs: tookMs() };
          } catch (error) {
            const other = otherManner(sdk, error, manner);
            if (!other) throw error;
            manner = other;
          }
        }
      } catch (error) {
        return {
          kind: 'failed',
          message: clean(describeFailure(error, limitMs, deadline)),
          sent: true,
          tookMs: tookMs(),
          ...(deadline.signal.aborted && !deadline.cancelled() && { timedOut: true as const }),
          ...(lost.input > 0 && { tokens: { ...lost, estimated: true as const } }),
        };
      } finally {
        deadline.end();
      }
    },
  };
}

/** Tokens of tries that were given up or broke off once the server was at them: it reports none of these. */
interface Lost {
  input: number;
  output: number;
}

function withLost(reply: ModelReply, lost: Lost): ModelReply {
  if (lost.input === 0 || reply.kind === 'failed') return reply;
  const { input, output } = reply.tokens;
  const tokens: TokenCount = { input: input + lost.input, output: output + lost.output, estimated: true };
  return { ...reply, tokens };
}

function newClient(sdk: Sdk, { baseUrl, timeout }: { baseUrl: string; timeout: number }, key: string | null): OpenAI {
  return new sdk.OpenAI({
    baseURL: baseUrl,
    // Without one the package refuses to start; the header is left out below.
    apiKey: key ?? 'none',
    // What the environment says for another endpoint is not for this one.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    ...(key === null && { defaultHeaders: { Authorization: null } }),
    maxRetries: 0,
    timeout,
    logLevel: 'off',
    fetch: cappedFetch,
  });
}

function bodyOf(model: string, { messages, schema }: ModelRequest, { format, stream }: Manner): Body {
  return {
    model,
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    ...(stream && { stream: true as const, stream_options: { include_usage: true } }),
    ...(format === 'schema' && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: schema.name, strict: true, schema: schema.schema },
      },
    }),
    ...(format === 'json' && { response_format: { type: 'json_object' as const } }),
  };
}

/** Sends, and sends again after a failure that may pass: 408, 409, 429, 5xx, lost connections and answers cut short. */
async function send(
  sdk: Sdk,
  client: OpenAI,
  body: Body,
  { messages, onText }: ModelRequest,
  deadline: Deadline,
  lost: Lost,
): Promise<ModelReply> {
  const prompt = estimateMessages(messages);
  for (let attempt = 0; ; attempt++) {
    let answering = false;
    let soFar = '';
    try {
      const response = await client.chat.completions.create(body, { signal: deadline.signal }).asResponse();
      answering = true;
      if (!isEventStream(response))
        return withLost(readCompletion(await response.json().catch(() => null), prompt), lost);
      const { Stream } = await import('openai/streaming');
      const controller = new AbortController();
      const reply = await readChunks(Stream.fromSSEResponse<unknown>(response, controller, client), prompt, (text) => {
        soFar = text;
        onText?.(text);
      });
      // A reader that is told to stop ends like one that has read all.
      if (deadline.signal.aborted) throw new CutShort();
      return withLost(reply, lost);
    } catch (error) {
      if (answering || deadline.signal.aborted) {
        lost.input += prompt;
        lost.output += estimateTokens(soFar);
      }
      const wait = retryAfter(sdk, error, attempt);
      if (deadline.signal.aborted || attempt >= mostRetries || wait === null || wait > deadline.left()) throw error;
      await deadline.sleep(wait);
    }
  }
}

/** Milliseconds until the next try, as the server asks for them or doubling from half a second; null when it is of no use. */
function retryAfter(sdk: Sdk, error: unknown, attempt: number): number | null {
  const doubling = 500 * 2 ** attempt;
  if (!(error instanceof sdk.APIError)) return isLostConnection(error) ? doubling : null;
  const { status } = error as { status?: number };
  if (status === undefined) {
    if (!(error instanceof sdk.APIConnectionError) || error instanceof sdk.APIConnectionTimeoutError) return null;
  } else if (status !== 408 && status !== 409 && status !== 429 && status < 500) return null;
  const headers = error.headers as Headers | undefined;
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (exact >= 0) return exact;
  const asked = headers?.get('retry-after') ?? '';
  const wait = /^\d+(\.\d+)?$/.test(asked.trim()) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return Number.isNaN(wait) ? doubling : Math.max(0, wait);
}

/** A stream that broke off, by its end or by its socket; Node says the latter with a `TypeError`. */
function isLostConnection(error: unknown): boolean {
  return error instanceof CutShort || (error instanceof TypeError && error.message === 'terminated');
}

/** What to ask for instead, of a server that says that the request is bad; undefined when nothing is left. */
function otherManner(sdk: Sdk, error: unknown, { format, stream }: Manner): Manner | undefined {
  const { status, message } = (error instanceof sdk.APIError ? error : {}) as { status?: number; message?: string };
  if (status !== 400 && status !== 422 && status !== 501) return undefined;
  if (stream && /stream/i.test(message ?? '')) return { format, stream: false };
  const next = formats[formats.indexOf(format) + 1];
  return next && { format: next, stream };
}

/** Servers have been seen to repeat the key they were sent. */
function withoutKey(reply: ModelReply, clean: Redact): ModelReply {
  return reply.kind === 'answer' ? { ...reply, text: clean(reply.text) } : { ...reply, message: clean(reply.message) };
}

function describeFailure(error: unknown, timeoutMs: number, deadline: Deadline): string {
  if (deadline.cancelled()) return 'it was cancelled.';
  const { status, error: said } = error as { status?: number; error?: { message?: unknown } };
  if (deadline.signal.aborted || (error instanceof Error && error.constructor.name === 'APIConnectionTimeoutError'))
    return `it did not answer within ${timeoutMs / 1000} s.`;
  const text = typeof said?.message === 'string' ? said.message : messageOf(error);
  const line = (text.split('\n', 1)[0] ?? '').slice(0, 300);
  if (status !== undefined) {
    // The SDK begins with the status, and says so where there is nothing else.
    const words = line.replace(new RegExp(String.raw`^${status}\s+`), '').replace(/^status code \(no body\)$/, '');
    return `its server answered ${status}${words === '' ? ' without a word.' : `: ${words}`}`;
  }
  return `its server cannot be talked to: ${line}`;
}

/** What says most: "Connection error." of the SDK and "fetch failed" of Node only wrap what happened. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, message } = error;
  const inner = cause instanceof Error ? messageOf(cause) : '';
  if (inner !== '' && /^(?:|connection error\.?|fetch failed|terminated)$/i.test(message)) return inner;
  return [message || String((error as NodeJS.ErrnoException).code ?? ''), inner]
    .filter((part) => part !== '')
    .join(' ');
}

type FoundKey =
  { readonly kind: 'key'; readonly value: string | null } | { readonly kind: 'missing'; readonly message: string };

async function findKey(reference: SecretReference | undefined, host: ToolHost): Promise<FoundKey> {
  if (!reference) return { kind: 'key', value: null };
  const found = 'env' in reference ? host.env[reference.env] : await host.secret?.(reference.store);
  const value = found?.trim() ?? '';
  if (value !== '') return { kind: 'key', value };
  const where =
    'env' in reference
      ? `the environment variable \`${reference.env}\` is not set.`
      : host.secret
        ? `the secret storage holds no \`${reference.store}\`.`
        : `\`${reference.store}\` stands in the editor's secret storage, which is not at hand here.`;
  return { kind: 'missing', message: `its key is missing: ${where}` };
}
