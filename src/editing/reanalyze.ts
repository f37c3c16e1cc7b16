// Brings an analysis up to date after an edit, at the cost of what changed: the guide is read again by chapters, and compiling
// and checking it remember what they found out about the rest. Its places are led back to the text as written at the end.
import { checkInTurns, settleDiagnostics } from '../check/index.ts';
import { compile } from '../compile/index.ts';
import { sortDiagnostics, type Diagnostic, type TextEdit } from '../diagnostics/index.ts';
import { asWritten, readLoose, rereadLoose, writtenPlaces, type Guide, type LooseGuide } from '../guide/index.ts';
import type { Plan } from '../plan/index.ts';
import { toEnd, type Span, type Turns } from '../base/index.ts';
import type { Analysis, AnalyzeAbout } from './analyze.ts';
import { planAsWritten } from './plan-as-written.ts';

/** An analysis that can be brought up to date. `guide` and `plan` are led back to the text when they are first asked for. */
export interface LiveAnalysis extends Analysis {
  readonly reading: LooseGuide;
  /** How many times it was brought up to date since all was read. */
  readonly edits: number;
}

/**
 * After so many edits a guide is read from scratch again, in portions. What is remembered of a part that stayed may hold parts that
 * were beside it long ago, so that hours of typing would fill the memory bit by bit.
 */
const mostEdits = 1000;

/** The analysis of `text`: the same as `analyze` gives. `before` is one of an earlier text of the same guide. */
export function reanalyze(before: LiveAnalysis | null, text: string, about: AnalyzeAbout): LiveAnalysis {
  return toEnd(inTurns(before, text, about));
}

/** The same in turns of a few milliseconds for a guide of 10,000 lines. */
function* inTurns(before: LiveAnalysis | null, text: string, about: AnalyzeAbout): Turns<LiveAnalysis> {
  const reading = before ? rereadLoose(before.reading, text) : readLoose(text);
  const { loose } = reading;
  const { plan: loosePlan, diagnostics: reports } = compile(loose, { file: about.file, sha256: about.sha256 });
  yield;
  const checked = yield* checkInTurns(loose, loosePlan, about);
  yield;
  const found = [...loose.diagnostics, ...reports, ...checked];
  const settled = settleDiagnostics(loose, found, about.severities);
  const places = writtenPlaces(reading);
  let guide: Guide | null = null;
  let plan: Plan | null = null;
  return {
    reading,
    edits: before ? before.edits + 1 : 0,
    get guide() {
      return (guide ??= asWritten(reading));
    },
    get plan() {
      return (plan ??= planAsWritten(reading, loosePlan));
    },
    diagnostics: sortDiagnostics(settled.map((diagnostic) => moveDiagnostic(diagnostic, places.offset))),
  };
}

/** Most new text, in UTF-16 code units, that is analysed at once: a few milliseconds' worth. */
const portion = 4000;

/**
 * The same in portions: a text that holds some more of what is new is analysed, turn by turn, then one with more of it, so that a
 * host can attend to other things between them. Each gives the last analysis that was done. A small edit is one portion. Returns the
 * analysis of the whole text.
 */
export function* reanalyzeInPortions(
  last: LiveAnalysis | null,
  text: string,
  about: AnalyzeAbout,
): Generator<LiveAnalysis | null, LiveAnalysis> {
  const before = last && last.edits < mostEdits ? last : null;
  const old = before?.reading.text ?? '';
  const head = sameLength(old, text, Math.min(old.length, text.length), (one, at, end) => one.slice(at, end));
  const tail = sameLength(old, text, Math.min(old.length, text.length) - head, (one, at, end) =>
    one.slice(one.length - end, one.length - at),
  );
  const end = text.length - tail;
  let at = portionEnd(text, head + portion);
  if (at >= end) return reanalyze(before, text, about);
  let analysis = before;
  for (;;) {
    const turns = inTurns(analysis, at < end ? text.slice(0, at) + text.slice(end) : text, about);
    let next = turns.next();
    for (; next.done !== true; next = turns.next()) yield analysis;
    analysis = next.value;
    if (at >= end) return analysis;
    yield analysis;
    at = portionEnd(text, at + portion);
  }
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
