// Opens the configured tools. Opening is cheap and touches nothing outside; a tool starts what it needs on first use.
import type { Action } from '../plan/index.ts';
import type { Tool, Toolbox } from '../run/index.ts';
import { redactingTool } from './redacting-tool.ts';
import { secretVault } from './secret-vault.ts';
import type { ToolboxSettings, ToolHost } from './tool-host.ts';
import { toolKinds } from './tool-kinds.ts';

/** The configured tools of one run or one editor window; close it to end their processes. */
export interface NodeToolbox extends Toolbox<Tool> {
  /** Every language that some tool speaks. */
  readonly languages: readonly string[];
  close(): Promise<void>;
}

/** Opens every configured tool, and asks servers what the settings want known of them. Rejects only for settings that `loadSettings` would have refused. */
export function openTools(settings: ToolboxSettings, host: ToolHost): Promise<NodeToolbox> {
  return Promise.resolve().then(async () => {
    const vault = secretVault(settings.secrets, host);
    const preparing: (Promise<void> | undefined)[] = [];
    const tools = Object.entries(settings.tools).map(([name, entry]) => {
      const kind = toolKinds.find((known) => known.kind === entry.kind);
      if (!kind) throw new Error(`Tool \`${name}\` has the kind \`${entry.kind}\`, which does not exist.`);
      const parsed = kind.settings.safeParse(entry);
      if (!parsed.success) throw new Error(`Settings of tool \`${name}\`: ${parsed.error.issues[0]?.message ?? ''}`);
      const tool = kind.open(parsed.data, { name, folder: settings.folder, env: host.env, secrets: vault });
      preparing.push(tool.prepare?.());
      return redactingTool(tool, vault);
    });
    await Promise.all(preparing);
    return toolbox(tools);
  });
}

function toolbox(tools: readonly Tool[]): NodeToolbox {
  return {
    tools,
    languages: [...new Set(tools.flatMap((tool) => tool.languages))],
    find(action: Action) {
      if (action.tool !== undefined) return tools.find((tool) => tool.name === action.tool);
      return tools.find((tool) => tool.languages.includes(action.language));
    },
    async close() {
      await Promise.all(tools.map((tool) => tool.close()));
    },
  };
}
