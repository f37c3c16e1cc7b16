// Reads tables of symptoms, or of values, and what to do about each.
import type { Span } from '../base/index.ts';
import { isJudgement } from '../guard/index.ts';
import { cutProse, sentencesOf, type Paragraph, type Prose, type Table } from '../guide/index.ts';
import { cutParagraph } from './cut-paragraph.ts';
import { paragraphOf, titleOf, type FlowBuilder, unnumbered } from './flow-builder.ts';
import { beginsWithVerb } from './imperative.ts';
import type { FlowAbout } from './list-kind.ts';
import { saysElse } from './read-condition.ts';
import { linkAlone, numberAlone, readJump } from './read-jump.ts';
import { bareOutcome, findOutcome } from './read-outcome.ts';
import { readStepTable } from './read-step-table.ts';

const symptomColumn =
  /\b(?:symptoms?|conditions?|if|when|errors?|observ\w*|scenarios?|status|results?|findings?|problems?|issues?|cases?|alerts?|messages?|outputs?|signs?|you see|questions?|failures?|indicat\w*)\b/i;
const causeColumn = /^\W*(?:(?:possible|likely|probable|potential|common|root)\s+)?(?:causes?|reasons?|codes?)\b/i;
const placeColumn = /^(?:sections?|runbooks?|playbooks?|procedures?|pages?|guides?|links?|see|where)$/i;
const actionColumn =
  /\b(?:fix(?:es)?|actions?|resolutions?|remediations?|mitigations?|what to do|solutions?|next(?: steps?)?|recommend\w*|(?:responses?|reactions?)(?! (?:times?|codes?|status|sizes?|rates?|lengths?|latency|bodies|body|headers?|errors?)\b)|do this|steps?|how to|(?:go|proceed|jump|skip|continue) (?:to|with|at)|workarounds?|remedy|then|remediat\w*|tips|recover\w*|what\s+(?:you\s+)?(?:should|can|must)\s+(?:be\s+)?do(?:ne)?)\b|^\W*do\W*$/i;

/**
 * A table of questions, of symptoms or of steps, as `flow` goes on with it; false for any other. `readCell` reads what is to be
 * done in a case when that is more than one thing; a row of which it reads nothing is one step.
 */
export function readTable(
  flow: FlowBuilder,
  table: Table,
  about: Pick<FlowAbout, 'isName' | 'groups'>,
  readCell: (inner: FlowBuilder, lines: readonly Paragraph[]) => void,
): boolean {
  const fill = filler(about.isName, readCell);
  return (
    readAnswers(flow, table, about, fill) ||
    readSymptoms(flow, table, about.isName, fill) ||
    readStepTable(flow, table, about)
  );
}

