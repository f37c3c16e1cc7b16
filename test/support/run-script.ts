// Plays a run case's script, one line an event from outside:
//
//     given region=eu            given secret token=abc        held        max-parallel 1        from Step2
//     decide Step9=end
//     limits {"concurrent":1}                      (of the tool)
//     judge 5                                      (a judge, with so many calls)
//     in-flight Step1.1 Step2.1                    (what must be running now; `-` for nothing)
//     end Step1.1 {"rowCount":2}                   (an action's result; `notes` are added)
//     fail Step1.1 {"message":"gone","transient":true}
//     choose Step1 edge_Step1_end                  approve Step1.1        refuse Step1.1        value region=eu
//     judged Step1 {"edge":"edge_Step1_end","quote":"hm","confidence":0.9,"reason":"so"}      unsure Step1 why
//     settle Step1.1 done                          hold, release, into, perform Step1.1, out Step1.1, continue, stop, set-next Step3   tick 1000
import {
  resumeLiveRun,
  startLiveRun,
  type Judgement,
  type LiveRun,
  type PerformOutcome,
  type PersonEvent,
  type RunView,
} from '../../src/run/index.ts';
import type { Plan } from '../../src/plan/index.ts';
import type { CallLimits } from '../../src/tools/call-limits.ts';
import { idle, newWorld, type World, type WorldOptions } from './puppets.ts';

export interface Played {
  readonly world: World;
  readonly live: LiveRun;
  readonly view: RunView;
}

interface Script {
  readonly head: readonly string[];
  readonly steps: readonly string[];
}

const heads = /^(given|held|max-parallel|from|decide|judge|limits)\b/;

function readScript(text: string): Script {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return { head: lines.filter((line) => heads.test(line)), steps: lines.filter((line) => !heads.test(line)) };
}

/** Plays the whole script. */
export async function playScript(plan: Plan, text: string): Promise<Played> {
  const { head, steps } = readScript(text);
  const world = newWorld(worldOf(head));
  const { parameters, secrets } = given(head);
  const maxParallel = head.find((line) => line.startsWith('max-parallel'))?.split(' ')[1];
  const from = head.find((line) => line.startsWith('from'))?.split(' ')[1];
  const live = startLiveRun({
    ...world,
    run: 'case',
    plan,
    parameters,
    secrets,
    decisions: pairs(head.filter((line) => line.startsWith('decide ')).map((line) => line.slice(7))),
    held: head.includes('held'),
    ...(maxParallel !== undefined && { maxParallel: Number(maxParallel) }),
    ...(from !== undefined && { from }),
  });
  for (const step of steps) await playStep(step, world, live, false);
  await idle();
  return { world, live, view: live.view() };
}

/** Resumes after the first lines of a journal and plays what the script still holds. */
export async function playRest(text: string, script: string, journal: string): Promise<Played> {
  const { head, steps } = readScript(script);
  const lines = journal
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { kind: string; time: string; outcome?: PerformOutcome });
  // A call that was told to stop ends by itself, and in no script.
  const stopped = (outcome?: PerformOutcome): boolean =>
    outcome?.kind === 'failure' && outcome.failure.reason === 'cancelled';
  const taken = lines.filter(({ kind, outcome }) => fromOutside.has(kind) && !stopped(outcome)).length;
  const world = newWorld({ ...worldOf(head), text, now: Date.parse(lines.at(-1)?.time ?? '') });
  const live = resumeLiveRun({ ...world, text: journal, secrets: given(head).secrets });
  let events = 0;
  for (const step of steps) {
    if (step.startsWith('in-flight')) continue;
    if (++events <= taken) continue;
    await playStep(step, world, live, true);
  }
  await idle();
  return { world, live, view: live.view() };
}

const fromOutside = new Set([
  'action-ended',
  'model-judged',
  'timer-fired',
  'decision-given',
  'approval-given',
  'approval-refused',
  'parameter-given',
  'action-settled',
  'run-held',
  'step-released',
  'action-released',
  'next-step-set',
  'run-continued',
  'stop-requested',
]);

