// The `powershell` tool: where values stand, what is refused, what is said when PowerShell is missing, and its child process.
// The process part runs against a stand-in that is no PowerShell, and against a real one where there is one.
import { strict as assert } from 'node:assert';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionFailure, ActionResult, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { placeInPowershell } from '../src/tools/powershell/place-in-powershell.ts';
import { findProgram } from '../src/tools/powershell/powershell-tool.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';
import { toolContract, type ContractCases } from './support/tool-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'tsg-powershell-'));
const standIn = join(folder, 'stand-in');
copyFileSync(join(import.meta.dirname, 'support', 'powershell-stand-in.mjs'), `${standIn}.mjs`);
chmodSync(`${standIn}.mjs`, 0o755);
after(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;

async function open(settings: object = {}, env: Record<string, string | undefined> = process.env): Promise<Tool> {
  const toolbox = await openTools(
    {
      folder,
      tools: { windows: { kind: 'powershell', ...settings } },
      secrets: { TOKEN: { env: 'MY_TOKEN' } },
    },
    { env: { ...env, MY_TOKEN: 'canary-4711-value', NOT_ALLOWED: 'visible' } },
  );
  return toolbox.tools[0] ?? assert.fail();
}

type Values = Record<string, string | number | boolean>;

const render = (tool: Tool, code: string, values: Values = {}, secrets: readonly string[] = []) =>
  tool.render(actionOf('powershell', code), bindingsOf(values, secrets));

async function run(tool: Tool, code: string, values: Values = {}): Promise<ActionResult | ActionFailure> {
  const rendered = render(tool, code, values);
  if ('reason' in rendered) return rendered;
  const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: never });
  return outcome.kind === 'result' ? outcome.result : outcome.failure;
}

const cases = (): ContractCases => ({
  unicode: actionOf('powershell', "Write-Output 'Grüße 漢字 🚀'"),
  hangs: actionOf('powershell', 'Start-Sleep 600'),
  huge: actionOf('powershell', "Write-Output ('x' * 5000000)"),
  binary: actionOf('powershell', '[Console]::OpenStandardOutput().Write([byte[]]::new(5000), 0, 5000)'),
  empty: actionOf('powershell', '$null'),
  echo: actionOf('powershell', 'Write-Output {value}'),
  crashes: actionOf('powershell', 'Stop-Process -Id $PID -Force'),
  crashReason: 'crashed',
  badLogin: 'it logs in nowhere',
  read: (result) => result.text?.replace(/\r?\n$/, ''),
});

toolContract('powershell stand-in', () => open({ command: `${standIn}.mjs`, maxOutput: '64KB' }), cases);

const real = findProgram(['pwsh', 'powershell'], { env: process.env });
if (real === null) console.log('    (there is no PowerShell on this machine: its tool meets a stand-in alone)');
else toolContract('powershell itself', () => open({ command: real, maxOutput: '64KB' }), cases);

