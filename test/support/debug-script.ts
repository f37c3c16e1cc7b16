// Drives the debug adapter by its protocol against puppets, from a script, and writes down what it says:
//
//     given region=eu                         launch {"stopOnEntry":true}       (what the launch configuration holds)
//     break [called.md] [{"line":9,"condition":"…"}]      (`link.md` is a link to it)      filters failed judgement
//     begin                                   (configurationDone)
//     continue, next [Step2], into, out, pause, back, reverse, stop, detach, goto [called.md] 12, restart <frame>
//     threads        stack [Step2]            scopes <frame>          open <frame> <scope> [name…]      eval <frame> rows[0].n
//     exception      complete <text>          show                    (the moment that pictures follow)
//     end Step1.1 {"rowCount":2}, fail Step1.1 {…}, choose Step1 edge_Step1_end, approve Step1.1      (the outside)
//
// Frames are counted from the top of the last stack. Everything that happens after a line is written below it.
import { EventEmitter } from 'node:events';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { analyze } from '../../src/editing/index.ts';
import { GuideDebugSession, type DebugTarget, type DryTarget } from '../../src/extension/debug/index.ts';
import { joinGuides, type Plan } from '../../src/plan/index.ts';
import { dryRun, startLiveRun, type LiveRun, type PersonEvent, type RunView } from '../../src/run/index.ts';
import { idle, newWorld, type World } from './puppets.ts';

/** Plays a script over a guide and gives what was said; `called` is the text of a guide `called.md` beside it. */
export async function playDebugScript(guideText: string, script: string, called?: string): Promise<string> {
  const player = new Player(guideText, called);
  for (const line of script.split('\n')) {
    if (line.trim() !== '' && !line.startsWith('#')) await player.play(line.trim());
  }
  return player.said();
}

const file = '/guides/guide.tsg.md';

class Player {
  readonly #session: GuideDebugSession;
  readonly #lines: string[] = [];
  readonly #answers = new EventEmitter();
  readonly #guide: string;
  readonly #called: string | undefined;
  readonly #given: Record<string, string> = {};
  #world: World = newWorld();
  #live: LiveRun | undefined;
  #picture: RunView | null = null;
  #seq = 0;
  #frames: readonly DebugProtocol.StackFrame[] = [];
  #threads: readonly DebugProtocol.Thread[] = [];
  #stoppedThread = 1;

