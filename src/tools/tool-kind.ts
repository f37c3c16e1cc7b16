// What a kind of tool is: a folder with a settings schema and a way to open a tool from checked settings.
// The registry in tool-kinds.ts lists them; adding a kind touches that list, its folder and its page in docs/tools.
import type { ZodType } from 'zod';
import type { Tool } from '../run/index.ts';

/** What a tool is opened with. */
export interface ToolContext {
  /** The tool's name in the settings. */
  readonly name: string;
  /** Absolute folder that relative paths in the settings start from. */
  readonly folder: string;
  /** The environment the host allows tools to read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: SecretSource;
}

/** Looks up configured secrets by the name in `${secret:NAME}`. */
export interface SecretSource {
  /** Fills the `${secret:NAME}` references of one text. Says which secret is missing when one is. */
  fill(text: string): Promise<{ readonly text: string } | { readonly missing: string }>;
  /** True for an environment variable that a secret is taken from. */
  isVariable(name: string): boolean;
  /** Keeps a value that is made from secrets, such as an encoded login, out of everything that tools give back. */
  hide(value: string): void;
}

/**
 * A tool as its kind opens it. `prepare`, where there is one, is awaited before a run: for what the settings
 * want known of a server before its actions are judged. Opening alone starts nothing. It never rejects.
 */
export type OpenedTool = Tool & { readonly prepare?: () => Promise<void> };

/** One kind of tool. `S` is the settings type its schema gives. */
export interface ToolKind<S = unknown> {
  readonly kind: string;
  /** The languages a tool of this kind speaks unless its settings say otherwise. */
  readonly languages: readonly string[];
  /** Settings of one tool, `kind` included. Durations and sizes come out as numbers. */
  readonly settings: ZodType<S>;
  /** To explain an action the tool asks its server, so that explaining counts among its calls. */
  readonly asksToExplain?: true;
  /** Opens a tool. Cheap: no process, no connection, nothing native before the first explain or perform. */
  open(settings: S, context: ToolContext): OpenedTool;
}
