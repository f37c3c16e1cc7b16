// The labels of other readers: each belongs to a guide that has not changed since, and names only what is there.
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
const ownGuides = resolve(import.meta.dirname, 'labels/guides');
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

  it('belong to the guides as they are, which have no label elsewhere', function () {
    const all = halves.flatMap(labelsOf);
    const own = all.filter(({ label }) => existsSync(join(ownGuides, label.file)));
    assert.equal(own.length, readdirSync(ownGuides).length, 'a guide without a label');
    for (const one of own) assertFits(one, ownGuides);
    if (!existsSync(corpus)) {
      console.log('    the corpus does not lie beside the repository: only the guides kept here were looked at');
      this.skip();
    }
    for (const one of all.filter((label) => !own.includes(label))) {
      assertFits(one, corpus);
      assert.equal(existsSync(join(corpus, one.name)), false, one.name);
    }
  });
});

/** The guide has not changed since it was labelled, and has the lines that the label names. */
function assertFits({ name, label }: { name: string; label: Label }, folder: string): void {
  const text = readFileSync(join(folder, label.file));
  assert.equal(createHash('sha256').update(text).digest('hex'), label.sha256, name);
  const lines = text.toString('utf8').split('\n').length;
  for (const { line } of [...label.steps, ...label.edges]) assert.ok(line === null || line <= lines, name);
}
