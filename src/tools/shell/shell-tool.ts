// The `shell` tool: bash commands in a child process. Values reach the command through environment variables only;
// a dry run parses the command and starts nothing. The `ssh` tool is the same with another way to bash.
import { resolve } from 'node:path';
import { parse } from 'unbash';
import { classifyShell, firstError, typedLines } from '../../effect/index.ts';
import type { Action, Classification } from '../../plan/index.ts';
import type { ActionFailure, Binding, PerformOptions, PerformOutcome, Tool } from '../../run/index.ts';
import { cancelledFailure, failure, isFailure } from '../failure.ts';
import { holesOf, type Hole } from '../placeholders.ts';
import type { ToolContext } from '../tool-kind.ts';
import { childEnvironment, endOf, folderProblem, notStarted } from './child.ts';
import { runProcess } from './run-process.ts';
import { placeInTyped } from './place-in-typed.ts';
import { placeValues, type PlacedCommand } from './place-values.ts';
import type { ShellSettings } from './settings.ts';

/** The largest script that is passed on. */
const largestScript = 100_000;

/** How a script of a language is read before it runs. */
export interface ScriptReading {
  /** Its name in sentences: "This is not valid bash". */
  readonly title: string;
  place(action: Action, holes: readonly Hole[]): PlacedCommand | ActionFailure;
  classify(script: string): Classification;
  /** What is wrong with the script, without a full stop; null when nothing is seen. */
  fault(script: string): string | null;
  /** What an explanation is worth that found nothing wrong. */
  readonly checked: string;
}

const bash: ScriptReading = {
  title: 'bash',
  place({ code, language }, holes) {
    const typed = typedLines(code, language);
    if (!typed) return placeValues(code, holes);
    return 'refusal' in typed ? failure('refused-by-tool', typed.refusal) : placeInTyped(code, holes, typed.lines);
  },
  classify: classifyShell,
  fault: (script) => firstError(parse(script)),
  checked: 'Only the syntax was checked; nothing was started.',
};

/** How a command gets to what runs it: on this machine, or on another. */
export interface WayToRun {
  readonly kind: string;
  readonly languages: readonly string[];
  /** Longest time of a command, in milliseconds. */
  readonly timeout: number;
  readonly connection?: string;
  /** Variables set for commands that were judged to only read, so that no file lying about is run in their place. */
  readonly whenReading?: Readonly<Record<string, string>>;
  /** Environment variables that it sets. */
  readonly provides?: readonly string[];
  describe(): string;
  check(options: PerformOptions): Promise<ActionFailure | null>;
  /** Runs the script with the variables that its values are in. */
  run(command: PlacedCommand, options: PerformOptions): Promise<PerformOutcome>;
}

export function openShellTool(settings: ShellSettings, context: ToolContext): Tool {
  const cwd = resolve(context.folder, settings.cwd);
  return commandTool(context, {
    kind: 'shell',
    languages: settings.languages,
    timeout: settings.timeout,
    provides: [...settings.env, ...Object.keys(settings.secretEnv)],
    // Python looks for its own modules in the folder it runs in first: `json/tool.py` of a guide's repository.
    whenReading: { PYTHONSAFEPATH: '1' },
    describe: () => `bash in ${settings.cwd}`,
    async check(options) {
      const problem = folderProblem(cwd, settings.cwd);
      if (problem) return problem;
      const env = await childEnvironment(settings, context);
      if (isFailure(env)) return env;
      const end = await runProcess({ command: settings.bash, args: ['--version'], cwd, env, maxOutput: 1000 }, options);
      return end.kind === 'exited' && end.exitCode === 0 ? null : notStarted(settings.bash, 'bash', end.problem);
    },
    async run(command, options) {
      const problem = folderProblem(cwd, settings.cwd);
      if (problem) return { kind: 'failure', failure: problem };
      const env = await childEnvironment(settings, context);
      if (isFailure(env)) return { kind: 'failure', failure: env };
      const end = await runProcess(
        {
          command: settings.bash,
          args: ['--noprofile', '--norc', '-c', command.script],
          cwd,
          env: { ...env, ...command.env },
          maxOutput: settings.maxOutput,
        },
        options,
      );
      return endOf(end, { what: 'The command', program: settings.bash, setting: 'bash', timeoutMs: options.timeoutMs });
    },
  });
}

/** A tool for commands, whichever way they go; of bash unless another reading is given. */
export function commandTool(context: ToolContext, way: WayToRun, reading: ScriptReading = bash): Tool {
  const placed = (action: Action, bindings: readonly Binding[]): PlacedCommand | ActionFailure => {
    if (action.code.length > largestScript)
      return failure('refused-by-tool', 'The command is longer than 100,000 characters.');
    if (action.code.includes('\0')) return failure('refused-by-tool', 'The command holds a NUL character.');
    const holes = holesOf(action, bindings);
    return isFailure(holes) ? holes : reading.place(action, holes);
  };

  const classify: Tool['classify'] = ({ action, bindings }) => {
    const command = placed(action, bindings);
    if (isFailure(command)) return { effect: 'unknown', because: command.message };
    // By the words around the values, and again with them: an address or a file name may matter too.
    const around = reading.classify(command.skeleton);
    const within = reading.classify(command.filled);
    const anySecret = bindings.some(({ secret }) => secret);
    if (around.effect !== 'read') {
      // Why, with the values in it: `output goes to …` is what somebody says yes to.
      const because = anySecret || within.effect !== around.effect ? around.because : within.because;
      return { effect: around.effect, because: because.replace(/tsgvaluex*(?:\d+q)?/g, '…') };
    }
    const hidden = within.effect !== 'read' && anySecret;
    return hidden ? { effect: within.effect, because: 'with its values it is not known to only read' } : within;
  };

  return {
    name: context.name,
    kind: way.kind,
    languages: way.languages,
    timeoutMs: way.timeout,
    ...(way.connection !== undefined && { connection: way.connection }),
    ...(way.provides && { provides: way.provides }),
    describe: () => way.describe(),
    render(action, bindings) {
      const command = placed(action, bindings);
      return isFailure(command) ? command : { action, tool: context.name, text: command.text, bindings };
    },
    classify,
    explain(rendered) {
      const command = placed(rendered.action, rendered.bindings);
      if (isFailure(command)) return Promise.resolve({ kind: 'refused', failure: command });
      const error = reading.fault(command.skeleton);
      return Promise.resolve(
        error === null
          ? { kind: 'accepted', notes: [reading.checked] }
          : { kind: 'refused', failure: failure('refused-by-tool', `This is not valid ${reading.title}: ${error}.`) },
      );
    },
    check: (signal) => way.check({ timeoutMs: 15_000, signal }),
    async perform(rendered, options) {
      const command = placed(rendered.action, rendered.bindings);
      if (isFailure(command)) return { kind: 'failure', failure: command };
      if (options.signal.aborted) return { kind: 'failure', failure: cancelledFailure('The command') };
      const reads = way.whenReading !== undefined && classify(rendered).effect === 'read';
      const run = reads ? { ...command, env: { ...way.whenReading, ...command.env } } : command;
      return way.run(run, { timeoutMs: Math.min(options.timeoutMs, way.timeout), signal: options.signal });
    },
    close: () => Promise.resolve(),
  };
}