/** A table of symptoms, or of what a value demands, and what to do about each: every row is an option. */
function readSymptoms(
  flow: FlowBuilder,
  table: Table,
  isName: FlowAbout['isName'],
  fill: ReturnType<typeof filler>,
): boolean {
  const demands = table.header.findIndex((_, column) => demandsIn(table, column));
  const columnOf = (pattern: RegExp): number =>
    table.header.findIndex(({ plain }) => pattern.test(inWords(plain)) && !actionColumn.test(plain));
  const seen = columnOf(symptomColumn);
  const named = seen === -1 ? columnOf(causeColumn) : seen;
  let symptom = demands !== -1 ? demands : named !== -1 ? named : whereLed(table);
  const isAction = ({ plain }: Prose, column: number): boolean =>
    actionColumn.test(plain) || (placeColumn.test(plain.trim()) && sends(table, column));
  const titled = table.header.findLastIndex((cell, column) => column > symptom && isAction(cell, column));
  const action =
    titled === -1 && demands !== -1 ? table.header.findLastIndex((_, column) => leads(table, column)) : titled;
  if (symptom === -1 && titled > 0) symptom = kindBefore(table, titled, isName);
  const isCombined = symptom === -1 && titled > 0;
  if (isCombined) symptom = combinedBefore(table, titled);
  if (symptom === -1 || action === -1 || symptom === action) return false;
  const rows = table.rows.filter((row) => isFilled(row[symptom]) && isFilled(row[action]));
  if (rows.length < (demands === -1 ? 1 : 2) || rows.length > 60) return false;
  const beside = besideSymptom(table, rows, symptom, action, isCombined);
  for (const row of rows) {
    const when = row[symptom];
    const what = row[action];
    if (!when || !what) continue;
    const sentence = sentencesOf(when)[0];
    if (!sentence) continue;
    const words = when.plain.replace(/\s+/g, ' ').replace(/^[-–—•*]\s*/, '');
    const plain = isCombined ? (cellOf(table, row, symptom) ?? words) : words;
    const said = demands === -1 ? plain : (demandOf(subjectOf(table, row, symptom), words) ?? words);
    const more = beside.flatMap((column) => cellOf(table, row, column) ?? []);
    const text = [said, ...more].join(', ');
    const kind = saysElse(words) && more.length === 0 ? 'else' : 'if';
    const told = toldBy(table, row, [symptom, ...beside]);
    const condition = {
      kind,
      text,
      start: 0,
      end: when.plain.length,
      sentence,
      ...(told !== null && { told }),
    } as const;
    const inner = flow.addOption(condition, text, false);
    const isNumber = goesTo.test(table.header[action]?.plain ?? '') && numberOnly(what);
    const start = row[0]?.span.start ?? when.span.start;
    fill(inner, what, { words, span: when.span, start, passes: isNumber || onlyPasses(what, isName) });
  }
  flow.closeChoice(rows.length > 1);
  return true;
}

/** What the cells say together with the names of their columns: "errors > 100 and status is `failed`"; null where one says too little. */
function toldBy(table: Table, row: readonly Prose[], columns: readonly number[]): string | null {
  const parts = columns.flatMap((column) => (leavesOpen(row[column]) ? [] : [tellsOf(table, row, column)]));
  return parts.length > 0 && !parts.includes(null) ? parts.join(' and ') : null;
}

/** A demand or one value. Several words may be a value or tell of one, and a degree is a judgement. */
function tellsOf(table: Table, row: readonly Prose[], column: number): string | null {
  const name = subjectOf(table, row, column);
  const cell = row[column];
  if (!cell || name === '') return null;
  const words = cell.plain.trim();
  if (saysElse(words)) return null;
  const demand = demandOf(name, words);
  if (demand !== null) return demand;
  const isCode = cell.codes.some(({ start, end }) => cell.plain.slice(start, end).trim() === words);
  const isValue = isCode || (/^[A-Za-z][\w.:/-]*$/.test(words) && !isJudgement(words) && !noValue.test(words));
  return isValue && !words.includes('`') ? `${inWords(name)} is \`${words}\`` : null;
}

const noValue =
  /^(?:any|all|both|either|other|others|another|else|otherwise|unknown|none|nothing|null|empty|blank|missing|absent|present|anything|everything|something|yes|no|not|same|different|various|default|usual)$/i;

interface Cell {
  /** What the option is called, and where. */
  readonly words: string;
  readonly span: Span;
  readonly start: number;
  /** Nothing is to be done before one goes. */
  readonly passes: boolean;
}

/** Puts what a cell asks for into an option: what `readCell` reads of it, else one step. */
function filler(
  isName: FlowAbout['isName'],
  readCell: (inner: FlowBuilder, lines: readonly Paragraph[]) => void,
): (inner: FlowBuilder, what: Prose, cell: Cell) => void {
  return (inner, what, { words, span, start, passes }) => {
    const lines = linesOf(what);
    if (lines.length > 1 || decides(what, isName)) readCell(inner, lines);
    if (!inner.isEmpty) {
      inner.open(words, span);
      inner.beginWithStep();
      return;
    }
    const blocks = [paragraphOf(what)];
    const step = { ...unnumbered, start };
    inner.addStep({ ...step, blocks, ...titleOf(what, null), ...(passes && { passes: true as const }) });
  };
}

