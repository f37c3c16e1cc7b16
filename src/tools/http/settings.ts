// Settings of an `http` tool: the service's address, headers (secrets by reference), and limits.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';
import { loginSettings } from './service-settings.ts';

export const httpSettings = z.strictObject({
  kind: z.literal('http'),
  baseUrl: z
    .string()
    .regex(/^https?:\/\/[^\s]+$/i, 'expected an address such as `https://service.example`')
    .describe('Address that request paths are added to.'),
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['http'])
    .describe('Languages of code blocks this tool performs.'),
  ...loginSettings,
  allowOrigins: z
    .array(z.string().regex(/^https?:\/\/[^/\s]+$/i, 'expected an origin such as `https://service.example`'))
    .default([])
    .describe('Other origins that a request may name in full.'),
  timeout: durationSchema.default(30_000).describe('Longest time one request may take.'),
  serve: z
    .strictObject({
      command: z
        .tuple([z.string().min(1)], z.string())
        .describe('Program and arguments, run in the folder of this file before the first request.'),
      ready: z.string().min(1).describe('Words that the service prints once it takes requests.'),
      timeout: durationSchema.default(10_000).describe('Longest time it may take to start.'),
    })
    .optional()
    .describe('Starts the service with the tool and ends it with it; for services that live only for a run.'),
  maxBody: sizeSchema.default(5_000_000).describe('Bytes kept of an answer.'),
});

export type HttpSettings = z.output<typeof httpSettings>;
