// A terminal's session as authors paste it: prompts, what was typed behind them, and what came back. Only what was typed is
// ever run. `# ` alone is a comment and no prompt of root: a comment that runs does harm, a command that does not run is seen.
import { allMatches } from '../../base/index.ts';
import { parse } from 'unbash';

/** What was typed, as ranges of the text in UTF-16 units, one for each line; or why it is nothing for a shell. */
export type TypedLines =
  { readonly lines: readonly { readonly start: number; readonly end: number }[] } | { readonly refusal: string };

const prompt =
  /^[ \t]*(?:\$|\[[^\]\n]{1,80}\][$#]|(?:\([\w.-]{1,60}\) ?)?[\w.-]{1,60}@[\w.-]{1,60}[^$#\n]{0,80}[$#])[ \t]+(?=\S)/;
/** A command that goes on further than this is a quote that nobody closed; looking for its end again at each line has no end. */
const mostLines = 500;
const mostUnits = 20_000;
const longestSession = 100_000;

const another = /^[ \t]*>[ \t]+/;
const foreign = /^[ \t]*(?:\w[\w.:[\]()@/-]{0,80}(?:=[#>]|-?>) |>>> |\(\w{1,20}\) |PS(?: [^>\n]{0,80})?> )/;

/**
 * The lines of a block that a person would type into a shell. A block without a prompt is typed as it stands, so null is given
 * for it. A `console` block with another program's prompt (`mysql> `) is refused, and so is a session too long to be read.
 */
export function typedLines(code: string, language: string): TypedLines | null {
  const lines = linesOf(code);
  const words = (line: { start: number; end: number }): string => code.slice(line.start, line.end);
  if (language === 'console' && lines.some((line) => foreign.test(words(line)) && !prompt.test(words(line))))
    return { refusal: 'It shows a session with another program, which no shell can be given.' };
  if (!lines.some((line) => prompt.test(words(line)))) return null;
  if (code.length > longestSession) return { refusal: 'It is a session of more than 100,000 characters.' };
  const typed: { start: number; end: number }[] = [];
  let command = '';
  let commandLines = 0;
  for (const line of lines) {
    const text = words(line);
    const goesOn = command !== '' && isOpen(command);
    const begun = goesOn ? null : prompt.exec(text);
    if (!begun && !goesOn) {
      command = '';
      continue;
    }
    commandLines = begun ? 1 : commandLines + 1;
    if (commandLines > mostLines || (!begun && command.length > mostUnits))
      return { refusal: 'A command of it goes on without an end.' };
    const mark = begun ?? another.exec(text);
    const start = line.start + (mark?.[0].length ?? 0);
    typed.push({ start, end: line.end });
    command = begun ? code.slice(start, line.end) : `${command}\n${code.slice(start, line.end)}`;
  }
  return { lines: typed };
}

/** The script of a shell block: what was typed, or all of it; null where nothing of it is for a shell. */
export function shellScript(code: string, language: string): string | null {
  const typed = typedLines(code, language);
  if (!typed) return code;
  return 'refusal' in typed ? null : typed.lines.map(({ start, end }) => code.slice(start, end)).join('\n');
}

/** True while a shell would ask for another line. */
function isOpen(command: string): boolean {
  if (/(?:^|[^\\])(?:\\\\)*\\$|(?:\|\|?|&&)[ \t]*$/.test(command) || hasOpenDocument(command)) return true;
  const { errors = [] } = parse(command);
  return errors.some(({ message }) => /^unterminated|^expected .* (?:after|to close)/.test(message));
}

function hasOpenDocument(command: string): boolean {
  return allMatches(command, /<<-?[ \t]*\\?(['"]?)(\w+)\1/g).some(
    ({ index, 2: word = '' }) =>
      !command
        .slice(index)
        .split('\n')
        .slice(1)
        .some((line) => line.trim() === word),
  );
}

function linesOf(code: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  for (const { 0: line, index } of allMatches(code, /[^\r\n]+/g))
    lines.push({ start: index, end: index + line.length });
  return lines;
}
