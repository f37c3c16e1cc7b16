// A random run for the chaos test: a random plan with tools that are slow, fail, hang or give huge results, over a durable
// journal. It writes a diary beside the journal: what its tools really did, and how far the journal was acknowledged.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Action } from '../../src/plan/index.ts';
import { openJournal } from '../../src/adapters/journal.ts';
import { sha256Hex } from '../../src/adapters/sha256.ts';
import {
  resumeLiveRun,
  startLiveRun,
  type Clock,
  type JournalPort,
  type LiveRun,
  type PerformOutcome,
  type RunPorts,
  type Tool,
} from '../../src/run/index.ts';
import { readJoinedPlan } from './joined-plan.ts';

/** A run's clock goes this many times as fast as the wall's, so that timeouts and retries cost milliseconds. */
const haste = 200;

/** Runs or resumes the run of a seed to its end. */
export async function chaosRun(journalPath: string, diary: string, seed: number): Promise<void> {
  const dice = diceOf(seed);
  const write = (line: string): void => appendFileSync(diary, `${line}\n`);
  const known = existsSync(journalPath);
  const file = await openJournal(journalPath);
  const journal: JournalPort = {
    append: async (lines) => {
      await file.append(lines);
      write(`kept ${/"seq":(\d+)/.exec(lines.at(-1) ?? '')?.[1] ?? ''}`);
    },
  };
  const before = existsSync(diary) ? readFileSync(diary, 'utf8') : '';
  const ended = [...before.matchAll(/^ended (.*)$/gm)].map((line) => line[1] ?? '');
  const tool = toolOf(dice, write, new Set(ended));
  const ports: RunPorts = {
    toolbox: { tools: [tool], find: () => tool },
    journal,
    clock: hastyClock,
    hash: sha256Hex,
    seal: sha256Hex,
  };
  const settings = { maxParallel: 4, defaultTimeoutMs: 600_000, defaultRetries: 1 };
  const live =
    known && file.text !== ''
      ? resumeLiveRun({ ...ports, text: file.text })
      : startLiveRun({
          ...ports,
          ...settings,
          run: `chaos-${seed}`,
          plan: (await readJoinedPlan(planText(dice))).plan,
        });
  live.onChange(() => answer(live, dice));
  answer(live, dice);
  for (let view = await live.settled(); view.phase !== 'ended'; view = await live.settled()) answer(live, dice);
  await file.close();
}

type Dice = (text: string, sides: number) => number;

/** Numbers that depend on seed and text alone, whatever the process. */
function diceOf(seed: number): Dice {
  return (text, sides) => parseInt(sha256Hex(`${seed}/${text}`).slice(0, 8), 16) % sides;
}

const hastyClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms / haste);
    return () => clearTimeout(timer);
  },
};

/** A random guide, and those that it calls: up to two of its own, the first of which may call a third. */
function planText(dice: Dice): string {
  const callable = ['a.md', 'b.md'].slice(0, dice('guides', 3));
  const guides = [guideText(dice, '', 6 + dice('steps', 24), callable)];
  for (const name of callable) {
    const deeper = name === 'a.md' && dice('deeper', 2) === 0 ? ['c.md'] : [];
    guides.push(`guide ${name}\n${guideText(dice, name, 2 + dice(`steps ${name}`, 5), deeper)}`);
  }
  guides.push(`guide c.md\n${guideText(dice, 'c.md', 2, [])}`);
  return guides.join('\n');
}

