// Makes up results of an action that tell the conditions which read it apart: one for each way in which they can come out
// together, as far as a simple solver finds them - values around each number a guard compares with, each word it names and
// another one, no rows, one row and as many as it counts.
import type { Json } from '../base/index.ts';
import { evaluateGuard } from './evaluate-guard.ts';
import { childrenOf, type GuardNode } from './guard-syntax.ts';
import { guardTests, resultName, resultsRead, type GuardTest } from './guard-tests.ts';
import { parseGuard } from './parse-guard.ts';
import type { GuardResult, GuardScope, ResultShape, Row, ShapeColumn } from './scope.ts';

export interface InventAbout {
  /** Guards of the action's own step that read its result; empty when it is not the step's last action. */
  readonly own: readonly string[];
  /** All guards of the plan: some may read it by the step's name or the result's. */
  readonly all: readonly string[];
  readonly step: string;
  readonly resultName?: string;
  readonly shape: ResultShape;
  readonly params: Readonly<Record<string, Json>>;
}

/** At least one result; the first is the plainest. */
export function inventResults(about: InventAbout): readonly GuardResult[] {
  const wishes = new Wishes();
  const by = { params: about.params, numbers: numbersOf(about.all) };
  for (const cel of about.own) collect(cel, ['self'], by, wishes);
  for (const cel of about.all) collect(cel, namesOf(about), by, wishes);
  const candidates = assemble(about.shape, wishes);
  const byVerdicts = new Map<string, { readonly result: GuardResult; readonly wrong: boolean }>();
  for (const result of candidates) {
    const { verdicts, wrong } = verdictsOn(result, about);
    if (!byVerdicts.has(verdicts)) byVerdicts.set(verdicts, { result, wrong });
  }
  const all = [...byVerdicts.values()];
  const decided = all.filter(({ wrong }) => !wrong);
  return (decided.length > 0 ? decided : all.slice(0, 1)).map(({ result }) => result);
}

/** By parameter: values that tell the conditions which read it apart; none for one that no condition reads. */
export function inventParameters(guards: readonly string[]): ReadonlyMap<string, readonly Json[]> {
  const wishes = new Wishes();
  const numbers = numbersOf(guards);
  for (const cel of guards) collect(cel, ['params'], { params: {}, numbers }, wishes);
  return new Map(
    [...wishes.values].flatMap(([place, values]) => {
      const name = /^param\.([^.]+)$/.exec(place)?.[1];
      return name === undefined ? [] : [[name, [...values]] as const];
    }),
  );
}

const mostCandidates = 600;
const mostCopies = 500;

/** What guards would like to see: values by place. A place is `row.<column>`, `json.<path>`, `text`, `rowCount`, … */
class Wishes {
  readonly values = new Map<string, Set<Json>>();

  add(place: string, ...values: readonly Json[]): void {
    const known = this.values.get(place) ?? new Set<Json>();
    this.values.set(place, known);
    for (const value of values) if (known.size < 24) known.add(value);
  }

  of(place: string): readonly Json[] {
    return [...(this.values.get(place) ?? [])];
  }
}

/** How the conditions come out on a result; `wrong` where one that it decides alone cannot be. */
function verdictsOn(result: GuardResult, about: InventAbout): { readonly verdicts: string; readonly wrong: boolean } {
  const { own, all, step, resultName: named, params } = about;
  const steps = { [step]: result };
  const results = named === undefined ? {} : { [named]: result };
  const scope = { params, steps, results };
  const names = namesOf(about);
  const ownersFor = (cel: string): readonly string[] => (own.includes(cel) ? ['self', ...names] : names);
  const mine = own.map((cel) => evaluateGuard(cel, { ...scope, result }).kind);
  const others = all
    .filter((cel) => !own.includes(cel))
    .map((cel) => evaluateGuard(cel, { ...scope, result: {} }).kind);
  // A condition that reads other steps too is decided by no result alone: the tests in it are, and what they compare.
  const parts = all
    .filter((cel) => readsOthers(cel, ownersFor(cel)))
    .flatMap((cel) => {
      const owners = ownersFor(cel);
      const seen = { ...scope, result: own.includes(cel) ? result : {} };
      return guardTests(cel).map((test) => partOf(test, owners, seen, result));
    });
  const wrong = own.some((cel, index) => mine[index] === 'error' && !readsOthers(cel, ownersFor(cel)));
  return { verdicts: [...mine, ...others, ...parts].join(' '), wrong };
}

