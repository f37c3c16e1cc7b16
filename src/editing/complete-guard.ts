// Completion inside of inline code in a sentence: what a guard may read, step by step through its members, and the values
// that a query's own text allows. The shape of the last result before the cursor tells what there is.
import { allMatches, type Span } from '../base/index.ts';
import { shapeOfAction, type ResultShape, type ToolSchema } from '../guard/index.ts';
import type { Action, Plan, PlanNode } from '../plan/index.ts';
import { literal, type Completion } from './completion.ts';
import type { Analysis } from './analyze.ts';
import { nodeAt } from './places.ts';
import { writtenSteps } from './step-names.ts';

const memberDetails: Readonly<Record<string, string>> = {
  rows: 'rows of the query',
  columns: 'names of its columns',
  rowCount: 'how many rows it gave',
  text: 'what the command or server said',
  errorText: 'what the command wrote to its error output',
  json: "the server's answer",
  exitCode: 'exit code of the command',
  status: 'HTTP status code',
};

const texts = ['contains', 'startsWith', 'endsWith', 'matches', 'mentions', 'reads'];
/** What may be asked of a command's output, with what it tells. */
const outputs: readonly (readonly [string, string])[] = [
  ['printed(text, errorText)', 'whether the command printed anything'],
  ['found(exitCode, text, errorText)', 'whether a search found anything'],
  ['number(text, errorText)', 'the one number that the command printed'],
  ['table(text)', 'the rows of a printed table'],
  ['listed(text)', 'the same, of which there must be one'],
];
const path = /([A-Za-z_]\w*(?:\.\w+|\[[^[\]]*\])*)\.(\w*)$/;

/** A column of a result that was there. */
export interface LastColumn {
  readonly name: string;
  /** Different texts that stood in it, the first few; empty when it held others than texts. */
  readonly values: readonly string[];
}

/** What is known of actions beside their text. */
export interface KnownOfActions {
  /** Columns of an action's latest result. */
  readonly lastResult?: ((action: string) => readonly LastColumn[] | undefined) | undefined;
  /** What the connection of an action's tool holds. */
  readonly schema?: ((action: Action) => ToolSchema | undefined) | undefined;
}

/** What the query's text and its tables say of its result, and beyond it what the latest result had. */
function shapeWithLast(action: Action, { lastResult, schema }: KnownOfActions): ResultShape {
  const shape = shapeOfAction(action, schema?.(action));
  const last = lastResult?.(action.id) ?? [];
  const known = shape.columns ?? [];
  const seen = last.filter(({ name }) => !known.some((column) => column.name === name));
  const columns = [
    ...known.map((column) => {
      const values = last.find(({ name }) => name === column.name)?.values ?? [];
      return column.values || values.length === 0 ? column : { ...column, values };
    }),
    ...seen.map(({ name, values }) => (values.length > 0 ? { name, values } : { name })),
  ];
  return columns.length > 0 ? { ...shape, columns } : shape;
}

