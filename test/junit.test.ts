// `tsg test --junit`: the file is XML whatever the tests are called and say, and valid by the schemas that build servers use;
// a guide that cannot be tested stands in it and keeps no other from being tested.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CommandError, exitCode } from '../src/cli/exit-code.ts';
import { toJUnit } from '../src/cli/junit.ts';
import type { TestedGuide } from '../src/cli/test-command.ts';
import type { PlanEdge } from '../src/plan/index.ts';
import { temporaryFolder, tsg } from './cli/tsg.ts';
import { antRules, faultsOf, jenkinsRules } from './support/junit-rules.ts';
import { readXml, type XmlElement } from './support/read-xml.ts';

const at = new Date('2025-01-01T12:34:56.789Z');

/** A guide of which everything says the same: its file, its case, what failed and why. */
function tested(said: string, { failing = true, file = said } = {}): TestedGuide {
  const edge = { from: said, to: said, condition: said, source: { startLine: 3 } } as unknown as PlanEdge;
  const failures = failing ? [{ kind: 'path', message: said, evidence: [{ edge, because: said }] }] : [];
  return {
    about: { guide: `${file}.md`, testsFile: `${file}.tests.yaml`, tests: [] },
    cases: [{ placed: { scenario: { name: said }, line: 12 }, failures, milliseconds: 1234.5 }],
  } as unknown as TestedGuide;
}

function valid(document: string): XmlElement {
  const root = readXml(document);
  assert.deepEqual(faultsOf(root, jenkinsRules), [], document.slice(0, 2000));
  assert.deepEqual(faultsOf(root, antRules), [], document.slice(0, 2000));
  return root;
}

const failureOf = (root: XmlElement): XmlElement | undefined =>
  root.children[0]?.children.find(({ name }) => name === 'testcase')?.children[0];

describe('JUnit XML', () => {
  it('is checked by rules that find what either schema refuses', () => {
    const good = toJUnit([tested('a')], [], at);
    for (const [from, to, fault] of [
      ['<testcase name=', '<testcase file="x" name=', '<testcase> may have no file'],
      [' errors="0"', '', '<testsuite> lacks errors'],
      ['<system-out/>', '<output/>', '<output> is not known'],
      ['time="1.234"', 'time="soon"', 'time of <testsuite> is "soon"'],
    ] as const) {
      assert.ok(good.includes(from), from);
      assert.ok(faultsOf(readXml(good.replace(from, to)), jenkinsRules).includes(fault), fault);
    }
    assert.ok(
      faultsOf(readXml(good.replace(/ timestamp="[^"]*"/, '')), antRules).includes('<testsuite> lacks timestamp'),
    );
    assert.throws(() => readXml(good.replace('path', '\u0001')), /no character/);
    assert.throws(() => readXml(good.replace('>a.tests', '>]]>a.tests')), /`\]\]>`/);
    assert.throws(() => readXml(good.replace('</testcase>', '')), /closed by another name/);
  });

  it('is valid, and says what it was given, for names and messages that are hostile', () => {
    for (const said of [
      'a < b & "c" > \'d\' ]]> <![CDATA[x]]> <!-- --> &amp; &#10;',
      'emoji 😀 👩‍💻 and \u{10ffff}, right-to-left \u202e',
      'line\nline\ttab\rreturn\r\nboth',
      ' spaces at both ends ',
    ]) {
      const root = valid(toJUnit([tested(said)], [], at));
      const [suite] = root.children;
      const wanted = said.replaceAll('\u{10ffff}', '\ufffd');
      assert.equal(suite?.children.find(({ name }) => name === 'testcase')?.attributes['name'], wanted);
      const text = failureOf(root)?.text ?? '';
      assert.ok(text.includes(`:12: ${wanted}\n`), text);
      assert.equal(failureOf(root)?.attributes['message'], wanted.split('\n')[0]);
    }
  });

  it('shows that a character stood there which XML cannot hold', () => {
    const said = `nul \0, bell \u0007, escape \u001b[31m, C1 \u009b, half \ud800, no character \uffff`;
    const root = valid(toJUnit([tested(said)], [], at));
    assert.match(
      failureOf(root)?.text ?? '',
      /nul \ufffd, bell \ufffd, escape \ufffd\[31m, C1 \ufffd, half \ufffd, no character \ufffd\n/,
    );
  });

  it('is valid whatever is said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 1 }), (said, file) => {
        const error = new CommandError(exitCode.usage, said, said);
        valid(toJUnit([tested(said, { file })], [{ file: `${file}.md`, error }], at));
      }),
    );
  });

  it('keeps a very long output in the text and out of the one line that is shown of it', () => {
    const said = `begin ${'x'.repeat(2_000_000)} end`;
    const root = valid(toJUnit([tested(said)], [], at));
    assert.ok((failureOf(root)?.attributes['message'] ?? '').length <= 500);
    assert.match(failureOf(root)?.text ?? '', / end\n/);
  });

  it('counts cases, failures and errors by suite', () => {
    const error = new CommandError(exitCode.guide, 'b.md has errors; it was not tested.');
    const root = valid(toJUnit([tested('a'), tested('c', { failing: false })], [{ file: 'b.md', error }], at));
    const counts = root.children.map(({ attributes: { name, id, tests, failures, errors } }) =>
      [name, id, tests, failures, errors].join(' '),
    );
    assert.deepEqual(counts, ['a.tests.yaml 0 1 1 0', 'c.tests.yaml 1 1 0 0', 'b.md 2 1 0 1']);
    valid(toJUnit([], [], at));
  });
});

