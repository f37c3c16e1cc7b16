// Further words that send the reader back without saying where: "the aforementioned procedure", "the folders that were mentioned
// before", "the output further up", "the same value as earlier", and words that may mean either of two: "that node" behind `a` and
// `b`, "restart this one" behind "the primary and the replica". A noun that the step has named before is found there, and is left alone.
import { sift, allMatches } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';

/** Words that refer, where they stand in the sentence, and what two things they may mean. */
export interface BackReference {
  readonly words: string;
  readonly index: number;
  /** Two names that the words may stand for; null where nothing is named at all. */
  readonly either: readonly [string, string] | null;
}

const told =
  'mentioned|listed|shown|given|described|noted|found|named|identified|collected|seen|used|chosen|picked|copied|recorded|saved|discussed|explained|introduced|referred to|talked about|written down|obtained';
const end = String.raw`(?=\s*(?:[.,;:)]|$|\b(?:again|once more|and|or|to|in|for)\b))`;
const sent: readonly RegExp[] = [
  // The noun is the first group.
  String.raw`\b(?:the )?(?:aforementioned|above-?mentioned|aforesaid|afore-mentioned|(?:previously|earlier|before)[ -](?:mentioned|described|listed|named)) ([a-z][a-z-]+)\b`,
  String.raw`\bthe ([a-z][a-z-]+)(?: (?:that|which|we|you))?(?: (?:was|were|is|are|has been|have been|had been|have|has))? (?:${told}) (?:further |higher )?(?:above|earlier(?: on)?|before${end}|previously)`,
  String.raw`\b(?:the )?same ([a-z][a-z-]+) as (?:above|earlier|previously|before|last time)${end}`,
  String.raw`\b(?:the )?([a-z][a-z-]+)(?: (?:in|of|from) (?:the|that) [a-z]+)? (?:further|higher|farther) up(?! (?:the|in the (?:stack|chain|tree|hierarchy))\b)(?: (?:in|on) (?:this|the) (?:guide|page|document|runbook))?`,
  String.raw`\bthe ([a-z][a-z-]+) (?:from |of )?(?:a few|some|two|three|several|a couple of) (?:steps|lines|sections|paragraphs|commands|queries|pages) (?:ago|back|earlier|up|above)\b`,
  // "The figures from the first section", "the checklist we went over at the beginning".
  String.raw`\b(?:the )?([a-z][a-z-]+) (?:in|of|from) the (?:first|second|third|fourth|last|previous|earlier|preceding|other) (?:section|chapter|part|paragraph|procedure|phase|page)\b(?! of\b)()`,
  String.raw`\b(?:the )?([a-z][a-z-]+) (?:that |which )?(?:we|you|i) (?:have |had |just )*(?:went|gone|go|saw|seen|did|done|made|used|looked at|came across|talked about|ran|noted|wrote down|collected|started with|set up)(?: (?:over|through|down))? (?:at the (?:beginning|start|top|outset|very beginning)|earlier|before|above|in the beginning|already)${end}`,
  String.raw`\b(?:the )?([a-z][a-z-]+) (?:(?:mentioned|given|listed|shown|described|named) )?at the (?:beginning|top|start|outset|head) of (?:this|the) (?:guide|page|document|runbook|section)\b()`,
  // "The results from before".
  String.raw`\b(?:the |those |these )(results?|outputs?|quer(?:y|ies)|commands?|scripts?|numbers|values|figures|findings|counts|lists?) (?:from|of) (?:before|earlier|above|previously)${end}`,
  String.raw`\b(?:do|repeat|handle|treat) (?:it|this|that|them|the rest|the others?) (?:just )?as (?:above|before|earlier)${end}()`,
].map((source) => sift(new RegExp(source, 'i')));
const maySend = sift(
  /\b(?:above|at the|in the|from the|of the|section|chapter|already|earlier|before|previously|aforementioned|aforesaid|afore-mentioned|(?:further|higher|farther) up|ago|back|last time|up)\b|above-?mentioned/i,
);

/** The first such words of a sentence, which is the one at `at` of its step. */
export function backReferenceIn(sentence: Sentence, all: readonly Sentence[], at: number): BackReference | null {
  const { text } = sentence;
  if (text.length > 600) return null;
  if (maySend.test(text))
    for (const form of sent) {
      const found = form.exec(text);
      if (!found) continue;
      const noun = (found[1] ?? '').toLowerCase().replace(/(?<=\w{3})(?:es|s)$/, '');
      if (general.test(found[1] ?? '')) continue;
      // Far above is as good as nowhere.
      const before = all.slice(Math.max(0, at - 100), at);
      if (noun !== '' && before.some((one) => one.text.toLowerCase().includes(noun))) continue;
      if (noun !== '' && text.slice(0, found.index).toLowerCase().includes(noun)) continue;
      return { words: found[0], index: found.index, either: null };
    }
  return eitherOfTwo(sentence);
}

