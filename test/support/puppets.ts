// The outside world of a run in a test's hands: tools whose every call is held until the test ends it, a clock that
// moves when told, a journal in memory.
import { createHash, createHmac } from 'node:crypto';
import type { Action, Effect } from '../../src/plan/index.ts';
import type {
  Clock,
  Judge,
  JudgeAnswer,
  Judgement,
  JudgeQuestion,
  JournalPort,
  PerformOutcome,
  RunPorts,
  Tool,
  Toolbox,
} from '../../src/run/index.ts';
import type { CallLimits } from '../../src/tools/call-limits.ts';
import { limitedTool } from '../../src/tools/limited-tool.ts';
import { newTurns } from '../../src/tools/turns.ts';

export interface World extends RunPorts {
  /** Ids of actions that are being performed, in the order in which they began. */
  inFlight(): string[];
  /** Ends a call. Throws when there is none. */
  end(action: string, outcome: PerformOutcome): void;
  /** Every call so far: the action and the text with all values in it. */
  readonly calls: readonly { readonly action: string; readonly text: string }[];
  /** Questions that the judge is at. */
  judging(): readonly JudgeQuestion[];
  /** Ends a question to the judge. Throws when there is none. */
  judged(node: string, judgement: Judgement, answer?: Partial<JudgeAnswer>): void;
  /** The journal's text. */
  text(): string;
  /** Moves the clock and lets what is due happen. */
  tick(ms: number): void;
}

/** Runs everything that needs no waiting for the outside. */
export function idle(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

export interface WorldOptions {
  /** Journal lines that are there already. */
  readonly text?: string;
  readonly now?: number;
  /** Makes appends fail from this line on. */
  readonly failAfter?: number;
  /** There is a judge, which may be called so often. */
  readonly judgeCalls?: number;
  /** The puppet has limits. */
  readonly limits?: CallLimits;
}

/**
 * A tool speaks `puppet`; its effect for an action is what the action's `tool=` says, else the plan's own.
 * No tool speaks `manual`.
 */
export function newWorld(options: WorldOptions = {}): World {
  let now = options.now ?? Date.parse('2025-01-01T00:00:00Z');
  let text = options.text ?? '';
  let written = 0;
  const timers = new Map<object, { at: number; callback: () => void }>();
  const held = new Map<string, (outcome: PerformOutcome) => void>();
  const calls: { action: string; text: string }[] = [];

  const clock: Clock = {
    now: () => now,
    after(ms, callback) {
      const key = {};
      timers.set(key, { at: now + ms, callback });
      return () => timers.delete(key);
    },
  };
  const journal: JournalPort = {
    append(lines) {
      written += lines.length;
      if (options.failAfter !== undefined && written > options.failAfter) return Promise.reject(new Error('disk full'));
      text += `${lines.join('\n')}\n`;
      return Promise.resolve();
    },
  };
  const puppet: Tool = {
    name: 'puppet',
    kind: 'puppet',
    languages: ['puppet'],
    describe: () => 'held by the test',
    render(action, bindings) {
      let shown = action.code;
      for (const { name, value, secret } of bindings)
        shown = shown.replaceAll(`{${name}}`, secret ? '***' : String(value));
      return { action, tool: 'puppet', text: shown, bindings };
    },
    classify: ({ action }) => ({ effect: effectOf(action), because: 'the test says so' }),
    explain: () => Promise.resolve({ kind: 'accepted', notes: ['fine'] }),
    check: () => Promise.resolve(null),
    perform: ({ action, bindings }, { signal }) =>
      new Promise((resolve) => {
        let full = action.code;
        for (const { name, value } of bindings) full = full.replaceAll(`{${name}}`, String(value));
        calls.push({ action: action.id, text: full });
        const finish = (outcome: PerformOutcome): void => {
          held.delete(action.id);
          resolve(outcome);
        };
        held.set(action.id, finish);
        signal.addEventListener('abort', () =>
          finish({ kind: 'failure', failure: { reason: 'cancelled', message: 'Cancelled.', transient: false } }),
        );
      }),
    close: () => Promise.resolve(),
  };
  const tool = options.limits ? limitedTool(puppet, newTurns(options.limits, clock), false) : puppet;
  const toolbox: Toolbox<Tool> = { tools: [tool], find: (action) => (action.language === 'puppet' ? tool : undefined) };

  const questions = new Map<JudgeQuestion, (answer: JudgeAnswer) => void>();
  const judge: Judge = {
    model: 'puppet-model',
    confidence: 0.8,
    maxCalls: options.judgeCalls ?? 0,
    timeoutMs: 60_000,
    judge: (question, signal) =>
      new Promise((resolve) => {
        const finish = (answer: JudgeAnswer): void => {
          questions.delete(question);
          resolve(answer);
        };
        questions.set(question, finish);
        signal.addEventListener('abort', () =>
          finish({ ...oneCall, judgement: { kind: 'unsure', because: 'Cancelled.' } }),
        );
      }),
  };

  return {
    ...(options.judgeCalls !== undefined && { judge }),
    toolbox,
    journal,
    clock,
    hash: (value) => createHash('sha256').update(value).digest('hex'),
    seal: (value) => createHmac('sha256', 'the key of all worlds').update(value).digest('hex'),
    inFlight: () => [...held.keys()],
    end(action, outcome) {
      const finish = held.get(action);
      if (!finish) throw new Error(`${action} is not being performed; in flight: ${[...held.keys()].join(', ')}`);
      finish(outcome);
    },
    calls,
    judging: () => [...questions.keys()],
    judged(node, judgement, answer = {}) {
      const found = [...questions].find(([question]) => question.node === node);
      if (!found) throw new Error(`nothing is asked about ${node}`);
      found[1]({ ...oneCall, ...answer, judgement });
    },
    text: () => text,
    tick(ms) {
      now += ms;
      for (const [key, { at, callback }] of [...timers]) {
        if (at > now) continue;
        timers.delete(key);
        callback();
      }
    },
  };
}

const oneCall = { said: [{ role: 'user', text: 'the question' }], calls: 1, tokens: { input: 10, output: 2 } } as const;

function effectOf(action: Action): Effect {
  return action.tool === undefined ? action.effect : (action.tool as Effect);
}