/** The names under which any step reads the result. */
function namesOf({ step, resultName: named }: InventAbout): readonly string[] {
  return [`steps.${step}`, ...(named === undefined ? [] : [`results.${named}`])];
}

function readsOthers(cel: string, owners: readonly string[]): boolean {
  return guardTests(cel).some(({ root }) => readsAnother(root, owners));
}

/** Whether an expression reads the result of a step that is not among the owners. */
function readsAnother(node: GuardNode, owners: readonly string[]): boolean {
  if (resultsRead(node).some((name) => !owners.includes(name))) return true;
  return !owners.includes('self') && placesIn(node, ['self'], new Map()).length > 0;
}

/** How a test comes out, or where it compares the result with another one, what it reads of it. */
function partOf({ cel, root }: GuardTest, owners: readonly string[], scope: GuardScope, result: GuardResult): string {
  const { kind } = evaluateGuard(cel, scope);
  if (kind !== 'error' || !readsAnother(root, owners)) return kind;
  const read = placesIn(root, owners, new Map());
  return JSON.stringify(read.map((place) => valueAt(result, place)));
}

function placesIn(node: GuardNode, owners: readonly string[], variables: Scope): readonly string[] {
  const place = placeOf(node, owners, variables);
  if (place !== undefined && place !== '') return [place];
  return childrenOf(node).flatMap((child) => placesIn(child, owners, variables));
}

function valueAt(result: GuardResult, place: string): Json {
  const [root = '', ...path] = place.split('.');
  const start = root === 'row' ? result.rows?.[0] : result[root as keyof GuardResult];
  let value: unknown = start;
  for (const key of path) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return (value ?? null) as Json;
}

type Scope = ReadonlyMap<string, string>;

/** Numbers to compare two results by: around every number that a guard names, so that both may lie on either side of it. */
function numbersOf(guards: readonly string[]): readonly number[] {
  const named = (node: GuardNode): readonly number[] =>
    node.kind === 'number' ? [node.value] : childrenOf(node).flatMap(named);
  const found = guards.flatMap((cel) => guardTests(cel).flatMap(({ root }) => named(root)));
  return [...new Set([1, 2, ...found.flatMap((value) => [value - 1, value, value + 1, value + 2])])];
}