/**
 * A table of questions with a column of what to do for "Yes" or for "No", or of checks with one for "If not": every row is a step, whose
 * options those cells are.
 */
function readAnswers(
  flow: FlowBuilder,
  { header, rows }: Table,
  { isName, groups }: Pick<FlowAbout, 'isName' | 'groups'>,
  fill: ReturnType<typeof filler>,
): boolean {
  const answers = header.flatMap(({ plain }, column) => (answerColumn.test(plain.trim()) ? [column] : []));
  const says = (column: number): number => rows.filter((row) => asksFor(row[column], isName)).length;
  // "OK: all paths are up" says what is expected.
  const expected = answers.find((column) => says(column) * 2 < rows.length && !ofNo.test(header[column]?.plain ?? ''));
  const [first] = answers;
  // `Step | Action` over 1, 2, 3
  const counts = rows.length > 1 && rows.every((row) => countIn(row) !== null);
  const asked = header.findIndex(({ plain }, column) => !ofOrder.test(plain.trim()) && !(counts && column === 0));
  const all = rows.filter((row) => isFilled(row[asked]));
  if (first === undefined || asked >= first || answers.length > 2 || all.length === 0 || all.length > 60) return false;
  const asks = all.every((row) => /\?\W*$/.test(row[asked]?.plain ?? '') || beginsWithVerb(row[asked]?.plain ?? ''));
  if (!(asks || askedColumn.test(header[asked]?.plain ?? ''))) return false;
  const numbers = asked > 0 ? all.map(countIn) : [];
  const group = numbers.length > 0 && !numbers.includes(null) ? ++groups.count : 0;
  for (const [at, row] of all.entries()) {
    const question = row[asked];
    if (!question) continue;
    const cells = row.slice(asked, first).filter(({ plain }) => plain.trim() !== '');
    flow.closeChoice(false);
    const start = row[0]?.span.start ?? question.span.start;
    const own = group > 0 ? ({ number: numbers[at] ?? null, kind: 'item', group } as const) : unnumbered;
    flow.addStep({ ...own, ...titleOf(question, null), blocks: cells.map(paragraphOf), start });
    for (const column of answers.filter((one) => one !== expected)) {
      const what = row[column];
      const [sentence] = what ? sentencesOf(what) : [];
      if (!what || !sentence || goesOnAnyway.test(what.plain.trim())) continue;
      const head = header[column]?.plain.trim().toLowerCase() ?? '';
      const good = row[expected ?? header.findIndex(({ plain }) => expectedColumn.test(plain.trim()))]?.plain.trim();
      const text = ofNo.test(head) && good ? `if not: ${good}` : head;
      const inner = flow.addOption({ kind: 'if', text, start: 0, end: 0, sentence }, text, false);
      const { span } = what;
      fill(inner, what, { words: text, span, start: span.start, passes: onlyPasses(what, isName) });
    }
  }
  flow.closeChoice(false);
  return true;
}

/** The number that a row begins with, alone in its cell. */
const countIn = ([first]: readonly Prose[]): string | null =>
  /^\d{1,3}(?=[.)]?$)/.exec(first?.plain.trim() ?? '')?.[0] ?? null;

const ofNo = /\b(?:no|not|otherwise|fail\w*|different|wrong|false|bad|broken|missing|abnormal|unhealthy)\b/i;

/** A cell that says what to do, or where to go. */
function asksFor(cell: Prose | undefined, isName: FlowAbout['isName']): boolean {
  const plain = cell?.plain.trim() ?? '';
  if (!cell || plain === '') return false;
  return beginsWithVerb(plain) || goesOnAnyway.test(plain) || onlyPasses(cell, isName) || decides(cell, isName);
}

const answerColumn =
  /^(?:if\s+)?(?:yes|no|so|not|true|false|otherwise|ok|not\s+ok|pass(?:es|ed)?|fail(?:s|ed|ure|ing)?|bad|broken|missing|abnormal|unhealthy|(?:it|this|that)\s+fails|different|wrong)$|^(?:on|in\s+case\s+of)\s+(?:failure|success)$/i;
