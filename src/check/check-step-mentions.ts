// step.unknown-mention: words name a step that the guide does not have, other than as a jump (which is step.unknown-target).
import { allMatches } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { numeralOf, sourceSpan, type Sentence } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { bySection } from './scope.ts';

/** "Step 4: Start the writer" in a list of the steps, which is step.overview's concern. */
const namesItself = /^\W*\p{L}+\s+\d[\w.]*\s*[:)–—-]/iu;
/** A jump to what follows, which is step.unknown-target's concern. */
const jumpsTo =
  /(?<!\b(?:the|an?|this|that|its|their|your|each|every) )\b(?:go|goes|going|return|jump|proceed|continue|skip|move|back|start|repeat|restart|retry|run|execute|carry on|fall back|pick up)\b[^.;:!?]{0,60}$/i;
/** "Repeat the query of Step 9", "run the command from step 9 again": a part of the step is meant, and nobody goes there. */
const ofStep =
  /\b(?:repeat|retry|restart|run|execute|start)\b[^.;:!?]{0,20}\b(?:the|its|their|that|this)\s+(?:[\w-]+\s+){0,3}?(?:quer(?:y|ies)|commands?|scripts?|checks?|tests?|statements?|requests?|calls?|search|probe|one-liner)\s+(?:of|from|in|at|under)\s+$/i;
/** "Before you start Step 9", "after going through step 9": when something is done, and no jump. */
const notYet =
  /\b(?:before|after|until|while|since) (?:(?:you|we|they|somebody|anyone|the \w+) )?(?:\w+ )?(?:start|begin|go|going|starting|beginning|run|running|repeat|repeating|continu\w+|proceed\w*|mov\w+|execut\w+)(?: \w+){0,3} $/i;

export function checkStepMentions(input: CheckInput): readonly Diagnostic[] {
  const { facts } = input;
  const numbers = new Set<string>();
  const worded = new Map<string, number>();
  for (const {
    section: { heading },
  } of facts.sections) {
    if (heading?.number === undefined || heading.number === null) continue;
    numbers.add(heading.number.toLowerCase());
    if (heading.word !== null) worded.set(heading.word, (worded.get(heading.word) ?? 0) + 1);
  }
  // Only a guide that calls its steps so (phases, stages, tasks, …), or whose steps are the items of numbered lists, is held to their numbers.
  const ofItems = numbers.size === 0 && input.plan.nodes.filter(({ id }) => /^Step\d+(?:\.\d+)?$/.test(id)).length >= 2;
  const named = new Set(['step', 'section'].filter((word) => areCalled(input, numbers, word)));
  for (const [word, times] of worded) if (times >= 2) named.add(word);
  if (ofItems) named.add('step');
  const parents = partsOf(numbers);
  if (named.size === 0 && parents.size === 0) return [];
  const strange = mentions(input).filter(
    ({ number, word }) =>
      !numbers.has(number) && (named.has(word) || (word === 'step' && parents.has(parentOf(number)))),
  );
  if (strange.length === 0) return [];
  for (const number of itemNumbers(input)) numbers.add(number);
  for (const number of labelNumbers(input)) numbers.add(number);
  return strange.flatMap(({ words, word, number, span }) =>
    numbers.has(number)
      ? []
      : [
          makeDiagnostic(
            'step.unknown-mention',
            span,
            `\`${/\s/.test(words) ? words : `${word} ${words}`}\` is mentioned, but this guide has no such step.`,
            {
              ...(ofItems && { severity: 'hint' as const }),
              hint: 'Correct the number, or say which guide is meant.',
            },
          ),
        ],
  );
}

/** The numbers that have two parts or more: where 1.1 and 1.2 are headings, "step 1.4" is meant as one. */
function partsOf(numbers: ReadonlySet<string>): ReadonlySet<string> {
  const all = [...numbers].map(parentOf).filter((one) => one !== '');
  return new Set(all.filter((one, index) => all.indexOf(one) !== index));
}

function parentOf(number: string): string {
  return /^(\d+(?:\.\d+)*)\.\d+$/.exec(number)?.[1] ?? '';
}

const stepNumber = String.raw`step[ \t]+(\d{1,3}(?:\.\d{1,3})*[a-z]?)`;
const labels = new RegExp(
  String.raw`^[ \t>]*(?:(?:\*\*|__)[ \t]*${stepNumber}\b|${stepNumber}[ \t]*[.:)–—-][ \t]+\p{Lu})`,
  'gimu',
);

