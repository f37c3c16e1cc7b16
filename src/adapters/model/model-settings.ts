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

const share = z.strictObject({
  tokens: z.int().min(1).optional().describe('Tokens, sent and answered together.'),
  time: durationSchema.optional().describe('Time that the model is waited for, retries included.'),
  cost: z.number().positive().optional().describe('Cost, in the currency of `price`.'),
});

const budget = z.strictObject({
  step: share.optional().describe('Of one step, over all rounds of a loop; of one passage or one draft.'),
  run: share.optional().describe('Of a whole run; of one `tsg propose`.'),
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
    steps: z
      .enum(['off', 'reads'])
      .default('off')
      .describe(
        '`reads`: where a decision is open and the step found nothing that it could rest on, the model looks with the tools of the step, by calls that are known to only read; `off`: it never does.',
      ),
    stepCalls: z.int().min(1).max(50).default(5).describe('Calls of tools that it may make for one step.'),
    price: price.optional().describe('What its tokens cost, so that costs are told.'),
    budget: budget
      .optional()
      .describe('What it may use up, per step and per run. What goes beyond it goes to the engineer.'),
  })
  .superRefine(({ baseUrl, name, price, budget }, context) => {
    for (const part of ['step', 'run'] as const)
      if (budget?.[part]?.cost !== undefined && !price)
        context.addIssue({
          code: 'custom',
          path: ['budget', part, 'cost'],
          message: 'expected a `price` to count it by',
        });
    if (baseUrl !== undefined && name === undefined)
      context.addIssue({ code: 'custom', path: ['name'], message: 'expected the name of the model at `baseUrl`' });
    if (name !== undefined && baseUrl === undefined)
      context.addIssue({ code: 'custom', path: ['baseUrl'], message: 'expected the address where `name` is served' });
  });

export type ModelSettings = z.output<typeof modelSettings>;
