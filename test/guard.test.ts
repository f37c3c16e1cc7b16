// The guard room's boundary: inference from words, checking with places, evaluation with evidence, words for people,
// and shapes read from SQL. Cases are text in test/guards; see the head of each file for its form.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { inferGuard, checkGuard, shapeOfAction, type ResultShape } from '../src/guard/index.ts';

const folder = new URL('./guards/', import.meta.url);
const inferred = ['status-words', 'thresholds', 'row-counts', 'commands', 'http-status'];

function readTable(name: string): { shape: ResultShape; condition: string; expected: string; line: number }[] {
  const shapes = new Map<string, { language: string; code: string[] }>();
  const cases: { shape: ResultShape; condition: string; expected: string; line: number }[] = [];
  let open: { language: string; code: string[] } | null = null;
  for (const [index, text] of readFileSync(new URL(`${name}.txt`, folder), 'utf8')
    .split('\n')
    .entries()) {
    const header = /^shape (\w+): (\w+)$/.exec(text);
    if (header) {
      open = { language: header[2] ?? '', code: [] };
      shapes.set(header[1] ?? '', open);
    } else if (open && text.startsWith('  ')) {
      open.code.push(text.slice(2));
    } else if (text.trim() !== '' && !text.startsWith('#')) {
      const [, shape = '', condition = '', expected = ''] = /^(\w+) \| (.*) \| (.*)$/.exec(text) ?? [];
      const action = shapes.get(shape);
      assert.ok(action, `${name}.txt:${index + 1} names no shape: ${text}`);
      cases.push({
        shape: shapeOfAction({ language: action.language, code: action.code.join('\n') }),
        condition,
        expected,
        line: index + 1,
      });
    }
  }
  return cases;
}

describe('guard: inference', () => {
  assert.ok(readdirSync(folder).length > 0);
  for (const name of inferred) {
    for (const { shape, condition, expected, line } of readTable(name)) {
      it(`${name}.txt:${line} ${condition}`, () => {
        const guard = inferGuard(condition, shape);
        assert.equal(guard?.cel ?? '-', expected);
        if (guard) assert.deepEqual(checkGuard(guard.cel, shape, []), []);
      });
    }
  }
});
