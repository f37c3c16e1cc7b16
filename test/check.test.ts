// Cases of findings: test/checks/<code>/ holds a guide that gets the finding, what the command line prints for it, a
// guide that does not get it, and where there are fixes the guide after them. See test/README.md.
import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { check, checkLibrary, diagnoseExplanation, libraryGuide, readAlertRules } from '../src/check/index.ts';
import { renderDiagnostic, sortDiagnostics, type Diagnostic } from '../src/diagnostics/index.ts';
import { analyze, analyzeForErrors, applyFixes } from '../src/editing/index.ts';
import { readGuide } from '../src/guide/index.ts';
import { withinCpuTime } from './support/cpu-time.ts';

const cases = join(import.meta.dirname, 'checks');
const update = process.env['UPDATE_SNAPSHOTS'] === '1';

/** What a case says beside its guides, in `given.json`. */
interface Given {
  /** Languages and names of the configured tools. */
  readonly languages?: readonly string[];
  readonly tools?: readonly string[];
  /** The date that counts as today. */
  readonly today?: string;
  /** Milliseconds that actions took in earlier runs. */
  readonly durations?: Readonly<Record<string, number>>;
  /** A tool's answer to one action; `at` is the text in its code that the tool points to. */
  readonly refusal?: { readonly action: string; readonly message: string; readonly at?: string };
  /** The bad guide is this text many times over: too long to keep. */
  readonly repeated?: { readonly text: string; readonly times: number };
}

describe('checks', () => {
  for (const code of readdirSync(cases)) {
    describe(code, () => {
      for (const folder of foldersOf(join(cases, code))) checkCase(code, folder);
    });
  }
});

describe('errors alone', () => {
  it('are those of all findings, in every guide of the tests and samples', function () {
    this.timeout(120_000);
    const about = { file: 'x.md', sha256: '', languages: null };
    let errors = 0;
    for (const folder of [cases, join(import.meta.dirname, 'guides'), join(import.meta.dirname, '..', 'samples')])
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
        one.endsWith('.md'),
      )) {
        const text = readFileSync(join(folder, name), 'utf8');
        const all = analyze(text, about).diagnostics.filter(({ severity }) => severity === 'error');
        assert.deepEqual(analyzeForErrors(text, about).diagnostics, all, name);
        errors += all.length;
      }
    assert.ok(errors > 20, `only ${errors} errors`);
  });
});

describe('checks: silenced, and with another weight', () => {
  const guide = (comment: string, below = ''): string =>
    `# Disk\n\n## Step 1 - Look at the disk\n\n${comment}\nRead the [page](#nowhere).\n${below}\nRead [another](#too). This ends the guide.\n`;
  const found = (text: string, severities = {}): string[] =>
    analyze(text, { file: 'x.md', sha256: '', languages: null, severities }).diagnostics.map(
      ({ code, severity }) => `${severity} ${code}`,
    );
  const both = ['warning link.broken', 'warning link.broken'];

  for (const [what, comment, below, left] of [
    ['nothing', 'Look.', '', both],
    ['what follows', '<!-- tsg-disable link.broken -->', '', []],
    ['all that follows, when it names no code', '<!-- tsg-disable -->', '', []],
    ['one of several codes', '<!-- tsg-disable step.loop, link.broken -- the pages are not there yet -->', '', []],
    ['another code', '<!-- tsg-disable step.loop -->', '', both],
    ['what stands between', '<!-- tsg-disable link.broken -->', '\n<!-- tsg-enable link.broken -->\n', both.slice(1)],
    ['the next line', '<!-- tsg-disable-next-line link.broken -->', '', both.slice(1)],
    ['its own line', 'See [this](#there). <!-- tsg-disable-line link.broken -->', '', both],
    ['nothing inside of code', '```html\n<!-- tsg-disable -->\n```', '', both],
  ] as const) {
    it(`a comment silences ${what}`, () => assert.deepEqual(found(guide(comment, below)), left));
  }

  it('settings give a code another weight, or leave it out', () => {
    const text = guide('Look.');
    assert.deepEqual(found(text, { 'link.broken': 'error' }), ['error link.broken', 'error link.broken']);
    assert.deepEqual(found(text, { 'link.broken': 'off', 'no.such-code': 'error' }), []);
  });
});

