// Makes the names that completion offers of three answers of the API: metrics, labels, and what exporters say of metrics.
import type { Json } from '../../base/index.ts';
import type { ToolSchema } from '../../run/index.ts';
import { withoutEscapes } from '../safe-text.ts';

/** A description longer than this is cut: it stands beside a name in a list. */
const longestHelp = 200;

/** Whatever an answer does not hold is left out. */
export function readNames(metrics: Json, labels: Json, about: Json): ToolSchema {
  const told = fieldsOf(about);
  return {
    kind: 'metrics',
    metrics: textsOf(metrics).map((name) => {
      const help = helpOf(told.get(name) ?? null);
      return help === '' ? { name } : { name, help };
    }),
    labels: textsOf(labels).filter((name) => name !== '__name__'),
  };
}

function textsOf(list: Json): readonly string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string').map(withoutEscapes) : [];
}

function fieldsOf(value: Json | undefined): ReadonlyMap<string, Json> {
  return new Map(value && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : []);
}

/** `[{ type: "counter", help: "…", unit: "" }]` in words. */
function helpOf(entries: Json): string {
  const fields = fieldsOf(Array.isArray(entries) ? (entries as readonly Json[])[0] : null);
  const words = [fields.get('type'), fields.get('help')].filter(
    (part) => typeof part === 'string' && part !== '' && part !== 'unknown',
  );
  const text = withoutEscapes(words.join(': ').replace(/\s+/g, ' '));
  return text.length > longestHelp ? `${text.slice(0, longestHelp - 1)}…` : text;
}
