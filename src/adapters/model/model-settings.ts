// Settings of the model, the `model` of `tsg.yaml`: where it is served, by which name, with which key, and what it is used for.
import { z } from 'zod';
import { durationSchema } from '../../tools/index.ts';
import { secretReference } from '../secret-reference.ts';

const price = z.strictObject({
  input: z.number().min(0).describe('Price of a million tokens that are sent.'),
  output: z.number().min(0).describe('Price of a million tokens that are answered.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected a currency such as `USD`')
    .default('USD')
    .describe('Currency of the prices.'),
});

export const modelSettings = z
  .strictObject({
    baseUrl: z
      .string()
      .regex(/^https?:\/\/[^\s]+$/i, 'expected an address such as `https://models.example/v1`')
      .optional()
      .describe(
        'Address of an endpoint that speaks the OpenAI chat completions protocol, up to `/chat/completions`. Without one, only a model of the editor is asked, where its settings choose one.',
      ),
    name: z.string().min(1).optional().describe('Name of the model at that endpoint.'),
    apiKey: secretReference.optional().describe('Where the key is found; none is sent when absent.'),
    timeout: durationSchema.default(60_000).describe('Longest time one call may take, its retries included.'),
    maxCalls: z.int().min(1).max(1000).default(20).describe('Calls that one run may make in all.'),
    confidence: z.number().min(0).max(1).default(0.8).describe('Least confidence with which a judgement decides.'),
    judge: z
      .enum(['off', 'ask'])
      .default('ask')
      .describe(
        '`ask`: the model is asked where no guard decides an edge, before the engineer is; `off`: it never is.',
      ),
    price: price.optional().describe('What its tokens cost, so that costs are told.'),
  })
  .superRefine(({ baseUrl, name }, context) => {
    if (baseUrl !== undefined && name === undefined)
      context.addIssue({ code: 'custom', path: ['name'], message: 'expected the name of the model at `baseUrl`' });
    if (name !== undefined && baseUrl === undefined)
      context.addIssue({ code: 'custom', path: ['baseUrl'], message: 'expected the address where `name` is served' });
  });

export type ModelSettings = z.output<typeof modelSettings>;
