// Completion in `tsg.yaml`: `|` is the cursor; names that the file gives are offered where they count, and nowhere else.
import { strict as assert } from 'node:assert';
import { completeSettings } from '../src/adapters/index.ts';

const file = (rest: string): string => `tools:
  db: { kind: shell }
  web: { kind: shell }
environments:
  dev: { color: green }
  prod:
    tools:
      extra: { kind: shell }
secrets:
  TOKEN: { env: TOKEN }
  KEY: { env: KEY }
${rest}`;

/** The names offered at `|`, and the text that one of them would replace. */
function offered(rest: string): string {
  const text = file(rest);
  const offset = text.indexOf('|');
  const plain = text.replace('|', '');
  const found = completeSettings(plain, offset);
  if (!found) return 'nothing';
  return `${found.names.map(({ name }) => name).join(' ')} for "${plain.slice(found.start, found.end)}"`;
}

describe('completion in tsg.yaml', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['approvals:\n  - environments: [|]\n', 'dev prod for ""'],
    ['approvals:\n  - environments: [pr|od]\n    deny: true\n', 'dev prod for "prod"'],
    ['approvals:\n  - environments: [prod, |]\n', 'dev for ""'],
    ['approvals:\n  - environments: [prod, d|\n', 'dev for "d"'],
    ['approvals:\n  - people: 2\n    environments:\n      - |\n', 'dev prod for ""'],
    ['approvals:\n  - people: 2\n    environments:\n      - dev\n      - p|\n', 'prod for "p"'],
    ['approvals:\n  - tools: [|]\n', 'db web extra for ""'],
    ['approvals:\n  - tools: [db, w|]\n', 'web extra for "w"'],
    ['environment: |\n', 'dev prod for ""'],
    ['environment: d|\n', 'dev prod for "d"'],
    ['# none\nparameters:\n  region: |\n', 'nothing'],
    ['approvals:\n  - people: |\n', 'nothing'],
    ['approvals:\n  - effects: [|]\n', 'nothing'],
    ['|\n', 'nothing'],
    ['parameters:\n  x: "${secret:|}"\n', 'TOKEN KEY for ""'],
    ['parameters:\n  x: "a ${secret:TO|KEN} b"\n', 'TOKEN KEY for "TOKEN"'],
  ];
  for (const [rest, expected] of cases)
    it(`${JSON.stringify(rest)} offers ${expected}`, () => assert.equal(offered(rest), expected));

  it('offers tools in an environment, but those that it has', () => {
    const text = 'tools:\n  db: { kind: shell }\n  web: { kind: shell }\nenvironments:\n  prod:\n    tools:\n';
    const at = (rest: string): readonly string[] | undefined => {
      const offset = `${text}${rest}`.indexOf('|');
      return completeSettings(`${text}${rest}`.replace('|', ''), offset)?.names.map(({ name }) => name);
    };
    assert.deepEqual(at('      |\n'), ['db', 'web']);
    assert.deepEqual(at('      db: { cwd: x }\n      w|: {}\n'), ['web']);
    assert.deepEqual(at('      db: { cwd: x }\n      w|\n'), ['web']);
  });

  it('survives any text', () => {
    for (const text of ['', '[', '{a: [', 'a: *b', 'a: &a [*a]', '- - -', '\u0000', 'approvals: *x'])
      for (let offset = 0; offset <= text.length; offset++) completeSettings(text, offset);
  });
});
