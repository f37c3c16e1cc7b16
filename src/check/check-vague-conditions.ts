// condition.vague: a degree without a number ("high", "poor", "significant") where a step decides or asks to pick something
// out. A sentence with a number, a percentage or a status word says what it means and is left alone.
import { sift, collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { shapeOfAction } from '../guard/index.ts';
import { sentencesOf, sourceSpan, type Sentence } from '../guide/index.ts';
import type { PlanNode } from '../plan/index.ts';
import { perSection, perStep } from './scope.ts';
import { spoken } from './side-test.ts';
import { amountAlone, degreeIn } from './vague-phrases.ts';
import {
  vagueAfter,
  vagueAmount,
  vagueBefore,
  vagueChange,
  vagueCount,
  vagueEnough,
  vagueLately,
  vagueLimit,
  vagueLong,
  vagueMany,
  vagueManner,
  vagueWait,
} from './vague-words.ts';

const decides = sift(/^(?:otherwise,? )?(?:if|when|whenever|once|unless|should|in case)\b|[,;]\s*if\b|\bif\b/i);
/** "Lag is high: go to step 4", "Lag is high → step 4": a case and where it leads. */
const ofCase = sift(
  /^([^:→]{3,200}?)\s*(?::|→|[-=]+>|\s[–—-]\s)\s*(?:then\s+)?(?:go|goes|continue|proceed|skip|jump|move|return|escalate|page|close|stop|end|restart|follow|see\s+step|(?:this|that)\s+(?:ends|resolves|mitigates)|(?:step|phase|stage|task|section)\s+[\dA-Z])\b/i,
);
const picks =
  /^(?:please |then |now |next,? )?(?:identify|find|look for|check|spot|list|note|determine|watch|search|pick|select|verify|see|confirm|expect)\b/i;
const quantified =
  /\d|%|\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b(?:CRITICAL|WARNING|ERROR|FAILED|DOWN|DEGRADED|UNHEALTHY|OK|TRUE|FALSE)\b/;

/** Numbers that name a place and limit nothing: "step 3", "go to 4". */
const named =
  /\b(?:step|phase|stage|section|task|item|sev|p|level)\s*-?\d+(?:\.\d+)*|\b(?:go|continue|proceed|skip|jump|return|back|move)\s+(?:(?:on|back)\s+)?(?:to|with|at)\s+#?\d+(?:\.\d+)*(?=\s*(?:[.,;)]|$))/gi;

/** How long something goes on says nothing of how much it is: "stays bad for another 10 minutes". */
const howLong =
  /\b(?:for|after|over|during|within|in)\s+(?:another|more than|at least|up to|about|the (?:last|past|next))?\s*\d+\s*(?:s|sec|seconds?|m|min|mins|minutes?|h|hours?|days?|weeks?)\b/gi;

export const checkVagueConditions = perStep((node, sentences) =>
  collect(sentences, (sentence) => vagueIn(node, sentence, sentences)),
);

/** "### If the relay has trouble keeping up": a heading that leads to its section by a condition. */
export const checkVagueHeadings = perSection(({ proses }) =>
  collect(proses, ({ kind, prose }) =>
    kind === 'heading' && /^(?:\d[\d.]* )?(?:[a-z]\) )?(?:if|when|once|unless|in case)\b/i.test(prose.plain)
      ? collect(sentencesOf(prose), (sentence) => vagueIn(null, sentence, []))
      : [],
  ),
);

/** "| The acquirer is very slow | Go to step 3 |": a row of a table that leads on by what its cells say. */
export const checkVagueCells = perSection(({ blocks }) =>
  collect(blocks, ({ block }) =>
    block.kind === 'table'
      ? collect(block.rows, (row) => {
          const to = row.findIndex(({ plain }) => leadsTo.test(plain));
          if (to < 1) return [];
          return collect(row.slice(0, to), (cell, at) => {
            const isMeasure = measured.test(block.header[at]?.plain ?? '');
            return collect(sentencesOf(cell), (one) => vagueCase(one, isMeasure));
          });
        })
      : [],
  ),
);

/** What a cell says of where one goes next. */
const leadsTo =
  /^\W*(?:go (?:on |back )?to|goto|continue (?:with|at)|proceed (?:to|with)|skip to|jump to|see step|(?:step|phase|section) [\dA-Z]|escalate|page)\b/i;

/** A degree in words that are a case by themselves; a number says what they mean. */
function vagueCase(sentence: Sentence, isMeasure: boolean): readonly Diagnostic[] {
  const { text } = sentence;
  if (text.length > 200 || decides.test(text) || quantified.test(text)) return [];
  const found = vagueAfter.exec(text);
  if (found) return [report(null, sentence, found)];
  // "almost full" below "Use of the disk" is all that the cell says of it.
  const degree = isMeasure ? vagueAfter.exec(`is ${text}`) : null;
  if (!degree || degree.index > 0) return [];
  const [words] = degree;
  return [report(null, sentence, Object.assign(degree, { 0: words.slice('is '.length) }))];
}

