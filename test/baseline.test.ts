// A baseline knows findings again after lines have moved, counts them, and never holds the guide's own words.
import { strict as assert } from 'node:assert';
import { makeBaseline, readBaseline, withoutKnown } from '../src/check/index.ts';
import { analyze } from '../src/editing/index.ts';

const findings = (text: string, file = 'guides/disk.md') => ({
  file,
  text,
  diagnostics: analyze(text, { file, sha256: '', languages: null }).diagnostics,
});
const guide = (...lines: string[]): string =>
  `# Disk\n\n## Step 1 - Read the disk\n\n${lines.join('\n\n')}\n\nThis ends the guide.\n`;
const broken = 'Read [this](#nowhere).';
const left = (before: string, after: string): string[] =>
  withoutKnown(makeBaseline([findings(before)]), findings(after)).left.map(({ code }) => code);

describe('baselines', () => {
  for (const [what, before, after, expected] of [
    ['the same text', guide(broken), guide(broken), []],
    ['lines that have moved', guide(broken), guide('First this.', 'Then that.', broken), []],
    ['other blanks', guide(broken), guide(`Read  [this](#nowhere).`), []],
    ['a second line with the same words', guide(broken), guide(broken, broken), ['link.broken']],
    ['words that have changed', guide(broken), guide('Read [that](#nowhere).'), ['link.broken']],
    [
      'another finding on a line that is known',
      guide(broken),
      guide('Read [this](#nowhere).', '![](disk.png)'),
      ['image.no-text'],
    ],
  ] as const) {
    it(`${expected.length === 0 ? 'know' : 'do not know'} ${what}`, () =>
      assert.deepEqual(left(before, after), expected));
  }

  it('count what is gone', () => {
    const baseline = makeBaseline([findings(guide(broken, broken))]);
    assert.equal(withoutKnown(baseline, findings(guide(broken))).gone, 1);
    assert.equal(withoutKnown(baseline, findings(guide(broken), 'guides/other.md')).left.length, 1);
  });

  it('hold no words of the guide, and of a secret nothing but that there is one', () => {
    const secret = guide('Use `AKIAQ3EGRZ7TLP5WNB2D` for it.');
    const text = JSON.stringify(makeBaseline([findings(guide(broken)), findings(secret, 'b.md')]));
    assert.ok(!/nowhere|AKIA/.test(text));
    assert.match(text, /"secret.in-text":\{"secret":1\}/);
    assert.ok(readBaseline(text));
  });

  it('are told from other files', () => {
    for (const text of [
      '',
      '{}',
      '[]',
      '{"version":2,"findings":{}}',
      '{"version":1,"findings":{"a":{"b":{"c":"d"}}}}',
    ])
      assert.equal(readBaseline(text), null);
  });

  it('are the same whatever the order of the files', () => {
    const [a, b] = [findings(guide(broken)), findings(guide(broken, '![](x.png)'), 'a.md')];
    assert.equal(JSON.stringify(makeBaseline([a, b])), JSON.stringify(makeBaseline([b, a])));
  });
});
