// The process that the chaos test kills: runs or resumes a random plan with slow tools over a journal, and writes down
// beside it what its tools really did. Arguments: journal, diary, seed, greatest duration of an action in ms.
import { appendFileSync, existsSync } from 'node:fs';
import { openJournal } from '../../src/adapters/journal.ts';
import { sha256Hex } from '../../src/adapters/sha256.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import {
  resumeLiveRun,
  startLiveRun,
  type LiveRun,
  type PerformOutcome,
  type RunPorts,
  type Tool,
} from '../../src/run/index.ts';
import { readPlanText } from './plan-text.ts';

const [journalPath = '', diary = '', seedText = '0', slowest = '20'] = process.argv.slice(2);

/** A number that depends on the text alone. */
function dice(text: string, sides: number): number {
  return parseInt(sha256Hex(`${seedText}/${text}`).slice(0, 8), 16) % sides;
}

function planText(): string {
  const lines: string[] = [];
  const count = 24;
  for (let n = 1; n <= count; n++) {
    const safe = dice(`safe${n}`, 4) === 0 ? ' safe-to-repeat' : '';
    lines.push(`step Step${n}${safe}`);
    for (let a = 0; a <= dice(`actions${n}`, 2); a++) {
      lines.push(`  action ${dice(`effect${n}.${a}`, 4) === 0 ? 'write' : 'read'} retries=1: do ${n}.${a}`);
    }
  }
  const conditions = ['', '', 'guard rowCount >= 0', 'guard rowCount > 0', 'if "you think so"', 'on-failure'];
  for (let n = 1; n <= count; n++) {
    const above = dice(`one${n}`, n);
    lines.push(`edge ${above === 0 ? 'start' : `Step${above}`} -> Step${n}`);
    const second = dice(`two${n}`, n);
    if (second > 0 && second !== above) {
      lines.push(`edge Step${second} -> Step${n} ${conditions[dice(`if${n}`, 6)] ?? ''}`);
    }
  }
  // The end comes after every step: what an early end cancels depends on the clock, and only endings that do not can be compared.
  for (let n = 1; n <= count; n++) lines.push(`edge Step${n} -> Last`);
  lines.push('step Last', 'edge Last -> end outcome=resolved');
  return lines.join('\n');
}

function write(line: string): void {
  appendFileSync(diary, `${line}\n`);
}

const tool: Tool = {
  name: 'slow',
  kind: 'slow',
  languages: ['puppet'],
  describe: () => 'slow',
  render: (action, bindings) => ({ action, tool: 'slow', text: action.code, bindings }),
  classify: ({ action }) => ({ effect: action.effect, because: 'the plan says so' }),
  explain: () => Promise.resolve({ kind: 'cannot-explain', because: 'slow' }),
  check: () => Promise.resolve(null),
  perform: ({ action }) =>
    new Promise<PerformOutcome>((resolve) => {
      write(`began ${action.id}`);
      setTimeout(
        () => {
          write(`ended ${action.id}`);
          const failure = {
            reason: 'refused-by-tool' as const,
            message: 'No.',
            transient: dice(`transient${action.id}`, 2) === 0,
          };
          if (dice(`fail${action.id}`, 9) === 0)
            resolve({ kind: 'failure', failure: { ...failure, transient: false } });
          else resolve({ kind: 'result', result: { rowCount: dice(`rows${action.id}`, 3), notes: [] } });
        },
        1 + dice(`slow${action.id}`, Number(slowest)),
      );
    }),
  close: () => Promise.resolve(),
};

/** Answers every question by the seed alone. */
function answer(live: LiveRun): void {
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

const known = existsSync(journalPath);
const journal = await openJournal(journalPath);
const ports: RunPorts = { toolbox: { tools: [tool], find: () => tool }, journal, clock: systemClock, hash: sha256Hex };
const live =
  known && journal.text !== ''
    ? resumeLiveRun({ ...ports, text: journal.text })
    : startLiveRun({ ...ports, run: `chaos-${seedText}`, plan: readPlanText(planText()), maxParallel: 4 });
live.onChange(() => answer(live));
answer(live);
for (let view = await live.settled(); view.phase !== 'ended'; view = await live.settled()) answer(live);
await journal.close();