/** The header of a column whose cells could be numbers. */
const measured =
  /\b(?:rates?|latency|usage|use|utili[sz]ation|loads?|lag|delay|times?|duration|counts?|numbers?|size|length|shares?|ratio|depth|backlog|temperature|throughput|errors|restarts|retries|space|memory|cpu|age)\b/i;

function vagueIn(node: PlanNode | null, sentence: Sentence, sentences: readonly Sentence[]): readonly Diagnostic[] {
  const whole = sentence.text;
  const leads = decides.test(whole) ? null : (ofCase.exec(whole)?.[1] ?? null);
  const text = leads ?? whole;
  const isDecision = leads !== null || decides.test(text);
  const limit = isDecision ? null : (vagueLimit.exec(text) ?? amountAlone(text));
  if (limit && !quantified.test(text.replace(nameInCode, ' '))) return [report(node, sentence, limit)];
  if (whole.length > 600) return [];
  const wait = isDecision || /\d/.test(text) ? null : vagueWait.exec(text);
  if (wait) return [reportWait(sentence, wait)];
  if (!isDecision && !picks.test(text)) {
    if (!mayAsk.test(text)) return [];
    const isNamed = quantified.test(text.replace(named, ' ').replace(howLong, ' '));
    const asked = isNamed || isExplained(sentence) ? null : degreeBeside(text);
    return asked ? [report(node, sentence, asked)] : [];
  }
  if (quantified.test(text.replace(named, ' ').replace(howLong, ' '))) {
    // "A large number of events 4625" has a number that limits nothing.
    const amount = isLimited.test(text) ? null : vagueAmount.exec(text);
    return amount ? [report(node, sentence, amount)] : [];
  }
  const found = isDecision
    ? (vagueAfter.exec(text) ??
      // "Slow requests: go to step 3" is the name of a case that is read elsewhere.
      (leads === null ? vagueBefore.exec(text) : null) ??
      vagueManner.exec(text) ??
      vagueChange.exec(text) ??
      manyIn(text, leads !== null) ??
      vagueLong.exec(text) ??
      vagueEnough.exec(text) ??
      vagueCount.exec(text) ??
      vagueLately.exec(text) ??
      degreeIn(text, leads !== null))
    : (vagueBefore.exec(text) ?? vagueAmount.exec(text) ?? degreeIn(text, false));
  // "If exactly one is listed, … If several are listed, …": more than one.
  if (found && /^(?:several|multiple)$/i.test(found[1] ?? '') && sentences.some(({ text: other }) => ofOne.test(other)))
    return [];
  // "The state is TIGHT": a value, written as it is printed.
  const degree = found?.slice(1).find((one) => one !== undefined) ?? '';
  if (/^[A-Z]{3,}$/.test(degree) && text !== text.toUpperCase()) return [];
  // "`status` is `critical`": a value, set as code.
  if (found && isCode(sentence, found.index + found[0].lastIndexOf(degree), degree.length)) return [];
  // "High Availability" and "High Disk Usage" are names; "the alert was too early" is what a condition means.
  return found && !/^[A-Z]\w* [A-Z]/.test(found[0]) && !ofAlert.test(text.slice(0, found.index + found[0].length))
    ? [report(node, sentence, found)]
    : [];
}

/** The words are all that stands between two backticks. */
function isCode({ prose, start }: Sentence, from: number, length: number): boolean {
  return prose.codes.some((code) => code.start === start + from && code.end === start + from + length);
}

