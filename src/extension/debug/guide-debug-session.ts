// The debug adapter: speaks the debug adapter protocol with the editor and moves a guide's run through `RunSteering`. It knows
// no editor; everything outside comes through `DebugHost`, so that tests drive it by its protocol alone.
import {
  Breakpoint,
  ContinuedEvent,
  DebugSession,
  ExitedEvent,
  InitializedEvent,
  InvalidatedEvent,
  OutputEvent,
  StoppedEvent,
  TerminatedEvent,
  Thread,
} from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { findNode, ownStep, type EdgeId, type NodeId } from '../../plan/index.ts';
import { quoted } from '../quoted.ts';
import { capabilities } from './capabilities.ts';
import { GuideBreakpoints } from './breakpoints.ts';
import type { DebugHost, DebugTarget, DryTarget, LaunchArguments } from './debug-target.ts';
import {
  describeAgain,
  describeDry,
  describeEdge,
  describeEnd,
  describeQuestion,
  describeRepeat,
  describeStep,
  stepTitle,
} from './describe-progress.ts';
import { edgeLine, fileInRun, findWay, placeAt, placeLine, stepLine, stepsAt } from './guide-places.ts';
import { idOf, Inspection, Quiet, sourceOf, type Sight } from './inspection.ts';
import { isUnderWay } from './moment.ts';
import { PastRun } from './past-run.ts';
import { RunSteering, type ExceptionFilters, type Stop } from './run-steering.ts';

/** What the title-bar commands of a run ask of a session that moves it. */
export type SteerCommand = 'run-held' | 'step-released' | 'run-continued' | 'stop-requested';

export class GuideDebugSession extends DebugSession {
  readonly #host: DebugHost;
  readonly #breakpoints = new GuideBreakpoints();
  readonly #inspection = new Inspection(() => this.#sight());
  #launch: LaunchArguments = { program: '' };
  #target: DebugTarget | DryTarget | undefined;
  #steering: RunSteering | undefined;
  #past: PastRun | undefined;
  #stop: Stop | undefined;
  #filters: ExceptionFilters = {};
  /** By file of a guide; null: the run's own. */
  readonly #asked = new Map<string | null, readonly DebugProtocol.SourceBreakpoint[]>();
  #invalidates = false;
  #finished = false;

  constructor(host: DebugHost) {
    super(true);
    this.setDebuggerLinesStartAt1(true);
    this.setDebuggerColumnsStartAt1(true);
    this.#host = host;
  }

  /** Moves the run as a command outside the debugger asks. Returns why it cannot, or null. */
  steer(command: SteerCommand): string | null {
    const steering = this.#steering;
    if (!steering) return 'The run is not under way yet.';
    this.#present();
    if (command === 'run-held') steering.pause();
    else if (command === 'stop-requested') steering.end();
    else {
      this.sendEvent(new ContinuedEvent(1, true));
      this.#inspection.forget();
      if (command === 'run-continued') steering.go();
      else steering.next(this.#stop?.node);
    }
    return null;
  }

  protected override initializeRequest(
    response: DebugProtocol.InitializeResponse,
    args: DebugProtocol.InitializeRequestArguments,
  ): void {
    this.#invalidates = args.supportsInvalidatedEvent === true;
    response.body = capabilities;
    this.sendResponse(response);
  }

  protected override launchRequest(
    response: DebugProtocol.LaunchResponse,
    args: DebugProtocol.LaunchRequestArguments & LaunchArguments,
  ): void {
    this.#launch = args;
    void this.#answer(response, async () => {
      this.#target = (await this.#host.launch(args)) ?? undefined;
      if (this.#target) this.sendEvent(new InitializedEvent());
      else this.#finish();
    });
  }