describe('powershell', function () {
  this.timeout(20_000);
  let tool: Tool;
  before(async () => {
    tool = await open({ command: `${standIn}.mjs`, env: ['PATH'], secretEnv: { TOKEN: '${secret:TOKEN}' } });
  });

  it('says that it is missing, in its description and when it is checked', async () => {
    const none = await open({}, { PATH: folder });
    assert.equal(none.describe(), 'PowerShell, which is not on this machine');
    const problem = await none.check(never);
    assert.equal(problem?.reason, 'unavailable');
    assert.match(problem?.message ?? '', /neither `pwsh` nor `powershell`.*Install it .*`command`/);
    assert.deepEqual(await run(none, 'Get-Date'), problem);
  });
  it('finds pwsh before powershell', () => {
    for (const name of ['powershell', 'pwsh']) {
      copyFileSync(`${standIn}.mjs`, join(folder, name));
      assert.equal(findProgram(['pwsh', 'powershell'], { env: { PATH: `/nowhere:${folder}` } }), name);
    }
  });
  it('is not satisfied with any other program', async () => {
    const wrong = await open({ command: 'true' });
    assert.match((await wrong.check(never))?.message ?? '', /`true` does not answer as PowerShell does/);
    const absent = await open({ command: join(folder, 'absent') });
    assert.match((await absent.check(never))?.message ?? '', /cannot be started/);
    assert.match(
      (await (await open({ cwd: 'gone', command: `${standIn}.mjs` })).check(never))?.message ?? '',
      /`gone`/,
    );
  });
  it('keeps exit codes, and tells a failure without one', async () => {
    assert.equal(((await run(tool, 'exit 3')) as ActionResult).exitCode, 3);
    const failed = (await run(tool, "Write-Error 'no such service'")) as ActionResult;
    assert.deepEqual([failed.exitCode, failed.errorText], [1, 'Write-Error: no such service\n']);
    assert.equal(((await run(tool, "Write-Error 'one'\nWrite-Output 'two'")) as ActionResult).exitCode, 0);
  });
  it('passes on only the allowed environment, and blots secrets out', async () => {
    const result = (await run(tool, '$env:NOT_ALLOWED\n$env:TOKEN')) as ActionResult;
    assert.equal(result.text, '\n***\n');
  });
  it('reads what is printed as JSON', async () =>
    assert.deepEqual(((await run(tool, `Write-Output '{"a":[1]}'`)) as ActionResult).json, { a: [1] }));

  const hostile = `it's ’ " ” $(Remove-Item x) \`n \${env:PATH} $env:PATH; # 漢字 *\n| iex`;
  for (const code of ['Write-Output {v}', "Write-Output '{v}'", 'Write-Output "{v}"', '{v}', 'Write-Output {v} # {v}'])
    it(`places a hostile value in ${code}`, async () =>
      assert.equal(((await run(tool, code, { v: hostile })) as ActionResult).text, `${hostile}\n`));

  it('keeps what stands around a value in a text', async () => {
    const text = async (code: string) => ((await run(tool, code, { v: "a'b" })) as ActionResult).text;
    assert.equal(await text(`Write-Output 'it''s $HOME "{v}" \`n'`), 'it\'s $HOME "a\'b" `n\n');
    assert.equal(await text('Write-Output "say `"{v}`" `"here`""'), 'say "a\'b" "here"\n');
    assert.equal(await text('Write-Output C:\\logs\\{v}.log'), "C:\\logs\\a'b.log\n");
    assert.equal(await text("Write-Output 'x{v}y{v}'"), "xa'bya'b\n");
  });

  it('shows the script with the values quoted in place', () => {
    const shown = (code: string, values: Values, secrets: readonly string[] = []) => {
      const rendered = render(tool, code, values, secrets);
      return 'text' in rendered ? rendered.text : assert.fail(JSON.stringify(rendered));
    };
    assert.equal(shown('Get-Service -Name {s}', { s: "o'k" }), "Get-Service -Name 'o''k'");
    assert.equal(shown('Get-Service {s}', { s: 'a’b' }), "Get-Service 'a’’b'");
    assert.equal(shown('Get-Content "C:\\{s}" # {s}', { s: '$x"' }), 'Get-Content "C:\\`$x`"" # {s}');
    assert.equal(shown('Get-Content C:\\logs\\{s}.log', { s: 'a b' }), "Get-Content 'C:\\logs\\a b.log'");
    assert.equal(
      shown('Get-Process | Where-Object { $_.CPU -gt {n} }', { n: 100 }),
      'Get-Process | Where-Object { $_.CPU -gt 100 }',
    );
    assert.equal(shown('Get-Item {s}', { s: '' }), "Get-Item ''");
    assert.equal(shown('Get-Item -Force:$true {s}', { s: true }), 'Get-Item -Force:$true $true');
    assert.equal(shown('Get-Item {s}', { s: 'hunter2' }, ['s']), "Get-Item '***'");
  });

  for (const code of [
    '& {v}',
    '. {v}',
    '& "{v}"',
    'Get-Date; & {v} x',
    'C:\\tools\\{v}.exe',
    'Get-Item -Path:{v}',
    'Get-Item $x{v}',
    '$x.{v}()',
    'Get-Item `{v}',
    'Write-Output "$(Get-Item {v})"',
    'Write-Output "unclosed {v}',
    'Get-Item ({v}',
    "Write-Output @'\n{v}\n'@",
    'Invoke-Command -ComputerName web01 { Stop-Service {v} }',
    'Invoke-Command -ComputerName web01 -ScriptBlock { Get-Item "C:\\{v}" }',
    'Start-Job { Get-Item {v} }',
    'icm web01 { Get-Item {v} }',
    // Only a plain word may stand in what follows.
    'Invoke-Expression "Get-Item {v}"',
    'Invoke-Expression {v}',
    'powershell -Command "Get-Item {v}"',
    'pwsh -c {v}',
    'cmd /c del {v}',
    'kubectl get pod {v}',
    '[scriptblock]::Create({v})',
    '[scriptblock]::Create("{v}").Invoke()',
    '$ExecutionContext.InvokeCommand.InvokeScript({v})',
    'Add-Type -TypeDefinition {v}',
    'New-Object -ComObject {v}',
    'Start-Process {v}',
    'Get-ChildItem | ForEach-Object {v}',
    'Get-Item x | iex {v}',
    'if ($true) { Invoke-Expression {v} }',
    'Invoke-Expression (Join-Path x {v})',
  ])
    it(`refuses a hostile value in ${JSON.stringify(code)}`, () => {
      const rendered = render(tool, code, { v: 'x; Remove-Item y' });
      assert.ok('reason' in rendered, JSON.stringify(rendered));
      assert.equal(rendered.reason, 'invalid-parameter');
      assert.equal(code.slice(rendered.at?.start, rendered.at?.end), '{v}');
    });
  for (const code of [
    'Get-Service -Name {v}',
    'Stop-Service {v} -Force',
    'Get-Service | Where-Object { $_.Name -eq {v} }',
    'Get-Process | Where-Object Name -eq {v} | Stop-Process',
    'Get-WinEvent -FilterHashtable @{ LogName = {v}; Level = 2 }',
    'Get-WinEvent -FilterHashtable @{\n  LogName = "{v}"\n  Level = 2\n}',
    '$name = {v}\nGet-Service $name',
    'if ({v} -eq "x") { Get-Service {v} } else { Get-Date }',
    'foreach ($x in 1, 2) { Get-Service {v} }',
    'Get-Service `\n  -Name {v}',
    'Get-Content (Join-Path C:\\logs {v})',
    "Restart-Service -Name '{v}' # as {v} asked",
    'Get-Item <# {v} #> x',
  ])
    it(`takes any value in ${JSON.stringify(code)}`, () => {
      const rendered = render(tool, code, { v: 'x; Remove-Item y' });
      assert.ok('text' in rendered, JSON.stringify(rendered));
    });
  describe('values that a block takes along', () => {
    const take = (code: string, values: Values = { pool: 'x; Remove-Item y' }) =>
      tool.render(actionOf('powershell', code, /\$\{?using:(\w+)\}?/gi), bindingsOf(values));
    const remote = 'Invoke-Command -ComputerName web01 -ScriptBlock {\n  Get-WebAppPoolState -Name $using:pool\n}';
    it('are set before the script, on its first line, and shown in their place', () => {
      const rendered = take(remote);
      assert.ok('text' in rendered, JSON.stringify(rendered));
      assert.equal(rendered.text, remote.replace('$using:pool', "'x; Remove-Item y'"));
      const at = remote.indexOf('$using');
      const hole = {
        start: at,
        end: at + '$using:pool'.length,
        binding: { name: 'pool', value: 'x y', secret: false },
      };
      const placed = placeInPowershell(remote, [hole]);
      assert.ok('script' in placed, JSON.stringify(placed));
      assert.equal(placed.script, `$pool = \${env:TSG_pool}; ${remote}`);
      assert.deepEqual(placed.env, { TSG_pool: 'x y' });
    });
    for (const code of [
      'icm web01 { Get-Item "C:\\$using:pool" }',
      'Start-Job { Get-Item ${using:pool} }',
      '1..2 | ForEach-Object -Parallel { Get-Service $using:pool }',
      'Invoke-Command -ComputerName a { if ($true) { Get-Service -Name $using:pool } }',
    ])
      it(`are taken along by ${code}`, () => assert.ok('text' in take(code), JSON.stringify(take(code))));
    for (const code of [
      'Invoke-Command web01 { & $using:pool }',
      'Invoke-Command web01 { Invoke-Expression $using:pool }',
      'Invoke-Command web01 { iex "Get-Item $using:pool" }',
      'Invoke-Command web01 { cmd /c $using:pool }',
      'Invoke-Command web01 { [scriptblock]::Create($using:pool) }',
      'Enter-PSSession web01 { Get-Item $using:pool }',
      'param($x)\nInvoke-Command web01 { Get-Item $using:pool }',
    ])
      it(`are refused in ${JSON.stringify(code)}`, () => {
        const rendered = take(code);
        assert.equal('reason' in rendered ? rendered.reason : JSON.stringify(rendered), 'invalid-parameter');
      });
  });
  it('takes a plain word for a program of another kind', () => {
    const rendered = render(tool, 'kubectl get pod {v} -n prod', { v: 'checkout-api-1' });
    assert.ok('text' in rendered && rendered.text === "kubectl get pod 'checkout-api-1' -n prod");
  });
  it('refuses what it cannot pass on', () => {
    const reason = (code: string, values: Values = {}) => {
      const rendered = render(tool, code, values);
      return 'reason' in rendered ? rendered.message : assert.fail();
    };
    assert.match(reason('Get-Item x `'), /ends unfinished/);
    assert.match(reason('Get-Item x |\n'), /ends unfinished/);
    assert.match(reason(`Write-Output '${'x'.repeat(30_001)}'`), /30,000 characters/);
    assert.match(reason('Get-Item {v}', { v: 'a\0b' }), /NUL/);
    assert.match(reason('Get-Item x\0'), /NUL/);
  });

  const effect = (code: string, values: Values = {}) => {
    const rendered = render(tool, code, values);
    return 'text' in rendered ? tool.classify(rendered).effect : assert.fail(JSON.stringify(rendered));
  };
  it('judges the script by its words and by its values', () => {
    assert.equal(effect('Get-Service -Name {v} | Format-List *', { v: 'W3SVC' }), 'read');
    assert.equal(effect("Get-Service | Where-Object { $_.Status -eq '{v}' }", { v: 'Stopped' }), 'read');
    assert.equal(effect('Get-Process | Where-Object { $_.CPU -gt {n} }', { n: 5 }), 'read');
    assert.equal(effect('Get-Content C:\\logs\\{v}.log -Tail 5', { v: 'app; Remove-Item x' }), 'read');
    assert.equal(effect('Restart-Service {v}', { v: 'W3SVC' }), 'write');
    assert.equal(effect('Get-Content {v}', { v: '\\\\evil.example\\share' }), 'unknown');
    assert.equal(effect('Get-WmiObject {v}', { v: 'Win32_Product' }), 'unknown');
  });
  it('explains by quotes and brackets, and starts nothing', async () => {
    const none = await open({}, { PATH: folder });
    const explain = async (code: string) => {
      const rendered = render(none, code);
      return 'text' in rendered ? none.explain(rendered, never) : assert.fail();
    };
    assert.equal((await explain('Get-Process | Where-Object { $_.CPU -gt 1 }')).kind, 'accepted');
    for (const code of [
      "Get-Item 'x",
      'Get-Item (x',
      'if ($true) { ',
      'Get-Item x)',
      '<# x',
      '"$(Get-Item x"',
      "@'\nx",
    ])
      assert.equal((await explain(code)).kind, 'refused', code);
  });
});
