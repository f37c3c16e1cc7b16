// Reads a table that a command printed, as `kubectl get`, `docker ps` and `helm list` do: a line of names in capitals, and below
// each name its cells. PowerShell's tables, with a line of dashes under the names, are read too. A text that is not surely such a
// table is an error and never a smaller table: what is decided by it must not rest on a line that was cut or misread.
import { allMatches } from '../base/index.ts';
import type { Row } from './scope.ts';

const longest = 200_000;
const mostRows = 10_000;
/** What stands where a tool left something of a long output out. */
const cut = /^… .* left out …$/;

/** The rows below the names, by name; none where nothing was printed. Throws when the text is no such table. */
export function readTable(text: string): readonly Row[] {
  if (text.length > longest) throw new Error(`a table of more than ${longest} characters is not read`);
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  const from = lines.findIndex((line) => line !== '');
  if (from < 0) return [];
  if (lines.length - from > mostRows) throw new Error(`a table of more than ${mostRows} lines is not read`);
  const head = lines[from] ?? '';
  const below = lines[from + 1] ?? '';
  if (/^Filesystem\s.*\sMounted on$/.test(head)) return ofDisks(head, lines.slice(from + 1));
  return /^[ -]*--[ -]*$/.test(below)
    ? underlined(head, below, lines.slice(from + 2))
    : aligned(head, lines.slice(from + 1));
}

/** The same where there must be rows: an empty list is an error, for what is said of "any" and "all" is not meant of none. */
export function readListed(text: string): readonly Row[] {
  const rows = readTable(text);
  if (rows.length === 0) throw new Error('nothing is listed');
  return rows;
}

/** Columns that begin below their names. */
function aligned(head: string, lines: readonly string[]): readonly Row[] {
  const names = allMatches(head, /\S+(?: \S+)*/g).map((found) => ({ name: found[0], start: found.index }));
  if (head.includes('\t')) throw new Error('the columns of the output are not aligned');
  if (!names.every(({ name }) => /^[A-Z%][A-Z0-9 _()%./:-]*$/.test(name)))
    throw new Error('the output does not begin with a line of column names');
  checkNames(names.map(({ name }) => name));
  return lines.map((line, index) => {
    const row: Record<string, string> = {};
    for (const [at, { name, start }] of names.entries()) {
      const before = line[start - 1] ?? ' ';
      if (before !== ' ' || line.includes('\t') || cut.test(line)) misfit(index);
      row[name] = line.slice(start, names[at + 1]?.start).trim();
    }
    if (row[names[0]?.name ?? ''] === '' || line.slice(0, names[0]?.start).trim() !== '') misfit(index);
    if (line === head || Object.values(row).every((cell) => /^[A-Z][A-Z -]+$/.test(cell))) misfit(index);
    return row;
  });
}

/** What `df` prints: words under words, of which the last name is two and the last cell may be several. */
function ofDisks(head: string, lines: readonly string[]): readonly Row[] {
  const names = head.replace(/\sMounted on$/, ' Mounted_on').split(/\s+/);
  const last = names.length - 1;
  names[last] = 'Mounted on';
  checkNames(names);
  return lines.map((line, index) => {
    const cells = line.split(/\s+/);
    const place = cells.slice(last).join(' ');
    if (!place.startsWith('/') || cut.test(line)) misfit(index);
    return Object.fromEntries(names.map((name, at) => [name, at === last ? place : (cells[at] ?? '')]));
  });
}

/** Names over dashes; each line has one word for each of them. */
function underlined(head: string, dashes: string, lines: readonly string[]): readonly Row[] {
  const words = (line: string): string[] => line.trim().split(/\s+/);
  const names = words(head);
  if (words(dashes).length !== names.length)
    throw new Error('the names of the columns and the dashes below do not fit');
  checkNames(names);
  return lines.map((line, index) => {
    const cells = words(line);
    if (cells.length !== names.length || cut.test(line) || cells.some((cell) => /…|\.\.\.$/.test(cell))) misfit(index);
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
}

function checkNames(names: readonly string[]): void {
  if (new Set(names).size !== names.length) throw new Error('two columns of the output have one name');
}

function misfit(index: number): never {
  throw new Error(`line ${index + 1} of the output does not fit below the column names`);
}
