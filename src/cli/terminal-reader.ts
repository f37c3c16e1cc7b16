// Reads answers of the person at the terminal, one line each.
import { createInterface } from 'node:readline/promises';
import { printableLine } from './printable-text.ts';
import type { Terminal } from './terminal.ts';

/** Puts a question; null when there is no answer any more: the input has ended, all is left open, or `signal` was raised. */
export type Ask = (question: string, signal?: AbortSignal) => Promise<string | null>;

/** Opens the terminal for questions, which are left open once `leaving` is raised. To be closed. */
export function openReader(leaving: AbortSignal): { readonly ask: Ask; close(): void } {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C while a question stands is the same as anywhere else.
  reader.on('SIGINT', () => process.emit('SIGINT'));
  const closed = new Promise<null>((resolve) => {
    const end = (): void => {
      resolve(null);
    };
    reader.once('close', end);
    leaving.addEventListener('abort', end, { once: true });
  });
  return {
    ask: (question, signal) =>
      Promise.race([reader.question(question, signal ? { signal } : {}).catch(() => null), closed]),
    close: () => {
      reader.close();
    },
  };
}

/** Asks until `read` can read the answer; null when there is none. What is mistyped must not end the run's session. */
export async function understood<T>(
  ask: (question: string) => Promise<string | null>,
  question: string,
  expected: string,
  read: (said: string) => T | null,
  terminal: Terminal,
): Promise<T | null> {
  for (;;) {
    const said = (await ask(question))?.trim();
    if (said === undefined) return null;
    const answer = read(said);
    if (answer !== null) return answer;
    if (said === '') return null;
    terminal.err(`  \`${printableLine(said)}\` is no answer here; expected ${expected}.\n`);
  }
}

/** Reads one of the words, in small letters or not. */
export function oneOf<T extends string>(answers: readonly T[]): (said: string) => T | null {
  return (said) => answers.find((answer) => answer === said.toLowerCase()) ?? null;
}
