// A hint for a word on the command line that names nothing.
import { nearName } from '../base/index.ts';

/** A hint with the nearest name, or with the whole list when it is short. */
export function didYouMean(typed: string, names: readonly string[]): string | undefined {
  const near = nearName(typed, names);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (names.length === 0) return undefined;
  const shown = names.slice(0, 12).map((name) => `\`${name}\``);
  return `known: ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}.`;
}