const askedColumn =
  /^(?:checks?|questions?|steps?|tests?|tasks?|actions?|what(?:\s+to\s+check)?|commands?|quer(?:y|ies)|verify)$/i;
const expectedColumn = /^(?:expected(?:\s+\w+)?|should(?:\s+be)?|good|healthy|target)$/i;
/** Nothing is to be done for this answer. */
const goesOnAnyway =
  /^(?:[-–—✓✔]|n\/a|ok|none|nothing|(?:go\s+on|continue|next|proceed)(?:\s+(?:with|to|on)?\s*(?:the\s+)?next\s+\w+|\s+check)?)?\W*$/i;

/**
 * Where two rows say the same of the symptom, the columns between it and what to do tell them apart: `used memory | policy | what to do`.
 */
function besideSymptom(
  table: Table,
  rows: Table['rows'],
  symptom: number,
  action: number,
  isCombined: boolean,
): readonly number[] {
  if (!isCombined && areApart(rows, [symptom])) return [];
  const others = conditionsBefore(table, action).filter((column) => column !== symptom);
  return areApart(rows, [symptom, ...others]) ? others : [];
}

/** `Statement | action`, where every row says what to do: the words of the first column tell the rows apart. -1 when it is none. */
function kindBefore(table: Table, action: number, isName: FlowAbout['isName']): number {
  const { header, rows } = table;
  const column = header.findIndex(({ plain }, at) => at < action && ofKind.test(plain.trim()));
  const words = rows.map((row) => valueIn(row, column));
  const isApart = new Set(words).size === words.length && !words.includes('');
  const asks = rows.filter((row) => asksFor(row[action], isName)).length;
  return column !== -1 && isApart && rows.length > 1 && asks * 2 >= rows.length ? column : -1;
}

const ofKind =
  /^(?:statement|situation|signal|pattern|kind|type|category|class|state|value|level|response|reply|answer|reason|source|event|(?:kind|type)\s+of\s+.+|what\s+(?:you|it)\s+(?:see|get|shows?|says?))s?$/i;

/**
 * `CPU | memory | action`: columns whose few values are combined, row by row; so are those beside one that asks, as in
 * `Mount | Full? | action`. The first of them; -1 when there are none.
 */
function combinedBefore(table: Table, action: number): number {
  const { header, rows } = table;
  const columns = conditionsBefore(table, action).filter((column) => header[column]?.plain.trim() !== '');
  const valuesOf = (column: number): readonly string[] => rows.map((row) => valueIn(row, column));
  const areShort = columns.every((column) => valuesOf(column).every((value) => value !== '' && value.length <= 40));
  const areFew = columns.every((column) => new Set(valuesOf(column)).size < rows.length);
  const asks = rows.length > 1 && columns.some((column) => header[column]?.plain.trim().endsWith('?'));
  return columns.length > 1 && areShort && (areFew || asks) && areApart(rows, columns) ? (columns[0] ?? -1) : -1;
}

/** `ConnectionStatus`, as a tool names its column, in words. */
function inWords(name: string): string {
  return name.replace(/([a-z])(?=[A-Z])/g, '$1 ');
}

/** The columns before the one that says what to do, without those that say nothing of when. */
function conditionsBefore({ header }: Table, action: number): readonly number[] {
  return header.flatMap(({ plain }, column) =>
    column < action && !actionColumn.test(plain) && !noCondition.test(plain.trim()) ? [column] : [],
  );
}

/** No two rows say the same in all of the columns. */
function areApart(rows: Table['rows'], columns: readonly number[]): boolean {
  return new Set(rows.map((row) => columns.map((column) => valueIn(row, column)).join('|'))).size === rows.length;
}

function valueIn(row: readonly Prose[], column: number): string {
  return row[column]?.plain.trim().toLowerCase() ?? '';
}

