// Sends one HTTP request with Node's own client: bounded in time and size, cancellable, no redirects, no cookies.
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { ActionFailure, PerformOptions } from '../../run/index.ts';
import { CappedBytes } from '../capped-bytes.ts';
import { cancelledFailure, failure, timeoutFailure } from '../failure.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly maxBody: number;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: CappedBytes;
  /** The answer went on beyond the cap and was not read further. */
  readonly cut: boolean;
}

export type HttpOutcome =
  | HttpAnswer
  | { readonly kind: 'timeout' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'error'; readonly message: string };

/** Sends and reads; never rejects. */
export function sendRequest(request: HttpRequest, { timeoutMs, signal }: PerformOptions): Promise<HttpOutcome> {
  return new Promise((resolve) => {
    const send = request.url.protocol === 'https:' ? requestHttps : requestHttp;
    let settled = false;
    const finish = (outcome: HttpOutcome): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(outcome);
      sent.destroy();
    };
    const onAbort = (): void => finish({ kind: 'cancelled' });
    const timer = setTimeout(() => finish({ kind: 'timeout' }), timeoutMs);
    const sent = send(request.url, { method: request.method, headers: headersOf(request), agent: false }, (answer) => {
      const body = new CappedBytes(Math.max(2, request.maxBody));
      const done = (cut: boolean): void =>
        finish({ kind: 'answer', status: answer.statusCode ?? 0, headers: firstValues(answer), body, cut });
      answer.on('data', (bytes: Buffer) => {
        const room = request.maxBody - body.total;
        body.add(bytes.subarray(0, Math.max(0, room)));
        if (bytes.length > room) done(true);
      });
      answer.on('end', () => done(false));
      answer.on('aborted', () =>
        finish({ kind: 'error', message: `${request.url.host} ended the connection before its answer was complete.` }),
      );
      answer.on('error', (error) => finish({ kind: 'error', message: describeError(error, request.url) }));
    });
    sent.on('error', (error) => finish({ kind: 'error', message: describeError(error, request.url) }));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) return onAbort();
    sent.end(request.body === '' ? undefined : request.body);
  });
}

/** What a tool says of a request that got no answer. `what` names it: "The query". */
export function outcomeFailure(outcome: Exclude<HttpOutcome, HttpAnswer>, what: string, ms: number): ActionFailure {
  switch (outcome.kind) {
    case 'timeout':
      return timeoutFailure(what, ms);
    case 'cancelled':
      return cancelledFailure(what);
    case 'error':
      return failure('unavailable', outcome.message, { transient: true });
  }
}

function headersOf(request: HttpRequest): Record<string, string> {
  const headers: Record<string, string> = { accept: '*/*', 'user-agent': 'tsg-studio' };
  if (request.body !== '') {
    headers['content-length'] = String(Buffer.byteLength(request.body));
    headers['content-type'] = /^\s*[{[]/.test(request.body) ? 'application/json' : 'text/plain; charset=utf-8';
  }
  // Length, host and hop-by-hop headers are ours: a guide cannot split one request into two.
  for (const [name, value] of request.headers)
    if (!/^(host|content-length|transfer-encoding|connection|accept-encoding|upgrade|te|trailer|expect)$/i.test(name))
      headers[name.toLowerCase()] = value;
  return headers;
}

function firstValues(answer: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? (value[0] ?? '') : (value ?? ''),
    ]),
  );
}

function describeError(error: NodeJS.ErrnoException, url: URL): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return `${url.host} refused the connection; is the service running?`;
    case 'ENOTFOUND':
      return `The host \`${url.hostname}\` is not known.`;
    case 'ECONNRESET':
      return `${url.host} ended the connection before its answer was complete.`;
    case 'EPROTO':
      if (/wrong version number|packet length too long|unknown protocol/i.test(error.message))
        return `${url.host} does not answer in TLS; is \`https\` in the address right?`;
      return `${url.host} cannot be reached: the TLS handshake failed.`;
    default:
      return `${url.host} cannot be reached: ${error.message}.`;
  }
}
