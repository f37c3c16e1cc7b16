// A model behind any endpoint that speaks the OpenAI chat completions protocol. The `openai` package is loaded with the first
// question. Transient failures are tried again as the server asks, everything within one deadline; the key is taken anew for
// each question and stands in nothing that is given back.
import type * as sdkModule from 'openai';
import type { OpenAI } from 'openai';
import { redactor, type AbortSignalLike, type Redact } from '../../run/index.ts';
import type { SecretReference, ToolHost } from '../../tools/index.ts';
import { cappedFetch } from './capped-fetch.ts';
import type { ModelSettings } from './model-settings.ts';
import type { Model, ModelReply, ModelRequest } from './model.ts';

type Sdk = typeof sdkModule;
type Body = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;

/** Tries after the first. */
const mostRetries = 2;
/** Characters kept of an answer; ours are a few hundred. */
const longestAnswer = 20_000;

/** From the strictest on: what a server refuses is not asked for again. */
const formats = ['schema', 'json', 'plain'] as const;

/** Opens the model. Nothing is loaded or sent before it is asked. */
export function openModel(settings: ModelSettings, host: ToolHost): Model {
  let format = 0;
  return {
    name: settings.name,
    timeoutMs: settings.timeout,
    async ask(request, signal) {
      const key = await findKey(settings.apiKey, host);
      if (key.kind === 'missing') return { kind: 'failed', message: key.message, sent: false };
      const clean = redactor(key.value === null ? [] : [key.value]);
      const deadline = newDeadline(settings.timeout, signal);
      try {
        const sdk = await import('openai');
        const client = newClient(sdk, settings, key.value);
        for (;;) {
          try {
            const body = bodyOf(settings.name, request, formats[format] ?? 'plain');
            return withoutKey(replyOf(await send(sdk, client, body, deadline)), clean);
          } catch (error) {
            if (!refusesFormat(sdk, error) || format >= formats.length - 1) throw error;
            format++;
          }
        }
      } catch (error) {
        return { kind: 'failed', message: clean(describeFailure(error, settings, deadline)), sent: true };
      } finally {
        deadline.end();
      }
    },
  };
}

function newClient(sdk: Sdk, settings: ModelSettings, key: string | null): OpenAI {
  return new sdk.OpenAI({
    baseURL: settings.baseUrl,
    // Without one the package refuses to start; the header is left out below.
    apiKey: key ?? 'none',
    // What the environment says for another endpoint is not for this one.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    ...(key === null && { defaultHeaders: { Authorization: null } }),
    maxRetries: 0,
    timeout: settings.timeout,
    logLevel: 'off',
    fetch: cappedFetch,
  });
}

function bodyOf(model: string, { messages, schema }: ModelRequest, format: (typeof formats)[number]): Body {
  return {
    model,
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    ...(format === 'schema' && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: schema.name, strict: true, schema: schema.schema },
      },
    }),
    ...(format === 'json' && { response_format: { type: 'json_object' as const } }),
  };
}

/** Sends, and sends again after a failure that may pass: 408, 409, 429, 5xx and lost connections. */
async function send(sdk: Sdk, client: OpenAI, body: Body, deadline: Deadline): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.chat.completions.create(body, { signal: deadline.signal });
    } catch (error) {
      const wait = retryAfter(sdk, error, attempt);
      if (deadline.signal.aborted || attempt >= mostRetries || wait === null || wait > deadline.left()) throw error;
      await deadline.sleep(wait);
    }
  }
}

