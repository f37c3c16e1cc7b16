// Opens the configured tools. Opening is cheap and touches nothing outside; a tool starts what it needs on first use.
import { typedLines } from '../effect/index.ts';
import type { Action } from '../plan/index.ts';
import type { Tool, Toolbox } from '../run/index.ts';
import type { CallLimits } from './call-limits.ts';
import { boundTool } from './bound-tool.ts';
import { limitedTool } from './limited-tool.ts';
import { offerSchema } from './offer-schema.ts';
import { isLongEnough, redactingTool } from './redacting-tool.ts';
import { secretVault, type SecretVault } from './secret-vault.ts';
import type { ToolboxSettings, ToolHost } from './tool-host.ts';
import { toolKinds } from './tool-kinds.ts';
import { newTurnKeeper } from './turn-keeper.ts';

/** The configured tools of one run or one editor window; close it to end their processes. */
export interface NodeToolbox extends Toolbox<Tool> {
  /** Every language that some tool speaks. */
  readonly languages: readonly string[];
  /** Asks servers what the settings want known of them before a run; starts what it needs. Never rejects. */
  prepare(): Promise<void>;
  secretValues(): readonly string[];
  /** Secrets that the tools of these actions need and that cannot be had, in sentences; complete once `prepare` has ended. */
  lacking(actions: readonly Action[]): readonly string[];
  close(): Promise<void>;
}

/** Toolboxes come and go with runs; limits hold for all of this program's together. */
const processTurns = newTurnKeeper();

/** Opens every configured tool. Rejects only for settings that `loadSettings` would have refused. */
export function openTools(settings: ToolboxSettings, host: ToolHost): Promise<NodeToolbox> {
  return Promise.resolve().then(() => {
    const vault = secretVault(settings.secrets, host);
    const preparations: (() => Promise<void>)[] = [];
    const tools = Object.entries(settings.tools).map(([name, entry]) => {
      const kind = toolKinds.find((known) => known.kind === entry.kind);
      if (!kind) throw new Error(`Tool \`${name}\` has the kind \`${entry.kind}\`, which does not exist.`);
      const parsed = kind.settings.safeParse(entry);
      if (!parsed.success) throw new Error(`Settings of tool \`${name}\`: ${parsed.error.issues[0]?.message ?? ''}`);
      const opened = kind.open(parsed.data, { name, folder: settings.folder, env: host.env, secrets: vault });
      if (opened.prepare) preparations.push(opened.prepare);
      const tool = offerSchema(opened);
      const { limits } = parsed.data as { readonly limits?: CallLimits };
      const turns =
        limits && (host.turns ?? processTurns).turnsOf(JSON.stringify([settings.folder, name, entry]), limits);
      const kept = redactingTool(turns ? limitedTool(tool, turns, kind.asksToExplain ?? false) : tool, vault);
      return boundTool(kept, opened, { entry, settings: parsed.data }, { folder: settings.folder, env: host.env });
    });
    const needs = (name: string): string => JSON.stringify(settings.tools[name] ?? null);
    return toolbox(tools, preparations, vault, needs);
  });
}

function toolbox(
  tools: readonly Tool[],
  preparations: readonly (() => Promise<void>)[],
  vault: SecretVault,
  needs: (tool: string) => string,
): NodeToolbox {
  const find = (action: Action): Tool | undefined => {
    if (action.tool !== undefined) return tools.find((tool) => tool.name === action.tool);
    if (isForeign(action)) return undefined;
    return tools.find((tool) => tool.languages.includes(action.language));
  };
  return {
    tools,
    languages: [...new Set(tools.flatMap((tool) => tool.languages))],
    find,
    lacking(actions) {
      const used = new Set(actions.flatMap((action) => find(action)?.name ?? []));
      return [...new Set([...used].flatMap((name) => vault.missing(needs(name))))];
    },
    async prepare() {
      await Promise.all([vault.lookUpAll(), ...preparations.map((prepare) => prepare())]);
    },
    secretValues: () => vault.values().filter(isLongEnough),
    async close() {
      await Promise.all(tools.map((tool) => tool.close()));
    },
  };
}

/** Another program's session is a person's to type, whatever tool speaks `console`. */
function isForeign({ language, code }: Action): boolean {
  const typed = language === 'console' ? typedLines(code, language) : null;
  return typed !== null && 'refusal' in typed;
}
