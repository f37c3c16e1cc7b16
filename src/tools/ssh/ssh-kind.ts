// The `ssh` kind of tool: its settings and how one is opened.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';
import type { ToolKind } from '../tool-kind.ts';
import { openSshTool } from './ssh-tool.ts';

const sshSettings = z.strictObject({
  kind: z.literal('ssh'),
  host: z
    .string()
    .regex(/^(?!-)[\w.@:%[\]-]+$/, 'expected a host, `user@host`, or a name of your ssh configuration')
    .describe('The machine, as `ssh` takes it: a host, `user@host`, or a name of your ssh configuration.'),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe('Port of its ssh server; when absent, what ssh is configured to use.'),
  identity: z
    .string()
    .min(1)
    .optional()
    .describe('File with the key to log in with; when absent, those that ssh finds.'),
  knownHosts: z
    .string()
    .min(1)
    .optional()
    .describe("File with the keys of machines; when absent, the user's own. An unknown machine is refused."),
  command: z.string().min(1).default('ssh').describe('The OpenSSH client to use.'),
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['ssh'])
    .describe('Languages of code blocks this tool performs.'),
  env: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable'))
    .default(['PATH', 'HOME', 'SSH_AUTH_SOCK'])
    .describe('Environment variables that the ssh client sees; commands see those of the other machine.'),
  timeout: durationSchema.default(30_000).describe('Longest time one command may take.'),
  maxOutput: sizeSchema.default(1_000_000).describe('Output kept of each stream: its head and its tail.'),
});

export type SshSettings = z.output<typeof sshSettings>;

export const sshKind: ToolKind<SshSettings> = {
  kind: 'ssh',
  languages: ['ssh'],
  settings: sshSettings,
  open: openSshTool,
};
