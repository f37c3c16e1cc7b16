// The editor's own language models (`vscode.lm`) as a model: chosen by the setting `tsg.model.editor`, asked only after the
// person has allowed it, in the editor's own dialog. They know no schema, so it stands in the question; the answer is checked
// either way.
import * as vscode from 'vscode';
import {
  estimateMessages,
  estimateTokens,
  type Model,
  type ModelReply,
  type ModelRequest,
  type TokenPrice,
} from '../model/index.ts';
import type { AbortSignalLike } from '../run/index.ts';

export interface EditorModelTerms {
  readonly timeoutMs: number;
  readonly price?: TokenPrice;
}

/** Characters read of an answer. */
const longestAnswer = 200_000;

/** A model of the editor; `wanted` is `vendor/family`, `vendor/id`, or empty for the first that is offered. */
export function editorModel(wanted: string, { timeoutMs, price }: EditorModelTerms): Model {
  return {
    name: wanted === '' ? "the editor's model" : wanted,
    timeoutMs,
    ...(price && { price }),
    clean: (text) => text,
    async ask(request, signal) {
      const began = Date.now();
      const tookMs = (): number => Date.now() - began;
      const limitMs = Math.min(timeoutMs, request.withinMs ?? Infinity);
      const [chat] = await chatModels(wanted);
      if (!chat) return { kind: 'failed', message: notOffered(wanted), sent: false, tookMs: tookMs() };
      const cancel = new vscode.CancellationTokenSource();
      const stop = (): void => cancel.cancel();
      let timedOut = false as boolean;
      let soFar = '';
      const onText = (text: string): void => {
        soFar = text;
        request.onText?.(text);
      };
      const timer = setTimeout(() => {
        timedOut = true;
        stop();
      }, limitMs);
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      try {
        const reply = await untilCancelled(ask(chat, { ...request, onText }, cancel.token), cancel.token);
        return { ...reply, tookMs: tookMs() };
      } catch (error) {
        const failed = describeFailure(error, { chat, signal, timedOut, timeoutMs: limitMs });
        const input = failed.sent ? estimateMessages(request.messages) : 0;
        return {
          kind: 'failed',
          ...failed,
          tookMs: tookMs(),
          ...(timedOut && { timedOut }),
          ...(failed.sent && { tokens: { input, output: estimateTokens(soFar), estimated: true as const } }),
        };
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        cancel.dispose();
      }
    },
  };
}

/** The models that the editor offers under a name; all without one. */
export async function chatModels(wanted: string): Promise<readonly vscode.LanguageModelChat[]> {
  const [vendor, ...rest] = wanted.split('/');
  const name = rest.join('/');
  const offered = await vscode.lm.selectChatModels(vendor ? { vendor } : {});
  return name === '' ? offered : offered.filter(({ family, id }) => family === name || id === name);
}

async function ask(
  chat: vscode.LanguageModelChat,
  { messages, schema, onText }: ModelRequest,
  token: vscode.CancellationToken,
): Promise<ModelReply> {
  const form = `The JSON object must fit this JSON Schema:\n${JSON.stringify(schema.schema)}`;
  // There is no system role: what would be one comes first, with the form of the answer.
  const put = messages.map(({ role, text }) =>
    role === 'assistant'
      ? vscode.LanguageModelChatMessage.Assistant(text)
      : vscode.LanguageModelChatMessage.User(role === 'system' ? `${text}\n\n${form}` : text),
  );
  const justification = 'TSG Studio asks it what a guide leaves open. You see and decide on every answer that counts.';
  const response = await chat.sendRequest(put, { justification }, token);
  let text = '';
  for await (const piece of response.text) {
    text += piece;
    if (text.length > longestAnswer) throw new Error('the answer is too long.');
    onText?.(text);
  }
  // Not every model counts.
  const count = async (message: string): Promise<number> =>
    Promise.resolve(chat.countTokens(message, token)).catch(() => 0);
  const counted = { input: await count(messages.map((message) => message.text).join('\n')), output: await count(text) };
  if (counted.input > 0 && (counted.output > 0 || text === '')) return { kind: 'answer', text, tokens: counted };
  const tokens = { input: estimateMessages(messages), output: estimateTokens(text), estimated: true as const };
  return { kind: 'answer', text, tokens };
}

/** A provider need not listen to the token; nobody waits for one that does not. */
function untilCancelled<T>(answer: Promise<T>, token: vscode.CancellationToken): Promise<T> {
  return new Promise((resolve, reject) => {
    if (token.isCancellationRequested) reject(new vscode.CancellationError());
    token.onCancellationRequested(() => reject(new vscode.CancellationError()));
    answer.then(resolve, reject);
  });
}

interface Failed {
  readonly chat: vscode.LanguageModelChat;
  readonly signal: AbortSignalLike;
  readonly timedOut: boolean;
  readonly timeoutMs: number;
}

function describeFailure(
  error: unknown,
  { chat, signal, timedOut, timeoutMs }: Failed,
): { readonly message: string; readonly sent: boolean } {
  if (signal.aborted) return { message: 'it was cancelled.', sent: true };
  if (timedOut) return { message: `it did not answer within ${timeoutMs / 1000} s.`, sent: true };
  const code = error instanceof vscode.LanguageModelError ? error.code : '';
  const said = error instanceof Error ? error.message : String(error);
  if (code === vscode.LanguageModelError.NoPermissions.name)
    return { message: `you have not allowed TSG Studio to use \`${chat.name}\`.`, sent: false };
  if (code === vscode.LanguageModelError.NotFound.name)
    return { message: `the editor offers \`${chat.name}\` no more.`, sent: false };
  if (code === vscode.LanguageModelError.Blocked.name)
    return { message: `\`${chat.name}\` may not be asked now: ${firstLine(said)}`, sent: false };
  return { message: `\`${chat.name}\` failed: ${firstLine(said)}`, sent: true };
}

function notOffered(wanted: string): string {
  return wanted === ''
    ? 'the editor offers no language model.'
    : `the editor offers no model \`${wanted}\`; choose another with “TSG: Choose Model…”.`;
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 300);
}
