// What the run room needs from outside, as interfaces: tools, journal, clock, identities, redaction. Hosts supply them.
import type { ToolSchema } from '../guard/index.ts';
import type { Action, Classification } from '../plan/index.ts';
import type { ActionFailure, ActionResult, Column } from './result.ts';

export type { Classification, ToolSchema };

/** A parameter's value as it is bound. */
export type ParameterValue = string | number | boolean;

/** A value the tool will bind or substitute safely; `secret` values are shown as `***` and never journalled. */
export interface Binding {
  readonly name: string;
  readonly value: ParameterValue;
  readonly secret: boolean;
}

/**
 * An action with its parameters in place, ready to be shown, approved and performed.
 * `text` is what a person reads and approves: the exact text that runs, values filled in, secrets as `***`.
 */
export interface RenderedAction {
  readonly action: Action;
  readonly tool: string;
  readonly text: string;
  readonly bindings: readonly Binding[];
}

/** What a tool says about an action without performing it. */
export type Explanation =
  | { readonly kind: 'accepted'; readonly columns?: readonly Column[]; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly failure: ActionFailure }
  | { readonly kind: 'cannot-explain'; readonly because: string };

/** The half of a tool that a dry run gets: nothing here performs anything. */
export interface DryTool {
  readonly name: string;
  /** `sql`, `shell`, `http`, … */
  readonly kind: string;
  readonly languages: readonly string[];
  /**
   * Where its actions act, in full: whatever would make the same text act elsewhere. An approval is bound to it;
   * `describe()` counts where it is absent.
   */
  readonly connection?: string;
  /** Names of environment variables that it sets itself for what it runs. */
  readonly provides?: readonly string[];
  /** One line for people: "DuckDB over ./data (5 tables)". */
  describe(): string;
  /** Fills in the values; pure and synchronous. A value that cannot be placed safely is a failure. */
  render(action: Action, bindings: readonly Binding[]): RenderedAction | ActionFailure;
  /** Pure and synchronous. When in doubt: `unknown`. */
  classify(rendered: RenderedAction): Classification;
  /** Asks the tool whether it would accept the action, without effects. Never rejects. */
  explain(rendered: RenderedAction, signal: AbortSignalLike): Promise<Explanation>;
}

/** A tool that can also perform. */
export interface Tool extends DryTool {
  /** Checks the connection. Resolves to null when all is well, else to what is wrong. Never rejects. */
  check(signal: AbortSignalLike, turn?: TurnPort): Promise<ActionFailure | null>;
  /** What it has to read, in a few lines for a model that may choose calls: names, schemas. Never rejects. */
  offers?(signal: AbortSignalLike): Promise<string>;
  /** The longest time that its settings give one call: what a call has that says no time of its own. */
  readonly timeoutMs?: number;
  /** Performs. Never rejects; ends within `timeoutMs` plus a short grace, or soon after `signal` aborts. */
  perform(rendered: RenderedAction, options: PerformOptions): Promise<PerformOutcome>;
  /** Reads the names that its connection holds: tables and columns, metrics and labels. Absent where there are none to list. Never rejects. */
  schema?(signal: AbortSignalLike): Promise<ToolSchema | ActionFailure>;
  close(): Promise<void>;
}

export interface PerformOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignalLike;
  readonly turn?: TurnPort;
}

/**
 * What a tool with limits tells whoever calls it: that the call has to wait, and that it is about to begin. A call that
 * begins at once says neither. Time spent waiting is no part of the call's own.
 */
export interface TurnPort {
  /** `because` is a sentence without its full stop: "`metrics` takes 2 calls at one time". */
  waits(because: string): void;
  /** The call begins once this resolves, or not at all when the signal is raised before. */
  comes(): Promise<void>;
}

export type PerformOutcome =
  | { readonly kind: 'result'; readonly result: ActionResult }
  | { readonly kind: 'failure'; readonly failure: ActionFailure };

/** The part of the platform's AbortSignal that the core relies on. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The configured tools. `T` is `DryTool` for a dry run, `Tool` for a live one. */
export interface Toolbox<T extends DryTool> {
  readonly tools: readonly T[];
  /** The tool for an action: the one it names, else the first that speaks its language; undefined when there is none. */
  find(action: Action): T | undefined;
  /** What the secrets of the tools' settings are known to hold: no event, text or file may say one, whoever gave it. */
  secretValues?(): readonly string[];
}

/** Append-only, durable when the promise resolves; calls may be grouped into one sync. */
export interface JournalPort {
  append(lines: readonly string[]): Promise<void>;
  /** CRC-32 of a text's UTF-8 bytes, where the host has a quicker one than `crc32.ts`. */
  readonly checksum?: (text: string) => number;
}

/** Time as a host gives it. `now` is milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}
