// The `python` and `javascript` kinds of tool: their settings and how one is opened.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';
import type { ToolKind } from '../tool-kind.ts';
import { openScriptTool } from './script-tool.ts';

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable');

const shared = {
  cwd: z.string().min(1).default('.').describe('Folder that code runs in.'),
  network: z
    .boolean()
    .default(false)
    .describe('Whether code may reach the network. Without it, code runs only where this machine can cut it off.'),
  env: z
    .array(variable)
    .default(['PATH', 'HOME', 'LANG'])
    .describe('Environment variables that code sees; no others are passed on.'),
  secretEnv: z
    .record(variable, z.string())
    .default({})
    .describe('Variables set from secrets, for example `TOKEN: ${secret:API_TOKEN}`.'),
  timeout: durationSchema.default(60_000).describe('Longest time one block may take.'),
  maxOutput: sizeSchema.default(1_000_000).describe('Output kept of each stream: its head and its tail.'),
};

const languages = (names: [string, ...string[]]) =>
  z.array(z.string().min(1)).min(1).default(names).describe('Languages of code blocks this tool performs.');

const pythonSettings = z.strictObject({
  kind: z.literal('python'),
  command: z.string().min(1).default('python3').describe('The Python to use.'),
  languages: languages(['python']),
  ...shared,
});

const javascriptSettings = z.strictObject({
  kind: z.literal('javascript'),
  command: z.string().min(1).default('node').describe('The Node.js to use.'),
  languages: languages(['javascript']),
  ...shared,
});

export type ScriptSettings = z.output<typeof pythonSettings> | z.output<typeof javascriptSettings>;

export const pythonKind: ToolKind<z.output<typeof pythonSettings>> = {
  kind: 'python',
  languages: ['python'],
  settings: pythonSettings,
  open: openScriptTool,
};

export const javascriptKind: ToolKind<z.output<typeof javascriptSettings>> = {
  kind: 'javascript',
  languages: ['javascript'],
  settings: javascriptSettings,
  open: openScriptTool,
};
