// A server on this machine that speaks the OpenAI chat completions protocol and answers by a script, one reply a request.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ModelAnswer =
  /** What the model says; an object is written as JSON. */
  | { readonly say: string | object; readonly finish?: string }
  | { readonly refuse: string }
  | { readonly status: number; readonly message?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  /** Nothing comes back until the client gives up. */
  | 'hang'
  /** Headers and half a body, and nothing more until the client gives up. */
  | 'stall'
  /** The connection is closed without an answer. */
  | 'cut'
  /** The connection is closed in the middle of the body. */
  | 'cut-body'
  /** An error and an answer that repeat every header they got. */
  | 'echo-error'
  | { readonly echo: (headers: IncomingHttpHeaders) => object };

export interface ModelRequestSeen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
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
      seen.push({ path: url, headers, body: JSON.parse(text) as ModelRequestSeen['body'] });
      for (const { count, resolve } of waiting) if (seen.length >= count) resolve();
      const reply = left.shift() ?? { status: 418, message: 'The script is over.' };
      const json = (status: number, body: string, more: Readonly<Record<string, string>> = {}): void => {
        response.writeHead(status, { 'content-type': 'application/json', ...more });
        response.end(body);
      };
      if (reply === 'hang') return;
      if (reply === 'cut') return void request.socket.destroy();
      if (reply === 'cut-body' || reply === 'stall') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
        response.write('{"choices": [', () => {
          if (reply === 'cut-body') request.socket.destroy();
        });
        return;
      }
      if (reply === 'echo-error') return json(401, errorBody(`Bad request ${JSON.stringify(headers)}`));
      if ('status' in reply) return json(reply.status, errorBody(reply.message ?? 'No.'), reply.headers);
      if ('body' in reply) return json(200, reply.body, reply.headers);
      if ('refuse' in reply) return json(200, completion({ content: null, refusal: reply.refuse }, 'stop'));
      const say = 'echo' in reply ? reply.echo(headers) : reply.say;
      const content = typeof say === 'string' ? say : JSON.stringify(say);
      json(200, completion({ content, refusal: null }, ('finish' in reply && reply.finish) || 'stop'));
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

function completion(message: object, finish: string): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'scripted',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish, logprobs: null }],
    usage: { prompt_tokens: 100, completion_tokens: 7, total_tokens: 107 },
  });
}
