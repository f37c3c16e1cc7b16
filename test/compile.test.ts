// Cases of reading and compiling: test/guides/<case>/ holds a guide, the plan it means as short text, and what it is told.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { compile } from '../src/compile/index.ts';
import { renderDiagnostic, sortDiagnostics } from '../src/diagnostics/index.ts';
import { readGuide } from '../src/guide/index.ts';
import { readCases } from './support/read-cases.ts';
import { showPlan } from './support/show-plan.ts';

describe('compile', () => {
  for (const textCase of readCases(join(import.meta.dirname, 'guides'))) {
    it(textCase.name.replaceAll('-', ' '), () => {
      const guide = readGuide(textCase.read('guide.md'));
      const { plan, diagnostics } = compile(guide, { file: 'guide.md', sha256: '' });
      const told = sortDiagnostics([...guide.diagnostics, ...diagnostics]).map((diagnostic) =>
        renderDiagnostic('guide.md', guide.text, guide.lines, diagnostic),
      );
      textCase.expect('plan.txt', showPlan(plan));
      textCase.expect('diagnostics.txt', told.length === 0 ? '' : `${told.join('\n\n')}\n`);
    });
  }

  const titles = [
    ['# Disk full', 'runbooks/disk.md', 'Disk full'],
    ['# Summary', 'runbooks/disk-full.md', 'disk-full'],
    ['# Summary', 'runbooks/disk-full.tsg.md', 'disk-full'],
    ['# Symptoms', String.raw`C:\runbooks\disk full.markdown`, 'disk full'],
    ['# Summary of the disk alerts', 'disk.md', 'Summary of the disk alerts'],
  ] as const;
  for (const [heading, file, title] of titles)
    it(`calls a guide that opens with "${heading}" in ${file} "${title}"`, () => {
      const { plan } = compile(readGuide(`${heading}\n\nText.\n\n# What to do\n\n1. Restart it.\n`), {
        file,
        sha256: '',
      });
      assert.equal(plan.guide.title, title);
    });
});
