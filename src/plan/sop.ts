// The SOP file format, version 1: the definition behind schemas/sop.schema.json and the type that write-sop.ts fills.
// read-sop.ts reads it back, and looser files of a name and steps with it.
import * as z from 'zod/mini';

export const sopSchemaUri = 'tsg-studio://schemas/sop.schema.json';

export function sopSchema() {
  const next = z.object({
    step: z.string(),
    when: z.optional(z.string()),
    /** When a way without a condition is taken ("once the pod is up"); nothing is decided. */
    timing: z.optional(z.string()),
    guard: z.optional(z.string()),
    /** Taken exactly when no other way with a condition is. */
    otherwise: z.optional(z.boolean()),
    outcome: z.optional(z.enum(['resolved', 'mitigated', 'escalated', 'not-applicable', 'completed'])),
    onFailure: z.optional(z.boolean()),
    /** Present on a way back: the greatest number of repetitions, and the pause before each. */
    atMost: z.optional(z.int().check(z.minimum(1))),
    waitMs: z.optional(z.number().check(z.minimum(0))),
  });
  return z.object({
    $schema: z.optional(z.string()),
    version: z.literal(1),
    name: z.string(),
    description: z.string(),
    parameters: z.optional(
      z.array(
        z.object({
          name: z.string(),
          description: z.optional(z.string()),
          required: z.boolean(),
          /** A text when absent. */
          type: z.optional(z.enum(['string', 'number', 'integer', 'boolean', 'timestamp', 'duration'])),
          default: z.optional(z.union([z.string(), z.number(), z.boolean()])),
          pattern: z.optional(z.string()),
          secret: z.optional(z.boolean()),
        }),
      ),
    ),
    /** The steps to begin with: names, or ways with a condition. */
    begin: z.array(z.union([z.string(), next])),
    steps: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        description: z.string(),
        needsApproval: z.optional(z.boolean()),
        undo: z.optional(z.string()),
        verify: z.optional(z.string()),
        safeToRepeat: z.optional(z.boolean()),
        /** What is done inside the step, in order. */
        steps: z.array(
          z.object({
            name: z.string(),
            language: z.string(),
            tool: z.optional(z.string()),
            code: z.string(),
            /** What it may do, `unknown` when absent. */
            effect: z.optional(z.enum(['read', 'write', 'unknown'])),
            /** Where parameters stand in `code`, in UTF-16 units. */
            placeholders: z.optional(z.array(z.object({ parameter: z.string(), start: z.int(), end: z.int() }))),
          }),
        ),
        /** Where to go on; `end` ends the procedure. */
        next: z.array(next),
        source: z.optional(z.object({ startLine: z.int(), endLine: z.int() })),
      }),
    ),
  });
}

/** A procedure as it stands in a file. */
export type Sop = z.infer<ReturnType<typeof sopSchema>>;
