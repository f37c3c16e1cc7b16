// The plan with every size known and no place yet: what each layout library is given, in one neutral form.
import { type Action, oldPrefix, type Plan, type PlanEdge, type PlanNode, type Repeat } from '../plan/index.ts';
import type { Arrow, Badge, Box, Decider } from './diagram.ts';
import { textWidth } from '../base/index.ts';
import { wrapText } from './wrap-text.ts';

/** Distances and font sizes that layout and drawing share, in pixels at 100 %. */
export const metrics = {
  boxWidth: 200,
  boxPadding: 12,
  labelFont: 11,
  titleFont: 13,
  titleLine: 17,
  titleLines: 3,
  badgeFont: 10,
  badgeHeight: 15,
  conditionFont: 11,
  conditionLine: 14,
  conditionWidth: 142,
  conditionLines: 3,
  conditionPadding: 6,
  /** Room left of a condition's words for the mark of who decides. */
  markWidth: 16,
  margin: 24,
} as const;

/** How much wider bold letters are. */
const boldness = 1.1;

export type SizedBox = Omit<Box, 'x' | 'y'>;
export interface SizedArrow extends Omit<Arrow, 'points' | 'label' | 'terminal'> {
  /** Size of the small end that this arrow alone runs into. */
  readonly terminal?: { readonly w: number; readonly h: number };
  readonly label?: { readonly w: number; readonly h: number; readonly lines: readonly string[] };
}

/** Boxes and arrows of a plan without positions; arrows whose ends do not exist are left out. */
export function measurePlan(plan: Plan): {
  readonly boxes: readonly SizedBox[];
  readonly arrows: readonly SizedArrow[];
} {
  const boxes = plan.nodes.map(sizeBox);
  const known = new Set(plan.nodes.map((node) => node.id));
  const joined = (edge: { from: string; to: string }): boolean => known.has(edge.from) && known.has(edge.to);
  const arrows = [
    ...plan.edges.filter(joined).map((edge) => sizeArrow(edge, 'edge')),
    ...plan.repeats.filter(joined).map((repeat) => sizeArrow(repeat, 'repeat')),
  ];
  return { boxes, arrows };
}

/** `Step3.1` as people say it: `Step 3.1`. */
export function nodeLabel(id: string): string {
  if (id.startsWith(oldPrefix)) return nodeLabel(id.slice(oldPrefix.length));
  if (id === 'start') return 'Start';
  if (id === 'end') return 'End';
  return id.replace(/^(\p{L}+)(?=\d)/u, '$1 ');
}

function sizeBox(node: PlanNode): SizedBox {
  const label = nodeLabel(node.id);
  const calls = callsOf(node);
  const shared = {
    id: node.id,
    kind: node.kind,
    label,
    title: titleOf(node, label),
    description: node.description,
    ...(calls.length > 0 && { calls: calls.map((title) => ({ title })) }),
    actions: node.actions.filter(isOwnAction).map((action) => ({
      id: action.id,
      language: action.language,
      ...(action.tool !== undefined && { tool: action.tool }),
      effect: action.effect,
      lineCount: action.code.split('\n').length,
    })),
  };
  if (node.kind !== 'step') return { ...shared, title: label, titleLines: [], badges: [], w: 92, h: 36 };
  const titleLines = wrapText(shared.title, {
    width: metrics.boxWidth - 2 * metrics.boxPadding,
    fontSize: metrics.titleFont,
    lines: metrics.titleLines,
  });
  const badges = badgesOf(node);
  const h = 30 + titleLines.length * metrics.titleLine + (badges.length > 0 ? metrics.badgeHeight + 4 : 0) + 8;
  return { ...shared, titleLines, badges, w: metrics.boxWidth, h };
}

/** StepFly's own plans have no titles, and their readers may repeat the node's name: then the description tells more. */
function titleOf(node: PlanNode, label: string): string {
  const title = node.title.trim();
  return (title !== node.id && title) || node.description.trim() || title || label;
}

/** Titles of the guides that a node calls, whether they have been joined to its plan or not. */
function callsOf(node: PlanNode): readonly string[] {
  if (node.calls) return node.calls.map(({ title }) => title);
  return node.actions.filter((action) => !isOwnAction(action)).map(({ guide, code }) => guide?.title ?? code);
}

/** An action that stands in the guide; one that goes through another guide is told as a call. */
function isOwnAction({ language }: Action): boolean {
  return language !== 'guide';
}

