// Steps that say themselves when they are done, or left out, become options of what stands before them; several in a row are looked
// at one after the other.
import { ofNone } from './antecedent.ts';
import type { Condition, Option } from './draft.ts';
import { FlowBuilder, type OpenPart } from './flow-builder.ts';
import { leftOut } from './left-out-steps.ts';
import { saysOneWorks } from './list-kind.ts';
import { sameSubject } from './open-option.ts';

/** Makes options of the steps that say when they are left out, where a step before them can decide it. */
export function takeLeftOut(parts: OpenPart[]): void {
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (part?.kind === 'choice') for (const { flow } of part.options) takeLeftOut(flow.parts);
    if (part?.kind === 'aside') takeLeftOut(part.flow.parts);
    if (part?.kind !== 'step' || !isDecidedBy(parts[at - 1], part)) continue;
    const found = leftOut(part.step.blocks, false);
    if (!found) continue;
    part.step.blocks = [...found.blocks];
    part.step.keepsNumber = true;
    const flow = new FlowBuilder(1);
    let end = at + 1;
    while (belongs(parts[end], part)) end++;
    flow.parts.push(...parts.slice(at, end));
    const { condition } = found;
    const option = { condition, words: condition.text, flow, behind: behindOptional(parts[at - 1], condition) };
    parts.splice(at, end - at, { kind: 'choice', options: [option], exhaustive: false, apart: false, closed: true });
  }
}

/** The step before it, another that is done in some case alone, or the item of its list whose cases stand before it. */
function isDecidedBy(before: OpenPart | undefined, { step }: OpenPart & { kind: 'step' }): boolean {
  if (before?.kind !== 'choice') return before?.kind === 'step';
  return isOneStep(before) || (!before.apart && step.kind === 'item' && step.group > 0);
}

/** "If it hangs, restart it." as all that a numbered step is. */
export function isOneStep(part: OpenPart): boolean {
  if (part.kind !== 'choice') return false;
  const [only, ...others] = part.options;
  const [first] = only?.flow.parts ?? [];
  return others.length === 0 && first?.kind === 'step' && first.step.keepsNumber === true;
}

/** A choice behind the step is made by it, and a part without a number stands under its heading or item. */
function belongs(next: OpenPart | undefined, { step }: OpenPart & { kind: 'step' }): boolean {
  return next?.kind === 'choice' || (next?.kind === 'step' && next.step.kind === 'part' && step.kind !== 'part');
}

/** "If the node hangs, restart it." and "If the queue is full, purge it.": whoever has done the one still has the other before him. */
export function behindOptional(before: OpenPart | undefined, condition: Condition): Option['behind'] {
  const [only, ...others] = before?.kind === 'choice' ? before.options : [];
  return only && others.length === 0 && mayBothHold(only.condition, condition) ? 'all' : undefined;
}

/** True where neither condition says anything of the other: two findings about one thing, and "yes" and "no", do. */
export function mayBothHold(a: Condition, b: Condition): boolean {
  const areAsked = /\?\W*$/.test(a.text) && /\?\W*$/.test(b.text);
  const isPlain = (one: Condition): boolean => one.kind === 'if' || (one.kind === 'unless' && !saysOneWorks(one));
  if (!isPlain(a) || !isPlain(b) || /^(?:yes|no)\b/i.test(b.text) || ofNone(b.text)) return false;
  // "Volume 1 full?" and "Volume 2 full?" are asked one after the other.
  return areAsked || !sameSubject(a, b);
}
