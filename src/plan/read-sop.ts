// SOP files: our own, and any JSON of a name and steps, where a step is a text or an object and follows the one before it
// unless it says where to go on. Every fault is told with its place. Never throws.
import { allMatches, lineIndex } from '../base/index.ts';
import { assemblePlan, bareNode, uniqueNames, type ArrowDraft } from './assemble-plan.ts';
import { FieldReader, type Fields } from './field-reader.ts';
import { readPlacedJson } from './json-places.ts';
import type { PlanImport, TextRemark } from './plan-import.ts';
import type { Action, Guard, NodeId, Outcome, Parameter, ParameterType, PlanNode } from './plan.ts';
import { mostProblems, parseJson, syntaxProblem } from './read-plandag.ts';
import type { Fault } from './schema-problem.ts';
import { usualRounds } from './take-loops.ts';
import { lineStarts } from './write-sop.ts';

/** Reads an SOP file as a plan. Never throws. */
export function readSop(text: string, about: { readonly file?: string; readonly sha256?: string } = {}): PlanImport {
  const json = parseJson(text);
  if (json === undefined) {
    const { message, line, column } = syntaxProblem(text);
    return { problems: [{ message, line, column }] };
  }
  const read = new FieldReader();
  const notes: Fault[] = [];
  const draft = readProcedure(read, json, notes);
  const remarks = (faults: readonly Fault[]): TextRemark[] => {
    const placed = readPlacedJson(text);
    const lines = lineIndex(text);
    return faults
      .slice(0, mostProblems)
      .map(({ message, path }) => ({
        message,
        ...lines.positionAt(placed.kind === 'value' ? placed.placeOf(path) : 0),
      }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  };
  if (!draft || read.faults.length > 0) return { problems: remarks(read.faults) };
  const { plan, loops } = assemblePlan({
    ...draft,
    guide: {
      title: draft.title,
      file: about.file ?? '',
      sha256: about.sha256 ?? '',
      parameters: draft.parameters,
    },
  });
  for (const loop of loops) {
    const message = `The way from \`${loop.from}\` leads back to \`${loop.to}\`; it is read as a loop of at most ${usualRounds} times.`;
    notes.push({ message, path: draft.places.get(loop) ?? [] });
  }
  return { plan, notes: notes.length > 0 ? remarks(notes) : [] };
}

/** True for JSON of a list of steps, which is no PlanDAG. */
export function isSop(text: string): boolean {
  const json = parseJson(text);
  if (typeof json !== 'object' || json === null) return false;
  return Array.isArray((json as { steps?: unknown }).steps) && !Object.hasOwn(json, 'nodes');
}

interface ProcedureDraft {
  readonly title: string;
  readonly parameters: readonly Parameter[];
  readonly nodes: readonly PlanNode[];
  readonly arrows: readonly ArrowDraft[];
  readonly closeOpenEnds: boolean;
  readonly places: ReadonlyMap<ArrowDraft, readonly PropertyKey[]>;
}

function readProcedure(read: FieldReader, json: unknown, notes: Fault[]): ProcedureDraft | null {
  const root = read.fields(json, []);
  if (!root) return null;
  const title = read.text(root, 'name') ?? read.text(root, 'title') ?? '';
  const parameters = read.list(root, 'parameters')?.flatMap((item) => readParameter(read, item)) ?? [];
  const items = read.list(root, 'steps');
  if (!items) {
    if (root.value['steps'] === undefined)
      read.fault('`steps` is missing; expected the list of steps of a procedure.', []);
    return null;
  }
  const unique = uniqueNames(['start', 'end']);
  const steps = items.flatMap((item, index) => {
    const step = readStep(read, item, index, unique, parameters, notes);
    return step ? [step] : [];
  });
  const known = namesOf(read, steps);
  const description = read.text(root, 'description');
  const start = { ...bareNode('start', 'start', 'Start'), ...(description !== undefined && { description }) };
  const begin = read.list(root, 'begin', 'text or object');
  const arrows = new Map<ArrowDraft, readonly PropertyKey[]>();
  const draw = (from: NodeId, item: Item): void => {
    const arrow = readNext(read, from, item, known);
    if (arrow) arrows.set(arrow, item.path);
  };
  for (const item of begin ?? []) draw('start', item);
  steps.forEach(({ node, next }, index) => {
    if (next) for (const item of next) draw(node.id, item);
    else arrows.set({ from: node.id, to: steps[index + 1]?.node.id ?? 'end', condition: null }, []);
  });
  return {
    title,
    parameters,
    nodes: [start, ...steps.map(({ node }) => node), bareNode('end', 'end', 'End')],
    arrows: [...arrows.keys()],
    closeOpenEnds: begin === undefined,
    places: arrows,
  };
}

type Item = { readonly value: unknown; readonly path: readonly PropertyKey[] };

interface StepDraft {
  readonly node: PlanNode;
  /** As the file calls it. */
  readonly name: string;
  readonly path: readonly PropertyKey[];
  /** Undefined: on to the step after it. */
  readonly next: readonly Item[] | undefined;
}

function readStep(
  read: FieldReader,
  item: Item,
  index: number,
  unique: (name: string) => string,
  parameters: readonly Parameter[],
  notes: Fault[],
): StepDraft | null {
  if (typeof item.value === 'string') {
    const node = bareNode('step', unique(`Step${index + 1}`), item.value);
    return { node, name: item.value, path: item.path, next: undefined };
  }
  const fields = read.fields(item.value, item.path, 'a step: a text or an object');
  if (!fields) return null;
  const name = read.text(fields, 'name');
  const said = read.text(fields, 'title');
  const names = name !== undefined && (said !== undefined || /^\S{1,80}$/.test(name));
  const id = unique(names ? name : `Step${index + 1}`);
  const title = said ?? name ?? id;
  const inner = read.list(fields, 'steps') ?? [];
  const code = read.text(fields, 'code');
  const actions: Action[] = [];
  const told: string[] = [];
  if (code !== undefined) actions.push(readAction(read, fields, code, `${id}.1`, parameters));
  for (const one of inner) {
    const part = typeof one.value === 'string' ? null : read.fields(one.value, one.path, 'a text or an object');
    const partCode = part ? read.text(part, 'code') : undefined;
    if (part && partCode !== undefined)
      actions.push(
        readAction(read, part, partCode, read.text(part, 'name') ?? `${id}.${actions.length + 1}`, parameters),
      );
    else told.push(part ? (read.text(part, 'name') ?? read.text(part, 'title') ?? '') : String(one.value));
  }
  if (told.length > 0) {
    const message = `${told.length} parts of \`${title}\` have no \`code\`; they are read as words of its description.`;
    notes.push({ message, path: [...item.path, 'steps'] });
  }
  const description = [read.text(fields, 'description') ?? '', ...told].filter((part) => part !== '').join(' ');
  const undo = read.text(fields, 'undo');
  const verify = read.text(fields, 'verify');
  const lines = read.within(fields, 'source');
  const [startLine, endLine] = lines ? [read.whole(lines, 'startLine', 1), read.whole(lines, 'endLine', 1)] : [];
  const source = startLine !== undefined && endLine !== undefined && { span: { start: 0, end: 0 }, startLine, endLine };
  const next = fields.value['next'];
  return {
    name: name ?? title,
    path: item.path,
    node: {
      ...bareNode('step', id, title),
      description,
      actions: source ? actions.map((action) => ({ ...action, source })) : actions,
      needsApproval: read.flag(fields, 'needsApproval') ?? false,
      safeToRepeat: read.flag(fields, 'safeToRepeat') ?? false,
      ...(undo !== undefined && { undo }),
      ...(verify !== undefined && { verify }),
      ...(source && { source }),
    },
    next:
      typeof next === 'string'
        ? [{ value: next, path: [...item.path, 'next'] }]
        : read.list(fields, 'next', 'text or object'),
  };
}

/** What a `step` may call a step: its name in the file, its title, its name in the plan. */
function namesOf(read: FieldReader, steps: readonly StepDraft[]): ReadonlyMap<string, NodeId> {
  const known = new Map<string, NodeId>([['end', 'end']]);
  const named = new Map<string, number>();
  steps.forEach(({ name, node, path }, index) => {
    const first = named.get(name);
    // Two equal texts are two steps; two equal names would make `next` ambiguous.
    if (first !== undefined && node.title !== name)
      read.fault(`Two steps are named \`${name}\`, items ${first + 1} and ${index + 1}.`, [...path, 'name']);
    else named.set(name, index);
  });
  for (const key of [
    (step: StepDraft) => step.name,
    (step: StepDraft) => step.node.id,
    (step: StepDraft) => step.node.title,
  ])
    for (const step of steps) if (!known.has(key(step))) known.set(key(step), step.node.id);
  return known;
}

function readNext(read: FieldReader, from: NodeId, item: Item, known: ReadonlyMap<string, NodeId>): ArrowDraft | null {
  const target = (name: string, path: readonly PropertyKey[]): NodeId | null => {
    const to = known.get(name) ?? (/^end$/i.test(name) ? 'end' : null);
    if (to === null) read.fault(`\`${name}\` is to follow, but no step has that name.`, path);
    return to;
  };
  if (typeof item.value === 'string') {
    const to = target(item.value, item.path);
    return to === null ? null : { from, to, condition: null };
  }
  const fields = read.fields(item.value, item.path, 'the name of a step or an object with `step`');
  if (!fields) return null;
  const name = read.text(fields, 'step');
  if (name === undefined) {
    if (fields.value['step'] === undefined)
      read.fault('`step` is missing; expected the name of the step to go on to.', item.path);
    return null;
  }
  const to = target(name, [...item.path, 'step']);
  const cel = read.text(fields, 'guard');
  const otherwise = read.flag(fields, 'otherwise');
  const guard: Guard | undefined = otherwise
    ? { kind: 'else', origin: 'author' }
    : cel === undefined
      ? undefined
      : { kind: 'cel', cel, origin: 'author' };
  const outcome = read.word<Outcome>(fields, 'outcome', outcomes);
  const atMost = read.whole(fields, 'atMost', 1);
  const waitMs = read.number(fields, 'waitMs', 0);
  const onFailure = read.flag(fields, 'onFailure');
  const timing = read.text(fields, 'timing');
  if (to === null) return null;
  return {
    from,
    to,
    condition: read.text(fields, 'when') ?? null,
    ...(timing !== undefined && { timing }),
    ...(guard && { guard }),
    ...(outcome && { outcome }),
    ...(onFailure && { onFailure }),
    ...(atMost !== undefined && { atMost, ...(waitMs !== undefined && { waitMs }) }),
  };
}

const outcomes: readonly Outcome[] = ['resolved', 'mitigated', 'escalated', 'not-applicable', 'completed'];
const types: readonly ParameterType[] = ['string', 'number', 'integer', 'boolean', 'timestamp', 'duration'];

function readParameter(read: FieldReader, { value, path }: Item): Parameter[] {
  const plain = { type: 'string', required: true, secret: false, origin: 'declared' } as const;
  if (typeof value === 'string') return [{ name: value, ...plain }];
  const fields = read.fields(value, path, 'a parameter: a name or an object');
  const name = fields ? read.text(fields, 'name') : undefined;
  if (!fields || name === undefined) {
    if (fields?.value['name'] === undefined && fields) read.fault('`name` is missing; expected a text.', path);
    return [];
  }
  const description = read.text(fields, 'description');
  const pattern = read.text(fields, 'pattern');
  const usual = fields.value['default'];
  return [
    {
      name,
      type: read.word<ParameterType>(fields, 'type', types) ?? 'string',
      ...(description !== undefined && { description }),
      ...((typeof usual === 'string' || typeof usual === 'number' || typeof usual === 'boolean') && { default: usual }),
      ...(pattern !== undefined && { pattern }),
      required: read.flag(fields, 'required') ?? true,
      secret: read.flag(fields, 'secret') ?? false,
      origin: 'declared',
    },
  ];
}

/** The code is its own text: places of parameters count from its first character. */
function readAction(
  read: FieldReader,
  fields: Fields,
  code: string,
  id: string,
  parameters: readonly Parameter[],
): Action {
  const tool = read.text(fields, 'tool');
  const given = read.list(fields, 'placeholders')?.flatMap(({ value, path }) => {
    const place = read.fields(value, path);
    if (!place) return [];
    const parameter = read.text(place, 'parameter');
    const start = read.whole(place, 'start', 0);
    const end = read.whole(place, 'end', 0);
    return parameter !== undefined && start !== undefined && end !== undefined
      ? [{ parameter, span: { start, end } }]
      : [];
  });
  const placeholders = given ?? bracedParameters(code, parameters);
  return {
    id,
    language: (read.text(fields, 'language') ?? '').toLowerCase(),
    ...(tool !== undefined && { tool }),
    code,
    source: { span: { start: 0, end: 0 }, startLine: 1, endLine: 1 },
    lineOffsets: lineStarts(code),
    placeholders,
    parameters: [...new Set(placeholders.map(({ parameter }) => parameter))],
    effect: read.word(fields, 'effect', ['read', 'write', 'unknown'] as const) ?? 'unknown',
  };
}

/** `{region}`, where `region` is one of the procedure's parameters. */
function bracedParameters(code: string, parameters: readonly Parameter[]): Action['placeholders'] {
  const names = new Set(parameters.map(({ name }) => name));
  return allMatches(code, /\{([^{}\s]{1,80})\}/g)
    .filter(([, name = '']) => names.has(name))
    .map((match) => ({
      parameter: match[1] ?? '',
      span: { start: match.index, end: match.index + match[0].length },
    }));
}
