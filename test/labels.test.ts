// The second reader's labels: each belongs to a guide that has not changed since, and names only what is there.
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Label {
  readonly file: string;
  readonly sha256: string;
  readonly steps: readonly { readonly id: string; readonly line: number; readonly kind: string }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly line: number | null }[];
}

const corpus = resolve(import.meta.dirname, '../../shared/corpus/guides');
const halves = ['dev', 'held-out'] as const;
const labelsOf = (half: string): { name: string; label: Label }[] => {
  const folder = resolve(import.meta.dirname, 'labels', half);
  return readdirSync(folder).map((name) => ({
    name,
    label: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Label,
  }));
};

describe('labels', () => {
  it('keep the halves apart: no guide stands in both', () => {
    const [dev, heldOut] = halves.map((half) => new Set(labelsOf(half).map(({ name }) => name)));
    assert.ok(dev && heldOut && dev.size >= 6 && heldOut.size >= 6);
    assert.deepEqual(
      [...dev].filter((name) => heldOut.has(name)),
      [],
    );
  });

  it('name only steps that they list, each once and reachable', () => {
    for (const { name, label } of halves.flatMap(labelsOf)) {
      const ids = label.steps.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, name);
      for (const { from, to } of label.edges)
        assert.ok(ids.includes(from) && ids.includes(to), `${name}: ${from} ${to}`);
      for (const { id, kind } of label.steps) {
        assert.ok(kind === 'start' || label.edges.some(({ to }) => to === id), `${name}: nothing leads to ${id}`);
        assert.ok(
          kind === 'end' || label.edges.some(({ from }) => from === id),
          `${name}: nothing leads on from ${id}`,
        );
      }
    }
  });

  it('belong to the guides as they are in the corpus, which has no label of its own for them', function () {
    if (!existsSync(corpus)) {
      console.log('    the corpus does not lie beside the repository: not run');
      this.skip();
    }
    for (const { name, label } of halves.flatMap(labelsOf)) {
      const text = readFileSync(join(corpus, label.file));
      assert.equal(createHash('sha256').update(text).digest('hex'), label.sha256, name);
      assert.equal(existsSync(join(corpus, name)), false, name);
      const lines = text.toString('utf8').split('\n').length;
      for (const { line } of [...label.steps, ...label.edges]) assert.ok(line === null || line <= lines, name);
    }
  });
});
