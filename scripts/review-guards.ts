// Lists every guard that is inferred over the public guides beside the repository, with the verdict of a person who read the guide.
// Verdicts are kept in test/guards/review.json, by guide, condition and guard; a guard without one, or a wrong one, fails.
// --write adds the guards that have no verdict yet, drops those that are inferred no more, and makes docs/guard-review.md anew.
//   npx tsx scripts/review-guards.ts [--write]
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inferredGuards, keyOf, readVerdicts, type Reviewed, verdictsFile } from '../test/support/guard-review.ts';

const found = inferredGuards();
const verdicts = readVerdicts();
const known = new Map(verdicts.map((entry) => [keyOf(entry), entry]));
const list = found.map((guard): Reviewed => ({ ...guard, ...(known.get(keyOf(guard)) ?? { verdict: '', why: '' }) }));
const told = (title: string, of: readonly Reviewed[]): string => {
  const count = (verdict: string): number => of.filter((entry) => entry.verdict === verdict).length;
  const share = ((100 * count('right')) / Math.max(1, of.length)).toFixed(1);
  return `${title}: ${of.length}, of them ${count('right')} right (${share} %), ${count('arguable')} arguable, ${count('wrong')} wrong`;
};
const summary = [
  told('Guards in CEL', list.filter(({ guard }) => guard !== 'else')), // prettier-ignore
  told('Other sides ("else")', list.filter(({ guard }) => guard === 'else')), // prettier-ignore
];

if (process.argv.includes('--write')) {
  writeFileSync(verdictsFile, `${JSON.stringify(list, null, 2)}\n`);
  const page = resolve(import.meta.dirname, '../docs/guard-review.md');
  const [head] = readFileSync(page, 'utf8').split('<!-- review -->');
  const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
  const rows = list.map(
    ({ guide, step, condition, guard, verdict, why }) =>
      `| ${[guide.replace(/\.md$/, ''), cell(step), cell(condition), `\`${cell(guard)}\``, verdict, cell(why)].join(' | ')} |`,
  );
  const table = [
    '| guide | step | condition | guard | verdict | why |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ];
  writeFileSync(
    page,
    `${head ?? ''}<!-- review -->\n\n${summary.map((line) => `${line}.`).join('\n')}\n\n${table.join('\n')}\n`,
  );
}
for (const { guide, step, condition, guard, verdict } of list) {
  if (verdict === '' || verdict === 'wrong') console.log(`${verdict === '' ? 'no verdict' : verdict}: ${guide}: ${step}: ${condition}: ${guard}`); // prettier-ignore
}
console.log(summary.join('\n'));
if (list.some(({ verdict }) => verdict === '' || verdict === 'wrong')) process.exitCode = 1;
