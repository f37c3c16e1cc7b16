// What any text at all must survive: it is read, compiled and checked without a throw, and every span and line of the outcome lies
// inside of the text. Asked for, the editor's completion and hover answer at some places too.
import { check } from '../../src/check/index.ts';
import { compile } from '../../src/compile/index.ts';
import { analyze, completionsAt, hoverAt } from '../../src/editing/index.ts';
import { readGuide } from '../../src/guide/index.ts';

/** The first thing that is wrong with what became of a text, or null. */
export function whatBreaks(text: string, offsets: readonly number[] = []): string | null {
  try {
    const guide = readGuide(text);
    const { plan, diagnostics } = compile(guide, { file: 'mutant.md', sha256: '' });
    const found = check(guide, plan, { languages: null });
    const lines = text.split(/\r\n|[\r\n]/).length;
    const outside = misplaced(
      { root: guide.root, read: guide.diagnostics, plan, diagnostics, found },
      text.length,
      lines,
    );
    if (outside !== null) return outside;
    if (offsets.length === 0) return null;
    const analysis = analyze(text, { file: 'mutant.md', sha256: '', languages: null });
    for (const offset of offsets) {
      const hover = hoverAt(analysis, offset);
      const completions = completionsAt(text, offset, analysis, { tools: [], asked: true });
      const wrong = misplaced({ hover, completions }, text.length, lines);
      if (wrong !== null) return `at ${String(offset)}: ${wrong}`;
    }
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Where a value has `start` and `end` that are no span of the text, or lines that it has not; null when nowhere. */
function misplaced(value: unknown, length: number, lines: number): string | null {
  const seen = new Set<unknown>();
  const visit = (at: unknown, inProse: boolean): string | null => {
    if (at === null || typeof at !== 'object' || seen.has(at)) return null;
    seen.add(at);
    const { start, end, startLine, endLine } = at as Readonly<Record<string, unknown>>;
    // Marks inside of prose count from the start of its plain text.
    if (!inProse && typeof start === 'number' && typeof end === 'number') {
      if (!(start >= 0 && start <= end && end <= length)) return `: [${start}, ${end}) of ${length}`;
    }
    if (typeof startLine === 'number' && typeof endLine === 'number') {
      if (!(startLine >= 1 && startLine <= endLine && endLine <= lines)) {
        return `: lines ${startLine} to ${endLine} of ${lines}`;
      }
    }
    const isProse = 'plain' in at;
    for (const [name, member] of Object.entries(at)) {
      const wrong = visit(member, name !== 'span' && (inProse || isProse));
      if (wrong !== null) return `.${name}${wrong}`;
    }
    return null;
  };
  return visit(value, false);
}
