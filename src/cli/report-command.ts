// `tsg report`: what a run found and did, as a document in markdown or HTML whose every sentence names its evidence.
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { makeReport, writeHtml, writeMarkdown } from '../report/index.ts';
import { readJournalText } from '../run/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findJournal } from './find-journal.ts';
import { describeWriteError, readText, shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';
import { openReplay } from './replay-command.ts';
import type { Terminal } from './terminal.ts';

export interface ReportFlags {
  readonly format?: 'md' | 'html';
  readonly output?: string;
}

/** Exit 0 when the report is written; a journal that cannot be read to its end is reported as far as it can, with exit 2. */
export async function reportCommand(journal: string, flags: ReportFlags, terminal: Terminal): Promise<ExitCode> {
  const file = findJournal(journal);
  const { text } = readText(file);
  const replay = openReplay(file, text);
  const lines = readJournalText(text).lines.slice(0, replay.lastSeq);
  const report = await makeReport(replay, lines, basename(file));
  const { output } = flags;
  const format = flags.format ?? (output !== undefined && /\.html?$/i.test(output) ? 'html' : 'md');
  if (output === undefined) terminal.out(format === 'html' ? writeHtml(report) : writeMarkdown(report));
  else if (format === 'html') await save(output, writeHtml(report));
  else {
    // Beside the document: markdown cannot hold a picture.
    const picture = `${output.replace(/\.(md|markdown)$/i, '')}.svg`;
    await save(picture, report.picture);
    await save(output, writeMarkdown(report, { picture: basename(picture) }));
  }
  const { problem } = replay;
  if (!problem) return exitCode.ok;
  throw usageError(`${shownPath(file)}:${problem.line}: ${printableLine(problem.message)}`);
}

async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw usageError(`Cannot write \`${printableLine(file)}\`: ${describeWriteError(error)}.`);
  }
}
