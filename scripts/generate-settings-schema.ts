// Writes schemas/tsg-yaml.schema.json from the definition that validates settings at run time.
// `--check` compares instead of writing and fails when the file is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { settingsJsonSchema } from '../src/adapters/index.ts';

const path = resolve(import.meta.dirname, '../schemas/tsg-yaml.schema.json');
const text = `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error('schemas/tsg-yaml.schema.json is out of date: run `npx tsx scripts/generate-settings-schema.ts`.');
    process.exitCode = 1;
  }
} else writeFileSync(path, text);
