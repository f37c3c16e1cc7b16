// The driver: the only asynchronous file of the room. It journals each event before it performs what follows from it,
// many events to one write while an earlier write is under way, and brings back results and timers as events.
import { newAbort, type Abort } from './abort.ts';
import { mayBeAsked } from './approval.ts';
import { shareOfBudget, overBudget } from './ask-judge.ts';
import { weighJudgement } from './check-judgement.ts';
import { weighWork } from './check-work.ts';
import { decide } from './decide.ts';
import { deriveView, phaseOf } from './derive-view.ts';
import type { DryReport, DryRunOptions } from './dry-report.ts';
import { planDryRun, withExplanations } from './dry-run.ts';
import type { PersonInput, RunEffect, RunFact, RunInput } from './event.ts';
import type { Judge, JudgeAnswer, JudgeQuestion } from './judge.ts';
import { judgeQuestion } from './judge-question.ts';
import type { BudgetShare } from './model-budget.ts';
import { chainStart, lineWriter, type JournalEnd } from './journal-line.ts';
import { scopeAt } from './judge-edge.ts';
import type { LiveRun, LiveRunOptions, ResumeOptions, RunPorts, Submitted } from './live-run.ts';
import { weighStatus } from './http-status.ts';
import { Flight, graceMs } from './flight.ts';
import { keepWithin } from './keep-within.ts';
import { readParameter } from './parameters.ts';
import type { Explanation, ParameterValue, PerformOptions, PerformOutcome, RenderedAction, Tool } from './ports.ts';
import { approvalText, prepareAction } from './prepare-action.ts';
import { checkChain, foldJournal } from './read-journal.ts';
import { fixedSettings, termsOf } from './fixed-settings.ts';
import { takeFold } from './replay.ts';
import { redactor, type Redact } from './redact.ts';
import { withoutSecrets, withoutSecretsOf } from './redact-event.ts';
import { secretInPlan } from './secret-in-plan.ts';
import { withoutProvided } from './provided-variables.ts';
import { plainValues, secretValues } from './secret-values.ts';
import { isSecret, plainValue, type RunState } from './state.ts';
import type { PersonEvent, RunView } from './view.ts';
import type { Worker, WorkQuestion, WorkReply, WorkTool } from './work.ts';
import { classifyForModel, toolsOfStep, workQuestion, workTool } from './work-question.ts';

/**
 * Starts a run. Nothing is performed before the journal holds the first lines. Throws an Error whose message is for people
 * when the journal could not hold the guide; see `secretInPlan`.
 */
export function startLiveRun(options: LiveRunOptions): LiveRun {
  const { run, by } = options;
  const plan = withoutProvided(options.plan, options.toolbox);
  const told = secretInPlan(plan, options.toolbox);
  if (told !== undefined) throw new Error(told);
  const settings = fixedSettings(plan, options);
  const ofTools = redactor(options.toolbox.secretValues?.() ?? []);
  const secrets = secretValues(plan, options, true, ofTools);
  const parameters = plainValues(options.parameters, secrets, plan, ofTools);
  const start: RunInput = {
    kind: 'run-started',
    time: Math.trunc(options.clock.now()),
    run,
    ...(by !== undefined && { by }),
    parameters,
    secrets: [...secrets.keys()],
    settings,
    plan,
  };
  const { state, facts, effects } = decide(null, start);
  const driver = newDriver(options, state, secrets, { seq: 0, chain: chainStart }, 0);
  driver.took(start, facts, effects);
  return driver.live;
}

/**
 * Takes a run up where its journal ends. Throws an Error whose message is for people when the journal is damaged, or was
 * changed by somebody who repaired its checksums.
 */
