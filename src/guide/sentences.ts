// Cuts prose into sentences and leads a place in the plain words back to the guide.
import { countBefore, narrow, onceFor, type Span } from '../base/index.ts';
import { opensParallelCase } from './parallel-cases.ts';
import type { InlineComment, Mark, Prose } from './guide.ts';

/**
 * One sentence of a prose: a range of its `plain` text and the words in it.
 *
 *     **This resolves it.** Otherwise, wait.
 *       ^^^^^^^^^^^^^^^^^^   `span` covers the words from first to last, without the markup around them
 */
export interface Sentence {
  readonly prose: Prose;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly span: Span;
  readonly codes: readonly Mark[];
  /** Comments that stand right after the sentence or in it. */
  readonly comments: readonly InlineComment[];
}

const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|no|nos|approx|incl|fig|cf|dr|mr|ms|st|sec|resp|min|max)\.$/i;

/** "Wait 5 min. Still slow?", "the disk etc. Then go on.": units and "etc." end a sentence where a capital begins the next. */
const mayEnd = /(?:\betc|\d\s*(?:min|sec))\.$/i;

function isAbbreviated(words: string, next: string): boolean {
  return abbreviation.test(words) && !(mayEnd.test(words) && /\p{Lu}/u.test(next));
}

/** Offset in the guide of an offset in `prose.plain`. The end of the text maps to the end of its last character. */
export function sourceOffset(prose: Prose, plain: number): number {
  const { runs } = prose;
  if (runs.length === 0) return prose.span.start;
  const begun = countBefore(runs.length, (place) => (runs[place]?.plain ?? 0) <= plain);
  const run = runs[Math.max(0, begun - 1)] ?? { plain: 0, source: prose.span.start };
  return Math.max(prose.span.start, Math.min(run.source + plain - run.plain, prose.span.end));
}

/** The characters of the guide that `plain[start, end)` came from, markup between them included. */
export function sourceSpan(prose: Prose, start: number, end: number): Span {
  const from = sourceOffset(prose, start);
  return { start: from, end: end > start ? Math.max(from, sourceOffset(prose, end - 1) + 1) : from };
}

/** The sentences of a prose, in order; together they hold every word of it. Cut once for each prose. */
export const sentencesOf: (prose: Prose) => readonly Sentence[] = onceFor(cutSentences);

function cutSentences(prose: Prose): Sentence[] {
  const { plain } = prose;
  const found: Sentence[] = [];
  let start = 0;
  let code = 0;
  let bracket = -1;
  let broken = 0;
  const cut = (end: number): void => {
    let from = start;
    let to = end;
    while (from < to && isSpace(plain.charCodeAt(from))) from++;
    while (to > from && isSpace(plain.charCodeAt(to - 1))) to--;
    if (start === bracket && to > from) {
      from++;
      to -= /\)[.!]?$/.exec(plain.slice(from, to))?.[0].length ?? 0;
    }
    if (to > from) found.push(makeSentence(prose, from, to, start, end));
    start = end;
  };
  for (let i = 0; i < plain.length; i++) {
    const unit = plain.charCodeAt(i);
    if (
      (unit === 58 && opensBehind(plain, start, i)) ||
      (unit === 59 && (opensNext(plain, i) || opensCase(prose, start, i))) ||
      ((unit === 59 || unit === 44) && isOther(plain.charCodeAt(i + 2)) && opensOther(prose, start, i)) ||
      ((unit === 59 || unit === 44 || unit === 97 || unit === 101 || unit === 111) && opensParallel(prose, start, i))
    ) {
      cut(unit === 59 || unit === 44 || unit === 58 ? i + 1 : i);
      continue;
    }
    if (unit === 32 && broken < prose.breaks.length) {
      while ((prose.breaks[broken] ?? Infinity) < i) broken++;
      if (prose.breaks[broken] === i && opensLine(plain, i)) {
        cut(i);
        continue;
      }
    }
    if (unit === 40 && opensBracket(prose, i)) {
      cut(i);
      bracket = i;
      continue;
    }
    if (unit !== 46 && unit !== 33 && unit !== 63 && unit !== 10) continue;
    while (code < prose.codes.length && (prose.codes[code]?.end ?? 0) <= i) code++;
    if ((prose.codes[code]?.start ?? Infinity) <= i) continue;
    if (unit === 10) {
      cut(i + 1);
      continue;
    }
    let after = i + 1;
    while (after < plain.length && /['")\]’”.!?]/.test(plain[after] ?? '')) after++;
    if (after < plain.length && !isSpace(plain.charCodeAt(after))) continue;
    let next = after;
    while (next < plain.length && isSpace(plain.charCodeAt(next))) next++;
    if (next < plain.length && /[\p{Ll},;:)]/u.test(plain[next] ?? '') && !opensWithCode(prose, code, next)) continue;
    if (unit === 46 && next < plain.length && isAbbreviated(plain.slice(Math.max(0, i - 8), i + 1), plain[next] ?? ''))
      continue;
    if (unit === 46 && /^\s*\w{1,2}$/.test(plain.slice(start, Math.min(i, start + 6)))) continue;
    // "Yes. Restart it.": an answer, and what to do then.
    if (unit === 46 && found.length === 0 && next < plain.length && /^\s*yes$/i.test(plain.slice(start, i))) continue;
    cut(after);
    i = after - 1;
  }
  cut(plain.length);
  return found;
}

