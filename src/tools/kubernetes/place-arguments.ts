// Reads one kubectl command into its arguments, without a shell: quotes group words, nothing is expanded. A value becomes
// a part of exactly one argument, whatever it holds, so it can never become another option or command.
import type { ActionFailure } from '../../run/index.ts';
import { failure } from '../failure.ts';
import type { Hole } from '../placeholders.ts';
import { quoteForShell } from '../shell/place-values.ts';

export interface PlacedArguments {
  /** What kubectl gets, without the word `kubectl`. */
  readonly args: readonly string[];
  /** For people, as one would type it; secrets as `***`. */
  readonly shown: string;
}

/** The arguments of the command in `code`. */
export function placeArguments(code: string, holes: readonly Hole[]): PlacedArguments | ActionFailure {
  const words: { readonly real: string; readonly shown: string }[] = [];
  let word: { real: string; shown: string } | null = null;
  let quote = '';
  let ended = false;
  const end = (): void => {
    if (word) words.push(word);
    word = null;
  };
  for (let at = 0; at < code.length; at++) {
    const character = code[at] ?? '';
    const hole = holes.find(({ start }) => start === at);
    if (hole) {
      if (ended) return several(at, code);
      const value = String(hole.binding.value);
      const refused = refuseValue(hole, value, word === null || word.real === '');
      if (refused) return refused;
      word ??= { real: '', shown: '' };
      word.real += value;
      word.shown += hole.binding.secret ? '***' : value;
      at = hole.end - 1;
      continue;
    }
    const add = (text: string): void => {
      word ??= { real: '', shown: '' };
      word.real += text;
      word.shown += text;
    };
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (quote === '"' && character === '\\' && /["\\$`]/.test(code[at + 1] ?? '')) add(code[++at] ?? '');
      else if (quote === '"' && /[$`]/.test(character)) return shellSyntax(character, at);
      else add(character);
    } else if (character === '\\' && code[at + 1] === '\n') at++;
    else if (character === '\n') {
      end();
      ended ||= words.length > 0;
    } else if (/\s/.test(character)) end();
    else if (character === '#' && word === null) {
      while (at + 1 < code.length && code[at + 1] !== '\n') at++;
      // A placeholder in a comment is nobody's.
    } else if (ended) return several(at, code);
    else if (character === "'" || character === '"') {
      quote = character;
      add('');
    } else if (character === '\\') add(code[++at] ?? '');
    else if (/[|&;<>()$`]/.test(character)) return shellSyntax(character, at);
    else add(character);
  }
  if (quote !== '') return failure('refused-by-tool', 'A quoted text is not closed.');
  end();
  if (words[0]?.real === 'kubectl' || words[0]?.real === 'oc') words.shift();
  if (words.length === 0) return failure('refused-by-tool', 'The code holds no kubectl command.');
  return {
    args: words.map(({ real }) => real),
    shown: ['kubectl', ...words.map(({ shown }) => quoteForShell(shown))].join(' '),
  };
}

function refuseValue(hole: Hole, value: string, startsWord: boolean): ActionFailure | null {
  const at = { start: hole.start, end: hole.end };
  if (value.includes('\0'))
    return failure('invalid-parameter', `\`${hole.binding.name}\` holds a NUL character.`, { at });
  if (startsWord && value.startsWith('-') && typeof hole.binding.value !== 'number')
    return failure(
      'invalid-parameter',
      `\`${hole.binding.name}\` begins with \`-\`, so kubectl would take it for an option.`,
      { at },
    );
  return null;
}

function shellSyntax(character: string, at: number): ActionFailure {
  return failure(
    'refused-by-tool',
    `\`${character}\` belongs to a shell, and this command runs without one; quote it, or use a \`bash\` block.`,
    { at: { start: at, end: at + 1 } },
  );
}

function several(at: number, code: string): ActionFailure {
  return failure('refused-by-tool', 'The code holds several commands; expected one kubectl command a block.', {
    at: { start: at, end: code.length },
  });
}
