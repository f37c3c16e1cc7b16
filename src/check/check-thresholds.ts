// threshold.mismatch: a sentence explains a status word by numbers ("HIGH_ERROR_RATE (> 8 % error rate)"), and the step's query
// gives that word at other numbers. Which of the two is right only the author knows, so there is no fix.
import { allMatches, collect, remember } from '../base/index.ts';
import type { Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sentencesOf, sourceSpan, type Sentence } from '../guide/index.ts';
import type { Action } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { bySection, perStep } from './scope.ts';
import { stepAbove } from './step-above.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { asksFor, describes } from './said-of-query.ts';
import { secondsOf, windowInCode, windowInWords, type TimeWindow } from './time-windows.ts';

/** `error_rate > 15` in a query, or "> 8 % error rate" in words. */
interface Limit {
  readonly words: ReadonlySet<string>;
  readonly up: boolean;
  readonly value: number;
  readonly unit: string;
  /** Of a length of time in a query, in seconds. */
  readonly seconds?: number;
  /** Asked for only where there is something to tell: finding a place costs the length of its code. */
  readonly span: () => Span;
  readonly written: string;
}

export const checkThresholds = perStep(({ actions }, sentences) => {
  const given = limitsByStatus(actions);
  const filters = collect(actions, filtersOf);
  const windows = windowsOf(actions);
  if (given.size === 0 && filters.length === 0 && windows.every(({ window }) => window === null)) return [];
  return collect(sentences, (sentence) => {
    const findings: Diagnostic[] = describes(sentence.text)
      ? [
          ...limitsInWords(sentence, sentence.text, 0).flatMap((limit, _, said) => unlikeFilter(limit, said, filters)),
          ...unlikeWindow(sentence, windows),
        ]
      : actions.length === 1 && asksFor(sentence.text)
        ? unlikeWindow(sentence, windows)
        : [];
    for (const match of allMatches(sentence.text, /\b[A-Z][A-Z0-9_]{2,}\b/g)) {
      const limits = given.get(match[0]);
      if (!limits) continue;
      findings.push(...compare(match[0], explanations(sentence, match.index + match[0].length), limits));
      const before = explainedBefore(sentence, match.index).filter((limit) =>
        limits.some((one) => sharesWord(limit, one)),
      );
      findings.push(...compare(match[0], before, limits));
    }
    return findings;
  });
});

/** `| CRITICAL | > 40 errors |`: a row of a table that explains the status word in its first cell. */
export function checkThresholdTables(input: CheckInput): readonly Diagnostic[] {
  return collect(statusTables(input), ({ span, rows }) => {
    const step = stepAbove(input, span);
    const given = step && limitsByStatus(step.actions);
    if (!given || given.size === 0) return [];
    return collect(rows, ([first, ...cells]) => {
      const status = first?.plain.trim() ?? '';
      const said = collect(cells, (cell) => collect(sentencesOf(cell), (one) => limitsInWords(one, one.text, 0)));
      return compare(status, said, given.get(status) ?? []);
    });
  });
}

/** Tables with the rows that begin with a status word. */
const statusTables = bySection(({ blocks }) =>
  collect(blocks, ({ block }) => {
    if (block.kind !== 'table') return [];
    const rows = block.rows.filter(([first]) => first && /^[A-Z][A-Z0-9_]{2,}$/.test(first.plain.trim()));
    return rows.length > 0 ? [{ span: block.span, rows }] : [];
  }),
);

/** What the query's CASEs demand for each word that they give. */
function limitsByStatus(actions: readonly Action[]): ReadonlyMap<string, readonly Limit[]> {
  const found = new Map<string, Limit[]>();
  for (const action of actions) {
    if (action.language !== 'sql' && action.language !== 'kusto') continue;
    for (const { status, start, end, ...limit } of action.language === 'sql'
      ? limitsOf(action.code)
      : limitsOfCalls(action.code)) {
      const limits = found.get(status) ?? [];
      limits.push({ ...limit, span: () => codeSpan(action, { start, end }) });
      found.set(status, limits);
    }
  }
  return found;
}

