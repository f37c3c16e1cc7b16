// Explains PostgreSQL's errors by their SQLSTATE, and those of the connection by what Node says.
import type { ServerFault } from '../server/server-driver.ts';

interface PostgresError extends Error {
  readonly code?: string;
  readonly severity?: string;
  readonly detail?: string;
  readonly hint?: string;
  /** 1-based, in characters (not UTF-16 units), into the statement. */
  readonly position?: string;
}

/** What an error of the `pg` package means; `sql` is the statement that raised it. */
export function faultOfPostgres(error: unknown, sql: string): ServerFault {
  const { message, code = '', severity, detail, hint, position } = error as PostgresError;
  if (severity === undefined) return connectionFault(message, code);
  const told = [
    `${message}.`.replace(/([.!?])\.$/, '$1'),
    detail && `Detail: ${detail}`,
    hint && `Hint: ${hint}`,
  ].filter((line) => line !== undefined && line !== '');
  if (code === '57014' && !message.startsWith('COPY')) return { kind: 'stopped' };
  if (/^(57P01|57P02|57P05|25P03|08)/.test(code))
    return { kind: 'lost', message: `The server ended the connection: ${message}.` };
  if (/^(57P03|53300)/.test(code))
    return { kind: 'unavailable', message: `The server takes no connection: ${message}.`, transient: true };
  if (/^(28|3D000|42501$)/.test(code) && sql === '')
    return { kind: 'unavailable', message: `The server refused the login: ${message}.`, transient: false };
  if (code === '25006')
    told.push('The statement was taken for one that only reads, so it ran in a transaction that cannot write.');
  const parameter = code === '42P18' ? Number(/\$(\d+)/.exec(message)?.[1]) : Number.NaN;
  const offset = position === undefined ? undefined : toTextOffset(sql, Number(position) - 1);
  return {
    kind: 'refused',
    message: told.join('\n'),
    ...(offset !== undefined && { offset }),
    // Types of values that could not be inferred, or were inferred from another place.
    untyped: /^(42P08|42P18|42804|42883|42725|22P02|22007|42846|42702)$/.test(code),
    ...(Number.isInteger(parameter) && { parameter }),
    transient: /^(40001|40P01|55P03|53)/.test(code),
  };
}

function connectionFault(message: string, code: string): ServerFault {
  if (code === 'ECONNREFUSED')
    return {
      kind: 'unavailable',
      message: 'The server refused the connection; is it running, and is the address right?',
      transient: true,
    };
  if (code === 'ENOENT')
    return {
      kind: 'unavailable',
      message: 'The server has no socket there; is it running, and is the path right?',
      transient: true,
    };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return {
      kind: 'unavailable',
      message: 'The server cannot be found: its name is not known.',
      transient: code === 'EAI_AGAIN',
    };
  if (/timeout expired|ETIMEDOUT/.test(`${message} ${code}`))
    return { kind: 'unavailable', message: 'The server did not answer in time.', transient: true };
  if (/SSL|TLS|certificate|CERT_|self.signed/i.test(`${message} ${code}`))
    return { kind: 'unavailable', message: `No encrypted connection can be made: ${message}.`, transient: false };
  return { kind: 'lost', message: 'The connection to the server was lost.' };
}

/** A count of characters as an offset in UTF-16 units. */
function toTextOffset(text: string, characters: number): number {
  let offset = 0;
  for (let i = 0; i < characters && offset < text.length; i++)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}
