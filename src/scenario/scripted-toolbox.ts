// Tools that answer from a scenario. They put actions into words and judge their effects as the configured tools do, of
// which they get only the half that performs nothing: that no test reaches a real tool is a matter of types.
import { shapeOfAction } from '../guard/index.ts';
import type { Action } from '../plan/index.ts';
import type { AbortSignalLike, ActionResult, DryTool, PerformOutcome, Tool, Toolbox } from '../run/index.ts';
import type { Answer } from './scenario.ts';

/** A call that a run made. */
export interface ScriptedCall {
  readonly action: string;
  readonly text: string;
  /** False when the scenario has no answer for it. */
  readonly answered: boolean;
}

export interface ScriptedToolbox extends Toolbox<Tool> {
  readonly calls: readonly ScriptedCall[];
}

/** Gives the answer to a call: the how-maniest of its action, counted from 0. */
export type Answerer = (action: Action, call: number) => Answer | undefined;

/** `known` are the configured tools; null when they are not known, and then every language is spoken. */
export function scriptedToolbox(known: Toolbox<DryTool> | null, answerTo: Answerer): ScriptedToolbox {
  const calls: ScriptedCall[] = [];
  const counts = new Map<string, number>();
  const wrapped = new Map<DryTool, Tool>();

  const perform: Tool['perform'] = ({ action, text }, { signal }) => {
    const call = counts.get(action.id) ?? 0;
    counts.set(action.id, call + 1);
    const answer = answerTo(action, call);
    calls.push({ action: action.id, text, answered: answer !== undefined });
    if (answer?.pending) return untilCancelled(signal);
    if (answer) return Promise.resolve(toOutcome(action, answer));
    const message = `The test has no answer for \`${action.id}\`.`;
    return Promise.resolve({ kind: 'failure', failure: { reason: 'refused-by-tool', message, transient: false } });
  };
  const toolFor = (dry: DryTool): Tool => {
    const found = wrapped.get(dry);
    if (found) return found;
    const tool: Tool = {
      name: dry.name,
      kind: dry.kind,
      languages: dry.languages,
      ...(dry.connection !== undefined && { connection: dry.connection }),
      describe: () => dry.describe(),
      render: (action, bindings) => dry.render(action, bindings),
      classify(rendered) {
        const { effect } = answerTo(rendered.action, counts.get(rendered.action.id) ?? 0) ?? {};
        return effect === undefined ? dry.classify(rendered) : { effect, because: 'the test says so' };
      },
      explain: () => Promise.resolve({ kind: 'cannot-explain', because: 'a test asks no tool' }),
      check: () => Promise.resolve(null),
      perform,
      close: () => Promise.resolve(),
    };
    wrapped.set(dry, tool);
    return tool;
  };

  return {
    tools: known?.tools.map(toolFor) ?? [toolFor(plainTool)],
    calls,
    find(action) {
      const dry = known ? known.find(action) : plainTool;
      if (dry) return toolFor(dry);
      return answerTo(action, 0) ? toolFor(plainTool) : undefined;
    },
  };
}

function untilCancelled(signal: AbortSignalLike): Promise<PerformOutcome> {
  return new Promise((resolve) => {
    const failure = { reason: 'cancelled', message: 'Cancelled.', transient: false } as const;
    signal.addEventListener('abort', () => {
      resolve({ kind: 'failure', failure });
    });
  });
}

/** Where no tool is configured: values stand where their placeholders stood, and the plan's effect counts. */
const plainTool: DryTool = {
  name: 'test',
  kind: 'test',
  languages: [],
  describe: () => 'answers from the test',
  render(action, bindings) {
    let text = action.code;
    for (const { name, value, secret } of bindings) text = text.replaceAll(`{${name}}`, secret ? '***' : String(value));
    return { action, tool: 'test', text, bindings };
  },
  classify: ({ action }) => ({ effect: action.effect, because: 'no tool is configured that could tell' }),
  explain: () => Promise.resolve({ kind: 'cannot-explain', because: 'a test asks no tool' }),
};

/** The answer as its tool would give it: what such a tool always gives is filled in. */
export function toOutcome(action: Action, answer: Answer): PerformOutcome {
  const { failure, effect: _effect, pending: _pending, columns, ...given } = answer;
  if (failure) return { kind: 'failure', failure };
  const { members } = shapeOfAction(action);
  const { rows, text, json, rowCount } = given;
  const names = columns ?? [...new Set(rows?.flatMap((row) => Object.keys(row)))];
  const result: ActionResult = {
    ...(rows && {
      columns: names.map((column) => ({ name: column, type: '' })),
      rows,
      rowCount: rowCount ?? rows.length,
      ...((rowCount ?? 0) > rows.length && { rowsCapped: true }),
    }),
    ...(rows === undefined && rowCount !== undefined && { rowCount }),
    ...(text !== undefined ? { text } : json !== undefined && { text: JSON.stringify(json) }),
    ...(given.errorText !== undefined && { errorText: given.errorText }),
    ...(json !== undefined && { json }),
    ...((given.exitCode !== undefined || members.includes('exitCode')) && { exitCode: given.exitCode ?? 0 }),
    ...((given.status !== undefined || members.includes('status')) && { status: given.status ?? 200 }),
    notes: [],
  };
  return {
    kind: 'result',
    result: result.text === undefined && members.includes('exitCode') ? { ...result, text: '' } : result,
  };
}