/** Milliseconds until the next try, as the server asks for them or doubling from half a second; null when it is of no use. */
function retryAfter(sdk: Sdk, error: unknown, attempt: number): number | null {
  if (!(error instanceof sdk.APIError)) return null;
  const { status } = error as { status?: number };
  if (status === undefined) {
    if (!(error instanceof sdk.APIConnectionError) || error instanceof sdk.APIConnectionTimeoutError) return null;
  } else if (status !== 408 && status !== 409 && status !== 429 && status < 500) return null;
  const headers = error.headers as Headers | undefined;
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (exact >= 0) return exact;
  const asked = headers?.get('retry-after') ?? '';
  const wait = /^\d+(\.\d+)?$/.test(asked.trim()) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return Number.isNaN(wait) ? 500 * 2 ** attempt : Math.max(0, wait);
}

/** A server that knows no structured output says that the request is bad. */
function refusesFormat(sdk: Sdk, error: unknown): boolean {
  const status = error instanceof sdk.APIError ? (error as { status?: number }).status : undefined;
  return status === 400 || status === 422 || status === 501;
}

/** Reads an answer without trusting its shape: servers differ. */
function replyOf(completion: unknown): ModelReply {
  const { choices, usage } = (completion ?? {}) as Partial<OpenAI.Chat.Completions.ChatCompletion>;
  const [choice] = Array.isArray(choices) ? choices : [];
  const message = choice?.message as { content?: unknown; refusal?: unknown } | undefined;
  const tokens = { input: count(usage?.prompt_tokens), output: count(usage?.completion_tokens) };
  if (typeof message?.refusal === 'string' && message.refusal !== '')
    return { kind: 'refused', message: message.refusal.slice(0, longestAnswer), tokens };
  if (choice?.finish_reason === 'content_filter')
    return { kind: 'refused', message: 'a filter of its server took the answer away.', tokens };
  if (typeof message?.content === 'string')
    return { kind: 'answer', text: message.content.slice(0, longestAnswer), tokens };
  return { kind: 'failed', message: 'what its server answered is no chat completion.', sent: true };
}

/** Servers have been seen to repeat the key they were sent. */
function withoutKey(reply: ModelReply, clean: Redact): ModelReply {
  return reply.kind === 'answer' ? { ...reply, text: clean(reply.text) } : { ...reply, message: clean(reply.message) };
}

function count(tokens: unknown): number {
  return typeof tokens === 'number' && tokens >= 0 ? Math.trunc(tokens) : 0;
}

function describeFailure(error: unknown, settings: ModelSettings, deadline: Deadline): string {
  if (deadline.cancelled()) return 'it was cancelled.';
  const { status, error: said } = error as { status?: number; error?: { message?: unknown } };
  if (deadline.signal.aborted || (error instanceof Error && error.constructor.name === 'APIConnectionTimeoutError'))
    return `it did not answer within ${settings.timeout / 1000} s.`;
  const text = typeof said?.message === 'string' ? said.message : messageOf(error);
  const line = (text.split('\n', 1)[0] ?? '').slice(0, 300);
  if (status !== undefined) return `its server answered ${status}: ${line}`;
  return `its server cannot be talked to: ${line}`;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message} ${messageOf(cause)}` : error.message;
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

/** The time that is left, and the signal that says it is over or nobody waits any more. */
interface Deadline {
  readonly signal: AbortSignal;
  left(): number;
  cancelled(): boolean;
  /** Waits, but not beyond the signal. */
  sleep(ms: number): Promise<void>;
  end(): void;
}

function newDeadline(timeoutMs: number, outer: AbortSignalLike): Deadline {
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  const over = Date.now() + timeoutMs;
  const timer = setTimeout(stop, timeoutMs);
  outer.addEventListener('abort', stop);
  if (outer.aborted) stop();
  return {
    signal: abort.signal,
    left: () => over - Date.now(),
    cancelled: () => outer.aborted,
    sleep: (ms) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(sleeping);
          abort.signal.removeEventListener('abort', wake);
          resolve();
        };
        const sleeping = setTimeout(wake, ms);
        abort.signal.addEventListener('abort', wake);
        if (abort.signal.aborted) wake();
      }),
    end() {
      clearTimeout(timer);
      outer.removeEventListener('abort', stop);
    },
  };
}
