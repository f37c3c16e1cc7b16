// `tsg compile`: guides to PlanDAG, SOP, Mermaid, DOT, SVG or an HTML page, on standard output or into files.
import { relative } from 'node:path';
import type { CompileFormat } from './compile-guide.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { findGuides, noGuideIn } from './find-guides.ts';
import type { Terminal } from './terminal.ts';
import { type ThroughFlags, workThrough } from './work-through.ts';
import { openOutputs } from './write-outputs.ts';

export interface CompileFlags extends ThroughFlags {
  readonly output?: string;
  readonly format: CompileFormat;
}

const endings = {
  plandag: '.plandag.json',
  sop: '.sop.json',
  mermaid: '.mmd',
  dot: '.dot',
  svg: '.svg',
  html: '.html',
} as const;

/**
 * Compiles each guide, and each below the folders. Errors of a guide are printed and make the exit code 1; its plan is written all
 * the same. A guide that cannot be compiled is told, and the others are written.
 */
export async function compileCommand(
  paths: readonly string[],
  flags: CompileFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { format, output } = flags;
  const { guides } = await findGuides(paths);
  if (guides.length === 0) throw noGuideIn(paths);
  const inputs = guides.map(({ file, folder }) => ({
    file,
    ...(folder !== undefined && { below: relative(folder, file) }),
  }));
  const outputs = await openOutputs(inputs, { output, ending: endings[format], inputs: 'guides' }, terminal);
  const look = { width: terminal.width, coloured: terminal.coloured };
  const jobs = guides.map(({ file }) => ({ file, format, look }));
  let errors = 0;
  const ended = await workThrough('compile', jobs, { doing: 'Compiling', flags, terminal }, async (made, index) => {
    errors += made.errors;
    if (made.told !== '') terminal.err(made.told);
    await outputs.write(index, made.text);
  });
  return ended === exitCode.ok && errors > 0 ? exitCode.guide : ended;
}
