// The `shell` tool: bash commands in a child process. Values reach the command through environment variables only;
// a dry run parses the command and starts nothing.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'unbash';
import { classifyShell, firstError } from '../../effect/index.ts';
import type { Action } from '../../plan/index.ts';
import type { ActionFailure, ActionResult, Binding, Tool } from '../../run/index.ts';
import { cancelledFailure, failure, isFailure, timeoutFailure } from '../failure.ts';
import { holesOf } from '../placeholders.ts';
import type { ToolContext } from '../tool-kind.ts';
import { placeValues, type PlacedCommand } from './place-values.ts';
import { runProcess, type ProcessEnd } from './run-process.ts';
import type { ShellSettings } from './settings.ts';

/** The largest script that is passed to bash. */
const largestScript = 100_000;

export function openShellTool(settings: ShellSettings, context: ToolContext): Tool {
  const cwd = resolve(context.folder, settings.cwd);
  const placed = (action: Action, bindings: readonly Binding[]): PlacedCommand | ActionFailure => {
    if (action.code.length > largestScript)
      return failure('refused-by-tool', 'The command is longer than 100,000 characters.');
    if (action.code.includes('\0')) return failure('refused-by-tool', 'The command holds a NUL character.');
    const holes = holesOf(action, bindings);
    return isFailure(holes) ? holes : placeValues(action.code, holes);
  };
  const environment = async (): Promise<Record<string, string> | ActionFailure> => {
    const env: Record<string, string> = {};
    for (const name of settings.env) {
      const value = context.env[name];
      if (value !== undefined) env[name] = value;
    }
    for (const [name, reference] of Object.entries(settings.secretEnv)) {
      const filled = await context.secrets.fill(reference);
      if ('missing' in filled) return failure('unavailable', filled.missing);
      env[name] = filled.text;
    }
    return env;
  };

  return {
    name: context.name,
    kind: 'shell',
    languages: settings.languages,
    describe: () => `bash in ${settings.cwd}`,
    render(action, bindings) {
      const command = placed(action, bindings);
      return isFailure(command) ? command : { action, tool: context.name, text: command.text, bindings };
    },
    classify({ action, bindings }) {
      const command = placed(action, bindings);
      if (isFailure(command)) return { effect: 'unknown', because: command.message };
      // By the words around the values, and again with them: an address or a file name may matter too.
      const around = classifyShell(command.skeleton);
      if (around.effect !== 'read') return around;
      const within = classifyShell(command.filled);
      const hidden = within.effect !== 'read' && bindings.some(({ secret }) => secret);
      return hidden ? { effect: within.effect, because: 'with its values it is not known to only read' } : within;
    },
    explain(rendered) {
      const command = placed(rendered.action, rendered.bindings);
      if (isFailure(command)) return Promise.resolve({ kind: 'refused', failure: command });
      const error = firstError(parse(command.skeleton));
      return Promise.resolve(
        error === null
          ? { kind: 'accepted', notes: ['Only the syntax was checked; nothing was started.'] }
          : { kind: 'refused', failure: failure('refused-by-tool', `This is not valid bash: ${error}.`) },
      );
    },
    async check(signal) {
      const problem = folderProblem(cwd, settings.cwd);
      if (problem) return problem;
      const env = await environment();
      if (isFailure(env)) return env;
      const end = await runProcess(
        { command: settings.bash, args: ['--version'], cwd, env, maxOutput: 1000 },
        { timeoutMs: 5000, signal },
      );
      return end.kind === 'exited' && end.exitCode === 0
        ? null
        : failure(
            'unavailable',
            `\`${settings.bash}\` cannot be started${end.problem === undefined ? '' : `: ${end.problem}`}.`,
          );
    },
    async perform(rendered, options) {
      const failed = (problem: ActionFailure) => ({ kind: 'failure' as const, failure: problem });
      const command = placed(rendered.action, rendered.bindings);
      if (isFailure(command)) return failed(command);
      if (options.signal.aborted) return failed(cancelledFailure('The command'));
      const problem = folderProblem(cwd, settings.cwd);
      if (problem) return failed(problem);
      const env = await environment();
      if (isFailure(env)) return failed(env);
      const timeoutMs = Math.min(options.timeoutMs, settings.timeout);
      const end = await runProcess(
        {
          command: settings.bash,
          args: ['--noprofile', '--norc', '-c', command.script],
          cwd,
          env: { ...env, ...command.env },
          maxOutput: settings.maxOutput,
        },
        { timeoutMs, signal: options.signal },
      );
      const result = toResult(end);
      switch (end.kind) {
        case 'exited':
          return end.signal === null
            ? { kind: 'result', result }
            : failed(failure('crashed', `The command was ended by ${end.signal}.`, { partial: result }));
        case 'timeout':
          return failed(timeoutFailure('The command', timeoutMs, result));
        case 'cancelled':
          return failed(cancelledFailure('The command', result));
        case 'not-started':
          return failed(
            failure('unavailable', `\`${settings.bash}\` cannot be started: ${end.problem ?? 'no reason given'}.`),
          );
      }
    },
    close: () => Promise.resolve(),
  };
}

function folderProblem(cwd: string, shown: string): ActionFailure | null {
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) return null;
  return failure('unavailable', `The folder \`${shown}\` does not exist; commands cannot run in it.`);
}

function toResult(end: ProcessEnd): ActionResult {
  const output = end.output.toText('standard output');
  const errors = end.errors.toText('error output');
  return {
    text: output.text,
    ...(errors.text !== '' && { errorText: errors.text }),
    ...(end.exitCode !== null && { exitCode: end.exitCode }),
    notes: [...output.notes, ...errors.notes],
  };
}
