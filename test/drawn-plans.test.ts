// Plans that are drawn in a guide: one tree of questions gives one plan, whoever draws it and however; what only looks like such
// a tree gives none; and no text makes the reader throw or point outside of it.
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { compile } from '../src/compile/index.ts';
import { readGuide } from '../src/guide/index.ts';
import type { Plan } from '../src/plan/index.ts';
import { withinCpuTime } from './support/cpu-time.ts';

type Tree =
  | { readonly kind: 'ask'; readonly about: string; readonly answers: readonly (readonly [string, Tree])[] }
  | { readonly kind: 'do'; readonly steps: readonly string[] }
  | { readonly kind: 'end'; readonly words: string };

const words = fc.constantFrom('the pod', 'the queue', 'the disk', 'the cache', 'the leader');
const ending = fc.constantFrom('done', 'Resolved', 'escalate', 'Escalate to the network team');
const answers = fc.constantFrom(['Yes', 'No'], ['YES', 'NO'], ['yes', 'no'], ['Yes (see its log)', 'No']);

const { tree } = fc.letrec<{ tree: Tree; ask: Tree }>((tie) => ({
  ask: fc.tuple(words, answers, tie('tree'), tie('tree')).map(([about, [yes = '', no = ''], a, b]): Tree => ({
    kind: 'ask',
    about,
    answers: [
      [yes, a],
      [no, b],
    ],
  })),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.array(words, { minLength: 1, maxLength: 2 }).map((steps): Tree => ({ kind: 'do', steps })),
    ending.map((said): Tree => ({ kind: 'end', words: said })),
    tie('ask'),
  ),
}));
const anyTree = fc
  .tuple(words, answers, tree, tree)
  .map(([about, [yes = '', no = ''], a, b]): Tree => ({
    kind: 'ask',
    about,
    answers: [
      [yes, a],
      [no, b],
    ],
  }))
  .map((one) => numbered(one, { count: 0 }));

/** Each question and each step has words of its own. */
function numbered(one: Tree, seen: { count: number }): Tree {
  if (one.kind === 'end') return one;
  if (one.kind === 'do') return { ...one, steps: one.steps.map((what) => `restart ${what} ${++seen.count}`) };
  const about = `Is ${one.about} ${++seen.count} up?`;
  return { ...one, about, answers: one.answers.map(([answer, then]) => [answer, numbered(then, seen)] as const) };
}

function said(one: Tree, arrow: string): string {
  return one.kind === 'ask' ? one.about : one.kind === 'do' ? one.steps.join(` ${arrow} `) : one.words;
}

interface Style {
  readonly branch: string;
  readonly last: string;
  readonly pipe: string;
  readonly arrow: string;
  /** What is done stands on a line of its own below the answer. */
  readonly isBelow?: true;
}

const styles: readonly Style[] = [
  { branch: '├── ', last: '└── ', pipe: '│   ', arrow: '→' },
  { branch: '├─ ', last: '└─ ', pipe: '│  ', arrow: '──→' },
  { branch: '|-- ', last: '|-- ', pipe: '|     ', arrow: '-->' },
  { branch: '+-- ', last: '\\-- ', pipe: '|   ', arrow: '->' },
  { branch: '├── ', last: '└── ', pipe: '│     ', arrow: '→', isBelow: true },
];

function drawn(one: Tree, style: Style, before = ''): string[] {
  if (one.kind !== 'ask') return [];
  return one.answers.flatMap(([answer, then], at) => {
    const isLast = at === one.answers.length - 1;
    const inner = before + (isLast ? ' '.repeat(style.pipe.length) : style.pipe);
    const sign = before + (isLast ? style.last : style.branch);
    if (style.isBelow) {
      const below = `${inner}${style.last}${said(then, style.arrow)}`;
      return [`${sign}${answer}`, below, ...drawn(then, style, inner + ' '.repeat(style.pipe.length))];
    }
    return [`${sign}${answer} ${style.arrow} ${said(then, style.arrow)}`, ...drawn(then, style, inner)];
  });
}

function indented(one: Tree, depth = 1): string[] {
  if (one.kind !== 'ask') return [];
  return one.answers.flatMap(([answer, then]) => [
    `${'  '.repeat(depth)}${answer}: ${said(then, '->')}`,
    ...indented(then, depth + 1),
  ]);
}

