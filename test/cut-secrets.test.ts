// A secret that the cap on an output cuts through leaves no half behind: where a real command prints it across each border
// of what is kept, and where a real server sends it across the end of what is read, in every form.
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { redactor, type ActionResult, type Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { actionOf } from './support/action-of.ts';

const secret = 'canary-4711/value+end';
const forms = [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), encodeURIComponent(secret)];
/** Bytes kept of an output. */
const kept = 1000;

async function resultOf(tool: Tool, action: ReturnType<typeof actionOf>): Promise<ActionResult> {
  const rendered = tool.render(action, []);
  if ('reason' in rendered) return assert.fail(rendered.message);
  const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: new AbortController().signal });
  return outcome.kind === 'result' ? outcome.result : assert.fail(outcome.failure.message);
}

/** No piece of the form that is longer than what any text may have by chance. */
function assertNoPiece(text: string, form: string, where: string): void {
  for (let at = 0; at + 4 <= form.length; at++) {
    const piece = form.slice(at, at + 4);
    assert.ok(!text.includes(piece), `${where}: \`${piece}\` is in ${text.slice(0, 40)}…${text.slice(-40)}`);
  }
}

describe('a secret that is cut in two', function () {
  this.timeout(60_000);
  let server: Server;
  let tools: readonly Tool[];
  before(async () => {
    server = createServer((request, response) => response.end(decodeURIComponent(request.url?.slice(2) ?? '')));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const toolbox = await openTools(
      {
        folder: tmpdir(),
        secrets: { CANARY: { env: 'CANARY' } },
        tools: {
          sh: { kind: 'shell', maxOutput: `${kept}B`, secretEnv: { CANARY: '${secret:CANARY}' } },
          web: { kind: 'http', baseUrl: base, maxBody: `${kept}B`, headers: { 'x-canary': '${secret:CANARY}' } },
        },
      },
      { env: { ...process.env, CANARY: secret } },
    );
    ({ tools } = toolbox);
  });
  after(() => server.close());

  it('leaves no half in what a command prints, on either side of what is left out', async () => {
    const [shell = assert.fail()] = tools;
    for (const form of forms)
      for (const inside of [5, Math.floor(form.length / 2), form.length - 1]) {
        const print = (count: number, character: string): string => `printf '%*s' ${count} '' | tr ' ' '${character}'`;
        const first = `${print(kept / 2 - inside, '_')}; printf %s '${form}'; ${print(3000, '~')}`;
        const head = (await resultOf(shell, actionOf('bash', first))).text ?? '';
        assert.match(head, /^_+\*\*\*\n… .* left out …\n~+$/);
        assertNoPiece(head, form, `${inside} of ${form.length} characters in the head`);
        const last = `${print(3000, '_')}; printf %s '${form}'; ${print(kept / 2 - inside, '~')}`;
        const tail = (await resultOf(shell, actionOf('bash', last))).text ?? '';
        assert.match(tail, /^_+\n… .* left out …\n\*\*\*~+$/);
        assertNoPiece(tail, form, `${inside} of ${form.length} characters in the tail`);
      }
  });

  it('leaves no half in what a server sends, where reading it was given up', async () => {
    const web = tools[1] ?? assert.fail();
    const sent = encodeURIComponent(`${'_'.repeat(kept - 10)}${secret}${'~'.repeat(3000)}`);
    const { text = '' } = await resultOf(web, actionOf('http', `GET /?${sent}`));
    assert.match(text, /^_+\*\*\*\n…$/);
  });

  it('is told from a word that stands beside a cut by chance, and from a text that is whole', () => {
    const redact = redactor([secret]);
    assert.equal(redact('a can…'), 'a can…');
    assert.equal(redact('the canary\n… 3 MB left out …\nend'), 'the ***\n… 3 MB left out …\nend');
    assert.equal(redact('the canary'), 'the canary');
    assert.equal(redact('…ue+end, and …'), '…***, and …');
  });

  it('is found in no time in an output that is full of marks', () => {
    const long = Array.from({ length: 100 }, (_, n) => createHash('sha256').update(`${n}`).digest('base64')).join('');
    const redact = redactor([long]);
    const began = performance.now();
    redact(`${long.slice(0, 4)}…`.repeat(200_000));
    assert.ok(performance.now() - began < 5000);
  });
});
