// Seals values that must be known again and never be found out: a keyed digest (HMAC, RFC 2104), whose key lies in the person's own
// folder and in no journal. Without the key nobody can try out what a sealed value was, however short it is.
import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

let ownKey: Buffer | undefined;

/**
 * Hex HMAC-SHA-256 of a text. The key is made when it is needed first and kept for this person; where it cannot be kept, it is this
 * process's own, and no other process knows the value again.
 */
export function seal(text: string): string {
  return createHmac('sha256', (ownKey ??= keyIn(sealKeyFile(process.env))))
    .update(text)
    .digest('hex');
}

/** Where the key of a person with this environment lies: with what programs keep between their runs. */
export function sealKeyFile(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_STATE_HOME: state, LOCALAPPDATA: local } = environment;
  const folder = state !== undefined && state !== '' ? state : (local ?? join(homedir(), '.local', 'state'));
  return join(folder, 'tsg-studio', 'seal.key');
}

/** The key that a file holds. One that is not there is made, once for all that ask at one time; a file that holds something else gets a new one. */
export function keyIn(file: string): Buffer {
  const fresh = randomBytes(32);
  try {
    const known = readKey(file);
    if (known) return known;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, fresh.toString('hex'), { mode: 0o600 });
    try {
      if (known === null) renameSync(draft, file);
      else linkSync(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
    return fresh;
  } catch {
    return readAgain(file) ?? fresh;
  }
}

/** Undefined: there is no file; null: it holds no key. */
function readKey(file: string): Buffer | null | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Another process may have made it meanwhile. */
function readAgain(file: string): Buffer | undefined {
  try {
    return readKey(file) ?? undefined;
  } catch {
    return undefined;
  }
}
