// `tsg check`: what is wrong with guides, as text with carets, or as JSON or SARIF for other programs.
import { join, resolve } from 'node:path';
import { isIgnored } from '../adapters/index.ts';
import { toJsonDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { applyBaseline, writeBaseline, type CheckedFile } from './baseline-file.ts';
import { type CheckedGuide, settingsByFolder } from './check-guide.ts';
import { withLibraryFindings } from './check-library-files.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findGuides, noGuideIn } from './find-guides.ts';
import { settingsNear } from './find-tools.ts';
import { shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { toSarif } from './sarif.ts';
import type { Terminal } from './terminal.ts';
import { readVersion } from './version.ts';
import { type ThroughFlags, workThrough } from './work-through.ts';

export interface CheckFlags extends ThroughFlags {
  readonly format: 'text' | 'json' | 'sarif';
  readonly config?: string;
  readonly explain: boolean;
  readonly fix: boolean;
  readonly baseline?: string;
  readonly writeBaseline: boolean;
  /** A day such as `2026-03-02`. */
  readonly today?: string;
}

/** More guides than this are not kept in memory while the others are read. */
const mostKept = 100;

/**
 * Checks every guide, and all of them together. Exit 1 when there is an error among the findings. A guide that cannot be checked is
 * told, and the findings of the others are printed.
 */
export async function checkCommand(paths: readonly string[], flags: CheckFlags, terminal: Terminal): Promise<ExitCode> {
  if (flags.today !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(flags.today))
    throw usageError(`--today ${printableLine(flags.today)}: expected a date such as 2026-03-02.`);
  const { guides, others } = await findGuides(paths, flags.config);
  if (guides.length === 0) throw noGuideIn(paths);
  const { checked, ended } = await checkEach(
    guides.map(({ file }) => file),
    flags,
    terminal,
  );
  if (ended === exitCode.interrupted || (ended !== exitCode.ok && checked.length === 0)) return ended;
  const settingsFor = settingsByFolder();
  const rules = others.flatMap((file) => {
    const settings = settingsFor(flags.config, file);
    return isIgnored(settings, file) ? [] : [{ file, severities: settings.check.severities }];
  });
  const code = tellFindings(await withLibraryFindings(checked, rules), paths, flags, terminal);
  return ended === exitCode.ok ? code : ended;
}

async function checkEach(files: readonly string[], flags: CheckFlags, terminal: Terminal) {
  const { config, explain, fix, format } = flags;
  const today = flags.today ?? new Date().toISOString().slice(0, 10);
  const keepText = files.length <= mostKept;
  const jobs = files.map((file) => ({
    file,
    ...(config !== undefined && { config }),
    explain,
    fix,
    today,
    keepText,
  }));
  // Tools are asked one after the other; what other programs read has no progress beside it.
  const through = {
    quiet: flags.quiet || format !== 'text',
    ...(explain ? { jobs: 1 } : flags.jobs !== undefined && { jobs: flags.jobs }),
  };
  const checked: CheckedGuide[] = [];
  const ended = await workThrough('check', jobs, { doing: 'Checking', flags: through, terminal }, (one) => {
    if (!one) return;
    checked.push(one);
    if (one.fixed > 0)
      terminal.err(`${shownPath(one.file)}: ${one.fixed} ${one.fixed === 1 ? 'finding' : 'findings'} repaired.\n`);
    for (const { actions, because } of one.notExplained)
      terminal.err(`${shownPath(one.file)}: not explained: ${actions.join(', ')}: ${printableLine(because)}\n`);
  });
  return { checked, ended };
}

/** Prints what the baseline does not know, or writes it; 1 when there is an error. */
function tellFindings(
  all: readonly CheckedFile[],
  paths: readonly string[],
  flags: CheckFlags,
  terminal: Terminal,
): ExitCode {
  const baseline = baselineOf(paths, flags);
  if (flags.writeBaseline) {
    if (baseline === null)
      throw usageError(
        '--write-baseline needs a file.',
        'name one with `--baseline`, or as `check.baseline` in tsg.yaml.',
      );
    const count = writeBaseline(baseline, all);
    terminal.out(`${shownPath(baseline)}: ${count} ${count === 1 ? 'finding' : 'findings'} known.\n`);
    return exitCode.ok;
  }
  const { checked, known, gone } =
    baseline === null ? { checked: all, known: 0, gone: 0 } : applyBaseline(baseline, all);
  print(checked, flags, terminal);
  if (baseline !== null && flags.format === 'text') {
    if (known > 0) terminal.out(`${known} more ${known === 1 ? 'is' : 'are'} known from ${shownPath(baseline)}.\n`);
    if (gone > 0)
      terminal.out(
        `${gone} of ${shownPath(baseline)} ${gone === 1 ? 'is' : 'are'} gone; --write-baseline takes them out.\n`,
      );
  }
  return checked.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error'))
    ? exitCode.guide
    : exitCode.ok;
}

function print(checked: readonly CheckedFile[], flags: CheckFlags, terminal: Terminal): void {
  if (flags.format === 'json') {
    const all = checked.flatMap(({ source, diagnostics }) => {
      if (diagnostics.length === 0) return [];
      const { file, lines } = source();
      return diagnostics.map((diagnostic) => toJsonDiagnostic(file, lines, diagnostic));
    });
    terminal.out(`${JSON.stringify(all, null, 2)}\n`);
  } else if (flags.format === 'sarif') {
    terminal.out(`${JSON.stringify(toSarif(checked, readVersion()), null, 2)}\n`);
  } else {
    for (const { diagnostics, source } of checked) {
      if (diagnostics.length > 0)
        printDiagnostics({ diagnostics, source: source() }, terminal, { to: 'out', least: 'hint' });
    }
    terminal.out(`${summary(checked)}\n`);
  }
}

/** The baseline that the user names, or that of the settings around the first path. */
function baselineOf(paths: readonly string[], { baseline, config }: CheckFlags): string | null {
  if (baseline !== undefined) return resolve(baseline);
  const { check, folder } = settingsNear(
    config,
    paths.map((path) => join(path, 'x')),
  );
  return check.baseline === undefined ? null : resolve(folder, check.baseline);
}

function summary(checked: readonly CheckedFile[]): string {
  const all = checked.flatMap(({ diagnostics }) => diagnostics);
  const count = (severity: Diagnostic['severity'], one: string, many: string): string => {
    const number = all.filter((diagnostic) => diagnostic.severity === severity).length;
    return `${number} ${number === 1 ? one : many}`;
  };
  const files = checked.filter(({ file }) => !/\.ya?ml$/i.test(file)).length;
  const guides = `${files} ${files === 1 ? 'guide' : 'guides'}`;
  return `${guides}: ${count('error', 'error', 'errors')}, ${count('warning', 'warning', 'warnings')}, ${count('information', 'remark', 'remarks')}, ${count('hint', 'hint', 'hints')}.`;
}
