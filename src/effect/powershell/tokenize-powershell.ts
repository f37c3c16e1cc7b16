// Cuts PowerShell into tokens, as far as it is sure to cut as PowerShell does. Whatever it does not know (back-ticks,
// here-strings, casts, redirections, calls) makes the script one that is not understood, and so none that only reads.

export interface PowershellToken {
  readonly kind: 'word' | 'text' | 'variable' | 'math' | 'symbol' | 'end';
  readonly text: string;
  /** A space stands before it. */
  readonly apart: boolean;
}

// PowerShell takes typographic quotes for plain ones, so a text that holds one may end there.
const pieces = [
  /(?<space>[ \t]+)/,
  /(?<end>\r\n|\r|\n|;)/,
  /(?<comment>#[^\r\n]*)/,
  /(?<text>'(?:[^'‘’‚‛]|'')*'|"[^"`“”„]*")/,
  // `$env:NAME`, and `$name.property.property` that nothing calls or indexes.
  /(?<variable>\$env:[A-Za-z_]\w*(?![\w:({[.])|\$(?:_|[A-Za-z]\w*)(?:\.[A-Za-z]\w*)*(?![\w:({[]))/,
  /(?<math>\[math\]::(?:round|floor|ceiling|truncate|abs|max|min)(?=\())/,
  /(?<symbol>@\{|[|(){},=])/,
  /(?<word>[\w.*?:\\/+%~^-]+)/,
];
const pattern = new RegExp(pieces.map(({ source }) => source).join('|'), 'iy');

/** The tokens, or why the script is not understood. */
export function tokenizePowershell(code: string): readonly PowershellToken[] | string {
  const tokens: PowershellToken[] = [];
  pattern.lastIndex = 0;
  let apart = true;
  while (pattern.lastIndex < code.length) {
    const at = pattern.lastIndex;
    const { 0: whole, groups = {} } = pattern.exec(code) ?? {};
    if (whole === undefined) {
      pattern.lastIndex = 0;
      return `\`${code[at] ?? ''}\` is not known to only read`;
    }
    const { space, comment, text, word } = groups;
    if (comment !== undefined && !apart) return '`#` stands inside a word';
    if (comment !== undefined && /^#\s*requires\b/i.test(comment)) return '`#requires` may load a module';
    if (text?.startsWith('"') && /\$[({]|\$\w+:/.test(text)) return 'a text in double quotes runs something';
    if (word?.startsWith('--%')) return 'behind `--%` quotes mean something else';
    if (space === undefined && comment === undefined) tokens.push({ kind: kindOf(groups), text: whole, apart });
    apart =
      space !== undefined || comment !== undefined || groups['end'] !== undefined || groups['symbol'] !== undefined;
  }
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): PowershellToken['kind'] {
  for (const kind of ['end', 'text', 'variable', 'math', 'symbol'] as const)
    if (groups[kind] !== undefined) return kind;
  return 'word';
}
