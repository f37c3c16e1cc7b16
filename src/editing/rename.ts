// Renaming a parameter, a result or a step's title, and giving a step another number, with every mention in the same edit.
import type { Span } from '../base/index.ts';
import type { TextEdit } from '../diagnostics/index.ts';
import type { NodeId } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { flatGuide } from './flat-guide.ts';
import { occurrenceAt, occurrencesOf, sameSymbol, type Occurrence } from './occurrences.ts';
import { renumberEdits, withAnchors } from './renumber.ts';
import { writtenSteps } from './step-names.ts';

/** Why a name cannot be changed, as a sentence for the person. */
export interface Refusal {
  readonly refusal: string;
}

/** What would be renamed, as it is written. */
export interface Renamable {
  readonly span: Span;
  readonly name: string;
}

/** What of the thing at the offset can get another name; null when there is nothing. */
export function prepareRename(analysis: Analysis, offset: number): Renamable | Refusal | null {
  const one = occurrenceAt(analysis, offset);
  if (!one) return null;
  if (one.symbol.kind === 'step' && changes(analysis, one) === 'number') {
    const written = writtenSteps(analysis).get(one.symbol.node);
    if (written?.kind === 'item')
      return { refusal: 'Items of a list are numbered by their order: move the item, or make the steps headings.' };
    if (one.form !== 'number') return { span: one.span, name: written?.number ?? '' };
  }
  const name = one.form === 'anchor' ? titleOf(analysis, one) : analysis.guide.text.slice(one.span.start, one.span.end);
  if (one.symbol.kind === 'step' && isSentence(analysis, one.symbol.node, name))
    return { refusal: 'This step is named by its own sentence: change the words where they stand.' };
  return { span: one.span, name };
}

/** The edits that give the thing at the offset its new name everywhere. */
export function rename(analysis: Analysis, offset: number, newName: string): readonly TextEdit[] | Refusal {
  const one = occurrenceAt(analysis, offset);
  const ready = prepareRename(analysis, offset);
  if (!one || !ready) return { refusal: 'Nothing here has a name that can be changed.' };
  if ('refusal' in ready) return ready;
  const name = newName.trim();
  if (one.symbol.kind !== 'step') return renameValue(analysis, one, name);
  return changes(analysis, one) === 'number' ? renumberOne(analysis, one, name) : retitle(analysis, one, name);
}

/** No heading names the step, and what does is more than a line of words: another title would take away what it says to do. */
function isSentence(analysis: Analysis, node: NodeId, name: string): boolean {
  const kind = writtenSteps(analysis).get(node)?.kind;
  return kind === 'passage' || (kind === 'item' && (/\n/.test(name) || name.length > 60 || /[.:*]\W*$/.test(name)));
}

/** A number, an anchor and a guard's `Step3` follow from the number, where the step has one. */
function changes(analysis: Analysis, { symbol, form }: Occurrence): 'number' | 'title' {
  if (form === 'title' || symbol.kind !== 'step') return 'title';
  return writtenSteps(analysis).get(symbol.node)?.number === null ? 'title' : 'number';
}

function titleOf({ guide, plan }: Analysis, { symbol }: Occurrence): string {
  const span = symbol.kind === 'step' ? writtenSteps({ guide, plan }).get(symbol.node)?.titleSpan : undefined;
  return span ? guide.text.slice(span.start, span.end) : '';
}

function renameValue(analysis: Analysis, one: Occurrence, name: string): readonly TextEdit[] | Refusal {
  const { symbol } = one;
  if (!/^[A-Za-z_]\w*$/.test(name))
    return { refusal: 'A name is made of letters, digits and underscores, and begins with no digit.' };
  const { all } = occurrencesOf(analysis);
  const taken = all.some(
    (other) => other.symbol.kind === symbol.kind && 'name' in other.symbol && other.symbol.name === name,
  );
  const same = 'name' in symbol && symbol.name === name;
  const noun = symbol.kind === 'parameter' ? 'parameter' : 'result';
  if (taken && !same) return { refusal: `There is a ${noun} “${name}” already.` };
  return all.filter((other) => sameSymbol(other.symbol, symbol)).map(({ span }) => ({ span, newText: name }));
}

function renumberOne(analysis: Analysis, { symbol }: Occurrence, wanted: string): readonly TextEdit[] | Refusal {
  const number = /^(?:[a-z]+\s+)?(\d{1,6}(?:\.\d{1,6}){0,5}[a-z]?)$/i.exec(wanted)?.[1];
  if (number === undefined) return { refusal: 'A step’s number looks like 4, 4.1 or 4a.' };
  const steps = [...writtenSteps(analysis).values()];
  const own = steps.find(({ node }) => symbol.kind === 'step' && node.id === symbol.node);
  if (!own || own.number === null) return { refusal: 'This step has no number.' };
  const old = own.number;
  const moved = new Map([[own.node.id, number]]);
  for (const { node, number: one } of steps) {
    if (one?.startsWith(`${old}.`) === true) moved.set(node.id, number + one.slice(old.length));
  }
  const { headings } = flatGuide(analysis.guide);
  const others = new Set([
    ...steps.filter(({ node }) => !moved.has(node.id)).map((step) => step.number?.toLowerCase()),
    ...headings.flatMap(({ span, number: one }) =>
      one === null || steps.some(({ node }) => node.source?.span.start === span.start) ? [] : [one.toLowerCase()],
    ),
  ]);
  const taken = [...moved.values()].find((one) => others.has(one.toLowerCase()));
  if (taken !== undefined)
    return {
      refusal: `There is a step ${taken} already. “Renumber the steps” gives all of them numbers in their order.`,
    };
  return renumberEdits(analysis, moved);
}

function retitle(analysis: Analysis, { symbol }: Occurrence, title: string): readonly TextEdit[] | Refusal {
  if (title === '' || /[\r\n]/.test(title)) return { refusal: 'A title is one line of words.' };
  const edits = occurrencesOf(analysis)
    .all.filter((other) => other.form === 'title' && sameSymbol(other.symbol, symbol))
    .map(({ role, span }) => ({ span, newText: role === 'declaration' ? title : title.replaceAll('`', '') }));
  return withAnchors(analysis, edits);
}
