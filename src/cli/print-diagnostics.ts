// Findings of a guide for people: each with its line and carets, coloured where the terminal takes it, then a count.
import { renderDiagnostic, type DiagnosticPart, type Severity } from '../diagnostics/index.ts';
import type { LoadedGuide } from './load-guide.ts';
import type { Style, Terminal } from './terminal.ts';

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

const styles: Readonly<Partial<Record<DiagnosticPart, Style>>> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
  hint: 'green',
  message: 'bold',
  frame: 'dim',
  label: 'blue',
};

/** Prints the findings that matter at least as much as `least`; returns how many errors there are. */
export function printDiagnostics(
  loaded: Pick<LoadedGuide, 'diagnostics' | 'source'>,
  terminal: Terminal,
  { to, least }: { readonly to: 'out' | 'err'; readonly least: Severity },
): number {
  const { source } = loaded;
  if (!source) return 0;
  const paint = (part: DiagnosticPart, text: string): string => {
    const style = styles[part];
    return style === undefined ? text : terminal.styled(style, text);
  };
  for (const diagnostic of loaded.diagnostics) {
    if (rank[diagnostic.severity] > rank[least]) continue;
    const options = { width: Math.max(40, terminal.width - 8), paint };
    terminal[to](`${renderDiagnostic(source.file, source.text, source.lines, diagnostic, options)}\n\n`);
  }
  return loaded.diagnostics.filter(({ severity }) => severity === 'error').length;
}
