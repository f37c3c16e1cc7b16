// Moves a held run the way a debugger moves a program: goes on, steps, pauses, sets the next step, and stops where a
// breakpoint or a filter says. The run never starts a step by itself; whenever it changes, the step at the head of its line is
// looked at and released or not. Nothing is polled, and steps that are under way are never interrupted.
//
//     stopped -> going (continue, next) -> stopped (breakpoint, step, pause, exception, end) -> … -> over
import { evaluateGuard, type GuardScope } from '../../guard/index.ts';
import { findEdge, findNode, outputEdges, type EdgeId, type NodeId, type Plan } from '../../plan/index.ts';
import {
  describeRequest,
  toGuardResult,
  type PersonEvent,
  type RepeatView,
  type RunRequest,
  type RunView,
  type StepView,
} from '../../run/index.ts';
import { quoted } from '../quoted.ts';
import type { BreakpointVerdict, GuideBreakpoints } from './breakpoints.ts';
import type { DebugTarget } from './debug-target.ts';
import { findWay, type Way } from './guide-places.ts';
import { callerOf } from './stack.ts';
import { isUnderWay, scopeAround, stepOf, type Moment } from './moment.ts';

/** Why the run stands still. */
export interface Stop {
  readonly reason: 'entry' | 'breakpoint' | 'step' | 'pause' | 'exception' | 'goto' | 'end';
  /** The step at which one would look. */
  readonly node?: NodeId;
  /** The way that was just taken, where a breakpoint stands on its sentence. */
  readonly edge?: EdgeId;
  readonly breakpoints?: readonly number[];
  readonly description: string;
  /** More about it: the failure, the question. */
  readonly text?: string;
}

/** A filter of exceptions: on, with a CEL condition perhaps. */
export interface ExceptionFilter {
  readonly condition?: string;
}

export interface ExceptionFilters {
  readonly failed?: ExceptionFilter;
  readonly judgement?: ExceptionFilter;
}

export interface SteeringEvents {
  stopped(stop: Stop): void;
  /** The run is over and nobody wants to look at it any more. */
  over(): void;
  /** The run changed while it stands still here. */
  changed(): void;
  stepEnded(step: StepView): void;
  /** A loop or a person has set it back: it is to begin again. */
  stepRepeats(step: StepView): void;
  edgeTaken(edge: EdgeId): void;
  /** A loop begins again, or has done so as often as it may. */
  repeatDecided(repeat: RepeatView): void;
  asked(request: RunRequest): void;
  /** A log point's message, or what is wrong with a breakpoint. */
  log(text: string, at: { readonly node?: NodeId; readonly edge?: EdgeId }, fault: boolean): void;
}

export interface SteeringOptions {
  readonly target: Pick<DebugTarget, 'plan' | 'run' | 'by'>;
  readonly breakpoints: GuideBreakpoints;
  readonly events: SteeringEvents;
  readonly stopOnEntry: boolean;
  readonly stopAtEnd: boolean;
}

export class RunSteering {
  readonly #plan: Plan;
  readonly #run: DebugTarget['run'];
  readonly #by: string;
  readonly #options: SteeringOptions;
  readonly #unsubscribe: () => void;
  #filters: ExceptionFilters = {};
  #going = false;
  #entry: boolean;
  #ending = false;
  #over = false;
  #endShown = false;
  /** Stepping over this step; `begun` once it has been released. */
  #stepping: { readonly node: NodeId; begun: boolean; readonly into: boolean } | undefined;
  /** Released, but still in line because of the limit of parallel steps; known by its unchanged view. */
  #owed: { readonly node: NodeId; readonly step: StepView | undefined } | undefined;
  /** At the head of the line and stopped at: it is not asked about again when it goes on. */
  #passed: NodeId | undefined;
  #seen: RunView | undefined;

  constructor(options: SteeringOptions) {
    this.#options = options;
    const { plan, run, by } = options.target;
    this.#plan = plan;
    this.#run = run;
    this.#by = by;
    this.#entry = options.stopOnEntry;
    this.#unsubscribe = run.onChange(() => this.#changed());
  }

  setFilters(filters: ExceptionFilters): void {
    this.#filters = filters;
  }

  get stopped(): boolean {
    return !this.#going;
  }

  /** True when the run has ended, though it may still be looked at. */
  get ended(): boolean {
    return this.#run.view().phase === 'ended';
  }