const noCondition =
  /^(?:#|no\.?|id|notes?|comments?|links?|owners?|teams?|contacts?|descriptions?|meanings?|what it means|explanations?|examples?|severity|priority)$/i;

/** What a cell says of its column; null for one that leaves it open. */
function cellOf({ header }: Table, row: readonly Prose[], column: number): string | null {
  if (leavesOpen(row[column])) return null;
  const cell = row[column]?.plain.replace(/\s+/g, ' ').trim() ?? '';
  const name = header[column]?.plain.trim() ?? '';
  return demandOf(name, cell) ?? `${name} ${cell}`.trim();
}

function leavesOpen(cell: Prose | undefined): boolean {
  return /^(?:any|all|\*|-|–|—|n\/a|)$/i.test(cell?.plain.trim() ?? '');
}

/** "(Enable the alert)" in a table to be filled in is an example. */
function isFilled(cell: Prose | undefined): boolean {
  const words = cell?.plain.trim() ?? '';
  return words !== '' && (!/^\([^()]*\)$/.test(words) || /^\((?:empty|none|nothing|blank|no\s\w+)\)$/i.test(words));
}

/** The lines of a cell ("1. Stop it.<br>2. Start it."), without the marks of a list. */
function linesOf(what: Prose): readonly Paragraph[] {
  const { plain } = what;
  const lines: Paragraph[] = [];
  for (let from = 0; from <= plain.length;) {
    const hit = plain.indexOf('\n', from);
    const to = hit === -1 ? plain.length : hit;
    const mark = /^\s*(?:(?:[-–—•*]|\d{1,2}[.)])\s+)?/.exec(plain.slice(from, to))?.[0].length ?? 0;
    if (from + mark < to) lines.push(paragraphOf(cutProse(what, from + mark, to)));
    from = to + 1;
  }
  return lines;
}

/** "If the queue is full, purge it." in a cell. */
function decides(what: Prose, isName: FlowAbout['isName']): boolean {
  return cutParagraph(what, { inItem: true, isName, followed: false }).some(({ kind }) => kind === 'if');
}

/** `3` below "Next step". */
function numberOnly(what: Prose): boolean {
  const [sentence] = sentencesOf(what);
  return sentence !== undefined && numberAlone(sentence) !== null;
}

/** "Go to Step 2", "No action needed": nothing is to be done before one goes. */
export function onlyPasses(what: Prose, isName: FlowAbout['isName']): boolean {
  const [sentence, ...more] = sentencesOf(what);
  if (!sentence || more.length > 0) return false;
  if (linkAlone(sentence, isName)) return true;
  const jump = readJump(sentence, isName);
  if (bareOutcome(sentence.text) !== null) return true;
  const leaves = jump ? jump.start - sentence.start : findOutcome(sentence.text)?.start;
  return leaves !== undefined && leaves < 12;
}

const amount = String.raw`-?\d[\d.,]*\s?(?:%|[A-Za-z]{1,8})?`;
const compared = new RegExp(String.raw`^(?:[<>≤≥]=?|=)\s*${amount}$`);
const spoken = new RegExp(
  String.raw`^(?:is )?(?:(?:above|below|over|under|at least|at most|up to|(?:more|less|fewer|greater|higher|lower) than)\s+${amount}|between\s+${amount}\s+and\s+${amount})$`,
  'i',
);
const exact = new RegExp(String.raw`^(?:${amount}|[A-Z][A-Z0-9_]{2,})$`);
const range = new RegExp(String.raw`^(${amount})\s*(?:-|–|to)\s*(${amount})$`);

/** What a cell such as `> 1000`, `500 - 1000` or `0` demands of what its column is named after; null when it is no demand. */
function demandOf(header: string, cell: string): string | null {
  const words = cell.trim();
  const subject = /^[A-Z][a-z]/.test(header) ? header.charAt(0).toLowerCase() + header.slice(1) : header;
  if (saysElse(words)) return 'otherwise';
  if (compared.test(words)) return `${subject} ${words}`;
  const bounds = range.exec(words);
  if (bounds) return `${subject} is between ${(bounds[1] ?? '').trim()} and ${(bounds[2] ?? '').trim()}`;
  if (spoken.test(words)) return `${subject} is ${words.replace(/^is /i, '')}`;
  return exact.test(words) ? `${subject} is ${words}` : null;
}