interface CodeLimit extends Omit<Limit, 'span'> {
  readonly status: string;
  readonly start: number;
  readonly end: number;
}

const limitsOf = remember((code: string): readonly CodeLimit[] => {
  const limits: CodeLimit[] = [];
  if (!/\bTHEN\b/i.test(code)) return limits;
  const names = columnNames(code);
  for (const arm of allMatches(code, /\bWHEN\b((?:(?!\bWHEN\b)[^;']){1,600}?)\bTHEN\s*'([A-Z][A-Z0-9_]{2,})'/gi)) {
    const [, condition = '', status = ''] = arm;
    const from = arm.index + arm[0].indexOf(condition);
    for (const { named, sign, value, start, end } of columnLimits(condition))
      limits.push({
        status,
        words: wordsOf(`${named} ${names.get(withoutBlanks(named)) ?? ''}`.replace(/\b\w+\.(?=\w)/g, '')),
        up: sign.startsWith('>'),
        value: Number(value),
        unit: '',
        start: from + start,
        end: from + end,
        written: condition.slice(start, end).replace(/\s+/g, ' '),
      });
  }
  return limits;
});

/** The names that a query gives to what it computes: `COUNT(*) AS searches`. */
function columnNames(code: string): ReadonlyMap<string, string> {
  return new Map(
    allMatches(code, /\b([A-Za-z_]\w*\s*\([^()\n]{0,100}\))\s+AS\s+["`[]?([A-Za-z_]\w*)/gi).map(
      ([, computed = '', name = '']) => [withoutBlanks(computed), name.replace(/([a-z])(?=[A-Z])/g, '$1_')] as const,
    ),
  );
}

function withoutBlanks(code: string): string {
  return code.replace(/\s+/g, '').toLowerCase();
}

/** `case(Rows > 1000000, "FLOOD", …)`, `iff(p95 > 300, "LATE", …)`. */
const limitsOfCalls = remember((code: string): readonly CodeLimit[] =>
  allMatches(
    code,
    /(?<=\b(?:case|iff|iif)\s*\([^;]{0,600}?)([A-Za-z_]\w*)\s*(>=?|<=?)\s*(-?\d+(?:\.\d+)?)\s*,\s*["']([A-Z][A-Z0-9_]{2,})["']/g,
  ).map(({ 0: whole, 1: named = '', 2: sign = '', 3: value = '', 4: status = '', index }) => {
    const end = index + whole.lastIndexOf(value, whole.indexOf(',')) + value.length;
    const written = code.slice(index, end).replace(/\s+/g, ' ');
    return {
      status,
      words: wordsOf(named.replace(/([a-z])(?=[A-Z])/g, '$1_')),
      up: sign.startsWith('>'),
      value: Number(value),
      unit: '',
      start: index,
      end,
      written,
    };
  }),
);

const small = 'one|two|three|four|five|six|seven|eight|nine';
/** A number in words: "ten", "twenty five", "a hundred". */
const inLetters = `(?:(?:${small}|ten|twelve|fifteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)(?:[ -](?:${small}))?(?: (?:hundred|thousand))?|a (?:hundred|thousand)|half an(?= hour)|an?(?= (?:hour|minute|day|week|month|second)\\b))\\b`;
const textual = new RegExp(
  String.raw`((?<![=<>-])(?:>=?|<=?)|≥|≤|\b(?:more than|greater than|higher than|longer than|older than|(?:larger|bigger|deeper|slower|later|heavier|hotter|wider|warmer|busier|fuller|worse) than|above|over|beyond|at least|exceed(?:s|ed|ing)?|less than|lower than|fewer than|shorter than|(?:smaller|younger|newer|faster|sooner|earlier|lighter|cooler|colder) than|below|under|at most))\s*(-?\d+(?:,\d{3})*(?:\.\d+)?|${inLetters})(?:\s?(%|percent|million\b|k\b|m\b|ms\b|s\b|seconds?\b|minutes?\b|hours?\b|days?\b|weeks?\b|[MGKT]B\b))?((?:[ \t-]+(?!and\b|or\b|with\b|but\b|over\b|in the\b)[A-Za-z_]+){0,4})`,
  'gi',
);

/** "200 or more messages", "5 minutes or less". */
const trailing = new RegExp(
  String.raw`(?<![\w.-])(\d+(?:,\d{3})*(?:\.\d+)?)(?:\s?(%|percent|million\b|k\b|m\b|ms\b|s\b|seconds?\b|minutes?\b|hours?\b|days?\b|weeks?\b|[MGKT]B\b))?((?:[ \t]+(?!or\b|and\b|of\b)[A-Za-z_]+){0,2}(?: of (?:the|its|their|all) [A-Za-z_]+)?) (?:or|and) (more|above|over|higher|greater|longer|older|less|fewer|lower|below|under|shorter)\b((?:[ \t-]+(?!and\b|or\b|with\b|but\b|over\b|than\b|in the\b)[A-Za-z_]+){0,4})`,
  'gi',
);

/** Limits in the brackets, or after the "means" or dash, that follow a status word. */
function explanations(sentence: Sentence, from: number): readonly Limit[] {
  const rest = sentence.text.slice(from, from + 300);
  const lead = /^["'”]?\s*(?:\(|[–—:=-]\s|\b(?:means|stands for|when|i\.e\.|that is)\b)/.exec(rest);
  if (!lead) {
    // "SEVERE above 20 %, and ELEVATED above 5 %": the limit right behind the word, of nothing else.
    if (!/^["'”`]?\s+(?:above|over|below|under|from|at|>|<)\s/i.test(rest)) return [];
    const end = rest.search(/[.;,)]\s|[.;,)]$|\s(?:and|or|but)\s/);
    const [only, ...others] = limitsInWords(sentence, rest.slice(0, end < 0 ? rest.length : end), from);
    return only?.words.size === 0 && others.length === 0 ? [only] : [];
  }
  const close = lead[0].endsWith('(')
    ? rest.indexOf(')')
    : rest.search(/[.;]\s|,\s*(?:go|then|recommend|proceed|escalate|roll)\b/);
  return limitsInWords(sentence, rest.slice(0, close < 0 ? rest.length : close), from);
}

/** The limit that leads to a status word: "an error rate above 15 % is FAILING", "above 15 % (FAILING)". */
function explainedBefore(sentence: Sentence, to: number): readonly Limit[] {
  const from = Math.max(0, to - 160);
  const lead =
    /(?:\(|\b(?:is|are|be|counts? as|(?:marked|reported|shown|given|flagged|classified|classed) as|means|gives?|yields?)\s|[→:]\s|->\s)["'“”]?$/.exec(
      sentence.text.slice(from, to),
    );
  if (!lead) return [];
  const limits = limitsInWords(sentence, sentence.text.slice(from, from + lead.index), from);
  const last = limits.at(-1);
  const between = last ? sentence.text.slice(sentence.text.lastIndexOf(last.written, to), to) : '';
  return last && !/[;.](?:\s|$)|\b(?:and|or|but|not|if|when|unless)\b/i.test(between) ? [last] : [];
}

function sharesWord(limit: Limit, other: Limit): boolean {
  return [...limit.words].some((word) => other.words.has(word));
}

/** All limits that stand in words of a sentence, which begin at `from` in it. */
function limitsInWords(sentence: Sentence, text: string, from: number): readonly Limit[] {
  const limits: Limit[] = [];
  for (const match of allMatches(text, textual)) {
    if (isInGuard(sentence, sentence.start + from + match.index)) continue;
    const [written, sign = '', value = '', unit = '', after = ''] = match;
    const before = /((?:[A-Za-z_]+[ \t]+){1,3}(?:is |are )?)$/.exec(text.slice(0, match.index))?.[1] ?? '';
    const start = sentence.start + from + match.index;
    const length = written.length - after.length;
    limits.push({
      words: after.trim() === '' ? wordsOf(before) : wordsOf(after),
      up: isUp.test(sign),
      value: numberIn(value) * (unit === 'k' ? 1000 : /^(?:m|million)$/i.test(unit) ? 1e6 : 1),
      unit,
      span: () => sourceSpan(sentence.prose, start, start + length),
      written: written.slice(0, length).trim(),
    });
  }
  for (const match of allMatches(text, trailing)) {
    const [whole, value = '', unit = '', thing = '', more = '', after = ''] = match;
    const before = /((?:[A-Za-z_]+[ \t]+){1,3}(?:is |are )?)$/.exec(text.slice(0, match.index))?.[1] ?? '';
    const start = sentence.start + from + match.index;
    const length = whole.length - after.length;
    const named = wordsOf(`${thing} ${after}`);
    limits.push({
      words: named.size > 0 ? named : wordsOf(before),
      up: /^(?:more|above|over|higher|greater|longer|older)/i.test(more),
      value: numberIn(value) * (unit === 'k' ? 1000 : /^(?:m|million)$/i.test(unit) ? 1e6 : 1),
      unit,
      span: () => sourceSpan(sentence.prose, start, start + length),
      written: whole.slice(0, length).trim(),
    });
  }
  return limits;
}

/** `(rowCount >= 3)` decides, and says nothing of what the query gives. */
function isInGuard({ prose }: Sentence, at: number): boolean {
  const mark = prose.codes.find(({ start, end }) => start <= at && at < end);
  return mark !== undefined && ofGuard.test(prose.plain.slice(mark.start, mark.end));
}

const ofGuard = /^[!(\s]*(?:rowCount|exitCode|rows|columns|json|text|status|params|steps|results)\b/;

const isUp =
  /^(?:>|≥|more|greater|higher|longer|older|larger|bigger|deeper|slower|later|heavier|hotter|wider|warmer|busier|fuller|worse|above|over|beyond|at least|exceed)/i;

const spelt = new Map(
  Object.entries({
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    twelve: 12,
  }).concat(
    Object.entries({
      fifteen: 15,
      twenty: 20,
      thirty: 30,
      forty: 40,
      fifty: 50,
      sixty: 60,
      seventy: 70,
      eighty: 80,
      ninety: 90,
    }),
  ),
);

/** `1,000`, or a number in words: "ten", "twenty five", "five hundred". */
function numberIn(words: string): number {
  if (/\d/.test(words)) return Number(words.replaceAll(',', ''));
  if (/^half /i.test(words)) return 0.5;
  return words
    .toLowerCase()
    .split(/[ -]/)
    .reduce(
      (sum, word) => (word === 'hundred' ? sum * 100 : word === 'thousand' ? sum * 1000 : sum + (spelt.get(word) ?? 0)),
      0,
    );
}

/** What the query lets through: the comparisons of WHERE and HAVING, of a Kusto `where`, and the one of a PromQL query. */
function filtersOf(action: Action): readonly Limit[] {
  return filtersIn(`${action.language} ${action.code}`).map(({ start, end, ...limit }) => ({
    ...limit,
    span: () => codeSpan(action, { start, end }),
  }));
}

const filtersIn = remember((text: string): readonly Omit<CodeLimit, 'status'>[] => {
  const language = text.slice(0, text.indexOf(' '));
  const code = text.slice(language.length + 1);
  const names = language === 'sql' ? columnNames(code) : new Map<string, string>();
  const parts =
    language === 'sql'
      ? allMatches(code, /\b(?:WHERE|HAVING)\b(?:(?!\b(?:GROUP|ORDER|LIMIT|HAVING|UNION|WHERE|CASE)\b)[^;])*/gi)
      : language === 'kusto'
        ? allMatches(code, /\|\s*where\b[^|;]*|\bcountif\s*\([^()|;]*\)/g)
        : isMetrics(language)
          ? allMatches(code, /^[^]{1,2000}$/g)
          : isShell(language)
            ? allMatches(
                code,
                /\bselect\([^()'"]{1,200}\)|\bawk\b[^\n|']{0,80}'[^'\n]{1,300}'|\bfind[ \t][^\n|;&]{1,300}/g,
              )
            : [];
  return parts.flatMap(({ 0: part, index }) =>
    (isMetrics(language)
      ? metricLimits(part)
      : [...columnLimits(part), ...callLimits(part), ...ageLimits(part), ...shellLimits(part)]
    ).map(({ named, sign, value, seconds, start, end }) => ({
      words: wordsOf(`${named.replace(/([a-z])(?=[A-Z])/g, '$1_')} ${names.get(withoutBlanks(named)) ?? ''}`),
      up: sign.startsWith('>'),
      value: Number(value),
      unit: '',
      ...(seconds !== undefined && { seconds }),
      start: index + start,
      end: index + end,
      written: part.slice(start, end).replace(/\s+/g, ' '),
    })),
  );
});

function isMetrics(language: string): boolean {
  return language === 'promql' || language === 'logql';
}

function isShell(language: string): boolean {
  return /^(?:bash|sh|shell|console|zsh)$/.test(language);
}

/** A comparison of a query, with the names that it is on. */
interface Compared {
  readonly named: string;
  readonly sign: string;
  readonly value: string;
  /** Of a length of time, in seconds. */
  readonly seconds?: number;
  readonly start: number;
  readonly end: number;
}

/** `error_rate > 15`, `count(*) > 500`, `SUM(credits) > 40`. */
function columnLimits(code: string): Compared[] {
  return allMatches(
    code,
    /([A-Za-z_][\w.]*(?:\([^()\n]*\)(?:\s*\*\s*100(?:\.0)?)?)?)\s*(>=?|<=?)\s*(-?\d+(?:\.\d+)?)(?![\w.])/g,
  ).map(({ 0: { length }, 1: named = '', 2: sign = '', 3: value = '', index }) => ({
    named,
    sign,
    value,
    start: index,
    end: index + length,
  }));
}

/** `ROUND(100.0 * dead / GREATEST(live, 1), 1) > 20`: a call with calls in it is on all that they name. */
function callLimits(code: string): Compared[] {
  const found: Compared[] = [];
  for (const { 0: whole, 1: sign = '', 2: value = '', index } of allMatches(
    code,
    /\)\s*(>=?|<=?)\s*(-?\d+(?:\.\d+)?)(?![\w.])/g,
  )) {
    let depth = 0;
    let at = index;
    for (; at >= 0 && index - at < 400; at--) {
      if (code[at] === ')') depth++;
      else if (code[at] === '(' && --depth === 0) break;
    }
    const named = code.slice(at + 1, index);
    if (depth !== 0 || !named.includes('(')) continue;
    const start = at - (/\w*$/.exec(code.slice(Math.max(0, at - 40), at))?.[0].length ?? 0);
    found.push({ named, sign, value, start, end: index + whole.length });
  }
  return found;
}

const ages: readonly RegExp[] = [
  /(?<![\w.])([A-Za-z_][\w.]*)\s*(<=?)\s*(?:(?:now|getdate|sysdate|utc_timestamp)\(\)|current_timestamp)\s*-\s*interval\s+'?\s*(\d+)\s+(second|minute|hour|day|week)s?\b'?/gi,
  /(?<![\w.])([A-Za-z_][\w.]*)\s*(<=?)\s*date_sub\(\s*now\(\)\s*,\s*interval\s+(\d+)\s+(second|minute|hour|day|week)\s*\)/gi,
  /\b(?:now\(\)|current_timestamp)\s*-\s*([A-Za-z_][\w.]*)\s*(>=?)\s*(?:interval\s+)?'?\s*(\d+)\s+(second|minute|hour|day|week)s?\b'?/gi,
  /(?<![\w.])([A-Za-z_]\w*)\s*(<=?)\s*ago\(\s*(\d+)\s*([smhd])\s*\)/g,
];

/** `xact_start < now() - INTERVAL '1 hour'`, `Started < ago(1h)`: what has lasted for longer than that. */
function ageLimits(code: string): Compared[] {
  if (!/\binterval\b|\bago\(|now\(\)|current_timestamp/i.test(code)) return [];
  return ages.flatMap((pattern) =>
    allMatches(code, pattern).map(({ 0: whole, 1: named = '', 3: amount = '', 4: unit = '', index }) => ({
      named,
      sign: '>',
      value: amount,
      seconds: Number(amount) * secondsOf(unit),
      start: index,
      end: index + whole.length,
    })),
  );
}

/** `awk '$5 > 85'`, `find … -mtime +7`, `find … -size +100M`. */
function shellLimits(code: string): Compared[] {
  if (code.startsWith('awk'))
    return allMatches(code, /\$\w+(?:\s*[+*/]\s*\d+)?\s*(>=?|<=?)\s*(\d+(?:\.\d+)?)(?![\w.])/g).map(
      ({ 0: whole, 1: sign = '', 2: value = '', index }) => ({
        named: '',
        sign,
        value,
        start: index,
        end: index + whole.length,
      }),
    );
  if (!code.startsWith('find')) return [];
  return allMatches(code, /\s(-(?:[mac]time|[mac]min|size))\s+([+-])(\d+)[kMG]?\b/g).map(
    ({ 0: whole, 1: test = '', 2: sign = '', 3: value = '', index }) => ({
      named: test === '-size' ? 'size' : 'age',
      sign: sign === '+' ? '>' : '<',
      value,
      ...(test !== '-size' && { seconds: Number(value) * (test.endsWith('min') ? 60 : 86_400) }),
      start: index + 1,
      end: index + whole.length,
    }),
  );
}

/** A metric, what is done with it, and the number that it is compared with. */
function metricLimits(code: string): Compared[] {
  return allMatches(code, /([A-Za-z_][\w:]*)[^<>\n]*?(>=?|<=?)\s*(?:bool\s+)?(-?\d+(?:\.\d+)?)(?![\w.])/g).map(
    ({ 0: whole, 2: sign = '', 3: value = '', index }) => ({
      named: code.slice(0, index + whole.length).replace(/\{[^}]*\}|\[[^\]]*\]|\bby\s*\([^)]*\)/g, ' '),
      sign,
      value,
      start: index + whole.search(/[<>]/),
      end: index + whole.length,
    }),
  );
}

function unlikeFilter(limit: Limit, said: readonly Limit[], filters: readonly Limit[]): Diagnostic[] {
  const meant = counterpart(limit, said, filters);
  const [first] = meant;
  if (!first || meant.some((one) => same(limit, one))) return [];
  const message = `The text says \`${limit.written}\`, but the query lets through \`${first.written}\`.`;
  return [
    mismatch(
      limit.span(),
      message,
      meant.slice(0, 3).map(({ span }) => span()),
    ),
  ];
}

/** How far back each action of a step looks. */
interface Looking {
  readonly action: Action;
  readonly window: TimeWindow | null;
}

function windowsOf(actions: readonly Action[]): readonly Looking[] {
  return actions.map((action) => ({ action, window: windowInCode(action.code) }));
}

/** What the sentence says of the code that it stands behind, or of the first one behind it; nothing where other code may be meant. */
function unlikeWindow(sentence: Sentence, looking: readonly Looking[]): Diagnostic[] {
  const said = looking.some(({ window }) => window !== null) ? windowInWords(sentence.text) : null;
  if (!said || looking.some(({ window }) => window?.seconds === said.seconds)) return [];
  if (looking.length > 1 && ofSeveral.test(sentence.text)) return [];
  const span = sourceSpan(sentence.prose, sentence.start + said.start, sentence.start + said.end);
  const above = looking.filter(({ action }) => (action.source?.span.end ?? Infinity) <= span.start).at(-1);
  const { action, window } = above ?? looking[0] ?? {};
  if (!action || !window) return [];
  const message = `The text says \`${said.written}\`, but the query looks back by \`${window.written}\`.`;
  return [mismatch(span, message, [codeSpan(action, window)])];
}

/** `threshold.mismatch` at the words, with the places in the code that say otherwise. */
export function mismatch(span: Span, message: string, inCode: readonly Span[]): Diagnostic {
  return makeDiagnostic('threshold.mismatch', span, message, {
    labels: inCode.map((place) => ({ span: place, message: 'the query says so here' })),
    hint: 'Correct the text or the query, whichever is wrong.',
  });
}

/** Words that tell one of several queries from the others, or speak of all. */
const ofSeveral =
  /\b(?:first|second|third|fourth|last (?:query|command)|other|both|each|latter|former|these|following|next)\b/i;

function compare(status: string, said: readonly Limit[], given: readonly Limit[]): Diagnostic[] {
  return collect(said, (limit) => {
    const meant = counterpart(limit, said, given);
    if (meant.length === 0 || meant.some((one) => same(limit, one))) return [];
    const [first] = meant;
    if (!first) return [];
    const message = `The text says that \`${status}\` means \`${limit.written}\`, but the query gives it at \`${first.written}\`.`;
    return [
      mismatch(
        limit.span(),
        message,
        meant.slice(0, 3).map(({ span }) => span()),
      ),
    ];
  });
}

/** The limits of the query that the words mean: those of the one column that shares most words with them. */
function counterpart(limit: Limit, said: readonly Limit[], all: readonly Limit[]): readonly Limit[] {
  // A length of time is held against lengths of time, and against numbers that may be one.
  const given = all.filter(({ seconds }) => seconds === undefined || (limit.unit !== 'm' && secondsOf(limit.unit) > 0));
  const scored = given.map((one) => ({ one, score: [...limit.words].filter((word) => one.words.has(word)).length }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  if (best > 0) {
    const top = scored.filter(({ score }) => score === best).map(({ one }) => one);
    const columns = new Set(top.map(({ words }) => [...words].join(' ')));
    return columns.size === 1 ? top.filter(({ up }) => up === limit.up) : [];
  }
  return said.length === 1 && given.length === 1 ? given.filter(({ up }) => up === limit.up) : [];
}

/** Equal, or equal once units are turned into one another: 8 % is 0.08, 5 seconds are 5000 ms. */
function same(said: Limit, given: Limit): boolean {
  if (given.seconds !== undefined) return said.value * secondsOf(said.unit) === given.seconds;
  if (said.value === given.value) return true;
  if (said.unit === '' || said.value === 0) return false;
  const ratio = given.value / said.value;
  return [
    0.01,
    1000,
    0.001,
    7,
    168,
    10_080,
    604_800,
    60,
    60_000,
    1 / 60,
    3600,
    3_600_000,
    1 / 24,
    24,
    1440,
    86_400,
    86_400_000,
    1024,
    1e6,
    1024 ** 2,
    1e9,
    1024 ** 3,
  ].some((factor) => Math.abs(ratio / factor - 1) < 1e-9);
}

function wordsOf(name: string): ReadonlySet<string> {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/(?<=\w{3})s$/, ''));
  return new Set(words.filter((word) => word !== '' && !/^(?:the|a|an|in|of|is|are|or|and|count|total)$/.test(word)));
}
