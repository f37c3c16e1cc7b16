// The headers that a service's settings ask for, with their secrets filled in, and the same for people, with references.
import type { ActionFailure } from '../../run/index.ts';
import { failure } from '../failure.ts';
import type { SecretSource } from '../tool-kind.ts';
import type { AuthSettings } from './service-settings.ts';

export interface Login {
  readonly headers: Readonly<Record<string, string>>;
  readonly auth?: AuthSettings | undefined;
}

/** Every header of the settings as it is shown: secrets stay references. */
export function shownHeaders({ headers, auth }: Login): readonly (readonly [string, string])[] {
  const shown = Object.entries(headers);
  if (!auth) return shown;
  if ('bearer' in auth) return [...shown, ['Authorization', `Bearer ${auth.bearer}`]];
  if ('basic' in auth) return [...shown, ['Authorization', `Basic ${auth.basic.user}:${auth.basic.password}`]];
  return [...shown, [auth.header.name, auth.header.value]];
}

/** Every header as it is sent, or what is missing. */
export async function sentHeaders(login: Login, secrets: SecretSource): Promise<[string, string][] | ActionFailure> {
  const sent: [string, string][] = [];
  for (const [name, reference] of shownHeaders(login)) {
    const filled = await secrets.fill(reference);
    if ('missing' in filled) return failure('unavailable', filled.missing);
    const basic = login.auth && 'basic' in login.auth && name === 'Authorization' && /^Basic /.test(filled.text);
    const encoded = Buffer.from(filled.text.slice(6), 'utf8').toString('base64');
    if (basic) secrets.hide(encoded);
    const value = basic ? `Basic ${encoded}` : filled.text;
    if (!/^[\t\x20-\x7E\x80-\xFF]*$/.test(value))
      return failure('unavailable', `The value of the header \`${name}\` holds a character that no header may hold.`);
    sent.push([name, value]);
  }
  return sent;
}
