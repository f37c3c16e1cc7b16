// What SQL may do on a server, by its text: no hostile statement counts as a read, and hardly a harmless one does not.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifySql } from '../src/tools/sql/classify-sql.ts';

/** One statement a line; a line that begins with a space goes on with the statement before it. */
function statements(name: string): readonly string[] {
  const lines = readFileSync(join(import.meta.dirname, 'hostile', name), 'utf8')
    .split('\n')
    .slice(1);
  return lines.reduce<string[]>((all, line) => {
    if (line.startsWith(' ') && all.length > 0) all.push(`${all.pop() ?? ''}\n${line}`);
    else if (line !== '') all.push(line);
    return all;
  }, []);
}

for (const dialect of ['postgres', 'mysql'] as const)
  describe(`effects of SQL for ${dialect}`, () => {
    it('takes no hostile statement for a read', () => {
      const hostile = statements(`sql-${dialect}.txt`);
      assert.ok(hostile.length > 100, `${hostile.length} statements`);
      assert.deepEqual(
        hostile.filter((code) => classifySql(code, [], dialect).effect === 'read'),
        [],
      );
    });
    it('takes no hostile statement for a read behind a harmless one, in a comment, or in other letters', () => {
      for (const code of statements(`sql-${dialect}.txt`))
        for (const changed of [`SELECT 1;\n${code}`, `/* ok */ ${code}`, `-- ok\n${code}`, code.toLowerCase()])
          assert.notEqual(classifySql(changed, [], dialect).effect, 'read', changed);
    });
    it('takes harmless statements for reads', () => {
      const harmless = statements(`sql-${dialect}-reads.txt`);
      const missed = harmless.filter((code) => classifySql(code, [], dialect).effect !== 'read');
      const told = missed.map((code) => `${code}: ${classifySql(code, [], dialect).because}`).join('\n');
      assert.ok(missed.length <= harmless.length * 0.05, told);
    });
  });
