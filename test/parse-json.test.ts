// JSON that tools are answered: read like JSON.parse, but for whole numbers that a double does not hold exactly.
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { parseJson } from '../src/tools/parse-json.ts';

describe('JSON of tools', () => {
  it('is what JSON.parse makes of it where no number is rounded', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const rounds = JSON.stringify(JSON.parse(text, (_, item: unknown) => (isRounded(item) ? null : item)));
        if (rounds === JSON.stringify(value)) assert.deepEqual(parseJson(text), JSON.parse(text));
      }),
    );
  });
  it('keeps the digits of whole numbers as text, and nothing else', () => {
    const text = String.raw`{"a\\": [9007199254740993, -9007199254740993,9007199254740991], "12345678901234567890": "\" 9007199254740993",
      "f": 0.30000000000000004, "e": 1e30, "t": 1234567890123456789.5}`;
    assert.deepEqual(parseJson(text), {
      ['a\\']: ['9007199254740993', '-9007199254740993', 9007199254740991],
      '12345678901234567890': '" 9007199254740993',
      f: 0.30000000000000004,
      e: 1e30,
      t: 1234567890123456789.5,
    });
  });
  it('refuses what is no JSON', () => {
    for (const text of ['{"a": 9007199254740993', '9007199254740993x', '', "{'a': 9007199254740993}"])
      assert.throws(() => parseJson(text), SyntaxError);
  });
});

const isRounded = (value: unknown): boolean => Number.isInteger(value) && !Number.isSafeInteger(value);
