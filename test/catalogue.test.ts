// Holds the catalogue of findings to its word: every code has a page, a case and one place that reports it.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { diagnosticsIndex } from '../scripts/diagnostics-index.ts';
import { catalogue, type DiagnosticCode } from '../src/diagnostics/index.ts';
import { analyze } from '../src/editing/index.ts';

const root = join(import.meta.dirname, '..');
const pages = join(root, 'docs', 'diagnostics');
const cases = join(root, 'test', 'checks');
const codes = Object.keys(catalogue) as DiagnosticCode[];

/** Codes that are reported on what a host says, so that the examples alone cannot show them. */
const needsHost: readonly DiagnosticCode[] = [
  'action.no-tool',
  'action.invalid-query',
  'guide.too-large',
  'library.alert-without-guide',
  'library.same-alert',
  'link.moved',
];

describe('catalogue', () => {
  for (const code of codes) {
    describe(code, () => {
      it('has a page with its title, a bad example, a good one and what to do', () => {
        const page = readFileSync(join(pages, `${code}.md`), 'utf8');
        const { title, severity } = catalogue[code];
        assert.ok(page.startsWith(`# ${code}\n\n${title} · ${severity}\n\n`), 'the head of the page');
        assert.deepEqual(
          page.split('\n').filter((line, index, lines) => line.startsWith('## ') && !insideFence(lines, index)),
          ['## Bad', '## Good', '## What to do'],
        );
      });

      it('has a case', () => {
        assert.ok(existsSync(join(cases, code)), `test/checks/${code} is missing`);
      });

      it('is reported by one file', () => {
        const report = new RegExp(`makeDiagnostic\\(\\s*'${code.replace('.', '\\.')}'`);
        const reporting = sources(join(root, 'src')).filter(({ text }) => report.test(text));
        assert.equal(reporting.length, 1, reporting.map(({ path }) => path).join(', '));
      });

      if (needsHost.includes(code)) return;
      it('is what the bad example gets and the good one does not', () => {
        const [bad, good] = examples(readFileSync(join(pages, `${code}.md`), 'utf8'));
        assert.ok(codesIn(bad).includes(code), `the bad example gets ${codesIn(bad).join(', ') || 'nothing'}`);
        assert.ok(!codesIn(good).includes(code), 'the good example gets it too');
      });
    });
  }

  it('has no page and no case of a code that it does not know', () => {
    const known = new Set<string>(codes);
    const named = [
      ...readdirSync(pages).filter((name) => name !== 'README.md'),
      ...readdirSync(cases).map((name) => `${name}.md`),
    ];
    assert.deepEqual(
      named.filter((name) => !known.has(name.replace(/\.md$/, ''))),
      [],
    );
  });

  it('docs/diagnostics/README.md is what `npx tsx scripts/generate-schemas.ts` writes', () => {
    assert.equal(readFileSync(join(pages, 'README.md'), 'utf8'), diagnosticsIndex());
  });
});

function codesIn(text = ''): string[] {
  return analyze(text, { file: 'example.md', sha256: '', languages: null, today: '2026-03-02' }).diagnostics.map(
    ({ code }) => code,
  );
}

function examples(page: string): string[] {
  return [...page.matchAll(/^````markdown\n([\s\S]*?)^````$/gm)].map((match) => match[1] ?? '');
}

function insideFence(lines: readonly string[], index: number): boolean {
  return lines.slice(0, index).filter((line) => line.startsWith('````')).length % 2 === 1;
}

/** The rooms that may report: no tests, and no hosts. */
function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['extension', 'cli'].includes(entry.name) ? [] : sources(path);
    return entry.name.endsWith('.ts') ? [{ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') }] : [];
  });
}
