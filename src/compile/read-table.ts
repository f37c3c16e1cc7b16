// Reads tables of symptoms and what to do about each.
import { sentencesOf, type Table } from '../guide/index.ts';
import type { Condition } from './draft.ts';
import { paragraphOf, titleOf, type FlowBuilder } from './flow-builder.ts';

const symptomColumn =
  /\b(?:symptoms?|conditions?|if|when|errors?|observ\w*|scenarios?|status|results?|findings?|problems?|issues?|cases?|alerts?|messages?|outputs?|you see|questions?|failures?|indicat\w*)\b/i;
const actionColumn =
  /\b(?:fix(?:es)?|actions?|resolutions?|remediations?|mitigations?|what to do|solutions?|next steps?|recommend\w*|responses?|do this|steps?|how to|go to|workarounds?|remedy|then)\b/i;

/** A table of symptoms and what to do about each: every row is an option. */
export function readTable(flow: FlowBuilder, table: Table): boolean {
  const symptom = table.header.findIndex(({ plain }) => symptomColumn.test(plain) && !actionColumn.test(plain));
  const action = table.header.findLastIndex(({ plain }) => actionColumn.test(plain));
  if (symptom === -1 || action === -1 || symptom === action || flow.decider === null) return false;
  const rows = table.rows.filter((row) => (row[symptom]?.plain ?? '') !== '' && (row[action]?.plain ?? '') !== '');
  if (rows.length < 2 || rows.length > 60) return false;
  for (const row of rows) {
    const when = row[symptom];
    const what = row[action];
    if (!when || !what) continue;
    const sentence = sentencesOf(when)[0];
    if (!sentence) continue;
    const { plain } = when;
    const condition: Condition = { kind: 'if', text: plain, start: 0, end: plain.length, sentence };
    const inner = flow.addOption(condition, plain, false);
    const start = row[0]?.span.start ?? when.span.start;
    inner.addStep({ number: null, kind: 'part', group: 0, ...titleOf(what, null), blocks: [paragraphOf(what)], start });
  }
  flow.closeChoice(true);
  return true;
}
