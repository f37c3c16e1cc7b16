// The answers that flags give beforehand: parameters, decisions, approvals. Each is checked against the plan before
// anything runs, so that a slip of the hand is told at once and not after ten minutes.
import { findEdge, findNode, outputEdges, type NodeId, type Parameter, type Plan } from '../plan/index.ts';
import type { ParameterValue } from '../run/index.ts';
import { usageError } from './exit-code.ts';
import { readText } from './guide-text.ts';
import { didYouMean } from './did-you-mean.ts';
import { printableLine } from './printable-text.ts';

/** The flags as commander gives them. */
export interface AnswerFlags {
  readonly param: readonly string[];
  readonly paramEnv: readonly string[];
  readonly params?: string;
  readonly decide: readonly string[];
  readonly approve?: string;
  readonly settle: readonly string[];
}

/** How an action that a person performed, or that nobody knows of, is to be counted. */
export type Settlement = 'done' | 'failed' | 'repeat';

export interface Answers {
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly secrets: Readonly<Record<string, ParameterValue>>;
  /** By node: the edge to take. */
  readonly decisions: Readonly<Record<string, string>>;
  /** By node: the way back into a loop to take, once: what the next round finds is looked at anew. */
  readonly rounds: ReadonlyMap<string, string>;
  /** Steps none of whose conditions hold. */
  readonly declined: ReadonlySet<string>;
  readonly approveAll: boolean;
  /** True when a flag said how approvals or decisions are to be answered, so that nobody is asked. */
  readonly given: boolean;
  /** By action. */
  readonly settlements: ReadonlyMap<string, Settlement>;
}

/** Reads the flags. Throws a usage error for an unknown name, with what was probably meant. */
export async function readAnswers(plan: Plan, flags: AnswerFlags): Promise<Answers> {
  const values = {
    ...(flags.params === undefined ? {} : await readParameterFile(flags.params)),
    ...Object.fromEntries(flags.paramEnv.map(fromEnvironment)),
    ...Object.fromEntries(flags.param.map((text) => splitAnswer(text, '--param', 'NAME=VALUE'))),
  };
  const parameters: Record<string, ParameterValue> = {};
  const secrets: Record<string, ParameterValue> = {};
  for (const [name, value] of Object.entries(values)) {
    const parameter = plan.guide.parameters.find((known) => known.name === name);
    if (!parameter) throw unknownParameter(name, plan);
    (parameter.secret ? secrets : parameters)[name] = readValue(parameter, value);
  }
  const decided = flags.decide.map((text) => readDecision(plan, text));
  const waysBack = new Set(plan.repeats.map(({ id }) => id));
  const taken = decided.flatMap(([node, edge]) => (edge === null ? [] : [[node, edge] as const]));
  return {
    parameters,
    secrets,
    decisions: Object.fromEntries(taken.filter(([, edge]) => !waysBack.has(edge))),
    rounds: new Map(taken.filter(([, edge]) => waysBack.has(edge))),
    declined: new Set(decided.flatMap(([node, edge]) => (edge === null ? [node] : []))),
    approveAll: flags.approve === 'all',
    given: flags.approve !== undefined || flags.decide.length > 0,
    settlements: new Map(flags.settle.map((text) => readSettlement(plan, text))),
  };
}

/** A step by its name, however it is spelt. `flag` is what was typed. */
export function readStep(plan: Plan, step: string, flag: string): NodeId {
  const nodes = plan.nodes.filter((node) => node.kind !== 'end').map((node) => node.id);
  const node = nodes.find((known) => known === step) ?? nodes.find((known) => sameName(known, step));
  if (node !== undefined) return node;
  throw usageError(
    `${printableLine(flag)}: the guide has no step \`${printableLine(step)}\`.`,
    didYouMean(step, nodes),
  );
}

