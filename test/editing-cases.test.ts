// Language features as text cases: test/editing/<feature>/<case>/guide.md holds cursors (‸), expected.txt what the feature
// gives at each of them. See test/README.md.
import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { analyze, completionsAt, type Analysis, type Completion, type KnownTool } from '../src/editing/index.ts';
import { readCases, type TextCase } from './support/read-cases.ts';

const folder = join(import.meta.dirname, 'editing');
const cursor = '‸';
const tools: readonly KnownTool[] = [
  { name: 'telemetry', languages: ['sql'] },
  { name: 'host', languages: ['bash', 'sh'] },
];

/** What each feature says at one place, in lines. */
const features: Readonly<Record<string, (analysis: Analysis, offset: number) => string[]>> = {
  complete: (analysis, offset) =>
    completionsAt(analysis.guide.text, offset, analysis, { tools, asked: true }).map((one) => show(analysis, one)),
};

for (const [feature, ask] of Object.entries(features)) {
  describe(`editing: ${feature}`, () => {
    for (const one of readCases(join(folder, feature)))
      it(one.name, () => one.expect('expected.txt', answer(one, ask)));
  });
}

describe('editing: features', () => {
  it('have a folder of cases each', () => {
    for (const feature of Object.keys(features)) assert.ok(existsSync(join(folder, feature)), feature);
  });

  it('answer at every place of any text without throwing, also with the analysis of an earlier text', () => {
    const guides = Object.keys(features).flatMap((feature) =>
      readCases(join(folder, feature)).map((one) => one.read('guide.md').replaceAll(cursor, '')),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...guides),
        fc.string({ unit: 'binary' }),
        fc.nat(),
        fc.nat(40),
        (guide, text, from, length) => {
          const at = from % (guide.length + 1);
          const earlier = look(guide);
          const changed = guide.slice(0, at) + text + guide.slice(at + length);
          const analysis = look(changed);
          for (let offset = 0; offset <= changed.length; offset += 31) {
            completionsAt(changed, offset, earlier, { tools, asked: true });
            for (const ask of Object.values(features)) ask(analysis, offset);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

function answer(one: TextCase, ask: (analysis: Analysis, offset: number) => string[]): string {
  const parts = one.read('guide.md').split(cursor);
  const analysis = look(parts.join(''));
  const offsets = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('').length);
  return offsets
    .map((offset) => {
      const { line, column } = analysis.guide.lines.positionAt(offset);
      const span = analysis.guide.lines.lineSpan(line);
      const words = analysis.guide.text.slice(span.start, span.end);
      const shown = `${words.slice(0, column - 1)}${cursor}${words.slice(column - 1)}`;
      return [`${String(line)}: ${shown}`, ...ask(analysis, offset).map((said) => `  ${said}`)].join('\n');
    })
    .join('\n\n')
    .concat('\n');
}

function look(text: string): Analysis {
  return analyze(text, { file: 'guide.tsg.md', sha256: '', languages: null });
}

function show({ guide }: Analysis, { kind, label, detail, insert, span }: Completion): string {
  const replaced = guide.text.slice(span.start, span.end);
  const change =
    replaced === '' && insert === label ? '' : `  ${JSON.stringify(replaced)} -> ${JSON.stringify(insert)}`;
  return `${kind} ${label}${detail === undefined ? '' : `  (${detail})`}${change}`;
}
