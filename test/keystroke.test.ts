// What a keystroke in a long guide costs, told in what is made again: no timing. Whatever is remembered is looked up by the
// identity of what it is about, so that what stays the same object is neither read, nor compiled, nor checked again.
import { strict as assert } from 'node:assert';
import { guideFacts } from '../src/check/guide-facts.ts';
import { compile } from '../src/compile/index.ts';
import { rereadLoose } from '../src/guide/index.ts';
import { analyze, forgetAll, reanalyze, type LiveAnalysis } from '../src/editing/index.ts';

const about = { file: 'guide.md', sha256: '', languages: null } as const;

/** One step in 20 lines. */
const step = (number: number): string => `## Step ${number} - Check service ${number}

Look at the errors of the last hour. They are counted for each host.

\`\`\`sql tool=telemetry
SELECT host,
       count(*) AS errors,
       CASE WHEN count(*) > ${number} THEN 'DEGRADED' ELSE 'HEALTHY' END AS verdict
FROM events
WHERE service = 's${number}'
GROUP BY host
\`\`\`

- Restart a host that hangs, when the team agrees.
- Note what was seen.

If the errors are above ${number}, go to Step ${number + 2}.
Otherwise, continue.
Whoever comes later reads here what was done.

`;

const steps = 500;
const guide = `# Long guide\n\n${Array.from({ length: steps }, (_, index) => step(index + 1)).join('')}`;

/** How many of `now` were not there before. */
function made<T extends object>(before: readonly T[], now: readonly T[]): number {
  const known = new Set(before);
  return now.filter((one) => !known.has(one)).length;
}

function partsOf({ reading }: LiveAnalysis): {
  chapters: readonly object[];
  sections: readonly object[];
  nodes: readonly object[];
  actions: readonly object[];
} {
  const { nodes } = compile(reading.loose, about).plan;
  return {
    chapters: reading.chapters,
    sections: guideFacts(reading.loose).parts,
    nodes: nodes.filter(({ kind }) => kind === 'step'),
    actions: nodes.flatMap((node) => node.actions),
  };
}

/** How many characters `slice` gives in all while `work` is done. */
function charactersCut(work: () => void): number {
  const slice = Reflect.get(String.prototype, 'slice') as (this: string, start?: number, end?: number) => string;
  let count = 0;
  const counting = function (this: string, start?: number, end?: number): string {
    const part = slice.call(this, start, end);
    count += part.length;
    return part;
  };
  Reflect.set(String.prototype, 'slice', counting);
  try {
    work();
  } finally {
    Reflect.set(String.prototype, 'slice', slice);
  }
  return count;
}

