// Writes the JSON Schemas of our file formats into schemas/, from the definitions that validate at run time.
// Run it with `npx tsx scripts/generate-schemas.ts`; the plan test fails when a file and its definition differ.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planDagJsonSchema, sopJsonSchema } from '../src/plan/index.ts';

const folder = join(import.meta.dirname, '..', 'schemas');
const schemas = { 'plandag.schema.json': planDagJsonSchema(), 'sop.schema.json': sopJsonSchema() };
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
}
