// Guides of a wanted length, made of a real one: repeated, with its steps numbered on, as one long guide would be.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** StepFly's guide of 852 lines when the corpus lies beside the repository; else the longest sample. */
export function realGuide(): string {
  const corpus = resolve(root, '../shared/corpus/guides/stepfly__Distributed_System_Low_Availability.md');
  if (existsSync(corpus)) return readFileSync(corpus, 'utf8');
  const samples = readdirSync(join(root, 'samples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(root, 'samples', name))
    .sort((a, b) => statSync(b).size - statSync(a).size);
  const [longest] = samples;
  if (longest === undefined) throw new Error('Internal error: no guide to measure');
  return readFileSync(longest, 'utf8');
}

/** The real guide cut or repeated to `lines` lines. */
export function guideOfLines(lines: number): string {
  const text = realGuide();
  const numbers = [...text.matchAll(/\bsteps?\s+(\d+)/gi)].map(([, number]) => Number(number));
  const steps = Math.max(0, ...numbers);
  const all: string[] = [];
  for (let copy = 0; all.length < lines; copy++) {
    const moved = text
      .replace(/^---\n[^]*?\n---\n/, copy === 0 ? '$&' : '')
      .replace(/(\bsteps?\s+(?:\d+\s+(?:through|to|and)\s+)?)(\d+)/gi, (_, words: string, number: string) => {
        const first = words.replace(/\d+/, (digits) => String(Number(digits) + copy * steps));
        return `${first}${Number(number) + copy * steps}`;
      });
    all.push(...moved.split('\n'));
  }
  return all.slice(0, lines).join('\n');
}