export function resumeLiveRun(options: ResumeOptions): LiveRun {
  const taken = options.replay && takeFold(options.replay);
  const text = taken?.text ?? options.text;
  if (text === undefined) throw new Error('Internal error: a run is resumed from a text or from a fresh replay');
  const { state, lines, missing, problem, inputs } = taken?.folded ?? foldJournal(text);
  const chain = checkChain(text, lines, options.hash);
  const fault = problem ?? chain.problem;
  if (fault) throw new Error(fault.message);
  const { environment } = options;
  refuseEnvironment(state.environment, options);
  const ofTools = redactor(options.toolbox.secretValues?.() ?? []);
  const secrets = secretValues(state.plan, options, false, ofTools);
  const driver = newDriver(options, state, secrets, chain.end, text.length);
  const lastTime = inputs.at(-1)?.input.time ?? 0;
  // Facts that the crash cut off follow again; an action among them that was to start never did.
  driver.note(lastTime, missing);
  if (state.ended) return driver.live;
  const unstarted = new Set(missing.flatMap((fact) => (fact.kind === 'action-started' ? [fact.action] : [])));
  const interrupted = [...state.actionById.values()]
    // A call that still waited for its turn did not happen either.
    .filter(({ phase, awaits, action }) => phase === 'performing' && awaits === undefined && !unstarted.has(action.id))
    .map(({ action }) => action.id);
  driver.take({
    kind: 'run-resumed',
    time: Math.trunc(options.clock.now()),
    ...(options.by !== undefined && { by: options.by }),
    secrets: [...secrets.keys()],
    interrupted,
    parameters: plainValues(options.parameters, secrets, state.plan, ofTools),
    decisions: options.decisions ?? {},
    ...(options.judge && { judge: termsOf(options.judge) }),
    ...(environment !== undefined &&
      environment !== state.environment && {
        environment,
        ...(options.approvals && options.approvals.length > 0 && { approvals: options.approvals }),
      }),
    ...(options.config !== undefined && options.config !== state.config && { config: options.config }),
  });
  return driver.live;
}

/** A run goes on in the environment it was in, unless a person says that it is to change. */
function refuseEnvironment(before: string | null | undefined, { environment, changeEnvironment }: ResumeOptions): void {
  if (environment === undefined || before === undefined || environment === before || changeEnvironment) return;
  const named = (name: string | null): string => (name === null ? 'no environment' : `the environment \`${name}\``);
  throw new Error(
    `The run is in ${named(before)}; it does not go on in ${named(environment)} unless it is told to change.`,
  );
}

/** Finds out what a live run would do. Performs nothing: it has no way to. */
export async function dryRun(options: DryRunOptions): Promise<DryReport> {
  const { report, toExplain, redact } = planDryRun(options);
  if (!options.explain || toExplain.length === 0) return report;
  const signal = options.signal ?? newAbort().signal;
  const explanations = new Map<string, Explanation>();
  const left = [...toExplain];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one && !signal.aborted; one = left.shift()) {
      const { tool, rendered } = one;
      explanations.set(
        rendered.action.id,
        withoutSecretsOf(await explainWith(tool, () => tool.explain(rendered, signal)), redact),
      );
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return withExplanations(report, explanations);
}

async function explainWith(tool: { readonly name: string }, explain: () => Promise<Explanation>): Promise<Explanation> {
  try {
    return await explain();
  } catch (error) {
    return { kind: 'cannot-explain', because: `Internal error in tool \`${tool.name}\`: ${messageOf(error)}` };
  }
}

/** So many lines are written at once, so that the disk is at work while what follows is decided. */
const manyLines = 128;

interface Driver {
  readonly live: LiveRun;
  /** Decides on an event, and on all that follow from it at once. */
  take(input: RunInput): Submitted;
  /** Journals and performs what was decided already. */
  took(input: RunInput, facts: readonly RunFact[], effects: readonly RunEffect[]): void;
  /** Journals facts that were decided by a process that died. */
  note(time: number, facts: readonly RunFact[]): void;
}

