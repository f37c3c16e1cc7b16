// What every tool that starts a program shares: the variables it sees, its folder, and how its end becomes an outcome.
import { statSync } from 'node:fs';
import type { ActionFailure, ActionResult, PerformOutcome } from '../../run/index.ts';
import { cancelledFailure, failure, timeoutFailure } from '../failure.ts';
import { parseJson } from '../parse-json.ts';
import type { ToolContext } from '../tool-kind.ts';
import type { ProcessEnd } from './run-process.ts';

/** The named variables and those set from secrets; nothing else of our environment. */
export async function childEnvironment(
  { env, secretEnv }: { readonly env: readonly string[]; readonly secretEnv: Readonly<Record<string, string>> },
  context: ToolContext,
): Promise<Record<string, string> | ActionFailure> {
  const passed: Record<string, string> = {};
  for (const name of env) {
    const value = context.env[name];
    if (value !== undefined) passed[name] = value;
  }
  for (const [name, reference] of Object.entries(secretEnv)) {
    const filled = await context.secrets.fill(reference);
    if ('missing' in filled) return failure('unavailable', filled.missing);
    passed[name] = filled.text;
  }
  return passed;
}

/** What is wrong with the folder that a program is to run in. */
export function folderProblem(cwd: string, shown: string): ActionFailure | null {
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) return null;
  return failure('unavailable', `The folder \`${shown}\` does not exist; commands cannot run in it.`);
}

/** A program that was not started, or whose trial went wrong, as a failure; `setting` names it in the tool's settings. */
export function notStarted(program: string, setting: string, problem: string | undefined): ActionFailure {
  const where = `\`${setting}\` in the tool's settings names it.`;
  if (problem !== undefined && /\bENOENT\b/.test(problem))
    return failure('unavailable', `\`${program}\` cannot be started: there is no such program here. ${where}`);
  if (problem !== undefined && /\b(EACCES|EPERM)\b/.test(problem))
    return failure('unavailable', `\`${program}\` cannot be started: it may not be run. ${where}`);
  return failure(
    'unavailable',
    `\`${program}\` cannot be started${problem === undefined ? '' : `: ${problem}`}. ${where}`,
  );
}

/** A program's end as an outcome. `what` names it: "The command". */
export function endOf(
  end: ProcessEnd,
  {
    what,
    program,
    setting,
    timeoutMs,
  }: { readonly what: string; readonly program: string; readonly setting: string; readonly timeoutMs: number },
): PerformOutcome {
  const result = streamsOf(end);
  const failed = (problem: ActionFailure): PerformOutcome => ({ kind: 'failure', failure: problem });
  switch (end.kind) {
    case 'exited':
      return end.signal === null
        ? { kind: 'result', result }
        : failed(failure('crashed', `${what} was ended by ${end.signal}.`, { partial: result }));
    case 'timeout':
      return failed(timeoutFailure(what, timeoutMs, result));
    case 'cancelled':
      return failed(cancelledFailure(what, result));
    case 'not-started':
      return failed(notStarted(program, setting, end.problem));
  }
}

/** What is printed as JSON can be asked for by field. */
export function withJson(result: ActionResult): ActionResult {
  if (!/^\s*[{[]/.test(result.text ?? '')) return result;
  try {
    return { ...result, json: parseJson(result.text ?? '') as NonNullable<ActionResult['json']> };
  } catch {
    return result;
  }
}

function streamsOf(end: ProcessEnd): ActionResult {
  const output = end.output.toText('standard output');
  const errors = end.errors.toText('error output');
  return {
    text: output.text,
    ...(errors.text !== '' && { errorText: errors.text }),
    ...(end.exitCode !== null && { exitCode: end.exitCode }),
    notes: [...output.notes, ...errors.notes],
  };
}