describe('tsg test over a folder', function () {
  this.timeout(60_000);

  it('tests the others where a guide has errors and a tests file is broken, and reports all', async () => {
    const folder = temporaryFolder();
    try {
      const write = (name: string, text: string): void => writeFileSync(join(folder.path, name), text);
      const cases = 'tests:\n  - name: It ends\n    expect: { outcome: resolved }\n';
      write('a.md', '# A\n\n## Step 1 - Look\n\nGo to Step 9.\n');
      write('a.tests.yaml', cases);
      write('b.md', '# B\n\n## Step 1 - Look\n\nThis resolves the incident.\n');
      write('b.tests.yaml', 'tests: [');
      write('c.md', '# C\n\n## Step 1 - Look\n\nThis resolves the incident.\n');
      write('c.tests.yaml', cases);
      const test = (...flags: readonly string[]): ReturnType<typeof tsg> =>
        tsg(['test', '.', ...flags], { cwd: folder.path });
      const end = await test('--junit', 'build/reports/out.xml');
      assert.equal(end.code, 2, end.err);
      assert.match(end.out, /✓ It ends[^]*1 test of 1 guide: all passed\. 2 files could not be tested\./);
      assert.match(end.err, /a\.md has errors; it was not tested\./);
      assert.match(end.err, /b\.tests\.yaml:1:\d+: Not valid YAML/);
      const root = valid(readFileSync(join(folder.path, 'build/reports/out.xml'), 'utf8'));
      assert.deepEqual(
        root.children.map(({ attributes: { name, errors } }) => `${name} ${errors}`),
        ['c.tests.yaml 0', 'b.tests.yaml 1', 'a.tests.yaml 1'],
      );
      const [, broken] = root.children;
      const error = broken?.children.find(({ name }) => name === 'testcase')?.children[0];
      assert.match(
        error?.attributes['message'] ?? '',
        /^the tests cannot be used\. b\.tests\.yaml:1:\d+: Not valid YAML/,
      );
      const json = JSON.parse((await test('--json')).out) as { passed: number; unusable: { file: string }[] };
      assert.deepEqual([json.passed, json.unusable.map(({ file }) => file)], [1, ['b.tests.yaml', 'a.tests.yaml']]);
      rmSync(join(folder.path, 'b.tests.yaml'));
      const every = await test('--all-paths');
      assert.equal(every.code, 1, every.err);
      assert.match(every.out, /c\.md\n {2}1 path[^]*every edge is reached/);
      assert.ok(existsSync(join(folder.path, 'build/reports/out.xml')));
    } finally {
      folder.remove();
    }
  });
});
