// What guards may ask of a command's output beside CEL's own functions. Each answers only where the output surely has the form
// that the question supposes; else it is an error, by which a person decides.

import { allMatches } from '../base/index.ts';
import { patternOf } from './output-test.ts';
import { moodOf } from './status-mood.ts';

/** What kubectl writes to its error output where a list is empty: it is no fault. */
const emptyList = /^\s*No resources found\b[^\n]*\s*$/;

function isBlank(text: string): boolean {
  return !/\S/.test(text);
}

/** The first line of what a command complained of, for a message. */
function complaint(errorText: string): string {
  const line = errorText.trim().split('\n')[0] ?? '';
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

/** `[]`, `(0 rows)`, "No jobs found", names of columns with nothing below them: printed, and yet empty to a reader. */
function isHollow(text: string): boolean {
  const bare = text.length > 2000 ? '' : text.trim();
  if (/^(?:\[\s*\]|\{\s*\}|null|none|nil|""|''|0|false|-+)$/i.test(bare)) return true;
  if (
    /\b(?:0|no|zero) (?:[\w.-]+ ){0,4}(?:rows?|results?|found|matches|available|items?|entries|records|loaded units)\b|\b(?:not|nothing) found\b/i.test(
      bare,
    )
  )
    return true;
  if (/^[{[]/.test(bare) && /\[\s*\]/.test(bare)) return true;
  // "No running jobs", "0 loaded units listed.", "Listing... Done": one line that says so.
  if (/^(?:-- )?(?:no|0|zero|none|nothing|listing)\b[^\n]{0,200}$/i.test(bare)) return true;
  const lines = bare.split('\n').filter((line) => !/^[\s+|-]*$/.test(line));
  const [only = ''] = lines;
  if (lines.length !== 1 || !/\S {2,}\S|\t|\|/.test(bare)) return false;
  // Each name begins with a capital: `State   Recv-Q   Local Address:Port`.
  return /^[A-Z][A-Z0-9 _()%.|:/\t-]*$/.test(only) || /^(?:[A-Z][A-Za-z()%:/-]*(?:[ |\t]+|$))+$/.test(only.trim());
}

function refuseErrors(errorText: string): void {
  if (isBlank(errorText) || emptyList.test(errorText)) return;
  throw new Error(`the command wrote to its error output: ${complaint(errorText)}`);
}

/** Whether a command printed anything. One that only complained is neither, nor is one that says in words that there is nothing. */
export function printed(text: string, errorText: string): boolean {
  if (isHollow(text)) throw new Error(`the output is \`${complaint(text)}\`, which may count as nothing`);
  if (!isBlank(text)) return true;
  refuseErrors(errorText);
  return false;
}

/** Whether a search let lines through: code 0 with lines, or code 1 without any and without a complaint. */
export function found(exitCode: number, text: string, errorText: string): boolean {
  if (exitCode === 0 && !isBlank(text)) return true;
  refuseErrors(errorText);
  if (exitCode === 1 && isBlank(text)) return false;
  throw new Error(`a search that ends with code ${exitCode}${isBlank(text) ? ' and prints nothing' : ''} is neither`);
}

/** The one number that a command printed. */
export function printedNumber(text: string, errorText: string): number {
  refuseErrors(errorText);
  const bare = text.trim();
  if (!/^[-+]?(?:\d{1,18}\.?\d{0,18}|\.\d{1,18})$/.test(bare)) throw new Error('the output is not one number');
  return Number(bare);
}

/** `2/3` or `91%` as a share, for what says how many of how many are ready, or how much is used. */
export function fraction(text: string): number {
  const percent = /^(\d{1,3}(?:\.\d{1,6})?)\s?%$/.exec(text.trim())?.[1];
  if (percent !== undefined) return Number(percent) / 100;
  const [, part, whole] = /^(\d{1,9})\/(\d{1,9})$/.exec(text.trim()) ?? [];
  if (part === undefined || whole === undefined)
    throw new Error('the text is not one number of another, as 2/3 is, and no percentage');
  if (Number(whole) === 0) throw new Error('none of none is neither all nor a part');
  return Number(part) / Number(whole);
}

/** What stands behind `NAME:` or `NAME=` at the beginning of a line, where all such lines say the same. */
export function lineField(text: string, name: string): string {
  const begins = name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const values = new Set<string>();
  for (const [, value = ''] of allMatches(text, new RegExp(`^[ \\t]*${begins}[ \\t]*[:=](.*)$`, 'gm')))
    values.add(value.trim());
  const [only] = values;
  if (only === undefined) throw new Error(`no line of the output begins with \`${name}:\``);
  if (values.size > 1) throw new Error(`the lines that begin with \`${name}:\` do not all say the same`);
  return only;
}

/**
 * The number that a cell begins with: 7 of `7`, and of `7 (3m ago)` too, as kubectl writes how often a pod was restarted. What has a
 * unit behind it (`7k`, `4.2G`) is none.
 */
export function amount(text: string): number {
  const found = /^(-?\d{1,15}(?:\.\d{1,9})?)(?:\s+\([^()]*\))?$/.exec(text.trim())?.[1];
  if (found === undefined) throw new Error('the text does not begin with a number that stands for itself');
  return Number(found);
}

/** The numbers behind `NAME:`, `NAMES:` on the one line that has them: three of `load average: 0.52, 0.58, 0.59`. */
export function numbersBehind(text: string, name: string): readonly number[] {
  const said = name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const lines = allMatches(text, new RegExp(`(?<![\\w-])${said}s?[ \\t]*[:=](.*)$`, 'gim'));
  const [only] = lines;
  if (!only) throw new Error(`no line of the output has \`${name}:\``);
  if (lines.length > 1) throw new Error(`more than one line of the output has \`${name}:\``);
  const rest = (only[1] ?? '').trim();
  // `0,52, 0,58` is written where a comma is the sign before decimals.
  if (!/^\d{1,9}(?:\.\d{1,9})?(?:(?:, | )\d{1,9}(?:\.\d{1,9})?){0,19}$/.test(rest))
    throw new Error(`what stands behind \`${name}:\` is not numbers alone`);
  return rest.split(/, | /).map(Number);
}

/** What stands behind `NAME:` at the margin and below it, where one line begins so. */
export function belowLine(text: string, name: string): string {
  const begins = name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const lines = allMatches(text, new RegExp(`^${begins}:`, 'gm'));
  const [only] = lines;
  if (!only || lines.length > 1)
    throw new Error(`${only ? 'more than one line' : 'no line'} of the output begins with \`${name}:\``);
  return text.slice(only.index + only[0].length);
}

/** The status of an answer whose head was printed (`HTTP/1.1 502 Bad Gateway`), where it is the only one. */
export function headStatus(text: string): number {
  const lines = allMatches(text, /^HTTP\/[\d.]+ (\d{3})(?=\s|$)/gm);
  if (lines.length !== 1) throw new Error('the output does not have the head of one answer');
  return Number(lines[0]?.[1]);
}

/** Whether the whole text is these words, quotes and blanks around it aside. Words among others are neither. */
export function reads(text: string, words: string): boolean {
  const bare = (all: string): string => all.trim().replace(/^(["'])(.*)\1$/s, '$2');
  const said = bare(text);
  if (said === bare(words)) return true;
  const within = new RegExp(`(?<!\\w)${bare(words).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}(?!\\w)`, 'i');
  if (within.test(said)) throw new Error(`the text has \`${words}\` among other words, or in other letters`);
  return false;
}

/**
 * Whether an output has these words. The same words in other letters (`ERROR` for `error`) are neither, nor is a good word that is denied
 * ("nginx is not running").
 */
export function mentions(text: string, words: string): boolean {
  if (/^[A-Za-z]+$/.test(words) && moodOf(words) === 'well') {
    const denied = new RegExp(`\\b(?:not|never|no|no longer|\\w+n't) (?:[a-z]+ )?${words}\\b`, 'i').exec(text)?.[0];
    if (denied !== undefined) throw new Error(`the text says \`${denied}\``);
  }
  if (new RegExp(patternOf(words)).test(text)) return true;
  if (new RegExp(`\\b${patternOf(words).replace(/^\\b|\\b$/g, '')}\\b`, 'i').test(text))
    throw new Error(`\`${words}\` stands there in other letters`);
  return false;
}
