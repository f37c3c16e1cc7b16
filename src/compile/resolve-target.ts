// Finds the step that an author's words mean: by number in the same list first, by number anywhere, by name, by anchor.
import { Memory, onceFor, sameItems } from '../base/index.ts';
import { unknownStep, type Diagnostic } from '../diagnostics/index.ts';
import type { Step, Target } from './draft.ts';
import { slug } from './slug.ts';

/** Steps by number and by name. */
export interface StepIndex {
  /** All names, as anchors are made: the same map while the steps of a document are called the same. */
  readonly names: ReadonlyMap<string, number>;
  /** The places of steps by their ids. */
  readonly orders: ReadonlyMap<string, number>;
  /** `of`: the name of the section that the step stands in, where the words give one. */
  byNumber(number: string, near: Step, of?: string): Step | undefined;
  byName(name: string): Step | undefined;
}

/** The places of steps in their list, by what they are called. */
interface Places {
  readonly inGroup: ReadonlyMap<string, number>;
  readonly anywhere: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<string, number>;
  readonly orders: ReadonlyMap<string, number>;
  /** Numbers of headings whose steps are what stands below them. */
  readonly headings: ReadonlyMap<string, number>;
  /** The first step inside an item that only names the steps below it. */
  readonly inside: ReadonlyMap<string, number>;
  /** By place. Parts of an item speak of the steps of its list. */
  readonly groups: readonly number[];
  /** For a list that stands in a case of another list's item, that other list. */
  readonly outer: ReadonlyMap<number, number>;
}

interface Indexed {
  readonly steps: readonly Step[];
  readonly places: Places;
  readonly index: StepIndex;
}

/** What the last reading of each document was given. */
const lastIndexed = new Memory<object, Indexed>();

/** Made once for each list; what steps are called is taken from the last reading of the document while it is the same. */
export function indexSteps(steps: readonly Step[], document: object): StepIndex {
  const last = lastIndexed.get(document);
  if (last?.steps === steps) return last.index;
  const places = last && areCalledAlike(last.steps, steps) ? last.places : placesOf(steps);
  const made = { steps, places, index: indexOf(steps, places) };
  lastIndexed.set(document, made);
  return made.index;
}

function areCalledAlike(before: readonly Step[], steps: readonly Step[]): boolean {
  if (before.length !== steps.length) return false;
  for (let at = 0; at < steps.length; at++) {
    const was = before[at];
    const is = steps[at];
    if (was === is) continue;
    const isAlike =
      was !== undefined &&
      is !== undefined &&
      was.id === is.id &&
      was.number === is.number &&
      was.title === is.title &&
      was.kind === is.kind &&
      was.group === is.group &&
      was.inOption === is.inOption &&
      was.keepsNumber === is.keepsNumber &&
      sameItems(was.aliases, is.aliases);
    if (!isAlike) return false;
  }
  return true;
}

function indexOf(steps: readonly Step[], { names, orders, ...by }: Places): StepIndex {
  const { inGroup, anywhere, headings, inside, groups, outer } = by;
  const stepAt = (place: number | undefined): Step | undefined => (place === undefined ? undefined : steps[place]);
  return {
    names,
    orders,
    byNumber: (number, near, of) => {
      const key = number.toLowerCase().replace(/[.(]([a-z])\)?$/, '$1');
      const inList = (group: number): number | undefined =>
        inGroup.get(`${String(group)} ${key}`) ?? inside.get(`${String(group)} ${key}`);
      if (of !== undefined) {
        const first = names.get(slug(of));
        const place = first === undefined ? undefined : inList(groups[first] ?? 0);
        return place !== undefined && first !== undefined && place >= first ? stepAt(place) : undefined;
      }
      const group = groups[near.order] ?? near.group;
      // In a list below an item "go to step 3" means an item further down that list only where the list above has none of that number.
      const above = outer.get(group);
      const own = inList(group);
      const isAhead = own !== undefined && own > near.order;
      return stepAt(
        (isAhead && above !== undefined ? inList(above) : undefined) ?? own ?? headings.get(key) ?? anywhere.get(key),
      );
    },
    byName: (name) => stepAt(names.get(slug(name))),
  };
}

