// What is looked at while a run stands still: threads, stacks, scopes, variables, expressions, in the protocol's own terms.
// Its handles live until the run goes on.
import { Handles, Scope, Source, StackFrame, Thread } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { evaluateValue, type GuardScope } from '../../guard/index.ts';
import type { NodeId, Plan } from '../../plan/index.ts';
import { faultWords, notYet } from './fault-words.ts';
import { consoleWords } from './console-words.ts';
import { frameScopes } from './frame-scopes.ts';
import { scopeAround, type Moment } from './moment.ts';
import type { Stop } from './run-steering.ts';
import { framesOf, threadsOf, type FramePlace } from './stack.ts';
import { jsonVariable, pageLength, type VariableNode } from './variable-tree.ts';

/** The run at the moment that is looked at. */
export interface Sight {
  readonly plan: Plan;
  readonly file: string;
  readonly moment: Moment;
  readonly stop: Stop | undefined;
}

/** A refusal that belongs where it was asked, not into a dialog. */
export class Quiet extends Error {}

export class Inspection {
  readonly #look: () => Sight | undefined;
  readonly #variables = new Handles<VariableNode>();
  readonly #frames = new Handles<FramePlace>();

  /** `look` gives the moment; undefined before the run has begun, and in a dry one. */
  constructor(look: () => Sight | undefined) {
    this.#look = look;
  }

  threads(): Thread[] {
    const sight = this.#look();
    if (!sight) return [];
    const { plan, moment, stop } = sight;
    return threadsOf(plan, moment.view, stop?.node).map(({ node, name }) => new Thread(idOf(plan, node), name));
  }

  stack({ threadId, startFrame = 0, levels }: DebugProtocol.StackTraceArguments): {
    readonly totalFrames: number;
    readonly stackFrames: StackFrame[];
  } {
    const sight = this.#look();
    const node = sight?.plan.nodes[threadId - 1]?.id;
    const all = sight && node !== undefined ? framesOf(sight.plan, sight.moment.view, node, sight.stop?.edge) : [];
    const some = all.slice(startFrame, levels ? startFrame + levels : undefined);
    const stackFrames = some.map(({ place, name, line, file, earlier }) => {
      const handle = this.#frames.create(place);
      const frame: DebugProtocol.StackFrame = new StackFrame(
        handle,
        name,
        sourceOf(file ?? sight?.file ?? ''),
        line,
        1,
      );
      frame.canRestart = place.kind !== 'edge';
      if (earlier) frame.presentationHint = 'subtle';
      return frame as StackFrame;
    });
    return { totalFrames: all.length, stackFrames };
  }

  /** The step of a frame. */
  stepOfFrame(frameId: number): NodeId | undefined {
    return this.#frames.get(frameId, undefined)?.node;
  }

  scopes(frameId: number): Scope[] {
    const sight = this.#look();
    const place = this.#frames.get(frameId, undefined);
    if (!sight || !place) return [];
    return frameScopes(sight.plan, sight.moment, place).map(({ name, children, expensive }) => {
      const handle = this.#variables.create({ name, value: '', named: () => children });
      return new Scope(name, handle, expensive);
    });
  }

  variables(args: DebugProtocol.VariablesArguments): DebugProtocol.Variable[] {
    const parent = this.#variables.get(args.variablesReference, undefined);
    const { start = 0, count, filter } = args;
    const indexed = filter === 'named' ? [] : (parent?.indexed?.page(start, count || pageLength) ?? []);
    const named = filter === 'indexed' ? [] : (parent?.named?.() ?? []);
    return [...indexed, ...named].map((node) => this.#variable(node));
  }

  /** The value of a CEL expression; throws with a sentence for people. */
  evaluate({ expression, frameId, context }: DebugProtocol.EvaluateArguments): DebugProtocol.EvaluateResponse['body'] {
    const scope = this.#scopeOfFrame(frameId);
    if (!scope) throw new Error('The run has not begun.');
    const value = evaluateValue(expression.trim(), scope);
    const plan = this.#look()?.plan;
    if (value.kind === 'error')
      throw new Quiet((plan && notYet(expression, value.message, plan)) ?? faultWords(value.message, true));
    const whole = context === 'clipboard';
    const variable = this.#variable(jsonVariable('', value.value, expression.trim()));
    const { variablesReference, indexedVariables, namedVariables, type } = variable;
    return {
      result: whole ? JSON.stringify(value.value, null, 2) : variable.value,
      variablesReference,
      ...(type !== undefined && { type }),
      ...(indexedVariables !== undefined && { indexedVariables }),
      ...(namedVariables !== undefined && { namedVariables }),
    };
  }

  completions({ text, column, frameId }: DebugProtocol.CompletionsArguments): DebugProtocol.CompletionItem[] {
    const scope = this.#scopeOfFrame(frameId);
    return scope ? [...consoleWords(text.slice(0, column - 1), scope)] : [];
  }

  /** The run goes on: what was looked at is gone. */
  forget(): void {
    this.#variables.reset();
    this.#frames.reset();
  }

  #scopeOfFrame(frameId: number | undefined): GuardScope | undefined {
    const sight = this.#look();
    if (!sight) return undefined;
    const { plan, moment, stop } = sight;
    const place = frameId === undefined ? undefined : this.#frames.get(frameId, undefined);
    return scopeAround(plan, moment, place?.node ?? stop?.node ?? moment.view.next[0] ?? '');
  }

  #variable(node: VariableNode): DebugProtocol.Variable {
    const { name, value, type, expression, indexed, named } = node;
    const opens = (indexed && indexed.count > 0) || named;
    return {
      name,
      value,
      variablesReference: opens ? this.#variables.create(node) : 0,
      ...(type !== undefined && { type }),
      ...(expression !== undefined && { evaluateName: expression }),
      ...(indexed && { indexedVariables: indexed.count }),
    };
  }
}

/** Threads and goto targets are numbered by the steps' places in the plan. */
export function idOf(plan: Plan, node: NodeId): number {
  return plan.nodes.findIndex(({ id }) => id === node) + 1;
}

/** The guide as frames name it. */
export function sourceOf(file: string): Source {
  return new Source(file.split(/[\\/]/).at(-1) ?? file, file);
}
