// `tsg check`: what is wrong with guides, as text with carets or as JSON for other programs.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnoseExplanation } from '../check/index.ts';
import { sortDiagnostics, toJsonDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { dryRun } from '../run/index.ts';
import type { NodeToolbox } from '../tools/index.ts';
import { CommandError, exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findTools } from './find-tools.ts';
import { describeFileError } from './guide-text.ts';
import { loadGuide, type LoadedGuide } from './load-guide.ts';
import { printableLine } from './printable-text.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import type { Terminal } from './terminal.ts';

export interface CheckFlags {
  readonly format: 'text' | 'json';
  readonly config?: string;
  readonly explain: boolean;
}

/** Checks every guide. Exit 1 when there is an error among the findings. */
export async function checkCommand(paths: readonly string[], flags: CheckFlags, terminal: Terminal): Promise<ExitCode> {
  const files = await findGuides(paths);
  if (files.length === 0)
    throw usageError(`No .md file in ${paths.map((path) => `\`${printableLine(path)}\``).join(', ')}.`);
  const checked: LoadedGuide[] = [];
  for (const file of files) checked.push(await checkOne(file, flags));
  if (flags.format === 'json') {
    const all = checked.flatMap(({ source, diagnostics }) =>
      source ? diagnostics.map((diagnostic) => toJsonDiagnostic(source.file, source.lines, diagnostic)) : [],
    );
    terminal.out(`${JSON.stringify(all, null, 2)}\n`);
  } else {
    for (const loaded of checked) printDiagnostics(loaded, terminal, { to: 'out', least: 'hint' });
    terminal.out(`${summary(checked)}\n`);
  }
  return checked.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error'))
    ? exitCode.guide
    : exitCode.ok;
}

async function checkOne(file: string, flags: CheckFlags): Promise<LoadedGuide> {
  const { toolbox, settings } = await findTools(flags.config, [file]);
  try {
    if (flags.explain && settings.file === null)
      throw usageError('--explain needs tools, and there is no tsg.yaml.', 'name one with `--config`.');
    const loaded = await loadGuide(file, settings.file === null ? null : toolbox.languages);
    if (!flags.explain) return loaded;
    return { ...loaded, diagnostics: sortDiagnostics([...loaded.diagnostics, ...(await explain(loaded, toolbox))]) };
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== exitCode.guide) throw error;
    throw usageError(error.message);
  } finally {
    await toolbox.close();
  }
}

/** What the tools refuse. Queries with a value missing are explained with the parameter's default or not at all. */
async function explain(loaded: LoadedGuide, toolbox: NodeToolbox): Promise<Diagnostic[]> {
  const { guide, plan } = loaded;
  if (!guide) return [];
  const report = await dryRun({ plan, toolbox, explain: true });
  const actions = new Map(plan.nodes.flatMap((node) => node.actions.map((action) => [action.id, action])));
  return report.steps
    .flatMap((step) => step.actions)
    .flatMap(({ id, explanation }) => {
      const action = actions.get(id);
      if (!action || explanation?.kind !== 'refused') return [];
      return [diagnoseExplanation(guide, action, explanation.failure)];
    });
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
