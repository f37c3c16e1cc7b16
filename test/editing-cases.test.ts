// Language features as text cases: test/editing/<feature>/<case>/guide.md holds cursors (‸), expected.txt what the feature
// gives at each of them. See test/README.md.
import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Span } from '../src/base/index.ts';
import { applyEdits, type TextEdit } from '../src/diagnostics/index.ts';
import {
  analyze,
  completionsAt,
  convertToSteps,
  declareParameterAt,
  definitionAt,
  extractSteps,
  fixAll,
  formatEdits,
  guideCalls,
  folds,
  guideLinks,
  highlightsAt,
  hoverAt,
  inlineNotes,
  insertStepAfter,
  planTree,
  prepareRename,
  referencesAt,
  rename,
  renumberInOrder,
  selectionRangesAt,
  semanticTokens,
  type Analysis,
  type Completion,
  type KnownTool,
  type PlanTreeItem,
} from '../src/editing/index.ts';
import { knownTools, latestResults } from './support/known-tools.ts';
import { readCases, type TextCase } from './support/read-cases.ts';

const folder = join(import.meta.dirname, 'editing');
const cursor = '‸';
const tools: readonly KnownTool[] = [
  { name: 'telemetry', languages: ['sql'] },
  { name: 'host', languages: ['bash', 'sh'] },
];

type Ask = (analysis: Analysis, offset: number, name: string) => string[];

/** What each feature says at one place, in lines. */
const features: Readonly<Record<string, Ask>> = {
  complete: (analysis, offset) =>
    completionsAt(analysis.guide.text, offset, analysis, { tools, asked: true }).map((one) => show(analysis, one)),
  // As `complete`, with what the tools of `support/known-tools.ts` hold and what the block's latest result had.
  'complete-code': (analysis, offset) =>
    completionsAt(analysis.guide.text, offset, analysis, {
      tools: knownTools.map(({ name, languages }) => ({ name, languages })),
      schema: (tool) => knownTools.find(({ name }) => name === tool)?.schema,
      lastResult: (action) => latestResults[action],
      asked: true,
    }).map((one) => show(analysis, one)),
  references: (analysis, offset) => [
    ...definitionAt(analysis, offset).map((span) => `to ${place(analysis, span)}`),
    ...referencesAt(analysis, offset).map((span) => place(analysis, span)),
    `${String(highlightsAt(analysis, offset).length)} lit`,
  ],
  // The new name follows the cursor: `‸⟨new_name⟩`.
  rename: (analysis, offset, name) => {
    const ready = prepareRename(analysis, offset);
    const result = rename(analysis, offset, name);
    if ('refusal' in result) return [result.refusal];
    return [`${ready && 'name' in ready ? ready.name : ''} -> ${name}`, ...changed(analysis, result)];
  },
  renumber: (analysis) => changed(analysis, renumberInOrder(analysis) ?? []),
  'fix-all': ({ guide }) => fixAll(guide.text, { file: 'guide.tsg.md', sha256: '', languages: null }).text.split('\n'),
  hover: (analysis, offset) => (hoverAt(analysis, offset)?.markdown ?? 'nothing').split('\n'),
  folds: (analysis) =>
    folds(analysis).map(({ start, end }) => {
      const line = (at: number): number => analysis.guide.lines.positionAt(at).line;
      return `${String(line(start))}-${String(line(end - 1))}`;
    }),
  links: (analysis) =>
    guideLinks(analysis).map((link) => `${link.kind === 'code' ? link.code : link.path} ${place(analysis, link.span)}`),
  'selection-ranges': (analysis, offset) =>
    selectionRangesAt(analysis, offset).map(({ start, end }) => JSON.stringify(analysis.guide.text.slice(start, end))),
  notes: (analysis) =>
    inlineNotes(analysis).map(({ kind, offset, text }) => {
      const { line } = analysis.guide.lines.positionAt(offset);
      const { start } = analysis.guide.lines.lineSpan(line);
      return `${String(line)}: ${analysis.guide.text.slice(start, offset)} ‹${kind}: ${text}›`;
    }),
  tokens: (analysis) =>
    semanticTokens(analysis).map(
      ({ kind, declaration, span }) => `${kind}${declaration ? ' (declared)' : ''} ${place(analysis, span)}`,
    ),
  format: (analysis) => JSON.stringify(applyEdits(analysis.guide.text, formatEdits(analysis))).split(/(?<=\\n)/),
  'plan-tree': (analysis) => planTree(analysis).flatMap((item) => treeLines(analysis, item, 0)),
  calls: (analysis) =>
    guideCalls(analysis).map(
      ({ path, anchor, node, span }) => `${node ?? '-'}: ${path} ${anchor ?? ''} at ${place(analysis, span)}`,
    ),
  // The selection goes from the cursor to the end of the words in brackets.
  extract: (analysis, offset, words) => {
    const end = analysis.guide.text.indexOf(words, offset) + words.length;
    const found = extractSteps(analysis, { start: offset, end });
    if (!found) return ['nothing'];
    if ('refusal' in found) return [found.refusal];
    const left = applyEdits(analysis.guide.text, found.edits(found.fileName));
    return [`${found.title} -> ${found.fileName}`, ...found.text.split('\n'), '--- left ---', ...left.split('\n')];
  },
  convert: (analysis) => {
    const found = convertToSteps(analysis);
    return 'refusal' in found ? [found.refusal] : [`${String(found.steps)} steps`, ...found.text.split('\n')];
  },
  'insert-step': (analysis, offset) => {
    const insertion = insertStepAfter(analysis, offset);
    return insertion ? [insertion.title, ...changed(analysis, insertion.edits)] : ['nothing'];
  },
  // Lines that the guide has more than before; what it declares then must be declared to who reads it.
  declare: (analysis, offset) => {
    const declaration = declareParameterAt(analysis, offset);
    if (!declaration) return ['nothing'];
    const after = look(applyEdits(analysis.guide.text, declaration.edits));
    const declared = after.plan.guide.parameters.filter(({ origin }) => origin === 'declared');
    return [
      declaration.title,
      ...changed(analysis, declaration.edits),
      `declared: ${declared.map(({ name }) => name).join(', ')}`,
    ];
  },
};