describe('checks: guides of uncommon size', () => {
  const steps = (jump: (step: number) => string): string =>
    Array.from({ length: 10_000 }, (_, index) => `## Step ${index + 1} - Wait\n\n${jump(index + 1)}\n`).join('\n');
  const parameters = (name: (index: number) => string): string[] =>
    Array.from({ length: 4000 }, (_, index) => name(index));

  for (const [name, text] of [
    ['10,000 steps that jump to themselves', steps((step) => `Go to Step ${step}.`)],
    ['10,000 steps that all jump to the last', steps(() => 'Go to Step 10000.')],
    [
      '4,000 parameters and 4,000 others used',
      `Retrieve the following parameters:\n\n${parameters((index) => `- \`name_${index}\`: a value`).join('\n')}\n\n` +
        `## Step 1 - Look\n\n\`\`\`sql\n${parameters((index) => `SELECT '{nam_${index}x}'`).join('\n')}\n\`\`\`\n`,
    ],
    ['a command of 20,000 words', `## Step 1 - Look\n\n\`\`\`bash\n${'kubectl -n a '.repeat(20_000)}\n\`\`\`\n`],
    ['a command of 30,000 quotes', `## Step 1 - Look\n\n\`\`\`bash\n${'"a '.repeat(30_001)}\n\`\`\`\n`],
    ['a query of 20,000 WHENs', `## Step 1 - Look\n\n\`\`\`sql\nSELECT CASE ${'WHEN a > 1 '.repeat(20_000)}\n\`\`\`\n`],
    ['YAML nested 6,000 deep', `\`\`\`yaml\n${'a: [b, '.repeat(6000)}\n\`\`\`\n`],
    ['20,000 links and 5,000 comments', `${'[a](#b) '.repeat(20_000)}\n\n${'<!-- tsg-disable a -->\n\n'.repeat(5000)}`],
    [
      'one condition 5,000 times',
      `## Step 1 - Look\n\n${'If the error rate is above 10 %, go to Step 1. '.repeat(5000)}`,
    ],
  ] as const) {
    it(`take no longer than their size asks for: ${name}`, () => {
      const { guide, plan } = analyze(text, { file: 'big.md', sha256: '', languages: ['sql'] });
      withinCpuTime(6000, 'the check', () => check(guide, { ...plan }, { languages: ['sql'] }));
    });
  }
});

describe('checks: steps that could run side by side', () => {
  const step = (number: string, title: string, more = ''): string =>
    `## Step ${number} - ${title}\n\n\`\`\`sql\nSELECT ${number} AS n\n\`\`\`\n${more}\n`;
  const ways = (text: string): string[] =>
    analyze(text, { file: 'x.md', sha256: '', languages: null }).plan.edges.map(({ from, to }) => `${from} ${to}`);
  const fixOf = (text: string): string | undefined => {
    const found = analyze(text, { file: 'x.md', sha256: '', languages: null }).diagnostics;
    const fixes = found.flatMap((one) => (one.code === 'step.serial' ? one.fixes : []));
    return fixes.length === 0 ? undefined : applyFixes(text, fixes);
  };

  it('the fix starts exactly them side by side, and what follows waits for all of them', () => {
    for (const end of ['', '\n- one thing\n- another', '\n> A note.', '\n| a | b |\n|---|---|\n| 1 | 2 |']) {
      const text = ['A', 'B', 'C', 'D', 'E']
        .map((title, at) => step(String(at + 1), title, at === 0 ? end : ''))
        .join('\n');
      assert.deepEqual(ways(fixOf(text) ?? ''), [
        'start Step1',
        'Step1 Step2',
        'Step1 Step3',
        'Step1 Step4',
        'Step2 Step5',
        'Step3 Step5',
        'Step4 Step5',
        'Step5 end',
      ]);
    }
  });

  it('the last step of a guide stays the last: the end would cut the others short', () => {
    assert.equal(fixOf([step('1', 'A'), step('2', 'B'), step('3', 'C')].join('\n')), undefined);
  });

  it('there is no fix where a number would not lead to the step, or a sentence leads on', () => {
    const titles = ['Look', 'See the load', 'See the pods', 'See the log', 'Tell'];
    const bare = titles.map((title, at) => `## ${title}\n\n\`\`\`sql\nSELECT ${String(at)} AS n\n\`\`\`\n`).join('\n');
    assert.equal(fixOf(bare), undefined);
    const led = [step('1', 'A', 'Go to Step 2.'), step('2', 'B'), step('3', 'C'), step('4', 'D')].join('\n');
    assert.equal(fixOf(led), undefined);
  });
});