/** `code` is the inline code up to the cursor; `at` is the cursor in the analysed text. */
export function completeGuard(
  code: string,
  offset: number,
  analysis: Analysis,
  at: number,
  about: KnownOfActions = {},
): Completion[] {
  const { plan } = analysis;
  const written = writtenSteps(analysis);
  const inside = nodeAt(plan, at);
  const owner = written.get(inside?.id ?? '')?.owner;
  const node = plan.nodes.find(({ id }) => id === owner) ?? inside;
  // Conditions of one heading read its last action before them, whichever of them are steps of their own.
  const near = plan.nodes.filter(
    ({ id }) => id === node?.id || (owner !== undefined && written.get(id)?.owner === owner),
  );
  const action = near.flatMap(({ actions }) => actions).findLast(({ source }) => source.span.start < at);
  const shape = action ? shapeWithLast(action, about) : null;
  const text = /(\w+)\s*(?:==|!=)\s*(['"])([^'"]*)$/.exec(code);
  if (text) return valuesOf(text[1] ?? '', text[3] ?? '', shape, offset);
  if (inText(code)) return [];
  const printed = /\b(?:table|listed)\(text\)\.(\w*)$/.exec(code);
  if (printed) {
    const written = printed[1] ?? '';
    return listMethods(shape ?? { members: [] }, { start: offset - written.length, end: offset });
  }
  const member = path.exec(code);
  if (member) {
    const written = member[2] ?? '';
    const span = { start: offset - written.length, end: offset };
    return membersOf(member[1] ?? '', code, span, { plan, node, at, shape, about });
  }
  const word = /[A-Za-z_]?\w*$/.exec(code)?.[0] ?? '';
  const before = code.slice(0, code.length - word.length);
  if (!/(?:^|[\s(!&|=<>+*/,-])$/.test(before)) return [];
  const span = { start: offset - word.length, end: offset };
  return [
    ...wholeGuards(before, shape, span),
    ...roots(plan, shape, span),
    ...variables(before, span),
    ...mentions(before, plan, span),
  ];
}

interface Place {
  readonly plan: Plan;
  readonly node: PlanNode | undefined;
  readonly at: number;
  readonly shape: ResultShape | null;
  readonly about: KnownOfActions;
}

/** True when a text has been opened and not closed. */
function inText(code: string): boolean {
  let open = '';
  for (let index = 0; index < code.length; index++) {
    const sign = code[index] ?? '';
    if (open !== '' && sign === '\\') index++;
    else if (open === '' ? sign === "'" || sign === '"' : sign === open) open = open === '' ? sign : '';
  }
  return open !== '';
}

function valuesOf(column: string, written: string, shape: ResultShape | null, offset: number): Completion[] {
  const span = { start: offset - written.length, end: offset };
  const values = shape?.columns?.find(({ name }) => name === column)?.values ?? [];
  return values.map((label) => ({ kind: 'value', label, detail: `value of ${column}`, insert: label, span }));
}

function membersOf(of: string, code: string, span: Span, place: Place): Completion[] {
  const { plan, shape, about } = place;
  if (of === 'params') {
    return plan.guide.parameters
      .filter(({ name }) => /^[A-Za-z_]\w*$/.test(name))
      .map(({ name, type }) => ({ kind: 'parameter', label: name, detail: type, insert: name, span }));
  }
  if (of === 'steps') return stepsOf(place, span);
  if (of === 'results') {
    return resultsOf(plan).map(({ resultName = '', language }) => ({
      kind: 'result',
      label: resultName,
      detail: language,
      insert: resultName,
      span,
    }));
  }
  const other = otherShape(of, plan, about);
  if (other?.rest === '') return resultMembers(other.shape, span);
  const [base, rest] = other ? [other.shape, other.rest] : [shape, of];
  if (rest === 'rows') return listMethods(base, span);
  if (rest === 'columns') return [method('exists', 'name', span), method('size', null, span)];
  if (/^rows\[[^\]]*\]$/.test(rest)) return columns(base, span);
  if (rest === 'text') return texts.map((name) => textMethod(name, span));
  const rows = rowsOfVariable(of, code);
  if (rows === null) return [];
  const owner = otherShape(rows, plan, about);
  return columns(owner ? owner.shape : shape, span);
}

/** The list that a variable of `exists(r, …)` and its like goes through. */
function rowsOfVariable(name: string, code: string): string | null {
  const pattern = /([\w.[\]']*\brows|\b(?:table|listed)\(text\))\.(?:exists|exists_one|all|filter|map)\(\s*(\w+)\s*,/g;
  const found = allMatches(code, pattern).findLast(([, , variable]) => variable === name);
  return found?.[1] ?? null;
}

/** The shape that `steps.Step2.rows` or `results.errors.rows` belongs to, and what follows the name. */
function otherShape(
  of: string,
  plan: Plan,
  about: KnownOfActions,
): { readonly shape: ResultShape; readonly rest: string } | null {
  const found = /^(?:steps(?:\.(\w+)|\[['"]([\w.]+)['"]\])|results(?:\.(\w+)|\[['"](\w+)['"]\]))(?:\.(.*))?$/.exec(of);
  if (!found) return null;
  const step = found[1] ?? found[2];
  const result = found[3] ?? found[4];
  const action =
    step !== undefined
      ? plan.nodes.find(({ id }) => id === step)?.actions.at(-1)
      : resultsOf(plan).find(({ resultName }) => resultName === result);
  return action ? { shape: shapeWithLast(action, about), rest: found[5] ?? '' } : null;
}

function resultsOf(plan: Plan): Action[] {
  return plan.nodes.flatMap(({ actions }) => actions.filter(({ resultName }) => resultName !== undefined));
}

/** Steps before this one that give a result. A number with a dot is no name in CEL and is written in brackets. */
function stepsOf({ plan, node }: Place, span: Span): Completion[] {
  const steps = plan.nodes.filter(({ kind }) => kind === 'step');
  const before = steps.slice(0, node ? steps.indexOf(node) : steps.length);
  return before
    .filter(({ actions }) => actions.length > 0)
    .map(({ id, title }): Completion => {
      if (/^\w+$/.test(id)) return { kind: 'step', label: id, detail: title, insert: id, span };
      const dot = { start: span.start - 1, end: span.end };
      return { kind: 'step', label: id, detail: title, insert: `['${id}']`, filter: `.${id}`, span: dot };
    })
    .reverse();
}

function resultMembers(shape: ResultShape, span: Span): Completion[] {
  return shape.members.map((name) => ({
    kind: 'member',
    label: name,
    detail: memberDetails[name] ?? '',
    insert: name,
    span,
  }));
}

function columns(shape: ResultShape | null, span: Span): Completion[] {
  return columnsOf(shape)
    .filter(({ name }) => /^[A-Za-z_]\w*$/.test(name))
    .map(({ name, type, values }) => ({
      kind: 'column',
      label: name,
      detail: values ? values.slice(0, 4).join(' | ') : (type ?? 'column'),
      insert: name,
      span,
    }));
}

/** The columns of a query, or those that kubectl's table is sure to have. */
function columnsOf(shape: ResultShape | null): NonNullable<ResultShape['columns']> {
  const listed = shape?.printed?.kind === 'listing' ? shape.printed.columns : [];
  return shape?.columns ?? listed.map((name) => ({ name }));
}

function listMethods(shape: ResultShape | null, span: Span): Completion[] {
  const column = columnsOf(shape)[0]?.name ?? 'column';
  return [
    { ...method('exists', 'r', span, column), detail: 'some row for which it holds' },
    { ...method('all', 'r', span, column), detail: 'it holds for every row' },
    { ...method('exists_one', 'r', span, column), detail: 'exactly one row for which it holds' },
    { ...method('filter', 'r', span, column), detail: 'the rows for which it holds' },
    { ...method('map', 'r', span, column), detail: 'a value from each row' },
    { ...method('size', null, span), detail: 'how many there are' },
  ];
}

function method(name: string, variable: string | null, span: Span, column?: string): Completion {
  const body =
    variable === null
      ? ''
      : column === undefined
        ? `${variable}, \${1}`
        : `${variable}, ${variable}.\${1:${literal(column)}}\${2}`;
  return { kind: 'function', label: name, insert: `${name}(${body})`, holders: variable !== null, span };
}

function textMethod(name: string, span: Span): Completion {
  return { kind: 'function', label: name, insert: `${name}('\${1}')`, holders: true, span };
}

/** Whole conditions on the status words that the query can give, at the start of the code. */
function wholeGuards(before: string, shape: ResultShape | null, span: Span): Completion[] {
  if (before !== '') return [];
  return (shape?.columns ?? [])
    .flatMap(({ name, values }) => (values ?? []).map((value) => `rows.exists(r, r.${name} == '${value}')`))
    .slice(0, 12)
    .map((label) => ({ kind: 'snippet', label, insert: label, span }));
}

function roots(plan: Plan, shape: ResultShape | null, span: Span): Completion[] {
  const root = (label: string, detail: string): Completion => ({ kind: 'member', label, detail, insert: label, span });
  return [
    ...(shape ? resultMembers(shape, span) : []),
    ...(shape?.members.includes('errorText') ? outputs.map(([label, detail]) => root(label, detail)) : []),
    ...(plan.guide.parameters.length > 0 ? [root('params', 'values of the parameters')] : []),
    ...(plan.nodes.some(({ actions }) => actions.length > 0) ? [root('steps', 'results of earlier steps')] : []),
    ...(resultsOf(plan).length > 0 ? [root('results', 'results kept with `as=`')] : []),
  ];
}

/** Variables of the lists that are open around the cursor. */
function variables(before: string, span: Span): Completion[] {
  const names = allMatches(before, /\.(?:exists|exists_one|all|filter|map)\(\s*(\w+)\s*,/g).map(
    ([, name = '']) => name,
  );
  return [...new Set(names)].map((label) => ({ kind: 'member', label, detail: 'the row', insert: label, span }));
}

/** Inline code that is no guard may be a parameter's name. */
function mentions(before: string, plan: Plan, span: Span): Completion[] {
  if (before !== '') return [];
  return plan.guide.parameters.map(({ name, description }) => ({
    kind: 'parameter',
    label: name,
    detail: description ?? 'parameter',
    insert: name,
    span,
  }));
}
