// Lines with which dialects of markdown open and close boxes: notes, tabs, what can be folded. `:::warning` and `:::` (Docusaurus,
// VuePress, Azure, MyST), `{% hint %}` (GitBook), `{{< note >}}` (Hugo), and those whose body is indented: `!!! note` (MkDocs), `[^1]:`.
import type { Span } from '../base/index.ts';
import { attributeOf } from './tag.ts';

/** A line that opens or closes a box, or means nothing at all. */
export interface BoxMark {
  /** In lower case; empty for one that closes whatever is open. */
  readonly name: string;
  readonly closes: boolean;
  /** The words for people on it. */
  readonly label: Span | null;
  /** Only a colon fence is closed without its name. */
  readonly isFence: boolean;
}

const fence = /^:{3,}[ \t]*(?:\{?\.?([\w-]{1,40})\}?)?(.*)$/;
const tag = /^\{(%-?|\{[<%])[ \t]*(\/?)[ \t]*(end(?=\w)|)([\w-]{1,40})(?![\w-])/;
/** How a tag ends, by how it opens. */
const tagEnds: Readonly<Record<string, string>> = { '%': '%}', '%-': '%}', '{<': '>}}', '{%': '%}}' };
/** What a template writes or leaves out is for whoever renders it: the words stay, so that their conditions are seen. */
const control = /^(?:if|else|elif|elsif|unless|for|case|when|set|assign|macro|block|with|raw)$/;
/** A table of contents, attributes of the block above (kramdown), the name of the heading below (MyST), and another file's words (DocFX). */
const nothing =
  /^(?:\([\w:.-]{1,100}\)=|\[\[_?TOC_?\]\]|\[TOC\]|\{:[^{}]{0,200}\}|\[!INCLUDE[ \t]*\[[^[\]]{0,200}\]\([^()]{0,400}\)\])[ \t]*$/i;
const labels = ['title', 'label', 'header', 'summary', 'heading'];
const labelsOfTab = [...labels, 'name', 'pivot', 'value'];

/** What a line says of boxes; `start` is where `line` stands. Null when it is text. */
export function boxMark(line: string, start: number): BoxMark | null {
  if (nothing.test(line)) return { name: 'toc', closes: true, label: null, isFence: false };
  const fenced = fence.exec(line);
  if (fenced) {
    const [, name = '', rest = ''] = fenced;
    // `:::row:::`, `:::image … :::`: whole on its line.
    if (name !== '' && /:::[ \t]*$/.test(rest)) return { name: 'toc', closes: true, label: null, isFence: false };
    const closes = name === '' || name.endsWith('-end');
    return {
      name: name.toLowerCase().replace(/-end$/, ''),
      closes,
      ...labelOf(name, rest, start + line.length - rest.length),
      isFence: true,
    };
  }
  const match = tag.exec(line);
  const name = match?.[4]?.toLowerCase() ?? '';
  const tagEnd = tagEnds[match?.[1] ?? ''] ?? '';
  const words = line.trimEnd();
  if (!match || control.test(name) || !words.endsWith(tagEnd)) return null;
  const rest = words.slice(match[0].length, -tagEnd.length).replace(/[-/]?$/, '');
  // Two tags on a line frame words between them.
  if (rest.includes('{') || rest.includes('}')) return null;
  return {
    name,
    closes: match[2] !== '' || match[3] !== '',
    ...labelOf(name, rest, start + match[0].length),
    isFence: false,
  };
}

const opening = /^\{(?:\{[<%]|%)[^{}]{0,300}\}{1,2}[ \t]*(?=\S)/;
const closing = /[ \t]*\{(?:\{[<%]|%)[ \t]*(?:\/|end)[^{}]{0,60}\}{1,2}[ \t]*$/;

/** The words of `{{< note >}} If it is full, … {{< /note >}}`, a box on one line; null for what is none. */
export function insideBox(line: string, start: number): Span | null {
  const head = opening.exec(line)?.[0];
  const tail = head === undefined ? undefined : closing.exec(line.slice(-400))?.[0];
  if (head === undefined || tail === undefined || head.length + tail.length >= line.length) return null;
  const mark = boxMark(head.trimEnd(), start);
  const end = boxMark(tail.trim(), start);
  const isBox = mark?.closes === false && end?.closes === true && mark.name === end.name;
  return isBox ? { start: start + head.length, end: start + line.length - tail.length } : null;
}

function labelOf(name: string, rest: string, restStart: number): { label: Span | null } {
  const named = attributeOf({ rest, restStart }, roleOf(name) === 'tab' ? labelsOfTab : labels);
  if (named) return { label: named };
  // `:::warning[Take care]`, `:::warning Take care`, `{{< tab "Linux" >}}`
  const words =
    /^[ \t]*(?:\[([^\]]+)\]|"([^"=]+)"|((?:\{\{[\w .-]{1,40}\}\}|[^\s={}"[\]])(?:\{\{[\w .-]{1,40}\}\}|[^={}"[\]])*?))[ \t]*$/.exec(
      rest,
    );
  const label = words?.[1] ?? words?.[2] ?? words?.[3];
  if (label === undefined || !/\p{L}/u.test(label)) return { label: null };
  const start = restStart + rest.indexOf(label);
  return { label: { start, end: start + label.length } };
}

/** Tabs are alternatives and notes stand beside what is done; whatever else a box is called, it only frames its words. */
export function roleOf(name: string): 'tabs' | 'tab' | 'note' | null {
  if (/^(?:tabs|tab-?set|tab-?pane|tab-?group|tabbed(?:-set)?|code-?tabs|code-?group)$/.test(name)) return 'tabs';
  if (/^(?:tab|tab-?item|tab-?panel|zone)$/.test(name)) return 'tab';
  return note.test(name) ? 'note' : null;
}

const note =
  /^(?:callout-?)?(?:note|tip|info|information|important|warn|warning|danger|caution|attention|hint|alert|admonition|callout|notice|error|bug|success|question|faq|example|quote|abstract|summary|aside|banner|panel|message|remark|seealso|todo)$/;

/** `!!! note "Take care"`, `??? tip`, `=== "Linux"`: the body below is indented. */
const indented = /^(?:(?:!!!|\?\?\?\+?)[ \t]+[\w-]|===[!+]?[ \t]+["'])/;
const footnote = /^\[\^[^\]\s]{1,60}\]:/;

/** How much of a line opens a box whose body is indented: all of its `length`, or the mark of a footnote. -1 for none. */
export function indentedBox(line: string, length: number): number {
  if (indented.test(line)) return length;
  return footnote.exec(line)?.[0].length ?? -1;
}

/** What the opening line of such a box says. */
export function headOf(line: string, start: number): BoxMark & { readonly isFootnote: boolean } {
  const [mark = ''] = /^\S+/.exec(line) ?? [];
  const label = /["'](.+)["'][ \t]*$/.exec(line)?.[1];
  const from = start + (label === undefined ? 0 : line.lastIndexOf(label));
  return {
    name: mark.startsWith('===') ? 'tab' : 'note',
    closes: false,
    label: label === undefined ? null : { start: from, end: from + label.length },
    isFence: false,
    isFootnote: mark.startsWith('['),
  };
}
