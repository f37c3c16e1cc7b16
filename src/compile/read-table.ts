// Reads tables of symptoms and what to do about each.
import { sentencesOf, type Table } from '../guide/index.ts';
import { paragraphOf, titleOf, type FlowBuilder } from './flow-builder.ts';

const symptomColumn =
  /\b(?:symptoms?|conditions?|if|when|errors?|observ\w*|scenarios?|status|results?|findings?|problems?|issues?|cases?|alerts?|messages?|outputs?|you see|questions?|failures?|indicat\w*)\b/i;
const actionColumn =
  /\b(?:fix(?:es)?|actions?|resolutions?|remediations?|mitigations?|what to do|solutions?|next steps?|recommend\w*|responses?|do this|steps?|how to|go to|workarounds?|remedy|then|remediat\w*|tips|recover\w*|what\s+(?:you\s+)?(?:should|can|must)\s+(?:be\s+)?do(?:ne)?)\b|^\W*do\W*$/i;

/** "Anything else": the row for what no other row names. */
const otherwise =
  /^(?:(?:any(?:thing|one)?|all|everything)\s+(?:else|others?)(?:\s+\w+)?|others?|otherwise|else|none\s+of\s+(?:the\s+above|these)|default)[.:]?$/i;

/** A table of symptoms and what to do about each: every row is an option. */
export function readTable(flow: FlowBuilder, table: Table): boolean {
  const symptom = table.header.findIndex(({ plain }) => symptomColumn.test(plain) && !actionColumn.test(plain));
  const action = table.header.findLastIndex(({ plain }, column) => column > symptom && actionColumn.test(plain));
  if (symptom === -1 || action === -1 || symptom === action) return false;
  const rows = table.rows.filter((row) => (row[symptom]?.plain ?? '') !== '' && (row[action]?.plain ?? '') !== '');
  if (rows.length < 2 || rows.length > 60) return false;
  for (const row of rows) {
    const when = row[symptom];
    const what = row[action];
    if (!when || !what) continue;
    const sentence = sentencesOf(when)[0];
    if (!sentence) continue;
    const { plain } = when;
    const text = plain.replace(/\s+/g, ' ').replace(/^[-–—•*]\s*/, '');
    const kind = otherwise.test(text) ? 'else' : 'if';
    const inner = flow.addOption({ kind, text, start: 0, end: plain.length, sentence }, text, false);
    const start = row[0]?.span.start ?? when.span.start;
    inner.addStep({ number: null, kind: 'part', group: 0, ...titleOf(what, null), blocks: [paragraphOf(what)], start });
  }
  flow.closeChoice(true);
  return true;
}