/** `STEP=EDGE`, where EDGE is the name of an edge or of a way back, the node it leads to, `end`, or `none`: null. */
function readDecision(plan: Plan, text: string): [string, string | null] {
  const [step, target] = splitAnswer(text, '--decide', 'STEP=EDGE');
  const node = readStep(plan, step, `--decide ${text}`);
  if (target === 'none' && !findNode(plan, 'none')) return [node, null];
  const edges = [...outputEdges(plan, node), ...plan.repeats.filter(({ from }) => from === node)];
  const exact = edges.find(({ id }) => id === target);
  if (exact) return [node, exact.id];
  const towards = edges.filter((edge) => edge.to === target || sameName(edge.to, target));
  const [only] = towards;
  if (only && towards.length === 1) return [node, only.id];
  if (towards.length > 1) {
    throw usageError(
      `--decide ${printableLine(text)}: ${towards.length} edges lead from ${node} to ${target}.`,
      `name one of them: ${towards.map((edge) => `\`--decide ${node}=${edge.id}\` (${printableLine(edge.condition ?? 'always')})`).join(', ')}.`,
    );
  }
  const known = [...new Set(edges.flatMap((edge) => [edge.to, edge.id]))];
  throw usageError(
    `--decide ${printableLine(text)}: no edge leads from ${node} to \`${printableLine(target)}\`.`,
    didYouMean(target, known),
  );
}

function readSettlement(plan: Plan, text: string): [string, Settlement] {
  const [action, as] = splitAnswer(text, '--settle', 'ACTION=done|failed|repeat');
  const known = plan.nodes.flatMap((node) => node.actions.map(({ id }) => id));
  if (!known.includes(action)) {
    throw usageError(
      `--settle ${printableLine(text)}: the guide has no action \`${printableLine(action)}\`.`,
      didYouMean(action, known),
    );
  }
  if (as !== 'done' && as !== 'failed' && as !== 'repeat') {
    throw usageError(`--settle ${printableLine(text)}: expected \`done\`, \`failed\` or \`repeat\` after \`=\`.`);
  }
  return [action, as];
}

/** `NAME=VARIABLE`: what the variable holds stands in no list of processes. */
function fromEnvironment(text: string): [string, string] {
  const [name, variable] = splitAnswer(text, '--param-env', 'NAME=VARIABLE');
  const value = process.env[variable];
  if (value !== undefined) return [name, value];
  throw usageError(
    `--param-env ${printableLine(text)}: the environment variable \`${printableLine(variable)}\` is not set.`,
    didYouMean(variable, Object.keys(process.env)),
  );
}

async function readParameterFile(file: string): Promise<Record<string, unknown>> {
  const { text } = readText(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw usageError(`--params ${printableLine(file)} is not JSON: ${printableLine((error as Error).message)}.`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw usageError(`--params ${printableLine(file)}: expected one object, {"name": value, …}.`);
  }
  return json as Record<string, unknown>;
}

/** The value as its parameter's type; what does not fit is told with what was expected. */
export function readValue(parameter: Parameter, value: unknown): ParameterValue {
  const wrong = (expected: string): Error =>
    usageError(
      `Parameter \`${parameter.name}\`: ${parameter.secret ? 'the value' : `\`${printableLine(String(value))}\``} is not ${expected}.`,
    );
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw wrong('a text, a number or a truth value');
  switch (parameter.type) {
    case 'number':
    case 'integer': {
      const number =
        typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
      if (!Number.isFinite(number)) throw wrong('a number');
      if (parameter.type === 'integer' && !Number.isInteger(number)) throw wrong('a whole number');
      return number;
    }
    case 'boolean':
      if (value === true || value === 'true') return true;
      if (value === false || value === 'false') return false;
      throw wrong('`true` or `false`');
    case 'timestamp':
      if (typeof value !== 'string' || Number.isNaN(Date.parse(value)))
        throw wrong('a time such as `2025-03-18T07:00:00Z`');
      return value;
    case 'string':
    case 'duration':
      return String(value);
  }
}

function splitAnswer(text: string, flag: string, form: string): [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw usageError(`${flag} ${printableLine(text)}: expected ${form}.`);
  return [text.slice(0, at).trim(), text.slice(at + 1)];
}

function unknownParameter(name: string, plan: Plan): Error {
  const known = plan.guide.parameters.map((parameter) => parameter.name);
  const none = known.length === 0 ? 'it has no parameters.' : undefined;
  return usageError(`The guide has no parameter \`${printableLine(name)}\`.`, didYouMean(name, known) ?? none);
}

/** `step9`, `Step 9` and `Step9` name one step. */
function sameName(first: string, second: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/\s+/g, '');
  return plain(first) === plain(second);
}

/** The flag that answers a request for a decision in favour of one edge: by its target when that is unambiguous. */
export function decideFlag(plan: Plan, node: string, edge: string): string {
  const target = findEdge(plan, edge)?.to;
  const alone =
    target !== undefined &&
    findNode(plan, target) &&
    outputEdges(plan, node).filter(({ to }) => to === target).length === 1;
  return `--decide ${node}=${alone ? target : edge}`;
}
