// The `ssh` tool: bash commands on another machine through the user's own OpenSSH client, so that its keys, agents and jump hosts
// keep working. Nothing is asked at a prompt and no unknown machine is trusted; the script goes over standard input.
import { resolve } from 'node:path';
import type { PerformOptions, Tool } from '../../run/index.ts';
import { failure, isFailure } from '../failure.ts';
import { childEnvironment, endOf } from '../shell/child.ts';
import { quoteForShell } from '../shell/place-values.ts';
import { runProcess, type ProcessEnd } from '../shell/run-process.ts';
import { commandTool } from '../shell/shell-tool.ts';
import type { ToolContext } from '../tool-kind.ts';
import type { SshSettings } from './ssh-kind.ts';

/** What ssh itself ends with when it could not get through. */
const notConnected = 255;

/** The script is read whole before it begins, so that what it starts cannot read the rest of it away. */
const reader = `exec bash --noprofile --norc -c 'eval "$(cat)"'`;

export function openSshTool(settings: SshSettings, context: ToolContext): Tool {
  const always = ['BatchMode=yes', 'StrictHostKeyChecking=yes', 'ConnectTimeout=10', 'ServerAliveInterval=10'];
  const named = [
    ...always,
    ...(settings.identity === undefined ? [] : ['IdentitiesOnly=yes']),
    ...(settings.knownHosts === undefined
      ? []
      : [`UserKnownHostsFile=${resolve(context.folder, settings.knownHosts)}`]),
  ];
  const args = [
    '-T',
    ...named.flatMap((option) => ['-o', option]),
    ...(settings.port === undefined ? [] : ['-p', String(settings.port)]),
    ...(settings.identity === undefined ? [] : ['-i', resolve(context.folder, settings.identity)]),
    ...['--', settings.host, reader],
  ];
  const start = async (script: string, options: PerformOptions): Promise<ProcessEnd> => {
    const env = await childEnvironment({ env: settings.env, secretEnv: {} }, context);
    return runProcess(
      {
        command: settings.command,
        args,
        cwd: context.folder,
        env: isFailure(env) ? {} : env,
        input: script,
        maxOutput: settings.maxOutput,
      },
      options,
    );
  };
  /** Why the machine was not reached, in ssh's words. */
  const lost = (end: ProcessEnd): string | null => {
    if (end.kind !== 'exited' || end.exitCode !== notConnected) return null;
    const said = end.errors.toText('error output').text.trim();
    if (said === '') return `ssh lost the connection to ${settings.host}.`;
    const port = settings.port === undefined ? '' : ` -p ${settings.port}`;
    if (/host key verification failed/i.test(said))
      return `${said}\nLog in once by hand (\`ssh${port} ${settings.host}\`) and see whether the key is the machine's own.`;
    if (/permission denied/i.test(said))
      return `${said}\nThe \`host\` and \`identity\` of \`${context.name}\` stand in tsg.yaml; \`ssh${port} ${settings.host}\` shows whether a login by hand works.`;
    return said;
  };

  return commandTool(context, {
    kind: 'ssh',
    languages: settings.languages,
    timeout: settings.timeout,
    connection: JSON.stringify(['ssh', settings.host, settings.port ?? null, settings.identity ?? null]),
    describe: () => `bash on ${settings.host} through ssh`,
    async check(options) {
      const end = await start('exit 0', options);
      if (end.kind === 'exited')
        return end.exitCode === 0
          ? null
          : failure('unavailable', lost(end) ?? `bash on ${settings.host} ended with ${end.exitCode ?? 'no code'}.`);
      const outcome = endOf(end, {
        what: 'The login',
        program: settings.command,
        setting: 'command',
        timeoutMs: options.timeoutMs,
      });
      return outcome.kind === 'failure' ? outcome.failure : null;
    },
    async run(command, options) {
      const variables = Object.entries(command.env).map(([name, value]) => `export ${name}=${quoteForShell(value)}\n`);
      const end = await start(`${variables.join('')}${command.script}\n`, options);
      const problem = lost(end);
      if (problem !== null) {
        // Asked again, a refused login would be refused again, and too many lock the account.
        const transient = !/permission denied|host key verification failed|too many authentication/i.test(problem);
        return { kind: 'failure', failure: failure('unavailable', problem, { transient }) };
      }
      const outcome = endOf(end, {
        what: 'The command',
        program: settings.command,
        setting: 'command',
        timeoutMs: options.timeoutMs,
      });
      if (outcome.kind === 'result' || (end.kind !== 'timeout' && end.kind !== 'cancelled')) return outcome;
      const message = `${outcome.failure.message} On ${settings.host} it may go on.`;
      return { kind: 'failure', failure: { ...outcome.failure, message } };
    },
  });
}
