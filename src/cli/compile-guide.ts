// Compiles one guide: the text that is written for it, and what is told of it on the error output.
import { writeDot, writeMermaid, writePlanDag, writeSop } from '../plan/index.ts';
import { loadGuide, type LoadedGuide } from './load-guide.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { printNotes } from './print-notes.ts';
import { type Look, printed } from './terminal.ts';

export type CompileFormat = 'plandag' | 'sop' | 'mermaid' | 'dot' | 'svg' | 'html';

export interface CompileJob {
  readonly file: string;
  readonly format: CompileFormat;
  /** The terminal that what is told will be printed on. */
  readonly look: Look;
}

export interface CompiledGuide {
  readonly text: string;
  /** For the error output. */
  readonly told: string;
  readonly errors: number;
}

export async function compileGuide({ file, format, look }: CompileJob): Promise<CompiledGuide> {
  const loaded = await loadGuide(file, { languages: null, onlyErrors: true, fileAs: 'name' });
  let errors = 0;
  const told = printed(look, (terminal) => {
    errors = printDiagnostics(loaded, terminal, { to: 'err', least: 'error' });
    printNotes(loaded, terminal);
  });
  return { text: await writeAs(format, loaded), told, errors };
}

async function writeAs(format: CompileFormat, { plan, source }: LoadedGuide): Promise<string> {
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
