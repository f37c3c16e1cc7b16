// The journal as a file and as text: cut anywhere, damaged anywhere, written by one process at a time, and readable by
// every later release.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { openJournal, readJournal } from '../src/adapters/journal.ts';
import { sha256Hex } from '../src/adapters/sha256.ts';
import { readJournalText, replayJournal, resumeLiveRun, verifyJournal } from '../src/run/index.ts';
import { crc32 } from '../src/run/crc32.ts';
import { idle, newWorld } from './support/puppets.ts';

const fixtures = join(import.meta.dirname, 'journals');
const sample = readFileSync(join(fixtures, '1', 'loop-decided-by-the-engineer-with-an-exit-inside.jsonl'), 'utf8');

describe('journals of every format version', () => {
  for (const version of readdirSync(fixtures)) {
    for (const file of readdirSync(join(fixtures, version)).filter((name) => name.endsWith('.jsonl'))) {
      it(`${version}/${file} replays`, () => {
        const path = join(fixtures, version, file);
        const { view, problem, torn } = replayJournal(readFileSync(path, 'utf8'));
        assert.deepEqual({ problem, torn }, { problem: null, torn: false });
        const expected: unknown = JSON.parse(readFileSync(path.replace('.jsonl', '.expected.json'), 'utf8'));
        const steps = view.steps.map(({ node, status }) => [node, status]);
        const edges = view.edges.map(({ edge, status, decidedBy }) => [edge, status, decidedBy ?? null]);
        assert.deepEqual({ outcome: view.outcome, steps, edges }, expected);
      });
    }
  }
});

describe('journal text', () => {
  it('has the checksum that zip programs compute', function () {
    const reference = (zlib as { crc32?: (text: string) => number }).crc32;
    if (!reference) {
      console.log('      this Node has no zlib.crc32 to compare with');
      this.skip();
    }
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(text, (value) => {
        assert.equal(parseInt(crc32(value), 16), reference(value));
      }),
    );
    assert.equal(crc32('123456789'), 'cbf43926');
  });

  it('cut anywhere: every whole line is read, the rest is said to be torn', () => {
    const first = sample.indexOf('\n');
    for (let length = 0; length < sample.length; length++) {
      const text = sample.slice(0, length);
      if (length < first) {
        assert.throws(() => replayJournal(text), /The journal holds no run/);
        continue;
      }
      const whole = text.split('\n').length - 1;
      const { lastSeq, problem, torn } = replayJournal(text);
      // A line that lacks nothing but its line ending is whole.
      const completes = sample[length] === '\n';
      assert.deepEqual(
        { lastSeq, problem, torn },
        { lastSeq: completes ? whole + 1 : whole, problem: null, torn: !completes && !text.endsWith('\n') },
      );
    }
  });

  it('a flipped bit anywhere is found, with its line, and what stands before it still replays', () => {
    const bytes = Buffer.from(sample);
    const first = bytes.indexOf(10);
    const { viewAt } = replayJournal(sample);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 7));
      const text = damaged.toString('utf8');
      const line = bytes.subarray(0, at).toString().split('\n').length;
      if (at <= first) {
        assert.throws(() => replayJournal(text), /^Error: Line 1 of the journal is not as it was written/);
        continue;
      }
      const { problem, torn, lastSeq, view } = replayJournal(text);
      if (at === bytes.length - 1) assert.deepEqual({ problem, torn }, { problem: null, torn: true });
      else assert.deepEqual([problem?.kind, problem?.line], ['damaged', line]);
      assert.equal(lastSeq, line - 1);
      assert.deepEqual(view, viewAt(lastSeq));
    }
  });

  it('a missing, a doubled and a moved line are found', () => {
    const lines = sample.split('\n');
    const without = [...lines.slice(0, 4), ...lines.slice(5)].join('\n');
    assert.match(
      replayJournal(without).problem?.message ?? '',
      /^Line 5 of the journal has number 6: lines are missing/,
    );
    const twice = [...lines.slice(0, 5), ...lines.slice(4)].join('\n');
    assert.match(
      replayJournal(twice).problem?.message ?? '',
      /^Line 6 of the journal has number 5: it stands there twice/,
    );
  });

  it('what does not follow from what stands before it is a divergence', () => {
    const lines = sample.split('\n');
    const at = lines.findIndex((line) => line.includes('"edge-decided"'));
    const forged = reseal((lines[at] ?? '').replace('"enabled"', '"disabled"'));
    const { problem, lastSeq } = replayJournal([...lines.slice(0, at), forged, ...lines.slice(at + 1)].join('\n'));
    assert.equal(problem?.kind, 'diverged');
    assert.equal(problem.line, at + 1);
    assert.equal(lastSeq, at);
  });

  it('an unknown version says so', () => {
    const newer = reseal((sample.split('\n')[0] ?? '').replace('"v":1', '"v":9'));
    assert.throws(() => replayJournal(`${newer}\n`), /it is of format version 9, and this program reads 1 to 2/);
  });

  it('shows the run as it stood after any line', () => {
    const { viewAt, lastSeq } = replayJournal(sample);
    const forward = Array.from({ length: lastSeq }, (_, index) => viewAt(index + 1));
    const backward = Array.from({ length: lastSeq }, (_, index) => viewAt(lastSeq - index)).reverse();
    assert.deepEqual(backward, forward);
    assert.equal(forward[0]?.phase, 'running');
    assert.equal(forward.at(-1)?.phase, 'ended');
  });
});

