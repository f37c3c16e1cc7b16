// Where a parameter's value goes first, as it is shown to whoever is asked for it.
import assert from 'node:assert/strict';
import { compile } from '../src/compile/index.ts';
import { readGuide } from '../src/guide/index.ts';
import { firstUse } from '../src/plan/index.ts';

const useOf = (text: string, name: string): unknown =>
  firstUse(compile(readGuide(text), { file: 'guide.md', sha256: '' }).plan, name);

describe('the first use of a parameter', () => {
  it('is the line of code that holds it, also in a fence within a list', () => {
    const text =
      '# Net\n\n1. Look at the hosts.\n\n   ```bash\n   uptime\n   ping -c 3 <HOST_IP>\n   ```\n\n2. Look at `x`.\n';
    assert.deepEqual(useOf(text, 'HOST_IP'), { node: 'Step1', line: 'ping -c 3 <HOST_IP>' });
    assert.equal(useOf(text, 'OTHER'), null);
  });

  it('is cut around the placeholder where the line is long', () => {
    const long = `SELECT ${'column, '.repeat(40)}'{region}' ${'AND more '.repeat(40)}`;
    const use = useOf(`# Net\n\n## Step 1. Look\n\n\`\`\`sql\n${long}\n\`\`\`\n`, 'region') as { line: string };
    assert.match(use.line, /^….*'\{region\}'.*…$/);
    assert.ok(use.line.length <= 162);
  });
});
