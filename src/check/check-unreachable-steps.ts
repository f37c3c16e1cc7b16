// step.unreachable: a step that no path from the start leads to. Only the first step of such a stretch is reported;
// what follows from it becomes reachable with it.
import { collect, onceFor, remember } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic, type Label } from '../diagnostics/index.ts';
import { inputEdges, outputEdges, type NodeId, type Plan, type PlanNode } from '../plan/index.ts';
import { bareAnchor } from './anchors.ts';
import { alwaysDecides } from './check-branch-otherwise.ts';
import type { CheckInput } from './check.ts';
import { bySection } from './scope.ts';
import { stepName } from './step-name.ts';

export function checkUnreachableSteps(input: CheckInput): readonly Diagnostic[] {
  const { guide, plan, facts } = input;
  // What follows where no condition holds is not reached from a step whose conditions leave nothing over.
  const whole = new Set(
    input.branches().flatMap((branch) => (branch.implied && alwaysDecides(branch) ? [branch.node.id] : [])),
  );
  const leads = ({ from, guard, source }: Plan['edges'][number]): boolean =>
    source !== undefined || guard?.kind !== 'else' || !whole.has(from);
  const reached = reachedNodes(plan, leads);
  let anchors: ReadonlySet<string> | null = null;
  // Rows of a table that are called by a number alone stand for steps that are written elsewhere.
  const isCounted = plan.nodes.some(({ title }) => /^\d{1,3}$/.test(title));
  return collect(plan.nodes, (node, index) => {
    if (node.kind !== 'step' || reached.has(node.id) || inputEdges(plan, node.id).some(leads)) return [];
    if (isRoof(node, plan, facts, reached)) return [];
    const span = node.titleSource?.span ?? node.source?.span;
    if (!span) return [];
    const before = plan.nodes[index - 1];
    const labels = before ? waysPast(plan, before) : [];
    // Where no words lead past it, nobody can know what its author had in mind.
    const isUnsure =
      labels.length === 0 ||
      isCounted ||
      isLinked(node, facts, (anchors ??= new Set(linkedAnchors(input)))) ||
      (before && endsInAdvice(plan, before)) ||
      isMeant(node, plan);
    return [
      makeDiagnostic(
        'step.unreachable',
        span,
        `No path leads to \`${stepName(guide, node)}\`, so a run never gets there.`,
        {
          ...(isUnsure === true && { severity: 'hint' as const }),
          labels,
          hint: 'Name this step in a condition or a jump of an earlier step, or remove it.',
        },
      ),
    ];
  });
}

const linkedAnchors = bySection(({ proses }) =>
  collect(proses, ({ prose }) =>
    collect(prose.links, ({ target }) => (target.startsWith('#') ? [bareAnchor(target)] : [])),
  ),
);

/** A heading with nothing of its own over steps that are reached: jumps lead below it, and that is where the work is. */
function isRoof(node: PlanNode, plan: Plan, facts: CheckInput['facts'], reached: ReadonlySet<NodeId>): boolean {
  if (node.description !== '' || node.actions.length > 0 || !node.source) return false;
  const { section } = facts.sectionAt(node.source.span.start);
  return (
    section.sections.length > 0 &&
    plan.nodes.some(
      ({ id, source }) =>
        source && reached.has(id) && source.span.start > section.span.start && source.span.start < section.span.end,
    )
  );
}

/** A link leads to it from somewhere: the words around it say when, though not in a way that became a jump. */
function isLinked(
  { titleSource, source }: PlanNode,
  facts: CheckInput['facts'],
  anchors: ReadonlySet<string>,
): boolean {
  const place = titleSource ?? source;
  if (!place) return false;
  const { section } = facts.sectionAt(place.span.start);
  if (!section.heading || section.heading.span.start > place.span.start) return false;
  return anchors.has(bareAnchor(section.heading.prose.plain));
}

/** A sentence that could not be read names its number: the way to it may be there. */
function isMeant({ id, title }: PlanNode, { notRead }: Plan): boolean {
  const name = title.toLowerCase();
  if (/\S\s\S/.test(name) && inSmallLetters(notRead).some((text) => text.includes(name))) return true;
  const number = /^Step(\d+(?:\.\d+)*[a-z]?)$/.exec(id)?.[1];
  if (number === undefined || notRead.length === 0) return false;
  const named = namedBy(number);
  return notRead.some(({ text }) => text.includes(number) && named.test(text));
}

const inSmallLetters = onceFor((notRead: Plan['notRead']) => notRead.map(({ text }) => text.toLowerCase()));

const namedBy = remember((number) => new RegExp(String.raw`\b${number.replaceAll('.', String.raw`\.`)}(?![\w%]|\.\d)`));

/**
 * "Open a support case" in the middle of a guide may end it, or may be one more thing to do: nobody can know, so the step after
 * it may well be reached. A jump, or an ending that is called one, leaves no doubt.
 */
function endsInAdvice(plan: Plan, before: PlanNode): boolean {
  return outputEdges(plan, before.id).some(({ to, outcome }) => to === 'end' && outcome === 'escalated');
}

/** What edges and ways back lead to. */
function reachedNodes(plan: Plan, leads: (edge: Plan['edges'][number]) => boolean): ReadonlySet<NodeId> {
  const back = new Map<NodeId, NodeId[]>();
  for (const { from, to } of plan.repeats) {
    const targets = back.get(from) ?? [];
    targets.push(to);
    back.set(from, targets);
  }
  const reached = new Set<NodeId>(['start']);
  for (const node of reached) {
    for (const edge of outputEdges(plan, node)) if (leads(edge)) reached.add(edge.to);
    for (const to of back.get(node) ?? []) reached.add(to);
  }
  return reached;
}

/** Where the step written before goes instead, each target once. */
function waysPast(plan: Plan, before: PlanNode): Label[] {
  const labels = new Map<string, Label>();
  for (const { to, source } of outputEdges(plan, before.id)) {
    if (!source || labels.has(to)) continue;
    const message = to === 'end' ? 'the guide ends here' : `the step before goes to \`${to}\` here`;
    labels.set(to, { span: source.span, message });
  }
  return [...labels.values()];
}