describe('the chain of a journal', () => {
  const name = 'missing-parameter-is-asked-and-checked.jsonl';
  const chained = readFileSync(join(fixtures, '2', name), 'utf8');
  const lines = chained.split('\n').slice(0, -1);

  it('is proven whole, also for a journal that a crash cut short, and from a hash kept elsewhere', () => {
    const whole = verifyJournal(chained, sha256Hex);
    assert.deepEqual([whole.kind, whole.lines, whole.torn], ['whole', lines.length, false]);
    const torn = verifyJournal(chained.slice(0, -30), sha256Hex);
    assert.deepEqual([torn.kind, torn.lines, torn.torn], ['whole', lines.length - 1, true]);
    assert.equal(verifyJournal(chained, sha256Hex, torn.chain).kind, 'whole');
    assert.equal(verifyJournal(chained, sha256Hex, 'f'.repeat(64)).kind, 'broken');
  });

  it('tells whether the run has ended in it, so that a tail that was cut off is noticed', () => {
    assert.equal(verifyJournal(chained, sha256Hex).ended, chained.includes('"kind":"run-ended"'));
    const cut = `${lines.slice(0, 5).join('\n')}\n`;
    const found = verifyJournal(cut, sha256Hex);
    const time = /"time":"([^"]+)"/.exec(lines[4] ?? '')?.[1] ?? '';
    assert.deepEqual([found.kind, found.ended, found.until], ['whole', false, Date.parse(time)]);
    assert.equal(verifyJournal(cut, sha256Hex, verifyJournal(chained, sha256Hex).chain).kind, 'broken');
  });

  it('names each line that was changed by somebody who repaired its checksum', () => {
    for (let at = 1; at < lines.length; at++) {
      const time = /"time":"([^"]+)"/.exec(lines[at] ?? '')?.[1] ?? '';
      const later = reseal((lines[at] ?? '').replace(time, '2025-02-02T00:00:00.000Z'));
      const text = `${[...lines.slice(0, at), later, ...lines.slice(at + 1)].join('\n')}\n`;
      assert.equal(replayJournal(text).problem, null, 'only the chain can tell');
      const found = verifyJournal(text, sha256Hex);
      assert.deepEqual([found.kind, found.line, found.lines], ['broken', at + 1, at]);
    }
  });

  it('names the first line after one that was left out and the others renumbered', () => {
    const at = lines.findIndex((line) => line.includes('"parameter-given"'));
    const rest = lines.slice(at + 2).map((line, index) => reseal(line.replace(/"seq":\d+/, `"seq":${at + 1 + index}`)));
    const found = verifyJournal(`${[...lines.slice(0, at), ...rest].join('\n')}\n`, sha256Hex);
    assert.deepEqual([found.kind, found.line], ['broken', at + 1]);
  });

  it('is looked at before a run is resumed', async () => {
    const cut = lines.slice(0, 5);
    const forged = [...cut.slice(0, 4), reseal((cut[4] ?? '').replace(/"time":"2025/, '"time":"2024'))];
    const world = newWorld();
    assert.throws(
      () => resumeLiveRun({ ...world, text: `${forged.join('\n')}\n` }),
      /Line 5 .* is not as it was written/,
    );
    const going = newWorld({ text: `${cut.join('\n')}\n` });
    await resumeLiveRun({ ...going, text: going.text() }).settled();
    assert.equal(verifyJournal(going.text(), sha256Hex).kind, 'whole');
  });

  it('begins behind the lines of a journal of version 1, and covers them from there on', async () => {
    const old = sample.split('\n').slice(0, 4).join('\n');
    const world = newWorld({ text: `${old}\n` });
    resumeLiveRun({ ...world, text: world.text() });
    await idle();
    const found = verifyJournal(world.text(), sha256Hex);
    assert.equal(found.kind, 'unproven');
    assert.match(found.message, /^The journal began in format version 1: its first 4 lines have checksums/);
    const changed = `${reseal(old.split('\n')[0]?.replace('"case"', '"cost"') ?? '')}${world.text().slice(world.text().indexOf('\n'))}`;
    assert.deepEqual([verifyJournal(changed, sha256Hex).kind, verifyJournal(changed, sha256Hex).line], ['broken', 5]);
    assert.equal(verifyJournal(sample, sha256Hex).kind, 'unproven');
  });
});

describe('a journal file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tsg-journal-'));
    file = join(folder, 'run.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps the order of lines that are added at once', async () => {
    const journal = await openJournal(file, { mode: 'create' });
    const lines = Array.from({ length: 500 }, (_, index) => `{"v":1,"n":${index}}`);
    await Promise.all(lines.map((line) => journal.append([line])));
    await journal.close();
    assert.equal(await readJournal(file), lines.map((line) => `${line}\n`).join(''));
    await assert.rejects(journal.append(['x']), /the journal is closed/);
  });

  it('cuts a torn last line off, keeps a whole one, and says what it did', async () => {
    writeFileSync(file, `${sample}{"v":1,"seq":99,"ti`);
    let journal = await openJournal(file, { mode: 'append' });
    assert.deepEqual([journal.cutBytes, journal.text], [19, sample]);
    await journal.close();
    assert.equal(await readJournal(file), sample);
    writeFileSync(file, sample.slice(0, -1));
    journal = await openJournal(file);
    await journal.append(['next']);
    await journal.close();
    assert.equal(await readJournal(file), `${sample}next\n`);
  });

  it('leaves a damaged journal and a file that is none as they are', async () => {
    const damaged = sample.replace('step-started', 'step-Started');
    writeFileSync(file, damaged);
    const journal = await openJournal(file);
    await journal.close();
    assert.equal(readFileSync(file, 'utf8'), damaged);
    assert.equal(readJournalText(damaged).problem?.kind, 'damaged');
    writeFileSync(file, 'my notes');
    await assert.rejects(openJournal(file), /is not a journal/);
    assert.equal(readFileSync(file, 'utf8'), 'my notes');
    assert.ok(!existsSync(`${file}.lock`));
  });

  it('has one writer; the lock of a dead process is taken over', async () => {
    const journal = await openJournal(file);
    await assert.rejects(openJournal(file), /is being written by process \d+/);
    await journal.close();
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    appendFileSync(`${file}.lock`, JSON.stringify({ pid: dead, host: hostname(), began: null }));
    const again = await openJournal(file);
    await again.close();
    assert.deepEqual(readdirSync(folder), ['run.jsonl']);
  });

  it('says when it must or must not exist', async () => {
    await assert.rejects(openJournal(file, { mode: 'append' }), { code: 'ENOENT' });
    await (await openJournal(file, { mode: 'create' })).close();
    await assert.rejects(openJournal(file, { mode: 'create' }), { code: 'EEXIST' });
  });
});

/** The line with the checksum that fits it, as a careful forger would write it. */
function reseal(line: string): string {
  const head = line.replace(/,"sum":"\w+"\}$/, '');
  return `${head},"sum":"${crc32(head)}"}`;
}
