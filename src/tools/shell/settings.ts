// Settings of a `shell` tool: where commands run, which variables they see, and their limits.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';

export const shellSettings = z.strictObject({
  kind: z.literal('shell'),
  cwd: z.string().min(1).default('.').describe('Folder that commands run in.'),
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['bash', 'sh', 'shell', 'console'])
    .describe('Languages of code blocks this tool performs.'),
  timeout: durationSchema.default(30_000).describe('Longest time one command may take.'),
  env: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable'))
    .default(['PATH', 'HOME', 'LANG'])
    .describe('Environment variables that commands see; no others are passed on.'),
  secretEnv: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string())
    .default({})
    .describe('Variables set from secrets, for example `TOKEN: ${secret:API_TOKEN}`.'),
  bash: z.string().min(1).default('bash').describe('The bash to use.'),
  maxOutput: sizeSchema.default(1_000_000).describe('Output kept of each stream: its head and its tail.'),
});

export type ShellSettings = z.output<typeof shellSettings>;
