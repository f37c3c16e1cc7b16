// How a person answers a run that another process has at this moment: the answer is left in a file beside the journal, and
// the process that writes the journal takes it from there. Whoever may write there may write the journal, too.
import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, unlinkSync, watch, writeFileSync } from 'node:fs';
import { readdir, readFile, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

/** Milliseconds for which an answer may lie there: who left it has given up by then, and may not be there any more. */
export const answerCountsMs = 40_000;

const by = z.string().min(1);
/** Milliseconds since the Unix epoch at which it was left. */
const time = z.int();
const action = z.string().min(1);
const note = z.string().exactOptional();
const answerSchema = z.union([
  z.strictObject({ kind: z.literal('approval-given'), action, hash: z.string().min(1), by, time, note }),
  z.strictObject({ kind: z.literal('approval-refused'), action, by, time, note }),
]);

/** A yes or a no to an action that waits for it. */
export type LeftAnswer = z.output<typeof answerSchema>;

export type TakenAnswer = Answering<LeftAnswer>;
type Answering<T> = T extends LeftAnswer ? Omit<T, 'time'> : never;

/** An answer on its way. */
export interface AnswerOnItsWay {
  isTaken(): boolean;
  /** Takes it back. False when it was taken before. */
  withdraw(): boolean;
}

/** Leaves an answer for the process that has the journal. Throws the system's error when it cannot be written. */
export function leaveAnswer(journal: string, answer: LeftAnswer): AnswerOnItsWay {
  const id = randomUUID();
  const draft = join(dirname(journal), `.${id}`);
  const file = `${journal}${mark}${id}`;
  writeFileSync(draft, `${JSON.stringify(answer)}\n`);
  renameSync(draft, file);
  return {
    isTaken: () => !existsSync(file),
    withdraw() {
      try {
        unlinkSync(file);
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
        throw error;
      }
    },
  };
}

/**
 * Takes the answers that others leave, until the returned function is called; keeps no process alive. What is older than
 * `answerCountsMs` is thrown away.
 */
export function takeAnswers(journal: string, take: (answer: TakenAnswer) => void): () => void {
  const folder = dirname(journal);
  const start = `${basename(journal)}${mark}`;
  let stopped = false;
  const takeOne = async (name: string): Promise<void> => {
    const answer = await readAndRemove(join(folder, name));
    if (!answer || stopped) return;
    const { time: left, ...given } = answer;
    if (Date.now() - left <= answerCountsMs) take(given);
  };
  const stopWatching = watchFolder(folder, (name) => {
    if (name.startsWith(start)) void takeOne(name);
  });
  void readdir(folder).then(
    (names) => Promise.all(names.filter((name) => name.startsWith(start)).map(takeOne)),
    () => undefined,
  );
  return () => {
    stopped = true;
    stopWatching();
  };
}

/** Resolves to true once something in the journal's folder has changed so that it holds, to false when it does not in time. */
export async function holdsSoon(journal: string, holds: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  if (await holds()) return true;
  return new Promise((resolve, reject) => {
    const end = (held: boolean): void => {
      clearTimeout(timer);
      stopWatching();
      resolve(held);
    };
    const look = (): void => void holds().then((held) => (held ? end(true) : undefined), reject);
    const timer = setTimeout(() => {
      holds().then(end, reject);
    }, withinMs);
    const stopWatching = watchFolder(dirname(journal), look);
    look();
  });
}

/** What stands between a journal's name and what tells its answers apart. */
const mark = '.answer-';

/** Calls back with the name of whatever changes in a folder. Where the system cannot tell, nothing is told. */
function watchFolder(folder: string, changed: (name: string) => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name !== null) changed(name);
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}

/**
 * Undefined for what is gone, cannot be removed (it would be taken again) or is no answer. The system lets one `unlink`
 * succeed; `rm` forgives a file that went in the meantime, and the same answer would be taken by everyone who read it.
 */
async function readAndRemove(file: string): Promise<LeftAnswer | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    await unlink(file);
    return answerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
