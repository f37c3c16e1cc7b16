// Runs tests with mocha inside VS Code's extension host and leaves the counts in the file that TSG_TEST_REPORT names.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Rejects when a test failed. `define` declares the tests with mocha's globals. */
export async function runMocha(define: () => void): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    color: true,
    ...(process.env.TSG_TEST_GREP && { grep: process.env.TSG_TEST_GREP }),
  });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  define();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      if (process.env.TSG_TEST_REPORT) writeFileSync(process.env.TSG_TEST_REPORT, JSON.stringify(counts));
      if (failures > 0) reject(new Error(`${failures} extension tests failed`));
      else resolve();
    });
    runner.on('pass', () => counts.passed++);
    runner.on('fail', () => counts.failed++);
    runner.on('pending', () => counts.skipped++);
  });
}
