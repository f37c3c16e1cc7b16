// The diagnostics room at its boundary: how findings look as text and as JSON, their order, and edits.
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { lineIndex } from '../src/base/index.ts';
import {
  applyEdits,
  makeDiagnostic,
  renderDiagnostic,
  sortDiagnostics,
  toJsonDiagnostic,
  type Diagnostic,
  type DiagnosticExtras,
} from '../src/diagnostics/index.ts';

/** A finding at the first `»…«` of the text; `‹…›` are places of labels. The signs are taken out. */
function found(marked: string, extras: DiagnosticExtras = {}, labels: readonly string[] = []): [string, Diagnostic] {
  let text = '';
  const open: Record<string, number> = {};
  const places: { sign: string; start: number; end: number }[] = [];
  for (const sign of marked) {
    if (sign === '»' || sign === '‹') open[sign] = text.length;
    else if (sign === '«') places.push({ sign, start: open['»'] ?? 0, end: text.length });
    else if (sign === '›') places.push({ sign, start: open['‹'] ?? 0, end: text.length });
    else text += sign;
  }
  const span = places.find(({ sign }) => sign === '«') ?? { start: 0, end: 0 };
  const spans = places.filter(({ sign }) => sign === '›');
  return [
    text,
    makeDiagnostic('step.unknown-target', { start: span.start, end: span.end }, 'No step has the number `9`.', {
      ...extras,
      labels: spans.map(({ start, end }, index) => ({ span: { start, end }, message: labels[index] ?? '' })),
    }),
  ];
}

function shown(marked: string, extras?: DiagnosticExtras, labels?: readonly string[]): string[] {
  const [text, diagnostic] = found(marked, extras, labels);
  return renderDiagnostic('g.md', text, lineIndex(text), diagnostic, { width: 60 }).split('\n');
}

describe('diagnostics: as text', () => {
  it('puts carets under the words meant, and a hint below', () => {
    assert.deepEqual(shown('# A guide\n\nIf so, go to »Step 9«.\n', { hint: 'the guide has steps 1 to 8.' }), [
      'error[step.unknown-target]: No step has the number `9`.',
      ' --> g.md:3:14',
      '  |',
      '3 | If so, go to Step 9.',
      '  |              ^^^^^^',
      '  = hint: the guide has steps 1 to 8.',
    ]);
  });

  it('shows other places in the order of the text, with their sentences', () => {
    const text = 'go to ‹Step 1›\n\n\n\n\n\n\n\nthen »Step 9« or ‹Step 2›\n';
    assert.deepEqual(shown(text, {}, ['said here', 'and here']), [
      'error[step.unknown-target]: No step has the number `9`.',
      ' --> g.md:9:6',
      '  |',
      '1 | go to Step 1',
      '  |       ------ said here',
      '  ⋮',
      '9 | then Step 9 or Step 2',
      '  |      ^^^^^^',
      '  |                ------ and here',
    ]);
  });

  for (const [name, text, line, carets] of [
    ['tabs', '\tgo\tto »Step 9«\n', '    go  to Step 9', '           ^^^^^^'],
    ['a tab inside', 'go »to\tStep« 9\n', 'go to   Step 9', '   ^^^^^^^^^'],
    ['characters of two cells', '手順 9 へ »進む«\n', '手順 9 へ 進む', '          ^^^^'],
    ['an emoji of two code units', '🔥 »Step 9«\n', '🔥 Step 9', '   ^^^^^^'],
    ['combining marks', 'cafe\u0301 »Step 9«\n', 'cafe\u0301 Step 9', '     ^^^^^^'],
    ['CRLF', 'one\r\ngo »Step 9«\r\nthree\r\n', 'go Step 9', '   ^^^^^^'],
    ['lone CR', 'one\rgo »Step 9«\rthree', 'go Step 9', '   ^^^^^^'],
    ['an empty span', 'go »« there', 'go  there', '   ^'],
    ['the end of the text', 'go there»«', 'go there', '        ^'],
    ['an empty text', '»«', '', '^'],
    ['escape sequences', '\u001b[31m»Step 9«\u0007\n', '␛[31mStep 9␇', '     ^^^^^^'],
    ['text that runs backwards', '\u202e»Step 9«\n', '\uFFFDStep 9', ' ^^^^^^'],
    ['half a surrogate pair', '\ud83d »Step 9«\n', '\uFFFD Step 9', '  ^^^^^^'],
  ] as const) {
    it(`stands right with ${name}`, () => {
      const lines = shown(text);
      const at = lines.findIndex((one) => one.endsWith('^'));
      assert.equal(lines[at - 1]?.replace(/^\d+ \| ?/, ''), line);
      assert.equal(lines[at]?.slice(4), carets);
    });
  }

  it('cuts a long line around the words meant', () => {
    const lines = shown(`${'before '.repeat(1000)}»Step 9«${' after'.repeat(1000)}`);
    assert.equal(lines[3], '1 | …efore before before before Step 9 after after after after af…');
    assert.equal(lines[4], '  |                             ^^^^^^');
  });

  it('shows a long line again where its places are too far apart', () => {
    const lines = shown(`‹here›${' word'.repeat(40)} »Step 9«${' word'.repeat(40)}`, {}, ['said']);
    assert.deepEqual(
      lines.slice(3).map((line) => line.length < 70 && line.replace(/word ?/g, '')),
      ['1 | here …', '  | ---- said', '1 | …d Step 9 w…', lines[6]],
    );
    assert.equal(lines[6]?.indexOf('^'), lines[5]?.indexOf('Step 9'));
  });

  it('marks the first and the last line of a long span', () => {
    assert.deepEqual(shown('a »b\nc\nd« e').slice(3), ['1 | a b', '  |   ^', '  ⋮', '3 | d e', '  | ^']);
  });

  it('never throws and never lets a control character through', () => {
    const paint = (_part: string, text: string): string => text;
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.nat(60),
        fc.nat(60),
        fc.integer({ min: 1, max: 30 }),
        (text, a, b, width) => {
          const start = Math.min(a, text.length);
          const end = Math.min(text.length, start + b);
          const diagnostic = makeDiagnostic('plan.not-read', { start, end }, text, { hint: text });
          const out = renderDiagnostic('g.md', text, lineIndex(text), diagnostic, { width, paint });
          assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
          assert.match(out, /\^/);
        },
      ),
    );
  });

  it('colours by parts, and changes nothing but that', () => {
    const [text, diagnostic] = found('go »Step 9«', { hint: 'look' });
    const parts = new Set<string>();
    const painted = renderDiagnostic('g.md', text, lineIndex(text), diagnostic, {
      paint: (part, words) => {
        parts.add(part);
        return words;
      },
    });
    assert.equal(painted, renderDiagnostic('g.md', text, lineIndex(text), diagnostic));
    assert.deepEqual([...parts].sort(), ['error', 'frame', 'hint', 'message']);
  });
});