/** Reads one guard for what it compares. `owners` are the names under which it may read the result. */
function collect(
  cel: string,
  owners: readonly string[],
  { params, numbers }: Pick<InventAbout, 'params'> & { readonly numbers: readonly number[] },
  wishes: Wishes,
): void {
  const parsed = parseGuard(cel);
  if (parsed.kind === 'fault') return;
  const visit = (node: GuardNode, variables: Scope): void => {
    let inner = variables;
    if (node.kind === 'macro') {
      const list = placeOf(node.of, owners, variables);
      if (list === 'rows') wishes.add('rowCount', 0, 1);
      if (list !== undefined)
        inner = new Map(variables).set(
          node.variable,
          list === 'rows' ? 'row' : list === 'table' ? 'cell' : list.startsWith('numbers.') ? list : `${list}.0`,
        );
    }
    for (const tested of testedBy(node)) {
      const place = placeOf(tested, owners, inner);
      if (place !== undefined) wishes.add(place, true, false);
    }
    if (node.kind === 'macro') {
      visit(node.of, variables);
      for (const body of node.bodies) visit(body, inner);
      return;
    }
    if (node.kind === 'binary') compare(node, variables);
    if (node.kind === 'call' && node.of) call(node.of, node.name, node.args, variables);
    if (node.kind === 'call' && !node.of) ofOutput(node.name, node.args, variables);
    const place = placeOf(node, owners, variables);
    if (place !== undefined && place !== 'rows' && !wishes.values.has(place)) wishes.add(place, ...plainFor(place));
    for (const child of childrenOf(node)) visit(child, variables);
  };
  const compare = (node: Extract<GuardNode, { kind: 'binary' }>, variables: Scope): void => {
    for (const [side, other] of [
      [node.left, node.right],
      [node.right, node.left],
    ] as const) {
      const place = placeOf(side, owners, variables);
      if (place === undefined) continue;
      // `2/3` is what a share is read from.
      if (side.kind === 'call' && side.name === 'fraction') wishes.add(place, '1/1', '0/1');
      else
        for (const value of constantsOf(other, params))
          wishes.add(place === 'rows' ? 'rowCount' : place, ...around(value, place));
      // Two places compared with each other, perhaps of two steps: let both take equal and different values.
      if (placeOf(other, [...owners, 'self'], variables) !== undefined || resultsRead(other).length > 0)
        wishes.add(place, ...(place === 'text' ? numbers.map(String) : numbers));
    }
  };
  const call = (of: GuardNode, name: string, args: readonly GuardNode[], variables: Scope): void => {
    const place = placeOf(of, owners, variables);
    if (place === undefined) return;
    for (const value of args.flatMap((arg) => constantsOf(arg, params))) {
      if (typeof value !== 'string') continue;
      wishes.add(place, name === 'matches' ? plainMatch(value) : value, 'something else');
    }
  };
  /** `printed(text, errorText)`, `found(exitCode, text, errorText)`: something and nothing. */
  const ofOutput = (name: string, args: readonly GuardNode[], variables: Scope): void => {
    const read = args.map((arg) => placeOf(arg, owners, variables));
    if ((name === 'printed' || name === 'found') && read.includes('text')) wishes.add('text', '', 'a line');
    if (name === 'found' && read.includes('exitCode')) wishes.add('exitCode', 0, 1);
  };
  visit({ kind: 'not', operand: parsed.root, span: parsed.root.span }, new Map());
}

/** What must itself be true or false: operands of `!`, `&&` and `||`, tests of `?:`, bodies of walks. */
function testedBy(node: GuardNode): readonly GuardNode[] {
  switch (node.kind) {
    case 'not':
      return [node.operand];
    case 'binary':
      return node.operator === '&&' || node.operator === '||' ? [node.left, node.right] : [];
    case 'choice':
      return [node.test];
    case 'macro':
      return node.bodies;
    default:
      return [];
  }
}

