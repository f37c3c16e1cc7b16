// Two plans' differences as other programs read them: `tsg diff --format json`. A wire format of its own; fields are only
// ever added.
import type { Action, DiffLine, DiffSection, Parameter, PlanChange, PlanDiff, PlanNode, Way } from '../plan/index.ts';

export function toDiffJson(
  diff: PlanDiff,
  sections: readonly DiffSection[],
  files: { readonly old: string; readonly new: string },
) {
  return {
    old: files.old,
    new: files.new,
    equal: diff.equal,
    changes: sections.flatMap(({ step, lines }) => lines.map((line) => toChange(line, step))),
  };
}

function toChange({ change, text, lines, old, new: now }: DiffLine, step: DiffSection['step']) {
  return {
    kind: change.kind,
    ...('field' in change && { field: change.field }),
    step: step && { old: step.old, new: step.new },
    text,
    lines: lines.map(({ sign, text: words }) => `${sign} ${words}`),
    old: 'old' in change ? toSide(change, change.old) : null,
    new: 'new' in change ? toSide(change, change.new) : null,
    oldLine: old?.startLine ?? null,
    newLine: now?.startLine ?? null,
  };
}

type Side =
  Extract<PlanChange, { readonly old: unknown }>['old'] | Extract<PlanChange, { readonly new: unknown }>['new'];

function toSide(change: PlanChange, side: Side) {
  if (change.kind === 'guide-changed')
    return { [change.field]: change[side === change.old ? 'old' : 'new'][change.field] };
  if (change.kind.startsWith('parameter')) {
    const { name, type, required, secret, description, default: usual, pattern, examples } = side as Parameter;
    return { name, type, required, secret, description, default: usual, pattern, examples };
  }
  if (change.kind.startsWith('step')) {
    const { id, title, description, needsApproval, safeToRepeat, undo, verify } = side as PlanNode;
    return { node: id, title, description, needsApproval, safeToRepeat, undo, verify };
  }
  if (change.kind.startsWith('action')) {
    const { id, language, tool, effect, code } = side as Action;
    return { id, language, tool, effect, code };
  }
  if (change.kind.startsWith('not-read')) return { text: (side as { readonly text: string }).text };
  const way = side as Way;
  const { id, from, to, condition, guard } = way;
  return {
    edge: id,
    from,
    to,
    condition,
    guard: guard
      ? guard.kind === 'else'
        ? { else: true, origin: guard.origin }
        : { cel: guard.cel, origin: guard.origin }
      : null,
    ...('max' in way ? { max: way.max, waitMs: way.waitMs } : { outcome: way.outcome, onFailure: way.onFailure }),
  };
}
