// Counts how the sentences with branching language of real guides end: as a way in the plan, or as a mark with its reason. With
// --write the table in docs/reading.md is made anew.
//   npx tsx scripts/reading-shares.ts [--write] [GUIDES]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { accountBranching } from '../test/support/account-branching.ts';
import { compile } from '../src/compile/index.ts';
import { readGuide } from '../src/guide/index.ts';

const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '../shared/corpus/guides';
const shares = new Map<string, number>();
let guides = 0;
let total = 0;
for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.md')) continue;
  guides++;
  const guide = readGuide(readFileSync(join(folder, file), 'utf8'));
  const { plan, diagnostics } = compile(guide, { file, sha256: '' });
  for (const { share } of accountBranching(guide, plan, diagnostics)) {
    total++;
    shares.set(share, (shares.get(share) ?? 0) + 1);
  }
}
const rows = [...shares].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
const table = [
  `${String(total)} sentences with branching language in ${String(guides)} guides:`,
  '',
  '| ends as | sentences | share |',
  '| --- | ---: | ---: |',
  ...rows.map(([share, count]) => `| ${share} | ${String(count)} | ${((100 * count) / total).toFixed(1)} % |`),
].join('\n');
console.log(table);
if (process.argv.includes('--write')) {
  const page = resolve(import.meta.dirname, '../docs/reading.md');
  const text = readFileSync(page, 'utf8');
  const [before, rest] = text.split('<!-- shares -->\n');
  const after = rest?.split('<!-- end of shares -->')[1];
  if (before === undefined || after === undefined) throw new Error('docs/reading.md has no place for the table');
  writeFileSync(page, `${before}<!-- shares -->\n\n${table}\n\n<!-- end of shares -->${after}`);
}