/** `length`: characters that the journal has already. */
function newDriver(
  ports: RunPorts,
  first: RunState,
  secrets: Map<string, ParameterValue>,
  end: JournalEnd,
  length: number,
): Driver {
  let state = first;
  /** Secret parameters, and what the tools are known to hold by now. */
  const allSecrets = (): readonly ParameterValue[] => [...secrets.values(), ...(ports.toolbox.secretValues?.() ?? [])];
  let held = allSecrets();
  let redact: Redact = redactor(held);
  const line = lineWriter(end, ports.hash, ports.journal.checksum);
  let journalled = length;
  const rendered = new Map<string, { readonly tool: Tool; readonly rendered: RenderedAction }>();
  const inFlight = new Map<string, Flight>();
  const asked = new Map<number, Abort>();
  const timers = new Map<string, () => void>();
  const listeners = new Set<() => void>();
  const inbox: RunInput[] = [];
  const waiters: { resolve: (view: RunView) => void; reject: (error: Error) => void }[] = [];
  let lines: string[] = [];
  let owed: Owed[] = [];
  let deciding = false;
  let flushing: 'no' | 'gathering' | 'writing' = 'no';
  let notifying = false;
  let broken: Error | undefined;
  let lastQuestion = Promise.resolve();

  function take(input: RunInput): Submitted {
    inbox.push(input);
    return deciding ? { accepted: true } : drain(input);
  }

  function took(input: RunInput, facts: readonly RunFact[], effects: readonly RunEffect[]): void {
    deciding = true;
    note(input.time, [input, ...facts]);
    for (const effect of effects) perform(effect);
    drain(null);
  }

  /** Decides on all events at hand; gives what became of `asked`. */
  function drain(asked: RunInput | null): Submitted {
    let answer: Submitted = { accepted: true };
    deciding = true;
    try {
      for (let next = inbox.shift(); next; next = inbox.shift()) {
        if (state.ended) {
          if (next === asked) answer = { accepted: false, because: 'The run has ended.' };
          continue;
        }
        if (isLate(state, next)) continue;
        holdSecrets();
        const clean = held.length === 0 ? next : withoutSecrets(next, redact);
        const decided = decide(state, clean);
        state = decided.state;
        if (next === asked && decided.refused !== undefined) answer = { accepted: false, because: decided.refused };
        note(clean.time, [clean, ...decided.facts]);
        for (const effect of decided.effects) perform(effect);
      }
    } finally {
      deciding = false;
    }
    flush();
    notify();
    return answer;
  }

  /** A tool learns secrets as it goes: the password of a login, a token that it was given. */
  function holdSecrets(): void {
    const now = allSecrets();
    if (now.length === held.length && now.every((value, at) => value === held[at])) return;
    held = now;
    redact = redactor(held);
  }

  function note(time: number, bodies: readonly (RunInput | RunFact)[]): void {
    for (const body of bodies) {
      const written = line(time, body);
      journalled += written.length;
      lines.push(written);
    }
    if (!deciding) flush();
  }

  function perform(effect: RunEffect): void {
    switch (effect.kind) {
      case 'prepare-action':
        inbox.push(prepare(effect.action));
        return;
      case 'perform-action':
      case 'begin-call':
      case 'ask-judge':
        owed.push(effect);
        return;
      case 'cancel-judge':
        asked.get(effect.question)?.abort();
        return;
      case 'cancel-action': {
        inFlight.get(effect.action)?.cancel();
        return;
      }
      case 'start-timer':
        timers.set(
          effect.timer,
          ports.clock.after(effect.afterMs, () => {
            timers.delete(effect.timer);
            take({ kind: 'timer-fired', time: now(), timer: effect.timer });
          }),
        );
        return;
      case 'cancel-timer':
        timers.get(effect.timer)?.();
        timers.delete(effect.timer);
    }
  }

  function prepare(id: string): RunInput {
    const action = state.actionById.get(id);
    if (!action) throw new Error(`Internal error: no action ${id}`);
    const prepared = prepareAction(action.action, ports.toolbox, {
      valueOf: (name) => secrets.get(name) ?? plainValue(state, name),
      isSecret: (name) => secrets.has(name) || isSecret(state.plan, name),
    });
    if (prepared.kind === 'not-prepared') {
      const { text, failure } = prepared;
      return { kind: 'action-not-prepared', time: now(), action: id, text, failure };
    }
    const { tool } = prepared;
    const classification = action.byModel
      ? classifyForModel(tool, prepared.rendered, prepared.classification)
      : prepared.classification;
    rendered.set(id, prepared);
    return {
      kind: 'action-prepared',
      time: now(),
      action: id,
      tool: tool.name,
      text: prepared.rendered.text,
      effect: classification.effect,
      because: classification.because,
      ...(mayBeAsked(state, action, classification.effect) && { where: tool.describe() }),
      hash: ports.hash(approvalText(state, action.step.round, tool, prepared.rendered, ports.seal)),
    };
  }

  /** Events of one moment belong into one write, unless they are many. */
  function flush(): void {
    if (flushing === 'writing') return;
    if (lines.length >= manyLines) void write();
    else if (flushing === 'no') {
      flushing = 'gathering';
      void Promise.resolve().then(() => {
        if (flushing === 'gathering') void write();
      });
    }
  }

  /** One write at a time; what comes while it is under way goes into the next one. */
  async function write(): Promise<void> {
    flushing = 'writing';
    try {
      while (!broken && (lines.length > 0 || owed.length > 0)) {
        const batch = lines;
        const due = owed;
        lines = [];
        owed = [];
        if (batch.length > 0) await ports.journal.append(batch);
        for (const effect of due) pay(effect);
      }
    } catch (error) {
      breakOff(error);
    }
    flushing = 'no';
    checkSettled();
  }

  function pay(effect: Owed): void {
    switch (effect.kind) {
      case 'ask-judge':
        return putInLine(effect);
      case 'perform-action':
        return void call(effect);
      case 'begin-call':
        inFlight.get(effect.action)?.begin();
    }
  }

  async function call(effect: Extract<Owed, { kind: 'perform-action' }>): Promise<void> {
    const { action: id, attempt } = effect;
    const ready = rendered.get(id);
    const action = state.actionById.get(id);
    if (action?.attempts !== attempt) return;
    // The run was stopped while the line that it is begun was still being written: nobody else would say that it has ended.
    if (action.phase === 'stopping') {
      const failure = {
        reason: 'cancelled',
        message: 'It was cancelled before it had begun.',
        transient: false,
      } as const;
      take({ kind: 'action-ended', time: now(), action: id, attempt, outcome: { kind: 'failure', failure } });
      return;
    }
    if (!ready || action.phase !== 'performing') return;
    const ofTool = action.action.timeoutMs === undefined ? (ready.tool.timeoutMs ?? 0) : 0;
    const timeoutMs = Math.max(effect.timeoutMs, ofTool);
    let flight: Flight | undefined;
    const outcome = await new Promise<PerformOutcome>((resolve) => {
      flight = new Flight(
        {
          tool: ready.tool.name,
          timeoutMs,
          clock: ports.clock,
          turned: (because) =>
            take(
              because === null
                ? { kind: 'turn-came', time: now(), action: id, attempt }
                : { kind: 'turn-awaited', time: now(), action: id, attempt, because },
            ),
        },
        resolve,
      );
      inFlight.set(id, flight);
      const { signal } = flight.abort;
      void performWith(ready.tool, ready.rendered, { timeoutMs, signal, turn: flight }).then((ended) =>
        resolve(keepWithin(ended, journalled, redact)),
      );
    });
    flight?.land();
    inFlight.delete(id);
    take({ kind: 'action-ended', time: now(), action: id, attempt, outcome: weighStatus(state.plan, action, outcome) });
  }

  /** Questions that share a budget are put one after the other, so that each knows what the one before it has left. */
  function putInLine(effect: Extract<Owed, { kind: 'ask-judge' }>): void {
    if (!ports.judge?.budget?.run) return void consult(effect);
    lastQuestion = lastQuestion.then(() => consult(effect));
  }

  async function consult({ node: id, question, maxCalls, work }: Extract<Owed, { kind: 'ask-judge' }>): Promise<void> {
    const { judge } = ports;
    const node = state.nodeById.get(id);
    const judging = state.judging.get(id);
    if (!judge || !node || broken || judging?.question !== question) return;
    const abort = newAbort();
    asked.set(question, abort);
    const within = shareOfBudget(state, node);
    const about = { node: id, question, model: judge.model };
    const { worker } = judge;
    // The budget may have been used up while this question was in line.
    const over = overBudget(state, node);
    if (work && worker) {
      const tools = await offeredTools(toolsOfStep(node, ports.toolbox.tools), abort);
      const put = workQuestion(state, node, judging.request, { tools, maxCalls, within });
      const asking = (): Promise<WorkReply> => workWith(judge, worker, put, abort);
      const { step, ...use } = await unlessLate(over, abort, within, judge, unworked, asking);
      asked.delete(question);
      take({ kind: 'model-worked', time: now(), ...about, ...use, step: weighWork(put, step) });
      return;
    }
    if (!judging.request) return;
    const put = judgeQuestion(node, judging.request, maxCalls, within);
    const asking = (): Promise<JudgeAnswer> => judgeWith(judge, put, abort);
    const { judgement, ...use } = await unlessLate(over, abort, within, judge, unanswered, asking);
    asked.delete(question);
    const verdict = weighJudgement(put, judgement, judge.confidence);
    take({ kind: 'model-judged', time: now(), ...about, ...use, verdict });
  }

  /** What `asking` gives; what `otherwise` makes of a sentence when it may not be asked, or does not answer in time. */
  async function unlessLate<T>(
    over: string | null,
    abort: Abort,
    within: BudgetShare | undefined,
    judge: Judge,
    otherwise: (because: string) => T,
    asking: () => Promise<T>,
  ): Promise<T> {
    if (over !== null) return otherwise(over);
    let stopWatch = (): void => undefined;
    const late = new Promise<T>((resolve) => {
      stopWatch = ports.clock.after(Math.min(judge.timeoutMs, within?.time ?? Infinity) + graceMs, () => {
        abort.abort();
        resolve(otherwise('It did not answer in time.'));
      });
    });
    const answer = await Promise.race([asking(), late]);
    stopWatch();
    return answer;
  }

  function breakOff(error: unknown): void {
    broken = new Error(`The journal cannot be written, so the run goes no further: ${messageOf(error)}`);
    for (const { abort } of inFlight.values()) abort.abort();
    for (const abort of asked.values()) abort.abort();
    for (const cancel of timers.values()) cancel();
    timers.clear();
  }

  function checkSettled(): void {
    if (waiters.length === 0 || flushing !== 'no') return;
    if (broken) {
      for (const { reject } of waiters.splice(0)) reject(broken);
      return;
    }
    if (lines.length > 0 || owed.length > 0 || inFlight.size > 0 || asked.size > 0) return;
    if (phaseOf(state) === 'running') return;
    for (const { resolve } of waiters.splice(0)) resolve(deriveView(state));
  }

  function notify(): void {
    if (notifying || listeners.size === 0) return;
    notifying = true;
    void Promise.resolve().then(() => {
      notifying = false;
      for (const listener of [...listeners]) listener();
    });
  }

  function submit(event: PersonEvent): Submitted {
    if (broken) return { accepted: false, because: broken.message };
    holdSecrets();
    if (event.kind === 'parameter-given' && (isSecret(state.plan, event.name) || redact(event.value) !== event.value)) {
      const parameter = state.plan.guide.parameters.find(({ name }) => name === event.name);
      const read = parameter && readParameter({ ...parameter, secret: true }, event.value);
      if (read?.problem !== undefined) return { accepted: false, because: read.problem };
      secrets.set(event.name, read?.value ?? event.value);
      holdSecrets();
      const { value: _value, ...rest } = event;
      return take({ ...rest, time: now() });
    }
    if (event.kind === 'stop-requested') return take({ ...event, keep: true, time: now() });
    return take({ ...(event as PersonInput), time: now() } as RunInput);
  }

  const now = (): number => Math.trunc(ports.clock.now());
  const live: LiveRun = {
    run: state.run,
    view: () => deriveView(state),
    scope: (node) => scopeAt(state, node),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    submit,
    settled: () =>
      new Promise((resolve, reject) => {
        waiters.push({ resolve, reject });
        checkSettled();
      }),
  };
  return { live, take, took, note };
}

