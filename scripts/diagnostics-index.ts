// The list of all findings, docs/diagnostics/README.md, from the catalogue. Written by generate-schemas.ts; the catalogue
// test fails when the two differ.
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