/** `**Step 3: Look at the queue.**` and "Step 3. Look at the queue." that open a paragraph are steps by their own words. */
const labelNumbers = bySection((_, { own }) =>
  allMatches(own, labels).map(([, bold, plain]) => (bold ?? plain ?? '').toLowerCase()),
);

/** Two headings with a bare number that the guide's own sentences call steps, or sections. */
function areCalled(input: CheckInput, numbers: ReadonlySet<string>, word: string): boolean {
  if (numbers.size < 2) return false;
  let first: string | null = null;
  for (const one of stepsNamed(input)) {
    if (one.word !== word || one.number === first || !numbers.has(one.number)) continue;
    // "Step 1.4" is the number of no other list.
    if (first !== null || one.number.includes('.')) return true;
    first = one.number;
  }
  return false;
}

/** What steps are called, in words that stand before a number. */
const callings = 'step|section|phase|stage|task|schritt|étape|etape|paso|passo|stap|steg|krok';
const several = 'steps|phases|stages|tasks';

/** The word before the number, or before the numbers of which it is one. */
function wordOf(words: string, before: string): string {
  const own = /^\p{L}{3,}/u.exec(words)?.[0] ?? listed.exec(before)?.[1]?.slice(0, -1) ?? 'step';
  return own.toLowerCase();
}

const listed = new RegExp(String.raw`\b(${several})\s[^;:!?]*$`, 'i');

const stepsNamed = bySection((part) =>
  part.sentences().flatMap(({ text }) =>
    mayMention.test(text)
      ? allMatches(text, mention).map(({ 0: words, 2: number = '', index }) => ({
          word: wordOf(words, text.slice(0, index)),
          number: numeralOf(number).toLowerCase(),
        }))
      : [],
  ),
);

const itemNumbers = bySection(({ blocks }) =>
  blocks.flatMap(({ block }) =>
    block.kind === 'list' && block.ordered ? block.items.map(({ number }, index) => String(number ?? index + 1)) : [],
  ),
);

const numberOf = String.raw`\d{1,3}(?:\.\d{1,3})*[a-z]?`;
/** `step 3`, and each number of `steps 3, 4 and 6`. */
const mention = new RegExp(
  String.raw`((?<!\bpart \w{1,3}, ?)(?<![\p{L}\p{N}-])(?:${callings})\s+|(?<=\b(?:${several})\s+(?:${numberOf}(?:\s*,\s*|\s*,?\s+(?:and|or|through|to)\s+|\s*[–-]\s*)){0,6}))(${numberOf})\b(?!\s+(?:of|in) (?:the|that|this|a|an)\b|\s+of\s+\p{L})`,
  'giu',
);

/** "Step Five": a name, which is why it is written with a capital. */
const inLetters = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])((?:[Ss]tep|[Ss]ection|[Pp]hase|[Ss]tage|[Tt]ask)\s+)((?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten))\b(?!\s+of\s)`,
  'gu',
);

/** What such words have in any case, which is found sooner. */
const mayMention = new RegExp(
  String.raw`(?:${callings}|${several})\s+(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)`,
  'i',
);

/** Steps that a section's sentences name without a jump. */
const mentions = bySection((part) =>
  part.sentences().flatMap((sentence) => {
    if (!mayMention.test(sentence.text)) return [];
    return [...allMatches(sentence.text, mention), ...allMatches(sentence.text, inLetters)].flatMap((match) => {
      const [words, , number = ''] = match;
      const before = sentence.text.slice(0, match.index);
      if ((jumpsTo.test(before) && !notYet.test(before) && !ofStep.test(before)) || namesItself.test(sentence.text))
        return [];
      if (isLinked(sentence, match.index, match.index + words.length)) return [];
      const start = sentence.start + match.index;
      return {
        words,
        word: wordOf(words, sentence.text.slice(0, match.index)),
        number: numeralOf(number).toLowerCase(),
        span: sourceSpan(sentence.prose, start, start + words.length),
      };
    });
  }),
);

/** "Step 6 of [the other guide](other.md)": a link right behind the words, or around them, may say which guide is meant. */
function isLinked({ prose, start }: Sentence, from: number, to: number): boolean {
  return prose.links.some(
    (link) =>
      start + from - 20 < link.end &&
      link.start < start + to + 40 &&
      !/[,;:]|[.!?]\s/.test(prose.plain.slice(start + to, link.start)),
  );
}
