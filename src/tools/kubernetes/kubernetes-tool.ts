// The `kubernetes` tool: one command of the user's own kubectl, so that its login plugins keep working. kubectl is started
// without a shell; `get` is asked for JSON, so that conditions read fields and not columns of text.
import { resolve } from 'node:path';
import { classifyKubectl } from '../../effect/index.ts';
import type { Action } from '../../plan/index.ts';
import type { ActionFailure, ActionResult, Binding, PerformOptions } from '../../run/index.ts';
import { cancelledFailure, failure, isFailure, timeoutFailure } from '../failure.ts';
import { parseJson } from '../parse-json.ts';
import { holesOf } from '../placeholders.ts';
import { notStarted } from '../shell/child.ts';
import { runProcess, type ProcessEnd } from '../shell/run-process.ts';
import type { OpenedTool, ToolContext } from '../tool-kind.ts';
import { placeArguments, type PlacedArguments } from './place-arguments.ts';
import { readObjects } from './read-objects.ts';
import type { KubernetesSettings } from './settings.ts';

export function openKubernetesTool(settings: KubernetesSettings, context: ToolContext): OpenedTool {
  const placed = (action: Action, bindings: readonly Binding[]): PlacedArguments | ActionFailure => {
    const holes = holesOf(action, bindings);
    return isFailure(holes) ? holes : placeArguments(action.code, holes);
  };
  /** Options of the settings, before the command's own, which count more. */
  const configured = [
    ...(settings.kubeconfig === undefined ? [] : ['--kubeconfig', resolve(context.folder, settings.kubeconfig)]),
    ...(settings.context === undefined ? [] : ['--context', settings.context]),
  ];
  /** What was the current context when the run began: the run stays with it, whatever is chosen elsewhere meanwhile. */
  let current: { readonly name: string; readonly server: string } | undefined;
  const run = (args: readonly string[], options: PerformOptions): Promise<ProcessEnd> => {
    const env: Record<string, string> = {};
    for (const name of settings.env) {
      const value = context.env[name];
      if (value !== undefined) env[name] = value;
    }
    const all = [...configured, ...(current ? ['--context', current.name] : []), ...args];
    return runProcess(
      { command: settings.kubectl, args: all, cwd: context.folder, env, maxOutput: settings.maxOutput },
      options,
    );
  };

  return {
    name: context.name,
    kind: 'kubernetes',
    languages: settings.languages,
    timeoutMs: settings.timeout,
    describe: () => {
      const place = settings.context ?? (current ? `${current.name} at ${current.server}` : '(current context)');
      const namespace = settings.namespace === undefined ? '' : `, namespace ${settings.namespace},`;
      return `Kubernetes ${place}${namespace} through kubectl`;
    },
    render(action, bindings) {
      const command = placed(action, bindings);
      return isFailure(command) ? command : { action, tool: context.name, text: command.shown, bindings };
    },
    classify({ action, bindings }) {
      const command = placed(action, bindings);
      return isFailure(command) ? { effect: 'unknown', because: command.message } : classifyKubectl(command.args);
    },
    explain({ action, bindings }) {
      const command = placed(action, bindings);
      return Promise.resolve(
        isFailure(command)
          ? { kind: 'refused', failure: command }
          : { kind: 'accepted', notes: ['Only the form of the command was checked; the cluster was not asked.'] },
      );
    },
    async check(signal) {
      const end = await run(['version', '-o', 'json', '--request-timeout=8s'], { timeoutMs: 10_000, signal });
      if (end.kind === 'exited' && end.exitCode === 0) return null;
      const problem = failureOf(end, settings, 10_000, undefined);
      return { ...problem, reason: problem.reason === 'refused-by-tool' ? 'unavailable' : problem.reason };
    },
    async perform({ action, bindings }, options) {
      const command = placed(action, bindings);
      if (isFailure(command)) return { kind: 'failure', failure: command };
      if (options.signal.aborted) return { kind: 'failure', failure: cancelledFailure('The command') };
      const timeoutMs = Math.min(options.timeoutMs, settings.timeout);
      const { args, asksJson } = withDefaults(command.args, settings.namespace);
      const end = await run(args, { timeoutMs, signal: options.signal });
      const result = resultOf(end, asksJson, settings.maxRows);
      return end.kind === 'exited' && end.exitCode === 0
        ? { kind: 'result', result }
        : { kind: 'failure', failure: failureOf(end, settings, timeoutMs, result) };
    },
    close: () => Promise.resolve(),
    ...(settings.context === undefined && {
      async prepare() {
        const asked = ['config', 'view', '--minify', '-o', 'jsonpath={.current-context} {.clusters[0].cluster.server}'];
        const end = await run(asked, { timeoutMs: 5000, signal: new AbortController().signal });
        const [, name, server] = /^(\S+) (\S+)$/.exec(end.output.toWhole().trim()) ?? [];
        if (end.kind === 'exited' && end.exitCode === 0 && name !== undefined && server !== undefined)
          current = { name, server };
      },
    }),
  };
}

