// One analysis per guide and version, kept while the document is open. Typing is waited for, longer on documents that take
// longer; a superseded version is never analysed. Features ask here and get what belongs to the text they see.
import * as vscode from 'vscode';
import { analyze, type Analysis, type AnalyzeAbout } from '../editing/index.ts';
import { analyzeApart, type ApartAnalysis, largeText } from './analyze-apart.ts';
import { digestOf } from './digest.ts';
import type { Guides } from './guides.ts';
import type { Reporting } from './reporting.ts';
import { nameOf } from './uri-name.ts';

/** An analysis with the document version it was made of. */
export interface DocumentAnalysis extends Analysis {
  readonly uri: vscode.Uri;
  readonly version: number;
  readonly milliseconds: number;
}

/** What the settings around a guide say: its tools' languages, null while not known, and what is reported of its findings. */
export type KnownSettings = (
  uri: vscode.Uri,
) => Pick<AnalyzeAbout, 'languages' | 'severities' | 'today' | 'verifiedWithinDays'> &
  Pick<Reporting, 'ignored' | 'withoutKnown'>;

interface Entry {
  analysis?: DocumentAnalysis;
  timer?: NodeJS.Timeout;
  /** A large text that is being analysed in a thread. */
  apart?: ApartAnalysis & { readonly version: number };
  /** Milliseconds the last analysis took, which decides how long typing is waited for. */
  cost: number;
}

const shortestWait = 120;
const longestWait = 2000;

/** Analyses of open guides. */
export class Analyses implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #analysed = new vscode.EventEmitter<DocumentAnalysis>();
  readonly #dropped = new vscode.EventEmitter<vscode.Uri>();
  readonly #guides: Guides;
  readonly #settings: KnownSettings;
  readonly #subscriptions: vscode.Disposable[];
  /** A guide's current version has been analysed. */
  readonly onDidAnalyse = this.#analysed.event;
  /** A document was closed or is no guide any more. */
  readonly onDidDrop = this.#dropped.event;

  readonly #worker: string;

  /** `worker` is the bundled analysis worker. */
  constructor(guides: Guides, settings: KnownSettings, worker: string) {
    this.#worker = worker;
    this.#guides = guides;
    this.#settings = settings;
    this.#subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.#schedule(document, 0)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#drop(document.uri)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length) this.#schedule(document);
      }),
      guides.onDidChange(() => this.refresh()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('tsg.check')) this.refresh();
      }),
      this.#analysed,
      this.#dropped,
    ];
    for (const document of vscode.workspace.textDocuments) this.#schedule(document, 0);
  }

  /**
   * The analysis of exactly this version, made now when it is not there. Undefined when the document is no guide, and for a
   * large one that is not ready: `onDidAnalyse` follows.
   */
  of(document: vscode.TextDocument): DocumentAnalysis | undefined {
    if (!this.#guides.isGuide(document)) return undefined;
    const entry = this.#entry(document.uri);
    return entry.analysis?.version === document.version ? entry.analysis : this.#analyse(document, entry);
  }

  /** The analysis of the current version, however long it takes; undefined when the document is no guide or was closed. */
  async ready(document: vscode.TextDocument): Promise<DocumentAnalysis | undefined> {
    return this.of(document) ?? this.settled(document);
  }

  /** What is known without waiting; may be of an older version. */
  latest(uri: vscode.Uri): DocumentAnalysis | undefined {
    return this.#entries.get(uri.toString())?.analysis;
  }

  /** Resolves with the analysis of the document's current version once typing has paused; undefined when it was closed. */
  settled(document: vscode.TextDocument, token?: vscode.CancellationToken): Promise<DocumentAnalysis | undefined> {
    const entry = this.#entries.get(document.uri.toString());
    if (entry?.analysis?.version === document.version) return Promise.resolve(entry.analysis);
    if (!this.#guides.isGuide(document)) return Promise.resolve(undefined);
    if (!entry?.timer) {
      const now = this.of(document);
      if (now) return Promise.resolve(now);
    }
    return new Promise((resolve) => {
      const done = (analysis?: DocumentAnalysis): void => {
        for (const listener of listeners) listener.dispose();
        resolve(analysis);
      };
      const same = (uri: vscode.Uri): boolean => uri.toString() === document.uri.toString();
      const listeners = [
        this.onDidAnalyse((analysis) => same(analysis.uri) && done(analysis)),
        this.onDidDrop((uri) => same(uri) && done()),
        ...(token ? [token.onCancellationRequested(() => done())] : []),
      ];
    });
  }

  /** Analyses everything again: settings or tools have changed. */
  refresh(): void {
    for (const document of vscode.workspace.textDocuments) {
      if (this.#guides.isGuide(document)) {
        const entry = this.#entry(document.uri);
        delete entry.analysis;
        entry.apart?.cancel();
        delete entry.apart;
        this.#schedule(document, 0);
      } else this.#drop(document.uri);
    }
  }

  dispose(): void {
    for (const entry of this.#entries.values()) {
      clearTimeout(entry.timer);
      entry.apart?.cancel();
    }
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#entries.clear();
  }

  #entry(uri: vscode.Uri): Entry {
    const key = uri.toString();
    const entry = this.#entries.get(key) ?? { cost: 0 };
    this.#entries.set(key, entry);
    return entry;
  }

  #schedule(document: vscode.TextDocument, wait?: number): void {
    if (!this.#guides.isGuide(document)) return;
    const entry = this.#entry(document.uri);
    clearTimeout(entry.timer);
    const delay = wait ?? Math.min(longestWait, Math.max(shortestWait, entry.cost * 3));
    entry.timer = setTimeout(() => {
      delete entry.timer;
      if (!document.isClosed) this.of(document);
    }, delay);
  }

  #analyse(document: vscode.TextDocument, entry: Entry): DocumentAnalysis | undefined {
    const text = document.getText();
    const started = performance.now();
    const { ignored, withoutKnown, ...settings } = this.#settings(document.uri);
    const about: AnalyzeAbout = {
      file: nameOf(document.uri),
      sha256: digestOf(text),
      ...settings,
    };
    clearTimeout(entry.timer);
    delete entry.timer;
    const settle = (made: Analysis): Analysis => ({
      ...made,
      diagnostics: ignored ? [] : withoutKnown(text, made.diagnostics),
    });
    if (text.length < largeText)
      return this.#keep(document.uri, document.version, entry, settle(analyze(text, about)), started);
    if (entry.apart?.version === document.version) return undefined;
    entry.apart?.cancel();
    const { uri, version } = document;
    const apart = { ...analyzeApart(this.#worker, text, about), version };
    entry.apart = apart;
    apart.done.then(
      (made) => {
        if (entry.apart !== apart) return;
        delete entry.apart;
        this.#keep(uri, version, entry, settle(made), started);
      },
      (error: unknown) => {
        if (entry.apart === apart) delete entry.apart;
        console.error('Internal error: a large guide could not be analysed', error);
      },
    );
    return undefined;
  }

  #keep(uri: vscode.Uri, version: number, entry: Entry, made: Analysis, started: number): DocumentAnalysis {
    const milliseconds = performance.now() - started;
    const analysis = { ...made, uri, version, milliseconds };
    entry.analysis = analysis;
    entry.cost = milliseconds;
    this.#analysed.fire(analysis);
    return analysis;
  }

  #drop(uri: vscode.Uri): void {
    const entry = this.#entries.get(uri.toString());
    if (!entry) return;
    clearTimeout(entry.timer);
    entry.apart?.cancel();
    this.#entries.delete(uri.toString());
    this.#dropped.fire(uri);
  }
}
