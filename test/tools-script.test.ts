// The `python` and `javascript` tools with the real interpreters: the contract, values as literals, and no network unless allowed.
import { strict as assert } from 'node:assert';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import type { ActionFailure, ActionResult, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { networkCutOff } from '../src/tools/script/isolation.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';
import { programsOrSkip } from './support/real-server.ts';
import { toolContract } from './support/tool-contract.ts';

const never = new AbortController().signal;

async function open(kind: string, settings: object = {}): Promise<Tool> {
  const command = kind === 'javascript' ? { command: process.execPath } : {};
  const toolbox = await openTools(
    {
      folder: tmpdir(),
      tools: { it: { kind, network: true, ...command, ...settings } },
      secrets: { TOKEN: { env: 'TOKEN' } },
    },
    { env: { ...process.env, TOKEN: 'canary-4711-value' } },
  );
  return toolbox.tools[0] ?? assert.fail();
}

async function run(tool: Tool, code: string, values: Record<string, string | number | boolean> = {}) {
  const rendered = tool.render(actionOf(tool.kind, code), bindingsOf(values));
  if ('reason' in rendered) return rendered;
  const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: never });
  return outcome.kind === 'result' ? outcome.result : outcome.failure;
}

const code = {
  python: {
    print: (what: string) => `import sys\nsys.stdout.write(${what})`,
    hangs: 'import time\ntime.sleep(60)',
    huge: 'print("x" * 3_000_000)',
    binary: 'import sys\nsys.stdout.buffer.write(bytes(5000))',
    empty: 'pass',
    crashes: 'import os\nos.kill(os.getpid(), 9)',
    fetch: (port: number) =>
      `import urllib.request\nprint(urllib.request.urlopen("http://127.0.0.1:${port}/").read().decode())`,
  },
  javascript: {
    print: (what: string) => `process.stdout.write(${what})`,
    hangs: 'setTimeout(() => {}, 60000)',
    huge: 'console.log("x".repeat(3_000_000))',
    binary: 'process.stdout.write(Buffer.alloc(5000))',
    empty: ';',
    crashes: 'process.kill(process.pid, "SIGKILL")',
    fetch: (port: number) => `console.log(await (await fetch("http://127.0.0.1:${port}/")).text())`,
  },
};

describe('javascript blocks', () => {
  it('may wait at their top, import and require', async () => {
    const both = `import { sep } from 'node:path';\nconst os = require('os');\nconst module = await import('node:net');`;
    const code = `${both}\nconsole.log(typeof os.cpus, sep.length, typeof module.connect, typeof require('node:fs').existsSync);`;
    const result = (await run(await open('javascript'), code)) as ActionResult;
    assert.equal(result.text?.trim(), 'function 1 function function', JSON.stringify(result));
  });
});

for (const kind of ['python', 'javascript'] as const) {
  const { print, fetch, ...cases } = code[kind];
  describe(`${kind} blocks`, function () {
    this.timeout(60_000);
    before(function () {
      if (kind === 'python') programsOrSkip(this, { python3: 'python3' });
    });

    toolContract(
      kind,
      () => open(kind, { maxOutput: '64KB' }),
      () => ({
        unicode: actionOf(kind, print('"Grüße 漢字 🚀"')),
        hangs: actionOf(kind, cases.hangs),
        huge: actionOf(kind, cases.huge),
        binary: actionOf(kind, cases.binary),
        empty: actionOf(kind, cases.empty),
        echo: actionOf(kind, print('{value}')),
        crashes: actionOf(kind, cases.crashes),
        crashReason: 'crashed',
        badLogin: 'it logs in nowhere',
        read: (result) => result.text,
      }),
    );

    it('puts values into texts as text', async () => {
      const values = { v: `it's "q" \\ \n\u2028 {x} \${y} 漢` };
      for (const quote of ['"', "'"]) {
        const result = (await run(await open(kind), print(`${quote}a {v} b${quote}`), values)) as ActionResult;
        assert.equal(result.text, `a ${values.v} b`);
      }
    });
    it('always waits for approval', async () => {
      const tool = await open(kind);
      const rendered = tool.render(actionOf(kind, cases.empty), []);
      assert.ok('text' in rendered);
      assert.equal(tool.classify(rendered).effect, 'unknown');
    });
    it('gives what is printed as JSON', async () => {
      const result = (await run(await open(kind), print(`'{"a": [1]}'`))) as ActionResult;
      assert.deepEqual(result.json, { a: [1] });
    });
    it('passes on only the variables that are named', async () => {
      const environment =
        kind === 'python' ? 'import os\nprint(sorted(os.environ))' : 'console.log(Object.keys(process.env))';
      const { text = '' } = (await run(
        await open(kind, { env: ['PATH'], secretEnv: { KEY: '${secret:TOKEN}' } }),
        environment,
      )) as ActionResult;
      assert.match(text, /KEY/);
      assert.doesNotMatch(text, /HOME|TOKEN/);
    });

    describe('and the network', () => {
      let server: Server;
      let port = 0;
      let asked = 0;
      before((done) => {
        server = createServer((_, response) => {
          asked++;
          response.end('reached');
        }).listen(0, '127.0.0.1', () => {
          port = (server.address() as AddressInfo).port;
          done();
        });
      });
      after(() => server.close());
      it('is reached where the settings allow it', async () => {
        const result = (await run(await open(kind), fetch(port))) as ActionResult;
        assert.match(result.text ?? '', /reached/, JSON.stringify(result));
      });
      it('is not reached otherwise: the code is cut off, or does not run', async () => {
        const before = asked;
        const ended = await run(await open(kind, { network: false }), fetch(port));
        assert.equal(asked, before);
        if ((await networkCutOff()) === null) {
          assert.equal((ended as ActionFailure).reason, 'unavailable');
          assert.match((ended as ActionFailure).message, /cannot cut .* off the network, so the code was not run/);
        } else assert.notEqual((ended as ActionResult).exitCode, 0, JSON.stringify(ended));
      });
    });
  });
}

describe('values in code', () => {
  for (const [kind, text] of [
    ['python', 'r"{v}"'],
    ['python', '"\\{v}"'],
    ['python', 'a{v}'],
    ['python', '{v}b'],
    ['javascript', '`{v}`'],
    ['javascript', 'x = /a{v}/'],
    ['javascript', "'\\{v}'"],
    ['javascript', 'a.{v}'],
  ] as const)
    it(`refuses one in ${text}`, async () => {
      const refused = (await open(kind)).render(actionOf(kind, text), bindingsOf({ v: 'x' }));
      assert.ok('reason' in refused, JSON.stringify(refused));
      assert.equal(refused.reason, 'invalid-parameter');
    });
  it('leaves comments alone', async () => {
    const shown = (await open('python')).render(
      actionOf('python', '# {v}\nprint({v}, {b})'),
      bindingsOf({ v: 'x\ny', b: true }),
    );
    assert.ok('text' in shown);
    assert.equal(shown.text, '# {v}\nprint("x\\u000ay", True)');
  });
});