  constructor(guide: string, called: string | undefined) {
    this.#guide = guide;
    this.#called = called;
    this.#session = new GuideDebugSession({
      launch: (launch) => this.#launch(launch),
      left: () => this.#write('left'),
      realPath: (path) => path.replace('/link.md', '/called.md'),
    });
    this.#session.onDidSendMessage((message) => this.#heard(message as DebugProtocol.ProtocolMessage));
  }

  said(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  async play(line: string): Promise<void> {
    this.#lines.push(`> ${line}`);
    const [word = '', ...rest] = line.split(' ');
    const tail = line.slice(word.length + 1);
    await this.#do(word, rest, tail);
    for (let i = 0; i < 5; i++) await idle();
  }

  async #do(word: string, rest: readonly string[], tail: string): Promise<void> {
    const say = (event: PersonEvent): void => {
      this.#live?.submit(event);
    };
    switch (word) {
      case 'given': {
        const [name = '', value = ''] = tail.split('=');
        this.#given[name] = value;
        return;
      }
      case 'launch':
        await this.#ask('initialize', { adapterID: 'tsg', pathFormat: 'path', supportsInvalidatedEvent: false });
        await this.#ask('launch', { program: file, ...(JSON.parse(tail || '{}') as object) });
        return;
      case 'break': {
        const [, name, asked = ''] = /^(\w+\.md)?\s*(.*)$/.exec(tail) ?? [];
        const breakpoints = JSON.parse(asked) as DebugProtocol.SourceBreakpoint[];
        const path = name === undefined ? file : `/guides/${name}`;
        const body = await this.#ask('setBreakpoints', { source: { path }, breakpoints });
        for (const { verified, line, message } of (body as { breakpoints: DebugProtocol.Breakpoint[] }).breakpoints)
          this.#write(`${verified ? 'set' : 'not set'} on line ${line}${message === undefined ? '' : `: ${message}`}`);
        return;
      }
      case 'filters':
        await this.#ask('setExceptionBreakpoints', { filters: rest });
        return;
      case 'begin':
        await this.#ask('configurationDone', {});
        return;
      case 'continue':
        await this.#ask('continue', { threadId: this.#stoppedThread });
        return;
      case 'next': {
        const threadId = rest[0] === undefined ? this.#stoppedThread : await this.#threadOf(rest[0]);
        await this.#ask('next', { threadId });
        return;
      }
      case 'into':
        await this.#ask('stepIn', { threadId: this.#stoppedThread });
        return;
      case 'out':
        await this.#ask('stepOut', { threadId: this.#stoppedThread });
        return;
      case 'pause':
        await this.#ask('pause', { threadId: 1 });
        return;
      case 'back':
        await this.#ask('stepBack', { threadId: this.#stoppedThread });
        return;
      case 'reverse':
        await this.#ask('reverseContinue', { threadId: this.#stoppedThread });
        return;
      case 'stop':
        await this.#ask('terminate', {});
        return;
      case 'detach':
        await this.#ask('disconnect', { terminateDebuggee: false });
        return;
      case 'goto': {
        const path = rest.length > 1 ? `/guides/${rest[0]}` : file;
        const body = (await this.#ask('gotoTargets', { source: { path }, line: Number(rest.at(-1)) })) as {
          targets: DebugProtocol.GotoTarget[];
        };
        for (const { id, label, line } of body.targets) {
          this.#write(`target: ${label}, line ${line}`);
          await this.#ask('goto', { threadId: this.#stoppedThread, targetId: id });
        }
        return;
      }
      case 'restart':
        await this.#ask('restartFrame', { frameId: this.#frame(rest[0]) });
        return;
      case 'threads':
        await this.#listThreads();
        for (const { name } of this.#threads) this.#write(name);
        return;
      case 'stack': {
        const threadId = rest[0] === undefined ? this.#stoppedThread : await this.#threadOf(rest[0]);
        const body = (await this.#ask('stackTrace', { threadId })) as { stackFrames: DebugProtocol.StackFrame[] };
        this.#frames = body.stackFrames;
        for (const { name, line, source, presentationHint } of this.#frames)
          this.#write(
            `${source?.path === file ? '' : `${source?.name ?? ''}:`}${line}: ${name}${presentationHint === undefined ? '' : ` (${presentationHint})`}`,
          );
        return;
      }
      case 'scopes':
        for (const { name } of await this.#scopes(rest[0])) this.#write(name);
        return;
      case 'open':
        return this.#open(rest[0], tail.slice((rest[0] ?? '').length + 1).split(' / '));
      case 'eval': {
        const expression = rest.slice(1).join(' ');
        const body = await this.#ask('evaluate', { expression, frameId: this.#frame(rest[0]), context: 'repl' });
        if (body) this.#write(showVariable('', body as unknown as DebugProtocol.Variable & { result: string }));
        return;
      }
      case 'exception': {
        const body = (await this.#ask('exceptionInfo', { threadId: this.#stoppedThread })) as Record<string, string>;
        this.#write(`${body['exceptionId']}: ${body['description']}`);
        return;
      }
      case 'complete': {
        const body = await this.#ask('completions', { text: tail, column: tail.length + 1 });
        const { targets } = body as { targets: DebugProtocol.CompletionItem[] };
        this.#write(targets.map(({ label }) => label).join(' '));
        return;
      }
      case 'show':
        this.#write(
          this.#picture
            ? this.#picture.steps.map(({ node, status }) => `${node} ${status}`).join(', ')
            : 'pictures show the present',
        );
        return;
      case 'in-flight':
        this.#write(this.#world.inFlight().join(' ') || '-');
        return;
      case 'end':
        return this.#world.end(rest[0] ?? '', {
          kind: 'result',
          result: { notes: [], ...(JSON.parse(rest.slice(1).join(' ') || '{}') as object) },
        });
      case 'fail':
        return this.#world.end(rest[0] ?? '', {
          kind: 'failure',
          failure: { reason: 'refused-by-tool', message: rest.slice(1).join(' ') || 'No.', transient: false },
        });
      case 'choose':
        return say({ kind: 'decision-given', node: rest[0] ?? '', edges: rest.slice(1), by: 'ann' });
      case 'approve': {
        const request = this.#live?.view().requests.find((one) => one.kind === 'approval' && one.action === rest[0]);
        if (request?.kind !== 'approval') throw new Error(`${rest[0]} waits for no approval`);
        return say({ kind: 'approval-given', action: request.action, hash: request.hash, by: 'ann' });
      }
      default:
        throw new Error(`unknown line in a debug script: ${word} ${tail}`);
    }
  }

  async #launch(launch: { readonly mode?: string; readonly from?: string }): Promise<DebugTarget | DryTarget> {
    const read = (text: string, name: string): Plan =>
      analyze(text, { file: name, sha256: '0', languages: ['puppet'] }).plan;
    const { plan } = await joinGuides(read(this.#guide, 'guide.tsg.md'), file, (_, path) =>
      Promise.resolve(
        this.#called === undefined
          ? { kind: 'refused', because: `There is no guide \`${path}\`.` }
          : { kind: 'opened', id: path, plan: read(this.#called, `/guides/${path}`) },
      ),
    );
    const parameters = { ...this.#given, ...(launch as { parameters?: Record<string, string> }).parameters };
    this.#world = newWorld();
    const world = this.#world;
    if (launch.mode === 'dry') {
      const report = await dryRun({ plan, toolbox: world.toolbox, parameters });
      return { kind: 'dry', plan, file, report };
    }
    const run = startLiveRun({
      ...world,
      run: 'debugged',
      plan,
      parameters,
      held: true,
      maxParallel: 2,
      by: 'ann',
      ...(launch.from !== undefined && { from: launch.from }),
    });
    this.#live = run;
    return {
      kind: 'live',
      plan,
      file,
      run,
      by: 'ann',
      journal: () => Promise.resolve(world.text()),
      show: (view) => {
        this.#picture = view;
      },
    };
  }

  async #ask(command: string, args: object): Promise<unknown> {
    const seq = ++this.#seq;
    const answer = new Promise<DebugProtocol.Response>((resolve) => this.#answers.once(String(seq), resolve));
    this.#session.handleMessage({ seq, type: 'request', command, arguments: args } as DebugProtocol.ProtocolMessage);
    const response = await answer;
    if (response.success) return response.body as unknown;
    const { error } = (response.body ?? {}) as { error?: { showUser?: boolean } };
    this.#write(`refused${error?.showUser ? ' in a dialog' : ''}: ${response.message ?? ''}`);
    return undefined;
  }

  #heard(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === 'response') {
      const response = message as DebugProtocol.Response;
      this.#answers.emit(String(response.request_seq), response);
      return;
    }
    const { event, body } = message as DebugProtocol.Event & { body?: Record<string, unknown> };
    if (event === 'stopped') {
      const stop = body as DebugProtocol.StoppedEvent['body'];
      this.#stoppedThread = stop.threadId ?? 1;
      const text = stop.text === undefined ? '' : ` [${stop.text}]`;
      this.#write(`stopped (${stop.reason}) on thread ${this.#stoppedThread}: ${stop.description}${text}`);
    } else if (event === 'output') {
      const { category, output, line } = body as DebugProtocol.OutputEvent['body'];
      this.#write(`${category}${line === undefined ? '' : ` at ${line}`}: ${output.trimEnd()}`);
    } else this.#write(event === 'exited' ? `exited with ${String(body?.['exitCode'])}` : event);
  }

  async #listThreads(): Promise<void> {
    this.#threads = ((await this.#ask('threads', {})) as { threads: DebugProtocol.Thread[] }).threads;
  }

  /** The thread of a step: threads are named after their steps. */
  async #threadOf(step: string): Promise<number> {
    await this.#listThreads();
    const name = step.replace('Step', 'Step ');
    const found = this.#threads.find((thread) => thread.name.startsWith(name));
    if (!found) throw new Error(`no thread for ${step}: ${this.#threads.map((one) => one.name).join('; ')}`);
    return found.id;
  }

  #frame(index: string | undefined): number {
    const frame = this.#frames[Number(index)];
    if (!frame) throw new Error(`no frame ${index}`);
    return frame.id;
  }

  async #scopes(frame: string | undefined): Promise<readonly DebugProtocol.Scope[]> {
    return ((await this.#ask('scopes', { frameId: this.#frame(frame) })) as { scopes: DebugProtocol.Scope[] }).scopes;
  }

  /** Opens a scope and the variables named on the way, and lists what is in the last; `rows 2+3` takes a page. */
  async #open(frame: string | undefined, path: readonly string[]): Promise<void> {
    const [first, ...names] = path;
    const scope = (await this.#scopes(frame)).find(({ name }) => name === first);
    if (!scope) throw new Error(`no scope ${first}`);
    let reference = scope.variablesReference;
    let page: object = {};
    for (const step of names) {
      const [, name, start, count] = /^(.*?)(?: (\d+)\+(\d+))?$/.exec(step) ?? [];
      const found = (await this.#children(reference, {})).find((one) => one.name === name);
      if (!found) throw new Error(`no variable ${name}`);
      reference = found.variablesReference;
      page = start === undefined ? {} : { filter: 'indexed', start: Number(start), count: Number(count) };
    }
    for (const variable of await this.#children(reference, page)) this.#write(showVariable(variable.name, variable));
  }

  async #children(variablesReference: number, page: object): Promise<readonly DebugProtocol.Variable[]> {
    const body = (await this.#ask('variables', { variablesReference, ...page })) as {
      variables: DebugProtocol.Variable[];
    };
    return body.variables;
  }

  #write(line: string): void {
    this.#lines.push(`  ${line}`);
  }
}

function showVariable(name: string, variable: DebugProtocol.Variable & { readonly result?: string }): string {
  const { value, result, variablesReference, indexedVariables, evaluateName } = variable;
  const opens = variablesReference > 0 ? ` +${indexedVariables ?? ''}` : '';
  const reached = evaluateName === undefined || evaluateName === name ? '' : ` <${evaluateName}>`;
  return `${name === '' ? '' : `${name} = `}${result ?? value}${opens}${reached}`;
}
