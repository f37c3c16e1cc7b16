// Makes texts from guides, tools and people harmless before they are written into a document: nothing of them is taken for
// markup, for a link, or for a character that moves or hides what stands beside it.

// C0 and C1 controls but line ends, direction overrides and isolates, zero-width marks, line and paragraph separators.
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Every character that cannot be seen made visible; line ends stay, tabs become spaces. */
export function visibleText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\t', '  ').replace(unseen, visible);
}

function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The text on one line. */
export function oneLine(text: string): string {
  return visibleText(text)
    .replace(/\s*\n\s*/g, ' ⏎ ')
    .trim();
}

/** The text's first lines and characters, and what was left out in words. */
export function shortened(text: string, mostLines = 60, mostCharacters = 8000): string {
  const lines = visibleText(text).replace(/\n+$/, '').split('\n');
  const kept = lines.slice(0, mostLines).join('\n');
  const cut = kept.length > mostCharacters ? `${kept.slice(0, mostCharacters)}…` : kept;
  return lines.length > mostLines ? `${cut}\n… and ${lines.length - mostLines} more lines` : cut;
}
