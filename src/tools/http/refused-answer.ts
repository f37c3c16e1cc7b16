// What a tool says of an HTTP answer that is no success: whose fault it may be, what the server said, and which setting to look
// at. Somebody reads it in the middle of the night who did not write the settings.
import type { ActionFailure } from '../../run/index.ts';
import { firstOf } from '../cut-text.ts';
import { failure } from '../failure.ts';
import { withoutEscapes } from '../safe-text.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Login } from './login.ts';

export interface RefusedAnswer {
  /** "Loki". */
  readonly title: string;
  /** The tool's name in the settings. */
  readonly tool: string;
  readonly login: Login;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What the server says, if anything. */
  readonly words: string;
}

/** A refused login, too many queries, a fault of the server, another address; null for any other status. */
export function statusFailure({ title, tool, login, status, headers, words }: RefusedAnswer): ActionFailure | null {
  const said = words === '' ? '' : `: ${words.replace(/\.$/, '')}`;
  if (status === 401 || status === 403) {
    const setting = logsIn(login)
      ? `\`auth\` of \`${tool}\` in tsg.yaml is how it logs in.`
      : `\`${tool}\` has no \`auth\` in tsg.yaml.`;
    return failure('unavailable', `${title} refused the login (status ${status})${said}. ${setting}`);
  }
  const asked = retryAfterMs(status, headers, Date.now());
  const again = { transient: true, ...(asked !== undefined && { retryAfterMs: asked }) };
  const wait = asked === undefined ? '' : ` It asks to wait for ${asked / 1000} s.`;
  if (status === 429) {
    return failure(
      'unavailable',
      `${title} asks for fewer queries (status 429)${said}.${wait} \`limits\` of \`${tool}\` in tsg.yaml can slow it down.`,
      again,
    );
  }
  if (status >= 500)
    return failure(
      'unavailable',
      `${title}, or what stands before it, failed (status ${status})${said}.${wait}`,
      again,
    );
  if (status >= 300 && status < 400) {
    const to = placeOf(headers['location']);
    return failure(
      'unavailable',
      `${title} is not at this address: it leads elsewhere (status ${status})${to === null ? '' : `, to ${to}`}, which was not followed. \`baseUrl\` of \`${tool}\` in tsg.yaml says where it is.`,
    );
  }
  return null;
}

/** The text of an answer that is not in the service's own form: of a web page its title. */
export function plainWords(body: string): string {
  const text = body.trim();
  if (!/^<(?:!doctype|html|head|body)\b/i.test(text)) return withoutEscapes(firstOf(text, 300));
  const title = /<(title|h1)\b[^<>]{0,200}>([^<]{1,300})</i.exec(firstOf(text, 20_000))?.[2]?.trim() ?? '';
  return withoutEscapes(title === '' ? 'a web page' : `a web page, “${title}”`);
}

function logsIn({ auth, headers }: Login): boolean {
  return auth !== undefined || Object.keys(headers).some((name) => /authorization|cookie|key|token/i.test(name));
}

/** Where it leads, without what an address may carry along. */
function placeOf(location: string | undefined): string | null {
  if (location === undefined || location === '') return null;
  return withoutEscapes(firstOf(location.replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//'), 200));
}
