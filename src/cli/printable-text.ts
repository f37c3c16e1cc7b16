// Makes text from tools, guides and files safe to print: control characters, terminal escapes and direction overrides
// become visible, so that no output can move the cursor, hide a line or set the window's title. Also measures how many
// terminal cells a text takes and cuts it to a width.

// C0 controls, DEL, C1 controls, direction overrides and isolates, line and paragraph separators, and the byte order mark.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** One line: every control character made visible, line breaks as `⏎`. */
export function printableLine(text: string): string {
  return text
    .replace(/\r\n|\r|\n/g, '⏎')
    .replace(/\t/g, '  ')
    .replace(unsafe, visible);
}

/** Several lines: line breaks kept (CRLF and lone CR become LF), tabs as spaces, every other control character made visible. */
export function printableText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => printableLine(line))
    .join('\n');
}

/** Cells that the text takes in a terminal: 2 for wide characters and emoji, 0 for combining marks. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += cellsOf(character.codePointAt(0) ?? 0);
  return width;
}

/** The text cut to `width` cells, with `…` as its last one when something was cut. */
export function fit(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width <= 0) return '';
  let used = 1;
  let kept = '';
  for (const character of text) {
    const cells = cellsOf(character.codePointAt(0) ?? 0);
    if (used + cells > width) break;
    used += cells;
    kept += character;
  }
  return `${kept}…`;
}

/** The text filled with spaces up to `width` cells, at its end or, for numbers, at its start. */
export function pad(text: string, width: number, side: 'end' | 'start' = 'end'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return side === 'end' ? text + space : space + text;
}

function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code); // ␛ for ESC, ␇ for BEL
  if (code === 0x7f) return '␡';
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function cellsOf(code: number): number {
  if (code < 0x300) return 1;
  if ((code >= 0x300 && code <= 0x36f) || (code >= 0x200b && code <= 0x200d) || (code >= 0xfe00 && code <= 0xfe0f))
    return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0x303e) ||
    (code >= 0x3041 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}
