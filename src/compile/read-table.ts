// Reads tables of symptoms, or of values, and what to do about each.
import { sentencesOf, type Prose, type Table } from '../guide/index.ts';
import { paragraphOf, titleOf, type FlowBuilder } from './flow-builder.ts';
import type { FlowAbout } from './list-kind.ts';
import { saysElse } from './read-condition.ts';
import { readJump } from './read-jump.ts';
import { findOutcome } from './read-outcome.ts';

const symptomColumn =
  /\b(?:symptoms?|conditions?|if|when|errors?|observ\w*|scenarios?|status|results?|findings?|problems?|issues?|cases?|alerts?|messages?|outputs?|you see|questions?|failures?|indicat\w*)\b/i;
const actionColumn =
  /\b(?:fix(?:es)?|actions?|resolutions?|remediations?|mitigations?|what to do|solutions?|next steps?|recommend\w*|responses?|do this|steps?|how to|go to|workarounds?|remedy|then|remediat\w*|tips|recover\w*|what\s+(?:you\s+)?(?:should|can|must)\s+(?:be\s+)?do(?:ne)?)\b|^\W*do\W*$/i;
/** Values that something measured falls into: `< 10 s`, `10-60 %`, `above 5`. */
const range =
  /^\s*(?:[<>≤≥=]|(?:above|below|over|under|more\s+than|less\s+than|fewer\s+than|at\s+least|at\s+most|up\s+to|between)\s|~?\d[\d.,]*\s*\S{0,3}\s*(?:[-–—]|to|\.\.)\s*~?\d)/i;

/** A table of symptoms and what to do about each: every row is an option. */
export function readTable(flow: FlowBuilder, table: Table, { isName }: Pick<FlowAbout, 'isName'>): boolean {
  const named = table.header.findIndex(({ plain }) => symptomColumn.test(plain) && !actionColumn.test(plain));
  const symptom = named === -1 && holdsRanges(table) ? 0 : named;
  const action = table.header.findLastIndex(({ plain }, column) => column > symptom && actionColumn.test(plain));
  if (symptom === -1 || action === -1) return false;
  const rows = table.rows.filter((row) => (row[symptom]?.plain ?? '') !== '' && (row[action]?.plain ?? '') !== '');
  if (rows.length < 2 || rows.length > 60) return false;
  const measured = table.header[symptom]?.plain.trim() ?? '';
  for (const row of rows) {
    const when = row[symptom];
    const what = row[action];
    if (!when || !what) continue;
    const sentence = sentencesOf(when)[0];
    if (!sentence) continue;
    const words = when.plain.replace(/\s+/g, ' ').replace(/^[-–—•*]\s*/, '');
    const text = range.test(words) && measured !== '' ? `${measured} ${words}` : words;
    const kind = saysElse(text) ? 'else' : 'if';
    const inner = flow.addOption({ kind, text, start: 0, end: when.plain.length, sentence }, text, false);
    const start = row[0]?.span.start ?? when.span.start;
    const step = {
      number: null,
      kind: 'part',
      group: 0,
      ...titleOf(what, null),
      blocks: [paragraphOf(what)],
      start,
    } as const;
    inner.addStep({ ...step, blocks: [paragraphOf(what)], ...(onlyPasses(what, isName) && { passes: true }) });
  }
  flow.closeChoice(true);
  return true;
}

function holdsRanges({ rows }: Table): boolean {
  return rows.filter(([first]) => range.test(first?.plain ?? '')).length * 2 > rows.length;
}

/** "Go to Step 2", "No action needed": nothing is to be done before one goes. */
function onlyPasses(what: Prose, isName: FlowAbout['isName']): boolean {
  const [sentence, ...more] = sentencesOf(what);
  if (!sentence || more.length > 0) return false;
  const jump = readJump(sentence, isName);
  const leaves = jump ? jump.start - sentence.start : findOutcome(sentence.text)?.start;
  return leaves !== undefined && leaves < 12;
}
