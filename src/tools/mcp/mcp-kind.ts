// The `mcp` kind of tool: its settings and how one is opened.
import type { ToolKind } from '../tool-kind.ts';
import { openMcpTool } from './mcp-tool.ts';
import { mcpSettings, type McpSettings } from './settings.ts';

export const mcpKind: ToolKind<McpSettings> = {
  kind: 'mcp',
  languages: ['mcp'],
  settings: mcpSettings,
  asksToExplain: true,
  open: openMcpTool,
};
