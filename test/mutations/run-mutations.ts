// Plants every kind of defect into every guide, several times, and counts how many the checks find: with the right code on the
// right line, and without a new finding on another line.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../src/diagnostics/index.ts';
import { analyze, type Analysis } from '../../src/editing/index.ts';
import { kinds as known, seeded, type Kind, type Planted } from './plant-defects.ts';
import { others } from './plant-others.ts';
import { newcomers } from './plant-newcomers.ts';
import { outsiders } from './plant-outsiders.ts';
import { strangers } from './plant-strangers.ts';
import { passersby } from './plant-passersby.ts';
import { variants } from './plant-variants.ts';

/** Every kind of defect. */
export const allKinds: readonly Kind[] = [...known, ...variants, ...others, ...strangers, ...passersby, ...newcomers, ...outsiders];

/** One planted defect and what became of it. */
export interface Outcome {
  readonly kind: string;
  readonly guide: string;
  readonly planted: Planted;
  readonly found: boolean;
  /** New findings on other lines, as `line code`. */
  readonly elsewhere: readonly string[];
}

const guides = join(import.meta.dirname, 'guides');

/** The guides, by name. All of them check clean. */
export function cleanGuides(): ReadonlyMap<string, string> {
  return new Map(readdirSync(guides).map((name) => [name, readFileSync(join(guides, name), 'utf8')]));
}

/** The analysis of a guide, without what is no fault: a guard that is inferred is told so that its author may write it down. */
export function look(text: string): Analysis {
  const analysis = analyze(text, { file: 'guide.md', sha256: '', languages: null });
  return { ...analysis, diagnostics: analysis.diagnostics.filter(({ code }) => code !== 'guard.inferred') };
}

/** Each kind into each guide that has a place for it, once for each seed; equal texts count once. */
export function runMutations(seeds: number, kinds: readonly Kind[] = allKinds): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const [guide, text] of cleanGuides()) {
    for (const [index, { name, plant }] of kinds.entries()) {
      const seen = new Set<string>();
      for (let seed = 0; seed < seeds; seed++) {
        const planted = plant(text, seeded(seed * 1000 + index));
        if (!planted || seen.has(planted.text)) continue;
        seen.add(planted.text);
        const analysis = look(planted.text);
        const lineOf = ({ span }: Diagnostic): number => analysis.guide.lines.positionAt(span.start).line;
        const found = analysis.diagnostics.some((one) => one.code === planted.code && lineOf(one) === planted.line);
        const elsewhere = analysis.diagnostics.filter((one) => lineOf(one) !== planted.line).map((one) => `${lineOf(one)} ${one.code}`);
        outcomes.push({ kind: name, guide, planted, found, elsewhere });
      }
    }
  }
  return outcomes;
}
