// The thread in which guides that are not open are checked, so that a workspace of thousands never holds up the editor.
import { parentPort } from 'node:worker_threads';
import { analyze } from '../editing/index.ts';
import type { CheckReply, TextJob } from './text-checker.ts';

parentPort?.on('message', ({ index, job }: { readonly index: number; readonly job: TextJob }) => {
  parentPort?.postMessage({ ...checked(job), index });
});
parentPort?.postMessage({ kind: 'ready' });

function checked({ text, about }: TextJob): CheckReply {
  try {
    return { kind: 'answer', diagnostics: analyze(text, about).diagnostics };
  } catch (error) {
    return { kind: 'failure', message: error instanceof Error ? error.message : String(error) };
  }
}
