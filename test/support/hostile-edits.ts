// Guides made of pieces that interact in markdown, and edits that make and break them: what a reader that keeps what did not
// change must survive.
import * as fc from 'fast-check';

const lines = [
  '', '', '', '# Disk full', '## Step 1 - Check the disk', '## Step 2: Restart', '### Step 2.1 - Look', '## Overview', '#', '####### seven',
  ' ## one blank before', '#no blank', '## Cause 1: No space', '```', '```sql tool=telemetry as=errors', '~~~', '````', '    indented code',
  'SELECT count(*) AS n FROM t WHERE region = {region};', 'df -h # disk', '```bash', '- item', '- If it is full, go to Step 2.', '  - nested item',
  '  ```sh', '  kubectl get pods', '  # a comment in code', '1. Check the log.', '2. Restart it.', '   ```', '10. ten', '* star', '> quoted', '> ## heading in a quote',
  '> - item in a quote', '<div>', '</div>', '<!--', '-->', '<!-- tsg-ask -->', '<!-- tsg-disable step.loop -->', '<pre>', '</pre>', '<script>', '<PLUGIN_1>', '</PLUGIN_1>',
  '<PLUGIN_2>', '</PLUGIN_2>', '---', '---', '...', '===', 'title: Disk', 'owner: team', 'parameters:', '  - name: region', '[a]: https://example.com', '[a]', '[^1]', '[^1]: A footnote.',
  '| Symptom | Cause |', '| --- | --- |', '| slow | If the queue is long, go to Step 1. |', '|---|', 'If the disk is full, go to Step 2.', 'Otherwise, go to Step 9.',
  'If `rows.size() > 0`, escalate to the team. This ends the guide.', 'Otherwise, continue.', 'Go back to Step 1.', 'Run the query again if it fails.', 'Check `df -h`. If n > 10, restart it.',
  'Run [this](#step-2-restart).', 'See ![](x.png)', 'Text with **bold', 'and `code', 'words words words', '\tTab', '\u00a0', 'This resolves the incident.', 'Needs approval.', 'Undo: start it.',
  '- [ ] Check the queue', '***', '_ _ _', 'a  ', 'b\\', '**Step 4.** Bold step', 'If not, restart.', 'Is it full?', '- Yes: go to Step 1.', '- No: restart it.', '😀 emoji', 'שלום',
  'Replace `<region>` with yours.', '{region}', 'kubectl delete pod x', 'rm -rf /', 'password: hunter2hunter2', '> 8 %',
  'Use the region from Step 1.', 'Restart the hosts found above.', 'echo "$POD"', 'POD=$(hostname)', '```sql', '```sql', 'DELETE FROM {table_name}', 'SELECT host,',
  "CASE WHEN errors > 15 THEN 'SHARD_SLOW' ELSE 'HEALTHY' END AS shard_status FROM shards", '`SHARD_SLOW` (more than 10 errors): go to Step 2.', 'If shard_statu is SHARD_SLO, go to Step 1.',
  'The logs should be checked.', 'See Step 7 for details.', 'Retrieve the following parameters:', '- `region`: the affected region', '- `start_time`: when it began', 'The QTR rose.',
  'Ask the QTR team (Quality Test Report).', '<a name="disk"></a>', '[disk](#disk)', 'Run the query of the result of Step 2.', 'the', 'Once it is up, restart the node.',
  'If it is above 10, go to Step 1. If it is below 5, go to Step 2.', '```mermaid', 'flowchart TD', 'A[Check] -->|yes| B[Restart]', 'A -->|no| C[See section 1]',
  'If the disk is fine, skip this step.', 'If the disk is fine, skip this section.', 'If it is fine, skip the next step.', 'Skip steps 2 and 3.', 'Contact support to have it enabled.',
  'In such a case, open a support case.', '### Option 1: Restart', '### Option 2: Wait', '> [!NOTE]', '> If it hangs, restart it.', '**Memory:** If it is above 90 %, add a node.', 'Alternatively, wait.',
  '!!! warning "If it is full"', '??? tip', '=== "Linux"', '=== "Windows"', '    Restart it.', '    ```sh', ':::note', '::: details If it is full', ':::', '{% hint style="info" %}',
  '{% endhint %}', '{% tab title="Linux" %}', '{% endtab %}', '{{< note >}}', '{: .note }', '<Tabs>', '<TabItem label="Linux">', '</TabItem>', '</Tabs>', '<ul>', '<li>If it is full, clean it.',
  '</li>', '</ul>', '<table>', '<tr><th>Symptom</th><th>What to do</th></tr>', '<tr><td>full</td><td>Clean it.', '</td></tr>', '</table>', '<h2>Step 4 - Go on</h2>', '<p>If not, go to Step 1.</p>',
  '<pre><code class="language-sh">df -h', '</code></pre>', '<details>', '<summary>If it is slow</summary>', '</details>', '[^1]: If it is slow, restart it.', '<blockquote>', '# [Portal](#tab/portal)', '# [CLI](#tab/cli)', '# [CLI](#tab/cli)',
  'import X from "y";', '1️⃣ Look.', '2️⃣ Restart it.', 'Q: Is it full?', 'A: If so, clean it.', ': If it is full, clean it.', '+++',
  '```{note}', '{{< note >}} If it is full, clean it. {{< /note >}}', ':::image alt-text="x":::', '::: mermaid', '::: zone-end',
]; // prettier-ignore