/** The namespace of the settings where the command names none, and JSON where it asks for no form of its own. */
function withDefaults(args: readonly string[], namespace: string | undefined) {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const has = (pattern: RegExp): boolean => own.some((arg) => pattern.test(arg));
  const before =
    namespace !== undefined && !has(/^(-n|--namespace|-A|--all-namespaces)/) ? ['--namespace', namespace] : [];
  const verb = own.find((arg) => !arg.startsWith('-'));
  // Values of secrets are not asked for: kubectl's own table leaves them out.
  const asksJson =
    args[0] === 'get' &&
    verb === 'get' &&
    !has(/^(-o|--output|-w|--watch|--raw|--template|--show-labels|-L)/) &&
    !has(/(^|[,/])secrets?(\.|$|[,/])/i);
  return { args: [...before, ...args, ...(asksJson ? ['-o', 'json'] : [])], asksJson };
}

function resultOf(end: ProcessEnd, asksJson: boolean, maxRows: number): ActionResult {
  const errors = end.errors.toText('error output');
  const more = {
    ...(errors.text !== '' && { errorText: errors.text }),
    ...(end.exitCode !== null && { exitCode: end.exitCode }),
  };
  const printed = end.output.toWhole();
  if (asksJson && printed.trim() !== '')
    try {
      const result = readObjects(parseJson(printed), printed.length, maxRows);
      return { ...result, ...more, notes: [...result.notes, ...errors.notes] };
    } catch {
      // Cut off, or not what was asked for: it is shown as text.
    }
  const output = end.output.toText('output');
  return { text: output.text, ...more, notes: [...output.notes, ...errors.notes] };
}

function failureOf(
  end: ProcessEnd,
  settings: KubernetesSettings,
  ms: number,
  partial: ActionResult | undefined,
): ActionFailure {
  switch (end.kind) {
    case 'timeout':
      return timeoutFailure('The command', ms, partial);
    case 'cancelled':
      return cancelledFailure('The command', partial);
    case 'not-started':
      return notStarted(settings.kubectl, 'kubectl', end.problem);
    case 'exited':
      break;
  }
  if (end.signal !== null) return failure('crashed', `kubectl was ended by ${end.signal}.`, partial ? { partial } : {});
  const told = end.errors.toText('error output').text.trim() || `kubectl ended with ${end.exitCode ?? 'no code'}.`;
  const details = partial ? { partial } : {};
  if (
    /unable to connect to the server|connection (to the server|refused|reset)|was refused|EOF\b|i\/o timeout|TLS handshake timeout|ServiceUnavailable|TooManyRequests|unexpected end/i.test(
      told,
    )
  )
    return failure('unavailable', told, { ...details, transient: true });
  if (
    /Unauthorized|must be logged in|context .* does not exist|no configuration has been provided|invalid configuration|exec plugin|getting credentials/i.test(
      told,
    )
  )
    return failure('unavailable', told, details);
  return failure('refused-by-tool', told, details);
}