function badgesOf(node: PlanNode): readonly Badge[] {
  const counts = new Map<string, number>();
  for (const action of node.actions.filter(isOwnAction))
    counts.set(action.language, (counts.get(action.language) ?? 0) + 1);
  const badges: Badge[] = [];
  const add = (kind: Badge['kind'], text: string, meaning: string): void => {
    badges.push({ kind, text, meaning, w: Math.ceil(textWidth(text, metrics.badgeFont)) + 12 });
  };
  if (node.needsApproval) add('approval', 'approval', 'needs approval');
  const actions = node.actions.filter(isOwnAction);
  if (actions.some((action) => action.effect === 'write')) add('write', 'writes', 'has an action that writes');
  else if (actions.some((action) => action.effect === 'unknown'))
    add('unknown', 'effect unknown', 'has an action whose effect is unknown');
  const calls = callsOf(node);
  if (calls.length > 0)
    add(
      'guide',
      calls.length > 1 ? `▸ ${calls.length} guides` : '▸ guide',
      `goes through ${calls.map((title) => `“${title}”`).join(', ')}`,
    );
  for (const [language, count] of counts)
    add(
      'language',
      count > 1 ? `${language} ×${count}` : language,
      `${count} ${language} ${count > 1 ? 'actions' : 'action'}`,
    );
  return withinBox(badges);
}

/** As many badges as one row of the box holds; the rest becomes `+n`. */
function withinBox(badges: readonly Badge[]): readonly Badge[] {
  const room = metrics.boxWidth - 2 * metrics.boxPadding;
  const widthOf = (list: readonly Badge[]): number => list.reduce((sum, badge) => sum + badge.w + 5, -5);
  if (widthOf(badges) <= room) return badges;
  let kept = badges.length - 1;
  while (kept > 0 && widthOf(badges.slice(0, kept)) + 5 + 30 > room) kept--;
  const rest = badges.slice(kept);
  const meaning = rest.map((badge) => badge.meaning).join(', ');
  return [...badges.slice(0, kept), { kind: 'language', text: `+${rest.length}`, meaning, w: 30 }];
}

function sizeArrow(edge: PlanEdge | Repeat, kind: Arrow['kind']): SizedArrow {
  const outcome = 'outcome' in edge ? edge.outcome : undefined;
  const onFailure = 'onFailure' in edge && edge.onFailure === true;
  const decider = deciderOf(edge);
  const words = wordsOf(edge, kind, onFailure);
  const lines = wrapText(words, {
    width: metrics.conditionWidth,
    fontSize: metrics.conditionFont,
    lines: metrics.conditionLines,
  });
  const rows = lines.length + (outcome ? 1 : 0);
  const mark = decider === 'always' ? 0 : metrics.markWidth;
  const widest = Math.max(0, ...lines.map((line) => textWidth(line, metrics.conditionFont) + mark));
  // Its word is bold, and behind its sign.
  const outcomeWidth = outcome ? textWidth(outcomeWord(outcome), metrics.conditionFont) * boldness + 20 : 0;
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    kind,
    condition: edge.condition,
    decider,
    ...(edge.guard && { guard: edge.guard.kind === 'cel' ? edge.guard.cel : 'otherwise' }),
    ...(outcome && { outcome }),
    onFailure,
    ...(rows > 0 && {
      label: {
        w: Math.ceil(Math.max(widest, outcomeWidth)) + 2 * metrics.conditionPadding,
        h: rows * metrics.conditionLine + (outcome ? 3 : 0) + metrics.conditionPadding + 2,
        lines,
      },
    }),
  };
}

/** The outcome's name as it is drawn. */
export function outcomeWord(outcome: NonNullable<Arrow['outcome']>): string {
  return outcome === 'not-applicable' ? 'not applicable' : outcome;
}

function wordsOf(edge: PlanEdge | Repeat, kind: Arrow['kind'], onFailure: boolean): string {
  const condition = edge.condition ?? ('timing' in edge ? edge.timing : undefined) ?? '';
  if (kind === 'repeat')
    return `repeat${'max' in edge ? ` (at most ${edge.max}×)` : ''}${condition ? `: ${condition}` : ''}`;
  return onFailure ? (condition ? `on failure: ${condition}` : 'on failure') : condition;
}

function deciderOf(edge: PlanEdge | Repeat): Decider {
  if (edge.guard) return edge.guard.origin;
  return edge.condition === null ? 'always' : 'person';
}