/** A part of a sentence as one of its own: `plain[start, end)`. */
export function partOfSentence({ prose }: Sentence, start: number, end: number): Sentence {
  return makeSentence(prose, start, end, start, end);
}

/** "Look at the panel\nIf it is red, …", "P0: page the lead\nP1: wait": what a line of its own begins, though no full stop stands before it. */
function opensLine(plain: string, at: number): boolean {
  if (/[,;(–—-]$/.test(plain.slice(Math.max(0, at - 2), at).trimEnd())) return false;
  const next = plain.slice(at, at + 40);
  return /^\s(?:If|Unless|Otherwise|Else)[\s,:]/.test(next) || (label.test(next.slice(1)) && label.test(plain));
}

const label = /^[\p{Lu}\d][\w.-]{0,12}:\s/u;

/** "Look at the status: If it is red, …": behind a label of two words or more a new sentence begins. */
function opensBehind(plain: string, start: number, colon: number): boolean {
  if (!/^:\s+(?:If|When|Unless)\s/.test(plain.slice(colon, colon + 12)) || colon - start > 120) return false;
  const label = plain.slice(start, colon).trim();
  return /\s/.test(label) && !/^(?:yes|no|otherwise|else|if|when|unless)\b/i.test(label);
}

/** "… go to 5. `timed out` in the log: go to 4.": code in small letters begins a sentence where a colon or an arrow makes a case of it. */
function opensWithCode({ plain, codes }: Prose, from: number, at: number): boolean {
  const mark = codes.slice(from, from + 2).find(({ start }) => start === at);
  return mark !== undefined && /^[^.?!:→\n]{0,50}(?::\s|→)/.test(plain.slice(mark.end, mark.end + 60));
}

/** "Check the memory; If it is full, …": a capital letter begins a sentence behind a semicolon too. */
function opensNext(plain: string, semicolon: number): boolean {
  return /^;\s+(?:If|When|Unless|Otherwise)\s/.test(plain.slice(semicolon, semicolon + 14));
}

/** "If it is up, go to Step 2; if it is down, go to Step 3": where one of the cases leads away, the next one is a sentence of its own, too. */
function opensCase({ plain, codes }: Prose, start: number, semicolon: number): boolean {
  const behind = plain.slice(semicolon, semicolon + 200);
  if (!/^;\s(?:(?:and|but)\s)?(?:if|when|unless)\s/.test(behind)) return false;
  if (codes.some((mark) => mark.start <= semicolon && semicolon < mark.end)) return false;
  const before = plain.slice(start, semicolon);
  if (!/^\W*(?:if|when|unless)\b[^,:]+[,:]\s+\S/i.test(before) && !leavesInCase.test(before)) return false;
  return (
    before.split('(').length === before.split(')').length &&
    (leadsAway.test(before) || leavesInCase.test(before) || leadsAway.test(behind))
  );
}

/** "Page the owner if it is red; if it is yellow, …" */
const leavesInCase =
  /^\W*(?:go|continue|proceed|jump|skip|return|escalate|page|close|stop)\b[^;]*\s(?:if|when|unless)\s[^,;:]+$/i;

const leadsAway =
  /[,:]\s+(?:then\s+|please\s+)?(?:(?:go|continue|proceed|jump|skip|return|move)\b|escalate\b|page\b|close\b|stop\b|(?:this|that|it)\s+(?:resolves|mitigates|ends)\b|(?:the\s+)?(?:incident|alert|issue)\s+is\b)/i;

/** "Look at the probes (if they are down, escalate).": a case, and what to do in it, in brackets behind all else. */
function opensBracket({ plain, codes }: Prose, bracket: number): boolean {
  const opens = plain.slice(bracket + 1, bracket + 14);
  if (!/^(?:if|when|unless|escal|page|go\s|skip|stop|contact|proceed|continue|call)/i.test(opens)) return false;
  if (
    !/\S\s$/.test(plain.slice(0, bracket).slice(-2)) ||
    codes.some((mark) => mark.start <= bracket && bracket < mark.end)
  )
    return false;
  const words = plain.slice(bracket, bracket + 260);
  return caseInBracket.test(words) || leavesInBracket.test(words);
}

const caseInBracket = /^\((?:if|when|unless)\s[^(),.?!;]{3,90},\s[^()]{3,150}(?:$|\)[.!]?(?=\s*$|\s+\p{Lu}))/iu;
const leavesInBracket =
  /^\((?:escalate|page|go\s+(?:back\s+)?to|skip|stop|contact|proceed|continue|call)\b[^(),.?!;]{0,90}\s(?:if|when|unless)\s[^(),.?!;]{3,110}(?:$|\)[.!]?(?=\s*$|\s+\p{Lu}))/iu;

/** An `o` or `e`, as "otherwise" and "else" begin. */
function isOther(unit: number): boolean {
  return (unit | 32) === 111 || (unit | 32) === 101;
}

/** "If it is full, clean it; otherwise, continue": the other side is a sentence of its own. */
function opensOther({ plain, codes }: Prose, start: number, comma: number): boolean {
  if (!/^[;,]\s(?:or\s)?(?:otherwise|else)\b(?!\s+if\b)[\s,]/i.test(plain.slice(comma, comma + 20))) return false;
  if (codes.some((mark) => mark.start <= comma && comma < mark.end)) return false;
  const before = plain.slice(start, comma);
  return (
    /\b(?:if|when|unless|in\s+case)\b|^\W*(?:check|verify|validate|make\s+sure|ensure|confirm)\b|^\W*(?:it|this|that|the)\s[^,;]*\b(?:should|must)\s+(?:now\s+)?be\b/i.test(
      before,
    ) && before.split('(').length === before.split(')').length
  );
}

/** "If red → go to step 4, if green → go to step 5": the next of several cases is a sentence of its own. */
function opensParallel({ plain, codes }: Prose, start: number, at: number): boolean {
  return opensParallelCase(plain, start, at) && !codes.some((mark) => mark.start <= at && at < mark.end);
}

function makeSentence(prose: Prose, from: number, to: number, rawFrom: number, rawTo: number): Sentence {
  const last = rawTo >= prose.plain.length;
  return {
    prose,
    start: from,
    end: to,
    text: narrow(prose.plain.slice(from, to)),
    span: sourceSpan(prose, from, to),
    codes: prose.codes.length === 0 ? [] : prose.codes.filter((mark) => mark.start < to && mark.end > from),
    comments:
      prose.comments.length === 0
        ? []
        : prose.comments.filter(({ at }) => at > rawFrom && (at <= rawTo || last || followsBlank(prose, rawTo, at))),
  };
}

/** True when only blanks lie between the end of a sentence and a comment. */
function followsBlank(prose: Prose, end: number, at: number): boolean {
  return at - end < 8 && prose.plain.slice(end, at).trim() === '';
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13 || unit === 160;
}
