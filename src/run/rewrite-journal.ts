// Makes a copy of a journal with some of its words replaced, for readers who must not see them. Its lines get checksums and a
// chain of their own, so that the copy is as readable as the journal; it is a copy, and whoever hands it on says so.
import { crc32 } from './crc32.ts';
import { chainStart } from './journal-line.ts';
import { readJournalText } from './read-journal.ts';

export interface RewrittenJournal {
  readonly text: string;
  /** Lines that differ from the journal's. */
  readonly changed: number;
}

/** `change` gets a line's JSON text without its chain and checksum. Lines behind a damaged one are left out. */
export function rewriteJournal(
  text: string,
  change: (line: string) => string,
  hash: (text: string) => string,
): RewrittenJournal {
  const { lines } = readJournalText(text);
  const raw = text.split('\n');
  let chain = chainStart;
  let changed = 0;
  let old = '';
  const out = lines.map((line, index) => {
    const written = raw[index] ?? '';
    const tail = line.chain === null ? ',"sum":"' : ',"chain":"';
    const head = written.slice(0, written.lastIndexOf(tail));
    const next = change(head);
    if (next !== head) changed++;
    if (line.chain === null) {
      const sealed = `${next},"sum":"${crc32(next)}"}`;
      old += `${sealed}\n`;
      chain = hash(old);
      return sealed;
    }
    chain = hash(chain + next);
    const linked = `${next},"chain":"${chain}"`;
    return `${linked},"sum":"${crc32(linked)}"}`;
  });
  return { text: out.map((line) => `${line}\n`).join(''), changed };
}
