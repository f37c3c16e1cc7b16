// Keeps what a model was asked and said outside a run: a file a day under `.tsg/model`, one line for each conversation, only
// ever added to. Keys and what looks like a secret stand in none of them.
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Conversation } from '../../model/index.ts';
import { hideSecrets } from '../secrets.ts';

export interface ModelJournal {
  /** Resolves when the line is written; rejects when it cannot be. */
  add(about: ConversationAbout, conversation: Conversation<unknown>): Promise<void>;
}

export interface ConversationAbout {
  readonly purpose: 'proposal' | 'draft';
  readonly model: string;
  /** The guide's file name. */
  readonly guide: string;
  /** Which passage it was about. */
  readonly passage?: string;
}

/** The journal of a folder: that of `tsg.yaml`, or the guide's. Nothing is created before the first line. */
export function openModelJournal(folder: string): ModelJournal {
  return {
    async add({ purpose, model, guide, passage }, { said, calls, tokens, tookMs, cost, end }) {
      const now = new Date();
      const line = {
        v: 1,
        kind: 'conversation',
        time: now.getTime(),
        purpose,
        model,
        guide,
        ...(passage !== undefined && { passage: hideSecrets(passage) }),
        said: said.map(({ role, text }) => ({ role, text: hideSecrets(text) })),
        calls,
        tokens,
        tookMs,
        ...(cost && { cost }),
        end: end.kind,
        ...(end.kind === 'unusable' && { problem: hideSecrets(end.problem) }),
        ...('message' in end && { message: hideSecrets(end.message) }),
      };
      const place = join(folder, '.tsg', 'model');
      await mkdir(place, { recursive: true });
      await appendFile(join(place, `${now.toISOString().slice(0, 10)}.jsonl`), `${JSON.stringify(line)}\n`);
    },
  };
}