const endings = ['\n', '\n', '\n', '\n', '\r\n', '\r'];

/** Text of some lines, most of them ended alike. */
const someLines = (most: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(fc.constantFrom(...lines), { maxLength: most }), fc.constantFrom(...endings), fc.boolean())
    .map(([chosen, ending, closed]) => chosen.join(ending) + (closed ? ending : ''));

/** One edit: `at` and `removed` are parts of the text's length, so that it fits every text. */
export interface RandomEdit {
  readonly at: number;
  readonly removed: number;
  readonly text: string;
}

const anyEdit: fc.Arbitrary<RandomEdit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.double({ min: 0, max: 0.02, noNaN: true }) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  ),
  text: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...'a1#`-~>|<*_[]():. \n\t', '', '\r', '\r\n', '## ', '```', '\n\n', '\ufeff') },
    { weight: 3, arbitrary: fc.constantFrom(...lines).map((line) => `\n${line}\n`) },
    { weight: 1, arbitrary: someLines(12) },
  ),
}); // prettier-ignore

/** A guide and what is done to it, one edit after the other. */
export const guideUnderEdit = (edits: number): fc.Arbitrary<{ text: string; edits: readonly RandomEdit[] }> =>
  fc.record({
    text: fc
      .tuple(fc.constantFrom('', '', '', '---\ntitle: x\n---\n', '---\n', '\ufeff', '---\n# c\n'), someLines(40))
      .map(([front, body]) => front + body),
    edits: fc.array(anyEdit, { minLength: edits, maxLength: edits }),
  });

/** An edit that mostly stays within one step: a line more, a few characters more or less. */
const smallEdit: fc.Arbitrary<RandomEdit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.double({ min: 0, max: 0.01, noNaN: true }) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 0.08, noNaN: true }) },
  ),
  text: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...'ax1 `$=<{.', '', '\n\n') },
    { weight: 4, arbitrary: fc.constantFrom(...lines).map((line) => `\n\n${line}\n\n`) },
  ),
});

/** A guide of numbered steps and small edits in it: nearly all that was found of the other steps holds on. */
export const stepsUnderEdit = (edits: number): fc.Arbitrary<{ text: string; edits: readonly RandomEdit[] }> =>
  fc.record({
    text: fc
      .array(fc.array(fc.constantFrom(...lines), { maxLength: 5 }), { minLength: 3, maxLength: 9 })
      .map((steps) =>
        steps.map((own, at) => `## Step ${at + 1} - Check part ${at + 1}\n\n${own.join('\n\n')}\n\n`).join(''),
      ),
    edits: fc.array(smallEdit, { minLength: edits, maxLength: edits }),
  });

/** The text after an edit; whole line endings and surrogate pairs may well be cut through. */
export function applyEdit(text: string, { at, removed, text: added }: RandomEdit): string {
  const start = Math.round(at * text.length);
  const end = Math.min(text.length, start + Math.round(removed * text.length));
  return text.slice(0, start) + added + text.slice(end);
}