/** Features that say the same wherever the cursor stands. */
const wholeGuide = new Set('renumber fix-all folds links notes tokens format plan-tree calls convert'.split(' '));

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

  it('answer at every place of any text without throwing, also with the analysis of an earlier text', function () {
    this.timeout(120_000);
    const guides = Object.keys(features).flatMap((feature) =>
      readCases(join(folder, feature)).map((one) => one.read('guide.md').replace(/‸(?:⟨.*?⟩)?/g, '')),
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
            for (const [feature, ask] of Object.entries(features))
              if (offset === 0 || !wholeGuide.has(feature)) ask(analysis, offset, '4');
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

function answer(one: TextCase, ask: Ask): string {
  const parts = one.read('guide.md').split(cursor);
  const names = parts.slice(1).map((part) => /^⟨(.*?)⟩/.exec(part)?.[1] ?? '');
  const bare = parts.map((part, index) => (index === 0 ? part : part.replace(/^⟨.*?⟩/, '')));
  const analysis = look(bare.join(''));
  return names
    .map((name, index) => {
      const offset = bare.slice(0, index + 1).join('').length;
      const { line, column } = analysis.guide.lines.positionAt(offset);
      const span = analysis.guide.lines.lineSpan(line);
      const words = analysis.guide.text.slice(span.start, span.end);
      const shown = `${words.slice(0, column - 1)}${cursor}${words.slice(column - 1)}`;
      return [`${String(line)}: ${shown}`, ...ask(analysis, offset, name).map((said) => `  ${said}`)].join('\n');
    })
    .join('\n\n')
    .concat('\n');
}

function treeLines(analysis: Analysis, item: PlanTreeItem, level: number): string[] {
  const indent = '  '.repeat(level);
  const { line } = analysis.guide.lines.positionAt(item.span.start);
  if (item.kind === 'step')
    return [
      `${indent}${item.label} (${String(line)})`,
      ...item.children.flatMap((one) => treeLines(analysis, one, level + 1)),
    ];
  return [
    `${indent}-> ${item.label} | ${item.condition ?? ''} | ${item.decided} ${item.guard ?? ''} (${String(line)})`,
  ];
}

/** A place in its line, in brackets. */
function place({ guide }: Analysis, { start, end }: Span): string {
  const { line } = guide.lines.positionAt(start);
  const whole = guide.lines.lineSpan(line);
  const { text } = guide;
  return `${String(line)}: ${text.slice(whole.start, start)}[${text.slice(start, end)}]${text.slice(end, Math.max(end, whole.end))}`;
}

/** The lines that edits change, as they are then. Edits must not overlap. */
function changed({ guide }: Analysis, edits: readonly TextEdit[]): string[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start);
  sorted.forEach(({ span }, index) => assert.ok(index === 0 || (sorted[index - 1]?.span.end ?? 0) <= span.start));
  const before = new Set(guide.text.split('\n'));
  return applyEdits(guide.text, edits)
    .split('\n')
    .flatMap((line, index) => (before.has(line) ? [] : [`${String(index + 1)}: ${line}`]));
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
