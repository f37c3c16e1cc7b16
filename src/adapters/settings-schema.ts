// The shape of `tsg.yaml` as one zod definition, from which schemas/tsg-yaml.schema.json is generated.
// The kinds of tools bring their own settings; what is here is everything around them.
import { z } from 'zod';
import { toolKinds } from '../tools/index.ts';
import { modelSettings } from './model/model-settings.ts';
import { secretReference } from './secret-reference.ts';

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, 'expected a name of letters, digits, `_`, `.` and `-`');

const effect = z.enum(['read', 'write', 'unknown']);

const expiry = z
  .string()
  .regex(/^\d+(\.\d+)?(s|m|h|d)$/, 'expected a duration such as `30m`, `8h` or `2d`')
  .transform((text) => Math.round(Number.parseFloat(text) * (milliseconds[text.slice(-1)] ?? 0)))
  .refine((ms) => ms > 0, 'expected a duration above zero');

const milliseconds: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const approvalRule = z.strictObject({
  tools: z.array(name).min(1).optional().describe('Names of tools that the rule is for; every tool when absent.'),
  effects: z
    .array(effect)
    .min(1)
    .optional()
    .describe('Effects that the rule is for: `write` and `unknown` when absent; with `read`, reads are asked for too.'),
  environments: z
    .array(name)
    .min(1)
    .optional()
    .describe('Names of environments that the rule is for; everywhere when absent.'),
  people: z.int().min(1).max(5).optional().describe('Different people who must say yes; one when absent.'),
  expires: expiry.optional().describe('How long a yes counts, such as `30m`; without end when absent.'),
  deny: z.literal(true).optional().describe('Nobody can approve it: the action fails, and the guide says what then.'),
});

const checkSettings = z.strictObject({
  severities: z
    .record(
      z.string().regex(/^[a-z][a-z-]*\.[a-z][a-z-]*$/, 'expected the code of a finding, such as `step.loop`'),
      z.enum(['off', 'hint', 'information', 'warning', 'error']),
    )
    .default({})
    .describe('Another weight for findings, by code; `off` leaves them out.'),
  ignore: z
    .array(z.string().min(1))
    .default([])
    .describe('Glob patterns of files below this folder that are not checked.'),
  baseline: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A file below this folder with findings that are known and not told; `tsg check --write-baseline` writes it.',
    ),
  verifiedWithinDays: z
    .int()
    .min(1)
    .max(36_500)
    .optional()
    .describe('How many days the `verified` of a guide counts; 365 when absent.'),
});

const environmentSettings = z.strictObject({
  color: z
    .enum(['red', 'yellow', 'green', 'blue'])
    .optional()
    .describe('How the environment is marked; `red` for production.'),
  tools: z
    .record(name, z.record(z.string(), z.unknown()))
    .default({})
    .describe('Settings of tools that differ here, by the name of the tool; what is not named stays as it is.'),
  parameters: z
    .record(name, z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe('Values of parameters here, over those outside.'),
});

type KindSchemas = readonly [
  z.ZodObject<{ kind: z.ZodLiteral<string> }>,
  ...z.ZodObject<{ kind: z.ZodLiteral<string> }>[],
];

/** Everything a settings file may hold. Unknown keys are errors, so that a typing mistake is not silently ignored. */
export const settingsSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of the JSON Schema, for editors.'),
  version: z.literal(1).default(1).describe('Version of this file format.'),
  tools: z
    .record(name, z.discriminatedUnion('kind', toolKinds.map((kind) => kind.settings) as unknown as KindSchemas))
    .default({})
    .describe(
      'Tools by name. A code block is performed by the tool it names, else by the first that speaks its language.',
    ),
  environments: z
    .record(name, environmentSettings)
    .default({})
    .describe('Places that guides run against, such as `dev` and `prod`, each with what differs there.'),
  environment: name
    .optional()
    .describe('The environment that counts unless another is chosen (`--env`, or the setting `tsg.environment`).'),
  run: z
    .strictObject({
      maxParallel: z.int().min(1).max(256).default(8).describe('Steps that run at one time.'),
    })
    .default({ maxParallel: 8 }),
  approvals: z
    .array(approvalRule)
    .default([])
    .describe('What approvals take beyond one yes of one person. Of several rules that apply, the strictest counts.'),
  model: modelSettings
    .optional()
    .describe('A language model that is asked where no guard decides an edge. Nothing needs one.'),
  parameters: z
    .record(name, z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe('Values of parameters that the incident and the guide leave open.'),
  secrets: z
    .record(name, secretReference)
    .default({})
    .describe('Where the value of each `${secret:NAME}` is found; never the value itself.'),
  check: checkSettings.default({ severities: {}, ignore: [] }).describe('What `tsg check` and the editor report.'),
  guides: z
    .array(z.string().min(1))
    .exactOptional()
    .describe('Glob patterns of guides below this folder, beside `**/*.tsg.md`.'),
});

/** The JSON Schema of a settings file, for editors that complete and check YAML. */
export function settingsJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(settingsSchema, { io: 'input', target: 'draft-2020-12' });
  return { $schema, title: 'TSG Studio settings (tsg.yaml)', ...rest };
}