  /** Goes on until something stops it. */
  go(): void {
    this.#stepping = undefined;
    this.#going = true;
    for (const action of this.#run.view().stoppedBefore ?? [])
      this.#submit({ kind: 'action-released', action, rest: true, by: this.#by });
    this.#changed();
  }

  /** From an action that the run has stopped before: the rest of its step, then a stop. Elsewhere: goes on. */
  out(node: NodeId | undefined): void {
    const action = this.#actionBefore(node);
    const caller = node === undefined ? undefined : callerOf(this.#plan, node);
    if (action === undefined && caller) return this.#outOf(caller.node.id);
    if (action === undefined || node === undefined) return this.go();
    this.#stepping = { node, begun: true, into: false };
    this.#going = true;
    this.#submit({ kind: 'action-released', action, rest: true, by: this.#by });
    this.#changed();
  }

  /** From a step of a called guide: the rest of that guide, then a stop behind the step that calls it. */
  #outOf(caller: NodeId): void {
    this.#stepping = { node: caller, begun: true, into: false };
    this.#passed = this.#run.view().next[0];
    this.#going = true;
    this.#changed();
  }

  /**
   * Lets a step run and stops when it has ended; `node` is about to start or under way. With `into`, or from an action that
   * the run has stopped before, it stops before the step's next action too.
   */
  next(node: NodeId | undefined, into = false): void {
    const action = this.#actionBefore(node);
    if (action !== undefined && node !== undefined) {
      this.#stepping = { node, begun: true, into: true };
      this.#going = true;
      this.#submit({ kind: 'action-released', action, by: this.#by });
      return this.#changed();
    }
    const view = this.#run.view();
    const target = this.#stepToTake(view, node);
    this.#going = true;
    if (target === undefined) {
      this.#entry = true; // Nothing is in line: stop when something is.
    } else {
      if (view.next.includes(target) && view.next[0] !== target)
        this.#submit({ kind: 'next-step-set', node: target, by: this.#by });
      this.#stepping = { node: target, begun: isUnderWay(stepOf(view, target)), into };
      if (this.#run.view().next[0] === target) this.#passed = target;
    }
    this.#changed();
  }

  /** Starts no further step; those under way go on. */
  pause(): void {
    this.#submit({ kind: 'run-held', by: this.#by });
    this.#owed = undefined;
    const view = this.#run.view();
    const busy = view.steps.find(isUnderWay)?.node ?? view.next[0];
    const awaited = busy === undefined ? this.#awaitedByLoop(view) : undefined;
    const node = busy ?? awaited;
    const description =
      awaited === undefined ? 'Paused; steps under way go on' : 'Paused while a loop waits to begin again';
    this.#halt({ reason: 'pause', description, ...(node !== undefined && { node }) });
  }

  /** The step that a loop begins again with when its wait is over. */
  #awaitedByLoop(view: RunView): NodeId | undefined {
    const again = view.repeats?.findLast((one) => one.again);
    const to = again && findWay(this.#plan, again.repeat)?.to;
    return to !== undefined && stepOf(view, to)?.status === 'pending' ? to : undefined;
  }

  /** Ends the run; a write under way is let finish. */
  end(): void {
    const first = !this.#ending && !this.ended;
    this.#ending = true;
    this.#going = true;
    // A run whose journal cannot be written takes nothing more: there is nothing to wait for.
    if (!this.ended && !this.#submit({ kind: 'stop-requested', by: this.#by })) return this.#close();
    if (first) this.#tellWrites();
    this.#changed();
  }

  /** What the end waits for: whoever asked for it would else take it for hanging. */
  #tellWrites(): void {
    for (const { node, actions } of this.#run.view().steps)
      for (const { id, status, effect } of actions)
        if (status === 'running' && effect !== 'read')
          this.#options.events.log(
            `The run ends when \u2018${id}\u2019 has: it may be writing, and is not interrupted.`,
            { node },
            false,
          );
  }

  /** Lets the run go on by itself and looks at it no more. */
  leave(): void {
    this.#unsubscribe();
    this.#over = true;
    if (!this.ended) this.#submit({ kind: 'run-continued', by: this.#by });
  }

  /** The run goes on with this step. Returns why it cannot, or null. */
  setNext(node: NodeId): string | null {
    const submitted = this.#run.submit({ kind: 'next-step-set', node, by: this.#by });
    if (!submitted.accepted) return submitted.because;
    this.#owed = undefined;
    this.#passed = undefined;
    this.#report(this.#run.view());
    return null;
  }

  /** The action that a step has stopped before; undefined when there is none. */
  #actionBefore(node: NodeId | undefined): string | undefined {
    const view = this.#run.view();
    return stepOf(view, node)?.actions.find(({ id }) => view.stoppedBefore?.includes(id))?.id;
  }

  #stepToTake(view: RunView, node: NodeId | undefined): NodeId | undefined {
    const inLine = view.next.filter((one) => this.#isStep(one));
    if (node !== undefined && (inLine.includes(node) || isUnderWay(stepOf(view, node)))) return node;
    return inLine[0] ?? view.steps.find(isUnderWay)?.node;
  }

  #changed(): void {
    if (this.#over) return;
    const stop = this.#report(this.#run.view());
    if (!this.#going) {
      this.#options.events.changed();
      return;
    }
    if (stop && !this.#ending) return this.#halt(stop);
    const { node } = this.#stepping ?? {};
    if (!this.#ending && this.#actionBefore(node) !== undefined)
      return this.#halt({ reason: 'step', ...(node && { node }), description: 'Stopped before an action' });
    this.#advance();
  }

  /** Releases what may go on; one step at a time, because each may change what comes next. */
  #advance(): void {
    for (;;) {
      const view = this.#run.view();
      if (view.phase === 'ended') return this.#atEnd(view);
      const head = view.next[0];
      if (head === undefined || this.#ending) return;
      if (this.#owed?.node === head && this.#owed.step === stepOf(view, head)) return;
      this.#owed = undefined;
      const stop = this.#isStep(head) ? this.#stopBefore(head, view) : undefined;
      if (stop === 'wait') return;
      if (stop) return this.#halt(stop);
      this.#owed = { node: head, step: stepOf(view, head) };
      this.#passed = undefined;
      if (this.#stepping?.node === head) this.#stepping.begun = true;
      const into = this.#stepping?.node === head && this.#stepping.into;
      if (!this.#submit({ kind: 'step-released', by: this.#by, ...(into && { into }) })) return;
      const after = this.#report(this.#run.view());
      if (after && !this.#ending) return this.#halt(after);
    }
  }

  /** Whether to stop before a step at the head of the line starts; `wait` while another is being stepped over. */
  #stopBefore(node: NodeId, view: RunView): Stop | 'wait' | undefined {
    const stepping = this.#stepping;
    const under = stepping?.begun === true && isUnderWay(stepOf(view, stepping.node));
    const inside = under && this.#isInside(node, stepping.node);
    if (under && stepping.node !== node && !inside) return 'wait';
    const verdict = this.#reachedStep(node);
    if (this.#entry) return { reason: 'entry', node, description: 'Stopped before the first step' };
    if (verdict && verdict.stops.length > 0) {
      return { reason: 'breakpoint', node, breakpoints: verdict.stops, description: 'Stopped at a breakpoint' };
    }
    if (!stepping?.begun) return undefined;
    // Its guide is gone through: over it, or into its first step.
    if (inside && !stepping.into) return undefined;
    if (inside) return { reason: 'step', node, description: 'Stepped into a called guide' };
    const follower = outputEdges(this.#plan, stepping.node).find(({ to }) => view.next.includes(to))?.to;
    return { reason: 'step', node: follower ?? node, description: 'Stepped' };
  }

  /** True when a step belongs to a guide that `caller` calls, however deep. */
  #isInside(node: NodeId, caller: NodeId): boolean {
    for (let at = callerOf(this.#plan, node); at; at = callerOf(this.#plan, at.node.id))
      if (at.node.id === caller) return true;
    return false;
  }

  /** Asks the breakpoints about a step at the head of the line, once each time it comes there. */
  #reachedStep(node: NodeId): BreakpointVerdict | undefined {
    if (this.#passed === node) return undefined;
    this.#passed = node;
    const scope = scopeAround(this.#plan, this.#moment(), node);
    const verdict = this.#options.breakpoints.reached({ kind: 'step', node }, scope);
    this.#log(verdict, { node });
    return verdict;
  }

  #atEnd(view: RunView): void {
    if (this.#options.stopAtEnd && !this.#ending && this.#going && !this.#endShown) {
      this.#endShown = true;
      const node = view.steps
        .filter(({ endedAt, status }) => endedAt !== undefined && status !== 'skipped')
        .at(-1)?.node;
      const description = `The run has ended: ${view.outcome ?? 'over'}`;
      return this.#halt({
        reason: 'end',
        description,
        ...(view.reason !== undefined && { text: view.reason }),
        ...(node !== undefined && { node }),
      });
    }
    this.#close();
  }

  #close(): void {
    this.#over = true;
    this.#unsubscribe();
    this.#options.events.over();
  }

  /** Tells what is new since the last time; gives a reason to stop, if there is one among it. */
  #report(view: RunView): Stop | undefined {
    const before = this.#seen;
    if (before === view) return undefined;
    this.#seen = view;
    let stop: Stop | undefined;
    const { events } = this.#options;
    for (const step of view.steps) {
      const old = before && stepOf(before, step.node);
      if (old === step) continue;
      const { earlier } = step;
      const round = earlier !== undefined && earlier !== old?.earlier;
      // A step that a loop has set back may have ended between two views.
      if (round && !(old && hasEnded(old) && old.endedAt === earlier.endedAt)) {
        events.stepEnded(earlier);
        if (earlier.status === 'failed') stop ??= this.#stopForFailure(earlier);
      }
      if (!round && step.status === 'pending' && old && old.status !== 'pending' && old.status !== 'skipped') {
        events.stepRepeats(step);
      }
      if (!hasEnded(step) || (old && hasEnded(old) && old.endedAt === step.endedAt && old.note === step.note)) continue;
      events.stepEnded(step);
      if (step.status === 'failed') stop ??= this.#stopForFailure(step);
    }
    for (const repeat of view.repeats ?? []) {
      if (before?.repeats?.includes(repeat)) continue;
      events.repeatDecided(repeat);
      if (repeat.again) stop = this.#stopOnRepeat(repeat.repeat) ?? stop;
    }
    const edges = new Map(before?.edges.map((edge) => [edge.edge, edge]));
    for (const edge of view.edges) {
      if (edge.status !== 'enabled' || edges.get(edge.edge)?.status === 'enabled') continue;
      events.edgeTaken(edge.edge);
      stop = this.#stopOnEdge(edge.edge) ?? stop;
    }
    for (const request of view.requests) {
      if (before?.requests.some((one) => sameQuestion(one, request))) continue;
      events.asked(request);
      if (request.kind === 'decision') stop ??= this.#stopForJudgement(request);
    }
    return stop;
  }

  #stopForFailure(step: StepView): Stop | undefined {
    const { node } = step;
    if (!this.#filtered(this.#filters.failed, node)) return undefined;
    const failure = step.actions.find((action) => action.failure)?.failure;
    const text = failure && `${failure.reason}: ${failure.message}`;
    return { reason: 'exception', node, description: 'A step has failed', ...(text !== undefined && { text }) };
  }

  #stopForJudgement(request: RunRequest & { readonly kind: 'decision' }): Stop | undefined {
    const { node, because } = request;
    if (!this.#filtered(this.#filters.judgement, node)) return undefined;
    return {
      reason: 'exception',
      node,
      description: 'Judgement is needed',
      text: `${describeRequest(request)} ${because}`,
    };
  }

  #stopOnEdge(edge: EdgeId): Stop | undefined {
    const arrow = findEdge(this.#plan, edge);
    return arrow && this.#stopOnWay(arrow, scopeAround(this.#plan, this.#moment(), arrow.from));
  }

  /** Where a loop begins again: its last step is set back already, and conditions read what it had found. */
  #stopOnRepeat(repeat: EdgeId): Stop | undefined {
    const back = findWay(this.#plan, repeat);
    if (!back) return undefined;
    const scope = scopeAround(this.#plan, this.#moment(), back.from);
    const found = stepOf(this.#run.view(), back.from)?.earlier?.actions.findLast(({ result }) => result)?.result;
    return this.#stopOnWay(back, found ? { ...scope, result: toGuardResult(found) } : scope);
  }

  #stopOnWay(arrow: Way, scope: GuardScope): Stop | undefined {
    const edge = arrow.id;
    const verdict = this.#options.breakpoints.reached({ kind: 'edge', edge }, scope);
    this.#log(verdict, { edge });
    if (verdict.stops.length === 0) return undefined;
    const node = this.#run.view().next.includes(arrow.to) ? arrow.to : arrow.from;
    return {
      reason: 'breakpoint',
      node,
      edge,
      breakpoints: verdict.stops,
      description: 'Stopped at a condition that was just decided',
    };
  }

  #filtered(filter: ExceptionFilter | undefined, node: NodeId): boolean {
    if (!filter) return false;
    if (filter.condition === undefined) return true;
    return evaluateGuard(filter.condition, scopeAround(this.#plan, this.#moment(), node)).kind !== 'false';
  }

  #log(verdict: BreakpointVerdict, at: { readonly node?: NodeId; readonly edge?: EdgeId }): void {
    for (const text of verdict.logs) this.#options.events.log(text, at, false);
    for (const text of verdict.faults) this.#options.events.log(text, at, true);
  }

  #halt(stop: Stop): void {
    this.#going = false;
    this.#entry = false;
    this.#stepping = undefined;
    this.#options.events.stopped(stop);
  }

  #submit(event: PersonEvent): boolean {
    const submitted = this.#run.submit(event);
    if (!submitted.accepted) this.#options.events.log(quoted(submitted.because), {}, true);
    return submitted.accepted;
  }

  #moment(): Moment {
    return { view: this.#run.view(), scope: (node) => this.#run.scope(node) };
  }

  #isStep(node: NodeId): boolean {
    return findNode(this.#plan, node)?.kind === 'step';
  }
}

function hasEnded({ status }: StepView): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}

function sameQuestion(one: RunRequest, other: RunRequest): boolean {
  return one === other || (one.kind === other.kind && describeRequest(one) === describeRequest(other));
}
