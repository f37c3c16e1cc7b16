// Settings of a `kubernetes` tool: which cluster, through the user's own kubectl, and its limits.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';

export const kubernetesSettings = z.strictObject({
  kind: z.literal('kubernetes'),
  context: z.string().min(1).optional().describe('Context of the kubeconfig; when absent, the current one.'),
  namespace: z.string().min(1).optional().describe('Namespace of commands that name none.'),
  kubeconfig: z.string().min(1).optional().describe('The kubeconfig file; when absent, the one that kubectl finds.'),
  kubectl: z.string().min(1).default('kubectl').describe('The kubectl to use.'),
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['kubectl'])
    .describe('Languages of code blocks this tool performs.'),
  env: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable'))
    .default(['PATH', 'HOME', 'KUBECONFIG'])
    .describe('Environment variables that kubectl and its login plugins see; no others are passed on.'),
  timeout: durationSchema.default(30_000).describe('Longest time one command may take.'),
  maxRows: z.int().min(1).max(100_000).default(5000).describe('Rows kept of one list; more are counted.'),
  maxOutput: sizeSchema.default(20_000_000).describe('Largest output that is read.'),
});

export type KubernetesSettings = z.output<typeof kubernetesSettings>;