function mermaid(one: Tree): string[] {
  const lines: string[] = [];
  let count = 0;
  const draw = (part: Tree): string => {
    const id = `n${++count}`;
    if (part.kind === 'end') lines.push(`  ${id}((${part.words}))`);
    else if (part.kind === 'do') {
      const [first = '', ...rest] = part.steps;
      lines.push(`  ${id}[${first}]${rest.map((what) => ` --> n${++count}[${what}]`).join('')}`);
    } else {
      lines.push(`  ${id}{${part.about}}`);
      for (const [answer, then] of part.answers) lines.push(`  ${id} -->|"${answer}"| ${draw(then)}`);
    }
    return id;
  };
  draw(one);
  return ['flowchart TD', ...lines];
}

const fenced = (lines: readonly string[], language = ''): string => `\`\`\`${language}\n${lines.join('\n')}\n\`\`\`\n`;
const planOf = (text: string): Plan => compile(readGuide(`# Guide\n\n${text}`), { file: 'guide.md', sha256: '' }).plan;

/** The ways of a plan by the words of its steps. */
function waysOf({ nodes, edges }: Plan): string[] {
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  return edges
    .map(
      ({ from, to, condition, outcome }) =>
        `${titles.get(from)} -> ${titles.get(to)} ${condition ?? ''} ${outcome ?? ''}`,
    )
    .sort();
}

describe('drawn plans', () => {
  it('are the same however one tree of questions is drawn', () => {
    fc.assert(
      fc.property(anyTree, (one) => {
        const root = said(one, '');
        const expected = waysOf(planOf(fenced(mermaid(one), 'mermaid')));
        assert.ok(expected.length > 2);
        for (const style of styles) {
          const text = fenced([root, ...drawn(one, style)], 'text');
          assert.deepEqual(waysOf(planOf(text)), expected, text);
        }
        const text = fenced([root, ...indented(one)]);
        assert.deepEqual(waysOf(planOf(text)), expected, text);
      }),
      { numRuns: 80 },
    );
  });

  it('are not made of folders, whatever their names', () => {
    const name = fc.constantFrom(
      'yes',
      'no',
      'done',
      'src',
      'is-up.ts',
      'if.js',
      'README.md',
      'escalate',
      'true',
      'No entry',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), name), { minLength: 2, maxLength: 12 }), (entries) => {
        const lines = entries.map(([depth, file]) => `${'│   '.repeat(depth)}├── ${file}`);
        const plan = planOf(fenced(['app', ...lines]));
        assert.deepEqual(
          plan.nodes.map(({ kind }) => kind),
          ['start', 'end'],
        );
        assert.deepEqual(plan.notRead, []);
      }),
      { numRuns: 200 },
    );
  });

  it('never make the reader throw, take long or point outside of the text', () => {
    const piece = fc.constantFrom(
      '├── ', '└── ', '│   ', '|-- ', '+-- ', '\\-- ', '    ', '▼', 'v', ' → ', ' --> ', ': ', '\n', '\n', '\n', 'Yes', 'No', 'Is it up?',
      'if it is', 'done', 'Continue', 'go to step 3', '(yes)', 'escalate to A', '┌─┐', '/ \\', 'restart', '`', '*', '[', '\t', '🚀',
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), fc.constantFrom('', 'text', 'mermaid'), (pieces, language) => {
        const head = language === 'mermaid' ? 'stateDiagram-v2\n' : 'Is it up?\n';
        const text = `# Guide\n\n${fenced([head + pieces.join('').replaceAll('```', '')], language)}`;
        const { plan } = compile(readGuide(text), { file: 'guide.md', sha256: '' });
        for (const { source } of [...plan.nodes, ...plan.edges, ...plan.notRead]) {
          if (!source) continue;
          assert.ok(source.span.start <= source.span.end && source.span.end <= text.length, text);
        }
      }),
      { numRuns: 800 },
    );
    const hostile = [
      fenced(['Is it up?', `├── Yes → ${'a → '.repeat(90)}b`, '└── No → c']),
      fenced(['Is it up?', ...Array.from({ length: 90 }, (_, at) => `${' '.repeat(at)}├── Yes → is it?`)]),
      fenced(Array.from({ length: 380 }, () => `${'Is it '.repeat(60)}?`)),
      fenced(['stateDiagram', `${'a'.repeat(3000)} `.repeat(20), 'a --> '.repeat(9000)], 'mermaid'),
      fenced(['---'.concat('\n---'.repeat(2000))], 'mermaid'),
    ];
    for (const text of hostile) withinCpuTime(2000, text.slice(0, 40), () => planOf(text));
  });
});