describe('a keystroke in a guide of 10,000 lines', () => {
  // What stands behind the keystroke in its chapter has another place, so that an action there is another too.
  for (const { where, words, actions } of [
    { where: 'a sentence above a query', words: 'They are counted', actions: 1 },
    { where: 'a query', words: 'FROM events', actions: 1 },
    { where: 'a condition behind a query', words: 'If the errors', actions: 0 },
    { where: 'a heading', words: ' - Check service', actions: 1 },
  ])
    it(`in ${where} reads one chapter, makes one step, and checks its section with those around it again`, () => {
      let text = guide;
      let live = reanalyze(null, text, about);
      let before = partsOf(live);
      assert.equal(before.nodes.length, steps);
      for (let stroke = 0; stroke < 4; stroke++) {
        const at = text.indexOf(words, Math.floor((stroke * text.length) / 4)) + words.length;
        text = `${text.slice(0, at)}x${text.slice(at)}`;
        live = reanalyze(live, text, about);
        const now = partsOf(live);
        assert.equal(made(before.chapters, now.chapters), 1);
        assert.equal(made(before.nodes, now.nodes), 1);
        assert.equal(made(before.actions, now.actions), actions);
        // The section itself, the one of the title around it, and the guide as a whole.
        assert.ok(made(before.sections, now.sections) <= 3, `${made(before.sections, now.sections)} sections`);
        before = now;
      }
    }).timeout(600_000);

  it('below a plugin that is not closed reads one chapter, and all from the plugin on once it is closed', () => {
    let text = guide.slice(0, guide.indexOf('## Step 20 ')).replace('Look at', '<PLUGIN_7>\nLook at');
    let live = reanalyze(null, text, about);
    const place = text.indexOf('Whoever', text.length / 2);
    for (const { words, behind, chapters } of [
      { words: 'x', behind: 0, chapters: 20 },
      { words: '</PLUGIN_7', behind: 0, chapters: 20 },
      { words: '>', behind: 10, chapters: 11 },
      { words: 'y', behind: 11, chapters: 11 },
    ]) {
      const at = place + behind;
      text = `${text.slice(0, at)}${words}${text.slice(at)}`;
      const { reading } = live;
      live = reanalyze(live, text, about);
      assert.equal(made(reading.chapters, live.reading.chapters), 1);
      assert.equal(live.reading.chapters.length, chapters);
      const fresh = analyze(text, about);
      assert.deepEqual(live.guide.root, fresh.guide.root);
      assert.deepEqual(live.diagnostics, fresh.diagnostics);
    }
  });

  it('beside the end of a plugin reads one chapter, whatever opens above without being one', () => {
    const plugin = '<PLUGIN_7>\nuptime\n</PLUGIN_7>\n\n- Restart';
    const below = Array.from({ length: 18 }, (_, index) => step(index + 2).replace('- Restart', plugin));
    let text = [step(1).replace('SELECT', '<PLUGIN_7>\nSELECT'), ...below].join('');
    let live = reanalyze(null, text, about);
    const place = text.indexOf('</PLUGIN_7>', text.length / 2);
    for (const [words, behind] of [
      ['x', 0],
      ['y', '</PLUGIN_7>x'.length],
    ] as const) {
      text = `${text.slice(0, place + behind)}${words}${text.slice(place + behind)}`;
      const { reading } = live;
      live = reanalyze(live, text, about);
      assert.equal(made(reading.chapters, live.reading.chapters), 1);
      assert.deepEqual(live.diagnostics, analyze(text, about).diagnostics);
    }
  });

  it('at one place, after many others there, hardly ever reads more than its chapter', () => {
    let text = guide.slice(0, guide.indexOf('## Step 20 '));
    let live = reanalyze(null, text, about);
    let at = text.indexOf('They are');
    const more: number[] = [];
    for (let stroke = 0; stroke < 2000; stroke++) {
      text = `${text.slice(0, at)}${'It may take a while. '.charAt(stroke % 21)}${text.slice(at++)}`;
      const before = live.reading;
      const reading = rereadLoose(before, text);
      live = { ...live, reading };
      const chapters = made(before.chapters, reading.chapters);
      if (chapters > 1) more.push(chapters);
    }
    assert.ok(more.length <= 40, `${more.length} keystrokes read ${more.join(', ')} chapters`);
    assert.deepEqual(reanalyze(live, text, about).diagnostics, analyze(text, about).diagnostics);
  });

  it('cuts out of the text what is near, and not what lies between two places far apart', () => {
    // Words that several checks compare with what stands around them.
    const said =
      'The log should be checked. Disk usage is high, and the above query shows why. They are restarted by TSGX.';
    let text = guide.replaceAll('They are counted for each host.', said);
    let live = reanalyze(null, text, about);
    const at = text.indexOf('FROM events', text.length / 2);
    for (const sign of ['x', 'y']) {
      text = `${text.slice(0, at)}${sign}${text.slice(at)}`;
      const cut = charactersCut(() => (live = reanalyze(live, text, about)));
      assert.ok(cut < 10 * text.length, `${cut} characters of a text of ${text.length}`);
    }
    assert.ok(live.diagnostics.filter(({ code }) => code === 'reference.ambiguous').length >= steps);
  }).timeout(600_000);

  it('makes all again once everything was forgotten, and finds the same', () => {
    const text = guide.slice(0, guide.indexOf('## Step 20 '));
    const live = reanalyze(null, text, about);
    const before = partsOf(live);
    forgetAll();
    assert.equal(made(before.nodes, partsOf(live).nodes), before.nodes.length);
    const edited = text.replace('They are', 'These are');
    const { plan, diagnostics } = reanalyze(live, edited, about);
    const fresh = analyze(edited, about);
    assert.deepEqual(plan, fresh.plan);
    assert.deepEqual(diagnostics, fresh.diagnostics);
  });
});
