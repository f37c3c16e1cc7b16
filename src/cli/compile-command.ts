// `tsg compile`: guides to PlanDAG, SOP, Mermaid, DOT, SVG or an HTML page, on standard output or into files.
import { writeDot, writeMermaid, writePlanDag, writeSop } from '../plan/index.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { loadGuide, type LoadedGuide } from './load-guide.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { printNotes } from './print-notes.ts';
import type { Terminal } from './terminal.ts';
import { writeOutputs } from './write-outputs.ts';

export interface CompileFlags {
  readonly output?: string;
  readonly format: 'plandag' | 'sop' | 'mermaid' | 'dot' | 'svg' | 'html';
}

const endings = {
  plandag: '.plandag.json',
  sop: '.sop.json',
  mermaid: '.mmd',
  dot: '.dot',
  svg: '.svg',
  html: '.html',
} as const;

/** Compiles each guide. Errors of a guide are printed and make the exit code 1; its plan is written all the same. */
export async function compileCommand(
  guides: readonly string[],
  { output, format }: CompileFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  let errors = 0;
  await writeOutputs(guides, { output, ending: endings[format], inputs: 'guides' }, terminal, async (guide) => {
    const loaded = await loadGuide(guide, { languages: null, fileAs: 'name' });
    errors += printDiagnostics(loaded, terminal, { to: 'err', least: 'error' });
    printNotes(loaded, terminal);
    return writeAs(format, loaded);
  });
  return errors > 0 ? exitCode.guide : exitCode.ok;
}

async function writeAs(format: CompileFlags['format'], { plan, source }: LoadedGuide): Promise<string> {
  switch (format) {
    case 'plandag':
      return writePlanDag(plan);
    case 'sop':
      return writeSop(plan);
    case 'mermaid':
      return writeMermaid(plan);
    case 'dot':
      return writeDot(plan);
    case 'svg': {
      const { layoutPlan, renderSvg } = await import('../diagram/index.ts');
      return renderSvg(await layoutPlan(plan, {}), {});
    }
    case 'html': {
      const { writeHtml } = await import('./write-html.ts');
      return writeHtml(plan, source);
    }
  }
}
