// Writes the test that an output has a quoted text. `active` must not be found in "inactive", `no` not in "node", and `node1`
// not in "node12": where the letters around it could turn the meaning, the test asks for the edge of a word.
import { celText } from './condition-sentence.ts';
import { moodOf } from './status-mood.ts';

/** Words that a prefix turns into their opposite: inactive, unhealthy, NotReady, disconnected. */
const turned = new Set(
  `active accessible authorized authenticated available bound changed complete compatible configured connected consistent
  correct defined encrypted enforced expected finished found healthy initialized installed known locked managed mounted
  paused present protected reachable ready recoverable registered reliable resolved responsive running safe scheduled
  schedulable secure set signed stable success successful supported sync synced tainted trusted used usable valid verified`
    .trim()
    .split(/\s+/),
);

/** Words that mean the same in other letters: a reader takes `ERROR` for `error`. */
const anyLetters = new Set(
  `error errors warning warnings fail failed failure exception denied timeout fatal critical panic refused forbidden success successful
  succeeded true false yes no ok ready running active inactive enabled disabled up down healthy unhealthy connected completed`
    .trim()
    .split(/\s+/),
);

/** A CEL expression over `members` (`text`, `errorText`) that holds when one of them has the words. */
export function outputHas(words: string, members: readonly string[]): string {
  const { before, after } = edgesOf(words);
  const pattern = patternOf(words);
  const quote = pattern.includes("'") ? '"' : "'";
  // A raw text cannot hold both kinds of quotes.
  const literal = pattern.includes("'") && pattern.includes('"') ? celText(pattern) : `r${quote}${pattern}${quote}`;
  const test =
    anyLetters.has(words.toLowerCase()) || isPhrase(words) || isWell(words)
      ? `mentions(${celText(words)})`
      : before || after
        ? `matches(${literal})`
        : `contains(${celText(words)})`;
  return members.map((member) => `${member}.${test}`).join(' || ');
}

/** "connection refused": words of prose, which one program begins with a capital and another does not. */
function isPhrase(words: string): boolean {
  return /^[A-Za-z][a-z']+(?: [A-Za-z][a-z']+)+$/.test(words);
}

/** One word by which all is well, which may be denied. */
function isWell(words: string): boolean {
  return /^[A-Za-z]{2,}$/.test(words) && moodOf(words) === 'well';
}

/** The words as a pattern, with the edge of a word where the letters around them could turn their meaning. */
export function patternOf(words: string): string {
  const { before, after } = edgesOf(words);
  // `0% packet loss` is not said of 10.0 %.
  const edge = /^\d[\d.]*\s?%/.test(words) ? '(?:^|[^\\w.])' : '\\b';
  return `${before ? edge : ''}${words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}${after ? '\\b' : ''}`;
}

function edgesOf(words: string): { readonly before: boolean; readonly after: boolean } {
  const before = /^\d/.test(words) || isShort(words) || turned.has(words.toLowerCase());
  return { before, after: /\d$/.test(words) || isShort(words) };
}

/** One word of at most three letters, which is a part of many others. */
function isShort(words: string): boolean {
  return /^[A-Za-z]{1,3}$/.test(words);
}
