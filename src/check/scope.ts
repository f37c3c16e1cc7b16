// How far a check looks. A check that says nothing looks at the whole guide and is run anew after every edit. One that looks
// at one section, action or step at a time says so by one of these, and then only looks again at what has changed: it must
// not read anything but what it is given, and of `text` only what its section, action or step covers.
import { onceFor } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Sentence } from '../guide/index.ts';
import type { Action, PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import type { SectionFacts } from './guide-facts.ts';

/** A check: everything it has to say of a guide. Pure. */
export type Check = (input: CheckInput) => readonly Diagnostic[];

/** A check of each section's own blocks and words. */
export function perSection(look: (part: SectionFacts, text: string) => readonly Diagnostic[]): Check {
  const known = new WeakMap<SectionFacts, readonly Diagnostic[]>();
  return ({ facts, guide }) =>
    facts.parts.flatMap((part) => {
      let found = known.get(part);
      if (!found) known.set(part, (found = look(part, guide.text)));
      return found;
    });
}

/** A check of the text of each section as it is written, markup and code too. `from` is the offset of `text`. */
export function perSectionText(look: (text: string, from: number) => readonly Diagnostic[]): Check {
  const known = new WeakMap<SectionFacts, readonly Diagnostic[]>();
  return ({ facts, guide }) =>
    facts.parts.flatMap((part) => {
      let found = known.get(part);
      if (!found) {
        const { start, end } = facts.ownSpan(part);
        known.set(part, (found = look(guide.text.slice(start, end), start)));
      }
      return found;
    });
}

/** A check of each action by itself. */
export function perAction(look: (action: Action) => readonly Diagnostic[]): Check {
  const known = onceFor(look);
  return ({ plan }) =>
    plan.nodes.flatMap(({ actions }) => (actions.length === 0 ? [] : actions.flatMap((one) => known(one))));
}

/** A check of each step by itself: its node, without the edges, and the sentences between its beginning and its end. */
export function perStep(look: (node: PlanNode, sentences: readonly Sentence[]) => readonly Diagnostic[]): Check {
  interface Known {
    readonly sentences: readonly Sentence[];
    readonly found: readonly Diagnostic[];
  }
  const known = new WeakMap<PlanNode, Known>();
  return ({ plan, facts }) =>
    plan.nodes.flatMap((node) => {
      const sentences = node.source ? facts.sentencesIn(node.source.span) : [];
      let last = known.get(node);
      if (!last || !sameItems(last.sentences, sentences))
        known.set(node, (last = { sentences, found: look(node, sentences) }));
      return last.found;
    });
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}