/** The place in a result that an expression reads, conversions and sizes looked through; undefined for anything else. */
function placeOf(node: GuardNode, owners: readonly string[], variables: Scope): string | undefined {
  switch (node.kind) {
    case 'name': {
      const bound = variables.get(node.name);
      if (bound !== undefined) return bound;
      if (node.name === 'params') return owners.includes('params') ? 'param' : undefined;
      return owners.includes('self') && resultMembers.has(node.name) ? node.name : undefined;
    }
    case 'member': {
      const owner = resultName(node);
      if (owner !== undefined && owners.includes(owner)) return '';
      const of = placeOf(node.of, owners, variables);
      if (of === undefined) return undefined;
      return of === '' ? node.name : `${of}.${node.name}`;
    }
    case 'index': {
      const owner = resultName(node);
      if (owner !== undefined && owners.includes(owner)) return '';
      const of = placeOf(node.of, owners, variables);
      if (of === undefined) return undefined;
      if (of === 'rows') return 'row';
      if (of.startsWith('numbers.')) return of;
      const at = node.index.kind === 'string' || node.index.kind === 'number' ? String(node.index.value) : undefined;
      return at === undefined ? undefined : `${of}.${at}`;
    }
    case 'macro':
      // Of what a filter lets through, as many are wanted as of the whole.
      return node.name === 'filter' ? placeOf(node.of, owners, variables) : undefined;
    case 'call':
      if (!node.of && (node.name === 'table' || node.name === 'listed') && node.args[0])
        return placeOf(node.args[0], owners, variables) === 'text' ? 'table' : undefined;
      if (!node.of && node.name === 'httpStatus' && node.args[0])
        return placeOf(node.args[0], owners, variables) === 'text' ? 'head' : undefined;
      if (!node.of && /^(?:field|below|numbers)$/.test(node.name) && node.args[0] && node.args[1]?.kind === 'string') {
        const kind = node.name === 'numbers' ? 'numbers' : 'field';
        return placeOf(node.args[0], owners, variables) === 'text' ? `${kind}.${node.args[1].value}` : undefined;
      }
      if (!node.of)
        return conversions.has(node.name) && node.args[0] ? placeOf(node.args[0], owners, variables) : undefined;
      return node.name === 'size' ? placeOf(node.of, owners, variables) : undefined;
    default:
      return undefined;
  }
}

const resultMembers: ReadonlySet<string> = new Set([
  'rows',
  'rowCount',
  'text',
  'errorText',
  'json',
  'exitCode',
  'status',
  'outcome',
]);
const conversions: ReadonlySet<string> = new Set([
  'int',
  'uint',
  'double',
  'string',
  'bool',
  'size',
  'dyn',
  'timestamp',
  'duration',
  'number',
  'fraction',
  'amount',
]);

function constantsOf(node: GuardNode, params: Readonly<Record<string, Json>>): readonly Json[] {
  switch (node.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return [node.value];
    case 'null':
      return [null];
    case 'list':
      return node.items.flatMap((item) => constantsOf(item, params));
    case 'minus':
      return constantsOf(node.operand, params).map((value) => (typeof value === 'number' ? -value : value));
    case 'call':
      return conversions.has(node.name) && node.args[0] ? constantsOf(node.args[0], params) : [];
    case 'member': {
      const value = node.of.kind === 'name' && node.of.name === 'params' ? params[node.name] : undefined;
      return value === undefined ? [] : [value];
    }
    default:
      return [];
  }
}

function around(value: Json, place: string): readonly Json[] {
  const number = typeof value === 'number' ? value : undefined;
  if (place === 'text' || place === 'errorText')
    return number === undefined ? [String(value), 'something else'] : [number, number - 1, number + 1].map(String);
  if (number !== undefined) return [number, number - 1, number + 1];
  if (typeof value === 'boolean') return [value, !value];
  return value === null ? [null, 'something else'] : [value, 'something else'];
}

function plainFor(place: string): readonly Json[] {
  if (place === 'exitCode') return [0, 1];
  if (place === 'status') return [200, 500];
  if (place === 'rowCount') return [0, 1];
  return [];
}

/** A text that a pattern of plain words matches: its first alternative with the marks taken out. */
function plainMatch(pattern: string): string {
  return (pattern.split('|')[0] ?? '')
    .replace(/\\[dw]\+?/g, '7')
    .replace(/\\s[+*]?/g, ' ')
    .replace(/\(\?[a-z]+\)|[\^$()?*+]|\\b/g, '')
    .replace(/\\(.)/g, '$1')
    .replace(/\[([^\]^])[^\]]*\]/g, '$1')
    .replaceAll('.', 'x');
}

