// Scores the compiler's plans against every set of hand labels: the shared ones (all, and by source), and the two
// halves of the other readers' labels. The scoring is the shared score-plans.mjs, called once for each group of labels. With --write the table in
// docs/reading.md is made anew; with --verbose the edges of the shared and dev labels are listed, never the held-out ones.
//   npx tsx scripts/score-labels.ts [--write] [--verbose]
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { compile } from '../src/compile/index.ts';
import { readGuide } from '../src/guide/index.ts';
import { writePlanDag } from '../src/plan/index.ts';

interface Rate {
  readonly f1: number;
}

interface Total {
  readonly guides: number;
  readonly nodes: Rate;
  readonly edges: Rate;
  readonly condition: number;
}

const root = resolve(import.meta.dirname, '..');
const guides = resolve(root, '../shared/corpus/guides');
const own = join(root, 'test/labels/guides');
const scorer = resolve(root, '../shared/eval/score-plans.mjs');
const ending = '.gold.json';
const scratch = mkdtempSync(join(tmpdir(), 'tsg-score-'));
const plans = join(scratch, 'plans');

const labelsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
const guideOf = (label: string): string => basename(label, ending);
const sourceOf = (label: string): string => guideOf(label).split('__')[0] ?? '';

try {
  const shared = labelsIn(guides);
  const dev = labelsIn(join(root, 'test/labels/dev'));
  const heldOut = labelsIn(join(root, 'test/labels/held-out'));
  compileGuides([...shared, ...dev, ...heldOut].map(guideOf));
  const sources = [...new Set(shared.map(sourceOf))].sort();
  const rows = [
    row('shared labels, all', shared, true),
    ...sources.map((source) => row(`shared, ${source} alone`, shared.filter((label) => sourceOf(label) === source))), // prettier-ignore
    ...sources.map((source) => row(`shared, all but ${source}`, shared.filter((label) => sourceOf(label) !== source))), // prettier-ignore
    row('other readers, may be read', dev, true),
    row('other readers, held out', heldOut),
  ];
  const table = ['| labels | guides | steps F1 | ways F1 | conditions |', '| --- | ---: | ---: | ---: | ---: |', ...rows].join('\n'); // prettier-ignore
  console.log(table);
  if (process.argv.includes('--write')) writeTable(table);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function compileGuides(names: readonly string[]): void {
  mkdirSync(plans);
  for (const name of names) {
    const file = existsSync(join(own, `${name}.md`)) ? join(own, `${name}.md`) : join(guides, `${name}.md`);
    const guide = readGuide(readFileSync(file, 'utf8'));
    const { plan } = compile(guide, { file: `${name}.md`, sha256: '' });
    writeFileSync(join(plans, `${name}.plandag.json`), writePlanDag(plan));
  }
}

/** One line of the table: the labels are laid into a folder of their own, which the shared scorer reads. */
function row(title: string, labels: readonly string[], mayList = false): string {
  const gold = mkdtempSync(join(scratch, 'gold-'));
  for (const label of labels) copyFileSync(label, join(gold, `${guideOf(label)}${ending}`));
  if (mayList && process.argv.includes('--verbose')) console.log(score(gold, '--verbose'));
  const { total } = JSON.parse(score(gold, '--json')) as { total: Total };
  const percent = (share: number): string => (100 * share).toFixed(1);
  return `| ${[title, String(total.guides), percent(total.nodes.f1), percent(total.edges.f1), percent(total.condition)].join(' | ')} |`;
}

function score(gold: string, option: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [scorer, gold, plans, option], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The scorer failed: ${stderr}`);
  return stdout;
}

function writeTable(table: string): void {
  const page = join(root, 'docs/reading.md');
  const [before, rest] = readFileSync(page, 'utf8').split('<!-- scores -->\n');
  const after = rest?.split('<!-- end of scores -->')[1];
  if (before === undefined || after === undefined) throw new Error('docs/reading.md has no place for the scores');
  writeFileSync(page, `${before}<!-- scores -->\n\n${table}\n\n<!-- end of scores -->${after}`);
}
