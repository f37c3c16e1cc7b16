// Keeps a journal to one writer: a lock file beside it names the process that writes. A lock whose process is gone,
// or whose number now belongs to another process, is stale and is taken over.
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';

/** Another process has the journal; the message says which. */
export class JournalBusy extends Error {}

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, where the system tells (Linux): a number may be given out again. */
  readonly began: string | null;
}

/** Takes the lock or throws a JournalBusy that says who holds it. Returns the function that gives it back. */
export function lockJournal(journal: string): () => void {
  const lock = `${journal}.lock`;
  const me: Owner = { pid: process.pid, host: hostname(), began: beginOf(process.pid) };
  const mine = `${lock}.${process.pid}.${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  const file = openSync(mine, 'wx');
  writeSync(file, `${JSON.stringify(me)}\n`);
  closeSync(file);
  try {
    for (let tries = 0; tries < 3; tries++) {
      if (take(mine, lock)) return () => rmSync(lock, { force: true });
      const held = readOwner(lock);
      if (held === undefined) continue;
      if (held === null || isAlive(held.owner, me.host)) throw new JournalBusy(whyLocked(journal, lock, held?.owner));
      // Moved aside first, so that two processes cannot both remove it and the later one a fresh lock.
      const aside = `${mine}.stale`;
      try {
        renameSync(lock, aside);
      } catch {
        continue;
      }
      const moved = readOwner(aside);
      if (moved && moved.text !== held.text) take(aside, lock);
      rmSync(aside, { force: true });
    }
    throw new JournalBusy(whyLocked(journal, lock, undefined));
  } finally {
    rmSync(mine, { force: true });
  }
}

/** A link is made or it is not; no two processes make the same one. */
function take(from: string, lock: string): boolean {
  try {
    linkSync(from, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined: the lock is gone. Null: it cannot be read as ours. */
function readOwner(lock: string): { readonly owner: Owner; readonly text: string } | null | undefined {
  let text: string;
  try {
    text = readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const owner = JSON.parse(text) as Owner;
    return typeof owner.pid === 'number' && typeof owner.host === 'string' ? { owner, text } : null;
  } catch {
    return null;
  }
}

function isAlive(owner: Owner, host: string): boolean {
  if (owner.host !== host) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const began = beginOf(owner.pid);
  return owner.began === null || began === null || owner.began === began;
}

/** Boot and start time of a process, from Linux's /proc; null elsewhere. */
function beginOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
  } catch {
    return null;
  }
}

function whyLocked(journal: string, lock: string, owner: Owner | undefined): string {
  const who =
    owner === undefined
      ? 'another process'
      : `process ${owner.pid}${owner.host === hostname() ? '' : ` on ${owner.host}`}`;
  return `The journal \`${journal}\` is being written by ${who}. If that is not so any more, delete \`${lock}\`.`;
}