/** Nouns of which there is no place to look up, or that are no nouns here: "the time mentioned before". */
const general =
  /^(?:in|at|on|by|to|for|with|from|under|into|benefits?|advantages?|reasons?|issues?|problems?|caveats?|considerations?|points?|situations?|circumstances|scenarios?|limitations?|restrictions?|as|was|were|is|are|been|it|one|ones|way|time|day|year|month|week|version|versions|users?|customers?|and|or|not|than|then|steps?|tables?|screenshots?|images?|pictures?|diagrams?|figures?)$/i;

/** "Drain that node", "restart this one", with two of them right before, in the sentence or the one before it in the paragraph. */
function eitherOfTwo({ prose, text, start }: Sentence): BackReference | null {
  const from = Math.max(0, start - 300);
  const above = prose.plain.slice(from, start);
  // Only the sentence before this one.
  const last = above.slice(
    Math.max(
      0,
      above
        .trimEnd()
        .replace(/[.!?]$/, '')
        .search(/[.!?]\s+(?=[^.!?]*$)/) + 1,
    ),
  );
  for (const { 0: words, 1: noun = '', index } of allMatches(
    text,
    /\b(?:that|this) (node|host|server|pod|machine|broker|cluster|region|zone|replica|shard|partition|queue|topic|database|instance|container|volume|disk|table|file|folder|directory|service|worker|consumer|job|task|account|user|key|certificate|link|switch|router|port|interface|site|tenant|customer|index|namespace|deployment|release|version|branch|bucket|vm|proxy|gateway|controller|system|box|side|end|one|process|session|query|command|dashboard|graph|panel)\b(?! (?:of|that|which|is|was|has)\b)/gi,
  )) {
    const said = `${last}${text.slice(0, index)}`;
    const offset = start - last.length;
    const pair = /^(?:one|machine|host|system|box|side|end)$/i.test(noun) && !new RegExp(String.raw`\b${noun}\b`, 'i').test(said) ? coordinated(said) : named(said, noun.toLowerCase(), prose.codes.map((code) => ({ start: code.start - offset, end: code.end - offset }))); // prettier-ignore
    if (pair) return { words, index, either: pair };
  }
  return null;
}

/** Two names that the noun has, as in "node `a` and node `b`", "the old server and the new server". */
function named(
  said: string,
  noun: string,
  codes: readonly { readonly start: number; readonly end: number }[],
): readonly [string, string] | null {
  const names = new Set<string>();
  for (const { 0: found, index } of allMatches(said, new RegExp(String.raw`\b${noun}\b`, 'gi'))) {
    const behind = index + found.length + 1;
    const code = codes.find((one) => one.start === behind || one.end === index - 1);
    const before = /([a-z][a-z-]*) $/i.exec(said.slice(Math.max(0, index - 30), index))?.[1]?.toLowerCase();
    const after = /^ ((?:[A-Z]|\d{1,3}|[a-z]+-?\d{1,3}))(?![\w-])/.exec(said.slice(index + found.length))?.[1];
    if (code) names.add(said.slice(code.start, code.end));
    else if (after !== undefined) names.add(after);
    else if (before !== undefined && apart.test(before)) names.add(`${before} ${noun}`);
    else return null; // One without a name: the words may mean it, and no other.
  }
  const [one, other] = names;
  return names.size === 2 && one !== undefined && other !== undefined ? [one, other] : null;
}

/** Words that tell two of a kind apart. */
const apart =
  /^(?:old|new|first|second|third|primary|secondary|standby|active|passive|left|right|upper|lower|source|target|destination|master|slave|leader|follower|local|remote|internal|external|main|backup|spare|blue|green|red|inner|outer|previous|next|sending|receiving|upstream|downstream|public|private|read|write|staging|production|test|live|failed|healthy|broken|sick|faulty|slow|fast|largest|smallest|other|original|restored)$/;

const both =
  /\b(?:(?:the|a|an|your|its) ((?:[a-z-]+ )?[a-z-]{3,})(?:,)? (?:and|or|nor) (?:the|a|an|your|its) ((?:[a-z-]+ )?[a-z-]{3,}))\b/gi;
/** "The primary and a replica": the last two that are named side by side, and nothing by itself behind them. */
function coordinated(said: string): readonly [string, string] | null {
  const last = allMatches(said, both).at(-1);
  const [whole, one, other] = last ?? [];
  if (!last || whole === undefined || one === undefined || other === undefined) return null;
  const behind = said.slice(last.index + whole.length);
  return /\b(?:the|an?|another|one|which|its?|each|every|any) [a-z]|\b(?:which|whichever)\b/i.test(behind)
    ? null
    : [
        one.replace(/ (?:is|are|both|be|has|have|do|does|were|was)$/, ''),
        other.replace(/ (?:is|are|both|be|has|have|do|does|were|was)$/, ''),
      ];
}
