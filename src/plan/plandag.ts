// The PlanDAG file format, version 1: the one definition that validates files at run time, gives the wire type and
// generates schemas/plandag.schema.json. The shape is StepFly's; everything we add is optional, so that its files load.
// It is not the plan value: see write-plandag.ts and read-plandag.ts for the way there and back.
import * as z from 'zod/mini';

/** Written into each file; the extension serves this address to the editor. */
export const planDagSchemaUri = 'tsg-studio://schemas/plandag.schema.json';

let schema: ReturnType<typeof build> | undefined;

/** The definition, made when first asked for: most hosts start without reading a file. */
export function planDagSchema(): ReturnType<typeof build> {
  return (schema ??= build());
}

/** A PlanDAG as it stands in a file. */
export type PlanDag = z.infer<ReturnType<typeof build>>;
export type WireNode = PlanDag['nodes'][number];
export type WireAction = NonNullable<WireNode['actions']>[number];
export type WireEdge = WireNode['output_edges'][number];
export type WireGuard = NonNullable<WireEdge['guard']>;
export type WireParameter = NonNullable<PlanDag['guide']>['parameters'][number];
export type WireRepeat = NonNullable<PlanDag['repeats']>[number];
export type WireSource = WireAction['source'];

function build() {
  const line = () => z.int().check(z.minimum(1));
  const offset = () => z.int().check(z.minimum(0));
  const says = <S extends z.ZodMiniType>(schema: S, description: string): S =>
    schema.check(z.describe(description)) as unknown as S;

  const sourceSchema = z.object({
    startLine: says(line(), 'First line in the guide, counted from 1.'),
    endLine: says(line(), 'Last line in the guide, counted from 1, inclusive.'),
    start: z.optional(says(offset(), 'UTF-16 offset of the first character.')),
    end: z.optional(says(offset(), 'UTF-16 offset after the last character.')),
  });

  const origin = () => z.enum(['author', 'inferred', 'model']);

  const guardSchema = z.union([
    z.object({
      cel: says(z.string(), 'CEL expression over the result of the node and the parameters.'),
      origin: origin(),
      source: z.optional(sourceSchema),
    }),
    z.object({
      else: says(z.literal(true), 'Enabled exactly when no other conditional edge of the node is.'),
      origin: origin(),
    }),
  ]);

  const parameterSchema = z.object({
    name: z.string(),
    type: z.enum(['string', 'number', 'integer', 'boolean', 'timestamp', 'duration']),
    required: z.boolean(),
    description: z.optional(z.string()),
    default: z.optional(z.union([z.string(), z.number(), z.boolean()])),
    examples: z.optional(z.array(z.string())),
    pattern: z.optional(says(z.string(), 'RE2 regular expression for the whole value.')),
    secret: z.optional(says(z.boolean(), 'Never written to a journal, log or output.')),
    origin: z.optional(says(z.enum(['declared', 'placeholder']), '`placeholder`: only seen in code.')),
    source: z.optional(sourceSchema),
  });

  const actionSchema = z.object({
    id: z.string(),
    language: z.string(),
    tool: z.optional(z.string()),
    as: z.optional(says(z.string(), 'Name under which later steps read the result.')),
    dialect: z.optional(z.string()),
    timeoutMs: z.optional(z.number().check(z.minimum(0))),
    retries: z.optional(z.int().check(z.minimum(0))),
    code: z.string(),
    parameters: z.array(z.string()),
    placeholders: z.optional(z.array(z.object({ parameter: z.string(), start: offset(), end: offset() }))),
    effect: z.enum(['read', 'write', 'unknown']),
    source: sourceSchema,
    lineOffsets: z.optional(says(z.array(offset()), 'Offset in the guide of each line of `code`.')),
    guide: z.optional(
      says(
        z.object({ title: z.string(), file: z.string(), sha256: z.string() }),
        'Performed by going through this guide: the nodes that are `within` the action.',
      ),
    ),
  });

  const edgeSchema = z.object({
    edge: says(z.string(), 'Name of the edge; the node it leads to lists it in `input_edges`.'),
    to: z.optional(says(z.string(), 'Node that the edge leads to; found by name in `input_edges` when absent.')),
    condition: says(z.string(), "The author's words; `none` when unconditional."),
    timing: z.optional(says(z.boolean(), 'The condition only says when; the edge is followed without a decision.')),
    guard: z.optional(guardSchema),
    outcome: z.optional(z.enum(['resolved', 'mitigated', 'escalated', 'not-applicable', 'completed'])),
    onFailure: z.optional(says(z.boolean(), 'Taken when the node fails, and only then.')),
    source: z.optional(sourceSchema),
  });

  const nodeSchema = z.object({
    node: says(z.string(), '`start`, `end`, or the name of a step.'),
    title: z.optional(z.string()),
    description: z.string(),
    needsApproval: z.optional(z.boolean()),
    safeToRepeat: z.optional(z.boolean()),
    undo: z.optional(z.string()),
    verify: z.optional(z.string()),
    yields: z.optional(says(z.array(z.string()), 'What its actions give: columns, variables, names of results.')),
    uses: z.optional(
      says(
        z.array(z.object({ from: z.string(), what: z.string(), source: z.optional(sourceSchema) })),
        'What it needs of earlier steps.',
      ),
    ),
    calls: z.optional(
      says(
        z.array(
          z.object({
            path: says(z.string(), "Relative to the guide's folder."),
            anchor: z.optional(z.string()),
            title: z.string(),
            after: says(z.int().check(z.minimum(0)), 'How many actions of the step stand before it.'),
            source: sourceSchema,
          }),
        ),
        'Other guides that the step sends to.',
      ),
    ),
    within: z.optional(says(z.string(), 'Action that calls the guide whose node this is; its name begins with it.')),
    source: z.optional(sourceSchema),
    titleSource: z.optional(sourceSchema),
    actions: z.optional(z.array(actionSchema)),
    input_edges: z.array(z.object({ edge: z.string() })),
    output_edges: z.array(edgeSchema),
  });

  const repeatSchema = z.object({
    edge: z.string(),
    from: z.string(),
    to: z.string(),
    condition: z.string(),
    guard: z.optional(guardSchema),
    onFailure: z.optional(says(z.boolean(), 'Goes round when the node fails, and only then.')),
    max: says(z.int().check(z.minimum(1)), 'Greatest number of repetitions.'),
    waitMs: z.optional(z.number().check(z.minimum(0))),
    source: z.optional(sourceSchema),
  });

  const notReadSchema = z.object({
    node: z.optional(z.string()),
    text: z.string(),
    reason: z.string(),
    source: sourceSchema,
  });

  const guideSchema = z.object({
    title: z.string(),
    file: z.string(),
    sha256: z.string(),
    parameters: z.array(parameterSchema),
    owner: z.optional(z.string()),
    alerts: z.optional(z.array(z.string())),
    verified: z.optional(z.string()),
  });

  const planDagSchema = z.object({
    $schema: z.optional(z.string()),
    version: z.optional(z.literal(1)),
    guide: z.optional(guideSchema),
    nodes: z.array(nodeSchema),
    repeats: z.optional(says(z.array(repeatSchema), 'Loops that the author wrote; their edges are not in `nodes`.')),
    notRead: z.optional(says(z.array(notReadSchema), 'Passages that could not be read as control flow.')),
  });

  return planDagSchema;
}
