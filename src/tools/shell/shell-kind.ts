// The `shell` kind of tool: its settings and how one is opened.
import type { ToolKind } from '../tool-kind.ts';
import { shellSettings, type ShellSettings } from './settings.ts';
import { openShellTool } from './shell-tool.ts';

export const shellKind: ToolKind<ShellSettings> = {
  kind: 'shell',
  languages: ['bash', 'sh', 'shell', 'console'],
  settings: shellSettings,
  open: openShellTool,
};
