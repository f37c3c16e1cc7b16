// "Fix all": applies what is certain. A finding with several fixes leaves a choice to the author, and a hint is no fault, so
// neither is touched.
import { type Diagnostic, type Fix, type TextEdit } from '../diagnostics/index.ts';
import { analyze, type Analysis, type AnalyzeAbout } from './analyze.ts';
import { applyFixes, compatibleEdits } from './fixes.ts';

/** Findings that fix-all repairs, in the order of the text. */
export function certainFixes({ diagnostics }: Pick<Analysis, 'diagnostics'>): readonly Diagnostic[] {
  return diagnostics.filter(({ fixes, severity }) => fixes.length === 1 && severity !== 'hint');
}

/** The edits of all certain fixes that can be made at once; one that an earlier one makes impossible waits for the next time. */
export function fixAllEdits(analysis: Pick<Analysis, 'diagnostics'>): readonly TextEdit[] {
  return compatibleEdits(fixesOf(analysis));
}

/** A text with everything repaired that is certain, and how many findings went. */
export interface FixedText {
  readonly text: string;
  readonly fixed: number;
}

/** Repairs, looks again and repairs what that brought up, until nothing certain is left. Ends: rounds are bounded. */
export function fixAll(text: string, about: AnalyzeAbout): FixedText {
  let current = text;
  let analysis = analyze(text, about);
  const before = analysis.diagnostics.length;
  for (let round = 0; round < mostRounds; round++) {
    const fixes = fixesOf(analysis);
    if (fixes.length === 0) break;
    const next = applyFixes(current, fixes);
    if (next === current) break;
    const after = analyze(next, about);
    // A repair that brings more than it takes away is no repair.
    if (after.diagnostics.length > analysis.diagnostics.length) break;
    [current, analysis] = [next, after];
  }
  return { text: current, fixed: current === text ? 0 : Math.max(1, before - analysis.diagnostics.length) };
}

const mostRounds = 5;

function fixesOf(analysis: Pick<Analysis, 'diagnostics'>): readonly Fix[] {
  return certainFixes(analysis).flatMap(({ fixes }) => fixes);
}
