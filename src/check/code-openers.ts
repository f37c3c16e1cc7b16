// Where a shell script begins what it never ends: the `if`, `for`, `while` or `case` that a parser misses the end of only at the last
// line, and a here-document whose end does not stand on a line of its own.
import { allMatches } from '../base/index.ts';
import type { CodeFault } from './code-fault.ts';

const pairs: Readonly<Record<string, string>> = {
  if: 'fi',
  case: 'esac',
  for: 'done',
  while: 'done',
  until: 'done',
  select: 'done',
};

/** The word of the script that is still open at its end; null where none is, or several may be. */
export function openWord(code: string): CodeFault | null {
  const open: { readonly word: string; readonly at: number }[] = [];
  const bare = code.replace(/\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*"|(?<=^|\s)#[^\n]*/g, (text) => 'x'.repeat(text.length));
  for (const { 0: word, index } of allMatches(
    bare,
    /(?<=(?:^|[;&|({\n]|\b(?:then|do|else))[ \t]*)(?:if|case|for|while|until|select|fi|esac|done)\b(?!=)/g,
  )) {
    if (Object.hasOwn(pairs, word)) open.push({ word, at: index });
    else if (pairs[open.at(-1)?.word ?? ''] === word) open.pop();
    else return null;
  }
  const [first] = open;
  if (!first || open.length > 1) return null;
  return {
    message: `\`${first.word}\` has no \`${pairs[first.word] ?? ''}\``,
    start: first.at,
    end: first.at + first.word.length,
  };
}

/** Where the `if`, `for` or bracket stands that a parser misses something of at a later line; null where the message names none. */
export function openerOf(code: string, message: string, at: number): CodeFault | null {
  const missed = /expected '(then|do|\})'/.exec(message)?.[1];
  if (missed === undefined) return null;
  const bare = code.replace(/\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*"|(?<=^|\s)#[^\n]*/g, (text) => 'x'.repeat(text.length));
  const opener =
    missed === 'then'
      ? /(?<=(?:^|[;&|({\n])[ \t]*)(?:if|elif)\b/g
      : missed === 'do'
        ? /(?<=(?:^|[;&|({\n])[ \t]*)(?:for|while|until|select)\b/g
        : /(?<=(?:^|[;&|(){\n\s]))\{(?=\s)/g;
  const openers = allMatches(bare.slice(0, at), opener);
  // An `elif` at which the parser stops is not what has lost its `then`.
  while (openers.at(-1)?.[0] === 'elif') {
    const [before, stopped] = openers.slice(-2);
    if (!before || !stopped || /\bthen\b/.test(bare.slice(before.index, stopped.index))) break;
    openers.pop();
  }
  const last = openers.at(-1);
  if (!last || !bare.slice(last.index, at).includes('\n')) return null;
  const [word] = last;
  return { message: `\`${word}\` has no \`${missed}\``, start: last.index, end: last.index + word.length };
}

/** A here-document without its end. */
export function openDocument(code: string): CodeFault | null {
  const bare = code.replace(/'[^'\n]*'(?<!<<-?[ \t]*'\w+')|(?<=^|\s)#[^\n]*|\$\(\([^\n]*?\)\)/g, (text) =>
    'x'.repeat(text.length),
  );
  for (const { 0: whole, 2: word = '', index } of allMatches(
    bare,
    /(?<![<\d])<<-?[ \t]*(["'\\]?)([A-Z][A-Z_0-9]*)\1(?![\w"'])/g,
  )) {
    const rest = code.slice(index + whole.length);
    if (!rest.includes('\n') || new RegExp(String.raw`^[ \t]*${word}[ \t]*\r?$`, 'm').test(rest)) continue;
    return {
      message: `the text that \`<<${word}\` begins has no \`${word}\` at its end`,
      start: index,
      end: index + whole.length,
    };
  }
  return null;
}

/**
 * Where quotes do not pair, the text that lost its own: the first that runs over the end of its line and whose last quote stands
 * before a letter, as only the first quote of a text does.
 */
export function openQuote(code: string): CodeFault | null {
  for (const { 0: text, index } of allMatches(code, /\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*"|(?<=^|\s)#[^\n]*/g)) {
    if (!/^["']/.test(text) || !text.includes('\n') || !/[\w$%/.*^-]/.test(code[index + text.length] ?? '')) continue;
    return { message: 'the quote that begins here has no end', start: index, end: index + 1 };
  }
  return null;
}

/** `if [ "$a" -gt 5; then`: a test that a shell reads as a command, and that then complains of its missing bracket. */
export function openTest(code: string): CodeFault | null {
  const bare = code.replace(/\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*"|(?<=^|\s)#[^\n]*/g, (text) => 'x'.repeat(text.length));
  const found = /(?<=(?:^|[;&|(\n]|\b(?:if|elif|while|until))[ \t]*)\[[ \t]+[^\]\n;&|]*(?=;|&&|\|\||\n|$)/.exec(bare);
  return found && { message: '`[` has no `]`', start: found.index, end: found.index + 1 };
}
