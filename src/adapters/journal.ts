// A run's journal as a file: lines are only ever added, and `append` resolves when they are on the disk. Calls that come
// while a write is under way share the next one. Opening an existing journal cuts off a last line that a crash tore.
import { constants } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as zlib from 'node:zlib';
import { readJournalText, type JournalPort } from '../run/index.ts';
import { lockJournal } from './journal-lock.ts';

export interface JournalFile extends JournalPort {
  /** What the file held when it was opened, read while nobody else could write: the text to resume from. */
  readonly text: string;
  /** Bytes of a torn last line that were cut off; 0 when there was none. */
  readonly cutBytes: number;
  /** Waits for what is being written, closes the file and lets others write it. */
  close(): Promise<void>;
}

export interface OpenJournalOptions {
  /** `create`: the file must not exist. `append`: it must. Unless told, both are well. */
  readonly mode?: 'create' | 'append';
}

const { O_APPEND, O_CREAT, O_EXCL, O_RDWR } = constants;
/** Where the system has it, a write is on the disk when it returns, which takes one call instead of two. */
const { O_DSYNC } = constants as { readonly O_DSYNC?: number };
const writes = O_RDWR | O_APPEND | (O_DSYNC ?? 0);
const openFlags = {
  create: writes | O_CREAT | O_EXCL,
  append: writes,
  both: writes | O_CREAT,
};

/** Node 20.15 and newer; a quarter of what going through the characters of a line costs. */
const { crc32: checksum } = zlib as { readonly crc32?: (text: string) => number };

/** Opens a journal for its one writer. Throws an Error for people when it is locked or is no journal. */
export async function openJournal(path: string, options: OpenJournalOptions = {}): Promise<JournalFile> {
  const unlock = lockJournal(path);
  let file: FileHandle | undefined;
  try {
    file = await open(path, openFlags[options.mode ?? 'both']);
    const bytes = await readAll(file);
    const { text, length } = wholeLines(path, bytes);
    if (length < bytes.length) await file.truncate(length);
    if (bytes.length === 0) await syncFolder(path);
    if (text !== '' && !text.endsWith('\n')) await writeAll(file, Buffer.from('\n'));
    await file.datasync();
    return writer(file, unlock, text, bytes.length - length);
  } catch (error) {
    await file?.close();
    unlock();
    throw error;
  }
}

/** A journal's text as it stands, to be replayed or shown. */
export async function readJournal(path: string): Promise<string> {
  return readFile(path, 'utf8');
}

function writer(file: FileHandle, unlock: () => void, text: string, cutBytes: number): JournalFile {
  let waiting: {
    readonly lines: readonly string[];
    readonly done: () => void;
    readonly fail: (error: unknown) => void;
  }[] = [];
  let writing: Promise<void> | undefined;
  let broken: unknown;
  let closed: Promise<void> | undefined;

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        // After a failed write nobody knows what the file ends with; opening it again cuts it clean.
        if (broken !== undefined) throw broken;
        for (const bytes of inPieces(group)) await writeAll(file, bytes);
        if (O_DSYNC === undefined) await file.datasync();
        for (const { done } of group) done();
      } catch (error) {
        broken ??= error;
        for (const { fail } of group) fail(error);
      }
    }
    writing = undefined;
  }

  return {
    text,
    cutBytes,
    ...(checksum && { checksum }),
    append(lines) {
      if (lines.length === 0) return Promise.resolve();
      if (closed) return Promise.reject(new Error('the journal is closed'));
      return new Promise((done, fail) => {
        waiting.push({ lines, done, fail });
        writing ??= writeWaiting();
      });
    },
    close() {
      closed ??= (async () => {
        await writing;
        await file.close();
        unlock();
      })();
      return closed;
    },
  };
}

/** The lines of a group as bytes, some thousands of lines at a time, so that a long group is never held twice. */
function* inPieces(group: readonly { readonly lines: readonly string[] }[]): Generator<Buffer> {
  const piece: string[] = [];
  for (const { lines } of group) {
    for (const line of lines) {
      piece.push(line);
      if (piece.length < 4096) continue;
      yield Buffer.from(`${piece.join('\n')}\n`);
      piece.length = 0;
    }
  }
  if (piece.length > 0) yield Buffer.from(`${piece.join('\n')}\n`);
}

/** The text without a torn last line, and its length in bytes. A file that is no journal is left alone. */
function wholeLines(path: string, bytes: Buffer): { text: string; length: number } {
  const text = bytes.toString('utf8');
  if (text !== '' && !text.startsWith('{"v":')) throw new Error(`\`${path}\` is not a journal.`);
  if (readJournalText(text).torn === '') return { text, length: bytes.length };
  const length = bytes.lastIndexOf(10) + 1;
  return { text: bytes.toString('utf8', 0, length), length };
}

async function readAll(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const bytes = Buffer.alloc(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await file.read(bytes, at, size - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

/** Adds all bytes at the file's end. */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  let at = 0;
  while (at < bytes.length) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
}

/** The file's name must be as durable as its lines. Not every system can sync a folder. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(dirname(path), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Windows cannot open folders; there the file system keeps names in its own journal.
  }
}
