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
    'A finding is silenced in the guide: `<!-- tsg-disable code -->` from there on (until `<!-- tsg-enable code -->`),',
    '`<!-- tsg-disable-next-line code -->` on the next line, `<!-- tsg-disable-line code -->` on its own. Several codes are',
    'separated by blanks or commas; no code means all. What follows ` -- ` is the reason, for people.',
    '',
    '| code | what it says | severity |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
