// A scenario: what a run is given and told from outside, recorded or made up, and what should come of it. One definition
// validates `NAME.tests.yaml`, gives its types and generates schemas/tests.schema.json.
import { z } from 'zod';

const name = z.string().min(1);
const value = z.union([z.string(), z.number(), z.boolean()]);
const reasons = ['refused-by-tool', 'timeout', 'cancelled', 'crashed', 'unavailable', 'exit-code'] as const;
const outcomes = [
  'resolved',
  'mitigated',
  'escalated',
  'not-applicable',
  'completed',
  'no-branch-fits',
  'failed',
  'waiting',
] as const;

const failure = z.strictObject({
  reason: z.enum(reasons).default('refused-by-tool').describe('Why the action gives no result.'),
  message: z.string().default('The test lets it fail.').describe("The tool's words."),
  transient: z.boolean().default(false).describe('True when a read may be tried again.'),
});

/** What a tool answers to one call. */
export const answerSchema = z.strictObject({
  rows: z.array(z.record(z.string(), z.json())).optional().describe('The rows of a table.'),
  columns: z.array(name).optional().describe('Names of the columns, in order; taken from the first row when absent.'),
  rowCount: z.int().min(0).optional().describe('Rows there are in all, when more than stand here.'),
  text: z.string().optional().describe('Standard output of a command, body of an HTTP answer.'),
  errorText: z.string().optional().describe('Error output of a command.'),
  json: z.json().optional().describe('Body of an HTTP answer, as data.'),
  exitCode: z.int().optional().describe('Exit code of a command; 0 when absent.'),
  status: z.int().min(100).max(599).optional().describe('Status of an HTTP answer; 200 when absent.'),
  failure: failure.optional().describe('The action gives no result but fails.'),
  pending: z.literal(true).optional().describe('It has not answered by the time that the run ends, or times out.'),
  effect: z.enum(['read', 'write', 'unknown']).optional().describe("Instead of the tool's own judgement."),
});

const shown = z.union([name, z.array(name).min(1)]);
const rendered = z.strictObject({
  contains: shown.optional().describe('Texts that stand in it.'),
  excludes: shown.optional().describe('Texts that do not.'),
  equals: z.string().optional().describe('The whole text, but for spaces at its ends.'),
});

const expectation = z.strictObject({
  outcome: z.enum(outcomes).optional().describe('How the run ends; `waiting`: it needs a person.'),
  path: z.array(name).optional().describe("The steps that run, no more and no fewer, in the guide's order."),
  failed: z.array(name).optional().describe('The steps that fail.'),
  edges: z.array(name).optional().describe('Edges that are taken, among others.'),
  reason: z.strictObject({ contains: shown }).optional().describe('Words of the sentence that says how it ended.'),
  rendered: z.record(name, rendered).optional().describe('By action: the text that runs, values filled in.'),
});

const choice = z.union([name, z.array(name)]);

export const scenarioSchema = z.strictObject({
  name: name.describe('A sentence that says what is the case.'),
  parameters: z.record(name, value).default({}).describe('Values of parameters; secret ones may be left out.'),
  answers: z
    .record(name, z.union([answerSchema, z.array(answerSchema).min(1)]))
    .default({})
    .describe('By action: its answer, or one for each call, the last of which is repeated.'),
  decisions: z
    .record(name, z.union([name, z.array(name), z.strictObject({ each: z.array(choice).min(1) })]))
    .default({})
    .describe(
      'By step: the step or edge that the engineer chooses, or a list of edges. In a loop `each`: what is chosen each time, the last of which is repeated.',
    ),
  approve: z
    .union([z.literal('all'), z.literal('none'), z.array(name)])
    .default('all')
    .describe('Which actions are approved when they ask; those not named are refused, with `none` the run waits.'),
  settle: z
    .record(name, z.enum(['done', 'failed']))
    .default({})
    .describe('By action: how what is done by hand goes; `done` when absent.'),
  expect: expectation.default({}).describe('What should come of it.'),
});

export const testsFileSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of the JSON Schema, for editors.'),
  version: z.literal(1).default(1).describe('Version of this file format.'),
  guide: name
    .optional()
    .describe('The guide, from this folder; when absent NAME.tsg.md or NAME.md beside NAME.tests.yaml.'),
  tests: z.array(scenarioSchema).describe('The cases.'),
});

/** What an engineer chooses at one time: a step or an edge, or several edges. */
export type Choice = z.output<typeof choice>;
export type Answer = z.output<typeof answerSchema>;
export type Scenario = z.output<typeof scenarioSchema>;
export type TestsFile = z.output<typeof testsFileSchema>;

/** The steps and edges that a decision names, those of each time. */
export function namedIn(decision: Scenario['decisions'][string]): readonly string[] {
  return [typeof decision === 'string' || Array.isArray(decision) ? decision : decision.each].flat(2);
}

/** The JSON Schema of a tests file, for editors that complete and check YAML. */
export function testsFileJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(testsFileSchema, { io: 'input', target: 'draft-2020-12' });
  return { $schema, title: 'Tests of a troubleshooting guide (NAME.tests.yaml)', ...rest };
}
