// The `http` kind of tool: its settings and how one is opened.
import type { ToolKind } from '../tool-kind.ts';
import { httpSettings, type HttpSettings } from './settings.ts';
import { openHttpTool } from './http-tool.ts';

export const httpKind: ToolKind<HttpSettings> = {
  kind: 'http',
  languages: ['http'],
  settings: httpSettings,
  open: openHttpTool,
};
