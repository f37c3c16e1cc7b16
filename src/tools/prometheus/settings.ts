// Settings of a `prometheus` tool: where the server is, headers (secrets by reference), and limits.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';

export const prometheusSettings = z.strictObject({
  kind: z.literal('prometheus'),
  baseUrl: z
    .string()
    .regex(/^https?:\/\/[^\s?#]+$/i, 'expected an address such as `http://prometheus.example:9090`')
    .describe('Address of the server; `/api/v1/…` is added to it.'),
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['promql'])
    .describe('Languages of code blocks this tool performs.'),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'expected the name of a header'), z.string())
    .default({})
    .describe('Headers of every request; secrets as `${secret:NAME}`.'),
  timeout: durationSchema.default(30_000).describe('Longest time one query may take.'),
  maxRows: z.int().min(1).max(1_000_000).default(10_000).describe('Rows kept of one result; more are counted.'),
  maxBody: sizeSchema.default(20_000_000).describe('Largest answer that is read.'),
});

export type PrometheusSettings = z.output<typeof prometheusSettings>;
