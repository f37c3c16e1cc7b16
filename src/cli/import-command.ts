// `tsg import`: Mermaid flowcharts, SOPs and foreign PlanDAG files as PlanDAG, on standard output or into files.
import { writePlanDag } from '../plan/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { shownPath } from './guide-text.ts';
import { isPlanFile, loadGuide } from './load-guide.ts';
import { printNotes } from './print-notes.ts';
import type { Terminal } from './terminal.ts';
import { openOutputs } from './write-outputs.ts';

/** Reads each file whole or not at all; what was read in a particular way is told on the error output. */
export async function importCommand(
  files: readonly string[],
  { output }: { readonly output?: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const guide = files.find((file) => !isPlanFile(file));
  if (guide !== undefined)
    throw usageError(
      `\`${shownPath(guide)}\` is not a flowchart, a procedure or a plan by its name.`,
      'they end in .mmd, .sop.json or .plandag.json; guides in markdown are read by `tsg compile`.',
    );
  const inputs = files.map((file) => ({ file }));
  const outputs = await openOutputs(inputs, { output, ending: '.plandag.json', inputs: 'files' }, terminal);
  for (const [index, file] of files.entries()) {
    const loaded = await loadGuide(file, { languages: null, fileAs: 'name' });
    printNotes(loaded, terminal);
    await outputs.write(index, writePlanDag(loaded.plan));
  }
  return exitCode.ok;
}
