// Settings of the model, the `model` of `tsg.yaml`: where it is served, by which name, with which key, and what it is used for.
import { z } from 'zod';
import { durationSchema } from '../../tools/index.ts';
import { secretReference } from '../secret-reference.ts';

export const modelSettings = z.strictObject({
  baseUrl: z
    .string()
    .regex(/^https?:\/\/[^\s]+$/i, 'expected an address such as `https://models.example/v1`')
    .describe('Address of an endpoint that speaks the OpenAI chat completions protocol, up to `/chat/completions`.'),
  name: z.string().min(1).describe('Name of the model at that endpoint.'),
  apiKey: secretReference.optional().describe('Where the key is found; none is sent when absent.'),
  timeout: durationSchema.default(60_000).describe('Longest time one call may take, its retries included.'),
  maxCalls: z.int().min(1).max(1000).default(20).describe('Calls that one run may make in all.'),
  confidence: z.number().min(0).max(1).default(0.8).describe('Least confidence with which a judgement decides.'),
  judge: z
    .enum(['off', 'ask'])
    .default('ask')
    .describe('`ask`: the model is asked where no guard decides an edge, before the engineer is; `off`: it never is.'),
});

export type ModelSettings = z.output<typeof modelSettings>;