  protected override configurationDoneRequest(response: DebugProtocol.ConfigurationDoneResponse): void {
    this.sendResponse(response);
    if (this.#target && !this.#steering && !this.#finished) this.#begin(this.#target);
  }

  protected override setBreakPointsRequest(
    response: DebugProtocol.SetBreakpointsResponse,
    args: DebugProtocol.SetBreakpointsArguments,
  ): void {
    const asked = args.breakpoints ?? [];
    const target = this.#target;
    const file = this.#fileOf(args.source);
    if (!target || file === undefined) {
      const message = 'This is not the guide that runs, nor one that it calls.';
      response.body = { breakpoints: asked.map(({ line }) => ({ verified: false, line, message })) };
    } else {
      this.#asked.set(file, asked);
      const set = this.#breakpoints.set(target.plan, asked, file);
      response.body = {
        breakpoints: set.map(({ id, verified, line, message }) => {
          const breakpoint = new Breakpoint(verified, line) as DebugProtocol.Breakpoint;
          breakpoint.id = id;
          if (message !== undefined) breakpoint.message = message;
          return breakpoint;
        }),
      };
    }
    this.sendResponse(response);
  }

  protected override breakpointLocationsRequest(
    response: DebugProtocol.BreakpointLocationsResponse,
    args: DebugProtocol.BreakpointLocationsArguments,
  ): void {
    const plan = this.#target?.plan;
    const file = this.#fileOf(args.source);
    const lines = new Set<number>();
    const last = Math.min(args.endLine ?? args.line, args.line + 2000);
    for (let line = args.line; plan && file !== undefined && line <= last; line++) {
      const place = placeAt(plan, line, file);
      if (place && placeLine(plan, place) === line) lines.add(line);
    }
    response.body = { breakpoints: [...lines].map((line) => ({ line })) };
    this.sendResponse(response);
  }

  protected override setExceptionBreakPointsRequest(
    response: DebugProtocol.SetExceptionBreakpointsResponse,
    args: DebugProtocol.SetExceptionBreakpointsArguments,
  ): void {
    const options = [...args.filters.map((filterId) => ({ filterId })), ...(args.filterOptions ?? [])];
    const find = (id: string): ExceptionFilters['failed'] => {
      const option: DebugProtocol.ExceptionFilterOptions | undefined = options.find(({ filterId }) => filterId === id);
      return option && (option.condition ? { condition: option.condition } : {});
    };
    const failed = find('failed');
    const judgement = find('judgement');
    this.#filters = { ...(failed && { failed }), ...(judgement && { judgement }) };
    this.#steering?.setFilters(this.#filters);
    this.sendResponse(response);
  }

  protected override continueRequest(response: DebugProtocol.ContinueResponse): void {
    response.body = { allThreadsContinued: true };
    this.sendResponse(response);
    this.#inspection.forget();
    if (this.#past) return this.#returned();
    this.#steering?.go();
  }

  protected override nextRequest(response: DebugProtocol.NextResponse, args: DebugProtocol.NextArguments): void {
    this.#move(response, args.threadId, (steering, node) => steering.next(node));
  }

  /** Into the step's actions: it stops before each, with its exact text to be seen. */
  protected override stepInRequest(response: DebugProtocol.StepInResponse, args: DebugProtocol.StepInArguments): void {
    this.#move(response, args.threadId, (steering, node) => steering.next(node, true));
  }

  /** Out of a step's actions; a guide itself has nothing to step out of. */
  protected override stepOutRequest(
    response: DebugProtocol.StepOutResponse,
    args: DebugProtocol.StepOutArguments,
  ): void {
    this.#move(response, args.threadId, (steering, node) => steering.out(node));
  }

  protected override stepBackRequest(response: DebugProtocol.StepBackResponse): void {
    void this.#answer(response, async () => this.#lookBack((past) => past.back()));
  }

  protected override reverseContinueRequest(response: DebugProtocol.ReverseContinueResponse): void {
    void this.#answer(response, async () =>
      this.#lookBack((past) => {
        const any = past.marks.length > 0;
        past.toStart();
        return any;
      }),
    );
  }

  protected override pauseRequest(response: DebugProtocol.PauseResponse): void {
    this.sendResponse(response);
    this.#steering?.pause();
  }

  protected override gotoTargetsRequest(
    response: DebugProtocol.GotoTargetsResponse,
    args: DebugProtocol.GotoTargetsArguments,
  ): void {
    const plan = this.#target?.plan;
    const file = this.#fileOf(args.source);
    const nodes = plan && file !== undefined ? stepsAt(plan, args.line, file) : [];
    // Of a guide that is called, in the call that is gone through.
    const open = nodes.filter(({ within }) => within === undefined || this.#isCalling(within));
    response.body = {
      targets: plan
        ? open.map((node) => ({ id: idOf(plan, node.id), label: stepTitle(plan, node.id), line: stepLine(node) }))
        : [],
    };
    this.sendResponse(response);
  }

  protected override gotoRequest(response: DebugProtocol.GotoResponse, args: DebugProtocol.GotoArguments): void {
    void this.#answer(response, async () => this.#goTo(this.#nodeOf(args.targetId)));
  }

  /** From this step anew: within the run while it is under way, by another run once it has ended. */
  protected override restartFrameRequest(
    response: DebugProtocol.RestartFrameResponse,
    args: DebugProtocol.RestartFrameArguments,
  ): void {
    const node = this.#inspection.stepOfFrame(args.frameId);
    void this.#answer(response, async () => {
      if (this.#steering?.ended !== true || node === undefined) return this.#goTo(node);
      this.#past = undefined;
      const target = await this.#host.launch({ ...this.#launch, from: node });
      if (!target) return;
      this.#target = target;
      for (const [file, asked] of this.#asked) this.#breakpoints.set(target.plan, asked, file);
      return () => {
        this.#say(`Another run, from ${stepTitle(target.plan, node)}. What earlier steps found is not known to it.`);
        this.#begin(target, true);
      };
    });
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.sendResponse(response);
    this.#present();
    if (this.#steering) this.#steering.end();
    else this.#finish();
  }

  protected override disconnectRequest(
    response: DebugProtocol.DisconnectResponse,
    args: DebugProtocol.DisconnectArguments,
  ): void {
    this.#present();
    if (this.#steering && !this.#finished) {
      if (args.terminateDebuggee === false) this.#steering.leave();
      else this.#steering.end();
    }
    this.#host.left();
    this.sendResponse(response);
  }

  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    const threads = this.#inspection.threads();
    const whole = new Thread(1, this.#target?.plan.guide.title ?? 'Guide');
    response.body = { threads: threads.length > 0 ? threads : [whole] };
    this.sendResponse(response);
  }

  protected override stackTraceRequest(
    response: DebugProtocol.StackTraceResponse,
    args: DebugProtocol.StackTraceArguments,
  ): void {
    response.body = this.#inspection.stack(args);
    this.sendResponse(response);
  }

  protected override scopesRequest(response: DebugProtocol.ScopesResponse, args: DebugProtocol.ScopesArguments): void {
    response.body = { scopes: this.#inspection.scopes(args.frameId) };
    this.sendResponse(response);
  }

  protected override variablesRequest(
    response: DebugProtocol.VariablesResponse,
    args: DebugProtocol.VariablesArguments,
  ): void {
    response.body = { variables: this.#inspection.variables(args) };
    this.sendResponse(response);
  }

  protected override evaluateRequest(
    response: DebugProtocol.EvaluateResponse,
    args: DebugProtocol.EvaluateArguments,
  ): void {
    void this.#answer(response, async () => {
      response.body = this.#inspection.evaluate(args);
    });
  }

  protected override completionsRequest(
    response: DebugProtocol.CompletionsResponse,
    args: DebugProtocol.CompletionsArguments,
  ): void {
    response.body = { targets: this.#inspection.completions(args) };
    this.sendResponse(response);
  }

  protected override exceptionInfoRequest(response: DebugProtocol.ExceptionInfoResponse): void {
    const stop = this.#stop;
    response.body = {
      exceptionId: stop?.description ?? 'Stopped',
      breakMode: 'always',
      ...(stop?.text !== undefined && { description: quoted(stop.text) }),
    };
    this.sendResponse(response);
  }

  #begin(target: DebugTarget | DryTarget, again = false): void {
    if (target.kind === 'dry') {
      for (const { text, node } of describeDry(target.plan, target.report)) {
        const found = node === undefined ? undefined : findNode(target.plan, node);
        this.#say(text, 'console', found && stepLine(ownStep(target.plan, found)));
      }
      return this.#finish();
    }
    const { plan } = target;
    const { stopOnEntry = false, stopAtEnd = false } = this.#launch;
    const lineOf = (at: { readonly node?: NodeId; readonly edge?: EdgeId }): number | undefined => {
      const edge = at.edge === undefined ? undefined : findWay(plan, at.edge);
      const node = findNode(plan, edge?.from ?? at.node ?? '');
      if (!node) return undefined;
      // What a called guide says stands in another text; here it belongs to the step that calls it.
      if (node.within !== undefined) return stepLine(ownStep(plan, node));
      return edge ? edgeLine(plan, edge) : stepLine(node);
    };
    this.#steering = new RunSteering({
      target,
      breakpoints: this.#breakpoints,
      stopOnEntry: stopOnEntry || again,
      stopAtEnd,
      events: {
        stopped: (stop) => this.#stopped(stop),
        over: () => this.#ended(target),
        changed: () => {
          if (this.#invalidates && !this.#past) this.sendEvent(new InvalidatedEvent(['all']));
        },
        stepEnded: (step) => {
          this.#say(
            describeStep(plan, step),
            step.status === 'failed' ? 'stderr' : 'stdout',
            lineOf({ node: step.node }),
          );
        },
        edgeTaken: (edge) => {
          const text = describeEdge(plan, target.run.view(), edge);
          if (text !== null) this.#say(text, 'stdout', lineOf({ edge }));
        },
        repeatDecided: (repeat) => {
          const text = describeAgain(plan, repeat);
          if (text !== null) this.#say(text, 'stdout', lineOf({ edge: repeat.repeat }));
        },
        stepRepeats: (step) => this.#say(describeRepeat(plan, step), 'stdout', lineOf({ node: step.node })),
        asked: (request) => this.#say(describeQuestion(request), 'console', lineOf({ node: request.node })),
        log: (text, at, fault) => this.#say(text, fault ? 'stderr' : 'console', lineOf(at)),
      },
    });
    this.#steering.setFilters(this.#filters);
    target.run.settled().catch((error: unknown) => {
      this.#say(quoted(error instanceof Error ? error.message : String(error)), 'stderr');
      this.#finish();
    });
    this.#steering.go();
  }

  #stopped(stop: Stop): void {
    this.#stop = stop;
    this.#inspection.forget();
    const plan = this.#target?.plan;
    const threads = { allThreadsStopped: true, preserveFocusHint: false };
    const threadId = plan && stop.node !== undefined ? idOf(plan, stop.node) : 1;
    const event: DebugProtocol.StoppedEvent = new StoppedEvent(stop.reason, threadId);
    event.body = {
      ...event.body,
      ...threads,
      description: stop.description,
      ...(stop.text !== undefined && { text: quoted(stop.text) }),
      ...(stop.breakpoints && { hitBreakpointIds: [...stop.breakpoints] }),
    };
    this.sendEvent(event);
  }

  #ended(target: DebugTarget): void {
    const view = target.run.view();
    this.#say(describeEnd(view));
    this.sendEvent(new ExitedEvent(view.outcome === 'failed' || view.outcome === 'no-branch-fits' ? 1 : 0));
    this.#finish();
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.sendEvent(new TerminatedEvent());
  }

  #goTo(node: NodeId | undefined): () => void {
    const steering = this.#steering;
    if (this.#past) throw new Error('This is the past. Continue to the present first; then another step can be set.');
    if (!steering || node === undefined) throw new Error('There is no step to go on with.');
    if (!steering.stopped) throw new Error('Pause the run first.');
    const refused = steering.setNext(node);
    if (refused !== null) throw new Error(refused);
    return () => {
      this.#say('Nothing that a tool has done is undone by this; every approval is asked for again.');
      this.#stopped({ reason: 'goto', node, description: 'The run goes on from here' });
    };
  }

  /** Moves the run on from a step; in the past, to the next moment. */
  #move(
    response: DebugProtocol.Response,
    threadId: number,
    move: (steering: RunSteering, node: NodeId | undefined) => void,
  ): void {
    this.sendResponse(response);
    this.#inspection.forget();
    if (this.#past) {
      if (this.#past.forward()) return this.#looking(this.#past);
      return this.#returned();
    }
    if (this.#steering) move(this.#steering, this.#nodeOf(threadId));
  }

  async #lookBack(move: (past: PastRun) => boolean): Promise<() => void> {
    const target = this.#target;
    if (target?.kind !== 'live' || !this.#steering)
      throw new Error('Nothing was performed that one could look back at.');
    if (!this.#steering.stopped) throw new Error('Pause the run first.');
    const fresh = !this.#past;
    const past = this.#past ?? new PastRun(await target.journal(), target.plan);
    const moved = move(past);
    if (!moved) throw new Error('No step has begun before this.');
    this.#past = past;
    return () => {
      if (fresh) this.#say('Looking back. Nothing that a tool has done is undone; Continue returns to the present.');
      this.#looking(past);
    };
  }

  /** Shows the moment of the past that is looked at. */
  #looking(past: PastRun): void {
    const { mark, round } = past;
    const moment = past.moment();
    if (this.#target?.kind === 'live') this.#target.show(moment.view);
    const when = mark === undefined ? '' : `, ${new Date(mark.time).toISOString().slice(11, 19)} UTC`;
    this.#stopped({
      reason: 'step',
      ...(mark && { node: mark.node }),
      description: `Looking back: before ${mark ? mark.node : 'the end'}${round > 1 ? `, round ${round}` : ''}${when}; effects are not undone`,
    });
  }

  /** Back at the present, where nothing has happened meanwhile. */
  #returned(): void {
    this.#present();
    const view = this.#target?.kind === 'live' ? this.#target.run.view() : undefined;
    const node =
      view?.steps.find(isUnderWay)?.node ??
      view?.next[0] ??
      view?.steps.findLast(({ endedAt, status }) => endedAt !== undefined && status !== 'skipped')?.node;
    this.#stopped({ reason: 'step', ...(node !== undefined && { node }), description: 'Back at the present' });
  }

  #present(): void {
    if (!this.#past) return;
    this.#past = undefined;
    if (this.#target?.kind === 'live') this.#target.show(null);
  }

  /** The moment that is looked at; undefined before the run has begun, and in a dry one. */
  #sight(): Sight | undefined {
    const target = this.#target;
    if (target?.kind !== 'live') return undefined;
    const { plan, file, run } = target;
    const present = { view: run.view(), scope: (node: NodeId) => run.scope(node) };
    return { plan, file, moment: this.#past?.moment() ?? present, stop: this.#stop };
  }

  /** The file of a called guide as breakpoints are kept by it; null for the run's own, undefined for any other. */
  #fileOf({ path }: DebugProtocol.Source): string | null | undefined {
    const target = this.#target;
    if (!target || path === undefined) return undefined;
    return fileInRun(target.plan, target.file, path, (one) => this.#host.realPath(one));
  }

  /** Whether the guide that an action calls is being gone through. */
  #isCalling(action: string): boolean {
    const target = this.#target;
    if (target?.kind !== 'live') return false;
    return target.run
      .view()
      .steps.some(({ actions }) => actions.some(({ id, status }) => id === action && status === 'running'));
  }

  #nodeOf(id: number): NodeId | undefined {
    return this.#target?.plan.nodes[id - 1]?.id;
  }

  #say(text: string, category: 'console' | 'stdout' | 'stderr' = 'console', line?: number): void {
    const event: DebugProtocol.OutputEvent = new OutputEvent(`${text}\n`, category);
    if (line !== undefined) event.body = { ...event.body, source: sourceOf(this.#target?.file ?? ''), line, column: 1 };
    this.sendEvent(event);
  }

  /**
   * Answers a request when its work is done, or tells why it cannot be. A stop that the work leads to is what it returns: the
   * editor takes the answer itself for going on, so the stop must come after it.
   */
  async #answer(response: DebugProtocol.Response, work: () => Promise<unknown>): Promise<void> {
    try {
      const follow = await work();
      this.sendResponse(response);
      if (typeof follow === 'function') (follow as () => void)();
    } catch (error) {
      const _message = quoted(error instanceof Error ? error.message : String(error));
      const showUser = !(error instanceof Quiet);
      this.sendErrorResponse(response, { id: 1, format: '{_message}', variables: { _message }, showUser });
    }
  }
}
