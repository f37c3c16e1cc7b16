// Reads the lists of actions whose effect is known: one action a line, a line that begins with two spaces goes on with
// the action before it, and lines that begin with `## ` are headings.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'effects');

/** The actions of one list, for example `hostile/shell`. */
export function effectList(name: string): readonly string[] {
  const actions: string[] = [];
  for (const line of readFileSync(join(folder, `${name}.txt`), 'utf8').split('\n'))
    if (line.startsWith('  ') && actions.length > 0) actions.push(`${actions.pop() ?? ''}\n${line.slice(2)}`);
    else if (line.trim() !== '' && !line.startsWith('## ')) actions.push(line);
  return actions;
}

/** Names of the lists of one side: `postgres`, `shell`, … */
export function effectLists(side: 'hostile' | 'harmless'): readonly string[] {
  return readdirSync(join(folder, side)).map((file) => file.replace(/\.txt$/, ''));
}
