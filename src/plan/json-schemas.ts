// The JSON Schemas (2020-12) of our file formats, generated from the definitions that validate at run time.
import * as z from 'zod/mini';
import type { Json } from '../base/index.ts';
import { planDagSchema, planDagSchemaUri } from './plandag.ts';
import { sopSchema, sopSchemaUri } from './sop.ts';

export function planDagJsonSchema(): Json {
  return generate(planDagSchema(), planDagSchemaUri, 'PlanDAG: a troubleshooting guide as a graph of steps');
}

export function sopJsonSchema(): Json {
  return generate(sopSchema(), sopSchemaUri, 'SOP: a troubleshooting guide as a flat list of named steps');
}

function generate(schema: z.ZodMiniType, uri: string, title: string): Json {
  const generated = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', reused: 'inline' });
  const { $schema, ...rest } = JSON.parse(JSON.stringify(generated)) as Record<string, Json>;
  return { ...($schema !== undefined && { $schema }), $id: uri, title, ...rest };
}
