// The parser of blocks agrees with remark on any text, to the offset, and costs each text in proportion to its length.
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { boxMark, indentedBox } from '../src/guide/box-marks.ts';
import { parseBlocks } from '../src/guide/parse-blocks.ts';
import { remarkBlocks } from './support/remark-blocks.ts';

const root = resolve(import.meta.dirname, '..');

describe('blocks', () => {
  const same = (text: string): void => {
    assert.deepEqual(parseBlocks(text, 0), remarkBlocks(text));
  };

  // Forms that two readings of CommonMark are likely to part on. Each is one text.
  const cases: Readonly<Record<string, string>> = {
    'a fence that an item ends': '- ```\n  x\n- b\n',
    'a fence that a quote ends': '> ```\n> x\nb\n',
    'a fence that the text ends': '```\nx\n',
    'a fence that an item and the text end': '- ```\n  x\n ',
    'a list in a quote, ended by an empty line of it': '> - a\n>\n> b\n',
    'a list in a quote, ended by another': '> - a\n> 1. b\n',
    'a lazy line in an item in a quote': '> - a\nb\n> c\n',
    'an empty item before indented text': '1.\n\n    a\n    b\n',
    'an empty item that goes on below': '-\n  a\n',
    'a tab that two marks share': '-\t>\ta\n\n\t- b\n\t\tc\n',
    'indented code in an item': '-     a\n\n\n      b\n  c\n',
    'a number that must not end a paragraph': 'a\n2. b\n1. c\n',
    'a plugin that a paragraph of an item stands before': '- a\n<PLUGIN_1>\nx\n\n- y\n</PLUGIN_1>\nb\n',
    'a tag that a paragraph of an item stands before': '- a\n<b>\n\nc\n',
    'HTML of each kind':
      '<pre>\n\n</pre>\n<!-- a\n\n-->\n<?a\n?>\n<!A\n>\n<![CDATA[\n]]>\n<div>\na\n\n<b a="c" d>\ne\n\n<b a=">x\n',
    'headings with signs at their ends': '# a #\n## #\n### b#\n#### c # \\#\n##### \n#######\n',
    'rules that look like items': '* * *\n- - -\n- - a\n---\n***\n',
  };
  for (const [name, text] of Object.entries(cases)) {
    it(name, () => {
      same(text);
      same(text.trimEnd());
      same(text.replaceAll('\n', '\r\n'));
    });
  }

  it('any text', () => {
    fc.assert(fc.property(anyLines(), same), { numRuns: 4000 });
  }).timeout(120_000);

  // Boxes of dialects are no markdown to remark.
  const hasBox = (text: string): boolean =>
    /\d\ufe0f?\u20e3/.test(text) ||
    text.split('\n').some((line) => boxMark(line.trim(), 0) !== null || indentedBox(line.trim(), 0) !== -1);

  it('every guide and document there is that is plain markdown', () => {
    const corpus = resolve(root, '../shared/corpus/guides');
    for (const folder of [join(root, 'docs'), join(root, 'samples'), join(root, 'test'), corpus]) {
      if (!existsSync(folder)) continue;
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        if (name.endsWith('.md')) {
          const text = readFileSync(join(folder, name), 'utf8');
          if (!hasBox(text)) same(text);
        }
    }
  }).timeout(120_000);

  it('a part of a text, with the offsets of the part', () => {
    const text = '---\na: b\n---\n# T\n\n<PLUGIN_1>\nx\n</PLUGIN_1>\n\nmore\n';
    assert.deepEqual(parseBlocks(text, 12, 41), remarkBlocks(text, 12, 41));
    assert.deepEqual(
      parseBlocks(text, 12).map(({ type }) => type),
      ['heading', 'plugin', 'paragraph'],
    );
  });

  for (const [name, text] of [
    ['items within items on one line', '- '.repeat(200_000)],
    ['items within items, and blank lines', `${'- '.repeat(200_000)}a${'\n'.repeat(200_000)}`],
    ['quotes within quotes', '> '.repeat(200_000)],
    ['quotes within items, and lines in them', `${'- > '.repeat(100_000)}a\n${'- b\n'.repeat(100_000)}`],
    ['indentation', `${' '.repeat(2000)}a\n`.repeat(500)],
    ['unclosed tags', '<b a="\n'.repeat(100_000)],
    ['footnotes within footnotes', '[^a]: '.repeat(100_000)],
    ['boxes within boxes', '!!! a\n    !!! b\n        !!! c\n'.repeat(50_000)],
    ['tags of a template that are not closed', `${'{% a'.padEnd(900)}\n`.repeat(2000)],
    ['unclosed plugins', '<PLUGIN_1>\n'.repeat(100_000)],
  ] as const) {
    it(`${name} cost no more than any other text`, () => {
      parseBlocks(text, 0);
    }).timeout(5000);
  }
});

/** Lines of an indentation, marks of quotes and items, and what begins, goes on with or ends a block of any kind. */
function anyLines(): fc.Arbitrary<string> {
  const indents = ['', '', '', '  ', ' ', '   ', '    ', '      ', '\t', ' \t', '\t\t'];
  const marks = ['', '', '', '- ', '* ', '1. ', '2. ', '1) ', '10. ', '> ', '>', '-', '1.', '+ ', '-   ', '-     ', '-\t', '>\t', '- - ', '> - ']; // prettier-ignore
  const bodies = [
    'a', 'a', 'b c', '', '', '# h', '## h ##', '#', '### x #  ', '#x', '---', '***', '- - -', '___', '```', '```', '~~~', '````', '``` js', '```a`b',
    '`x` y', '<div>', '</div>', '<div', '<b>', '<b x="y" z>', '</b> ', '<b', '<!-- a', '-->', '<!-- c -->', '<?', '?>', '<!X', '>', '<![CDATA[', ']]>',
    ']]]>', '<pre>', '</pre>', '<pre></pre>x', '<PLUGIN_1>', '</PLUGIN_1>', '<PLUGIN_2> ', 'x </PLUGIN_2> y', '| a | b |', '|---|---|', '===', '[a]: b',
    'a  ', '   ', '\t', '\tx', '12345678901. x', 'a\0b', '<a=b>', '<br/>', '<a href=x>', '<div/>', '<div/x', '<x y=z=w>',
  ]; // prettier-ignore
  const line = fc
    .tuple(
      fc.constantFrom(...indents),
      fc.constantFrom(...marks),
      fc.constantFrom(...indents),
      fc.constantFrom(...marks),
      fc.constantFrom(...bodies),
      fc.nat(3),
    )
    .map(([indent, mark, second, inner, body, deep]) => indent + mark + (deep === 0 ? second + inner : '') + body);
  const ending = fc.constantFrom('\n', '\n', '\n', '\n\n', '\r\n', '\r');
  return fc
    .tuple(fc.array(fc.tuple(line, ending), { maxLength: 14 }), line)
    .map(([lines, last]) => lines.map((parts) => parts.join('')).join('') + last);
}
