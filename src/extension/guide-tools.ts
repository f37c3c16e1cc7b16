// The tools of each guide: the file named by `tsg.config`, else the nearest `tsg.yaml`. Faults of that file become its
// Problems. What languages the tools speak is known without opening anything outside.
import * as vscode from 'vscode';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import type { Environment, Settings, SettingsProblem } from '../adapters/index.ts';
import { globMatcher } from '../base/index.ts';
import type { KnownTool } from '../editing/index.ts';
import type { Judge, Tool } from '../run/index.ts';
import { readBaseline, withoutKnown, type Baseline } from '../check/index.ts';
import type { NodeToolbox } from '../tools/index.ts';
import { type Engine, loadEngine } from './load-engine.ts';
import { chosenModel, type ChosenModel } from './model-choice.ts';
import { quoted } from './quoted.ts';
import { readSeverities, type Reporting } from './reporting.ts';
import { UnusableSettings } from './unusable-settings.ts';

/** Opened tools with the settings they came from; close the toolbox when done. */
export interface OpenedTools {
  readonly toolbox: NodeToolbox;
  readonly settings: Settings;
  /** The model that is asked where no guard decides; opened, not yet loaded. */
  readonly judge?: Judge;
}

/** A tool as its settings say it is. */
export interface ToolConnection {
  readonly name: string;
  readonly kind: string;
  readonly languages: readonly string[];
  /** What it reaches, without secrets. */
  readonly description: string;
}

/** The tools of one environment. */
export type ToolConnections = Pick<KnownTools, 'file' | 'written' | 'environment' | 'tools'>;

/** What is known of a folder's tools without contacting anything. */
export interface KnownTools {
  readonly languages: readonly string[];
  /** `connection` tells one from every other, and is absent for one that cannot say what it holds. */
  readonly tools: readonly (ToolConnection & KnownTool & { readonly connection?: string })[];
  /** The tools file. */
  readonly file: string;
  /** Everything the tools are set to, as text; secrets stand in it by reference alone. */
  readonly written: string;
  readonly check: Settings['check'];
  /** The tools file names an endpoint. */
  readonly namesModel: boolean;
  /** Folder that the globs of `check` start from. */
  readonly folder: string;
  /** The environment that the tools are of; absent where none is chosen. */
  readonly environment?: Environment;
  /** The findings that `check.baseline` knows; null without one, or when it cannot be read. */
  readonly baseline: Baseline | null;
}

/** Looks up a secret that the settings name with `store:`. */
export type ToolSecret = (name: string) => Promise<string | undefined>;

export class GuideTools implements vscode.Disposable {
  readonly #secret: ToolSecret;
  readonly #known = new Map<string, KnownTools | null>();
  readonly #learning = new Map<string, Promise<KnownTools | null>>();
  readonly #byFile = new Map<string, Promise<KnownTools>>();
  readonly #problems = vscode.languages.createDiagnosticCollection('tsg-settings');
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #baselines = new Map<string, vscode.Disposable>();
  readonly #subscriptions: vscode.Disposable[];
  /** Languages became known or may have changed. */
  readonly onDidChange = this.#changed.event;
  readonly #settingsChanged = new vscode.EventEmitter<void>();
  /** A tools file or the choice of an environment may have changed. */
  readonly onDidChangeSettings = this.#settingsChanged.event;

