// The limits that any kind of tool may be given: how many calls run at one time, and how many begin in a minute. They are
// added to the settings of each kind in one place, so that no kind can forget them.
import { z, type ZodType } from 'zod';

export const callLimits = z
  .strictObject({
    concurrent: z.int().min(1).max(1000).optional().describe('Calls that run at one time; no limit when absent.'),
    perMinute: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .describe('Calls that begin within any minute; no limit when absent.'),
  })
  .describe('How much is asked of the tool at most, over all runs of this program. Calls beyond that wait their turn.');

export type CallLimits = z.output<typeof callLimits>;

/** The settings of a kind with `limits` among them. */
export function withLimits(settings: ZodType): ZodType {
  if (settings instanceof z.ZodDiscriminatedUnion) {
    const [first, ...rest] = settings.options.map((option) => withLimits(option as ZodType) as z.ZodObject);
    if (!first) throw new Error('Internal error: settings of a tool with nothing to choose from');
    return z.discriminatedUnion(settings.def.discriminator, [first, ...rest]);
  }
  if (settings instanceof z.ZodObject) return settings.safeExtend({ limits: callLimits.optional() });
  throw new Error('Internal error: settings of a tool that are no object');
}
