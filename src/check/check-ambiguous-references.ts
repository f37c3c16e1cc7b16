// reference.ambiguous: "the above query", "the previous command", where the step has none above, or several.
import { sift, allMatches, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sourceSpan, type Sentence } from '../guide/index.ts';
import { backReferenceIn } from './back-references.ts';
import type { CheckInput } from './check.ts';
import { bySection, perStep } from './scope.ts';

const refers = sift(
  /\b((?:the )?(?:above|previous|preceding|earlier|prior|aforementioned|said)(?:[ -]mentioned)? (?:query|queries|commands?|scripts?|results?|outputs?|tables?|values?|numbers?|graphs?|dashboards?|checks?|snippets?|code blocks?|responses?|statements?|steps?)|(?:the )?(?:query|queries|commands?|scripts?|outputs?|results?|values?|numbers?|snippets?|responses?|statements?|steps?) (?:(?:mentioned |shown |given |listed |described |used |run |seen )?(?:above|earlier|previously|before(?=\s*(?:[.,;:)]|$)))|(?:from|of) (?:above|before|earlier))|(?:the )?(?:aforementioned|above-?mentioned) (?:logs?|lists?|errors?|messages?|names?|ids?|lines?|files?|hosts?|nodes?|figures?)|(?:the )?(?:query|queries|commands?|scripts?|outputs?|results?|values?|numbers?|responses?|logs?|lists?|names?|ids?|figures?|times?) (?:(?:that|which) )?(?:you|we) (?:have )?(?:just )?(?:got|noted|saw|seen|found|collected|copied|wrote|written|recorded|ran|used|received|obtained|took|taken|identified) (?:down )?(?:above|earlier|before(?=\s*(?:[.,;:)]|$))|previously)|(?:the )?(?:logs?|lists?|errors?|messages?|names?|ids?|lines?) from (?:above|before|earlier)|(?:the )?(?:same|former) (?:query|queries|commands?|scripts?|statements?) (?:as (?:above|earlier|previously|before)(?=\s*(?:[.,;:)]|$|(?:again|once more|and|but)\b)))|(?:the )?former (?:query|command|script|output|result|table|value)|(?:the )?last (?:query|command|script|output)(?=\s*(?:[.,;:)]|$|again\b|once more\b))|(?:the )?(?:results?|values?|outputs?|numbers?|data|information|names?|ids?) (?:obtained|collected|gathered|found|noted|received|returned) (?:above|earlier|before(?=\s*(?:[.,;:)]|$))|previously)|(?:(?<=^|[.;:]\s)[Dd]o )?the same as (?:above|before)(?=\s*(?:[.,;:)]|$))|(?<=^|[.;]\s)[Ss]ee above(?=\s*(?:[.,;:)]|$))|as (?:mentioned|described|shown|stated|explained|listed|noted|said) (?:above|earlier|before|previously))\b/i,
);

export const checkAmbiguousReferences = perStep(({ description, actions }, sentences) => {
  if (
    !/\b(?:above|previous(?:ly)?|preceding|earlier|prior|said|aforementioned|aforesaid|before|former|last|first|second|initial|original|that|this|up|back|ago|already|section|chapter|second|third|fourth|other|beginning|top|start)\b/i.test(
      description,
    )
  )
    return [];
  return sentences.flatMap((sentence, at) => {
    const found =
      refers.exec(sentence.text) ??
      (actions.length === 0 && looksBack.test(sentence.text) ? counted.exec(sentence.text) : null);
    if (!found) return hasLink(sentence) ? [] : sentBack(sentence, sentences, at);
    if (hasLink(sentence) || ofTable.test(found[0]) || isWritten(sentence, found.index + found[0].length)) return [];
    const before = actions.filter((action) => action.source.span.end <= sentence.span.start).length;
    const words = found[1] ?? '';
    const isStep = /\b(?:above|previous|preceding|earlier|prior)[ -](?:mentioned )?steps?$/i.test(words);
    const several = !isStep && before > 1;
    if (before === 1 && !/^as /i.test(words) && !isStep) return [];
    if (isStep) return []; // "the previous step" is the one before, in any order of reading
    const message = several ? `\`${words}\` may mean any of ${before} code blocks of this step.` : nowhere(words);
    return [report(sentence, found.index, words, message)];
  });
});

