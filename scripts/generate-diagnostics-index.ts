// Writes docs/diagnostics/README.md, the list of all codes, from the catalogue.
// Run it with `npx tsx scripts/generate-diagnostics-index.ts`; the catalogue test fails when the two differ.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../src/diagnostics/index.ts';

/** The page's text. */
export function diagnosticsIndex(): string {
  const rows = Object.entries(catalogue).map(
    ([code, { title, severity }]) => `| [\`${code}\`](${code}.md) | ${title} | ${severity} |`,
  );
  return [
    '# Findings',
    '',
    'What `tsg check` and the editor can say of a guide. Only errors make `tsg check` end with exit code 1.',
    '',
    '| code | what it says | severity |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'diagnostics', 'README.md'), diagnosticsIndex());
}