describe('diagnostics: as data', () => {
  it('gives lines and columns that count from 1, the end exclusive', () => {
    const [text, diagnostic] = found('one\r\n🔥 »Step\r\n9«', { hint: 'look' });
    assert.deepEqual(toJsonDiagnostic('g.md', lineIndex(text), diagnostic), {
      file: 'g.md',
      code: 'step.unknown-target',
      severity: 'error',
      message: 'No step has the number `9`.',
      line: 2,
      column: 4,
      endLine: 3,
      endColumn: 2,
      hint: 'look',
    });
  });

  it('sorts by place and weight, and tells nothing twice', () => {
    const at = (code: 'plan.not-read' | 'step.duplicate', start: number, message: string): Diagnostic =>
      makeDiagnostic(code, { start, end: start + 1 }, message);
    const sorted = sortDiagnostics([
      at('plan.not-read', 5, 'b'),
      at('plan.not-read', 2, 'a'),
      at('step.duplicate', 5, 'c'),
      at('plan.not-read', 2, 'a'),
    ]);
    assert.deepEqual(
      sorted.map(({ message }) => message),
      ['a', 'c', 'b'],
    );
  });

  it('applies edits against one text, in any order, leaving out what overlaps', () => {
    const edit = (start: number, end: number, newText: string): Parameters<typeof applyEdits>[1][number] => ({
      span: { start, end },
      newText,
    });
    assert.equal(applyEdits('abcdef', [edit(4, 5, 'E'), edit(1, 2, 'B')]), 'aBcdEf');
    assert.equal(applyEdits('abcdef', [edit(1, 4, '-'), edit(2, 3, '+')]), 'a-ef');
    assert.equal(applyEdits('abc', [edit(3, 3, '!'), edit(3, 3, '!')]), 'abc!');
    assert.equal(applyEdits('abc', []), 'abc');
  });
});
