// result.unknown-value: a step's words name a status that its query never gives. The words that a query gives are known when
// they are the literals of a CASE. Only what is nearly one of them counts as wrong: another word may come from elsewhere.
import { allMatches, collect, nearName, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { shapeOfAction } from '../guard/index.ts';
import { sourceSpan, type Sentence } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { bySection, byStep } from './scope.ts';
import { stepAbove } from './step-above.ts';
import { spoken } from './side-test.ts';
import { strangeWords } from './words-of-column.ts';

export function checkResultValues(input: CheckInput): readonly Diagnostic[] {
  const strange = strangeWords(input).map(({ word, span, column, values }) => {
    const near = nearName(word, values);
    const message = `The step's query never gives \`${word}\` as \`${column}\`; it gives ${list(values)}.`;
    return unknownValue(span, message, near !== undefined && isSlip(word, near) ? near : undefined);
  });
  const doubtful = [...doubtfulWords(input), ...doubtfulCells(input)].filter(
    ({ finding }) => !strange.some(({ span }) => span.start === finding.span.start),
  );
  if (doubtful.length === 0) return strange;
  const quoted = new Set(quotedWords(input));
  return [...strange, ...collect(doubtful, ({ word, finding }) => (quoted.has(word) ? [] : [finding]))];
}

/** Words that no query of their step gives; they are right nonetheless when other code of the guide holds them. */
const doubtfulWords = byStep((node, sentences, { around }) => {
  const columns = collect(
    [...(around?.actions ?? []), ...node.actions],
    (action) => shapeOfAction(action).columns ?? [],
  );
  const values = [...new Set(collect(columns, (column) => column.values ?? []))].filter((value) =>
    /^[A-Z][A-Z0-9_]{3,}$/.test(value),
  );
  if (values.length === 0) return [];
  const frames = new Set(
    collect(sentences, ({ text }) =>
      conditional.test(text)
        ? allMatches(text, /\b[A-Z][A-Z0-9_]{3,60}\b/g)
            .filter(([word]) => values.includes(word))
            .map(({ index }) => frameOf(text, index))
        : [],
    ),
  );
  return collect(sentences, (sentence) => {
    const found: { readonly word: string; readonly finding: Diagnostic }[] = [];
    const compares = /\.\w+ [!=]= '/.test(sentence.text);
    for (const { 0: word, index } of allMatches(sentence.text, /\b[A-Z][A-Z0-9_]{3,60}\b/g)) {
      if (values.includes(word)) continue;
      const near = nearName(word, values);
      if (near === undefined || !isSlip(word, near)) {
        if (
          (compares && saysStatus(sentence.text, index)) ||
          saysResult(sentence.text, index, columns) ||
          (conditional.test(sentence.text) && frames.has(frameOf(sentence.text, index)))
        )
          found.push({ word, finding: unlikeGuard(sentence, index, word, values) });
        continue;
      }
      const span = sourceSpan(sentence.prose, sentence.start + index, sentence.start + index + word.length);
      const message = `The step's query never gives \`${word}\`; it gives ${list(values)}.`;
      found.push({ word, finding: unknownValue(span, message, near) });
    }
    for (const { 0: word, index } of allMatches(sentence.text, /\b[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)+\b/g)) {
      const meant = word.replaceAll('-', '_');
      if (!values.includes(meant)) continue;
      const span = sourceSpan(sentence.prose, sentence.start + index, sentence.start + index + word.length);
      const message = `The step's query never gives \`${word}\`; it gives ${list(values)}.`;
      found.push({ word, finding: unknownValue(span, message, meant) });
    }
    return found;
  });
});

/** `| Verdict | What to do |`: the cells below the name of a column are what the query gives there. */
function doubtfulCells(input: CheckInput): readonly { readonly word: string; readonly finding: Diagnostic }[] {
  return collect(input.facts.tables, (block) => {
    if (block.rows.length < 2) return [];
    const columns = collect(
      stepAbove(input, block.span)?.actions ?? [],
      (action) => shapeOfAction(action).columns ?? [],
    );
    return block.header.flatMap((cell, at) => {
      const header = cell.plain.trim().toLowerCase();
      const column = columns.find(({ name, values }) => values && [name, spoken(name)].includes(header));
      const { values = [] } = column ?? {};
      if (values.length === 0) return [];
      return block.rows.flatMap((row) => {
        const said = row[at];
        const word = said?.plain.trim() ?? '';
        if (!said || !statusWord.test(word) || values.includes(word)) return [];
        const near = nearName(word, values);
        const from = said.plain.indexOf(word);
        const span = sourceSpan(said, from, from + word.length);
        const message = `The step's query never gives \`${word}\` as \`${column?.name ?? ''}\`; it gives ${list(values)}.`;
        return [
          { word, finding: unknownValue(span, message, near !== undefined && isSlip(word, near) ? near : undefined) },
        ];
      });
    });
  });
}

const statusWord = /^[A-Z][A-Z0-9_]{3,60}$/;

/** A word that code of the guide holds as a literal exists, wherever it comes from. */
const quotedWords = bySection((_, { own }) =>
  allMatches(own, /(['"])(?=([A-Z][A-Z0-9_]{3,60})\1)/g).map(([, , word = '']) => word),
);

/** "If a shard shows SHARD_SLOW (`…`)": the words say what the guard decides, and name another status than any of the query's. */
function unlikeGuard(sentence: Sentence, index: number, word: string, values: readonly string[]): Diagnostic {
  const span = sourceSpan(sentence.prose, sentence.start + index, sentence.start + index + word.length);
  return unknownValue(span, `The step's query never gives \`${word}\`; it gives ${list(values)}.`, undefined);
}

/** "If it shows OVERLOADED", "if the status is OVERLOADED": what stands there is what the query gave. */
function saysResult(text: string, index: number, columns: readonly { readonly name: string }[]): boolean {
  const before =
    /^(?:otherwise,? )?(?:if|when)\s+(.{1,60}?)\s+(?:shows?|is|are|reads?|says?|equals?|gives?|returns?)\s+["'“`]?$/i.exec(
      text.slice(0, index),
    )?.[1];
  if (before === undefined) return false;
  const subject = before.replace(/[`"']/g, '').toLowerCase();
  return (
    /^(?:it|this|that|(?:the|any|a|one|each|some) (?:query|result|results|output|row|rows|status|state|verdict|assessment|query result))$/.test(
      subject,
    ) || columns.some(({ name }) => [name, spoken(name)].some((one) => subject === one || subject === `the ${one}`))
  );
}

const conditional = /^(?:otherwise,? )?(?:if|when) /i;

/** "If a collector is" of "If a collector is DROPPING": what stands in the same words as a value of the query is meant as one. */
function frameOf(text: string, index: number): string {
  return text
    .slice(0, index)
    .toLowerCase()
    .replace(/^otherwise,? /, '');
}

function saysStatus(text: string, index: number): boolean {
  return /\b(?:shows?|is|are|reads?|says?|equals?|has|becomes?|status|state|verdict)\s+["'“]?$/i.test(
    text.slice(0, index),
  );
}

/** `result.unknown-value`, with the value that was meant where one is near. */
export function unknownValue(span: Span, message: string, near: string | undefined): Diagnostic {
  return makeDiagnostic('result.unknown-value', span, message, {
    hint: near === undefined ? 'Name one that it gives.' : `Did you mean \`${near}\`?`,
    fixes: near === undefined ? [] : [{ title: `Change to \`${near}\``, edits: [{ span, newText: near }] }],
  });
}

/** A few letters that differ, or another ending: `REGRESION_DETECTED`, `REGRESSION_DETECT`. `HEALTHY` is no slip of `UNHEALTHY`. */
function isSlip(word: string, near: string): boolean {
  return !word.endsWith(near) && !near.endsWith(word) && word.charAt(0) === near.charAt(0);
}

function list(values: readonly string[]): string {
  const shown = values.slice(0, 6).map((value) => `\`${value}\``);
  return `${shown.join(', ')}${values.length > 6 ? ', …' : ''}`;
}
