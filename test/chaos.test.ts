// Kills a real process at random moments, resumes it, and holds the outcome against an undisturbed run. A few seeds here;
// `npx tsx bench/chaos.ts` plays 300.
import assert from 'node:assert/strict';
import { newChaos, type Chaos, type ChaosOutcome } from './support/chaos.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe('a run whose process is killed', function () {
  this.timeout(180_000);
  let chaos: Chaos;
  before(async () => {
    chaos = await newChaos();
  });
  after(() => chaos.close());

  it('ends as if nothing had happened, does nothing twice that was done, and nothing without its approval', async () => {
    const outcomes: ChaosOutcome[] = [];
    for (const seed of seeds) outcomes.push(await chaos.play(seed, 3));
    for (const { seed, violations } of outcomes) assert.deepEqual(violations, [], `seed ${seed}`);
    const sum = (of: (one: ChaosOutcome) => number): number => outcomes.reduce((total, one) => total + of(one), 0);
    assert.ok(sum(({ resumptions }) => resumptions) > 3, 'kills come while the run is under way');
    assert.ok(sum(({ writes }) => writes) > 0, 'the plans have writes');
    assert.ok(sum(({ entered }) => entered) > 0, 'the plans call guides');
    console.log(`      ${sum(({ kills }) => kills)} kills, ${sum(({ resumptions }) => resumptions)} resumptions`);
  });
});
