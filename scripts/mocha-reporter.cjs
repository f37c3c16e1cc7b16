// Mocha's spec reporter that also leaves the counts in the file named by TSG_TEST_REPORT, for scripts/test.mjs to add up. What
// still keeps the process from ending a minute after the last test is told, and ends with it as a failure.
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const file = process.env.TSG_TEST_REPORT;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      setTimeout(() => {
        console.error(
          `The tests are over, but the process does not end: ${process.getActiveResourcesInfo().join(', ')}`,
        );
        process.exit(1);
      }, 60_000).unref();
    });
  }
};