/** `name` tells the throws of this guide from those of another; a step calls at most one of `callable`. */
function guideText(dice: Dice, name: string, count: number, callable: readonly string[]): string {
  const lines: string[] = [];
  const roll: Dice = (text, sides) => dice(`${name}${text}`, sides);
  for (let n = 1; n <= count; n++) {
    const safe = roll(`safe${n}`, 4) === 0 ? ' safe-to-repeat' : '';
    const asks = roll(`asks${n}`, 9) === 0 ? ' needs-approval' : '';
    const called = callable[roll(`calls${n}`, callable.length * 4)];
    lines.push(`step Step${n}${safe}${asks}${called === undefined ? '' : ` calls=${called}`}`);
    for (let a = 0; a <= roll(`actions${n}`, 2); a++) {
      const effect = ['write', 'unknown', 'read', 'read', 'read'][roll(`effect${n}.${a}`, 5)] ?? 'read';
      const code = `do ${name}${n}.${a}`;
      const timeout = kindOf(dice, code) === 'hangs' ? ' timeout=500' : '';
      lines.push(`  action ${effect} retries=1${timeout}: ${code}`);
    }
  }
  const conditions = ['', '', 'guard rowCount >= 0', 'guard rowCount > 0', 'if "you think so"', 'on-failure'];
  for (let n = 1; n <= count; n++) {
    const above = roll(`one${n}`, n);
    lines.push(`edge ${above === 0 ? 'start' : `Step${above}`} -> Step${n}`);
    const second = roll(`two${n}`, n);
    if (second > 0 && second !== above) {
      lines.push(`edge Step${second} -> Step${n} ${conditions[roll(`if${n}`, 6)] ?? ''}`);
    }
  }
  // The end comes after every step: what an early end cancels depends on the clock, and only endings that do not can be compared.
  for (let n = 1; n <= count; n++) lines.push(`edge Step${n} -> Last`);
  lines.push('step Last', 'edge Last -> end outcome=resolved');
  return lines.join('\n');
}

/** How a tool behaves at an action, by its code: of twelve, one each fails, fails the first time, hangs for ever, or gives a huge result. */
function kindOf(dice: Dice, code: string): 'fails' | 'fails-once' | 'hangs' | 'huge' | 'slow' {
  const kinds = ['fails', 'fails-once', 'hangs', 'huge'] as const;
  return kinds[dice(`kind${code}`, 12)] ?? 'slow';
}

/** `ended` names the actions that ended once, in whichever process. */
function toolOf(dice: Dice, write: (line: string) => void, ended: Set<string>): Tool {
  const outcomeOf = ({ id, effect, code }: Action): PerformOutcome => {
    const kind = kindOf(dice, code);
    // What failed for a moment is tried again only where it reads; elsewhere it would be a failure for good.
    const transient = kind === 'fails-once' && effect === 'read';
    if (kind === 'fails' || (kind === 'fails-once' && !(transient && ended.has(id))))
      return { kind: 'failure', failure: { reason: 'refused-by-tool', message: 'No.', transient } };
    const text = kind === 'huge' ? 'x'.repeat(200_000 + dice(`size${id}`, 800_000)) : 'done';
    return { kind: 'result', result: { rowCount: dice(`rows${id}`, 3), text, notes: [] } };
  };
  return {
    name: 'chaos',
    kind: 'chaos',
    languages: ['puppet'],
    describe: () => 'chaos',
    render: (action, bindings) => ({ action, tool: 'chaos', text: action.code, bindings }),
    classify: ({ action }) => ({ effect: action.effect, because: 'the plan says so' }),
    explain: () => Promise.resolve({ kind: 'cannot-explain', because: 'chaos' }),
    check: () => Promise.resolve(null),
    perform: ({ action }) =>
      new Promise<PerformOutcome>((resolve) => {
        write(`began ${action.id}`);
        if (kindOf(dice, action.code) === 'hangs') return;
        setTimeout(
          () => {
            const outcome = outcomeOf(action);
            ended.add(action.id);
            write(`ended ${action.id}`);
            resolve(outcome);
          },
          1 + dice(`slow${action.id}`, 25),
        );
      }),
    close: () => Promise.resolve(),
  };
}

/** Answers every question by the seed alone. */
function answer(live: LiveRun, dice: Dice): void {
  for (const request of live.view().requests) {
    switch (request.kind) {
      case 'approval':
        if (dice(`yes${request.action}`, 8) === 0)
          live.submit({ kind: 'approval-refused', action: request.action, by: 'x' });
        else live.submit({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'x' });
        break;
      case 'unknown-outcome':
        live.submit({ kind: 'action-settled', action: request.action, as: 'repeat', by: 'x' });
        break;
      case 'decision':
        live.submit({
          kind: 'decision-given',
          node: request.node,
          edges: request.choices.filter(({ edge }) => dice(edge, 2) === 0).map(({ edge }) => edge),
          by: 'x',
        });
        break;
      default:
        throw new Error(`no answer to ${request.kind}`);
    }
  }
}