/** What is compared: the column's name, or under "Threshold" and its like what the row is called. */
function subjectOf({ header }: Table, row: readonly Prose[], column: number): string {
  const name = header[column]?.plain.trim() ?? '';
  const thing = row
    .slice(0, column)
    .findLast(({ plain }, at) => plain.trim() !== '' && !ofOrder.test(header[at]?.plain.trim() ?? ''));
  return thing && ofLimit.test(name) ? thing.plain.trim() : name;
}

const ofLimit =
  /^(?:(?:alert|alerts|bad|critical|unhealthy|problem|trouble|warning|fires)\s+)?(?:when|if|thresholds?|limits?|conditions?|values?|range|criteria|trigger|at)$/i;

/** Every row demands something of what the column is named after: `Queue depth` over `> 1000`, `500 - 1000`. */
function demandsIn({ header, rows }: Table, column: number): boolean {
  const name = header[column]?.plain.trim() ?? '';
  if (name === '' || /^(?:#|no\.?|number|step|id|order|priority)$/i.test(name) || actionColumn.test(name)) return false;
  const others = header.some(
    ({ plain }, other) => other !== column && (actionColumn.test(plain) || leads({ header, rows }, other)),
  );
  return others && rows.length > 1 && rows.every((row) => demandOf(name, row[column]?.plain ?? '') !== null);
}

/** Where rows lead to different places, the first column that tells them apart by its words: `Succeeded`, "go to Step 2". */
function whereLed({ header, rows }: Table): number {
  const pattern = goesTo.test(header.at(-1)?.plain ?? '') ? stepAlone : leadsAway;
  const targets = new Set(
    rows.map((row) => {
      const words = row.at(-1)?.plain.trim() ?? '';
      return (pattern.exec(words) ?? leadsAway.exec(words))?.[0].toLowerCase();
    }),
  );
  targets.delete(undefined);
  if (targets.size < 2) return -1;
  const tellsApart = (fewest: number): number =>
    header.findIndex(({ plain }, column) => {
      const name = plain.trim();
      if (column === header.length - 1 || ofOrder.test(name) || noCondition.test(name) || actionColumn.test(plain))
        return false;
      const words = new Set(rows.map((row) => valueIn(row, column)));
      return words.size >= fewest && !words.has('');
    });
  const apart = tellsApart(rows.length);
  // A value that stands there twice is a slip, which the checks on branches tell.
  return apart === -1 && rows.length > 2 ? tellsApart(rows.length - 1) : apart;
}

/** Over such a column a step's number alone is where to go. */
const goesTo = /\b(?:go|proceed|jump|skip|continue) (?:to|with|at)\W*$|^\W*(?:next|then)(?: step)?\W*$/i;
const stepAlone = /^(?:(?:step|section|phase|stage)\s+|#)?\d[\w.]*$/i;
const ofOrder = /^(?:#|no\.?|numbers?|id|order|priority)?$/i;
const leadsAway = /^(?:go|continue|proceed|skip|jump|move)\b.*\b(?:to|with|at)\b.*\d[\w.]*/i;

/** Every row is a link to another section. */
function sends({ rows }: Pick<Table, 'rows'>, column: number): boolean {
  return (
    rows.length > 1 &&
    rows.every((row) => row[column]?.links.some(({ start, target }) => start === 0 && target.startsWith('#')))
  );
}

/** Every row leads somewhere: "go to Step 3", "escalate". */
function leads({ rows }: Pick<Table, 'rows' | 'header'>, column: number): boolean {
  return rows.every((row) =>
    /^(?:go|continue|proceed|skip|jump|return|move)\b.*\b(?:to|with|at)\b|^(?:escalate|stop|done|end)\b/i.test(
      row[column]?.plain.trim() ?? '',
    ),
  );
}
