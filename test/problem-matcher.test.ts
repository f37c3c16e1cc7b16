// The problem matcher that docs/ci.md gives must read what `tsg check` prints.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Matcher {
  readonly problemMatcher: readonly { readonly pattern: readonly Record<string, string | number>[] }[];
}

describe('the problem matcher of docs/ci.md', () => {
  it('reads the findings that the command line prints', () => {
    const page = readFileSync(join(import.meta.dirname, '../docs/ci.md'), 'utf8');
    const [, json = ''] = /```json\n(\{\n {2}"problemMatcher"[^]*?)```/.exec(page) ?? [];
    const [first, second] = (JSON.parse(json) as Matcher).problemMatcher[0]?.pattern ?? [];
    assert.ok(first && second);
    const printed = readFileSync(join(import.meta.dirname, 'cli/fixing-and-settings/expected.txt'), 'utf8').split('\n');
    const found = printed.flatMap((line, index) => {
      const head = new RegExp(String(first['regexp'])).exec(line);
      const place = head && new RegExp(String(second['regexp'])).exec(printed[index + 1] ?? '');
      return head && place ? [{ code: head[Number(first['code'])], line: place[Number(second['line'])] }] : [];
    });
    assert.deepEqual(
      found.filter(({ code }) => code === 'step.unknown-target').map(({ line }) => line),
      ['12', '12', '12'],
    );
    assert.equal(found.length, printed.filter((line) => /^(?:error|warning)\[/.test(line)).length);
  });
});
