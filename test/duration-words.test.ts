// Lengths of time in words.
import { strict as assert } from 'node:assert';
import { durationWords } from '../src/base/index.ts';

describe('a length of time', () => {
  for (const [milliseconds, words] of [
    [0, '0 ms'],
    [340.4, '340 ms'],
    [2540, '2.5 s'],
    [200_000, '3 min 20 s'],
    [239_700, '4 min'],
    [3_599_900, '1 h'],
    [7_500_000, '2 h 5 min'],
    [28_800_000, '8 h'],
  ] as const)
    it(`of ${milliseconds} ms is told as ${words}`, () => assert.equal(durationWords(milliseconds), words));
});
