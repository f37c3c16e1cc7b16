// Settings of an `mcp` tool: a server that is started (stdio) or reached (streamable HTTP), what of it is trusted, and limits.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';

const toolName = z.string().regex(/^[\w.\-/]{1,128}$/, 'expected the name of a tool of the server');
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable');

export const mcpSettings = z
  .strictObject({
    kind: z.literal('mcp'),
    command: z
      .tuple([z.string().min(1)], z.string())
      .optional()
      .describe('Program and arguments of a server that speaks over standard input and output.'),
    url: z
      .string()
      .regex(/^https?:\/\/[^\s]+$/i, 'expected an address such as `https://mcp.example/mcp`')
      .optional()
      .describe('Address of a server that speaks streamable HTTP.'),
    env: z
      .array(variable)
      .default(['PATH', 'HOME', 'LANG'])
      .describe('Environment variables that a started server sees; no others are passed on.'),
    secretEnv: z
      .record(variable, z.string())
      .default({})
      .describe('Variables of a started server set from secrets, for example `TOKEN: ${secret:API_TOKEN}`.'),
    headers: z
      .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'expected the name of a header'), z.string())
      .default({})
      .describe('Headers of every request to `url`; secrets as `${secret:NAME}`.'),
    languages: z
      .array(z.string().min(1))
      .min(1)
      .default(['mcp'])
      .describe('Languages of code blocks this tool performs.'),
    reads: z
      .array(toolName)
      .default([])
      .describe('Tools of the server that you know to only read; every other call waits for approval.'),
    trustReadOnlyHints: z
      .boolean()
      .default(false)
      .describe('Believe the server where it calls a tool read-only. It is asked when a run begins.'),
    timeout: durationSchema.default(60_000).describe('Longest time one call may take.'),
    maxOutput: sizeSchema.default(1_000_000).describe('Text and JSON kept of one answer.'),
  })
  .refine(({ command, url }) => (command === undefined) !== (url === undefined), {
    message: 'expected either `command` or `url`',
    path: ['command'],
  });

export type McpSettings = z.output<typeof mcpSettings>;
