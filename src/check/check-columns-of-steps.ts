// result.unknown-column for "`dropped` of step 2": words that say of which step a column is hold it against all columns of that step's query,
// also from a section far away.
import { allMatches, collect, nearName, type Span } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { shapeOfAction } from '../guard/index.ts';
import { sourceSpan } from '../guide/index.ts';
import type { PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { reportColumn, returned } from './check-result-columns.ts';
import { bySection } from './scope.ts';
import { spoken } from './side-test.ts';

interface OfStep {
  readonly word: string;
  readonly step: string;
  readonly span: Span;
}

export function checkColumnsOfSteps(input: CheckInput, told: readonly Diagnostic[]): readonly Diagnostic[] {
  const named = namedOfSteps(input);
  if (named.length === 0) return [];
  const known = new Set(told.map(({ span }) => span.start));
  const { nodes, guide } = input.plan;
  const parameters = new Set(guide.parameters.map(({ name }) => name));
  return collect(named, ({ word, step, span }) => {
    if (known.has(span.start) || parameters.has(word)) return [];
    const node = nodes.find(({ id }) => id.toLowerCase() === `step${step}`);
    const names = node && columnsOf(node);
    if (!names || names.some((name) => spoken(name) === spoken(word))) return [];
    if (node.actions.some(({ code }) => code.includes(word))) return [];
    const near = nearName(word, names);
    return [reportColumn(span, `The query of step \`${step}\` returns no column \`${word}\`.`, near, returned(names))];
  });
}

/** All columns of a step, where nothing else can come from it. */
function columnsOf({ actions }: PlanNode): readonly string[] | null {
  const shapes = actions.map((action) => shapeOfAction(action));
  if (shapes.length === 0 || !shapes.every(({ complete, columns }) => complete === true && columns?.length))
    return null;
  return shapes.flatMap(({ columns = [] }) => columns.map(({ name }) => name));
}

/** Words set apart as code, or written as columns are, with their step behind them. */
const namedOfSteps = bySection((part) =>
  collect(part.sentences(), ({ text, prose, start, codes }): OfStep[] =>
    /\b(?:of|from|in) (?:step|task|phase|stage) \d/i.test(text)
      ? allMatches(
          text,
          /\b([A-Za-z]\w{2,60}) (?:of|from|in) (?:step|task|phase|stage) (\d{1,3}(?:\.\d{1,3})*)\b/gi,
        ).flatMap(({ index, 1: word = '', 2: step = '' }) => {
          const at = start + index;
          const isApart = codes.some((code) => code.start === at && code.end === at + word.length);
          const isColumn = isApart || /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/.test(word);
          return isColumn ? [{ word, step, span: sourceSpan(prose, at, at + word.length) }] : [];
        })
      : [],
  ),
);
