// step.unknown-target for names in quotes: "go to 'Check the relay'" where no heading is called so. "Go to "Network settings"" may speak
// of a screen, so only two things are certain enough: the words are nearly a heading's, or other sentences of the guide go to its headings
// in just that way.
import { allMatches, collect, nearName, type Span } from '../base/index.ts';
import { unknownStep, type Diagnostic } from '../diagnostics/index.ts';
import { sentencesOf, sourceSpan, type Sentence } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { plainOf } from './check-same-titles.ts';
import { bySection } from './scope.ts';

const goesTo =
  /\b(?:[Gg]o|[Rr]eturn|[Mm]ove|[Hh]ead|[Ss]witch|[Cc]ome)(?: (?:straight|directly|over|down|up|then|now))* to (?:the )?["“'‘]([A-Z][^"“”']{3,100})["”'’](?=\s*(?:[.,;:)]|$|(?:if|again|instead|below|above|and|next|section|step)\b))/g;

export function checkQuotedTargets(input: CheckInput): readonly Diagnostic[] {
  const jumps = quotedJumps(input);
  if (jumps.length === 0) return [];
  const names = new Map<string, string>();
  for (const { section } of input.facts.sections) {
    const { heading } = section;
    if (!heading) continue;
    for (const name of [heading.title, heading.prose.plain]) names.set(plainOf(name), name);
  }
  for (const { title } of input.plan.nodes) if (!names.has(plainOf(title))) names.set(plainOf(title), title);
  const known = jumps.filter(({ name }) => names.has(plainOf(name)));
  return collect(jumps, ({ name, span, isCase }) => {
    const words = plainOf(name);
    if (names.has(words) || [...names.keys()].some((one) => one.startsWith(`${words} `))) return [];
    const near = nearName(words, [...names.keys()]);
    const isSlip = near !== undefined && near.split(' ').length === words.split(' ').length && words.includes(' ');
    const meant = isSlip ? names.get(near) : undefined;
    if (meant === undefined && (known.length === 0 || !isCase || !words.includes(' '))) return [];
    return [
      unknownStep(
        span,
        `The guide sends to \`${name}\`, but no step or heading is called so.`,
        meant === undefined ? 'Name a heading of this guide, word for word.' : `Did you mean \`${meant}\`?`,
        meant ?? null,
      ),
    ];
  });
}

interface QuotedJump {
  readonly name: string;
  readonly span: Span;
  /** It is gone to in a case, and nothing on a screen is spoken of. */
  readonly isCase: boolean;
}

const onScreen =
  /\b(?:console|portal|menus?|screens?|dashboards?|tabs?|pages?|panels?|blades?|sidebar|settings|app|browser|click|button)\b/i;

/** Names in quotes that a sentence goes to, at their place. Links and code name places in their own ways. */
const quotedJumps = bySection((part) => [
  ...collect(part.sentences(), (sentence) => jumpsIn(sentence, false)),
  ...collect(part.proses, ({ prose, kind }) =>
    kind === 'cell' && mayQuote.test(prose.plain) ? collect(sentencesOf(prose), (one) => jumpsIn(one, true)) : [],
  ),
]);

const mayQuote = /["“'‘]/;

function jumpsIn({ text, prose, start }: Sentence, inCell: boolean): readonly QuotedJump[] {
  return mayQuote.test(text)
    ? allMatches(text, goesTo).flatMap(({ 0: whole, 1: name = '', index }): QuotedJump[] => {
        const at = start + index + whole.indexOf(name);
        const isMarked = [...prose.codes, ...prose.links].some(
          (mark) => mark.start < at + name.length && at < mark.end,
        );
        const isCase = (inCell || /^\W*(?:if|when|otherwise|else|unless|yes|no)\b/i.test(text)) && !onScreen.test(text);
        return isMarked || /[>→|]/.test(name) ? [] : [{ name, span: sourceSpan(prose, at, at + name.length), isCase }];
      })
    : [];
}
