// `npx tsx scripts/check-precision.ts`: every finding of severity warning or error on the public guides of the corpus, with the
// verdict that somebody wrote after reading the guide there. Verdicts stand in docs/check-precision.md and are kept; a finding
// without one, or one that is gone, fails. `--write` puts new findings into the page, to be judged, and takes out those that are gone.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLibrary, libraryGuide, settleDiagnostics } from '../src/check/index.ts';
import { sortDiagnostics } from '../src/diagnostics/index.ts';
import { analyze } from '../src/editing/index.ts';

const guides = join(import.meta.dirname, '../../shared/corpus/guides');
const page = join(import.meta.dirname, '../docs/check-precision.md');

/** One row of the page. `words` are those that the finding points to; `nth` tells apart equal ones of a guide. */
export interface Judged {
  readonly guide: string;
  readonly line: number;
  readonly code: string;
  readonly words: string;
  readonly verdict: string;
  readonly why: string;
}

const head = '| guide | line | finding | verdict | why |\n|---|---|---|---|---|\n';
const verdicts = ['right', 'wrong', 'arguable'];

/** What the checks say now; verdicts are still empty. */
export function findingsNow(): Judged[] {
  const read = readdirSync(guides)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({
      name,
      analysis: analyze(readFileSync(join(guides, name), 'utf8'), { file: name, sha256: '', languages: null }),
    }));
  const together = checkLibrary({
    guides: read.map(({ name, analysis }) => libraryGuide(name, analysis.guide)),
    rules: [],
    exists: (path) => existsSync(join(guides, path)),
  });
  return read.flatMap(({ name, analysis: { guide, diagnostics } }) =>
    sortDiagnostics([...diagnostics, ...settleDiagnostics(guide, together.get(name) ?? [])])
      .filter(({ severity }) => severity === 'warning' || severity === 'error')
      .map(({ code, span }) => ({
        guide: name.replace(/\.md$/, ''),
        line: guide.lines.positionAt(span.start).line,
        code,
        words: guide.text
          .slice(span.start, Math.min(span.end, span.start + 50))
          .replace(/[\s|`]+/g, ' ')
          .trim(),
        verdict: '',
        why: '',
      })),
  );
}

/** The rows of the page. */
export function judgedRows(text: string): Judged[] {
  return [...text.matchAll(/^\| ([\w-]+) \| (\d+) \| `([\w.-]+)` (.*?) \| (\w*) \| (.*?) \|$/gm)].map(
    ([, guide = '', line = '', code = '', words = '', verdict = '', why = '']) => ({
      guide,
      line: Number(line),
      code,
      words,
      verdict,
      why,
    }),
  );
}

/** Each finding with its verdict, as far as there is one; equal findings of a guide keep their order. */
export function withVerdicts(now: readonly Judged[], known: readonly Judged[]): Judged[] {
  const left = new Map<string, Judged[]>();
  const keyOf = ({ guide, code, words }: Judged): string => `${guide} ${code} ${words}`;
  for (const one of known) left.set(keyOf(one), [...(left.get(keyOf(one)) ?? []), one]);
  return now.map((one) => {
    const before =
      left.get(keyOf(one))?.shift() ??
      known.find(
        ({ guide, code, line, words }) => guide === one.guide && code === one.code && line === one.line && words === '',
      );
    return before ? { ...one, verdict: before.verdict, why: before.why } : one;
  });
}

function main(): number {
  if (!existsSync(guides)) {
    console.log('not run: ../shared/corpus is not there');
    return 0;
  }
  const text = readFileSync(page, 'utf8');
  const known = judgedRows(text);
  const rows = withVerdicts(findingsNow(), known);
  const count = (verdict: string): number => rows.filter((row) => row.verdict === verdict).length;
  const sum = `${count('right')} right, ${count('arguable')} arguable, ${count('wrong')} wrong.`;
  const table =
    head +
    rows
      .map((row) => `| ${row.guide} | ${row.line} | \`${row.code}\` ${row.words} | ${row.verdict} | ${row.why} |\n`)
      .join('');
  const from = text.indexOf('| guide |');
  const to = text.indexOf('\n## ', from);
  const made = `${text.slice(0, from)}${table}\n${sum}\n${text.slice(to)}`;
  const open = rows.filter(({ verdict }) => !verdicts.includes(verdict));
  for (const { guide, line, code, words } of open) console.log(`no verdict: ${guide}:${line} ${code} ${words}`);
  const share = (100 * (rows.length - open.length - count('wrong') - count('arguable'))) / Math.max(1, rows.length);
  console.log(
    `${rows.length} findings: ${sum} ${share.toFixed(1)} % right, ${((100 * count('wrong')) / Math.max(1, rows.length)).toFixed(1)} % wrong`,
  );
  if (process.argv.includes('--write')) writeFileSync(page, made);
  else if (made !== text) console.log('docs/check-precision.md is not what the checks say now: run again with --write');
  return open.length > 0 || made !== text ? 1 : 0;
}

if (process.argv[1]?.endsWith('check-precision.ts') === true) process.exitCode = main();
