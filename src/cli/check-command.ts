// `tsg check`: what is wrong with guides, as text with carets, or as JSON or SARIF for other programs.
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { globMatcher } from '../base/index.ts';
import { diagnoseExplanation } from '../check/index.ts';
import { sortDiagnostics, toJsonDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Parameter } from '../plan/index.ts';
import { dryRun, type ParameterValue } from '../run/index.ts';
import { CommandError, exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findTools, type FoundTools } from './find-tools.ts';
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
}

/** Checks every guide. Exit 1 when there is an error among the findings. */
export async function checkCommand(paths: readonly string[], flags: CheckFlags, terminal: Terminal): Promise<ExitCode> {
  const files = await findGuides(paths);
  if (files.length === 0)
    throw usageError(`No .md file in ${paths.map((path) => `\`${printableLine(path)}\``).join(', ')}.`);
  const checked: LoadedGuide[] = [];
  for (const file of files) {
    const one = await checkOne(file, flags, terminal);
    if (one) checked.push(one);
  }
  if (flags.format === 'json') {
    const all = checked.flatMap(({ source, diagnostics }) =>
      source ? diagnostics.map((diagnostic) => toJsonDiagnostic(source.file, source.lines, diagnostic)) : [],
    );
    terminal.out(`${JSON.stringify(all, null, 2)}\n`);
  } else if (flags.format === 'sarif') {
    terminal.out(`${JSON.stringify(toSarif(checked, readVersion()), null, 2)}\n`);
  } else {
    for (const loaded of checked) printDiagnostics(loaded, terminal, { to: 'out', least: 'hint' });
    terminal.out(`${summary(checked)}\n`);
  }
  return checked.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error'))
    ? exitCode.guide
    : exitCode.ok;
}

/** Null for a file that the settings ignore. */
async function checkOne(file: string, flags: CheckFlags, terminal: Terminal): Promise<LoadedGuide | null> {
  const tools = await findTools(flags.config, [file]);
  const { toolbox, settings } = tools;
  try {
    const path = relative(settings.folder, resolve(file)).split(sep).join('/');
    if (settings.file !== null && globMatcher(settings.check.ignore)(path)) return null;
    const known = {
      languages: settings.file === null ? null : toolbox.languages,
      severities: settings.check.severities,
    };
    if (flags.explain && settings.file === null)
      throw usageError('--explain needs tools, and there is no tsg.yaml.', 'name one with `--config`.');
    if (flags.fix && !isPlanFile(file)) {
      const fixed = await fixGuide(file, known);
      if (fixed > 0) terminal.err(`${shownPath(file)}: ${fixed} ${fixed === 1 ? 'finding' : 'findings'} repaired.\n`);
    }
    const loaded = await loadGuide(file, { ...known, fileAs: 'path' });
    if (!flags.explain) return loaded;
    return { ...loaded, diagnostics: sortDiagnostics([...loaded.diagnostics, ...(await explain(loaded, tools))]) };
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

/** The files themselves, and every .md file below the folders, in order of name. Hidden folders and node_modules are passed over. */
async function findGuides(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch((error: unknown) => {
      throw usageError(`Cannot read \`${printableLine(path)}\`: ${describeFileError(error)}.`);
    });
    found.push(...(entry.isDirectory() ? await walk(path) : [path]));
  }
  return [...new Set(found)];
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await walk(path)));
    else if (entry.isFile() && entry.name.toLowerCase().endsWith('.md')) found.push(path);
  }
  return found;
}

function summary(checked: readonly LoadedGuide[]): string {
  const all = checked.flatMap(({ diagnostics }) => diagnostics);
  const count = (severity: Diagnostic['severity'], one: string, many: string): string => {
    const number = all.filter((diagnostic) => diagnostic.severity === severity).length;
    return `${number} ${number === 1 ? one : many}`;
  };
  const guides = `${checked.length} ${checked.length === 1 ? 'guide' : 'guides'}`;
  return `${guides}: ${count('error', 'error', 'errors')}, ${count('warning', 'warning', 'warnings')}, ${count('information', 'remark', 'remarks')}, ${count('hint', 'hint', 'hints')}.`;
}
