// Runs tests with mocha inside VS Code's extension host and leaves the counts in the file that TSG_TEST_REPORT names.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import * as vscode from 'vscode';

/**
 * Rejects when a test failed. `define` declares the tests with mocha's globals. The editor has a life of its own - what a test before has
 * opened takes the focus, a key is lost - so a test that fails is tried once more, with nothing open, and the log says so.
 */
export async function runMocha(define: () => void): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    color: true,
    retries: 1,
    ...(process.env.TSG_TEST_GREP && { grep: process.env.TSG_TEST_GREP }),
  });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  mocha.suite.beforeEach(async function () {
    // A runnable tells how often it was tried before; mocha's types do not know.
    const test = this.currentTest as (Mocha.Test & { currentRetry(): number }) | undefined;
    if (!test || test.currentRetry() === 0) return;
    // What is not saved may hold it up: the test is tried all the same.
    const closed = vscode.commands.executeCommand('workbench.action.closeAllEditors').then(undefined, () => undefined);
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 5000))]);
  });
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
    runner.on('retry', (test, error) => console.log(`  tried again: ${test.fullTitle()}: ${String(error)}`));
  });
}
