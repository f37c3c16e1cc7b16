// A flowchart as a plan: its nodes become steps, its arrows edges, its circles bounded loops. One that our own writer made
// is recognised by its names and comes back as it was; in any other, beginnings and ends are found by place and name.
import type { Span } from '../base/index.ts';
import { assemblePlan, bareNode, uniqueNames, type ArrowDraft } from './assemble-plan.ts';
import type { Flowchart, FlowArrow, FlowNode, FlowNote } from './flowchart.ts';
import type { NodeId, Outcome, Plan, PlanNode, Source } from './plan.ts';
import { usualRounds } from './take-loops.ts';
import { mermaidEnd, mermaidName, mermaidStart } from './write-mermaid.ts';

/** What the flowchart itself does not say. */
export interface FlowchartAbout {
  /** Where a span of the flowchart's text stands for the plan; absent: steps and edges have no places. */
  readonly place?: (span: Span) => Source;
  readonly file?: string;
  readonly sha256?: string;
}

/** The plan, and what was read in a particular way. `notes` have spans of the flowchart's text. */
export function flowchartToPlan(
  flowchart: Flowchart,
  about: FlowchartAbout = {},
): { readonly plan: Plan; readonly notes: readonly FlowNote[] } {
  const drawn = new Set(flowchart.nodes.map(({ id }) => id));
  const ours = drawn.has(mermaidStart) && drawn.has(mermaidEnd);
  const roles = ours ? ourRoles(flowchart) : foreignRoles(flowchart);
  const ids = nameSteps(flowchart, roles, ours);
  const idOf = (name: string): NodeId => ids.get(name)?.id ?? name;
  const place = (span: Span): { source?: Source } => (about.place ? { source: about.place(span) } : {});

  const nodes = flowchart.nodes.flatMap((node): PlanNode[] => {
    const role = roles.get(node.id);
    const { id, title } = ids.get(node.id) ?? { id: node.id, title: node.id };
    if (role) return role.extra ? [] : [bareNode(role.kind, role.kind, title)];
    const titled = about.place && { titleSource: about.place(node.labelSpan ?? node.span) };
    return [{ ...bareNode('step', id, title), ...place(node.span), ...titled }];
  });
  const drafts = new Map<ArrowDraft, FlowArrow>();
  for (const arrow of flowchart.arrows) {
    const outcome = arrow.marks.outcome ?? roles.get(arrow.to)?.outcome;
    const draft: ArrowDraft = {
      from: idOf(arrow.from),
      to: idOf(arrow.to),
      condition: arrow.condition,
      ...arrow.marks,
      ...(outcome && { outcome }),
      ...place(arrow.span),
    };
    drafts.set(draft, arrow);
  }
  const { plan, loops } = assemblePlan({
    guide: { title: flowchart.title, file: about.file ?? '', sha256: about.sha256 ?? '', parameters: [] },
    nodes,
    arrows: [...drafts.keys()],
    closeOpenEnds: !ours,
  });
  const notes = loops.flatMap((loop): FlowNote[] => {
    const span = drafts.get(loop)?.span;
    const message = `The arrow from \`${loop.from}\` leads back to \`${loop.to}\`; it is read as a loop of at most ${usualRounds} times.`;
    return span ? [{ message, span }] : [];
  });
  return { plan, notes: [...flowchart.notes, ...notes].sort((a, b) => a.span.start - b.span.start) };
}

/** A node that is the plan's start or end. `extra`: another drawing of an end that is there already. */
interface Role {
  readonly kind: 'start' | 'end';
  readonly outcome?: Outcome;
  readonly extra: boolean;
}

function ourRoles(flowchart: Flowchart): ReadonlyMap<string, Role> {
  return new Map(
    flowchart.nodes
      .filter(({ id }) => id === mermaidStart || id === mermaidEnd)
      .map(({ id }) => [id, { kind: id === mermaidStart ? 'start' : 'end', extra: false }]),
  );
}

const startWords = /^(?:start|begin)$/i;
const endWords = /^(?:end|stop|finish|finished|done)$/i;
const outcomeWords = /^(resolved|mitigated|escalated|not[ -]applicable|completed)[.!]?$/i;

/** The one node called start that nothing leads to; nodes called end, or after an outcome, that nothing leaves. */
function foreignRoles({ nodes, arrows }: Flowchart): ReadonlyMap<string, Role> {
  const entered = new Set(arrows.map(({ to }) => to));
  const left = new Set(arrows.map(({ from }) => from));
  const roles = new Map<string, Role>();
  const starts = nodes.filter((node) => !entered.has(node.id) && left.has(node.id) && startWords.test(wordsOf(node)));
  const [start] = starts;
  if (start && starts.length === 1) roles.set(start.id, { kind: 'start', extra: false });
  let ended = false;
  for (const node of nodes) {
    if (left.has(node.id) || !entered.has(node.id)) continue;
    const outcome = outcomeWords.exec(wordsOf(node))?.[1]?.toLowerCase().replace(' ', '-');
    if (outcome === undefined && !endWords.test(wordsOf(node))) continue;
    roles.set(node.id, { kind: 'end', ...(outcome && { outcome: outcome as Outcome }), extra: ended });
    ended = true;
  }
  return roles;
}

function wordsOf(node: FlowNode): string {
  return node.label ?? node.id;
}

interface Named {
  readonly id: NodeId;
  readonly title: string;
}

function nameSteps(flowchart: Flowchart, roles: ReadonlyMap<string, Role>, ours: boolean): ReadonlyMap<string, Named> {
  const unique = uniqueNames(['start', 'end']);
  return new Map(
    flowchart.nodes.map((node): [string, Named] => {
      const role = roles.get(node.id);
      if (role) {
        const title = role.outcome ? 'End' : wordsOf(node);
        return [node.id, { id: role.kind, title: title === '' || node.label === null ? role.kind : title }];
      }
      const named = (ours && ourName(node)) || { id: node.id, title: wordsOf(node) || node.id };
      return [node.id, { ...named, id: unique(named.id) }];
    }),
  );
}

/** A step's name has few colons; a title may have any number. */
const mostColons = 20;

/** `n_Step3_1["Step3.1: Check the flags"]` is the step `Step3.1`; null when name and label do not belong together. */
function ourName(node: FlowNode): Named | null {
  const label = wordsOf(node);
  const belongs = (id: string): boolean => {
    const name = mermaidName(id);
    return node.id === name || (node.id.startsWith(`${name}_`) && /^\d+$/.test(node.id.slice(name.length + 1)));
  };
  if (belongs(label)) return { id: label, title: label };
  let tries = 0;
  for (let at = label.indexOf(':'); at !== -1 && tries++ < mostColons; at = label.indexOf(':', at + 1)) {
    const id = label.slice(0, at);
    const rest = label.slice(at + 1);
    if ((rest === '' || rest.startsWith(' ')) && belongs(id)) return { id, title: rest.trim() };
  }
  return null;
}
