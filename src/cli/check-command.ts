// `tsg check`: what is wrong with guides, as text with carets, or as JSON or SARIF for other programs.
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { globMatcher } from '../base/index.ts';
import { diagnoseExplanation } from '../check/index.ts';
import { sortDiagnostics, toJsonDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Parameter } from '../plan/index.ts';
import { dryRun, type ParameterValue } from '../run/index.ts';
import { applyBaseline, writeBaseline, type CheckedFile } from './baseline-file.ts';
import { withLibraryFindings, type WeighedGuide } from './check-library-files.ts';
import { CommandError, exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findTools, settingsNear, type FoundTools } from './find-tools.ts';
import { fixGuide } from './fix-guide.ts';
import { describeFileError, shownPath } from './guide-text.ts';
import { isPlanFile, loadGuide, type LoadedGuide } from './load-guide.ts';
import { printableLine } from './printable-text.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { toSarif } from './sarif.ts';
import type { Terminal } from './terminal.ts';
import { readVersion } from './version.ts';

export interface CheckFlags {
  readonly format: 'text' | 'json' | 'sarif';
  readonly config?: string;
  readonly explain: boolean;
  readonly fix: boolean;
  readonly baseline?: string;
  readonly writeBaseline: boolean;
  /** A day such as `2026-03-02`. */
  readonly today?: string;
}

/** Checks every guide, and all of them together. Exit 1 when there is an error among the findings. */
export async function checkCommand(paths: readonly string[], flags: CheckFlags, terminal: Terminal): Promise<ExitCode> {
  if (flags.today !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(flags.today))
    throw usageError(`--today ${printableLine(flags.today)}: expected a date such as 2026-03-02.`);
  const { guides, others } = await findGuides(paths);
  if (guides.length === 0)
    throw usageError(`No .md file in ${paths.map((path) => `\`${printableLine(path)}\``).join(', ')}.`);
  const loaded: WeighedGuide[] = [];
  for (const file of guides) {
    const one = await checkOne(file, flags, terminal);
    if (one) loaded.push(one);
  }
  const rules = others.flatMap((file) => {
    const settings = settingsNear(flags.config, [file]);
    return isIgnored(file, settings) ? [] : [{ file, severities: settings.check.severities }];
  });
  const all = await withLibraryFindings(loaded, rules);
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
    const all = checked.flatMap(({ source, diagnostics }) =>
      source ? diagnostics.map((diagnostic) => toJsonDiagnostic(source.file, source.lines, diagnostic)) : [],
    );
    terminal.out(`${JSON.stringify(all, null, 2)}\n`);
  } else if (flags.format === 'sarif') {
    terminal.out(`${JSON.stringify(toSarif(checked, readVersion()), null, 2)}\n`);
  } else {
    for (const one of checked) printDiagnostics(one, terminal, { to: 'out', least: 'hint' });
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

function isIgnored(file: string, settings: FoundTools['settings']): boolean {
  const path = relative(settings.folder, resolve(file)).split(sep).join('/');
  return settings.file !== null && globMatcher(settings.check.ignore)(path);
}

/** Null for a file that the settings ignore. */
async function checkOne(file: string, flags: CheckFlags, terminal: Terminal): Promise<WeighedGuide | null> {
  const tools = await findTools(flags.config, [file]);
  const { toolbox, settings } = tools;
  try {
    if (isIgnored(file, settings)) return null;
    const { severities, verifiedWithinDays } = settings.check;
    const known = {
      languages: settings.file === null ? null : toolbox.languages,
      severities,
      today: flags.today ?? new Date().toISOString().slice(0, 10),
      ...(verifiedWithinDays !== undefined && { verifiedWithinDays }),
    };
    if (flags.explain && settings.file === null)
      throw usageError('--explain needs tools, and there is no tsg.yaml.', 'name one with `--config`.');
    if (flags.fix && !isPlanFile(file)) {
      const fixed = await fixGuide(file, known);
      if (fixed > 0) terminal.err(`${shownPath(file)}: ${fixed} ${fixed === 1 ? 'finding' : 'findings'} repaired.\n`);
    }
    const loaded = await loadGuide(file, { ...known, fileAs: 'path' });
    if (!flags.explain) return { loaded, severities };
    const explained = sortDiagnostics([...loaded.diagnostics, ...(await explain(loaded, tools))]);
    return { loaded: { ...loaded, diagnostics: explained }, severities };
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== exitCode.guide) throw error;
    throw usageError(error.message);
  } finally {
    await toolbox.close();
  }
}

/** What the tools refuse. Values that are not known are invented; a refusal that is about one of those says nothing. */
async function explain(loaded: LoadedGuide, { toolbox, settings }: FoundTools): Promise<Diagnostic[]> {
  const { guide, plan } = loaded;
  if (!guide) return [];
  const invented = plan.guide.parameters
    .filter(({ name, default: preset }) => preset === undefined && settings.parameters[name] === undefined)
    .map((parameter) => [parameter.name, inventValue(parameter)] as const);
  const known = Object.entries(settings.parameters).filter(([name]) =>
    plan.guide.parameters.some((parameter) => parameter.name === name),
  );
  const parameters = { ...Object.fromEntries(known), ...Object.fromEntries(invented) };
  const report = await dryRun({ plan, toolbox, parameters, explain: true });
  const actions = new Map(plan.nodes.flatMap((node) => node.actions.map((action) => [action.id, action])));
  return report.steps
    .flatMap((step) => step.actions)
    .flatMap(({ id, explanation }) => {
      const action = actions.get(id);
      if (!action || explanation?.kind !== 'refused') return [];
      const aboutInvented = invented.some(
        ([, value]) => typeof value !== 'boolean' && explanation.failure.message.includes(String(value)),
      );
      return aboutInvented ? [] : [diagnoseExplanation(guide, action, explanation.failure)];
    });
}

/** A value that fits the parameter and is easily told from the author's own words. */
function inventValue({ name, type, examples }: Parameter): ParameterValue {
  const [example] = examples ?? [];
  switch (type) {
    case 'number':
    case 'integer':
      return 190807;
    case 'boolean':
      return true;
    case 'timestamp':
      return '1907-08-09T10:11:12Z';
    case 'duration':
      return '1907s';
    case 'string':
      return example ?? (/time|date|since|until/i.test(name) ? '1907-08-09T10:11:12Z' : 'invented-190807');
  }
}

/**
 * The files themselves, and every .md file below the folders, in order of name; others are YAML files, which may hold alert
 * rules. Hidden folders and node_modules are passed over.
 */
export async function findGuides(paths: readonly string[]): Promise<{ guides: string[]; others: string[] }> {
  const found: string[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch((error: unknown) => {
      throw usageError(`Cannot read \`${printableLine(path)}\`: ${describeFileError(error)}.`);
    });
    found.push(...(entry.isDirectory() ? await walk(path) : [path]));
  }
  const isRules = (file: string): boolean => /\.ya?ml$/i.test(file);
  const all = [...new Set(found)];
  return { guides: all.filter((file) => !isRules(file)), others: all.filter(isRules) };
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await walk(path)));
    else if (entry.isFile() && /\.(?:md|ya?ml)$/i.test(entry.name)) found.push(path);
  }
  return found;
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