async function playStep(step: string, world: World, live: LiveRun, resumed: boolean): Promise<void> {
  await idle();
  const [word = '', name = '', ...more] = step.split(' ');
  const rest = more.join(' ');
  const by = 'ann';
  const say = (event: PersonEvent): void => {
    live.submit(event);
  };
  switch (word) {
    case 'in-flight': {
      const wanted = [name, ...more].filter((id) => id !== '-').join(' ');
      const found = world.inFlight().join(' ');
      if (found !== wanted) throw new Error(`in flight: "${found}", and the script says "${wanted}"`);
      return;
    }
    case 'end':
    case 'fail':
      if (resumed) await repeatUnknown(name, live);
      return world.end(
        name,
        word === 'end'
          ? { kind: 'result', result: { notes: [], ...(JSON.parse(rest || '{}') as object) } }
          : {
              kind: 'failure',
              failure: {
                reason: 'refused-by-tool',
                message: 'No.',
                transient: false,
                ...(JSON.parse(rest || '{}') as object),
              },
            },
      );
    case 'judged':
      return world.judged(name, { kind: 'edge', ...(JSON.parse(rest) as Omit<EdgeJudgement, 'kind'>) });
    case 'unsure':
      return world.judged(name, { kind: 'unsure', because: rest });
    case 'choose':
      return say({ kind: 'decision-given', node: name, edges: more, by });
    case 'approve': {
      const request = live.view().requests.find((one) => one.kind === 'approval' && one.action === name);
      return say({
        kind: 'approval-given',
        action: name,
        hash: request?.kind === 'approval' ? request.hash : (more[0] ?? 'none'),
        by,
      });
    }
    case 'refuse':
      return say({ kind: 'approval-refused', action: name, by });
    case 'value': {
      const [key = '', value = ''] = name.split('=');
      return say({ kind: 'parameter-given', name: key, value, by });
    }
    case 'settle':
      if (resumed) await repeatUnknown('', live);
      return say({ kind: 'action-settled', action: name, as: rest as 'done', by });
    case 'hold':
      return say({ kind: 'run-held', by });
    case 'release':
      return say({ kind: 'step-released', by });
    case 'into':
      return say({ kind: 'step-released', by, into: true });
    case 'perform':
      return say({ kind: 'action-released', action: name, by });
    case 'out':
      return say({ kind: 'action-released', action: name, by, rest: true });
    case 'set-next':
      return say({ kind: 'next-step-set', node: name, by });
    case 'continue':
      return say({ kind: 'run-continued', by });
    case 'stop':
      return say({ kind: 'stop-requested', by });
    case 'tick':
      return world.tick(Number(name));
    default:
      throw new Error(`unknown line in a script: ${step}`);
  }
}

/** The script ends an action whose outcome nobody knows after the crash: the person has it done again. */
async function repeatUnknown(action: string, live: LiveRun): Promise<void> {
  const unknown = live.view().requests.find((one) => one.kind === 'unknown-outcome' && one.action === action);
  if (!unknown) return;
  live.submit({ kind: 'action-settled', action, as: 'repeat', by: 'ann' });
  await idle();
}

type EdgeJudgement = Extract<Judgement, { readonly kind: 'edge' }>;

function worldOf(head: readonly string[]): WorldOptions {
  const saidOf = (word: string) => head.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
  const calls = saidOf('judge');
  const limits = saidOf('limits');
  return {
    ...(calls !== undefined && { judgeCalls: Number(calls) }),
    ...(limits !== undefined && { limits: JSON.parse(limits) as CallLimits }),
  };
}

function given(head: readonly string[]): { parameters: Record<string, string>; secrets: Record<string, string> } {
  const lines = head.filter((line) => line.startsWith('given ')).map((line) => line.slice(6));
  return {
    parameters: pairs(lines.filter((line) => !line.startsWith('secret '))),
    secrets: pairs(lines.filter((line) => line.startsWith('secret ')).map((line) => line.slice(7))),
  };
}

function pairs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
