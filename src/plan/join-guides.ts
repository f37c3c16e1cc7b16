// Joins to a plan the guides that its steps call, and those that these call, so that a run goes through all of them with one
// journal. Their nodes stand in the one plan under names of their own (`Step2.restore/Step1`), connected to nothing outside:
// an action of the calling step stands for them, and is performed by going through them. What cannot be joined stays with the
// engineer, as an action that no tool performs, and says why.
import { guideStem } from './guide-stem.ts';
import type { Action, GuideCall, Parameter, Plan, PlanNode } from './plan.ts';

/** A guide that a call led to. `id` is the same for the same file, however it is named. */
export type CalledPlan =
  | { readonly kind: 'opened'; readonly id: string; readonly plan: Plan }
  /** A sentence: why it cannot be gone through. */
  | { readonly kind: 'refused'; readonly because: string };

/** Opens the guide that `path` leads to from the guide `from`, an id. Given by a host; never rejects. */
export type OpenCalled = (from: string, path: string) => Promise<CalledPlan>;

/** A call that stays with the engineer. */
export interface Unjoined {
  readonly action: string;
  readonly because: string;
}

/** So many guides call one another at most, the first one among them. */
const deepest = 8;
/** The largest plan that comes of joining. */
const mostNodes = 20_000;

/** The plan with every guide that it calls. `id` is the guide's own, as `open` gives it. */
export async function joinGuides(
  plan: Plan,
  id: string,
  open: OpenCalled,
): Promise<{ readonly plan: Plan; readonly unjoined: readonly Unjoined[] }> {
  if (!plan.nodes.some(({ calls }) => calls)) return { plan, unjoined: [] };
  return joinBelow(plan, [{ id, title: plan.guide.title }], open, { nodes: plan.nodes.length });
}

/** What is the guide's own of a plan: without the nodes of guides that were joined to it. */
export function ownPlan(plan: Plan): Plan {
  if (!plan.nodes.some(({ within }) => within !== undefined)) return plan;
  const nodes = plan.nodes.filter(({ within }) => within === undefined);
  const names = new Set(nodes.map((node) => node.id));
  return {
    ...plan,
    nodes,
    edges: plan.edges.filter(({ from }) => names.has(from)),
    repeats: plan.repeats.filter(({ from }) => names.has(from)),
  };
}

/**
 * The guide that an action of a joined plan goes through, as a plan by the names that this guide itself has; what that guide
 * calls is left out. Undefined when the action calls none.
 */
export function calledPlan(plan: Plan, action: string): Plan | undefined {
  const guide = findAction(plan, action)?.guide;
  if (!guide) return undefined;
  const own = (name: string): string => name.slice(action.length + 1);
  const nodes = plan.nodes.filter(({ within }) => within === action);
  const names = new Set(nodes.map(({ id }) => id));
  const within = <T extends { readonly id: string; readonly from: string; readonly to: string }>(
    all: readonly T[],
  ): T[] =>
    all
      .filter(({ from }) => names.has(from))
      .map((one) => ({ ...one, id: own(one.id), from: own(one.from), to: own(one.to) }));
  return {
    guide: { ...guide, parameters: plan.guide.parameters },
    nodes: nodes.map(({ within: _within, ...node }) => ({
      ...node,
      id: own(node.id),
      actions: node.actions.map((one) => ({ ...one, id: own(one.id) })),
      ...(node.uses && { uses: node.uses.map((use) => ({ ...use, from: own(use.from) })) }),
    })),
    edges: within(plan.edges),
    repeats: within(plan.repeats),
    notRead: [],
  };
}

/** The actions that lead to a called guide, the outermost first, itself the last: those whose guides are gone through. */
export function callTrail(plan: Plan, action: string): readonly Action[] {
  const trail: Action[] = [];
  for (let id: string | undefined = action; id !== undefined;) {
    const found = findAction(plan, id);
    if (!found) return [];
    trail.unshift(found);
    id = plan.nodes.find(({ actions }) => actions.includes(found))?.within;
  }
  return trail;
}

function findAction(plan: Plan, action: string): Action | undefined {
  for (const { actions } of plan.nodes) for (const one of actions) if (one.id === action) return one;
  return undefined;
}

