import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { parseBlocks } from '../src/guide/parse-blocks.ts';
import { remarkBlocks } from './support/remark-blocks.ts';
let n=0; const t=Date.now();
fc.assert(fc.property(anyLines(), (text)=>{n++; assert.deepEqual(parseBlocks(text, 0), remarkBlocks(text));}), { numRuns: 60000, seed: Number(process.argv[2]) });
console.log('agree', n, (Date.now()-t)/1000);
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
