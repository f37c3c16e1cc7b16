// Compares two plans: which steps, actions, edges, conditions, guards and parameters were added, removed or changed.
// Pure; places in the guide, numbers of edges and the order of equal things do not count.
import { diffActions } from './diff-actions.ts';
import { diffWays } from './diff-ways.ts';
import { inOrder } from './longest-rising.ts';
import { matchSteps } from './match-steps.ts';
import { oneLine } from './mermaid-text.ts';
import type { GuideInfo, NodeId, NotRead, Parameter, Plan, PlanNode } from './plan.ts';
import type { GuideField, ParameterField, PlanChange, PlanDiff, StepField, StepPair } from './plan-diff.ts';

export function diffPlans(old: Plan, next: Plan): PlanDiff {
  const toNew = matchSteps(old, next);
  const steps = pairSteps(old, next, toNew);
  const oldNodes = new Map(old.nodes.map((node) => [node.id, node]));
  const newNodes = new Map(next.nodes.map((node) => [node.id, node]));
  const moved = movedSteps(old, next, toNew);
  const ways = new Map<string, PlanChange[]>();
  for (const change of diffWays(old, next, toNew)) {
    const key = keyOf(change.step);
    ways.set(key, [...(ways.get(key) ?? []), change]);
  }
  const changes: PlanChange[] = [
    ...diffGuide(old.guide, next.guide),
    ...diffParameters(old.guide.parameters, next.guide.parameters),
  ];
  for (const step of steps) {
    const a = step.old === null ? undefined : oldNodes.get(step.old);
    const b = step.new === null ? undefined : newNodes.get(step.new);
    if (a && b) {
      changes.push(...diffStep(step, a, b));
      const after = moved.get(b.id);
      if (after !== undefined) changes.push({ kind: 'step-moved', step, old: a, new: b, after });
      changes.push(...diffActions(step, a.actions, b.actions));
    } else if (b) changes.push({ kind: 'step-added', step, new: b });
    else if (a) changes.push({ kind: 'step-removed', step, old: a });
    changes.push(...(ways.get(keyOf(step)) ?? []));
  }
  changes.push(...diffNotRead(old.notRead, next.notRead));
  return { equal: changes.length === 0, steps, changes };
}

function keyOf(step: StepPair): string {
  return JSON.stringify([step.old, step.new]);
}

/** Steps in the new order; a removed step follows the step that it followed. */
function pairSteps(old: Plan, next: Plan, toNew: ReadonlyMap<NodeId, NodeId>): readonly StepPair[] {
  const toOld = new Map([...toNew].map(([a, b]) => [b, a]));
  const removedAfter = new Map<NodeId | null, NodeId[]>();
  let last: NodeId | null = null;
  for (const { id } of old.nodes) {
    if (toNew.has(id)) last = id;
    else removedAfter.set(last, [...(removedAfter.get(last) ?? []), id]);
  }
  const removed = (after: NodeId | null): StepPair[] =>
    (removedAfter.get(after) ?? []).map((id) => ({ old: id, new: null }));
  return [
    ...removed(null),
    ...next.nodes.flatMap(({ id }): StepPair[] => {
      const partner = toOld.get(id) ?? null;
      return [{ old: partner, new: id }, ...(partner === null ? [] : removed(partner))];
    }),
  ];
}

/** New names of the steps that stand elsewhere, with the step before each. */
function movedSteps(old: Plan, next: Plan, toNew: ReadonlyMap<NodeId, NodeId>): ReadonlyMap<NodeId, NodeId> {
  const place = new Map(next.nodes.map(({ id }, index) => [id, index]));
  const kept = old.nodes.filter(({ kind }) => kind === 'step').flatMap(({ id }) => toNew.get(id) ?? []);
  const stay = inOrder(kept.map((id) => place.get(id) ?? 0));
  return new Map(
    kept.filter((_, index) => !stay.has(index)).map((id) => [id, next.nodes[(place.get(id) ?? 1) - 1]?.id ?? 'start']),
  );
}

const stepFields: readonly StepField[] = ['description', 'needsApproval', 'safeToRepeat', 'undo', 'verify'];

function* diffStep(step: StepPair, a: PlanNode, b: PlanNode): Generator<PlanChange> {
  if (a.kind === 'step') {
    if (oneLine(a.title) !== oneLine(b.title)) yield { kind: 'step-renamed', step, old: a, new: b };
    if (a.id !== b.id) yield { kind: 'step-renumbered', step, old: a, new: b };
  }
  for (const field of stepFields)
    if (plain(a[field]) !== plain(b[field])) yield { kind: 'step-changed', step, field, old: a, new: b };
}

const guideFields: readonly GuideField[] = ['title', 'owner', 'alerts', 'verified'];

function* diffGuide(old: GuideInfo, next: GuideInfo): Generator<PlanChange> {
  for (const field of guideFields)
    if (plain(old[field]) !== plain(next[field])) yield { kind: 'guide-changed', field, old, new: next };
}

const parameterFields: readonly ParameterField[] = [
  'type',
  'required',
  'default',
  'examples',
  'pattern',
  'secret',
  'description',
];

/** Parameters are known by their names; one that is only seen in code and one that is declared are the same parameter. */
function* diffParameters(old: readonly Parameter[], next: readonly Parameter[]): Generator<PlanChange> {
  const before = new Map(old.map((parameter) => [parameter.name, parameter]));
  const after = new Map(next.map((parameter) => [parameter.name, parameter]));
  for (const parameter of before.values())
    if (!after.has(parameter.name)) yield { kind: 'parameter-removed', old: parameter };
  for (const parameter of after.values()) {
    const was = before.get(parameter.name);
    if (!was) yield { kind: 'parameter-added', new: parameter };
    else
      for (const field of parameterFields)
        if (plain(was[field]) !== plain(parameter[field]))
          yield { kind: 'parameter-changed', field, old: was, new: parameter };
  }
}

function* diffNotRead(old: readonly NotRead[], next: readonly NotRead[]): Generator<PlanChange> {
  const left = new Map<string, NotRead[]>();
  for (const passage of old) left.set(oneLine(passage.text), [...(left.get(oneLine(passage.text)) ?? []), passage]);
  const added: NotRead[] = [];
  for (const passage of next) if (!left.get(oneLine(passage.text))?.shift()) added.push(passage);
  for (const passage of [...left.values()].flat()) yield { kind: 'not-read-removed', old: passage };
  for (const passage of added) yield { kind: 'not-read-added', new: passage };
}

/** White space and a missing value's form do not count. */
function plain(value: unknown): string {
  if (value === undefined || value === '') return '';
  return typeof value === 'string' ? `"${oneLine(value)}"` : JSON.stringify(value);
}
