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
    if (!serve) return tool;
    // The service is a program of its own: secrets are for the requests that name them.
    const env = Object.fromEntries(Object.entries(context.env).filter(([name]) => !context.secrets.isVariable(name)));
    return servedTool(tool, serve, { baseUrl, cwd: context.folder, env });
  },
};
