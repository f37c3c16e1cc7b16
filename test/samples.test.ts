// Every sample is checked without a finding that matters, and runs end to end with the command line as a user would run it.
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jsonOf, root, temporaryFolder, tsg } from './cli/tsg.ts';

const samples = join(root, 'samples');

describe('samples', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let here = '';

  before(async () => {
    const { generateSamples } = (await import(new URL('../scripts/generate-samples.mjs', import.meta.url).href)) as {
      generateSamples: (options?: { folder?: string; fresh?: boolean }) => string[];
    };
    // A copy, so that no run of a test changes what the user has open.
    here = join(folder.path, 'samples');
    mkdirSync(here);
    cpSync(samples, here, { recursive: true, filter: (source) => !/[/\\]\.(data|tsg)([/\\]|$)/.test(source) });
    generateSamples({ folder: here });
  });
  after(() => {
    folder.remove();
  });

  it('have no errors and no warnings', async () => {
    const end = await tsg(['check', 'samples', '--format', 'json']);
    const findings = JSON.parse(end.out) as { severity: string }[];
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error' || severity === 'warning'),
      [],
    );
    assert.equal(end.code, 0, end.err);
  });

  it('get the same data everywhere', () => {
    const data = join(here, 'api-availability', '.data');
    const digests = readdirSync(data)
      .filter((name) => name.endsWith('.csv'))
      .sort()
      .map(
        (name) =>
          `${name} ${createHash('sha256')
            .update(readFileSync(join(data, name)))
            .digest('hex')
            .slice(0, 16)}`,
      );
    assert.deepEqual(digests, [
      'config_changes.csv 95a00e94b2968b26',
      'flag_exposures.csv db0b1b8d4bbb02e4',
      'requests.csv dbdadcb2d702b8cd',
    ]);
  });

  it('api-availability ends at the root cause with no question asked', async () => {
    const end = await tsg(['run', join(here, 'api-availability/api-availability.tsg.md'), '--live', '--json']);
    const run = jsonOf(end);
    assert.equal(run.outcome, 'resolved', JSON.stringify(run.requests));
    assert.equal(end.code, 0);
    assert.equal(run.modelCalls, 0);
    assert.deepEqual(run.requests, []);
    const cures = run.steps.filter(({ status }) => status !== 'succeeded');
    assert.deepEqual(
      cures.map(({ node, status }) => `${node} ${status}`),
      ['Step3a skipped', 'Step4a skipped', 'Step5a skipped', 'Step8a skipped', 'Step9a skipped'],
    );
    assert.equal(run.steps.length - cures.length, 10);
    const rows = (node: string): readonly Readonly<Record<string, unknown>>[] =>
      run.steps.find((step) => step.node === node)?.actions[0]?.rows ?? [];
    assert.equal(rows('Step1')[0]?.['assessment'], 'BELOW_TARGET');
    assert.equal(rows('Step7')[0]?.['dependency'], 'payments');
    assert.equal(rows('Step8')[0]?.['verdict'], 'POOL_EXHAUSTED');
    assert.equal(rows('Step9')[0]?.['change_id'], 'CHG-2291');
    const decided = run.edges.filter(({ status }) => status === 'enabled').map(({ decidedBy }) => decidedBy);
    assert.ok(
      decided.every((by) => by === 'none' || by === 'guard' || by === 'else'),
      decided.join(),
    );
  });

  it('api-availability does not apply to a healthy region', async () => {
    const end = await tsg([
      'run',
      join(here, 'api-availability/api-availability.tsg.md'),
      '--live',
      '--json',
      '--param',
      'region=us-east',
    ]);
    assert.equal(jsonOf(end).outcome, 'not-applicable');
    assert.equal(end.code, 0);
  });

  it('disk-full stops before the deletion, and resolves once it is approved', async () => {
    const log = join(here, 'disk-full/.data/volume/log/orders.log.1');
    const first = await tsg(['run', join(here, 'disk-full/disk-full.tsg.md'), '--live', '--json']);
    const waiting = jsonOf(first);
    assert.equal(first.code, 3, first.err);
    assert.equal(waiting.requests[0]?.['kind'], 'approval');
    assert.match(String(waiting.requests[0]?.['text']), /^rm -- /);
    assert.ok(existsSync(log), 'nothing is deleted without a yes');
    const second = await tsg(['resume', waiting.journal ?? '', '--approve', 'all', '--json']);
    assert.equal(jsonOf(second).outcome, 'resolved', second.out);
    assert.equal(second.code, 0);
    assert.ok(!existsSync(log), 'the log is deleted');
  });

  it('service-latency starts its server, warms the cache once approved, and resolves', async () => {
    const guide = join(here, 'service-latency/service-latency.tsg.md');
    const end = await tsg(['run', guide, '--live', '--approve', 'all', '--json']);
    const run = jsonOf(end);
    assert.equal(run.outcome, 'resolved', end.out);
    assert.equal(end.code, 0);
    await assert.rejects(fetch('http://127.0.0.1:48917/admin/health'), 'the server ends with the run');
  });
});
