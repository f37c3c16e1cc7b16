// The thread in which guides that are not open are checked, and read for what their library needs of them, so that a workspace of
// thousands never holds up the editor.
import { parentPort } from 'node:worker_threads';
import { libraryGuide, readAlertRules } from '../check/index.ts';
import { analyze, forgetAll, holdUntilForgotten } from '../editing/index.ts';
import { readGuide } from '../guide/index.ts';
import type { LibraryJob, LibraryPart, LibraryReply } from './library-reader.ts';
import type { CheckReply, TextJob } from './text-checker.ts';

holdUntilForgotten();
parentPort?.on('message', ({ index, job }: { readonly index: number; readonly job: TextJob | LibraryJob }) => {
  parentPort?.postMessage({ ...answer(job), index });
  // Each guide is another one.
  forgetAll();
});
parentPort?.postMessage({ kind: 'ready' });

function answer(job: TextJob | LibraryJob): CheckReply | LibraryReply {
  try {
    return 'about' in job
      ? { kind: 'answer', diagnostics: analyze(job.text, job.about).diagnostics }
      : { kind: 'part', part: partOf(job) };
  } catch (error) {
    return { kind: 'failure', message: error instanceof Error ? error.message : String(error) };
  }
}

function partOf({ path, text }: LibraryJob): LibraryPart {
  if (path.endsWith('.md')) return { kind: 'guide', guide: libraryGuide(path, readGuide(text)) };
  const rules = readAlertRules(text);
  return rules && { kind: 'rules', rules };
}
