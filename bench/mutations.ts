// `npx tsx bench/mutations.ts`: how many planted defects the checks find, kind by kind. Recall counts the right code on the right
// line; the second figure the cases without a new finding on another line. Exits 1 when one is below 95 %.
import { allKinds, runMutations } from '../test/mutations/run-mutations.ts';
import type { Figure } from './figure.ts';

/** Both figures, in percent. */
export function benchMutations(seeds = 12): Figure[] {
  const outcomes = runMutations(seeds);
  const share = (count: number): number => (100 * count) / Math.max(1, outcomes.length);
  return [
    {
      name: 'planted defects found with the right code on the right line',
      value: share(outcomes.filter(({ found }) => found).length),
      limit: 95,
      bound: 'least',
      unit: '%',
    },
    {
      name: 'planted defects without a new finding elsewhere',
      value: share(outcomes.filter(({ elsewhere }) => elsewhere.length === 0).length),
      limit: 95,
      bound: 'least',
      unit: '%',
    },
  ];
}

if (process.argv[1]?.endsWith('mutations.ts') === true) {
  const outcomes = runMutations(12);
  for (const { name } of allKinds) {
    const of = outcomes.filter(({ kind }) => kind === name);
    const found = of.filter((one) => one.found).length;
    const quiet = of.filter(({ elsewhere }) => elsewhere.length === 0).length;
    console.log(
      `${found === of.length && quiet === of.length ? '  ' : '! '}${name}: ${found} of ${of.length} found, ${quiet} without others`,
    );
  }
  for (const { kind, guide, planted, found, elsewhere } of outcomes) {
    if (process.argv.includes('--verbose') && (!found || elsewhere.length > 0))
      console.log(
        `${found ? 'others' : 'MISSED'} ${kind} (${guide}:${planted.line} ${planted.code}): ${elsewhere.join(', ')}`,
      );
  }
  const figures = benchMutations();
  for (const { name, value, limit } of figures)
    console.log(
      `${value >= limit ? 'ok    ' : 'MISSED'} ${name}: ${value.toFixed(1)} % of ${outcomes.length} (>= ${limit} %)`,
    );
  process.exitCode = figures.every(({ value, limit }) => value >= limit) ? 0 : 1;
}
