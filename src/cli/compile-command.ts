// `tsg compile`: guides to PlanDAG, SOP, Mermaid or SVG, on standard output or into files.
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeMermaid, writePlanDag, writeSop, type Plan } from '../plan/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { describeFileError, shownPath } from './guide-text.ts';
import { loadGuide } from './load-guide.ts';
import { printableLine } from './printable-text.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import type { Terminal } from './terminal.ts';

export interface CompileFlags {
  readonly output?: string;
  readonly format: 'plandag' | 'sop' | 'mermaid' | 'svg';
}

const endings = { plandag: '.plandag.json', sop: '.sop.json', mermaid: '.mmd', svg: '.svg' } as const;

/** Compiles each guide. Errors of a guide are printed and make the exit code 1; its plan is written all the same. */
export async function compileCommand(
  guides: readonly string[],
  flags: CompileFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { output, format } = flags;
  const intoFolder = output !== undefined && (guides.length > 1 || (await isFolder(output)));
  if (output === undefined && guides.length > 1)
    throw usageError('Several guides need a folder to write to.', 'add `-o FOLDER`.');
  const written = new Map<string, string>();
  let errors = 0;
  for (const guide of guides) {
    const loaded = await loadGuide(guide, { languages: null, fileAs: 'name' });
    errors += printDiagnostics(loaded, terminal, { to: 'err', least: 'error' });
    const text = await writeAs(format, loaded.plan);
    if (output === undefined) {
      terminal.out(text);
      continue;
    }
    const file = intoFolder ? join(output, nameOf(guide) + endings[format]) : output;
    const other = written.get(file);
    if (other !== undefined)
      throw usageError(
        `\`${shownPath(other)}\` and \`${shownPath(guide)}\` would both be written to \`${shownPath(file)}\`.`,
      );
    written.set(file, guide);
    await save(file, text);
  }
  return errors > 0 ? exitCode.guide : exitCode.ok;
}

async function writeAs(format: CompileFlags['format'], plan: Plan): Promise<string> {
  switch (format) {
    case 'plandag':
      return writePlanDag(plan);
    case 'sop':
      return writeSop(plan);
    case 'mermaid':
      return writeMermaid(plan);
    case 'svg': {
      const { layoutPlan, renderSvg } = await import('../diagram/index.ts');
      return renderSvg(await layoutPlan(plan, {}), {});
    }
  }
}

/** `NAME` for NAME.md, NAME.plandag.json and NAME.tsg.md alike - except that `.tsg` is part of the guide's name. */
function nameOf(guide: string): string {
  return basename(guide).replace(/(\.plandag)?\.json$|\.(md|markdown)$/i, '');
}

async function save(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw usageError(`Cannot write \`${printableLine(file)}\`: ${describeFileError(error)}.`);
  }
}

/** A folder that exists, or a path that is clearly meant as one. */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found ? found.isDirectory() : /[/\\]$/.test(path);
}
