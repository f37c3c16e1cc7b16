// Writes what is generated from definitions in the code: the JSON Schemas of our file formats, the list of findings and the messages to translate.
// Run it with `npx tsx scripts/generate-schemas.ts`; tests fail when a file and its definition differ.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planDagJsonSchema, sopJsonSchema } from '../src/plan/index.ts';
import { testsFileJsonSchema } from '../src/scenario/index.ts';
import { diagnosticsIndex } from './diagnostics-index.ts';
import { l10nBundle } from './l10n-bundle.ts';

const root = join(import.meta.dirname, '..');
const schemas = {
  'plandag.schema.json': planDagJsonSchema(),
  'sop.schema.json': sopJsonSchema(),
  'tests.schema.json': testsFileJsonSchema(),
};
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(join(root, 'schemas', name), `${JSON.stringify(schema, null, 2)}\n`);
}
writeFileSync(join(root, 'docs', 'diagnostics', 'README.md'), diagnosticsIndex());
mkdirSync(join(root, 'l10n'), { recursive: true });
writeFileSync(join(root, 'l10n', 'bundle.l10n.json'), l10nBundle(root));
