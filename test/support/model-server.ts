// A server on this machine that speaks the OpenAI chat completions protocol and answers by a script, one reply a request: in
// pieces when it is asked to, as such servers do.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ModelAnswer =
  /** What the model says; an object is written as JSON. */
  | { readonly say: string | object; readonly finish?: string; readonly usage?: Usage | null }
  /** The same, whole, from a server that knows no streaming. */
  | { readonly sayWhole: string | object; readonly usage?: Usage | null }
  /** The same words in pieces, over and over, until the client gives up. */
  | { readonly sayForever: string }
  | { readonly refuse: string }
  | {
      readonly status: number;
      readonly message?: string;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  /** Nothing comes back until the client gives up. */
  | 'hang'
  /** Headers and half a body, and nothing more until the client gives up. */
  | 'stall'
  /** The connection is closed without an answer. */
  | 'cut'
  /** The connection is closed in the middle of the body. */
  | 'cut-body'
  /** The body ends as if all were well, but in the middle of the answer. */
  | 'cut-stream'
  /** An error and an answer that repeat every header they got. */
  | 'echo-error'
  | { readonly echo: (headers: IncomingHttpHeaders) => object };

/** What the server says a call took; null: it does not say. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
}

export interface ModelRequestSeen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly stream?: boolean;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema: object } };
  };
}

export interface ModelServer {
  readonly baseUrl: string;
  /** Every request so far. */
  readonly seen: readonly ModelRequestSeen[];
  /** Resolves when so many requests have come. */
  seenBy(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts the server. A request beyond the script is answered with 418, which nothing tries again. */
export async function startModelServer(script: readonly ModelAnswer[]): Promise<ModelServer> {
  const left = [...script];
  const seen: ModelRequestSeen[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const { headers, url = '' } = request;
      const body = JSON.parse(text) as ModelRequestSeen['body'];
      seen.push({ path: url, headers, body });
      for (const { count, resolve } of waiting) if (seen.length >= count) resolve();
      const reply = left.shift() ?? { status: 418, message: 'The script is over.' };
      const json = (status: number, body: string, more: Readonly<Record<string, string>> = {}): void => {
        response.writeHead(status, { 'content-type': 'application/json', ...more });
        response.end(body);
      };
      if (reply === 'hang') return;
      if (reply === 'cut') return void request.socket.destroy();
      if (reply === 'cut-body' || reply === 'stall' || reply === 'cut-stream') {
        response.writeHead(200, { 'content-type': body.stream ? 'text/event-stream' : 'application/json' });
        response.write(body.stream ? chunk({ content: '{"edge": "edge_' }, null) : '{"choices": [', () => {
          if (reply === 'cut-body') request.socket.destroy();
          if (reply === 'cut-stream') response.end();
        });
        return;
      }
      if (reply === 'echo-error') return json(401, errorBody(`Bad request ${JSON.stringify(headers)}`));
      if ('sayForever' in reply) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const next = (): void => {
          if (response.writableEnded || response.destroyed) return;
          response.write(chunk({ content: reply.sayForever }, null), () => setImmediate(next));
        };
        return next();
      }
      if ('status' in reply) return json(reply.status, reply.body ?? errorBody(reply.message ?? 'No.'), reply.headers);
      if ('body' in reply) return json(200, reply.body, reply.headers);
      const answer = (message: object, finish: string): void => {
        const usage = 'usage' in reply ? reply.usage : usual;
        if (!body.stream || 'sayWhole' in reply) return json(200, completion(message, finish, usage));
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end([...piecesOf(message, finish, usage), 'data: [DONE]\n\n'].join(''));
      };
      if ('refuse' in reply) return answer({ content: null, refusal: reply.refuse }, 'stop');
      const say = 'echo' in reply ? reply.echo(headers) : 'say' in reply ? reply.say : reply.sayWhole;
      const content = typeof say === 'string' ? say : JSON.stringify(say);
      answer({ content, refusal: null }, ('finish' in reply && reply.finish) || 'stop');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    seen,
    seenBy: (count) =>
      new Promise((resolve) => {
        if (seen.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function errorBody(message: string): string {
  return JSON.stringify({ error: { message, type: 'test', code: null, param: null } });
}

const usual: Usage = { prompt_tokens: 100, completion_tokens: 7 };
const about = { id: 'chatcmpl-1', created: 0, model: 'scripted' };

function completion(message: object, finish: string, usage: Usage | null | undefined): string {
  return JSON.stringify({
    ...about,
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish, logprobs: null }],
    ...(usage && { usage }),
  });
}

/** The message in pieces of seven characters, then how it ended, then what it cost. */
function piecesOf(message: object, finish: string, usage: Usage | null | undefined): string[] {
  const parts = Object.entries(message).flatMap(([key, value]) =>
    typeof value === 'string'
      ? (value.match(/[\s\S]{1,7}/g) ?? ['']).map((piece) => chunk({ [key]: piece }, null))
      : [],
  );
  const end = `data: ${JSON.stringify({ ...about, object: 'chat.completion.chunk', choices: [], usage })}\n\n`;
  return [chunk({ role: 'assistant' }, null), ...parts, chunk({}, finish), ...(usage ? [end] : [])];
}

function chunk(delta: object, finish: string | null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ ...about, object: 'chat.completion.chunk', choices, usage: null })}\n\n`;
}