  constructor(secret: ToolSecret) {
    this.#secret = secret;
    const watcher = vscode.workspace.createFileSystemWatcher('**/tsg.{yaml,yml}');
    const forget = (): void => this.#forget();
    this.#subscriptions = [
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('tsg.config') || event.affectsConfiguration('tsg.environment')) forget();
      }),
      this.#problems,
      this.#changed,
      this.#settingsChanged,
    ];
  }

  /** Languages that a guide's tools speak; null when there are no settings, or not known yet (then `onDidChange` follows). */
  languages(uri: vscode.Uri): readonly string[] | null {
    return this.#look(uri)?.languages ?? null;
  }

  /** The tools of a guide as far as they are known; none when there are no settings, or not yet. */
  known(uri: vscode.Uri): KnownTools['tools'] {
    return this.#look(uri)?.tools ?? [];
  }

  /** Which connection a tool of a guide uses, for one that can say what it holds; undefined else, or when not known yet. */
  connection(uri: vscode.Uri, tool: string): string | undefined {
    return this.known(uri).find(({ name }) => name === tool)?.connection;
  }

  /** The connections of a guide's environment; null when there are no settings, or not known yet (then `onDidChange` follows). */
  connections(uri: vscode.Uri): ToolConnections | null {
    const known = this.#look(uri);
    if (!known) return null;
    const { file, written, environment, tools } = known;
    return { file, written, tools, ...(environment && { environment }) };
  }

  /** The environment of a guide's tools; undefined where there is none, or not known yet. */
  environment(uri: vscode.Uri): Environment | undefined {
    return this.#look(uri)?.environment;
  }

  /** True when there is a model to ask about a guide, as far as is known without asking it. */
  hasModel(uri: vscode.Uri): boolean {
    const source = vscode.workspace.getConfiguration('tsg.model', uri).get<string>('source');
    return source === 'editor' || (source !== 'off' && (this.#look(uri)?.namesModel ?? false));
  }

  /** What of a guide's findings is reported: weights of the editor's settings, over them those of the tools file. */
  reporting(uri: vscode.Uri): Reporting {
    const own = vscode.workspace.getConfiguration('tsg', uri).get<unknown>('check.severities');
    const known = this.#look(uri);
    const path = known ? relative(known.folder, uri.fsPath).replaceAll('\\', '/') : '';
    const days = known?.check.verifiedWithinDays;
    return {
      severities: { ...readSeverities(own), ...known?.check.severities },
      ignored: known !== null && globMatcher(known.check.ignore)(path),
      today: new Date().toISOString().slice(0, 10),
      ...(days !== undefined && { verifiedWithinDays: days }),
      withoutKnown: (text, diagnostics) =>
        known?.baseline
          ? withoutKnown(known.baseline, { file: fromBaseline(known, uri), text, diagnostics }).left
          : diagnostics,
    };
  }

  #look(uri: vscode.Uri): KnownTools | null {
    if (uri.scheme !== 'file') return null;
    const folder = dirname(uri.fsPath);
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    this.#known.set(folder, null);
    void this.#learn(uri).then((news) => news && this.#changed.fire());
    return null;
  }

  /** Resolves when what the settings around a guide say is known; it may be that they cannot be read. */
  async ready(uri: vscode.Uri): Promise<void> {
    if (uri.scheme === 'file' && !this.#known.get(dirname(uri.fsPath))) await this.#learn(uri);
  }

  /** Reads the settings around a guide, once for each folder at a time; true when there are some. */
  #learn(uri: vscode.Uri): Promise<boolean> {
    const folder = dirname(uri.fsPath);
    const known = this.#learning.get(folder) ?? this.#read(uri);
    this.#learning.set(folder, known);
    return known.then(
      (found) => {
        // Forgotten meanwhile: whoever asks next reads again.
        if (this.#learning.get(folder) === known) this.#known.set(folder, found);
        return found !== null;
      },
      () => false, // Its Problems say it; the languages stay unknown.
    );
  }

  async #read(uri: vscode.Uri): Promise<KnownTools | null> {
    const { settings, engine } = await this.#settings(uri);
    if (settings.file === null) return null;
    // Folders below one tools file share what is known of it.
    const key = JSON.stringify([settings.file, settings.environment?.name]);
    const known = this.#byFile.get(key) ?? this.#describe(settings, settings.file, engine);
    this.#byFile.set(key, known);
    return known;
  }

  async #describe(settings: Settings, file: string, engine: Engine): Promise<KnownTools> {
    const toolbox = await engine.openTools(settings, { env: process.env, secret: this.#secret });
    const { languages } = toolbox;
    const tools = toolbox.tools.map((tool) => ({
      name: tool.name,
      kind: tool.kind,
      languages: tool.languages,
      description: tool.describe(),
      ...(tool.schema && { connection: connectionOf(settings, tool) }),
    }));
    await toolbox.close();
    const { check, environment } = settings;
    return {
      languages,
      tools,
      file,
      written: JSON.stringify([settings.tools, settings.secrets]),
      check,
      namesModel: settings.model?.baseUrl !== undefined,
      folder: settings.folder,
      baseline: await this.#baseline(settings),
      ...(environment && { environment }),
    };
  }

  /** The baseline that the settings name; whatever writes it anew is noticed. */
  async #baseline({ check, folder }: Settings): Promise<Baseline | null> {
    if (check.baseline === undefined) return null;
    const path = resolve(folder, check.baseline);
    if (!this.#baselines.has(path)) {
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.file(dirname(path)), basename(path)),
      );
      for (const changed of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
        changed(() => this.#forget());
      this.#baselines.set(path, watcher);
    }
    const bytes = await Promise.resolve(vscode.workspace.fs.readFile(vscode.Uri.file(path))).catch(() => null);
    return bytes && readBaseline(new TextDecoder().decode(bytes));
  }

  #forget(): void {
    for (const kept of [this.#known, this.#learning, this.#byFile]) kept.clear();
    this.#problems.clear();
    this.#settingsChanged.fire();
    this.#changed.fire();
  }

  /** The environment that a person chose in the editor; undefined: none, so that the tools file's own counts. */
  chosenEnvironment(uri: vscode.Uri): string | undefined {
    return vscode.workspace.getConfiguration('tsg', uri).get<string>('environment')?.trim() || undefined;
  }

  /**
   * Opens the tools of a guide; rejects with `UnusableSettings` for a bad file. `environment` counts in the place of the one that
   * is chosen; null for none.
   */
  async open(uri: vscode.Uri, environment?: string | null): Promise<OpenedTools> {
    const { settings, engine } = await this.#settings(uri, environment);
    const host = { env: process.env, secret: this.#secret };
    const toolbox = await engine.openTools(settings, host);
    const chosen = chosenModel(uri, engine, settings, host);
    const judge = chosen && engine.judgeBy(chosen.model, chosen.terms);
    return { toolbox, settings, ...(judge && { judge }) };
  }

  /** The model that a guide's settings and the editor's choose; undefined where there is none. */
  async model(uri: vscode.Uri): Promise<ChosenModel | undefined> {
    const { settings, engine } = await this.#settings(uri);
    return chosenModel(uri, engine, settings, { env: process.env, secret: this.#secret });
  }

  dispose(): void {
    for (const subscription of [...this.#subscriptions, ...this.#baselines.values()]) subscription.dispose();
  }

  async #settings(uri: vscode.Uri, named?: string | null) {
    const engine = await loadEngine();
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
    const config = vscode.workspace.getConfiguration('tsg', uri).get<string>('config')?.trim();
    const folder = dirname(uri.fsPath);
    const file = config
      ? isAbsolute(config)
        ? config
        : resolve(root ?? folder, config)
      : engine.findSettings(folder, root);
    if (file === null) return { settings: engine.defaultSettings(folder), engine };
    const environment = named === undefined ? this.chosenEnvironment(uri) : named;
    const result = engine.readSettings(await textOf(file), file, environment);
    const settingsUri = vscode.Uri.file(file);
    if (result.kind === 'settings') {
      this.#problems.delete(settingsUri);
      return { settings: result.settings, engine };
    }
    this.#problems.set(settingsUri, result.problems.map(toDiagnostic));
    throw new UnusableSettings(settingsUri, quoted(result.problems[0].message));
  }
}

function connectionOf({ file, environment }: Settings, tool: Tool): string {
  return JSON.stringify([file, environment?.name, tool.name, tool.connection ?? tool.describe()]);
}

/** What the editor holds, saved or not; else the file. */
async function textOf(file: string): Promise<string> {
  const uri = vscode.Uri.file(file);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    throw new UnusableSettings(uri, vscode.l10n.t('there is no {0}.', file));
  }
}

function toDiagnostic(problem: SettingsProblem): vscode.Diagnostic {
  const range = new vscode.Range(problem.line - 1, problem.column - 1, problem.endLine - 1, problem.endColumn - 1);
  const message = problem.hint === undefined ? problem.message : `${problem.message}\n${problem.hint}`;
  const result = new vscode.Diagnostic(range, quoted(message), vscode.DiagnosticSeverity.Error);
  result.source = 'TSG';
  return result;
}

function fromBaseline({ check, folder }: KnownTools, uri: vscode.Uri): string {
  return relative(dirname(resolve(folder, check.baseline ?? '')), uri.fsPath).replaceAll('\\', '/');
}
