// `tsg export`: a run as one archive to hand on: the journal, its report, the guides it went through, the run as a test, and a manifest
// that says what each file is, whether the journal was whole, and what was taken out of the copy.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { secretShapes, sha256Hex } from '../adapters/index.ts';
import { makeReport, writeHtml } from '../report/index.ts';
import { isTelling, readJournalText, redactor, rewriteJournal, verifyJournal, type Replay } from '../run/index.ts';
import { recordScenario, writeTestsFile } from '../scenario/index.ts';
import { calledSources } from './called-sources.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findJournal } from './find-journal.ts';
import { findTools } from './find-tools.ts';
import { describeWriteError, findSource, readText, shownPath } from './guide-text.ts';
import { hideFolder } from './hide-folder.ts';
import { printableLine } from './printable-text.ts';
import { openReplay } from './replay-command.ts';
import { tar } from './tar.ts';
import type { Terminal } from './terminal.ts';
import { readVersion } from './version.ts';

/** Exit 0 when the bundle is written, 2 when the journal cannot be read to its end. */
export async function exportCommand(
  journal: string,
  { output }: { readonly output: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const file = findJournal(journal);
  const { text, sha256 } = readText(file);
  const original = openReplay(file, text);
  if (original.problem)
    throw usageError(`${shownPath(file)}:${original.problem.line}: ${printableLine(original.problem.message)}`);
  const verified = verifyJournal(text, sha256Hex);
  const guideFile = original.plan.guide.file;
  const called = await calledSources(file, original.plan);
  const redact = redactionFor(
    [guideFile, ...called.map((one) => one.file), original.config ?? ''],
    await knownSecrets(original, [file, guideFile]),
  );
  const copy = rewriteJournal(text, redact, sha256Hex);
  const replay = openReplay(file, copy.text);
  if (replay.problem) throw new Error(`Internal error: the redacted copy cannot be read: ${replay.problem.message}`);
  const { lines } = readJournalText(copy.text);
  const source = await findSource(file, original.plan);
  const guide = basename(guideFile.replaceAll('\\', '/'));
  const scenario = recordScenario(replay, lines, { name: `Recorded: ${replay.view.outcome ?? 'waiting'}` });
  const files: Record<string, string> = {
    'journal.jsonl': copy.text,
    'report.html': writeHtml(await makeReport(replay, lines, 'journal.jsonl')),
    'run.tests.yaml': writeTestsFile(guide, scenario, 'The run as a test.'),
    ...(source && { [guide]: redact(source.text) }),
    ...Object.fromEntries(called.flatMap(({ name, text }) => (text === null ? [] : [[name, redact(text)]]))),
  };
  const manifest = {
    format: 'tsg-bundle',
    version: 1,
    madeBy: `tsg ${readVersion()}`,
    run: replay.run,
    guide: { file: guide, sha256: original.plan.guide.sha256, included: source !== null },
    called: called.map(({ name, sha256, text }) => ({ file: name, sha256, included: text !== null })),
    original: {
      file: basename(file),
      sha256,
      chain: verified.chain,
      verification: verified.kind,
      message: verified.message,
    },
    redactedLines: copy.changed,
    files: Object.fromEntries(Object.entries(files).map(([name, body]) => [name, { sha256: sha256Hex(body) }])),
  };
  const all = { 'manifest.json': `${JSON.stringify(manifest, null, 2)}\n`, ...files };
  const archived = Object.entries(all).map(([name, body]) => ({ name: `${name}`, bytes: Buffer.from(body) }));
  await save(output, gzipSync(tar(archived, (replay.view.endedAt ?? replay.view.startedAt ?? 0) / 1000)));
  terminal.out(`${shownPath(output)}: ${archived.map(({ name }) => name).join(', ')}\n`);
  terminal.out(`  journal ${verified.kind}, ${copy.changed} of its ${lines.length} lines redacted in the copy\n`);
  const left = [...(source ? [] : [guide]), ...called.flatMap(({ name, text }) => (text === null ? [name] : []))];
  if (left.length > 0)
    terminal.out(`  left out, as no file holds what the run began with: ${left.map(printableLine).join(', ')}\n`);
  return exitCode.ok;
}

/** What the secrets of the run's tools' settings hold here, else of those near it; none where there are no usable settings. */
async function knownSecrets({ config }: Replay, near: readonly string[]): Promise<readonly string[]> {
  const own = typeof config === 'string' && existsSync(config) ? config : undefined;
  const found = await findTools(own, near, null).catch(() => null);
  await found?.toolbox.close();
  // Others are in no journal, and might be its own words.
  return (found?.toolbox.secretValues() ?? []).filter(isTelling);
}

/**
 * Takes out the secrets known here, what looks like one (declared ones are in no journal), and the folders of these files, the first
 * of them first: what lies below a folder is still told as that.
 */
function redactionFor(files: readonly string[], secrets: readonly string[]): (text: string) => string {
  const withoutKnown = redactor(secrets);
  const shapes = secretShapes.map((shape) => new RegExp(shape.source, `${shape.flags.replace('g', '')}g`));
  const hiders = files.map(hideFolder);
  return (text) =>
    hiders.reduce(
      (so, hide) => hide(so),
      shapes.reduce((so, shape) => so.replace(shape, '***'), withoutKnown(text)),
    );
}

async function save(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch (error) {
    throw usageError(`Cannot write \`${printableLine(file)}\`: ${describeWriteError(error)}.`);
  }
}
