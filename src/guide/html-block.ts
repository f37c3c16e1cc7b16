// Which lines begin and end a block of HTML. Seven kinds, told apart by how they end (CommonMark, "HTML blocks").

/** How a block of HTML ends: 1 to 5 with their own mark, 6 and 7 with a blank line. Only kind 7 cannot end a paragraph. */
export type HtmlKind = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const raw = /^<(?:pre|script|style|textarea)(?=[ \t>]|$)/i;
const block =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=([ \t>]|$|\/>)|\/)/i;

/** What kind of HTML a line begins; `line` is its text from the `<` on. Null when it is none. */
export function htmlKind(line: string): HtmlKind | null {
  if (line.startsWith('<!--')) return 2;
  if (line.startsWith('<?')) return 3;
  if (/^<![a-z]/i.test(line)) return 4;
  if (line.startsWith('<![CDATA[')) return 5;
  if (raw.test(line)) return 1;
  const named = block.exec(line);
  if (named) return named[1] === undefined ? null : 6;
  return isLoneTag(line) ? 7 : null;
}

const rawEnd = /<\/(?:pre|script|style|textarea)>/i;

/** True when a block that opened with this line, or that the line goes on with, ends in it. */
export function endsHtml(kind: HtmlKind, line: string, opening: boolean): boolean {
  switch (kind) {
    case 1:
      return rawEnd.test(line);
    case 2:
      return line.includes('-->', opening ? 2 : 0);
    case 3:
      return line.includes('?>', opening ? 1 : 0);
    case 4:
      return line.includes('>');
    case 5:
      return /(?<!\])(?:\]\])+>/.test(line);
    default:
      return false;
  }
}

const closingTag = /^<\/[a-z][a-z\d-]*[ \t]*>[ \t]*$/i;
const tagName = /^<[a-z][a-z\d-]*(?=[ \t/>])/i;
/** One step behind a tag's name: blanks, or an attribute whose value, where quoted, ends before a blank or the tag's end. */
const blanks = /[ \t]+/y;
const attributeName = /[:_a-z][-.:_a-z\d]*/iy;
const attributeValue = /[ \t]*=[ \t]*(?:"[^"]*"(?=[ \t/>])|'[^']*'(?=[ \t/>])|[^\s"'/<=>`]+|(?=\/))/y;
const tagEnd = /\/?>[ \t]*$/y;

/** True for a line that is one whole opening or closing tag. */
function isLoneTag(line: string): boolean {
  if (closingTag.test(line)) return true;
  let at = tagName.exec(line)?.[0].length ?? -1;
  if (at < 0) return false;
  const step = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(line)) return false;
    at = pattern.lastIndex;
    return true;
  };
  for (;;) {
    if (step(tagEnd)) return true;
    if (step(blanks)) continue;
    if (!step(attributeName)) return false;
    while (step(attributeValue));
  }
}