function placesOf(steps: readonly Step[]): Places {
  const inGroup = new Map<string, number>();
  const anywhere = new Map<string, number>();
  const names = new Map<string, number>();
  const headings = new Map<string, number>();
  const inside = new Map<string, number>();
  const groups: number[] = [];
  let group = 0;
  const keep = (map: Map<string, number>, key: string, place: number): void => {
    if (key !== '' && !map.has(key)) map.set(key, place);
  };
  const seen = new Set<number>();
  const outer = new Map<number, number>();
  /** The list of the last item before. */
  let listed = 0;
  const lasts = new Map(steps.map((step, place) => [step.group, place]));
  steps.forEach((step, place) => {
    if (step.group !== 0 && step.inOption && !seen.has(step.group)) {
      if (listed !== 0 && (lasts.get(listed) ?? 0) > (lasts.get(step.group) ?? 0)) outer.set(step.group, listed);
    }
    const number = (step.number ?? '').toLowerCase();
    if (step.group !== 0 && !seen.has(step.group) && number === '2') {
      // "2. If it was deleted:" and a list below, of which the first item is called 2: for the others it is their 1.
      let first = place - 1;
      while (steps[first]?.kind === 'part' && steps[first]?.inOption === true) first--;
      if (steps[first]?.inOption === true && steps[first]?.keepsNumber) keep(inGroup, `${String(step.group)} 1`, first);
    }
    seen.add(step.group);
    if (step.number !== null && step.group !== 0) listed = step.group;
    if (step.kind !== 'part' || step.group !== 0) ({ group } = step);
    groups.push(group);
    keep(inGroup, `${String(step.group)} ${number}`, place);
    keep(anywhere, number, place);
    if (/\d[a-z]$/.test(number)) keep(inside, `${String(step.group)} ${number.slice(0, -1)}`, place);
    for (let dot = number.lastIndexOf('.'); dot > 0; dot = number.lastIndexOf('.', dot - 1))
      keep(inside, `${String(step.group)} ${number.slice(0, dot)}`, place);
    for (const name of step.kind === 'heading' ? slugsOf(step) : aliasSlugsOf(step)) keep(names, name, place);
    for (const heading of headingNumbersOf(step)) keep(headings, heading, place);
  });
  // "7.2" is the second item of the list that stands for "## 7. Recover the node".
  const underHeading = new Map<number, string>();
  steps.forEach((step, place) => {
    const { kind, group: own, number } = step;
    if (kind === 'heading' || own === 0 || number === null || /\D/.test(number)) return;
    const [heading] = headingNumbersOf(step);
    if (number === '1' && heading !== undefined) underHeading.set(own, heading);
    const above = underHeading.get(own);
    if (above !== undefined) keep(headings, `${above}.${number}`, place);
  });
  // A section is meant before a step that is called like it.
  steps.forEach((step, place) => {
    for (const name of slugsOf(step)) keep(names, name, place);
  });
  // "Renew it (needs approval)" is called "Renew it" where nothing else is.
  steps.forEach((step, place) => {
    for (const name of openingOf(step)) keep(names, name, place);
  });
  // What the plan calls an item of one of several lists.
  steps.forEach(({ id, number, group }, place) => {
    if (number !== null && group !== 0) keep(anywhere, ownName(id) ?? '', place);
  });
  const orders = new Map(steps.map(({ id }, place) => [id, place]));
  return { inGroup, anywhere, names, orders, headings, inside, groups, outer };
}

/** `2.1` of `Step2.1`; null where letters tell the step apart, which an author would not have meant. */
function ownName(id: string): string | null {
  return /^Step(\d+(?:\.\d+)*)$/.exec(id)?.[1] ?? null;
}

/** What a step is called, as anchors are made. */
const slugsOf = onceFor(({ id, number, title, aliases, kind }: Step): readonly string[] =>
  [
    ...(kind === 'item' && number !== null ? [`item ${number}`] : []),
    title,
    `step ${number ?? ''} ${title}`,
    `${number ?? ''} ${title}`,
    `${(number ?? '').replaceAll('.', '')} ${title}`,
    id,
    ...aliases,
    ...[title, ...aliases].flatMap((name) => lettered.exec(name)?.slice(1) ?? []),
  ].map(slug),
);

const openingOf = onceFor(({ title }: Step): readonly string[] => {
  const opening = /^([^(:]{5,60}?)\s*[(:]/.exec(title)?.[1];
  return opening !== undefined && /\S\s\S/.test(opening) ? [slug(opening)] : [];
});

/** "Step B: Read the log" is called Step B, and Read the log. */
const lettered = /^((?:step|phase|stage|section)\s+[A-Z])\s*[:.)–—-]\s+(.+)$/i;

const aliasSlugsOf = onceFor(({ aliases }: Step): readonly string[] => aliases.map(slug));

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
    const known = steps
      .slice(0, 12)
      .map(({ number, id, title }) => lettered.exec(title)?.[1]?.slice(-1) ?? ownName(id) ?? number ?? id.slice(4));
    const more = steps.length > 12 ? ', …' : '';
    const hint = `The guide has ${known.length === 1 ? 'step' : 'steps'} ${known.join(', ')}${more}.`;
    return unknownStep(target.span, message, hint, null);
  }
  const newText = words.replace(wanted, near);
  return unknownStep(target.span, message, `Did you mean \`${newText}\`?`, newText);
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