/** The step of the run's own guide under which a step of a called guide is shown; itself when it is one. */
export function ownStep(plan: Plan, node: PlanNode): PlanNode {
  let own = node;
  for (let { within } = own; within !== undefined; { within } = own) {
    const caller = plan.nodes.find(({ actions }) => actions.some(({ id }) => id === within));
    if (!caller) return own;
    own = caller;
  }
  return own;
}

interface Caller {
  readonly id: string;
  readonly title: string;
}

async function joinBelow(
  plan: Plan,
  chain: readonly Caller[],
  open: OpenCalled,
  size: { nodes: number },
): Promise<{ readonly plan: Plan; readonly unjoined: readonly Unjoined[] }> {
  const nodes: PlanNode[] = [];
  const edges = [...plan.edges];
  const repeats = [...plan.repeats];
  const unjoined: Unjoined[] = [];
  let { parameters } = plan.guide;
  for (const node of plan.nodes) {
    const { calls, ...own } = node;
    if (!calls) {
      nodes.push(node);
      continue;
    }
    const joined: { readonly call: GuideCall; readonly action: Action }[] = [];
    const below: PlanNode[] = [];
    const leave = (action: string, call: GuideCall, because: string): void => {
      joined.push({ call, action: byHand(action, call, because) });
      unjoined.push({ action, because });
    };
    for (const call of calls) {
      const name = actionName(node, call, joined);
      const called = await openCall(call, chain, open, size);
      if (called.kind === 'refused') {
        leave(name, call, called.because);
        continue;
      }
      size.nodes += called.plan.nodes.length;
      const next = [...chain, { id: called.id, title: called.plan.guide.title }];
      const inner = await joinBelow(called.plan, next, open, size);
      const merged = mergeParameters(parameters, inner.plan.guide.parameters);
      if (merged.kind === 'conflict') {
        leave(name, call, merged.because);
        continue;
      }
      ({ parameters } = merged);
      const renamed = renamePlan(inner.plan, name, node.needsApproval);
      below.push(...renamed.nodes);
      edges.push(...renamed.edges);
      repeats.push(...renamed.repeats);
      unjoined.push(...inner.unjoined.map((one) => ({ ...one, action: `${name}/${one.action}` })));
      const { title, file, sha256 } = called.plan.guide;
      joined.push({ call, action: { ...callAction(name, call), guide: { title, file, sha256 } } });
    }
    nodes.push({ ...own, actions: inOrder(node.actions, joined) }, ...below);
  }
  const order = new Map(nodes.map(({ id }, index) => [id, index]));
  edges.sort((a, b) => (order.get(a.from) ?? 0) - (order.get(b.from) ?? 0));
  return { plan: { ...plan, guide: { ...plan.guide, parameters }, nodes, edges, repeats }, unjoined };
}

async function openCall(
  { path, anchor }: GuideCall,
  chain: readonly Caller[],
  open: OpenCalled,
  size: { readonly nodes: number },
): Promise<CalledPlan> {
  const refused = (because: string): CalledPlan => ({ kind: 'refused', because });
  if (anchor !== undefined)
    return refused(`It sends to a place inside \`${path}\`, and a guide is gone through as a whole.`);
  const called = await open(chain.at(-1)?.id ?? '', path);
  if (called.kind === 'refused') return called;
  const again = chain.findIndex(({ id }) => id === called.id);
  if (again >= 0) {
    const way = [...chain.slice(again), { title: called.plan.guide.title }].map(({ title }) => `“${title}”`);
    return refused(`The guides call one another in a circle: ${way.join(' → ')}.`);
  }
  if (chain.length >= deepest) return refused(`More than ${deepest} guides call one another.`);
  if (size.nodes + called.plan.nodes.length > mostNodes)
    return refused(`With \`${path}\` the plan would have more than ${mostNodes.toLocaleString('en-US')} steps.`);
  return called;
}

/** `Step2.restore`; a number follows where the step calls that guide, or one of its name, again. */
function actionName(node: PlanNode, { path }: GuideCall, before: readonly { readonly action: Action }[]): string {
  const file = path.split('/').at(-1) ?? path;
  const stem = guideStem(file).replace(/[^\p{L}\p{N}_-]+/gu, '-') || 'guide';
  const taken = new Set([...node.actions.map(({ id }) => id), ...before.map(({ action }) => action.id)]);
  let name = `${node.id}.${/^\d+$/.test(stem) ? `guide-${stem}` : stem}`;
  for (let copy = 2; taken.has(name); copy++) name = `${node.id}.${stem}-${copy}`;
  return name;
}

