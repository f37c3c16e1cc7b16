// Breakpoints on steps and conditions: with a CEL condition, a hit count, or a message that is logged instead of stopping.
import { evaluateGuard, evaluateValue, parseGuard, type GuardScope } from '../../guard/index.ts';
import type { EdgeId, NodeId, Plan } from '../../plan/index.ts';
import { cleanLine } from '../result-summary.ts';
import { faultWords } from './fault-words.ts';
import { placeAt, placeLine, type Place } from './guide-places.ts';

/** As the editor asks for it; `line` counts from 1. */
export interface BreakpointAsked {
  readonly line: number;
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

/** What became of it. */
export interface BreakpointSet {
  readonly id: number;
  readonly verified: boolean;
  readonly line: number;
  /** Why it is not verified. */
  readonly message?: string;
}

/** What the breakpoints say about a place that the run has come to. */
export interface BreakpointVerdict {
  /** Breakpoints that stop there. */
  readonly stops: readonly number[];
  /** Messages to log. */
  readonly logs: readonly string[];
  /** Conditions that could not be decided; their breakpoints stop, and this says why. */
  readonly faults: readonly string[];
}

/** A step is about to start, or an edge was just taken. */
export type ReachedPlace =
  { readonly kind: 'step'; readonly node: NodeId } | { readonly kind: 'edge'; readonly edge: EdgeId };

interface Breakpoint extends BreakpointAsked {
  readonly id: number;
  readonly place: Place;
  hits: number;
}

/** The breakpoints of a run: of its own guide and of those that are called. */
export class GuideBreakpoints {
  readonly #byFile = new Map<string | null, readonly Breakpoint[]>();
  #lastId = 0;

  /**
   * Puts these in the place of all before in a file; null: the run's own guide. A breakpoint that stays as it was keeps its
   * count of hits.
   */
  set(plan: Plan, asked: readonly BreakpointAsked[], file: string | null = null): readonly BreakpointSet[] {
    const before = this.#byFile.get(file) ?? [];
    const made: Breakpoint[] = [];
    const told = asked.map((one): BreakpointSet => {
      const id = ++this.#lastId;
      const fault = faultOf(one);
      if (fault !== null) return { id, verified: false, line: one.line, message: fault };
      const place = placeAt(plan, one.line, file);
      if (!place) return { id, verified: false, line: one.line, message: 'No step stands here or below.' };
      const same = before.find((other) => signature(other) === signature(one));
      made.push({ ...one, id, place, hits: same?.hits ?? 0 });
      return { id, verified: true, line: placeLine(plan, place) };
    });
    this.#byFile.set(file, made);
    return told;
  }

  /** The run has come to a place: counts the hits and says what follows. To be asked once each time it comes there. */
  reached(at: ReachedPlace, scope: GuardScope): BreakpointVerdict {
    const stops: number[] = [];
    const logs: string[] = [];
    const faults: string[] = [];
    for (const one of [...this.#byFile.values()].flat()) {
      if (!covers(one.place, at)) continue;
      if (one.condition !== undefined) {
        const verdict = evaluateGuard(one.condition, scope);
        if (verdict.kind === 'false') continue;
        if (verdict.kind === 'error') faults.push(conditionFault(verdict.message));
      }
      one.hits++;
      if (one.hitCondition !== undefined && !countMatches(one.hitCondition, one.hits)) continue;
      if (one.logMessage === undefined) stops.push(one.id);
      else logs.push(fillMessage(one.logMessage, scope));
    }
    return { stops, logs, faults };
  }
}

/** Fills `{expression}` in a message; `\{` is a brace. What cannot be evaluated says so in its place. */
export function fillMessage(message: string, scope: GuardScope): string {
  const filled = message.replace(/\\([{}])|\{([^{}]+)\}/g, (_, brace: string | undefined, expression: string) => {
    if (brace !== undefined) return brace;
    const value = evaluateValue(expression.trim(), scope);
    if (value.kind === 'error') return `<${faultWords(value.message)}>`;
    return typeof value.value === 'string' ? value.value : JSON.stringify(value.value);
  });
  return cleanLine(filled);
}

const hitPattern = /^\s*(==?|>=?|<=?|%)?\s*(\d+)\s*$/;

/** `5` and `== 5`: the fifth time; `>= 5`, `> 5`, `< 5`, `<= 5`; `% 5`: every fifth time. */
function countMatches(condition: string, hits: number): boolean {
  const [, operator = '==', digits = ''] = hitPattern.exec(condition) ?? [];
  const number = Number(digits);
  switch (operator) {
    case '>':
      return hits > number;
    case '>=':
      return hits >= number;
    case '<':
      return hits < number;
    case '<=':
      return hits <= number;
    case '%':
      return number > 0 && hits % number === 0;
    default:
      return hits === number;
  }
}

function faultOf({ condition, hitCondition }: BreakpointAsked): string | null {
  if (hitCondition !== undefined && !hitPattern.test(hitCondition)) {
    return `\u2018${hitCondition}\u2019 is no hit count; write a number, or one after >, >=, <, <=, == or %.`;
  }
  if (condition === undefined) return null;
  const problem = parseFault(condition);
  return problem === null ? null : `The condition cannot be read: ${faultWords(problem)}`;
}

/** A message that names the expression goes on the sentence; another follows it. */
function conditionFault(message: string): string {
  const words = faultWords(message);
  return / could not be decided: /.test(words)
    ? `The breakpoint's condition ${words}`
    : `The breakpoint's condition could not be decided: ${words}`;
}

function parseFault(condition: string): string | null {
  const parsed = parseGuard(condition);
  return parsed.kind === 'fault' ? parsed.fault.message : null;
}

function signature({ line, condition, hitCondition, logMessage }: BreakpointAsked): string {
  return JSON.stringify([line, condition, hitCondition, logMessage]);
}

function covers(place: Place, at: ReachedPlace): boolean {
  if (place.kind === 'steps') return at.kind === 'step' && place.nodes.includes(at.node);
  return at.kind === 'edge' && place.edges.includes(at.edge);
}
