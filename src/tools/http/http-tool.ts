// The `http` tool: performs a request written in the guide against the configured service. Configured headers go to
// that service alone; other origins are refused unless the settings name them, and redirects stay within the origin.
import { bodyAsks, headerAsks, orderIn } from '../../effect/index.ts';
import type { Action } from '../../plan/index.ts';
import type { ActionFailure, Binding, Tool } from '../../run/index.ts';
import { cancelledFailure, failure, isFailure } from '../failure.ts';
import { holesOf } from '../placeholders.ts';
import type { ToolContext } from '../tool-kind.ts';
import { sentHeaders, shownHeaders } from './login.ts';
import { placeRequest, type PlacedRequest, type PlacedRequestTexts } from './place-request.ts';
import { readAnswer } from './read-answer.ts';
import { outcomeFailure, sendRequest, type HttpRequest } from './send-request.ts';
import type { HttpSettings } from './settings.ts';

/** Redirects followed within one origin. */
const mostRedirects = 5;

export function openHttpTool(settings: HttpSettings, context: ToolContext): Tool {
  const base = new URL(settings.baseUrl);
  const placed = (
    action: Action,
    bindings: readonly Binding[],
  ): (PlacedRequestTexts & { url: URL; shownUrl: URL }) | ActionFailure => {
    const holes = holesOf(action, bindings);
    if (isFailure(holes)) return holes;
    const request = placeRequest(action.code, holes);
    if (isFailure(request)) return request;
    const url = addressOf(request.real.target, base, settings.allowOrigins);
    const shownUrl = addressOf(request.shown.target, base, settings.allowOrigins);
    if (isFailure(url)) return url;
    return isFailure(shownUrl) ? shownUrl : { ...request, url, shownUrl };
  };
  const isOwn = (url: URL): boolean => url.origin === base.origin;

  return {
    name: context.name,
    kind: 'http',
    languages: settings.languages,
    timeoutMs: settings.timeout,
    describe: () => `HTTP service at ${base.origin}${base.pathname === '/' ? '' : base.pathname}`,
    render(action, bindings) {
      const request = placed(action, bindings);
      if (isFailure(request)) return request;
      const headers = [...(isOwn(request.url) ? shownHeaders(settings) : []), ...request.shown.headers];
      const text = [
        `${request.shown.method} ${request.shownUrl.href}`,
        ...headers.map(([name, value]) => `${name}: ${value}`),
        ...(request.shown.body === '' ? [] : ['', request.shown.body]),
      ].join('\n');
      return { action, tool: context.name, text, bindings };
    },
    classify({ action, bindings }) {
      const request = placed(action, bindings);
      return isFailure(request) ? { effect: 'unknown', because: request.message } : classifyRequest(request.real);
    },
    explain(rendered) {
      const request = placed(rendered.action, rendered.bindings);
      return Promise.resolve(
        isFailure(request)
          ? { kind: 'refused', failure: request }
          : { kind: 'cannot-explain', because: 'A service cannot be asked about a request without sending it.' },
      );
    },
    async check(signal) {
      // A secret that is not there would be found out by the first step that needs it.
      const login = await sentHeaders(settings, context.secrets);
      if (isFailure(login)) return login;
      const outcome = await sendRequest(
        { method: 'HEAD', url: base, headers: [], body: '', maxBody: 0 },
        { timeoutMs: Math.min(settings.timeout, 10_000), signal },
      );
      return outcome.kind === 'error' ? failure('unavailable', outcome.message, { transient: true }) : null;
    },
    async perform(rendered, { timeoutMs, signal }) {
      const limit = Math.min(timeoutMs, settings.timeout);
      const failed = (problem: ActionFailure) => ({ kind: 'failure' as const, failure: problem });
      const request = placed(rendered.action, rendered.bindings);
      if (isFailure(request)) return failed(request);
      if (signal.aborted) return failed(cancelledFailure('The request'));
      const own = isOwn(request.url) ? await sentHeaders(settings, context.secrets) : [];
      if (isFailure(own)) return failed(own);
      const headers = [...own];
      headers.push(...request.real.headers.map(([name, value]): [string, string] => [name, value]));
      let next: HttpRequest = {
        method: request.real.method,
        url: request.url,
        headers,
        body: request.real.body,
        maxBody: settings.maxBody,
      };
      const notes: string[] = [];
      const deadline = Date.now() + limit;
      for (let redirects = 0; ; redirects++) {
        const outcome = await sendRequest(next, { timeoutMs: Math.max(1, deadline - Date.now()), signal });
        if (outcome.kind !== 'answer') return failed(outcomeFailure(outcome, 'The request', limit));
        const location = outcome.status >= 300 && outcome.status < 400 ? outcome.headers['location'] : undefined;
        const target =
          location !== undefined && URL.canParse(location, next.url.href) ? new URL(location, next.url) : null;
        const follows =
          target && target.origin === next.url.origin && /^(GET|HEAD)$/.test(next.method) && redirects < mostRedirects;
        if (follows) {
          next = { ...next, url: target };
          continue;
        }
        if (target) notes.push(`The answer leads to ${target.origin}${target.pathname}, which was not followed.`);
        return { kind: 'result', result: readAnswer(outcome, notes) };
      }
    },
    close: () => Promise.resolve(),
  };
}

/** GET and HEAD read, unless the request asks the server to treat it as another method. */
function classifyRequest(request: PlacedRequest) {
  const { method, headers, target } = request;
  if (!/^(GET|HEAD|OPTIONS)$/.test(method)) return { effect: 'write' as const, because: `\`${method}\` writes` };
  const override = headers.find(([name]) => headerAsks(name));
  if (override)
    return { effect: 'unknown' as const, because: `the header \`${override[0]}\` may ask for more than to be read` };
  if (/[?&]_method=/i.test(target)) return { effect: 'unknown' as const, because: '`_method` may change the method' };
  const asked = bodyAsks(target, request.body);
  if (asked !== null) return { effect: 'unknown' as const, because: asked };
  const order = orderIn(target);
  if (order !== null)
    return { effect: 'unknown' as const, because: `\`${order}\` in its address may ask for a change` };
  return { effect: 'read' as const, because: `\`${method}\` reads` };
}

/** The whole address of a request; never another origin than allowed, whatever the target is made of. */
function addressOf(target: string, base: URL, allowed: readonly string[]): URL | ActionFailure {
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(target);
  if (!absolute && !/^[/?]/.test(target))
    return failure('refused-by-tool', `\`${target}\` is not a path; expected it to begin with \`/\`.`);
  const whole = absolute ? target : base.href.replace(/[?#].*$/, '').replace(/\/$/, '') + target;
  if (!URL.canParse(whole)) return failure('refused-by-tool', `\`${target}\` is not an address.`);
  const url = new URL(whole);
  const origins = [base.origin, ...allowed.map((origin) => new URL(origin).origin)];
  if (!origins.includes(url.origin))
    return failure(
      'refused-by-tool',
      `\`${url.origin}\` is not an origin that this tool may reach; expected ${origins.join(' or ')}.`,
    );
  if (url.username !== '' || url.password !== '')
    return failure('refused-by-tool', 'An address must not hold a login.');
  return url;
}
