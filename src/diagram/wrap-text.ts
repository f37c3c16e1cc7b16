// Breaks a sentence into lines that fit a width, and cuts with an ellipsis what exceeds the number of lines.
import { textWidth } from '../base/index.ts';

export interface WrapLimits {
  readonly width: number;
  readonly fontSize: number;
  readonly lines: number;
}

/** Lines of `text`, each no wider than the limit; the last ends with `…` when words were left out. */
export function wrapText(text: string, limits: WrapLimits): readonly string[] {
  const fits = (line: string): boolean => textWidth(line, limits.fontSize) <= limits.width;
  const lines: string[] = [];
  let line = '';
  // Far more than any label shows; it bounds the work on a guide of one endless line.
  for (const piece of pieces(text.slice(0, 2000))) {
    if (fits((line + piece).trimEnd())) {
      line += piece;
      continue;
    }
    if (line.trim()) lines.push(line.trim());
    line = piece.trimStart();
    while (!fits(line.trimEnd())) {
      const head = longestHead(line, fits);
      lines.push(head);
      line = line.slice(head.length);
      if (lines.length > limits.lines) break;
    }
    if (lines.length > limits.lines) break;
  }
  if (line.trim()) lines.push(line.trim());
  if (lines.length <= limits.lines) return lines;
  const kept = lines.slice(0, limits.lines);
  let last = kept[kept.length - 1] ?? '';
  while (last && !fits(`${last}…`)) last = Array.from(last).slice(0, -1).join('').trimEnd();
  kept[kept.length - 1] = `${last.replace(/[\s,;:.]+$/u, '')}…`;
  return kept;
}

/** Words with the space after them; identifiers and paths may also break after `_`, `/`, `.`, `-`. */
function pieces(text: string): readonly string[] {
  const words =
    text
      .replace(/\s+/gu, ' ')
      .trim()
      .match(/\S+\s?/gu) ?? [];
  return words
    .flatMap((word) => (word.length > 14 ? (word.match(/[^_/.-]*[_/.-]*\s?/gu) ?? []) : [word]))
    .filter(Boolean);
}

function longestHead(line: string, fits: (line: string) => boolean): string {
  const characters = Array.from(line);
  let end = 1;
  while (end < characters.length && fits(characters.slice(0, end + 1).join(''))) end++;
  return characters.slice(0, end).join('');
}