function callAction(id: string, { path, source }: GuideCall): Action {
  const head = { id, language: 'guide', code: path, source, lineOffsets: [], placeholders: [], parameters: [] };
  return { ...head, effect: 'read' };
}

function byHand(id: string, call: GuideCall, because: string): Action {
  const code = `Go through ${call.path}${call.anchor === undefined ? '' : `#${call.anchor}`} by hand. ${because}`;
  return { ...callAction(id, call), code, effect: 'unknown' };
}

/** Why a run does not go through the guide that an action calls, with its name; undefined for every other action. */
export function whyByHand({ language, code }: Pick<Action, 'language' | 'code'>): string | undefined {
  const [, guide, because] = (language === 'guide' && /^Go through (.+?) by hand\. (.+)$/s.exec(code)) || [];
  return guide !== undefined && because !== undefined
    ? `The run does not go through the guide \`${guide}\`: ${because}`
    : undefined;
}

function inOrder(
  actions: readonly Action[],
  joined: readonly { readonly call: GuideCall; readonly action: Action }[],
): Action[] {
  const at = (index: number): Action[] => joined.filter(({ call }) => call.after === index).map(({ action }) => action);
  return [...at(0), ...actions.flatMap((action, index) => [action, ...at(index + 1)])];
}

type Merged =
  | { readonly kind: 'merged'; readonly parameters: readonly Parameter[] }
  | { readonly kind: 'conflict'; readonly because: string };

/** Parameters are bound by their names: one of a called guide is the caller's of that name, or one more that is asked for. */
function mergeParameters(own: readonly Parameter[], called: readonly Parameter[]): Merged {
  const merged = new Map(own.map((one) => [one.name, one]));
  for (const one of called) {
    const { source: _source, ...other } = one;
    const known = merged.get(one.name);
    const both = known && mergeParameter(known, other);
    if (both === null) {
      const because = `Its parameter \`${one.name}\` is another than the caller's of that name: type or pattern differ.`;
      return { kind: 'conflict', because };
    }
    merged.set(one.name, both ?? other);
  }
  return { kind: 'merged', parameters: [...merged.values()] };
}

/** Null when no value could be right for both. What is only seen in code takes whatever the other declares. */
function mergeParameter(own: Parameter, called: Parameter): Parameter | null {
  const declared = own.origin === 'placeholder' ? called : own;
  const other = declared === own ? called : own;
  const fits = other.origin === 'placeholder' || other.type === declared.type;
  const patterns = new Set([own.pattern, called.pattern].filter((one) => one !== undefined));
  if (!fits || patterns.size > 1) return null;
  const [pattern] = patterns;
  const preset = own.default ?? called.default;
  return {
    ...declared,
    ...(own.source && { source: own.source }),
    ...(pattern !== undefined && { pattern }),
    ...(preset !== undefined && { default: preset }),
    required: own.required || called.required,
    secret: own.secret || called.secret,
  };
}

/** Every name of the plan behind the name of the action that calls it. */
function renamePlan(plan: Plan, action: string, needsApproval: boolean): Pick<Plan, 'nodes' | 'edges' | 'repeats'> {
  const named = (name: string): string => `${action}/${name}`;
  return {
    nodes: plan.nodes.map((node) => ({
      ...node,
      id: named(node.id),
      within: node.within === undefined ? action : named(node.within),
      needsApproval: node.needsApproval || (needsApproval && node.kind === 'step'),
      actions: node.actions.map((one) => ({ ...one, id: named(one.id) })),
      ...(node.uses && { uses: node.uses.map((use) => ({ ...use, from: named(use.from) })) }),
    })),
    edges: plan.edges.map((edge) => ({ ...edge, id: named(edge.id), from: named(edge.from), to: named(edge.to) })),
    repeats: plan.repeats.map((one) => ({ ...one, id: named(one.id), from: named(one.from), to: named(one.to) })),
  };
}
