// `tsg draft`: a guide drafted by the model of the settings from an incident or a chat, with the library's nearest guides as
// examples. Printed only if it has no errors.
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { hideSecrets, namesGuide, openModelJournal } from '../adapters/index.ts';
import { useWords } from '../model/index.ts';
import { shareOfOne } from '../run/index.ts';
import { draftGuide, type LibraryGuide } from '../propose/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findModel } from './find-model.ts';
import { describeWriteError, readText, shownPath } from './guide-text.ts';
import { printableLine, printableText } from './printable-text.ts';
import type { Terminal } from './terminal.ts';

export interface DraftFlags {
  readonly config?: string;
  readonly library?: string;
  readonly output?: string;
  readonly json: boolean;
}

/** Files of a library that are looked at. */
const mostGuides = 2000;

export async function draftCommand(file: string, flags: DraftFlags, terminal: Terminal): Promise<ExitCode> {
  const { model, terms, settings, languages } = await findModel(flags.config, file === '-' ? 'incident' : file);
  const incident = file === '-' ? await readStandardInput() : readText(file).text;
  if (incident.trim() === '') throw usageError('The incident is empty, so there is nothing to draft a guide from.');
  if (flags.output !== undefined && existsSync(flags.output))
    throw usageError(`-o ${printableLine(flags.output)}: the file exists already, and is left alone.`);
  const folder = resolve(flags.library ?? settings.folder);
  const isGuide = (path: string): boolean =>
    flags.library === undefined ? namesGuide(settings, path) : path.endsWith('.md');
  const library = await readLibrary(folder, isGuide, resolve(file));
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  process.once('SIGINT', stop);
  terminal.err(
    `Asking ${printableLine(model.name)}; ${library.length} ${library.length === 1 ? 'guide' : 'guides'} in the library…\n`,
  );
  const about = { file: 'draft.tsg.md', sha256: '', languages, severities: settings.check.severities };
  const options = { incident, library, about, mask: hideSecrets, within: shareOfOne(terms.budget) };
  const { conversation, examples } = await draftGuide(model, options, interrupt.signal);
  process.off('SIGINT', stop);
  const journal = openModelJournal(settings.file === null ? dirname(resolve(file)) : settings.folder);
  await journal.add(
    { purpose: 'draft', model: model.name, guide: file === '-' ? 'standard input' : basename(file) },
    conversation,
  );
  const { end, calls, tokens, cost } = conversation;
  const draft = end.kind === 'answer' ? end.value : null;
  const problem = end.kind === 'unusable' ? end.problem : 'message' in end ? end.message : null;
  if (flags.json) {
    const steps = draft?.analysis.plan.nodes.filter(({ kind }) => kind === 'step').length ?? 0;
    terminal.out(
      `${JSON.stringify({ model: model.name, end: end.kind, guide: draft?.text ?? null, steps, problem, examples, calls, tokens, cost: cost ?? null }, null, 2)}\n`,
    );
  } else if (draft) {
    if (flags.output === undefined) terminal.out(draft.text);
    else await save(flags.output, draft.text);
  }
  const shown = examples.length === 0 ? 'no examples' : `after ${examples.join(', ')}`;
  terminal.err(
    `${calls} ${calls === 1 ? 'call' : 'calls'}, ${useWords(tokens, cost ? [cost] : [])}; ${printableLine(shown)}\n`,
  );
  if (draft) return exitCode.ok;
  if (interrupt.signal.aborted) return exitCode.interrupted;
  const why = end.kind === 'unusable' ? 'It wrote no guide without errors' : 'It gave no guide';
  terminal.err(`${why}: ${printableText(problem ?? '')}\n`);
  return end.kind === 'unusable' ? exitCode.guide : exitCode.failed;
}

/** Guides below a folder, but not the incident itself. */
async function readLibrary(
  folder: string,
  isGuide: (path: string) => boolean,
  incident: string,
): Promise<readonly LibraryGuide[]> {
  if (!(await stat(folder).catch(() => null))?.isDirectory())
    throw usageError(`--library ${printableLine(shownPath(folder))}: there is no such folder.`);
  const guides: LibraryGuide[] = [];
  const left = [folder];
  for (let place = left.shift(); place !== undefined && guides.length < mostGuides; place = left.shift()) {
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(place, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules' && !entry.name.startsWith('.')) left.push(path);
        continue;
      }
      const name = relative(folder, path).replaceAll('\\', '/');
      if (!entry.isFile() || path === incident || !isGuide(path)) continue;
      guides.push({ file: name, text: await readFile(path, 'utf8') });
    }
  }
  return guides;
}

async function save(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    throw usageError(`Cannot write \`${printableLine(file)}\`: ${describeWriteError(error)}.`);
  });
}

async function readStandardInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
