// The `http` kind of tool: its settings and how one is opened.
import type { ToolKind } from '../tool-kind.ts';
import { httpSettings, type HttpSettings } from './settings.ts';
import { openHttpTool } from './http-tool.ts';
import { servedTool } from './served-tool.ts';

export const httpKind: ToolKind<HttpSettings> = {
  kind: 'http',
  languages: ['http'],
  settings: httpSettings,
  open(settings, context) {
    const tool = openHttpTool(settings, context);
    const { serve, baseUrl } = settings;
    return serve ? servedTool(tool, serve, { baseUrl, cwd: context.folder, env: context.env }) : tool;
  },
};
