// Reads, compiles and checks one text. The editor, the command line and the tests all ask here, so that they agree.
import { check, checkForErrors, settleDiagnostics, type CheckAbout } from '../check/index.ts';
import { compile, type CompileAbout } from '../compile/index.ts';
import { sortDiagnostics, type Diagnostic } from '../diagnostics/index.ts';
import { readGuide, type Guide } from '../guide/index.ts';
import type { Plan } from '../plan/index.ts';

/** What the host knows of the text: its name, the digest of its bytes, and the tools that are configured. */
export interface AnalyzeAbout extends CheckAbout {
  readonly file: string;
  readonly sha256: string;
}

/** Everything known of one version of a text; the diagnostics are in the order of the text, each once. */
export interface Analysis {
  readonly guide: Guide;
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

/** Pure; never throws on any text. */
export function analyze(text: string, about: AnalyzeAbout): Analysis {
  const guide = readGuide(text);
  const { plan, diagnostics } = compile(guide, { file: about.file, sha256: about.sha256 });
  const found = [...guide.diagnostics, ...diagnostics, ...check(guide, plan, about)];
  return { guide, plan, diagnostics: sortDiagnostics(settleDiagnostics(guide, found, about.severities)) };
}

/** A text's plan with its errors, at two thirds of the cost; weights of settings, which may make other findings errors, do not count. */
export function analyzeForErrors(text: string, about: Omit<AnalyzeAbout, 'severities'>): Analysis {
  const guide = readGuide(text);
  const { plan, diagnostics } = compile(guide, { file: about.file, sha256: about.sha256 });
  const found = [...guide.diagnostics, ...diagnostics, ...checkForErrors(guide, plan, about)];
  const errors = settleDiagnostics(guide, found).filter(({ severity }) => severity === 'error');
  return { guide, plan, diagnostics: sortDiagnostics(errors) };
}

/** A text's plan without its findings, for what looks at many guides. */
export function planOf(text: string, about: CompileAbout): Pick<Analysis, 'guide' | 'plan'> {
  const guide = readGuide(text);
  return { guide, plan: compile(guide, about).plan };
}
