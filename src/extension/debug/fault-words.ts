// What is wrong with an expression that somebody has written in a watch, the console or a breakpoint: there is no guard there,
// though the same language reads it.
import { quoted } from '../quoted.ts';

/** Names that an expression may read, for whoever has written another. */
const known = 'rows, rowCount, columns, text, json, exitCode, status, params.NAME, steps.STEP and results.NAME';

/** The message of a guard as one about an expression; `named` adds the names that it may read where it reads another. */
export function faultWords(message: string, named = false): string {
  const names = named ? `; those are ${known}` : '';
  const said = message
    .replace(/^The guard\b/, 'The expression')
    .replace(/which is no name a guard knows\.$/, `which is no name that it can read${names}.`)
    .replace(/; it gave no result\.$/, '; there is no result yet.');
  return quoted(said);
}
