// The `python` and `javascript` tools: a block of code in a child process, given to the interpreter on standard input. Code may
// do anything, so it always waits for approval; unless the settings allow the network it is cut off, or does not run.
import { resolve } from 'node:path';
import type { Action } from '../../plan/index.ts';
import type { ActionFailure, Binding, Tool } from '../../run/index.ts';
import { cancelledFailure, failure, isFailure } from '../failure.ts';
import { holesOf } from '../placeholders.ts';
import { childEnvironment, endOf, folderProblem, notStarted, withJson } from '../shell/child.ts';
import { runProcess, type ProcessEnd } from '../shell/run-process.ts';
import type { ToolContext } from '../tool-kind.ts';
import { networkCutOff } from './isolation.ts';
import { placeLiterals } from './place-literals.ts';
import type { ScriptSettings } from './script-kinds.ts';

const titles = { python: 'Python', javascript: 'JavaScript' } as const;
/** How each interpreter is told to read its program from standard input, and to try one without running it. */
const flags = { python: ['-u', '-'], javascript: ['--input-type=module', '-'] } as const;

/** Code is a module, so that it may wait (`await fetch(…)`); what is written with `require` finds it all the same. */
const withRequire = [
  '--import',
  'data:text/javascript,import{createRequire}from"node:module";globalThis.require=createRequire(process.cwd()+"/")',
] as const;

function flagsFor(kind: keyof typeof flags, code: string): readonly string[] {
  return kind === 'javascript' && /\brequire\b/.test(code) ? [...withRequire, ...flags[kind]] : flags[kind];
}

export function openScriptTool(settings: ScriptSettings, context: ToolContext): Tool {
  const cwd = resolve(context.folder, settings.cwd);
  const title = titles[settings.kind];
  const placed = (action: Action, bindings: readonly Binding[]) => {
    const holes = holesOf(action, bindings);
    if (isFailure(holes)) return holes;
    return action.code.includes('\0')
      ? failure('refused-by-tool', 'The code holds a NUL character.')
      : placeLiterals(action.code, holes, settings.kind);
  };
  /** The program and its arguments, behind what cuts it off. */
  const commandOf = async (args: readonly string[]): Promise<readonly [string, ...string[]] | ActionFailure> => {
    if (settings.network) return [settings.command, ...args];
    const [cut, ...rest] = (await networkCutOff()) ?? [];
    return cut === undefined
      ? failure(
          'unavailable',
          `This machine cannot cut ${title} off the network, so the code was not run. Set \`network: true\` for the tool \`${context.name}\` to let it reach the network; it still asks for approval.`,
        )
      : [cut, ...rest, settings.command, ...args];
  };

  /** The interpreter is missing, in the words of what cuts it off the network, which was started instead. */
  const missingProgram = (end: ProcessEnd): ActionFailure | null =>
    end.exitCode === 127 && /^unshare: failed to execute/.test(end.errors.toText('error output').text)
      ? notStarted(settings.command, 'command', 'ENOENT')
      : null;

  return {
    name: context.name,
    kind: settings.kind,
    languages: settings.languages,
    timeoutMs: settings.timeout,
    describe: () => `${title} in ${settings.cwd}, ${settings.network ? 'with' : 'without'} network`,
    render(action, bindings) {
      const code = placed(action, bindings);
      return isFailure(code) ? code : { action, tool: context.name, text: code.shown, bindings };
    },
    classify: () => ({ effect: 'unknown', because: `${title} code may do anything` }),
    explain({ action, bindings }) {
      const code = placed(action, bindings);
      return Promise.resolve(
        isFailure(code)
          ? { kind: 'refused', failure: code }
          : { kind: 'cannot-explain', because: `${title} code is not read before it runs.` },
      );
    },
    async check(signal) {
      const problem = folderProblem(cwd, settings.cwd);
      if (problem) return problem;
      const command = await commandOf(['--version']);
      if (isFailure(command)) return command;
      const [program, ...args] = command;
      const env = await childEnvironment(settings, context);
      if (isFailure(env)) return env;
      const end = await runProcess(
        { command: program, args, cwd, env, maxOutput: 1000 },
        { timeoutMs: 10_000, signal },
      );
      return end.kind === 'exited' && end.exitCode === 0
        ? null
        : (missingProgram(end) ?? notStarted(settings.command, 'command', end.problem));
    },
    async perform({ action, bindings }, options) {
      const failed = (problem: ActionFailure) => ({ kind: 'failure' as const, failure: problem });
      const code = placed(action, bindings);
      if (isFailure(code)) return failed(code);
      if (options.signal.aborted) return failed(cancelledFailure('The code'));
      const problem = folderProblem(cwd, settings.cwd);
      if (problem) return failed(problem);
      const env = await childEnvironment(settings, context);
      if (isFailure(env)) return failed(env);
      const command = await commandOf(flagsFor(settings.kind, code.script));
      if (isFailure(command)) return failed(command);
      const [program, ...args] = command;
      const timeoutMs = Math.min(options.timeoutMs, settings.timeout);
      const end = await runProcess(
        { command: program, args, cwd, env, input: code.script, maxOutput: settings.maxOutput },
        { timeoutMs, signal: options.signal },
      );
      const missing = missingProgram(end);
      if (missing) return failed(missing);
      const outcome = endOf(end, { what: 'The code', program: settings.command, setting: 'command', timeoutMs });
      return outcome.kind === 'result' ? { kind: 'result', result: withJson(outcome.result) } : outcome;
    },
    close: () => Promise.resolve(),
  };
}
