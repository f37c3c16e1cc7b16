// Patterns that are run without copies of them, and those that look for their words first: the answers are the engine's own.
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { allMatches, narrow, neededWords, sift } from '../src/base/index.ts';

describe('all matches of a pattern', () => {
  for (const [pattern, text] of [
    [/\d+/g, 'from 10 to 20 and 300'],
    [/x*/g, 'axxb'],
    [/(?=b)/g, 'abab'],
    [/(?:)/gu, 'a😀b'],
    [/(?:)/g, 'a😀b'],
    [/./gu, '😀é'],
    [/a/gy, 'aab a'],
    [/(?<word>\w+) (\d)/g, 'step 1, step 2'],
  ] as const)
    it(`of /${pattern.source}/${pattern.flags} in ${JSON.stringify(text)} are those of matchAll`, () => {
      const plain = (found: Iterable<RegExpMatchArray>): unknown =>
        Array.from(found, (match) => [...match, match.index, match.groups?.word]);
      assert.deepEqual(plain(allMatches(text, pattern)), plain(text.matchAll(pattern)));
      assert.equal(pattern.lastIndex, 0);
    });

  it('are refused of a pattern that finds its first match alone', () => {
    assert.throws(() => allMatches('a', /a/), /Internal error: \/a\/ finds its first match alone/);
  });
});

describe('the words that a pattern needs', () => {
  for (const [pattern, words] of [
    [/\b(?:reboot|restart)ed by (?:hand|cron)\b/i, ['ed by ']],
    [/\b(?:check|verify|checks) the logs?/, [' the log']],
    [/analy[sz]e|Verif(?:y|ies)/, ['verif', 'analyse', 'analyze']],
    [/^(?:a|bc)?de(?=f)/, ['de']],
    [/^(?:a|bc)?(?=ef|g)/, ['g', 'ef']],
    [/(?<=step )\d+/, ['step ']],
    [/(?<!step )\d+/, null],
    [/\w+|if/, null],
    [/(?:then )*go/, ['go']],
    [/(?:then )+\d/, ['then ']],
    [/x{2,3}y?/, ['x']],
    [/[^a]bc/, ['bc']],
    [/[abcde]f/, ['f']],
    [/→ step|…/, ['…', '→ step']],
    [/check|checks|recheck/, ['check']],
    [/é/i, null],
    [/ask/iu, ['a']],
    [/ask/i, ['ask']],
    [/(?:one|)two/, ['two']],
    [/(?:one|)/, null],
  ] as const)
    it(`/${pattern.source}/${pattern.flags}: ${words?.join('|') ?? 'none'}`, () => {
      assert.deepEqual(neededWords(pattern), words);
    });
});

describe('a sifted pattern', () => {
  const patterns = [
    /\b(?:reboot|restart)(?:ed|s)? by (?:hand|cron)\b/i,
    /(?:the |this )?step (\d)/gi,
    /(?<=by )hand|^cron\b|s{2}/,
    /[Kk]ask\b/iu,
    /step|…$/m,
    /\bby\b/y,
  ];
  const words = [
    'reboot',
    'Restarted',
    'by',
    'hand',
    'CRON',
    'step',
    '1',
    'the',
    'ſtep',
    '\u212Aask',
    '…',
    '\n',
    ' ',
    'İ',
    'ss',
  ];
  const texts = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((all) => all.join(' '));
  for (const pattern of patterns)
    it(`answers as /${pattern.source}/${pattern.flags} does`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          const plain = new RegExp(pattern);
          const sifted = sift(pattern);
          assert.deepEqual(sifted.exec(text), plain.exec(text));
          assert.equal(sifted.lastIndex, plain.lastIndex);
          assert.equal(sifted.test(text), plain.test(text));
          assert.equal(sifted.lastIndex, plain.lastIndex);
          sifted.lastIndex = plain.lastIndex = 0;
          assert.equal(text.replace(sifted, '<$&>'), text.replace(plain, '<$&>'));
          assert.deepEqual(text.split(sifted), text.split(plain));
          assert.equal(text.search(sifted), text.search(plain));
          if (pattern.global)
            assert.deepEqual(
              allMatches(text, sifted).map(({ index }) => index),
              allMatches(text, plain).map(({ index }) => index),
            );
        }),
        { numRuns: 300 },
      );
    });
});

describe('a narrow text', () => {
  it('is the same text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(narrow(text), text)));
    assert.equal(narrow('a\ud800b'), 'a\ud800b');
  });
});
