// The chaos test at length: runs of random plans with random tools, each killed by SIGKILL at up to five random moments and
// resumed. Prints every promise that was broken, then what was done; exits 1 when one was. Arguments: how many runs (300),
// and the first seed (1).
import { newChaos, type ChaosOutcome } from '../test/support/chaos.ts';

const [runs = 300, first = 1] = process.argv.slice(2).map(Number);
const chaos = await newChaos();
const outcomes: ChaosOutcome[] = [];
let next = first;
const lane = async (): Promise<void> => {
  while (next < first + runs) {
    const outcome = await chaos.play(next++, 5);
    outcomes.push(outcome);
    for (const violation of outcome.violations) console.log(`seed ${outcome.seed}: ${violation}`);
    if (outcomes.length % 50 === 0) console.log(`${outcomes.length} runs`);
  }
};
try {
  await Promise.all([lane(), lane()]);
} finally {
  chaos.close();
}
const sum = (of: (one: ChaosOutcome) => number): number => outcomes.reduce((total, one) => total + of(one), 0);
const violations = sum((one) => one.violations.length);
console.log(
  `${outcomes.length} runs, ${sum(({ kills }) => kills)} kills, ${sum(({ resumptions }) => resumptions)} resumptions, ` +
    `${sum(({ entered }) => entered)} called guides entered, ${sum(({ performed }) => performed)} actions performed, ${sum(({ writes }) => writes)} that may write: ${violations} violations`,
);
process.exit(violations === 0 ? 0 : 1);
