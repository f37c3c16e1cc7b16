// The problem matcher in docs must read what `tsg check` prints, and SARIF must have what its specification requires.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@cfworker/json-schema';
import { toSarif } from '../src/cli/sarif.ts';
import { analyze } from '../src/editing/index.ts';

/** The properties of SARIF 2.1.0 that we write, with what its specification (OASIS, sections 3.13 to 3.58) requires of each. */
const schema = join(import.meta.dirname, 'support/sarif-required.schema.json');

interface Matcher {
  readonly problemMatcher: readonly { readonly pattern: readonly Record<string, string | number>[] }[];
}

describe('the problem matcher', () => {
  it('reads the findings that the command line prints', () => {
    const json = readFileSync(join(import.meta.dirname, '../docs/tsg-problem-matcher.json'), 'utf8');
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

describe('SARIF', () => {
  it('has what the specification requires, and points to places that are there', () => {
    const text =
      '# Disk\n\n## Step 1 - Read the disk\n\nRead [this](#rad-the-disk), then go to Step 9.\n\n## Read the disk\n';
    const { guide, diagnostics } = analyze(text, { file: 'a b.md', sha256: '', languages: null });
    const log = toSarif(
      [{ file: 'a b.md', source: () => ({ file: 'a b.md', text, lines: guide.lines }), diagnostics }],
      '1.2.3',
    );
    const { valid, errors } = new Validator(JSON.parse(readFileSync(schema, 'utf8')) as object, '7', false).validate(
      JSON.parse(JSON.stringify(log)) as object,
    );
    assert.ok(valid, JSON.stringify(errors));
    const { runs } = log as {
      runs: { results: { ruleIndex: number; ruleId: string }[]; tool: { driver: { rules: { id: string }[] } } }[];
    };
    assert.ok((runs[0]?.results.length ?? 0) >= 2);
    for (const { ruleId, ruleIndex } of runs[0]?.results ?? [])
      assert.equal(runs[0]?.tool.driver.rules[ruleIndex]?.id, ruleId);
  });
});
