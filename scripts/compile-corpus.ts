// Compiles every guide of a folder to PlanDAG JSON, for scoring against hand-labelled plans.
//   npx tsx scripts/compile-corpus.ts GUIDES OUT
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../src/compile/index.ts';
import { readGuide } from '../src/guide/index.ts';
import { writePlanDag } from '../src/plan/index.ts';

const [guides = '../shared/corpus/guides', out = 'out/plans'] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const counts = new Map<string, number>();
for (const file of readdirSync(guides)
  .filter((name) => name.endsWith('.md'))
  .sort()) {
  const bytes = readFileSync(join(guides, file));
  const guide = readGuide(bytes.toString('utf8'));
  const { plan, diagnostics } = compile(guide, { file, sha256: createHash('sha256').update(bytes).digest('hex') });
  for (const { code } of [...guide.diagnostics, ...diagnostics]) counts.set(code, (counts.get(code) ?? 0) + 1);
  writeFileSync(join(out, file.replace(/\.md$/, '.plandag.json')), writePlanDag(plan));
}
console.log([...counts].map(([code, count]) => `${code} ${String(count)}`).join(', '));
