// Says in a few words why no guard follows from a condition, for the request to a person and for hints in the editor.
import { readClause } from './condition-clause.ts';
import type { ResultShape } from './scope.ts';

const subjective = new Set(
  `high low higher lower unusual usual slow fast normal abnormal significant significantly poor severe severely many few
  large small excessive suspicious reasonable acceptable unacceptable expected unexpected stable unstable critical serious
  minor major bad good correct incorrect okay fine elevated degraded long short recent recently often rare rarely frequent
  constant relevant appropriate sufficient insufficient enough likely unlikely potential potentially strange odd anomalous
  spiking increasing decreasing growing obvious clear unclear comfortable safe healthy unhealthy problematic`
    .trim()
    .split(/\s+/),
);
/** A degree or an opinion, which no result holds. */
export function isJudgement(word: string): boolean {
  return subjective.has(word.toLowerCase());
}

const outside = new Set(
  `customer customers user users team teams confirms confirmed approves approved agrees manager ticket oncall on-call engineer
  vendor support someone person owner incident alert alerts page outage change maintenance business legal dashboard portal browser ui`
    .trim()
    .split(/\s+/),
);

const reads = '(?:see|find|get|receive|notice|observe)';
/** Turns of speech that no one result can decide, each with what it lacks; the first that fits is told. */
const turns: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:this|that|it|so)(?: is| happens| occurs|'s)?(?: the case| so| true)?$|^(?:this|that) (?:is|does) not(?: the case)?$/,
    'it points to a sentence before it',
  ],
  [
    /\b(?:similar to|like (?:this|the)|such as|as follows|the following|looks? like|example)\b/,
    'it gives an example, and no text that surely stands in the output',
  ],
  [
    /\b(?:still|again|persists?|continues?|keeps?|no longer|yet|since|until|after|before|within|increas\w+|decreas\w+|grow\w*)\b|\b(?:for|over|in|than) (?:more than |at least |about )?\d+ (?:second|minute|hour|day|week|time)s?\b/,
    'it speaks of time or change, which one result does not show',
  ],
  [
    /\b(?:most|some of|several|majority|only|other|both|either)\b/,
    'the words do not say of which rows or lines it must hold',
  ],
];

/** A short reason: "subjective: `high`", "no column or value named like `foo`". */
export function whyNotDecidable(condition: string, shape: ResultShape): string {
  const clause = readClause(condition);
  if (clause.kind === 'unclear') return clause.because;
  const { words } = clause;
  if (shape.members.length === 0) return 'the step gives no result that a guard can read';
  const columns = shape.columns ?? [];
  const known = (name: string): boolean =>
    columns.some((column) => column.name === name || (column.values?.includes(name) ?? false));
  const named = words.find(
    ({ kind, text }) => !known(text) && (kind === 'quoted' ? /^\w+$/.test(text) : kind === 'word' && /_/.test(text)),
  );
  if (named && shape.members.includes('rows')) return `no column or value named like \`${named.text}\``;
  const ambiguous = words.find(({ text }) => columns.filter(({ values }) => values?.includes(text)).length > 1);
  if (ambiguous) return `\`${ambiguous.text}\` is a value of more than one column`;
  const line = words.map(({ text }) => text.toLowerCase()).join(' ');
  const turn = turns.find(([pattern]) => pattern.test(line));
  const plain = words.filter(({ kind, text }) => kind === 'word' && !known(text));
  // A capital says that a word is a value: "HealthStatus is Unhealthy".
  const judged = plain.find(({ text }, at) => subjective.has(at === 0 ? text.toLowerCase() : text));
  if (judged) return `subjective: \`${judged.text}\``;
  if (/^(?:for|option|scenario|case|cause|issue|problem)\b/i.test(condition))
    return 'it names a case, and no result says which one it is';
  const asksReader = new RegExp(`^(?:you|we) (?:(?:do not|don't) )?${reads}\\b`).test(line);
  if (!asksReader && plain.some(({ text }) => outside.has(text.toLowerCase())))
    return 'needs something outside the result';
  if (/^(?:you|we)\b/.test(line) && !asksReader) return 'needs something outside the result';
  if (turn) return turn[1];
  if (shape.commands === 'several')
    return 'the block has several commands, and the words do not say whose ending or output is meant';
  const isText = shape.members.includes('text');
  if (isText && !words.some(({ kind }) => kind === 'quoted' || kind === 'number')) {
    if (asksReader || /\b(?:errors?|output|message|logs?|returns?|prints?|shows?|contains?|appears?)\b/.test(line))
      return 'it quotes no text to look for in the output';
    if (shape.printed?.kind === 'listing')
      return 'the words name no state that the command lists, or objects that it does not list';
    return 'nothing in the words surely stands in the output; a text in back-ticks would';
  }
  return 'the words can mean more than one thing';
}