/** What waits for the journal: no tool and no model sees anything before it is written that they do. */
type Owed = Extract<RunEffect, { kind: 'perform-action' | 'begin-call' | 'ask-judge' }>;

/** Asks a judge. As with tools, what it gives is taken through JSON once. */
async function judgeWith(judge: Judge, question: JudgeQuestion, abort: Abort): Promise<JudgeAnswer> {
  try {
    return JSON.parse(JSON.stringify(await judge.judge(question, abort.signal))) as JudgeAnswer;
  } catch (error) {
    return unanswered(`Internal error in the judge \`${judge.model}\`: ${messageOf(error)}`);
  }
}

/** Asks a worker. What it gives is taken through JSON once too. */
async function workWith(judge: Judge, worker: Worker, question: WorkQuestion, abort: Abort): Promise<WorkReply> {
  try {
    return JSON.parse(JSON.stringify(await worker.next(question, abort.signal))) as WorkReply;
  } catch (error) {
    return unworked(`Internal error in the worker \`${judge.model}\`: ${messageOf(error)}`);
  }
}

function unworked(because: string): WorkReply {
  return { said: [], calls: 0, tokens: { input: 0, output: 0 }, step: { kind: 'unsure', because } };
}

/** The tools with what each has to offer; a tool that does not say has its own line alone. */
async function offeredTools(tools: readonly Tool[], abort: Abort): Promise<readonly WorkTool[]> {
  const offers = tools.map((tool) => Promise.resolve(tool.offers?.(abort.signal) ?? '').catch(() => ''));
  const told = await Promise.all(offers);
  return tools.map((tool, index) => workTool(tool, told[index] ?? ''));
}

function unanswered(because: string): JudgeAnswer {
  return { said: [], calls: 0, tokens: { input: 0, output: 0 }, judgement: { kind: 'unsure', because } };
}

/** Calls a tool. What it gives is taken through JSON once, so that a live run sees exactly what a replay will see. */
async function performWith(tool: Tool, action: RenderedAction, options: PerformOptions): Promise<PerformOutcome> {
  try {
    const outcome = await tool.perform(action, options);
    return JSON.parse(JSON.stringify(outcome)) as PerformOutcome;
  } catch (error) {
    const message = `Internal error in tool \`${tool.name}\`: ${messageOf(error)}`;
    return { kind: 'failure', failure: { reason: 'crashed', message, transient: false } };
  }
}

/** What nobody waits for any more: the answer of a cancelled action. It changes nothing and is not journalled. */
function isLate(state: RunState, input: RunInput): boolean {
  if (input.kind !== 'action-ended' && input.kind !== 'turn-awaited' && input.kind !== 'turn-came') return false;
  const action = state.actionById.get(input.action);
  const isAwaited = action?.phase === 'performing' || (action?.phase === 'stopping' && input.kind === 'action-ended');
  return !isAwaited || action.attempts !== input.attempt;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
