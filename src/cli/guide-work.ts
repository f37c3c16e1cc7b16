// The kinds of work on one guide that a command does many times over, in its own thread or in workers. Jobs and answers are plain
// data: what crosses between threads is what they hold, and no guide or plan.
import { forgetAll, holdUntilForgotten } from '../base/index.ts';
import type { CheckedGuide, CheckJob } from './check-guide.ts';
import type { CompiledGuide, CompileJob } from './compile-guide.ts';

export interface GuideWork {
  readonly compile: { readonly job: CompileJob; readonly answer: CompiledGuide };
  readonly check: { readonly job: CheckJob; readonly answer: CheckedGuide | null };
}

export type WorkKind = keyof GuideWork;
export type JobOf<K extends WorkKind> = GuideWork[K]['job'];
export type AnswerOf<K extends WorkKind> = GuideWork[K]['answer'];

/** Does one job. Rejects with a CommandError for what the user can correct. */
export type Doer<K extends WorkKind> = (job: JobOf<K>) => Promise<AnswerOf<K>>;

const openers: { readonly [K in WorkKind]: () => Promise<Doer<K>> } = {
  compile: async () => (await import('./compile-guide.ts')).compileGuide,
  check: async () => (await import('./check-guide.ts')).guideChecker(),
};

/** Who does work of a kind. It may remember what it learnt of settings, so it is opened for one command; of guides it keeps nothing. */
export async function openWork<K extends WorkKind>(kind: K): Promise<Doer<K>> {
  const work = await openers[kind]();
  holdUntilForgotten();
  return (job) => work(job).finally(forgetAll);
}
