// Brings an analysis up to date after an edit, at the cost of what changed: the guide is read again by chapters, and compiling
// and checking it remember what they found out about the rest. Its places are led back to the text as written at the end.
import { check, settleDiagnostics } from '../check/index.ts';
import { compile } from '../compile/index.ts';
import { sortDiagnostics, type Diagnostic, type TextEdit } from '../diagnostics/index.ts';
import { asWritten, readLoose, rereadLoose, writtenPlaces, type Guide, type LooseGuide } from '../guide/index.ts';
import { movePlan, type Plan } from '../plan/index.ts';
import type { Span } from '../base/index.ts';
import type { Analysis, AnalyzeAbout } from './analyze.ts';

/** An analysis that can be brought up to date. `guide` and `plan` are led back to the text when they are first asked for. */
export interface LiveAnalysis extends Analysis {
  readonly reading: LooseGuide;
}

/** The analysis of `text`: the same as `analyze` gives. `before` is one of an earlier text of the same guide. */
export function reanalyze(before: LiveAnalysis | null, text: string, about: AnalyzeAbout): LiveAnalysis {
  const reading = before ? rereadLoose(before.reading, text) : readLoose(text);
  const { loose } = reading;
  const { plan: loosePlan, diagnostics: reports } = compile(loose, { file: about.file, sha256: about.sha256 });
  const found = [...loose.diagnostics, ...reports, ...check(loose, loosePlan, about)];
  const settled = settleDiagnostics(loose, found, about.severities);
  const places = writtenPlaces(reading);
  let guide: Guide | null = null;
  let plan: Plan | null = null;
  return {
    reading,
    get guide() {
      return (guide ??= asWritten(reading));
    },
    get plan() {
      return (plan ??= movePlan(loosePlan, places));
    },
    diagnostics: sortDiagnostics(settled.map((diagnostic) => moveDiagnostic(diagnostic, places.offset))),
  };
}

/** Most new text, in UTF-16 code units, that is analysed at once: a few milliseconds' worth. */
const portion = 4000;

/**
 * The same in portions: each step analyses a text that holds some more of what is new, so that a host can attend to other
 * things between them. A small edit is one step. Returns the analysis of the whole text.
 */
export function* reanalyzeInPortions(
  before: LiveAnalysis | null,
  text: string,
  about: AnalyzeAbout,
): Generator<LiveAnalysis, LiveAnalysis> {
  const old = before?.reading.text ?? '';
  const head = sameLength(old, text, Math.min(old.length, text.length), (one, at, end) => one.slice(at, end));
  const tail = sameLength(old, text, Math.min(old.length, text.length) - head, (one, at, end) =>
    one.slice(one.length - end, one.length - at),
  );
  const end = text.length - tail;
  let analysis = before;
  for (let at = portionEnd(text, head + portion); at < end; at = portionEnd(text, at + portion)) {
    analysis = reanalyze(analysis, text.slice(0, at) + text.slice(end), about);
    yield analysis;
  }
  return reanalyze(analysis, text, about);
}

/** About how many characters two texts have in common, at most `most`; `part` takes those from one place to another. */
function sameLength(
  a: string,
  b: string,
  most: number,
  part: (text: string, at: number, end: number) => string,
): number {
  const stride = 1000;
  let at = 0;
  while (at + stride <= most && part(a, at, at + stride) === part(b, at, at + stride)) at += stride;
  return at;
}

/** The end of the line that `at` is in. */
function portionEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function moveDiagnostic(diagnostic: Diagnostic, offset: (at: number) => number): Diagnostic {
  const moveSpan = ({ start, end }: Span): Span => ({ start: offset(start), end: offset(end) });
  return {
    ...diagnostic,
    span: moveSpan(diagnostic.span),
    labels: diagnostic.labels.map(({ span, message }) => ({ span: moveSpan(span), message })),
    fixes: diagnostic.fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map(({ span, newText }): TextEdit => ({ span: moveSpan(span), newText })),
    })),
  };
}
