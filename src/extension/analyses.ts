// One analysis per guide and version, kept while the document is open. Each goes on from the one before, so that a keystroke
// costs what it changed; a text that is new is analysed in portions, between which the host attends to other things. Typing is
// waited for, and a superseded version is never finished. Features ask here and get what belongs to the text they see.
import * as vscode from 'vscode';
import { type Analysis, type AnalyzeAbout, type LiveAnalysis, reanalyzeInPortions } from '../editing/index.ts';
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
) => Pick<AnalyzeAbout, 'languages' | 'severities' | 'today' | 'verifiedWithinDays' | 'durations'> &
  Pick<Reporting, 'ignored' | 'withoutKnown'>;

interface Entry {
  /** Whose analysis it is: a new unsaved text takes the address, and the version 1, of one that was closed. */
  readonly document: vscode.TextDocument;
  analysis?: DocumentAnalysis;
  timer?: NodeJS.Timeout;
  /** What the next analysis goes on from; holds the beginning of the text while a long one is under way. */
  live?: LiveAnalysis;
  /** An analysis under way, of which the next portion waits for its turn. */
  running?: { readonly version: number; readonly timer: ReturnType<typeof setTimeout> };
}

/** Milliseconds without a keystroke after which an edited text is analysed. */
const pause = 80;

/** Milliseconds after which no other portion is begun before the host has attended to other things. */
const enough = 4;

/** Analyses of open guides. */
export class Analyses implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #analysed = new vscode.EventEmitter<DocumentAnalysis>();
  readonly #dropped = new vscode.EventEmitter<vscode.Uri>();
  readonly guides: Guides;
  readonly #settings: KnownSettings;
  readonly #subscriptions: vscode.Disposable[];
  /** A guide's current version has been analysed. */
  readonly onDidAnalyse = this.#analysed.event;
  /** A document was closed or is no guide any more. */
  readonly onDidDrop = this.#dropped.event;

  constructor(guides: Guides, settings: KnownSettings) {
    this.guides = guides;
    this.#settings = settings;
    this.#subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.#schedule(document, 0)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#drop(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length) this.#schedule(document);
      }),
      guides.onDidChange(() => this.refresh()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('tsg.check') || event.affectsConfiguration('tsg.inferredGuards')) this.refresh();
      }),
      this.#analysed,
      this.#dropped,
    ];
    for (const document of vscode.workspace.textDocuments) this.#schedule(document, 0);
  }

  /**
   * The analysis of exactly this version, made now when it is not there. Undefined when the document is no guide, and for a
   * one whose text takes several portions: `onDidAnalyse` follows.
   */
  of(document: vscode.TextDocument): DocumentAnalysis | undefined {
    if (!this.guides.isGuide(document)) return undefined;
    const entry = this.#entry(document);
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
    const entry = this.#entryOf(document);
    if (entry?.analysis?.version === document.version) return Promise.resolve(entry.analysis);
    if (!this.guides.isGuide(document)) return Promise.resolve(undefined);
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
      if (this.guides.isGuide(document)) {
        const entry = this.#entry(document);
        delete entry.analysis;
        clearTimeout(entry.running?.timer);
        delete entry.running;
        this.#schedule(document, 0);
      } else this.#drop(document);
    }
  }

  dispose(): void {
    for (const entry of this.#entries.values()) forgetTimers(entry);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#entries.clear();
  }

  #entry(document: vscode.TextDocument): Entry {
    const known = this.#entryOf(document);
    if (known) return known;
    const key = document.uri.toString();
    const entry = { document };
    // A closed text may still be asked about; it takes no place from one that is open.
    if (document.isClosed) return entry;
    forgetTimers(this.#entries.get(key));
    this.#entries.set(key, entry);
    return entry;
  }

  #entryOf(document: vscode.TextDocument): Entry | undefined {
    const entry = this.#entries.get(document.uri.toString());
    return entry?.document === document ? entry : undefined;
  }

  #schedule(document: vscode.TextDocument, wait = pause): void {
    if (!this.guides.isGuide(document)) return;
    const entry = this.#entry(document);
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => {
      delete entry.timer;
      if (!document.isClosed) this.of(document);
    }, wait);
  }

  #analyse(document: vscode.TextDocument, entry: Entry): DocumentAnalysis | undefined {
    const text = document.getText();
    const { ignored, withoutKnown, ...settings } = this.#settings(document.uri);
    const about: AnalyzeAbout = {
      file: nameOf(document.uri),
      sha256: digestOf(text),
      ...settings,
    };
    clearTimeout(entry.timer);
    delete entry.timer;
    if (entry.running?.version === document.version) return undefined;
    clearTimeout(entry.running?.timer);
    delete entry.running;
    const { uri, version } = document;
    const portions = reanalyzeInPortions(entry.live ?? null, text, about);
    let milliseconds = 0;
    const step = (): DocumentAnalysis | undefined => {
      const started = performance.now();
      let next = portions.next();
      while (next.done !== true && performance.now() - started < enough) next = portions.next();
      if (next.value) entry.live = next.value;
      milliseconds += performance.now() - started;
      if (next.done !== true) {
        entry.running = { version, timer: setTimeout(step) };
        return undefined;
      }
      const made = next.value;
      delete entry.running;
      const diagnostics = ignored ? [] : withoutKnown(text, made.diagnostics);
      return this.#keep(entry, withDocument(made, { uri, version, milliseconds, diagnostics }));
    };
    return step();
  }

  #keep(entry: Entry, analysis: DocumentAnalysis): DocumentAnalysis {
    entry.analysis = analysis;
    this.#analysed.fire(analysis);
    return analysis;
  }

  #drop(document: vscode.TextDocument): void {
    const entry = this.#entryOf(document);
    if (!entry) return;
    forgetTimers(entry);
    this.#entries.delete(document.uri.toString());
    this.#dropped.fire(document.uri);
  }
}

function forgetTimers(entry: Entry | undefined): void {
  clearTimeout(entry?.timer);
  clearTimeout(entry?.running?.timer);
}

/** Guide and plan stay what they are made of until somebody asks for them. */
function withDocument(made: LiveAnalysis, about: Omit<DocumentAnalysis, 'guide' | 'plan'>): DocumentAnalysis {
  return {
    ...about,
    get guide() {
      return made.guide;
    },
    get plan() {
      return made.plan;
    },
  };
}