function checkCase(code: string, folder: string): void {
  if (existsSync(join(folder, 'bad'))) {
    libraryCase(code, folder);
    return;
  }
  const name = relative(join(cases, code), folder).replaceAll('-', ' ');
  const given = readJson<Given>(join(folder, 'given.json')) ?? {};
  const bad = given.repeated ? given.repeated.text.repeat(given.repeated.times) : read(folder, 'bad.md');

  if (existsSync(join(folder, 'good.md'))) {
    it(`${name === '' ? 'a good guide' : `the good form of: ${name}`} is told nothing`, () => {
      const good = read(folder, 'good.md');
      assert.equal(print(good, diagnose(good, withoutRefusal(given))), '');
    });
  }
  if (bad === '' && !existsSync(join(folder, 'bad.md'))) return;

  it(`${name === '' ? 'a bad guide' : name} is told what is wrong`, () => {
    const diagnostics = diagnose(bad, given);
    const shown = print(bad, diagnostics);
    if (update) writeFileSync(join(folder, 'expected.txt'), shown);
    assert.ok(
      diagnostics.some((one) => one.code === code),
      `no ${code} in:\n${shown}`,
    );
    assert.equal(shown, read(folder, 'expected.txt'));
  });

  it(`${name === '' ? 'fixes' : `fixes of: ${name}`} do what they say`, () => {
    const fixes = diagnose(bad, given).flatMap((one) => (one.code === code ? one.fixes.slice(0, 1) : []));
    const path = join(folder, 'fixed.md');
    assert.equal(
      fixes.length > 0,
      existsSync(path) || (update && fixes.length > 0),
      'fixed.md is there when there are fixes',
    );
    if (fixes.length === 0) return;
    const fixed = applyFixes(bad, fixes);
    if (update) writeFileSync(path, fixed);
    assert.equal(fixed, readFileSync(path, 'utf8'));
    const left = diagnose(fixed, given).filter((one) => one.code === code && one.fixes.length > 0);
    assert.deepEqual(left, []);
  });
}

/** A library: `bad` and `good` are folders of guides and rule files, `fixed` holds the files that fixes change. */
function libraryCase(code: string, folder: string): void {
  const found = (name: string): Map<string, { text: string; diagnostics: readonly Diagnostic[] }> => {
    const root = join(folder, name);
    const files = filesOf(root).map((path) => ({ file: relative(root, path), text: readFileSync(path, 'utf8') }));
    const guides = files.filter(({ file }) => file.endsWith('.md'));
    const all = checkLibrary({
      guides: guides.map(({ file, text }) => libraryGuide(file, readGuide(text))),
      rules: files.flatMap(({ file, text }) => {
        const rules = file.endsWith('.md') ? null : readAlertRules(text);
        return rules ? [{ file, rules }] : [];
      }),
      exists: (path) => existsSync(join(root, path)),
    });
    return new Map(files.map(({ file, text }) => [file, { text, diagnostics: sortDiagnostics(all.get(file) ?? []) }]));
  };
  const shown = (name: string): string =>
    [...found(name)].map(([file, { text, diagnostics }]) => print(text, diagnostics, file)).join('');

  it('a good library is told nothing', () => assert.equal(shown('good'), ''));
  it('a bad library is told what is wrong', () => {
    if (update) writeFileSync(join(folder, 'expected.txt'), shown('bad'));
    assert.ok(shown('bad').includes(`[${code}]`));
    assert.equal(shown('bad'), read(folder, 'expected.txt'));
  });
  it('fixes do what they say', () => {
    for (const [file, { text, diagnostics }] of found('bad')) {
      const fixes = diagnostics.flatMap((one) => one.fixes.slice(0, 1));
      const path = join(folder, 'fixed', file);
      if (update && fixes.length > 0) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, applyFixes(text, fixes));
      }
      assert.equal(fixes.length > 0, existsSync(path), `fixed/${file} is there when there are fixes`);
      if (fixes.length > 0) assert.equal(applyFixes(text, fixes), readFileSync(path, 'utf8'));
    }
  });
}

function diagnose(text: string, given: Given): readonly Diagnostic[] {
  const { languages = null, tools, today, durations, refusal } = given;
  const { guide, plan, diagnostics } = analyze(text, {
    file: 'bad.md',
    sha256: '',
    languages,
    ...(tools && { tools }),
    ...(today !== undefined && { today }),
    ...(durations && { durations }),
  });
  if (!refusal) return diagnostics;
  const action = plan.nodes.flatMap((node) => node.actions).find(({ id }) => id === refusal.action);
  assert.ok(action, `no action ${refusal.action}`);
  const start = refusal.at === undefined ? -1 : action.code.indexOf(refusal.at);
  const at = refusal.at === undefined ? {} : { at: { start, end: start + refusal.at.length } };
  return sortDiagnostics([...diagnostics, diagnoseExplanation(guide, action, { message: refusal.message, ...at })]);
}

/** As `tsg check` prints it. */
function print(text: string, diagnostics: readonly Diagnostic[], file = 'bad.md'): string {
  const { guide } = analyze(text, { file: 'bad.md', sha256: '', languages: null });
  return diagnostics.map((one) => `${renderDiagnostic(file, text, guide.lines, one, { width: 92 })}\n\n`).join('');
}

/** A good guide is one that its tool accepts. */
function withoutRefusal({ refusal: _refusal, ...given }: Given): Given {
  return given;
}

function foldersOf(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'bad')) return [folder];
  const inner = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => foldersOf(join(folder, name)));
  return entries.some((entry) => entry.isFile()) ? [folder, ...inner] : inner;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesOf(path) : [path];
    });
}

function read(folder: string, name: string): string {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function readJson<T>(path: string): T | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}
