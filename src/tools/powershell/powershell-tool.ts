// The `powershell` tool: PowerShell scripts in a child process, without profile and without questions. A fixed program takes
// the script from a variable of its environment, so that no script ever stands on a command line.
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { classifyPowershell, scanPowershell } from '../../effect/index.ts';
import type { ActionFailure, PerformOptions, Tool } from '../../run/index.ts';
import { failure, isFailure } from '../failure.ts';
import { childEnvironment, endOf, folderProblem, withJson } from '../shell/child.ts';
import { runProcess } from '../shell/run-process.ts';
import { commandTool, type ScriptReading } from '../shell/shell-tool.ts';
import type { ToolContext } from '../tool-kind.ts';
import { placeInPowershell } from './place-in-powershell.ts';
import type { PowershellSettings } from './powershell-kind.ts';

import { firstOf } from '../cut-text.ts';

/** Windows holds at most 32,767 characters in one variable. */
const largestScript = 30_000;

/**
 * Sets UTF-8 up, takes the script out of the environment, runs it, and ends with the exit code of its last command, or
 * with 1 when that failed without one. The script's own last line, added in `scriptOf`, keeps whether it did.
 */
const program = `$ProgressPreference = 'SilentlyContinue'
$utf8 = New-Object System.Text.UTF8Encoding $false
[Console]::OutputEncoding = $utf8
$OutputEncoding = $utf8
$script = [scriptblock]::Create($env:TSG_SCRIPT)
Remove-Item Env:TSG_SCRIPT
Remove-Variable utf8
$global:LASTEXITCODE = 0
. $script
if (-not $global:TsgWorked) { if ($LASTEXITCODE) { exit $LASTEXITCODE } exit 1 }`;

const args = [
  ...['-NoLogo', '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text'],
  ...['-EncodedCommand', Buffer.from(program, 'utf16le').toString('base64')],
];

const scriptOf = (script: string): string => `${script}\n$global:TsgWorked = $?`;

const reading: ScriptReading = {
  title: 'PowerShell',
  place({ code }, holes) {
    if (code.length > largestScript) return failure('refused-by-tool', 'The script is longer than 30,000 characters.');
    // What is added behind it would become a part of its last command.
    if (/[\`|]\s*$/.test(code)) return failure('refused-by-tool', 'The script ends unfinished.');
    return placeInPowershell(code, holes);
  },
  classify: classifyPowershell,
  fault: (script) => scanPowershell(script, () => undefined).fault?.message ?? null,
  checked: 'Only quotes, comments and brackets were checked; nothing was started.',
};

export function openPowershellTool(settings: PowershellSettings, context: ToolContext): Tool {
  const cwd = resolve(context.folder, settings.cwd);
  const command = settings.command ?? findProgram(['pwsh', 'powershell'], context);
  const missing = failure(
    'unavailable',
    'PowerShell is not on this machine: neither `pwsh` nor `powershell` is on the PATH. Install it (https://aka.ms/powershell), or name the program in the setting `command`.',
  );
  const start = async (script: string, values: Readonly<Record<string, string>>, options: PerformOptions) => {
    const problem = command === null ? missing : folderProblem(cwd, settings.cwd);
    if (problem || command === null) return problem ?? missing;
    const env = await childEnvironment(settings, context);
    if (isFailure(env)) return env;
    const end = await runProcess(
      {
        command,
        args,
        cwd,
        env: { ...env, ...values, ...quiet, TSG_SCRIPT: scriptOf(script) },
        maxOutput: settings.maxOutput,
      },
      options,
    );
    return endOf(end, { what: 'The script', program: command, setting: 'command', timeoutMs: options.timeoutMs });
  };
  return commandTool(
    context,
    {
      kind: 'powershell',
      languages: settings.languages,
      timeout: settings.timeout,
      describe: () =>
        command === null ? 'PowerShell, which is not on this machine' : `PowerShell (${command}) in ${settings.cwd}`,
      async check(options): Promise<ActionFailure | null> {
        const outcome = await start('$PSVersionTable.PSVersion.ToString()', {}, options);
        if (isFailure(outcome)) return outcome;
        if (outcome.kind === 'failure') return outcome.failure;
        const { exitCode, text = '', errorText = '' } = outcome.result;
        if (exitCode === 0 && /^\d+\.\d+/.test(text.trim())) return null;
        const said = `${errorText}\n${text}`.trim().split('\n', 1)[0] ?? '';
        return failure(
          'unavailable',
          `\`${command ?? ''}\` does not answer as PowerShell does${said === '' ? '' : `: ${firstOf(said, 200)}`}.`,
        );
      },
      async run({ script, env }, options) {
        const outcome = await start(script, env, options);
        if (isFailure(outcome)) return { kind: 'failure', failure: outcome };
        return outcome.kind === 'result' ? { kind: 'result', result: withJson(outcome.result) } : outcome;
      },
    },
    reading,
  );
}

/** No news, no statistics, no colours. */
const quiet = { POWERSHELL_UPDATECHECK: 'Off', POWERSHELL_TELEMETRY_OPTOUT: '1', NO_COLOR: '1' };

/** The first of the programs that is on the path, by its name alone. */
export function findProgram(names: readonly string[], { env }: Pick<ToolContext, 'env'>): string | null {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  return (
    names.find((name) =>
      folders.some((folder) => endings.some((ending) => existsSync(join(folder, `${name}${ending}`)))),
    ) ?? null
  );
}
