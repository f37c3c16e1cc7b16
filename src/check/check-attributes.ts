// action.attribute: a setting on a code block that is misspelt, or whose value cannot be read, so it has no effect. Names that
// are near none of ours belong to other tools and are left alone.
import { nearName } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Attribute } from '../guide/index.ts';
import { perSection } from './scope.ts';

const dialects = [
  'postgres',
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'duckdb',
  'tsql',
  'mssql',
  'oracle',
  'bigquery',
  'snowflake',
  'clickhouse',
];
const known = ['tool', 'dialect', 'timeout', 'as', 'retries'];

export const checkAttributes = perSection(({ blocks }) =>
  blocks.flatMap(({ block }) => {
    if (block.kind !== 'code') return [];
    const taken = new Set(block.attributes.map(({ name }) => name));
    return block.attributes.flatMap((attribute) =>
      known.includes(attribute.name) ? badValue(attribute) : unknown(attribute, taken),
    );
  }),
);

/** Too short for a name to be near it. */
const isNearlyAs = /^(?:ass|aas|sa)$/;

function badValue({ name, value, span }: Attribute): Diagnostic[] {
  const wanted =
    name === 'timeout' && !/^\d{1,9}(?:\.\d{1,3})?(?:ms|s|m|min|h)?$/.test(value)
      ? 'a time such as `30s`, `500ms`, `2m`'
      : name === 'retries' && !/^\d{1,3}$/.test(value)
        ? 'a whole number'
        : name === 'as' && !/^[A-Za-z_]\w*$/.test(value)
          ? 'a name of letters, digits and underscores'
          : name === 'dialect' &&
              !dialects.includes(value.toLowerCase()) &&
              nearName(value.toLowerCase(), dialects) !== undefined
            ? `one of ${dialects.slice(0, 6).join(', ')}`
            : null;
  if (wanted === null) return [];
  const hint = `Write ${wanted}, or leave \`${name}\` out.`;
  return [
    makeDiagnostic('action.attribute', span, `\`${name}=${value}\` has no effect: we expected ${wanted}.`, { hint }),
  ];
}

function unknown({ name, span }: Attribute, taken: ReadonlySet<string>): Diagnostic[] {
  const near =
    name.length < 4 && isNearlyAs.test(name)
      ? taken.has('as')
        ? undefined
        : 'as'
      : name.length < 3
        ? undefined
        : nearName(
            name.replace(/y$/, 'ies'),
            known.filter((one) => !taken.has(one) && one.length > 2),
          );
  if (near === undefined) return [];
  const place = { start: span.start, end: span.start + name.length };
  return [
    makeDiagnostic('action.attribute', place, `\`${name}\` is no setting of a code block, so it has no effect.`, {
      hint: `Did you mean \`${near}\`?`,
      fixes: [{ title: `Change to \`${near}\``, edits: [{ span: place, newText: near }] }],
    }),
  ];
}
