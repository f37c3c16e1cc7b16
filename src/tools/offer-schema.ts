// Tells a model that works a step what a connection holds: its tables with their columns, or its metrics and labels, in a
// size that a prompt has room for. Names are a machine's own words: what is no plain name is put in quotes, on one line.
import type { Tool, ToolSchema } from '../run/index.ts';
import { isFailure } from './failure.ts';
import { wrapTool } from './wrap-tool.ts';

/** Characters of a whole list. */
export const longestOffer = 2800;
/** Longer names are left out: nobody types them, and a text may hide in them. */
const longestName = 64;

/** The tool, which offers what its schema lists; one that has its own offers, or no schema, stays as it is. */
export function offerSchema(tool: Tool): Tool {
  const schema = tool.schema?.bind(tool);
  if (!schema || tool.offers) return tool;
  let told: string | undefined;
  return wrapTool(tool, {
    async offers(signal) {
      if (told !== undefined) return told;
      const listed = await schema(signal);
      if (isFailure(listed)) return '';
      return (told = describeSchema(listed));
    },
  });
}

/** The schema in a few lines: with columns and types, else with columns, else names alone, as many as there is room for. */
export function describeSchema(schema: ToolSchema): string {
  if (schema.kind === 'metrics') {
    const labels = within('Labels: ', schema.labels, Math.floor(longestOffer / 4));
    const room = longestOffer - labels.length - 1;
    return [
      within(
        'Metrics: ',
        schema.metrics.map(({ name }) => name),
        room,
      ),
      labels,
    ]
      .filter(Boolean)
      .join('\n');
  }
  const tables = schema.tables.filter(({ name }) => isShort(name));
  const nameOf = ({ schema: owner, name }: (typeof tables)[number]): string =>
    owner === undefined ? plainName(name) : `${plainName(owner)}.${plainName(name)}`;
  const forms = [true, false].map((types) =>
    tables.map((table) => {
      const columns = table.columns.filter(({ name }) => isShort(name));
      const list = columns.map(({ name, type }) => `${plainName(name)}${types ? ` ${oneWord(type)}` : ''}`).join(', ');
      return `- ${nameOf(table)} (${list})`;
    }),
  );
  const whole = forms.find((lines) => lines.join('\n').length <= longestOffer - 'Tables:\n'.length);
  if (whole) return whole.length === 0 ? '' : ['Tables:', ...whole].join('\n');
  return within('Tables, without their columns: ', tables.map(nameOf), longestOffer, (name) => name);
}

/** A list in one line, which says how many there was no room for; empty when there is nothing. */
function within(head: string, names: readonly string[], room: number, write = plainName): string {
  const all = names.filter(isShort).map(write);
  if (all.length === 0) return '';
  const rest = (count: number): string => (count < all.length ? `, and ${all.length - count} more` : '');
  let count = 0;
  let length = head.length;
  for (const name of all) {
    if (length + name.length + 2 + rest(0).length > room) break;
    length += name.length + 2;
    count++;
  }
  return `${head}${all.slice(0, count).join(', ')}${rest(count)}`;
}

function isShort(name: string): boolean {
  return name.length <= longestName;
}

function plainName(name: string): string {
  return /^[\w:.$-]+$/.test(name) ? name : JSON.stringify(name);
}

/** A type as the database says it, of plain characters alone. */
function oneWord(type: string): string {
  return type.replace(/[^\w(),. [\]]/g, '').slice(0, longestName);
}
