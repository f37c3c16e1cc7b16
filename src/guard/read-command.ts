// Reads the one command line of a shell block: the words of each part of its pipeline. Anything beyond plain words and pipes
// (several commands, redirections, substitutions) gives null: of such a block nothing is said but that it has an output.

/** The words of each part of a pipeline, quotes taken off. */
export type Pipeline = readonly (readonly string[])[];

const prompt = /^\s*(?:\$|\[[^\]\n]{1,80}\][$#]|[\w.-]{1,60}@[\w.-]{1,60}[^$#\n]{0,80}[$#])\s+(?=\S)/;
const longest = 4000;

/** The lines that are typed, comments and what a session shows of the answers left out; lines that go on are joined. */
export function commandLines(code: string): readonly string[] {
  const lines = code.replace(/(?:\\|`|&&|\|\|?)[ \t]*\n/g, (end) => end.replace(/[\\`]?[ \t]*\n/, ' ')).split('\n');
  const isSession = lines.some((line) => prompt.test(line));
  return lines
    .filter((line) => !isSession || prompt.test(line))
    .map((line) =>
      line
        .replace(prompt, '')
        .trim()
        .replace(/^(?:[#>]|PS [^>]*>)\s+(?=\S)/, (mark) => (mark.startsWith('#') ? mark : '')),
    )
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The pipeline of a block of one command; null for every other block. */
export function readPipeline(code: string): Pipeline | null {
  if (code.length > longest) return null;
  const [line, ...more] = commandLines(code);
  if (line === undefined || more.length > 0) return null;
  const parts: string[][] = [[]];
  let word: string | null = null;
  for (let at = 0; at < line.length;) {
    const rest = line.slice(at);
    const placeholder = /^(?:<[A-Za-z][\w .-]{0,40}>|\{\{? ?[\w.-]{1,40} ?\}?\}|\$\w{1,40}|\$\{\w{1,40}\})/.exec(
      rest,
    )?.[0];
    const quoted = /^(?:'[^']*'|"(?:[^"\\`$]|\\.|\$\w|\$\{\w+\})*")/s.exec(rest)?.[0];
    const [sign = ''] = rest;
    if (placeholder !== undefined) word = (word ?? '') + placeholder;
    else if (quoted !== undefined) word = (word ?? '') + quoted.slice(1, -1);
    else if (/\s/.test(sign) || sign === '|') {
      if (word !== null) parts.at(-1)?.push(word);
      word = null;
      if (sign === '|') parts.push([]);
    } else if (sign === '\\' && rest.length > 1) {
      word = (word ?? '') + (rest[1] ?? '');
      at += 2;
      continue;
    } else if (sign === '#' && word === null) break;
    else if (/[;&<>()`"'$!*?]/.test(sign) && !/[*?!]/.test(sign)) return null;
    else word = (word ?? '') + sign;
    at += (placeholder ?? quoted ?? sign).length;
  }
  if (word !== null) parts.at(-1)?.push(word);
  const bare = parts.map(withoutBeginning);
  return bare.every((words) => words.length > 0) ? bare : null;
}

/** Without `sudo` and variables that are set for the one command. */
function withoutBeginning(words: readonly string[]): readonly string[] {
  let from = 0;
  while (/^\w+=/.test(words[from] ?? '') || words[from] === 'sudo') from++;
  return words.slice(from);
}
