// result.unknown-column: a step's words compare a column that its query does not return, told by its name in code style
// (`error_rate`). Only where all columns of the result are known by name; guards are checked by guard.invalid.
import { allMatches, collect, nearName, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { shapeOfAction } from '../guard/index.ts';
import { sourceSpan, type Sentence } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import type { PlanNode } from '../plan/index.ts';
import { byStep } from './scope.ts';
import { stepAbove } from './step-above.ts';

export function checkResultColumns(input: CheckInput): readonly Diagnostic[] {
  const strange = [...strangeWords(input), ...strangeHeaders(input)];
  if (strange.length === 0) return [];
  const { plan } = input;
  const elsewhere = new Set(plan.guide.parameters.map(({ name }) => name));
  for (const { actions } of plan.nodes) {
    for (const action of actions) {
      if (action.resultName !== undefined) elsewhere.add(action.resultName);
      for (const { name } of shapeOfAction(action).columns ?? []) elsewhere.add(name);
    }
  }
  return strange.flatMap(({ word, finding }) => (elsewhere.has(word) ? [] : [finding]));
}

/** Names in a step's conditions that its query does not return; they are right nonetheless when they mean something elsewhere. */
const strangeWords = byStep((node, sentences, { around }) => {
  const actions = [...(around?.actions ?? []), ...node.actions];
  return sentences.flatMap((sentence) => {
    const { names, all } = namesBefore(actions, sentence);
    if (names.length === 0) return [];
    const found: { readonly word: string; readonly finding: Diagnostic }[] = [];
    for (const { word, index } of namedColumns(sentence)) {
      const near = nearName(word, names);
      const said = isCalledColumn(sentence, index, word) || isCompared(sentence, index, word);
      if (names.some((name) => name.toLowerCase() === word.toLowerCase()) || (near === undefined && !(said && all)))
        continue;
      found.push({ word, finding: unknownColumn(sentence, index, word, names, near) });
    }
    const ofCase = caseBefore.exec(sentence.text)?.[1];
    if (!all || (ofCase === undefined && !/^(?:otherwise,? )?(?:if|when|once|where)\b/i.test(sentence.text)))
      return found;
    for (const { 0: word, index } of [...allMatches(sentence.text, snake), ...allMatches(sentence.text, camel)]) {
      if (!word.includes('_') && !names.some((name) => hump.test(name))) continue;
      if (names.includes(word) || isGuard(sentence, index) || isValue(sentence, index)) continue;
      if (found.some((one) => one.word === word) || (ofCase !== undefined && index >= ofCase.length)) continue;
      found.push({ word, finding: unknownColumn(sentence, index, word, names, nearName(word, names)) });
    }
    return found;
  });
});

/** "error_count above 50: go to Step 3": a case, and where it leads. */
const caseBefore =
  /^([^:→]{3,120}?\d[^:→]{0,20}?)\s*(?::|→|->)\s*(?:go|continue|proceed|escalate|skip|jump|close|stop|restart|page)\b/i;

/** `| `failure_count` | What to do |`: a table below a query that compares by a column, which its header names in code style. */
function strangeHeaders(input: CheckInput): readonly { readonly word: string; readonly finding: Diagnostic }[] {
  return collect(input.facts.tables, (block) => {
    if (block.rows.length === 0) return [];
    const [cell] = block.header;
    const word = cell?.plain.trim() ?? '';
    if (!cell || cell.codes.length !== 1 || !/^[A-Za-z]\w{2,60}$/.test(word)) return [];
    const shapes = (stepAbove(input, block.span)?.actions ?? []).map((action) => shapeOfAction(action));
    const isKnown = shapes.length > 0 && shapes.every(({ columns, complete }) => columns && complete === true);
    const names = collect(shapes, ({ columns }) => (columns ?? []).map(({ name }) => name));
    if (!isKnown || names.length === 0 || names.some((name) => name.toLowerCase() === word.toLowerCase())) return [];
    const from = cell.plain.indexOf(word);
    const span = sourceSpan(cell, from, from + word.length);
    return [{ word, finding: unknown(span, word, names, nearName(word, names)) }];
  });
}

const snake = /(?<![\w.'"/{$<])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w(.'"/>}])/g;
/** `FailureCount` right before the number that it is compared with. */
const camel =
  /(?<![\w.'"/{$<-])(?:[A-Z][a-z0-9]+|[a-z]+(?=[A-Z]))(?:[A-Z][a-z0-9]+)+(?=[`"']? (?:(?:is|are|was) )?(?:above|below|over|under|exceeds|(?:greater|more|higher|less|lower|fewer) than|at (?:least|most)|[<>]=?) ?\d)/g;
const hump = /^[A-Z][a-z0-9]*|[a-z][A-Z]/;

/** "If login_name is `etl_loader`": what a column is, and no column. */
function isValue({ text }: Sentence, index: number): boolean {
  return /\w\s+(?:(?:is|are|was|equals?|shows?|says?|reads?|contains?|starts with|ends with)(?: not)?|=|==|!=|like)\s+["'`“]?$/i.test(
    text.slice(Math.max(0, index - 60), index),
  );
}

/** True inside inline code that is more than the name itself. */
function isGuard(sentence: Sentence, index: number): boolean {
  const at = sentence.start + index;
  return sentence.codes.some(
    ({ start, end }) => start <= at && at < end && /[\s=<>.(]/.test(sentence.prose.plain.slice(start, end)),
  );
}

/** The columns of the code above the sentence, and whether they are all that it can give: else only a slip of one of them is certain. */
function namesBefore(actions: PlanNode['actions'], { span }: Sentence): { names: readonly string[]; all: boolean } {
  const shapes = actions.filter(({ source }) => source.span.end <= span.start).map((action) => shapeOfAction(action));
  const all = shapes.every(({ columns, complete }) => columns && columns.length > 0 && complete === true);
  return {
    names: shapes.flatMap(({ columns, complete }) =>
      (complete === true ? (columns ?? []) : []).map(({ name }) => name),
    ),
    all,
  };
}

function unknownColumn(
  sentence: Sentence,
  index: number,
  word: string,
  names: readonly string[],
  near: string | undefined,
): Diagnostic {
  const span = sourceSpan(sentence.prose, sentence.start + index, sentence.start + index + word.length);
  return unknown(span, word, names, near);
}

/** `result.unknown-column` in the words of the check that found it. */
export function reportColumn(span: Span, message: string, near: string | undefined, others: string): Diagnostic {
  return makeDiagnostic('result.unknown-column', span, message, {
    hint: near === undefined ? others : `Did you mean \`${near}\`?`,
    fixes: near === undefined ? [] : [{ title: `Change to \`${near}\``, edits: [{ span, newText: near }] }],
  });
}

function unknown(span: Span, word: string, names: readonly string[], near: string | undefined): Diagnostic {
  return reportColumn(span, `The step's query returns no column \`${word}\`.`, near, returned(names));
}

/** What the query returns instead, for a hint. */
export function returned(names: readonly string[]): string {
  const listed = names.slice(0, 8).map((name) => `\`${name}\``);
  return `It returns ${listed.join(', ')}${names.length > 8 ? ', …' : ''}.`;
}

/** Inline code that is one name, at its place in the sentence. */
function namedColumns(sentence: Sentence): readonly { readonly word: string; readonly index: number }[] {
  return sentence.codes.flatMap(({ start, end }) => {
    const word = sentence.prose.plain.slice(start, end);
    const index = start - sentence.start;
    return /^(?:[a-z]|[A-Z]\w*[a-z])\w{2,60}$/.test(word) && index >= 0 && index < sentence.text.length
      ? [{ word, index }]
      : [];
  });
}

/** "If `sleepers` is above 100": only a column is compared with a number there. */
function isCompared({ text }: Sentence, index: number, word: string): boolean {
  return (
    /^\W*(?:otherwise,?\s+)?(?:if|when)\s+(?:the\s+|its\s+)?["'`]?$|[.;,]\s+(?:if|when)\s+(?:the\s+)?["'`]?$/i.test(
      text.slice(Math.max(0, index - 40), index),
    ) &&
    /^["'`]?\s+(?:is|are|was)?\s*(?:above|below|over|under|(?:greater|more|higher|less|lower|fewer) than|at (?:least|most)|exceeds|[<>]=?)\s*-?\d/i.test(
      text.slice(index + word.length, index + word.length + 40),
    )
  );
}

/** "The column `region`", "the `region` column". */
function isCalledColumn({ text }: Sentence, index: number, word: string): boolean {
  return (
    /\bcolumns?\s+["'`]?$/i.test(text.slice(Math.max(0, index - 20), index)) ||
    /^["'`]?\s+columns?\b/i.test(text.slice(index + word.length, index + word.length + 12))
  );
}
