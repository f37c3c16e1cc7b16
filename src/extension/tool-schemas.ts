// What the tools of guides hold - tables and columns, metrics and labels - for completion. It is asked for when somebody first
// completes in a block of that tool, never while the workspace is not trusted, and nobody waits for it: until it is there,
// completion goes on without. One answer serves every guide with the same connection.
import * as vscode from 'vscode';
import type { ToolSchema } from '../run/index.ts';
import type { GuideTools } from './guide-tools.ts';

/** How long an answer is good; after that it still serves while it is asked for again. */
const freshMs = 5 * 60_000;
/** How long after a failure it is not asked for again. */
const patienceMs = 30_000;

interface Entry {
  schema: ToolSchema | undefined;
  /** When to ask again. */
  until: number;
  asking: boolean;
}

/** Who tells completion what a tool holds. */
export interface SchemaSource {
  /** What is known now; `pending` says that more may be known soon, and `onDidLearn` tells when. */
  of(uri: vscode.Uri, tool: string): { readonly schema: ToolSchema | undefined; readonly pending: boolean };
  readonly onDidLearn: vscode.Event<void>;
}

export class ToolSchemas implements SchemaSource, vscode.Disposable {
  readonly #tools: GuideTools;
  readonly #entries = new Map<string, Entry>();
  readonly #learned = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #asking = new AbortController();
  readonly onDidLearn = this.#learned.event;

  constructor(tools: GuideTools) {
    this.#tools = tools;
    this.#subscriptions = [this.#learned, tools.onDidChangeSettings(() => this.#forget())];
  }

  of(uri: vscode.Uri, tool: string) {
    const allowed = vscode.workspace.getConfiguration('tsg', uri).get<boolean>('completion.askTools');
    const key = this.#tools.connection(uri, tool);
    if (!allowed || !vscode.workspace.isTrusted || key === undefined) return { schema: undefined, pending: false };
    const entry = this.#entries.get(key) ?? { schema: undefined, until: 0, asking: false };
    this.#entries.set(key, entry);
    if (!entry.asking && Date.now() >= entry.until) void this.#ask(uri, tool, entry);
    return { schema: entry.schema, pending: entry.asking && entry.schema === undefined };
  }

  dispose(): void {
    this.#asking.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #ask(uri: vscode.Uri, name: string, entry: Entry): Promise<void> {
    entry.asking = true;
    const { signal } = this.#asking;
    const found = await this.#read(uri, name, signal).catch(() => undefined);
    entry.asking = false;
    if (signal.aborted) return;
    entry.until = Date.now() + (found ? freshMs : patienceMs);
    if (!found) return;
    entry.schema = found;
    this.#learned.fire();
  }

  /** Opens the guide's tools for one question; what goes wrong is the business of a run, not of completion. */
  async #read(uri: vscode.Uri, name: string, signal: AbortSignal): Promise<ToolSchema | undefined> {
    const { toolbox } = await this.#tools.open(uri);
    try {
      const found = await toolbox.tools.find((tool) => tool.name === name)?.schema?.(signal);
      return found && 'kind' in found ? found : undefined;
    } finally {
      await toolbox.close();
    }
  }

  #forget(): void {
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#entries.clear();
  }
}
