// What reading, compiling and checking a guide costs, as a ratio to remark-parse alone on the same text in the same run.
// The guide is StepFly's, when the corpus lies beside the repository; else the longest sample.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { check } from '../src/check/index.ts';
import { compile } from '../src/compile/index.ts';
import { readGuide } from '../src/guide/index.ts';
import type { Figure } from './figure.ts';
import { median } from './median.ts';

const root = resolve(import.meta.dirname, '..');

/** Warm medians of `rounds` alternating measurements. */
export function benchReading(rounds = 60): Promise<Figure[]> {
  const file = guideFile();
  const text = readFileSync(file, 'utf8');
  const parse = (): unknown => unified().use(remarkParse).parse(text);
  const whole = (): unknown => {
    const guide = readGuide(text);
    const { plan } = compile(guide, { file: 'guide.md', sha256: '' });
    return check(guide, plan, { languages: null });
  };
  const time = (work: () => unknown): number => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  for (let i = 0; i < 30; i++) {
    parse();
    whole();
  }
  const alone: number[] = [];
  const ours: number[] = [];
  for (let i = 0; i < rounds; i++) {
    alone.push(time(parse));
    ours.push(time(whole));
  }
  const value = median(ours) / median(alone);
  const lines = text.split('\n').length;
  const name = `reading, compiling and checking a guide of ${String(lines)} lines over remark-parse alone`;
  return Promise.resolve([{ name, value, limit: 1.6, bound: 'most', unit: 'x' }]);
}

function guideFile(): string {
  const corpus = resolve(root, '../shared/corpus/guides/stepfly__Distributed_System_Low_Availability.md');
  if (existsSync(corpus)) return corpus;
  const samples = readdirSync(join(root, 'samples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(root, 'samples', name))
    .sort((a, b) => statSync(b).size - statSync(a).size);
  const [longest] = samples;
  if (longest === undefined) throw new Error('Internal error: no guide to measure');
  return longest;
}
