// How far a check looks. A check that says nothing looks at the whole guide and is run anew after every edit. One that looks
// at one section, action or step at a time says so by one of these, and then only looks again at what has changed: it must
// not read anything but what it is given, and of `text` only what its section, action or step covers. What all such checks
// find in one part is remembered together, so that a part that did not change costs one look-up.
import { collect, makeAgain, Memory, narrow, onceFor, type Made, type Span, type Text } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { documentOf, textOf, type Guide, type Sentence } from '../guide/index.ts';
import type { Action, PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import type { SectionFacts } from './guide-facts.ts';
import { placedSteps, type PlacedStep } from './placed-steps.ts';

/** A check: everything it has to say of a guide. Pure. */
export type Check = (input: CheckInput) => readonly Diagnostic[];

type LookAtSection = (part: SectionFacts, text: Text) => readonly Diagnostic[];
type LookAtText = (text: string, from: number) => readonly Diagnostic[];
type LookAtAction = (action: Action, text: Text) => readonly Diagnostic[];
type LookAtStep = (node: PlanNode, sentences: readonly Sentence[], about: StepPlace) => readonly Diagnostic[];

/** Where a step stands. */
export type StepPlace = Pick<PlacedStep, 'around' | 'lead' | 'place'>;

/** A check of one part at a time. */
export type PartCheck =
  | { readonly kind: 'section'; readonly look: LookAtSection }
  | { readonly kind: 'section-text'; readonly look: LookAtText }
  | { readonly kind: 'action'; readonly look: LookAtAction }
  | { readonly kind: 'step'; readonly look: LookAtStep };

/** A check of each section's own blocks and words. */
export function perSection(look: LookAtSection): PartCheck {
  return { kind: 'section', look };
}

/** A check of the text of each section as it is written, markup and code too. `from` is the offset of `text`. */
export function perSectionText(look: LookAtText): PartCheck {
  return { kind: 'section-text', look };
}

/** A check of each action by itself. */
export function perAction(look: LookAtAction): PartCheck {
  return { kind: 'action', look };
}

/** A check of each step by itself: its node, without the edges, the sentences between its beginning and its end, and where it stands. */
export function perStep(look: LookAtStep): PartCheck {
  return { kind: 'step', look };
}

/** Runs checks of parts: section by section, then step by step with its actions. */
export function partChecks(checks: readonly PartCheck[]): Check {
  const of = <K extends PartCheck['kind']>(...kinds: readonly K[]): readonly Extract<PartCheck, { kind: K }>[] =>
    checks.filter((check): check is Extract<PartCheck, { kind: K }> =>
      (kinds as readonly string[]).includes(check.kind),
    );
  const sections = of('section', 'section-text');
  const actions = of('action');
  const steps = of('step');
  const ofSection = bySection((part, text, from) =>
    sections.flatMap((check) => (check.kind === 'section' ? check.look(part, text.whole) : check.look(text.own, from))),
  );
  const ofAction = byAction((action, text) => actions.flatMap((check) => check.look(action, text)));
  const ofStep = byStep((node, sentences, about) => steps.flatMap((check) => check.look(node, sentences, about)));
  return (input) => [
    ...(sections.length > 0 ? ofSection(input) : []),
    ...(actions.length > 0 ? ofAction(input) : []),
    ...(steps.length > 0 ? ofStep(input) : []),
  ];
}

/** The text of a guide, and what of it belongs to one section. */
export interface SectionText {
  readonly whole: Text;
  readonly own: string;
}

const ownTexts = new Memory<SectionFacts, string>();

/** A section's own text is cut out once, when the first check asks for it. */
function sectionText(guide: Guide, part: SectionFacts, { start, end }: Span): SectionText {
  const whole = textOf(guide);
  return {
    whole,
    get own() {
      let own = ownTexts.get(part);
      if (own === undefined) ownTexts.set(part, (own = narrow(whole.slice(start, end))));
      return own;
    },
  };
}

/** What `make` finds in each section, remembered by section; `from` is where its own text begins. Under the rules of a check of parts. */
export function bySection<T>(
  make: (part: SectionFacts, text: SectionText, from: number) => readonly T[],
): (input: Pick<CheckInput, 'facts' | 'guide'>) => readonly T[] {
  const known = new Memory<SectionFacts, readonly T[]>();
  const gathered = gatherer<SectionFacts, T>();
  return ({ facts, guide }) =>
    gathered(guide, facts.parts, (part) => {
      let found = known.get(part);
      if (!found) {
        const span = facts.ownSpan(part);
        found = make(part, sectionText(guide, part, span), span.start);
        known.set(part, found);
      }
      return found;
    });
}

/** What `make` finds in each action, remembered by action. Under the rules of a check of parts. */
export function byAction<T>(
  make: (action: Action, text: Text) => readonly T[],
): (input: Pick<CheckInput, 'plan' | 'guide'>) => readonly T[] {
  const known = new Memory<Action, readonly T[]>();
  const gathered = gatherer<PlanNode, T>();
  return ({ plan, guide }) =>
    gathered(guide, plan.nodes, ({ actions }) =>
      collect(actions, (action) => {
        let found = known.get(action);
        if (!found) known.set(action, (found = make(action, textOf(guide))));
        return found;
      }),
    );
}

/** What `make` finds in each step, its sentences and where it stands, remembered by all of these. Under the rules of a check of parts. */
export function byStep<T>(
  make: (node: PlanNode, sentences: readonly Sentence[], about: StepPlace) => readonly T[],
): (input: Pick<CheckInput, 'plan' | 'facts' | 'guide'>) => readonly T[] {
  const found = onceFor((step: PlacedStep) => make(step.node, step.sentences, step));
  const gathered = gatherer<PlacedStep, T>();
  return ({ plan, facts, guide }) => gathered(guide, placedSteps(plan, facts), found);
}

const nothing: readonly never[] = [];

/** Gathers what is found in each of a guide's parts. After an edit it looks only at those that are others than in the last reading. */
function gatherer<T, R>(): (guide: Guide, parts: readonly T[], find: (part: T) => readonly R[]) => readonly R[] {
  const last = new Memory<object, Made<T, readonly R[]> & { readonly all: readonly R[] }>();
  return (guide, parts, find) => {
    const document = documentOf(guide);
    const before = last.get(document);
    // Most parts give nothing, before and after: one empty list says so, and then all is as it was.
    const made = makeAgain(before, parts, (part) => {
      const found = find(part);
      return found.length === 0 ? nothing : found;
    });
    const all = before ? allAgain(before, made.results) : collect(made.results, (found) => found);
    last.set(document, { items: made.items, results: made.results, all });
    return all;
  };
}

/** Everything that the parts give, of which `before.all` holds what stands before and behind those that changed. */
function allAgain<R>(
  before: { readonly results: readonly (readonly R[])[]; readonly all: readonly R[] },
  results: readonly (readonly R[])[],
): readonly R[] {
  if (before.results === results) return before.all;
  if (before.results.length !== results.length) return collect(results, (found) => found);
  let from = 0;
  let head = 0;
  for (; from < results.length && results[from] === before.results[from]; from++) head += results[from]?.length ?? 0;
  let to = results.length;
  let tail = 0;
  for (; to > from && results[to - 1] === before.results[to - 1]; to--) tail += results[to - 1]?.length ?? 0;
  const changed = collect(results.slice(from, to), (found) => found);
  return [...before.all.slice(0, head), ...changed, ...before.all.slice(before.all.length - tail)];
}
