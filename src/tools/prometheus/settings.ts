// Settings of a `prometheus` tool: where the server is, headers (secrets by reference), and limits.
import { z } from 'zod';
import { serviceSettings } from '../http/service-settings.ts';

export const prometheusSettings = z.strictObject({
  kind: z.literal('prometheus'),
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['promql'])
    .describe('Languages of code blocks this tool performs.'),
  ...serviceSettings,
});

export type PrometheusSettings = z.output<typeof prometheusSettings>;
