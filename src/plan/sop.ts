// The SOP file format, version 1: the definition behind schemas/sop.schema.json and the type that write-sop.ts fills.
import * as z from 'zod/mini';

export const sopSchemaUri = 'tsg-studio://schemas/sop.schema.json';

export function sopSchema() {
  return z.object({
    $schema: z.optional(z.string()),
    version: z.literal(1),
    name: z.string(),
    description: z.string(),
    parameters: z.optional(
      z.array(z.object({ name: z.string(), description: z.optional(z.string()), required: z.boolean() })),
    ),
    /** Names of the steps to begin with. */
    begin: z.array(z.string()),
    steps: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        description: z.string(),
        needsApproval: z.optional(z.boolean()),
        undo: z.optional(z.string()),
        verify: z.optional(z.string()),
        /** What is done inside the step, in order. */
        steps: z.array(
          z.object({ name: z.string(), language: z.string(), tool: z.optional(z.string()), code: z.string() }),
        ),
        /** Where to go on; `end` ends the procedure. */
        next: z.array(
          z.object({
            step: z.string(),
            when: z.optional(z.string()),
            guard: z.optional(z.string()),
            outcome: z.optional(z.enum(['resolved', 'mitigated', 'escalated', 'not-applicable', 'completed'])),
            onFailure: z.optional(z.boolean()),
            /** Present on a way back: the greatest number of repetitions. */
            atMost: z.optional(z.int().check(z.minimum(1))),
          }),
        ),
        source: z.optional(z.object({ startLine: z.int(), endLine: z.int() })),
      }),
    ),
  });
}

/** A procedure as it stands in a file. */
export type Sop = z.infer<ReturnType<typeof sopSchema>>;
