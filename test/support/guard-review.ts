// The guards that are inferred over the public guides beside the repository, and the verdicts of a person who read them.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile } from '../../src/compile/index.ts';
import { readGuide } from '../../src/guide/index.ts';

/** One inferred guard. `step` is the title of the step, and for "otherwise" also that of the step it leads to. */
export interface InferredGuard {
  readonly guide: string;
  readonly step: string;
  readonly condition: string;
  /** CEL, or `else`. */
  readonly guard: string;
}

export interface Reviewed extends InferredGuard {
  readonly verdict: '' | 'right' | 'wrong' | 'arguable';
  /** What the guide says, in a few words. */
  readonly why: string;
}

export const corpusFolder = resolve(import.meta.dirname, '../../../shared/corpus/guides');
export const verdictsFile = resolve(import.meta.dirname, '../guards/review.json');

/** What a verdict is kept by: a change of a step's number keeps it, another condition or guard does not. */
export function keyOf({ guide, step, condition, guard }: InferredGuard): string {
  return [guide, guard === 'else' ? step : '', condition, guard].join('\n');
}

export function readVerdicts(): readonly Reviewed[] {
  return JSON.parse(readFileSync(verdictsFile, 'utf8')) as Reviewed[];
}

/** All of them, each once, in the order of the guides. */
export function inferredGuards(): readonly InferredGuard[] {
  const found = new Map<string, InferredGuard>();
  for (const file of readdirSync(corpusFolder).filter((name) => name.endsWith('.md'))) {
    const { plan } = compile(readGuide(readFileSync(join(corpusFolder, file), 'utf8')), { file, sha256: '' });
    const titles = new Map(plan.nodes.map(({ id, title }) => [id, (title ?? id).slice(0, 80)]));
    for (const { from, to, condition, guard } of plan.edges) {
      if (guard?.origin !== 'inferred') continue;
      const isElse = guard.kind === 'else';
      const step = isElse ? `${titles.get(from) ?? from} -> ${titles.get(to) ?? to}` : (titles.get(from) ?? from);
      const entry = { guide: file, step, condition: condition ?? '', guard: isElse ? 'else' : guard.cel };
      found.set(keyOf(entry), entry);
    }
  }
  return [...found.values()].sort((a, b) => (a.guide < b.guide ? -1 : a.guide > b.guide ? 1 : 0));
}