/** `latency_p99` has a figure in its name. */
const nameInCode = /\b[a-z]+(?:_[a-z0-9]+)+\b|\bp\d\d\b/gi;
/** A number that a text compares with, or gives as an example. */
const isLimited =
  /[<>≥≤%~]|\b(?:than|above|over|below|under|least|most|exceed\w*|around|about|per|every|e\.g|such as|times|within)\b|\(\s*\d|\d\s*\+|\d+\s+or\b|\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/i;
/** "An excessive number of rebalances": an item of what is to be looked for. */
const ofAmount =
  /^(?:there (?:is|are|was|were) )?an? [a-z]+(?: [a-z]+)? (?:number|amount|volume|quantity|deal|share|portion|proportion|percentage) of [a-z]+(?: [a-z-]+){0,6}\.?$/i;

/** Cheap, and true of whatever `degreeBeside` may find something in. */
const mayAsk =
  /\?$|^(?:there (?:is|are|was|were) )?an? |\b(?:until|till|where|wherever|while|as (?:long|soon) as|provid(?:ed|ing)|assuming|in the event|should|in case|when|whenever|once|unless)\b/i;

/** Where nothing is said by "if": in a question, an amount by itself, "until it has shrunk a lot", "where it got much worse". */
function degreeBeside(text: string): RegExpExecArray | null {
  if (ofAmount.test(text) && !/ (?:is|are|was|were|has|have) /i.test(text.slice(12)))
    return vagueBefore.exec(text) ?? vagueAmount.exec(text) ?? degreeIn(text, true);
  // "Deployed recently? Go to …" asks without a verb before it.
  if (shortQuestion.test(text)) return vagueLately.exec(text) ?? degreeIn(text, true);
  const [, verb, asked] = question.exec(text) ?? [];
  if (verb === undefined || asked === undefined) return degreeIn(text, false);
  for (const said of statements(verb.toLowerCase(), asked)) {
    const found = vagueAfter.exec(said) ?? degreeIn(said, true) ?? vagueManner.exec(said);
    const degree = found?.slice(1).find((one) => one !== undefined);
    const at = degree === undefined ? -1 : text.lastIndexOf(degree);
    if (!found || degree === undefined || at < 0) continue;
    return Object.assign([degree, degree] as unknown as RegExpExecArray, { index: at, input: text });
  }
  return null;
}

/** "Is it unusual? (New region, new service)". */
function isExplained({ prose, end }: Sentence): boolean {
  return /^\s*\(/.test(prose.plain.slice(end, end + 3));
}

const shortQuestion =
  /^(?!(?:is|are|was|were|does|do|did|has|have|who|what|where|why|how|which|can|could)\b)[a-z]+(?: [a-z-]+){1,5}\?$/i;

const question =
  /^(?:so,? |now,? |and )?(is|are|was|were|does|do|did|has|have)(?: (?:there|it|they)(?= (?:any|an?|too)\b))? ([^()?]{3,160})\?$/i;

/** "Are the disks almost full" as what it asks for: "the disks are almost full", whose verb may stand before each of its last words. */
function statements(verb: string, asked: string): readonly string[] {
  if (!/^(?:is|are|was|were)$/.test(verb)) return [asked];
  const words = asked.split(' ');
  return Array.from({ length: Math.min(4, words.length - 1) }, (_, nth) =>
    [...words.slice(0, words.length - 1 - nth), verb, ...words.slice(words.length - 1 - nth)].join(' '),
  );
}

/** "Quite a few tasks are listed: go to step 3" has no "if" before the number that it lacks. */
function manyIn(text: string, isCase: boolean): RegExpExecArray | null {
  const found = vagueMany.exec(isCase ? `if ${text}` : text);
  if (found && isCase) found.index -= 'if '.length;
  return found;
}

const ofAlert =
  /,\s(?:then )?(?:the|this|that) (?:alert|alarm|check|page|notification)(?: [a-z]+)? (?:is|was) (?:too|very|rather) \w+$/i;
const ofOne = /\bif (?:there is )?(?:(?:exactly|only|just) one|a single|one)\b(?! or more)/i;

function report(node: PlanNode | null, sentence: Sentence, found: RegExpExecArray): Diagnostic {
  const [whole] = found;
  const degree = found.slice(1).find((degree) => degree !== undefined) ?? '';
  const from = found.index + whole.lastIndexOf(degree);
  const words = whole.startsWith(degree) ? whole : degree;
  const span = sourceSpan(sentence.prose, sentence.start + from, sentence.start + from + words.length);
  const column =
    node && columnMeant(node, `${sentence.text.slice(Math.max(0, found.index - 40), found.index)} ${whole}`);
  return makeDiagnostic(
    'condition.vague',
    span,
    `\`${words}\` gives no number, so two readers decide differently and no run can decide at all.`,
    {
      hint:
        column === null
          ? 'Say the limit: "above 5 %", "more than 10".'
          : `Say the limit, such as "${column} below 50".`,
    },
  );
}

/** How long to wait decides nothing, but whoever follows the guide waits for another time than its author. */
function reportWait({ prose, start }: Sentence, found: RegExpExecArray): Diagnostic {
  const words = found[1] ?? '';
  const at = start + found.index + found[0].length - words.length;
  const message = `\`${words}\` gives no time, so two readers wait for different ones.`;
  return makeDiagnostic('condition.vague', sourceSpan(prose, at, at + words.length), message, {
    hint: 'Say how long: "10 minutes".',
  });
}

/** The numeric column that the words speak of, when the step's query has exactly one. */
function columnMeant({ actions }: PlanNode, words: string): string | null {
  const said = new Set(
    words
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .map((word) => word.replace(/s$/, '')),
  );
  const names = actions
    .flatMap((action) => shapeOfAction(action).columns ?? [])
    .filter(({ values }) => values === undefined)
    .map(({ name }) => name);
  const fitting = names.filter((name) =>
    spoken(name)
      .split(' ')
      .every((word) => said.has(word.replace(/s$/, ''))),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}
