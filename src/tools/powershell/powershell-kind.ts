// The `powershell` kind of tool: its settings and how one is opened.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';
import type { ToolKind } from '../tool-kind.ts';
import { openPowershellTool } from './powershell-tool.ts';

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_()]*$/, 'expected the name of an environment variable');

/** Without some of these Windows starts hardly any program. */
const passed = ['PATH', 'HOME', 'LANG', 'USERPROFILE', 'TEMP', 'SystemRoot', 'ComSpec', 'PATHEXT', 'ProgramData'];

const powershellSettings = z.strictObject({
  kind: z.literal('powershell'),
  command: z
    .string()
    .min(1)
    .optional()
    .describe('The PowerShell to use; when absent `pwsh`, else `powershell`, as found on the `PATH`.'),
  cwd: z.string().min(1).default('.').describe('Folder that commands run in.'),
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['powershell'])
    .describe('Languages of code blocks this tool performs.'),
  timeout: durationSchema.default(60_000).describe('Longest time one script may take.'),
  env: z.array(variable).default(passed).describe('Environment variables that scripts see; no others are passed on.'),
  secretEnv: z
    .record(variable, z.string())
    .default({})
    .describe('Variables set from secrets, for example `TOKEN: ${secret:API_TOKEN}`.'),
  maxOutput: sizeSchema.default(1_000_000).describe('Output kept of each stream: its head and its tail.'),
});

export type PowershellSettings = z.output<typeof powershellSettings>;

export const powershellKind: ToolKind<PowershellSettings> = {
  kind: 'powershell',
  languages: ['powershell'],
  settings: powershellSettings,
  open: openPowershellTool,
};
