// One run of one guide, as the editor sees it: the plan it runs, where the guide stands, its view and its journal. Live, dry
// and past runs have the same face, so threads, preview and problems need not tell them apart.
import * as vscode from 'vscode';
import type { LineIndex } from '../base/index.ts';
import type { Plan } from '../plan/index.ts';
import type { SteerCommand } from './debug/index.ts';
import type { LiveRun, PersonEvent, RunView, Submitted } from '../run/index.ts';

export interface GuideRunOptions {
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly plan: Plan;
  readonly lines: LineIndex;
  readonly journal?: vscode.Uri;
  /** The guide has changed since the run began: its steps stand where this plan says, and failures have no place. */
  readonly changedPlan?: Plan;
  /** A live run under way, or the last view of one that is not driven here. */
  readonly source: LiveRun | RunView;
  /** Ends tools and journal; called once, when the run has ended or was left. */
  readonly close?: () => Promise<void>;
}

/** A run with a lifetime: changes are told at most once per turn of the event loop. */
export class GuideRun implements vscode.Disposable {
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly plan: Plan;
  readonly lines: LineIndex;
  readonly journal: vscode.Uri | undefined;
  readonly changedPlan: Plan | undefined;
  readonly #source: LiveRun | RunView;
  readonly #close: (() => Promise<void>) | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #unsubscribe: () => void;
  /** While a debugger moves this run, commands go to it: it alone releases steps. */
  steering: ((command: SteerCommand) => string | null) | undefined;
  #closing: Promise<void> | undefined;
  #told = true;
  readonly onDidChange = this.#changed.event;

  constructor(options: GuideRunOptions) {
    this.id = options.id;
    this.uri = options.uri;
    this.plan = options.plan;
    this.lines = options.lines;
    this.journal = options.journal;
    this.changedPlan = options.changedPlan;
    this.#source = options.source;
    this.#close = options.close;
    this.#unsubscribe = 'submit' in options.source ? options.source.onChange(() => this.#tell()) : () => undefined;
  }

  /** The run under way; undefined for dry runs and past ones. */
  get live(): LiveRun | undefined {
    return 'submit' in this.#source ? this.#source : undefined;
  }

  view(): RunView {
    return 'submit' in this.#source ? this.#source.view() : this.#source;
  }

  /** True while something can still happen here: under way, held, or waiting for an answer. */
  get active(): boolean {
    return 'submit' in this.#source && !this.#closing && this.view().phase !== 'ended';
  }

  submit(event: PersonEvent): Submitted {
    if (!('submit' in this.#source) || !this.active)
      return { accepted: false, because: vscode.l10n.t('This run has ended.') };
    return this.#source.submit(event);
  }

  /** Resolves when the run has ended, or waits with nothing in flight; who follows its changes has been told all of them. */
  async settled(): Promise<RunView> {
    if (!('submit' in this.#source)) return this.#source;
    const view = await this.#source.settled();
    this.#tellNow();
    return view;
  }

  /** Lets go of tools and journal; safe to call again. */
  close(): Promise<void> {
    this.#closing ??= this.#close?.() ?? Promise.resolve();
    return this.#closing;
  }

  dispose(): void {
    this.#unsubscribe();
    this.#changed.dispose();
    void this.close();
  }

  #tell(): void {
    if (!this.#told) return;
    this.#told = false;
    setImmediate(() => this.#tellNow());
  }

  #tellNow(): void {
    if (this.#told) return;
    this.#told = true;
    this.#changed.fire();
  }
}
