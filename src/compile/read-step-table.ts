// Reads tables that number what is to be done one after the other: "Step | Query | What to look for" over rows 1, 2, 3. What a
// cell says of when may speak of the row or of what the row has shown: it is read as any words of the step are.
import type { Prose, Table } from '../guide/index.ts';
import { paragraphOf, titleOf, type FlowBuilder } from './flow-builder.ts';
import type { FlowAbout } from './list-kind.ts';
import { beginsWithVerb } from './imperative.ts';

/** `Step | Query | What to look for` */
const ofSteps = /^(?:steps?|step\s+(?:#|no\.?|number))$/i;
/** `# | Check | Expected` */
const ofNumbers = /^(?:#|no\.?|nr\.?|order|number)$/i;
const whatToDo =
  /^(?:(?:what\s+to\s+)?(?:do|check|verify|run)|actions?|tasks?|commands?|quer(?:y|ies)|checks?|tests?|instructions?|procedure)$/i;

const mostRows = 60;

/** Adds a step for each row; false for any other table, and for one that only repeats the guide's headings. */
export function readStepTable(
  flow: FlowBuilder,
  { header, rows }: Table,
  { isName, groups }: Pick<FlowAbout, 'isName' | 'groups'>,
): boolean {
  const [first, ...titles] = header;
  const name = first?.plain.trim() ?? '';
  if (rows.length < 2 || rows.length > mostRows || !(ofSteps.test(name) || ofNumbers.test(name))) return false;
  if (!rows.every((row, at) => row[0]?.plain.trim().replace(/\.$/, '') === String(at + 1))) return false;
  const acts = 1 + titles.findIndex(({ plain }) => whatToDo.test(plain.trim()));
  // Numbers alone may count what is only listed.
  if (acts === 0 || (!ofSteps.test(name) && !rows.every((row) => beginsWithVerb(row[acts]?.plain ?? '')))) return false;
  if (rows.some((row) => !isOwnStep(row[acts], isName))) return false;
  const group = ++groups.count;
  for (const [at, row] of rows.entries()) {
    const cells = row.slice(1).filter(({ plain }) => plain.trim() !== '');
    const what = row[acts];
    if (!what) continue;
    flow.closeChoice(false);
    const start = row[0]?.span.start ?? what.span.start;
    const own = { number: String(at + 1), kind: 'item', group, start, blocks: cells.map(paragraphOf) } as const;
    flow.addStep({ ...own, ...titleOf(what, null), title: titleFor(what, cells) });
  }
  flow.closeChoice(false);
  return true;
}

/** What to do, and where that is only a name ("Q4"), what to look for. */
function titleFor(what: Prose, cells: readonly Prose[]): string {
  const { title } = titleOf(what, null);
  const more = cells[cells.indexOf(what) + 1];
  return beginsWithVerb(what.plain) || !more || title.length > 40 ? title : `${title}: ${titleOf(more, null).title}`;
}

/** False for an empty cell, for one that decides first, and for one of a list of contents. */
function isOwnStep(cell: Prose | undefined, isName: (name: string) => boolean): boolean {
  const words = cell?.plain.trim() ?? '';
  if (!cell || words === '' || /^\W*(?:if|when|unless|otherwise)\b/i.test(words)) return false;
  return !cell.links.some(({ target }) => target.startsWith('#')) && !isName(words);
}
