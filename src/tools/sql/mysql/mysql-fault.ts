// Explains the errors of MySQL and MariaDB by their numbers, and finds the place that their words name.
import { allMatches } from '../../../base/index.ts';
import type { ServerFault } from '../server/server-driver.ts';

interface MysqlError extends Error {
  readonly code?: string;
  readonly errno?: number;
  readonly sqlState?: string;
  readonly sqlMessage?: string;
  readonly fatal?: boolean;
}

/** What an error of the `mysql2` package means; `sql` is the statement that raised it. */
export function faultOfMysql(error: unknown, sql: string): ServerFault {
  const { message, code = '', errno = 0, sqlMessage } = error as MysqlError;
  const told = sqlMessage ?? message;
  // Interrupted, out of time (MySQL, MariaDB).
  if (errno === 1317 || errno === 3024 || errno === 1969) return { kind: 'stopped' };
  if (errno === 1927 || errno === 1053 || errno === 3169)
    return { kind: 'lost', message: `The server ended the connection: ${told}.` };
  if (errno === 1040 || errno === 1203 || errno === 1226)
    return { kind: 'unavailable', message: `The server takes no connection: ${told}.`, transient: true };
  if (sql === '' && [1044, 1045, 1049, 1130, 1251, 1698, 1862, 3118].includes(errno))
    return { kind: 'unavailable', message: `The server refused the login: ${told}.`, transient: false };
  if (sqlMessage === undefined) return connectionFault(told, code);
  const offset = placeOf(told, errno, sql);
  const readOnly =
    errno === 1792
      ? '\nThe statement was taken for one that only reads, so it ran in a transaction that cannot write.'
      : '';
  return {
    kind: 'refused',
    message: `${told.replace(/\.$/, '')}.${readOnly}`,
    ...(offset !== undefined && { offset }),
    transient: errno === 1205 || errno === 1213,
  };
}

function connectionFault(message: string, code: string): ServerFault {
  switch (code) {
    case 'ECONNREFUSED':
      return {
        kind: 'unavailable',
        message: 'The server refused the connection; is it running, and is the address right?',
        transient: true,
      };
    case 'ENOENT':
      return {
        kind: 'unavailable',
        message: 'The server has no socket there; is it running, and is the path right?',
        transient: true,
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        kind: 'unavailable',
        message: 'The server cannot be found: its name is not known.',
        transient: code === 'EAI_AGAIN',
      };
    case 'ETIMEDOUT':
      return { kind: 'unavailable', message: 'The server did not answer in time.', transient: true };
    case 'HANDSHAKE_NO_SSL_SUPPORT':
    case 'HANDSHAKE_SSL_ERROR':
      return { kind: 'unavailable', message: `No encrypted connection can be made: ${message}.`, transient: false };
    default:
      return /certificate|self.signed/i.test(message)
        ? { kind: 'unavailable', message: `No encrypted connection can be made: ${message}.`, transient: false }
        : { kind: 'lost', message: 'The connection to the server was lost.' };
  }
}

/** The server tells no offset: a syntax error quotes the rest of the statement, others name what they miss. */
function placeOf(message: string, errno: number, sql: string): number | undefined {
  if (errno === 1064 || errno === 1149) {
    const rest = /near '([\s\S]*)' at line (\d+)/.exec(message);
    if (!rest) return undefined;
    if (rest[1] === '') return Math.max(0, sql.trimEnd().length - 1);
    // What is quoted is cut after 80 characters; it is found from the line on that the message names.
    const lines = sql.split('\n');
    const from = lines.slice(0, Number(rest[2]) - 1).reduce((length, line) => length + line.length + 1, 0);
    const at = sql.indexOf(rest[1] ?? '', from);
    return at < 0 ? undefined : at;
  }
  const named = /(?:column|table|function|database|key|variable|View|PROCEDURE) '([^']+)'|FUNCTION ([\w.]+)/i.exec(
    message,
  );
  const name = (named?.[1] ?? named?.[2])?.split('.').at(-1);
  if (name === undefined || name === '') return undefined;
  const found = allMatches(
    sql,
    new RegExp(`(?<![\\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`, 'gi'),
  );
  return found.length === 1 ? found[0]?.index : undefined;
}
