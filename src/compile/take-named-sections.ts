// "If the disk is full, clean the disk (see [Clean the disk](#clean-the-disk))", or without the brackets, and further down a section
// "Clean the disk": it says how that option is followed. Who takes the option goes through it and comes back; nobody else does.
import { sentencesOf, type Heading, type Section } from '../guide/index.ts';
import { isCatalogue, isForAll } from './case-headings.ts';
import { contentWords, sharedWords } from './content-words.ts';
import { FlowBuilder, type OpenPart, type OpenStep } from './flow-builder.ts';
import { bareTitle, isBackground, isCase, isStepTitle } from './headings.ts';
import { inSections } from './in-sections.ts';
import { mentionIn } from './mentioned-sections.ts';
import { slug } from './slug.ts';

type Choice = OpenPart & { readonly kind: 'choice' };

/** What an option asks for last, and the choice that it belongs to. */
interface Asked {
  readonly step: OpenStep;
  readonly choice: Choice;
  readonly words: ReadonlySet<string>;
  /** Sections that its words name in brackets, as slugs. */
  readonly named: ReadonlySet<string>;
}

/** Puts such sections aside. `isLed`: a sentence leads to the section by itself, which is then left as it is. */
export function takeNamedSections(parts: OpenPart[], root: Section, isLed: (heading: Heading) => boolean): void {
  const asked = parts.flatMap(askedIn);
  if (asked.length === 0) return;
  const others = new Set(parts.flatMap((part) => (part.kind === 'step' && part.step.kind !== 'heading' ? [keyOf(contentWords(part.step.title))] : []))); // prettier-ignore
  for (const section of headed(root)) {
    const { heading, span } = section;
    if (!heading || !mayBeNamed(heading) || isLed(heading)) continue;
    const naming = namingOf(
      heading,
      asked.filter(({ step }) => step.start < span.start),
      others,
    );
    const [first] = naming;
    if (!first || naming.some(({ choice }) => choice !== first.choice)) continue;
    const of = naming.map(({ step }) => step);
    const from = parts.findIndex((part) => startOf(part) >= span.start);
    const aside = parts[from];
    if (aside?.kind === 'aside' && !aside.of && startOf(aside) < span.end) {
      parts[from] = { ...aside, of };
      continue;
    }
    let to = from;
    while (to >= 0 && to < parts.length && startOf(parts[to]) < span.end) to++;
    const slice = from === -1 ? [] : parts.slice(from, to);
    if (slice[0]?.kind !== 'step' || slice.some(({ kind }) => kind === 'aside')) continue;
    const flow = new FlowBuilder(1);
    flow.parts.push(...slice);
    parts.splice(from, to - from, { kind: 'aside', flow, of });
  }
}

const headed = inSections((section) => (section.heading ? [section] : []));

/** No phase of the work, no case and no section that explains: those are for all, or are chosen otherwise. */
function mayBeNamed(heading: Heading): boolean {
  return (
    heading.number === null &&
    heading.level > 1 &&
    !isBackground(heading) &&
    !isCase(heading) &&
    !isForAll(heading) &&
    !isCatalogue(heading)
  );
}

function namingOf(heading: Heading, asked: readonly Asked[], others: ReadonlySet<string>): readonly Asked[] {
  const title = contentWords(bareTitle(heading));
  const name = slug(heading.prose.plain);
  const byName = asked.filter(
    ({ named, words, step }) =>
      named.has(name) && (sharedWords(title, words) > 0 || isSpelledIn(heading, step) || isStepTitle(heading)),
  );
  if (byName.length > 0 || title.size < 2 || !isStepTitle(heading) || others.has(keyOf(title))) return byName;
  return asked.filter(({ words }) => keyOf(words) === keyOf(title));
}

/** "Fail over" and "Failover". */
function isSpelledIn(heading: Heading, { title }: OpenStep): boolean {
  const letters = (text: string): string => text.toLowerCase().replace(/\([^)]*\)?|[^\p{L}]/gu, '');
  return letters(title).includes(letters(bareTitle(heading)));
}

/** The same for the same words, in whatever order and form. */
function keyOf(words: ReadonlySet<string>): string {
  return [...words]
    .map((word) => word.replace(/(?:ies|es|s|ed|ing|e|y)$/, ''))
    .sort()
    .join(' ');
}

/** What the options of a part ask for last, those within others included. */
function askedIn(part: OpenPart): readonly Asked[] {
  if (part.kind !== 'choice') return [];
  return part.options.flatMap(({ flow }): readonly Asked[] => {
    const { last } = flow;
    if (last?.kind !== 'step') return flow.parts.flatMap(askedIn);
    const { step } = last;
    const inner = flow.parts.flatMap(askedIn);
    if (step.kind === 'heading') return inner;
    const words = contentWords(step.title.replace(/\([^)]*\)?/g, ' '));
    const named = step.blocks.flatMap((block) => (block.kind === 'paragraph' ? sentencesOf(block.prose).flatMap(mentionIn) : [])); // prettier-ignore
    return [...inner, { step, choice: part, words, named: new Set(named.map(slug)) }];
  });
}

function startOf(part: OpenPart | undefined): number {
  switch (part?.kind) {
    case 'step':
      return part.step.start;
    case 'chart':
      return part.start;
    case 'aside':
      return startOf(part.flow.parts[0]);
    case 'choice':
      return part.options[0]?.condition.sentence.span.start ?? Infinity;
    default:
      return Infinity;
  }
}
