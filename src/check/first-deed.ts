// Where the first command of a code stands that may change something: no comment, and nothing that only sets up the shell itself.
import { allMatches, type Span } from '../base/index.ts';

/** "unset ETCDCTL_ENDPOINTS", "export REGION=eu", "cd /srv": gone with the shell. */
const own =
  /^(?:export|unset|declare|local|readonly|cd|pushd|popd|source|\.|set|alias|umask)(?=\s|$)[^;&|]*$|^[A-Za-z_]\w*=(?!\S*\$\()\S*$/;

/** The first such line without the blanks and the prompt before it; the first line that says anything where there is no other. */
export function firstDeed(code: string): Span {
  let first: Span | null = null;
  for (const { 0: line, index } of allMatches(code, /[^\n]+/g)) {
    const words = line.trim().replace(/^\$\s+/, '');
    if (words === '' || /^(?:#|\/\/|--)/.test(words)) continue;
    const start = index + line.indexOf(words);
    const span = { start, end: index + line.length };
    if (!own.test(words.slice(0, 300))) return span;
    first ??= span;
  }
  return first ?? { start: 0, end: code.length };
}
