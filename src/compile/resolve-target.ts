// Finds the step that an author's words mean: by number in the same list first, by number anywhere, by name, by anchor.
import { onceFor } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Step, Target } from './draft.ts';
import { slug } from './slug.ts';

/** Steps by number and by name. */
export interface StepIndex {
  byNumber(number: string, near: Step): Step | undefined;
  byName(name: string): Step | undefined;
}

/** Made once for each list. */
export const indexSteps = onceFor((steps: readonly Step[]): StepIndex => {
  const inGroup = new Map<string, Step>();
  const anywhere = new Map<string, Step>();
  const names = new Map<string, Step>();
  /** Numbers of headings whose steps are what stands below them. */
  const headings = new Map<string, Step>();
  /** The first step inside an item that only names the steps below it. */
  const inside = new Map<string, Step>();
  /** Parts of an item speak of the steps of its list. */
  const groups = new Map<Step, number>();
  let group = 0;
  const keep = (map: Map<string, Step>, key: string, step: Step): void => {
    if (key !== '' && !map.has(key)) map.set(key, step);
  };
  for (const step of steps) {
    const number = (step.number ?? '').toLowerCase();
    if (step.kind !== 'part' || step.group !== 0) ({ group } = step);
    groups.set(step, group);
    keep(inGroup, `${String(step.group)} ${number}`, step);
    keep(anywhere, number, step);
    for (let dot = number.lastIndexOf('.'); dot > 0; dot = number.lastIndexOf('.', dot - 1))
      keep(inside, `${String(step.group)} ${number.slice(0, dot)}`, step);
    for (const name of slugsOf(step)) keep(names, name, step);
    for (const heading of headingNumbersOf(step)) keep(headings, heading, step);
  }
  return {
    byNumber: (number, near) => {
      const key = number.toLowerCase();
      const own = `${String(groups.get(near) ?? near.group)} ${key}`;
      return inGroup.get(own) ?? inside.get(own) ?? headings.get(key) ?? anywhere.get(key);
    },
    byName: (name) => names.get(slug(name)),
  };
});

/** What a step is called, as anchors are made. */
const slugsOf = onceFor(({ id, number, title, aliases }: Step): readonly string[] =>
  [
    title,
    `step ${number ?? ''} ${title}`,
    `${number ?? ''} ${title}`,
    `${(number ?? '').replaceAll('.', '')} ${title}`,
    id,
    ...aliases,
  ].map(slug),
);

/** Numbers in the names of headings that the step is the first of. */
const headingNumbersOf = onceFor(({ aliases }: Step): readonly string[] =>
  aliases.flatMap((alias) => /^(?:step\s+)?(\d+(?:\.\d+)*[a-z]?)[.):\s–—-]/i.exec(alias)?.[1]?.toLowerCase() ?? []),
);

/** The report for a target that no step has. */
export function unknownTarget(step: Step, words: string, target: Target, steps: readonly Step[]): Diagnostic {
  const wanted = target.kind === 'number' ? target.number : target.kind === 'range' ? target.to : words;
  const near = certain(wanted, steps);
  const message = `Step \`${step.title || step.id}\` jumps to \`${words}\`, but no step has that number or name.`;
  if (near === null) {
    const known = steps.slice(0, 12).map(({ number, id }) => number ?? id.replace(/^Step/, ''));
    const more = steps.length > 12 ? ', …' : '';
    const hint = `The guide has ${known.length === 1 ? 'step' : 'steps'} ${known.join(', ')}${more}.`;
    return makeDiagnostic('step.unknown-target', target.span, message, { hint });
  }
  const newText = words.replace(wanted, near);
  return makeDiagnostic('step.unknown-target', target.span, message, {
    hint: `Did you mean \`${newText}\`?`,
    fixes: [{ title: `Change it to \`${newText}\``, edits: [{ span: target.span, newText }] }],
  });
}

/** The one number that differs only in its dots or its letter, as in `31` for `3.1`. */
function certain(wanted: string, steps: readonly Step[]): string | null {
  const { byBare, byDigits } = numbersIn(steps);
  const same = byBare.get(bare(wanted)) ?? [];
  if (same.length === 1) return same[0] ?? null;
  if (!/[a-z]/i.test(wanted)) return null;
  const alike = byDigits.get(digits(wanted)) ?? [];
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/** Numbers of the steps, each once, by their letters and digits and by their digits alone. */
const numbersIn = onceFor((steps: readonly Step[]) => {
  const byBare = new Map<string, string[]>();
  const byDigits = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, number: string): void => {
    const known = map.get(key);
    if (known) known.push(number);
    else map.set(key, [number]);
  };
  for (const number of new Set(steps.flatMap((step) => step.number ?? []))) {
    add(byBare, bare(number), number);
    add(byDigits, digits(number), number);
  }
  return { byBare, byDigits };
});

function bare(text: string): string {
  return text.replace(/[^\da-z]/gi, '').toLowerCase();
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}
