// The debug adapter as text cases: a guide, a script of what the editor asks and what happens outside, and everything that the
// adapter says. See test/support/debug-script.ts for the script's language.
import { join } from 'node:path';
import { readCases } from './support/read-cases.ts';
import { playDebugScript } from './support/debug-script.ts';

describe('the debugger', () => {
  for (const { name, read, has, expect } of readCases(join(import.meta.dirname, 'debugging'))) {
    it(name.replaceAll('-', ' '), async () => {
      expect(
        'said.txt',
        await playDebugScript(read('guide.md'), read('script.txt'), has('called.md') ? read('called.md') : undefined),
      );
    });
  }
});
