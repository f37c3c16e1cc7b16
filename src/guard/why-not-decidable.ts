// Says in a few words why no guard follows from a condition, for the request to a person and for hints in the editor.
import { readClause } from './condition-clause.ts';
import type { ResultShape } from './scope.ts';

const subjective = new Set(
  `high low higher lower unusual usual slow fast normal abnormal significant significantly poor severe severely many few
  large small excessive suspicious reasonable acceptable unacceptable expected unexpected stable unstable critical serious
  minor major bad good correct incorrect okay fine elevated degraded long short recent recently often rare rarely frequent
  constant relevant appropriate sufficient insufficient enough likely unlikely potential potentially strange odd anomalous
  spiking increasing decreasing growing similar obvious clear unclear comfortable safe healthy unhealthy problematic`
    .trim()
    .split(/\s+/),
);
const outside = new Set(
  `customer customers user users team teams confirms confirmed approves approved agrees manager ticket oncall on-call engineer
  vendor support someone person owner incident alert page outage deployment change maintenance business legal you`
    .trim()
    .split(/\s+/),
);

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
  const plain = words.filter(({ kind, text }) => kind === 'word' && !known(text));
  const judged = plain.find(({ text }) => subjective.has(text.toLowerCase()));
  if (judged) return `subjective: \`${judged.text}\``;
  if (plain.some(({ text }) => outside.has(text.toLowerCase()))) return 'needs something outside the result';
  return 'the words can mean more than one thing';
}
