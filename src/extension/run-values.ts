// Values for a guide's parameters: what was given last time is offered again, secrets live in the editor's secret store and
// nowhere else. A value that does not fit its parameter is refused while it is typed.
import type * as vscode from 'vscode';
import { firstUse, type Parameter, type Plan } from '../plan/index.ts';
import { loadEngine } from './load-engine.ts';
import type { Prompts } from './prompts.ts';
import { wrongValue } from './wrong-value.ts';

/** The two halves that a run takes; secrets never enter a journal. */
export interface GivenValues {
  readonly parameters: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

const storedSecrets = 'tsg.storedSecrets';

/** Remembers and asks for values. */
export class RunValues {
  readonly #memory: vscode.Memento;
  readonly #secrets: vscode.SecretStorage;

  constructor(memory: vscode.Memento, secrets: vscode.SecretStorage) {
    this.#memory = memory;
    this.#secrets = secrets;
  }

  /**
   * Values for everything the plan's actions need and that has neither a default, a value in the settings (`preset`) nor a stored secret; each asked once.
   * Undefined when the person closed a question: then nothing should start.
   */
  async gather(
    uri: vscode.Uri,
    plan: Plan,
    preset: Readonly<Record<string, unknown>>,
    prompts: Prompts,
  ): Promise<GivenValues | undefined> {
    const used = new Set(plan.nodes.flatMap((node) => node.actions.flatMap((action) => action.parameters)));
    const parameters: Record<string, string> = {};
    const secrets: Record<string, string> = {};
    for (const parameter of plan.guide.parameters) {
      if (parameter.secret) {
        const stored = await this.#secrets.get(secretKey(uri, parameter.name));
        if (stored !== undefined) secrets[parameter.name] = stored;
      }
      const has = parameter.default !== undefined || parameter.name in preset || parameter.name in secrets;
      if (!used.has(parameter.name) || has) continue;
      const value = await this.ask(uri, plan, parameter, prompts);
      if (value === undefined) return undefined;
      (parameter.secret ? secrets : parameters)[parameter.name] = value;
    }
    return { parameters, secrets };
  }

  /** What is known without asking: for a dry run and for a resumed run. */
  async known(uri: vscode.Uri, plan: Plan): Promise<GivenValues> {
    const engine = await loadEngine();
    const parameters: Record<string, string> = {};
    const secrets: Record<string, string> = {};
    for (const parameter of plan.guide.parameters) {
      const value = parameter.secret
        ? await this.#secrets.get(secretKey(uri, parameter.name))
        : parameter.default === undefined
          ? this.remembered(uri)[parameter.name]
          : undefined;
      if (value !== undefined && wrongValue(engine, parameter, value) === null) {
        (parameter.secret ? secrets : parameters)[parameter.name] = value;
      }
    }
    return { parameters, secrets };
  }

  /** Asks for one value and keeps it: a secret in the secret store, anything else in the workspace's memory. */
  async ask(uri: vscode.Uri, plan: Plan, parameter: Parameter, prompts: Prompts): Promise<string | undefined> {
    const engine = await loadEngine();
    const wrong = (text: string): string | null => wrongValue(engine, parameter, text);
    const before = parameter.secret ? undefined : this.remembered(uri)[parameter.name];
    const value = await prompts.value(parameter, before, wrong, firstUse(plan, parameter.name));
    if (value === undefined || wrong(value) !== null) return undefined;
    if (parameter.secret) await this.keepSecret(secretKey(uri, parameter.name), value);
    else await this.#memory.update(memoryKey(uri), { ...this.remembered(uri), [parameter.name]: value });
    return value;
  }

  /** A secret that the tools file names with `store:`. */
  toolSecret(name: string): Thenable<string | undefined> {
    return this.#secrets.get(`tsg.tool:${name}`);
  }

  async keepToolSecret(name: string, value: string): Promise<void> {
    await this.keepSecret(`tsg.tool:${name}`, value);
  }

  /** Forgets every secret that was kept; says how many there were. */
  async forgetSecrets(): Promise<number> {
    const keys = this.#memory.get<readonly string[]>(storedSecrets) ?? [];
    for (const key of keys) await this.#secrets.delete(key);
    await this.#memory.update(storedSecrets, []);
    return keys.length;
  }

  async keepSecret(key: string, value: string): Promise<void> {
    await this.#secrets.store(key, value);
    const keys = this.#memory.get<readonly string[]>(storedSecrets) ?? [];
    if (!keys.includes(key)) await this.#memory.update(storedSecrets, [...keys, key]);
  }

  /** What was given last for the parameters of a guide, without secrets. */
  remembered(uri: vscode.Uri): Readonly<Record<string, string>> {
    return this.#memory.get<Readonly<Record<string, string>>>(memoryKey(uri)) ?? {};
  }
}

function memoryKey(uri: vscode.Uri): string {
  return `tsg.values:${uri.toString()}`;
}

function secretKey(uri: vscode.Uri, name: string): string {
  return `tsg.parameter:${uri.toString()}:${name}`;
}