/** Results out of the values wished for: every combination while there are few, else one change at a time. */
function assemble(shape: ResultShape, wishes: Wishes): readonly GuardResult[] {
  const has = (member: keyof GuardResult): boolean =>
    shape.members.includes(member) ||
    [...wishes.values.keys()].some((place) => place === member || place.startsWith(`${member}.`));
  const hasRows = has('rows') || has('rowCount') || [...wishes.values.keys()].some((place) => place.startsWith('row'));
  const parts: (readonly Partial<GuardResult>[])[] = [];
  if (hasRows) parts.push(tables(shape, wishes));
  if (has('exitCode')) parts.push(within([0, ...wishes.of('exitCode')], 0, 255).map((exitCode) => ({ exitCode })));
  if (has('status')) parts.push(within([200, ...wishes.of('status')], 100, 599).map((status) => ({ status })));
  if (has('json')) parts.push(documents(wishes).map((json) => ({ json })));
  // A document is its own text, unless a condition asks for words of the text.
  if (has('text') && (!has('json') || wishes.of('text').length > 0))
    parts.push(texts(wishes).map((text) => ({ text })));
  if (has('errorText')) parts.push(['', ...wishes.of('errorText')].map((text) => ({ errorText: String(text) })));
  return combine(parts).map((choice) => Object.assign({}, ...choice) as GuardResult);
}

/** Numbers that there can be. */
function within(values: readonly Json[], least: number, most: number): readonly number[] {
  return values.map(Number).filter((value) => value >= least && value <= most);
}

function tables(shape: ResultShape, wishes: Wishes): readonly Partial<GuardResult>[] {
  const columns = new Map<string, readonly Json[]>();
  for (const column of shape.columns ?? [])
    columns.set(column.name, [...new Set([...plainValues(column), ...(column.values ?? [])])]);
  for (const [place, values] of wishes.values) {
    if (!place.startsWith('row.')) continue;
    const name = place.slice(4).split('.')[0] ?? '';
    const known = columns.get(name) ?? [];
    columns.set(name, [...new Set([...(values.size > 0 ? values : ['something']), ...known])]);
  }
  const names = [...columns.keys()];
  const interesting = names.filter((name) => wishes.values.has(`row.${name}`));
  const plain: Row = Object.fromEntries(names.map((name) => [name, columns.get(name)?.at(-1) ?? null]));
  const rows = combine(
    interesting.map((name) => (columns.get(name) ?? []).map((value): Row => ({ [name]: value }))),
  ).map((choice): Row => Object.assign({}, plain, ...choice) as Row);
  const ofRows = (some: readonly Row[]): Partial<GuardResult> => ({
    rows: some,
    rowCount: some.length,
    columns: names,
  });
  const out = rows.map((row) => ofRows([row]));
  if (shape.rows === 'one') return out;
  out.push(ofRows([]));
  if (shape.rows === 'at-most-one') return out;
  // Two rows that differ tell `all` from `exists`.
  const [first] = rows;
  if (first) for (const row of rows.slice(1, 8)) out.push(ofRows([first, row]));
  for (const count of wishes.of('rowCount')) {
    if (typeof count !== 'number' || count < 0 || count > mostCopies) continue;
    out.push(ofRows(Array.from({ length: Math.floor(count) }, () => first ?? plain)));
  }
  return out;
}

function plainValues({ type, values }: ShapeColumn): readonly Json[] {
  if (values && values.length > 0) return [];
  if (type === 'number') return [1];
  if (type === 'boolean') return [true];
  return type === 'timestamp' ? ['2025-01-01T00:00:00Z'] : ['something'];
}

function texts(wishes: Wishes): readonly string[] {
  const values = wishes.of('text').map(String);
  const words = values.filter((value) => value !== 'something else');
  const heads = within(wishes.of('head'), 100, 599).map((status) => `HTTP/1.1 ${status}`);
  return [...new Set([...values, ...heads, ...printedFields(wishes), ...printedTables(wishes), words.join('\n'), ''])];
}

