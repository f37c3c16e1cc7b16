// Quotes names for SQL.

/** A name as SQL quotes it: `"my table"`. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