function sentBack(sentence: Sentence, all: readonly Sentence[], at: number): readonly Diagnostic[] {
  const found = backReferenceIn(sentence, all, at);
  if (!found) return [];
  const { words, index, either } = found;
  return [
    either
      ? report(
          sentence,
          index,
          words,
          `\`${words}\` may mean \`${either[0]}\` or \`${either[1]}\`.`,
          'Name the one that is meant.',
        )
      : report(sentence, index, words, nowhere(words)),
  ];
}

const nowhere = (words: string): string => `\`${words}\` does not say which: there is none above it in this step.`;

function report(
  sentence: Sentence,
  index: number,
  words: string,
  message: string,
  hint = 'Name the step, as in "the query of Step 2".',
): Diagnostic {
  const start = sentence.start + index;
  const span = sourceSpan(sentence.prose, start, start + words.length);
  return makeDiagnostic('reference.ambiguous', span, message, { hint });
}

/** "The first query" in a step that has none. */
const counted =
  /\b(the (?:very )?(?:first|second|initial|original) (?:query|command|script|statement|output|snippet))\b(?!\s+(?:of|in|from|below|line|that|which|is\b)|\s*:)/i;
const looksBack = sift(/\b(?:again|once more|repeat|re-?run|compare|outputs?|results?|answers?|numbers?|rows?)\b/i);
/** Looked for among the tables of the guide. */
const ofTable = /\btables?\b/i;

/** "The former value `mode: stream`": what is meant stands right behind. */
function isWritten({ codes, start }: Sentence, end: number): boolean {
  return codes.some((code) => code.start === start + end + 1);
}

/** A link in the sentence may say which is meant. */
function hasLink({ prose, span }: Sentence): boolean {
  return prose.links.some((link) => link.span.start < span.end && span.start < link.span.end);
}

const image = sift(
  /\b((?:the )?(?:above|previous|preceding|earlier|prior|aforementioned) (?:screenshots?|images?|pictures?|diagrams?|figures?)|(?:the )?(?:screenshots?|images?|pictures?|diagrams?|figures?|graphs?|charts?) (?:shown )?(?:above|before|from earlier))\b/i,
);

const table = sift(
  /\b((?:the )?(?:above|previous|preceding|earlier|prior|aforementioned) tables?|(?:the )?tables? (?:shown )?(?:above|from earlier))\b/i,
);

/** "The previous screenshot", "the table above", where none comes before it, or where several do and none of them in its own section. */
export function checkAmbiguousImages(input: CheckInput): readonly Diagnostic[] {
  return [
    ...without(referringToImages(input), () => imagesOf(input)),
    ...without(referringToTables(input), () => tablesOf(input)),
  ];
}

function without(referring: readonly Referring[], placesOf: () => readonly number[]): readonly Diagnostic[] {
  if (referring.length === 0) return [];
  const places = placesOf();
  return referring.flatMap(({ words, span, from }) => {
    const before = places.filter((start) => start < span.start);
    if (before.length === 1 || before.some((start) => start >= from)) return [];
    const message =
      before.length === 0
        ? `\`${words}\` does not say which: there is none above it.`
        : `\`${words}\` may mean any of ${before.length} above.`;
    return [
      makeDiagnostic('reference.ambiguous', span, message, { hint: 'Name the step that shows it, or show it here.' }),
    ];
  });
}

interface Referring {
  readonly words: string;
  readonly span: Span;
  /** Where its section begins. */
  readonly from: number;
}

const referringBy = (pattern: RegExp): ReturnType<typeof bySection<Referring>> =>
  bySection((part, _, from) =>
    part.sentences().flatMap((sentence) => {
      const found = pattern.exec(sentence.text);
      if (!found || sentence.prose.links.length > 0) return [];
      const start = sentence.start + found.index;
      return [{ words: found[0], span: sourceSpan(sentence.prose, start, start + found[0].length), from }];
    }),
  );

const referringToImages = referringBy(image);
const referringToTables = referringBy(table);

/** Where tables begin, and code, which may show one. */
const tablesOf = bySection(({ blocks }) =>
  blocks.flatMap(({ block }) =>
    block.kind === 'table' || block.kind === 'code' || block.kind === 'plugin' ? [block.span.start] : [],
  ),
);

/** Where images begin, drawings too. */
const imagesOf = bySection((_, { own }, from) =>
  allMatches(own, /!\[|<img\b|```mermaid|\b[\w/-]+\.(?:png|jpe?g|gif|svg)\b(?<!\([^)\n]*)/gi).map(
    ({ index }) => from + index,
  ),
);
