// The grammars we inject: they load as JSON, and their expressions find what is ours and leave prose alone.
import * as assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Grammar {
  readonly scopeName: string;
  readonly repository?: Readonly<Record<string, { readonly match?: string; readonly begin?: string }>>;
  readonly patterns: readonly { readonly match?: string }[];
}

export function grammarTests(): void {
  describe('grammars', () => {
    const read = (name: string): Grammar =>
      JSON.parse(readFileSync(join(process.env.TSG_TEST_PROJECT ?? '', 'syntaxes', name), 'utf8')) as Grammar;
    /** Oniguruma's inline flag is the one thing of ours that JavaScript writes otherwise. */
    const expression = (source = ''): RegExp =>
      new RegExp(source.replace('(?i)', ''), source.includes('(?i)') ? 'i' : '');
    const guide = read('tsg-guide.tmLanguage.json');
    const rule = (name: string): RegExp =>
      expression(guide.repository?.[name]?.match ?? guide.repository?.[name]?.begin);

    it('find jumps, plugins, guards and meanings', () => {
      assert.equal(rule('jump').exec('If so, go to Step 3.1.')?.[2], 'Step 3.1');
      assert.equal(rule('jump').exec('start Steps 2 through 10 in parallel')?.[2], 'Steps 2 through 10');
      assert.equal(rule('plugin').exec('<PLUGIN_12>')?.[2], 'PLUGIN_12');
      assert.equal(rule('guard').exec('If `rows.exists(r, r.a == 1)`, stop')?.[2], 'rows.exists(r, r.a == 1)');
      assert.ok(rule('meaning').test('**This is a potential resolution.**'));
    });

    it('leave prose alone', () => {
      assert.ok(!rule('jump').test('The next step is to go home.'));
      assert.ok(!rule('guard').test('The parameter `region` and the file `a/b.txt`'));
    });

    it('find placeholders, and not what looks like one', () => {
      const placeholder = expression(read('tsg-code.tmLanguage.json').patterns[0]?.match);
      assert.equal(placeholder.exec("WHERE region = '{region}'")?.[2], 'region');
      assert.ok(!placeholder.test('echo ${HOME}'));
      assert.ok(!placeholder.test('{{ template }}'));
    });
  });
}