/** Lines such as `role: master`, with every value that guards ask of each. */
function printedFields(wishes: Wishes): readonly string[] {
  const fields = [...wishes.values].filter(([place]) => /^(?:field|numbers)\./.test(place));
  if (fields.length === 0) return [];
  const lines = fields.map(([place, values]) =>
    [...(values.size > 0 ? values : ['something'])].map((value) => {
      const said = place.startsWith('numbers.') ? Array(3).fill(value).join(', ') : String(value);
      return `${place.replace(/^\w+\./, '')}: ${said}`;
    }),
  );
  return combine(lines).map((choice) => choice.join('\n'));
}

/** What a command may print whose cells guards read: each row alone, and the first with another. */
function printedTables(wishes: Wishes): readonly string[] {
  const names = [...wishes.values.keys()].flatMap((place) => /^cell\.(.+)$/.exec(place)?.[1] ?? []);
  if (names.length === 0 && wishes.values.has('table')) {
    const counts = [1, ...wishes.of('table').filter((count) => typeof count === 'number' && count > 1 && count <= 50)];
    return counts.map((count) =>
      ['NAME', ...Array.from({ length: Number(count) }, (_, at) => `item-${at + 1}`)].join('\n'),
    );
  }
  if (names.length === 0) return [];
  const cell = (value: Json): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));
  const rows = combine(names.map((name) => wishes.of(`cell.${name}`).map(cell)));
  const heads = names.includes('NAME') ? names : ['NAME', ...names];
  const write = (some: readonly (readonly string[])[]): string => {
    const lines = [heads, ...some.map((row, at) => (names.includes('NAME') ? row : [`item-${at + 1}`, ...row]))];
    const widths = heads.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)) + 3);
    return lines
      .map((line) =>
        line
          .map((text, at) => text.padEnd(widths[at] ?? 0))
          .join('')
          .trimEnd(),
      )
      .join('\n');
  };
  const [first] = rows;
  const many = wishes.of('table').flatMap((count) => {
    const isUsual = typeof count === 'number' && count > 1 && count <= 50;
    return first && isUsual ? [write(Array.from({ length: count }, () => first))] : [];
  });
  return [
    ...rows.map((row) => write([row])),
    ...many,
    ...(first ? rows.slice(1, 8).map((row) => write([first, row])) : []),
  ];
}

function documents(wishes: Wishes): readonly Json[] {
  const all = [...wishes.values.keys()].filter((place) => place.startsWith('json.'));
  // What is read of a part says what the part is.
  const places = all.filter((place) => !all.some((longer) => longer.startsWith(`${place}.`)));
  const choices = places.map((place) => {
    const values = wishes.of(place);
    return (values.length > 0 ? values : ['something']).map((value) => ({ path: place.split('.').slice(1), value }));
  });
  return combine(choices).map((choice) => choice.reduce<Json>((json, { path, value }) => put(json, path, value), {}));
}

function put(json: Json, [key, ...rest]: readonly string[], value: Json): Json {
  if (key === undefined) return value;
  if (/^\d+$/.test(key)) {
    const list = Array.isArray(json) ? [...(json as readonly Json[])] : [];
    const at = Math.min(Number(key), 20);
    while (list.length <= at) list.push({});
    list[at] = put(list[at] ?? {}, rest, value);
    return list;
  }
  const map = json !== null && typeof json === 'object' && !Array.isArray(json) ? (json as Record<string, Json>) : {};
  return { ...map, [key]: put(map[key] ?? {}, rest, value) };
}

/** One of each list, in every combination; where these are too many, the firsts with one of them changed. */
function combine<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  const given = lists.filter((list) => list.length > 0);
  const count = given.reduce((product, list) => product * list.length, 1);
  if (count <= mostCandidates) {
    return given.reduce<readonly (readonly T[])[]>(
      (all, list) => all.flatMap((one) => list.map((item) => [...one, item])),
      [[]],
    );
  }
  const firsts = given.map((list) => list[0] as T);
  return [firsts, ...given.flatMap((list, index) => list.slice(1).map((item) => firsts.with(index, item)))];
}
